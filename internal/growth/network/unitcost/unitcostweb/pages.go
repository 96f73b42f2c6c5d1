// Package unitcostweb is the pages on which who leads the service works out what its work costs.
package unitcostweb

import (
	"context"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/contractview"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const home = "/unit-costs"

type pages struct{ s *unitcost.Service }

// Routes of the slice.
func Routes(s *unitcost.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Wall: access.Growth, Permission: unitcost.Keep, Load: web.NoObject}.On
	return []web.Route{on("GET", home, p.board), on("GET", home+"/add", p.add), on("POST", home+"/add", p.addPost)}
}

func (p *pages) board(c *web.Context) error {
	b, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(boardPage(c.Page("unitcost.title", ""), b, locale.Day(c.Now)))
}

// costs lays the years side by side, the newest first.
func costs(ctx context.Context, all []unitcost.Cost) nhsuk.TableParams {
	all = all[:min(len(all), 2)] // this year and the one before
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "unitcost.table"), Size: "m"}, Head: []nhsuk.TableHead{{Text: locale.T(ctx, "unitcost.what")}}}
	row := func(title string, of func(unitcost.Cost) string) {
		cells := []string{title}
		for _, c := range all {
			cells = append(cells, of(c))
		}
		t.Rows = append(t.Rows, nhsuk.Cells(cells...))
	}
	for _, c := range all {
		t.Head = append(t.Head, nhsuk.TableHead{Text: unitcost.Label(c.Year)})
	}
	for _, item := range unitcost.Items {
		row(contractview.Item(ctx, item), func(c unitcost.Cost) string { x, _ := c.Of(item); return x.String() })
	}
	row(locale.T(ctx, "unitcost.spread"), func(c unitcost.Cost) string { return c.Spread().String() })
	row(locale.T(ctx, "unitcost.hour"), func(c unitcost.Cost) string { return c.Hour().String() })
	row(locale.T(ctx, "unitcost.team"), func(c unitcost.Cost) string { return c.Team.String() })
	row(locale.T(ctx, "unitcost.hours"), func(c unitcost.Cost) string { return locale.Number(int(math.Round(c.Hours))) })
	row(locale.T(ctx, "unitcost.overhead"), func(c unitcost.Cost) string {
		return locale.T(ctx, "unitcost.overhead.says", "percent", percent(c.Overhead), "source", c.Source)
	})
	row(locale.T(ctx, "unitcost.minutes"), func(c unitcost.Cost) string { return strconv.Itoa(int(math.Round(c.Minutes))) })
	row(locale.T(ctx, "unitcost.missed"), func(c unitcost.Cost) string { return percent(c.Missed) + "%" })
	row(locale.T(ctx, "unitcost.per_case"), func(c unitcost.Cost) string { return strconv.FormatFloat(c.PerCase, 'f', 1, 64) })
	row(locale.T(ctx, "unitcost.basis"), func(c unitcost.Cost) string {
		if c.Typed {
			return locale.T(ctx, "unitcost.basis.typed")
		}
		return locale.T(ctx, "unitcost.basis.plan")
	})
	row(locale.T(ctx, "unitcost.made"), func(c unitcost.Cost) string {
		return locale.T(ctx, "contract.by", "day", locale.Date(c.At), "by", c.By)
	})
	return t
}

// percent writes hundredths of a per cent.
func percent(bp int) string { return locale.Plain(float64(bp) / 100) }

// prices lays what clients pay beside what it costs.
func prices(ctx context.Context, b unitcost.Board) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "unitcost.prices"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "client.col.name"), locale.T(ctx, "contract.what_for"), locale.T(ctx, "contract.price"), locale.T(ctx, "unitcost.now"), locale.T(ctx, "unitcost.before"), locale.T(ctx, "unitcost.difference"))}
	for _, x := range b.Prices {
		cost, before, difference := locale.T(ctx, "unitcost.none"), locale.T(ctx, "unitcost.none"), locale.T(ctx, "unitcost.block")
		each, priced := x.Line.Each()
		if len(b.Costs) > 0 {
			if now, ok := b.Costs[0].Of(x.Line.Item); ok {
				cost = now.String()
				if priced {
					difference = covers(ctx, each, now)
				}
			}
		}
		if len(b.Costs) > 1 {
			if last, ok := b.Costs[1].Of(x.Line.Item); ok {
				before = last.String()
			}
		}
		t.Rows = append(t.Rows, nhsuk.Cells(x.Name, contractview.Item(ctx, x.Line.Item), contractview.Price(ctx, x.Line.Pence, x.Line.Basis), cost, before, difference))
	}
	return t
}

func covers(ctx context.Context, each, cost price.Pence) string {
	if each < cost {
		return locale.T(ctx, "unitcost.short", "each", each.String(), "by", (cost - each).String())
	}
	return locale.T(ctx, "unitcost.covered", "each", each.String(), "by", (each - cost).String())
}

func (p *pages) question(c *web.Context, f form.Form, b unitcost.Board) *ask.Page {
	lede := c.T("unitcost.add.lede")
	if b.Has {
		lede += " " + c.T("unitcost.add.plan", "team", b.Team.Pence().String(), "hours", locale.Number(int(b.Team.Whole())))
	}
	if !b.Worked {
		lede = c.T("unitcost.unworked")
	}
	year := unitcost.YearOf(locale.Day(c.Now))
	options := []form.Option{{Value: strconv.Itoa(year), Text: unitcost.Label(year)}, {Value: strconv.Itoa(year - 1), Text: unitcost.Label(year - 1)}}
	return &ask.Page{Title: c.T("unitcost.add"), Lede: lede, Form: f, Button: "unitcost.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "year", Key: "unitcost.year", Options: options}),
			form.Text(f, form.Field{Name: "team", Key: "unitcost.team", Width: 10}),
			form.Text(f, form.Field{Name: "hours", Key: "unitcost.hours", Width: 10}),
			form.Text(f, form.Field{Name: "overhead", Key: "unitcost.overhead", Width: 5}),
			form.Text(f, form.Field{Name: "source", Key: "unitcost.source"}),
		}
	}}
}

func (p *pages) add(c *web.Context) error {
	b, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.Fresh()
	f.Values.Set("year", strconv.Itoa(unitcost.YearOf(locale.Day(c.Now))))
	if b.Has {
		offer(f.Values, b.Team)
	}
	if len(b.Costs) > 0 {
		f.Values.Set("overhead", percent(b.Costs[0].Overhead))
	}
	return p.question(c, f, b).Answer(c, home)
}

// offer puts what the plan for people says into the form.
func offer(v url.Values, t unitcost.Team) {
	v.Set("team", strings.TrimPrefix(t.Pence().String(), "£"))
	v.Set("hours", locale.Number(int(t.Whole())))
}

func (p *pages) addPost(c *web.Context) error {
	b, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	x := unitcost.Cost{ID: id, Year: f.Whole("year"), Hours: float64(f.Whole("hours")), Source: f.Get("source")}
	if x.Team, err = price.Parse(f.Get("team")); err != nil {
		f.Faults.Add("team", "unitcost.team.bad")
	}
	// A per cent with two decimals is read as an amount is: 12.5 is 1,250 hundredths.
	over, err := price.Parse(strings.TrimSuffix(strings.TrimSpace(f.Get("overhead")), "%"))
	if err != nil {
		f.Faults.Add("overhead", "unitcost.overhead.bad")
	}
	x.Overhead = int(over)
	a := p.question(c, f, b)
	if a.Found(unitcost.Check(x, locale.Day(c.Now))) {
		return a.Answer(c, home)
	}
	return c.Done(p.s.Add(c.Ctx(), c.Actor, c.Now, x), "unitcost.flash", home)
}
