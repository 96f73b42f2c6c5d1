package systemweb

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// pooled is the rates that a pooled service is simulated from; other rates make up the people plan.
const pooled = "capacity"

func (p *pages) overview(c *web.Context) error {
	o, err := p.s.Overview(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(overviewPage(c.Page("system.title", "", "name", o.System.Name), o))
}

func coverage(ctx context.Context, o system.Overview) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "system.coverage"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "system.metric"), locale.T(ctx, "system.covered"), locale.T(ctx, "system.newest"), locale.T(ctx, "network.definition"))}
	for _, l := range o.Lines {
		month, definition := locale.T(ctx, "system.none"), ""
		if !l.Month.IsZero() {
			month, definition = l.Month.MonthYear(), l.Definition
		}
		href := "/system/plans"
		switch l.Metric.Kind {
		case release.Share:
			href = "/system/metrics/" + l.Metric.ID
		case release.Rates:
			href = "/system/pooled"
			if l.Metric.ID != pooled {
				href = "/system/people-plan"
			}
		case release.Groups:
			href = "/system/equity"
		}
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: systemview.Title(ctx, l.Metric.ID), Href: href}, {Text: locale.T(ctx, "system.n_of", "n", l.Covered, "of", o.Of)}, {Text: month}, {Text: definition}})
	}
	return t
}

// asked reads the month of an address.
func asked(c *web.Context) (civil.Date, error) {
	m, ok := systemview.Month(c.R.URL.Query().Get("month"))
	if !ok {
		return m, fault.Missing("month")
	}
	return m, nil
}

func (p *pages) metric(c *web.Context) error {
	month, err := asked(c)
	if err != nil {
		return err
	}
	span := 0
	if q := c.R.URL.Query().Get("span"); q != "" {
		if span, err = strconv.Atoi(q); err != nil {
			return fault.Missing("span")
		}
	}
	id := c.R.PathValue("metric")
	v, err := p.s.Compare(c.Ctx(), c.Actor, c.Actor.Organisation, id, month, span, system.Who{})
	if err != nil {
		return err
	}
	return c.Render(metricPage(c.Page("form.page", home, "title", systemview.Title(c.Ctx(), id)), v, p.s.Pack()))
}

// column of a table side by side.
type column struct {
	metric release.Metric
	item   string
}

func (p *pages) levels(c *web.Context) error {
	pack := p.s.Pack()
	var columns []column
	for _, id := range pack.Levels {
		m, _ := pack.Find(id)
		columns = append(columns, column{metric: m})
	}
	return p.beside(c, "system.levels", c.T("system.levels.lede"), "/system/levels", columns)
}

func (p *pages) plans(c *web.Context) error {
	var columns []column
	for _, m := range p.s.Pack().Metrics {
		if m.Kind == release.Gaps || m.Kind == release.Actions {
			columns = append(columns, column{metric: m})
		}
	}
	return p.beside(c, "system.plans", c.T("system.plans.lede"), "/system/plans", columns)
}

// beside shows metrics side by side. What the elements of the framework scored has its own table, as long as the framework is.
func (p *pages) beside(c *web.Context, title, lede, path string, columns []column) error {
	month, err := asked(c)
	if err != nil {
		return err
	}
	elements := path == "/system/plans"
	t, err := p.s.Beside(c.Ctx(), c.Actor, month, func(m release.Metric) bool {
		for _, x := range columns {
			if x.metric.ID == m.ID {
				return true
			}
		}
		return elements && m.Kind == release.Scores
	})
	if err != nil {
		return err
	}
	v := sideView{Table: t, Path: path, Lede: lede, Main: side(c.Ctx(), t, columns, c.T(title))}
	if elements {
		v.Sums = sums(c.Ctx(), t, columns)
		v.Elements = scores(c.Ctx(), t, p.s.Pack())
	}
	return c.Render(besidePage(c.Page(title, home), v))
}

type sideView struct {
	system.Table
	Path, Lede     string
	Sums           []string // what all together make
	Main, Elements nhsuk.TableParams
}

func side(ctx context.Context, t system.Table, columns []column, caption string) nhsuk.TableParams {
	out := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: caption, Size: "m"}, Head: nhsuk.Heads(locale.T(ctx, "network.organisation"), locale.T(ctx, "network.model"))}
	for _, x := range columns {
		out.Head = append(out.Head, nhsuk.TableHead{Text: systemview.Title(ctx, x.metric.ID)})
	}
	for _, r := range t.Rows {
		row := nhsuk.Cells(systemview.Label(ctx, r.Name, r.Code), systemview.Model(ctx, r.Model))
		for _, x := range columns {
			row = append(row, nhsuk.TableCell{Text: cell(ctx, r, x)})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// cell is a figure with the version of its definition, and of what holds until it is told again the month in which it was told.
func cell(ctx context.Context, r system.Side, x column) string {
	f, ok := r.Figures[[2]string{x.metric.ID, x.item}]
	if !ok {
		return locale.T(ctx, "network.state.none")
	}
	return locale.T(ctx, "system.cell", "value", systemview.Value(ctx, x.metric, f), "definition", f.Definition, "month", f.Month.MonthYear())
}

// sums add up things, which are exact: gaps and actions of all organisations that have told them under the definition that most use.
func sums(ctx context.Context, t system.Table, columns []column) (out []string) {
	for _, x := range columns {
		var told []release.Figure
		by := map[string]int{}
		for _, r := range t.Rows {
			if f, ok := r.Figures[[2]string{x.metric.ID, x.item}]; ok && f.State == release.Known {
				told, by[f.Definition] = append(told, f), by[f.Definition]+1
			}
		}
		definition := system.Commonest(by)
		part, whole, n := 0, 0, 0
		for _, f := range told {
			if f.Definition == definition {
				part, whole, n = part+*f.Part, whole+*f.Whole, n+1
			}
		}
		if n > 0 {
			out = append(out, locale.T(ctx, "system.sum."+x.metric.ID, "part", part, "whole", whole, "n", n, "of", t.Of, "definition", definition))
		}
	}
	return out
}

// scores lists the scores of each organisation: one line for each element that it has told.
func scores(ctx context.Context, t system.Table, p release.Pack) nhsuk.TableParams {
	out := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "system.scores"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "network.organisation"), locale.T(ctx, "system.element"), locale.T(ctx, "system.score"))}
	for _, m := range p.Metrics {
		if m.Kind != release.Scores {
			continue
		}
		for _, r := range t.Rows {
			for _, item := range items(r, m.ID) {
				out.Rows = append(out.Rows, nhsuk.Cells(systemview.Label(ctx, r.Name, r.Code), item, cell(ctx, r, column{m, item})))
			}
		}
	}
	return out
}
