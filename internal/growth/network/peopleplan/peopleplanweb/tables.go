package peopleplanweb

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// covered says on how many organisations each part of the plan rests, and of when it is.
func covered(ctx context.Context, x peopleplan.Plan) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "people.covered"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "people.covered.metric"), locale.T(ctx, "people.covered.n"), locale.T(ctx, "people.covered.when"), locale.T(ctx, "network.definition"))}
	for _, m := range peopleplan.Metrics {
		t.Rows = append(t.Rows, nhsuk.Cells(systemview.Title(ctx, m), locale.T(ctx, "people.n_of", "n", x.N[m], "of", x.Of), asAt(ctx, x.AsAt[m]), peopleplan.Definition(m)))
	}
	return t
}

// of is a caption with the versions of the definitions that a table or chart is made of.
func of(ctx context.Context, caption string, metrics ...string) string {
	return locale.T(ctx, "people.of", "caption", locale.T(ctx, caption), "definition", definitions(ctx, metrics...))
}

func definitions(ctx context.Context, metrics ...string) string {
	out := make([]string, len(metrics))
	for i, m := range metrics {
		out[i] = peopleplan.Definition(m)
	}
	return locale.And(ctx, out)
}

// posts are those by profession and band, now and by year.
func posts(ctx context.Context, x peopleplan.Plan) nhsuk.TableParams {
	years := x.PlannedYears()
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: of(ctx, "people.posts", peopleplan.Posts), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "people.profession"), locale.T(ctx, "people.band"), locale.T(ctx, "people.now"))}
	for _, y := range years {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "people.year", "year", year(y))})
	}
	now, by := 0.0, make([]float64, len(years))
	for _, k := range x.Places() {
		row := nhsuk.Cells(locale.T(ctx, "skills.role."+k.Role), locale.T(ctx, "skills.band."+k.Band), number(x.Now[k]))
		now += x.Now[k]
		for i, y := range years {
			by[i] += x.Planned[y][k]
			row = append(row, nhsuk.TableCell{Text: number(x.Planned[y][k])})
		}
		t.Rows = append(t.Rows, row)
	}
	all := nhsuk.Cells(locale.T(ctx, "people.total"), "", number(now))
	for i := range years {
		all = append(all, nhsuk.TableCell{Text: number(by[i])})
	}
	t.Rows = append(t.Rows, all)
	return t
}

// year is one in words: no thousands in it.
func year(y int) string { return number(float64(y)) }

// inPost are the people in post by profession, and of whole teams, each of so many organisations.
func inPost(ctx context.Context, x peopleplan.Plan) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: of(ctx, "people.in_post", peopleplan.Staffing), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "people.profession"), locale.T(ctx, "people.in_post.n"), locale.T(ctx, "people.in_post.wte"))}
	add := func(role, name string) {
		if wte, ok := x.InPost[role]; ok {
			t.Rows = append(t.Rows, nhsuk.Cells(name, locale.T(ctx, "people.n_of", "n", x.InPostN[role], "of", x.Of), number(wte)))
		}
	}
	for _, r := range peopleplan.Roles {
		add(r, locale.T(ctx, "skills.role."+r))
	}
	add(peopleplan.All, locale.T(ctx, "people.in_post.all"))
	return t
}

// gap draws posts planned and people expected, of those who shared both.
func gap(ctx context.Context, x peopleplan.Plan) chart.Several {
	years := x.PlannedYears()
	c := chart.Several{ID: "gap", Title: of(ctx, "people.gap", peopleplan.Posts, peopleplan.Staffing), Unit: locale.T(ctx, "people.gap.unit"), Decimals: 1, Head: locale.T(ctx, "people.gap.head")}
	needed, coming, short := chart.Named{Label: locale.T(ctx, "people.gap.planned")}, chart.Named{Label: locale.T(ctx, "people.gap.expected")}, 0.0
	for _, y := range years {
		c.Dates = append(c.Dates, civil.Date{Year: y, Month: 4, Day: 1})
		needed.Values, coming.Values, short = append(needed.Values, x.Needed[y]), append(coming.Values, x.Coming[y]), x.Gap[y]
	}
	c.Lines = []chart.Named{needed, coming}
	if n := len(years); n > 0 {
		c.Says = locale.T(ctx, "people.gap.says", "year", year(years[n-1]), "planned", number(x.Needed[years[n-1]]), "expected", number(x.Coming[years[n-1]]), "gap", number(short))
	}
	return c
}

// follow is what was expected of an action by each quarter, and what was released.
func follow(ctx context.Context, all []peopleplan.Reading) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: of(ctx, "people.follow", peopleplan.Staffing), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "people.follow.quarter"), locale.T(ctx, "people.follow.expected"), locale.T(ctx, "people.follow.change"), locale.T(ctx, "people.follow.n"))}
	for _, r := range all {
		change := locale.T(ctx, "people.follow.few")
		if r.N > 0 {
			change = number(r.Change)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(r.Month.MonthYear(), number(r.Expected), change, locale.Number(r.N)))
	}
	return t
}
