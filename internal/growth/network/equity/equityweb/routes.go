// Package equityweb is the page of equality of access: for the lead of an integrated care system or a nation, and for whoever shares
// with one.
package equityweb

import (
	"context"
	"encoding/csv"
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const (
	ofSystem = "/system/equity"
	ofMember = "/sharing/equity"
)

type pages struct {
	s       *equity.Service
	sharing *sharing.Service
}

// Routes of the slice.
func Routes(s *equity.Service, shared *sharing.Service) []web.Route {
	p := &pages{s, shared}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", ofSystem, system.Read, p.page(ofSystem, "/system", own)),
		on("GET", ofSystem+"/table", system.Read, p.table(own)),
		on("GET", ofMember, sharing.Read, p.member(p.page(ofMember, "/sharing", p.shared))),
		on("GET", ofMember+"/table", sharing.Read, p.member(p.table(p.shared))),
	}
}

// member leads whoever does not share the metric to where it is agreed on.
func (p *pages) member(h web.Handler) web.Handler {
	return func(c *web.Context) error {
		if _, err := p.shared(c); fault.KindOf(err) == fault.NotFound {
			return c.Redirect("/sharing")
		}
		return h(c)
	}
}

// own is the organisation of whoever looks.
func own(c *web.Context) (uuid.UUID, error) { return c.Actor.Organisation, nil }

// shared is the ICS that the organisation shares the metric with.
func (p *pages) shared(c *web.Context) (uuid.UUID, error) {
	b, err := p.sharing.Board(c.Ctx(), c.Actor, c.Now)
	if err == nil && !b.InForce(equity.Metric) {
		err = fault.Missing("metric")
	}
	return b.System.ID, err
}

func (p *pages) view(c *web.Context, whose func(*web.Context) (uuid.UUID, error)) (equity.View, error) {
	month, ok := systemview.Month(c.R.URL.Query().Get("month"))
	if !ok {
		return equity.View{}, fault.Missing("month")
	}
	of, err := whose(c)
	if err != nil {
		return equity.View{}, err
	}
	return p.s.View(c.Ctx(), c.Actor, of, month)
}

func (p *pages) page(path, back string, whose func(*web.Context) (uuid.UUID, error)) web.Handler {
	return func(c *web.Context) error {
		v, err := p.view(c, whose)
		if err != nil {
			return err
		}
		params := c.Page("equity.title", back)
		params.Wide = true
		return c.Render(equityPage(params, v, path))
	}
}

// columns of the table for a spreadsheet; docs/network.md explains them.
var columns = []string{"division", "group", "half_year_to", "definition", "organisations", "hidden", "of", "seen", "staff", "others_seen", "others_staff", "ratio", "low", "high", "named"}

func (p *pages) table(whose func(*web.Context) (uuid.UUID, error)) web.Handler {
	return func(c *web.Context) error {
		v, err := p.view(c, whose)
		if err != nil {
			return err
		}
		c.Attach(web.CSV, "access.csv")
		out := csv.NewWriter(c.W)
		if err := out.Write(columns); err != nil {
			return err
		}
		for _, d := range v.Divisions {
			groups := d.Groups
			if d.None != nil {
				groups = append(groups[:len(groups):len(groups)], *d.None)
			}
			for _, g := range groups {
				if err := out.Write(line(v, d, g)); err != nil {
					return err
				}
			}
		}
		out.Flush()
		return out.Error()
	}
}

func line(v equity.View, d equity.Division, g equity.Group) []string {
	cells := []string{d.ID, g.Code, v.AsAt().String(), v.Definition, strconv.Itoa(g.N), strconv.Itoa(g.Hidden), strconv.Itoa(v.Of), "", "", "", "", "", "", "", ""}
	if g.Enough == system.Yes {
		for i, n := range []int{g.Seen, g.Staff, g.RestSeen, g.RestOf} {
			cells[7+i] = strconv.Itoa(n)
		}
		for i, x := range []float64{g.Ratio, g.Low, g.High} {
			cells[11+i] = ratio(x)
		}
		cells[14] = strconv.FormatBool(g.Flagged)
	}
	for i := range cells {
		cells[i] = sheet.Guard(cells[i])
	}
	return cells
}

func ratio(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// says is what the ratio of a group means, in words.
func says(ctx context.Context, g equity.Group) string {
	switch {
	case g.Enough != system.Yes:
		return locale.T(ctx, "equity.enough."+string(g.Enough))
	case g.Flagged && g.Ratio < 1:
		return locale.T(ctx, "equity.says.less")
	case g.Flagged:
		return locale.T(ctx, "equity.says.more")
	}
	return locale.T(ctx, "equity.says.usual")
}

func groupTable(ctx context.Context, v equity.View, d equity.Division, groups []equity.Group, caption string) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "equity.group"), locale.T(ctx, "equity.rate"), locale.T(ctx, "equity.rest"), locale.T(ctx, "equity.ratio"), locale.T(ctx, "equity.organisations"), locale.T(ctx, "equity.says"))}
	for _, g := range groups {
		rate, rest, interval := "", "", ""
		if g.Enough == system.Yes {
			rate = locale.T(ctx, "equity.rate.of", "rate", strconv.FormatFloat(equity.Per1000(g.Seen, g.Staff), 'f', 0, 64), "seen", locale.Number(g.Seen), "staff", locale.Number(g.Staff))
			rest = strconv.FormatFloat(equity.Per1000(g.RestSeen, g.RestOf), 'f', 0, 64)
			interval = locale.T(ctx, "equity.interval", "ratio", ratio(g.Ratio), "low", ratio(g.Low), "high", ratio(g.High))
		}
		t.Rows = append(t.Rows, nhsuk.Cells(systemview.Group(ctx, d.ID, g.Code), rate, rest, interval, organisations(ctx, v, g), says(ctx, g)))
	}
	return t
}

// organisations are how many are in a ratio, and how many are not as they hid the group.
func organisations(ctx context.Context, v equity.View, g equity.Group) string {
	out := locale.T(ctx, "system.n_of", "n", g.N, "of", v.Of)
	if g.Hidden > 0 {
		out = locale.T(ctx, "equity.hidden", "covered", out, "n", g.Hidden)
	}
	return out
}

// drawing is the chart of a division, of the groups that have a ratio.
func drawing(ctx context.Context, v equity.View, d equity.Division) chart.Forest {
	title := locale.T(ctx, "equity.chart", "division", locale.T(ctx, "equity.division."+d.ID))
	f := chart.Forest{ID: "equity-" + d.ID, Title: title}
	named := 0
	for _, g := range d.Groups {
		if g.Enough != system.Yes {
			continue
		}
		if g.Flagged {
			named++
		}
		f.Rows = append(f.Rows, chart.Ratio{Label: systemview.Group(ctx, d.ID, g.Code), Value: g.Ratio, Low: g.Low, High: g.High, Named: g.Flagged, Says: says(ctx, g)})
	}
	f.Says = locale.T(ctx, "equity.sentence", "n", len(f.Rows), "named", named, "from", v.First().MonthYear(), "to", v.Month.MonthYear())
	return f
}
