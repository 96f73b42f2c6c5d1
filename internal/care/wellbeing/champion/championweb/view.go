package championweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type mineView struct {
	champion.Mine
	Pack  champion.Pack
	Today civil.Date
}

// months are those whose counts can be given, the newest first.
func (v mineView) months() []civil.Date {
	this := civil.Date{Year: v.Today.Year, Month: v.Today.Month, Day: 1}
	return []civil.Date{this, this.AddMonths(-1)}
}

type netView struct {
	champion.Net
	Pack  champion.Pack
	Today civil.Date
	Base  string
}

func training(ctx context.Context, p champion.Pack, c champion.Champion, today civil.Date) string {
	state, due := p.Training(c.Last(), today)
	return locale.T(ctx, "champion.training.state."+state, "day", due.Long())
}

func place(department, team string) string {
	if team == "" {
		return department
	}
	return department + ", " + team
}

func state(ctx context.Context, c champion.Champion, today civil.Date) string {
	switch {
	case c.State == champion.Agreed && !c.Ends.IsZero() && c.Active(today):
		return locale.T(ctx, "champion.state.ending", "day", c.Ends.Long())
	case c.State == champion.Agreed && !c.Active(today):
		return locale.T(ctx, "champion.state.over", "day", c.Over().Long())
	}
	return locale.T(ctx, "champion.state."+c.State)
}

func hoursOf(ctx context.Context, c champion.Champion) string {
	if c.Hours == 0 {
		return locale.T(ctx, "champion.none")
	}
	return locale.T(ctx, "champion.hours.n", "n", c.Hours)
}

func ownRows(ctx context.Context, c champion.Champion, p champion.Pack, today civil.Date) nhsuk.SummaryListParams {
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "champion.state"), state(ctx, c, today)), nhsuk.Row(locale.T(ctx, "champion.hours.short"), hoursOf(ctx, c)),
		nhsuk.Row(locale.T(ctx, "champion.training"), training(ctx, p, c, today))}
	if !c.Thanked.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "champion.thanks"), locale.T(ctx, "champion.thanks.by", "name", c.ThankedBy, "day", c.Thanked.Long())))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

func memberRows(ctx context.Context, c champion.Champion, p champion.Pack, today civil.Date) nhsuk.SummaryListParams {
	l := ownRows(ctx, c, p, today)
	l.Rows = append([]nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "champion.where"), place(c.Department, c.Team))}, l.Rows...)
	return l
}

func trainingTable(ctx context.Context, all []champion.Training) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "champion.training.all"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "champion.training.on.short"), locale.T(ctx, "champion.training.kind.short"), locale.T(ctx, "champion.by"))}
	for _, x := range all {
		t.Rows = append(t.Rows, nhsuk.Cells(x.On.Long(), locale.T(ctx, "champion.training.kind."+x.Kind), x.By))
	}
	return t
}

// counted are the kinds of which a champion counted something: where there is nothing, there is nothing to tell.
func counted(p champion.Pack, all []champion.Tally) []champion.Counted {
	return slices.DeleteFunc(slices.Clone(p.Counts), func(c champion.Counted) bool {
		return !slices.ContainsFunc(all, func(m champion.Tally) bool { return m.N[c.Code] > 0 })
	})
}

// countTable shows what is shown of a number: the champion's own as it is, the network's under disclosure control. The network's has a
// row for every kind, as one that is missing would tell something too.
func countTable(ctx context.Context, kinds []champion.Counted, all []champion.Tally, caption string, show func(context.Context, champion.Counted, champion.Tally) string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "champion.counts.what"))}
	all = all[:min(3, len(all))] // more columns do not fit a page
	for _, m := range all {
		t.Head = append(t.Head, nhsuk.TableHead{Text: m.Month.MonthYear(), Format: "numeric"})
	}
	for _, c := range kinds {
		row := nhsuk.Cells(locale.T(ctx, "champion.count."+c.Code))
		for _, m := range all {
			row = append(row, nhsuk.TableCell{Text: show(ctx, c, m), Format: "numeric"})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func exact(_ context.Context, c champion.Counted, m champion.Tally) string {
	return strconv.Itoa(m.N[c.Code])
}

func controlled(ctx context.Context, c champion.Counted, m champion.Tally) string {
	n, shown := m.N[c.Code]
	if !shown {
		return locale.T(ctx, "champion.counts.too_few")
	}
	return disclosure.Count(n, c.Topic()).String()
}

func teamTable(ctx context.Context, all []champion.Champion, p champion.Pack, today civil.Date) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "champion.team.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "champion.name"), locale.T(ctx, "champion.state"), locale.T(ctx, "champion.hours.short"), locale.T(ctx, "champion.training"))}
	for _, c := range all {
		row := nhsuk.Cells(c.Name, state(ctx, c, today), hoursOf(ctx, c), training(ctx, p, c, today))
		row[0].Href = team + "/" + c.ID.String()
		t.Rows = append(t.Rows, row)
	}
	return t
}

func networkTable(ctx context.Context, v netView) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "champion.network.all", "n", len(v.All)), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "champion.name"), locale.T(ctx, "champion.where"), locale.T(ctx, "champion.state"), locale.T(ctx, "champion.training"))}
	for _, c := range v.All {
		row := nhsuk.Cells(c.Name, place(c.Department, c.Team), state(ctx, c, v.Today), training(ctx, v.Pack, c, v.Today))
		if c.State == champion.Agreed {
			row[0].Href = memberPath(c.ID)
		} else {
			row[3].Text = locale.T(ctx, "champion.none")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func per100(ctx context.Context, champions, people int) string {
	x, ok := champion.Per100(champions, people)
	if !ok {
		return locale.T(ctx, "champion.none")
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

func sectionTable(ctx context.Context, m champion.Map) nhsuk.TableParams {
	numeric := func(key string) nhsuk.TableHead { return nhsuk.TableHead{Text: locale.T(ctx, key), Format: "numeric"} }
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "champion.map.departments"), Size: "m"},
		Head: append(nhsuk.Heads(locale.T(ctx, "champion.map.department")), numeric("champion.map.people"), numeric("champion.map.champions"), numeric("champion.map.per100"), numeric("champion.map.with"))}
	for _, s := range m.Sections {
		t.Rows = append(t.Rows, nhsuk.Cells(s.Name, locale.Number(s.People), locale.Number(s.Champions), per100(ctx, s.Champions, s.People), locale.T(ctx, "champion.map.of", "n", s.With, "of", s.Units)))
	}
	return t
}

// listedTeams is how many teams without a champion the network's page lists: the largest, where one helps most. The others are a page on.
const listedTeams = 10

func unitName(ctx context.Context, u champion.Unit) string {
	department := named(ctx, u.Department, "champion.map.no_department")
	if len(u.Small) == 0 {
		return department + ", " + named(ctx, u.Team, "champion.map.no_team")
	}
	names := make([]string, len(u.Small))
	for i, team := range u.Small {
		names[i] = named(ctx, team, "champion.map.no_team")
	}
	return locale.T(ctx, "champion.map.small", "department", department, "n", len(u.Small), "teams", strings.Join(names, ", "))
}

// named is a name of the workforce record, where there may be none.
func named(ctx context.Context, name, none string) string {
	if name == "" {
		return locale.T(ctx, none)
	}
	return name
}

func unitTable(ctx context.Context, all []champion.Unit, caption string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "m"},
		Head: append(nhsuk.Heads(locale.T(ctx, "champion.map.team")), nhsuk.TableHead{Text: locale.T(ctx, "champion.map.people"), Format: "numeric"}, nhsuk.TableHead{Text: locale.T(ctx, "champion.map.champions"), Format: "numeric"})}
	for _, u := range all {
		row := nhsuk.Cells(unitName(ctx, u), locale.Number(u.People), locale.Number(u.Champions))
		row[1].Format, row[2].Format = "numeric", "numeric"
		t.Rows = append(t.Rows, row)
	}
	return t
}

// pageTeams is how many teams are on a page of the list.
const pageTeams = 25

// teamsView is a page of the list of all teams, or of those that were looked for.
type teamsView struct {
	Path        string
	Form        form.Form
	Found       []champion.Unit // on this page
	All         int             // on all pages
	Page, Pages int
}

func teamsOf(c *web.Context, m champion.Map, path string) teamsView {
	typed := strings.TrimSpace(c.R.URL.Query().Get("team"))
	found := m.Find(typed)
	v := teamsView{Path: path, Form: form.Of(url.Values{"team": {typed}}), All: len(found), Pages: max(1, (len(found)+pageTeams-1)/pageTeams)}
	page, err := strconv.Atoi(c.R.URL.Query().Get("page"))
	if err != nil {
		page = 1
	}
	v.Page = max(1, min(page, v.Pages))
	first := (v.Page - 1) * pageTeams
	v.Found = found[first:min(first+pageTeams, len(found))]
	return v
}

func (v teamsView) href(page int) string {
	return v.Path + "?" + url.Values{"team": {v.Form.Get("team")}, "page": {strconv.Itoa(page)}}.Encode()
}

func (v teamsView) pagination(ctx context.Context) (out nhsuk.PaginationParams) {
	of := func(page int) nhsuk.PaginationLink {
		return nhsuk.PaginationLink{Href: v.href(page), Label: nhsuk.DescriptionParams{Text: locale.T(ctx, "champion.map.page", "n", page, "of", v.Pages)}}
	}
	out.AriaLabel = locale.T(ctx, "champion.map.pages")
	if v.Page > 1 {
		out.Previous = of(v.Page - 1)
	}
	if v.Page < v.Pages {
		out.Next = of(v.Page + 1)
	}
	return out
}

func colleagueTable(ctx context.Context, all []champion.Colleague, caption string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, caption), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "champion.name"), locale.T(ctx, "champion.where"))}
	for _, c := range all {
		t.Rows = append(t.Rows, nhsuk.Cells(c.Name, place(c.Department, c.Team)))
	}
	return t
}
