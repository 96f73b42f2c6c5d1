package cycleweb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func pathTo(action uuid.UUID) string { return "/plan/cycles/" + action.String() }

// list shows every action with small steps. A link that names an action leads to its page.
func (p *pages) list(c *web.Context) error {
	if id, err := uuid.Parse(c.R.URL.Query().Get("action")); err == nil {
		return c.Redirect(pathTo(id))
	}
	begun, without, err := p.s.List(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("improvement.cycles.title", "/plan"), begun, without))
}

func projectTable(ctx context.Context, begun []cycle.Project) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.cycles.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.cycles.action"), locale.T(ctx, "improvement.aim"), locale.T(ctx, "improvement.aim.by.short"), locale.T(ctx, "improvement.cycles.n"), locale.T(ctx, "improvement.cycles.stands"))}
	for _, x := range begun {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: x.Action.Title, Href: pathTo(x.Action.ID)}, {Text: x.Aim.Text}, {Text: x.Aim.By.Long()}, {Text: locale.Number(len(x.Cycles))}, {Text: stands(ctx, x)}})
	}
	return t
}

// stands says what comes next, or how the last cycle ended.
func stands(ctx context.Context, x cycle.Project) string {
	if c, ok := x.Running(); ok {
		return locale.T(ctx, "improvement.cycle.waits."+string(c.Stage()))
	}
	if len(x.Cycles) == 0 {
		return locale.T(ctx, "improvement.cycles.first")
	}
	return locale.T(ctx, "improvement.cycle.act."+x.Cycles[0].Act)
}

func (p *pages) find(c *web.Context) (cycle.Project, error) {
	id, err := c.ID("action")
	if err != nil {
		return cycle.Project{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) project(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("improvement.cycles.title", "/plan/cycles")
	params.Title = x.Action.Title
	return c.Render(projectPage(params, x, c.May(improvement.Write)))
}

func aimFacts(ctx context.Context, x cycle.Project) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "improvement.aim"), x.Aim.Text), nhsuk.Row(locale.T(ctx, "improvement.aim.by.short"), x.Aim.By.Long()),
		nhsuk.Row(locale.T(ctx, "improvement.last"), locale.T(ctx, "improvement.last.value", "name", x.Aim.Author, "when", locale.DateTime(x.Aim.At))),
	}}
}

func cycleFacts(ctx context.Context, c cycle.Cycle) nhsuk.SummaryListParams {
	row := func(key, text, day string) nhsuk.SummaryRow {
		return nhsuk.Row(locale.T(ctx, key), locale.T(ctx, "improvement.cycle.dated", "text", text, "day", day))
	}
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "improvement.cycle.prediction.short"), c.Prediction), row("improvement.cycle.plan.short", c.Plan, c.PlanOn.Long())}
	if c.Did != "" {
		rows = append(rows, row("improvement.cycle.do.short", c.Did, c.DidOn.Long()))
	}
	if c.Studied != "" {
		rows = append(rows, row("improvement.cycle.study.short", c.Studied, c.StudiedOn.Long()))
	}
	if c.Act != "" {
		rows = append(rows, row("improvement.cycle.act.short", locale.T(ctx, "improvement.cycle.act."+c.Act)+". "+c.ActWords, c.ActedOn.Long()))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

func (p *pages) aim(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{"aim": {x.Aim.Text}})
	if x.Begun() {
		form.SetDay(f.Values, "by", x.Aim.By)
	}
	return askAim(c, x, f)
}

func askAim(c *web.Context, x cycle.Project, f form.Form) error {
	return ask.Show(c, pathTo(x.Action.ID), ask.Page{Title: c.T("improvement.aim.title"), Lede: x.Action.Title, Form: f, Button: "improvement.save"},
		form.TextArea(f, form.Field{Name: "aim", Key: "improvement.aim.question", Rows: 3, Max: improvement.LongestText}),
		form.Date(f, form.Field{Name: "by", Key: "improvement.aim.by"}))
}

func (p *pages) aimPost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	by := f.Day("by")
	if f.Faults.Merge(cycle.CheckAim(f.Get("aim"), by)); f.Bad() {
		return askAim(c, x, f)
	}
	return c.Done(p.s.SetAim(c.Ctx(), c.Actor, c.Now, x.Action.ID, f.Get("aim"), by), "improvement.saved", pathTo(x.Action.ID))
}

func (p *pages) measure(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	return p.askMeasure(c, x, f)
}

func (p *pages) askMeasure(c *web.Context, x cycle.Project, f form.Form) error {
	all, err := p.s.Figures(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	options := []form.Option{{Value: "", Key: "improvement.choose"}}
	for _, g := range all {
		options = append(options, form.Option{Value: g.Ref.String(), Text: c.T("improvement.measure.option", "title", g.Title, "value", figureview.Value(c.Ctx(), g), "period", g.PeriodText)})
	}
	return ask.Show(c, pathTo(x.Action.ID), ask.Page{Title: c.T("improvement.measure.title"), Lede: x.Action.Title, Form: f, Button: "improvement.save"},
		form.Radios(f, form.Field{Name: "kind", Key: "improvement.measure.kind", Options: form.Options("improvement.measure.kind", cycle.Kinds...)}),
		figureview.Rounded(), form.Select(f, form.Field{Name: "figure", Key: "improvement.measure.figure", Options: options}))
}

func (p *pages) measurePost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	if _, f.Faults, err = p.s.CheckMeasure(c.Ctx(), c.Actor, c.Now, f.Get("kind"), f.Get("figure")); err != nil {
		return err
	}
	if f.Bad() {
		return p.askMeasure(c, x, f)
	}
	return c.Done(p.s.Measure(c.Ctx(), c.Actor, c.Now, id, x.Action.ID, f.Get("kind"), f.Get("figure")), "improvement.saved", pathTo(x.Action.ID))
}

func (p *pages) drop(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.Drop(c.Ctx(), c.Actor, c.Now, x.Action.ID, id), "improvement.saved", pathTo(x.Action.ID))
}
