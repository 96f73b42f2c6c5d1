package strategyweb

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) objectives(c *web.Context) error {
	plan, err := p.s.Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(objectivesPage(c.Page("strategy.objectives.title", "/plan"), plan, p.s.Pack().Drivers, c.May(strategy.Write)))
}

// under lists the open objectives of a driver.
func under(plan strategy.Plan, driver string) []strategy.Objective {
	return slices.DeleteFunc(plan.Standing(), func(o strategy.Objective) bool { return o.Driver != driver })
}

func (p *pages) objective(c *web.Context) error {
	plan, o, err := one(p, c, strategy.Plan.Objective)
	if err != nil {
		return err
	}
	var sources []strategy.Source
	for _, m := range o.Measures {
		sources = append(sources, m.Source)
	}
	checked, err := strategyview.Check(c, p.s, sources...)
	if err != nil {
		return err
	}
	params := c.Page("strategy.objective.one", "/plan/objectives")
	params.Title = o.Title
	return c.Render(objectivePage(params, plan, o, checked, c.May(strategy.Write) && o.Status == strategy.Open))
}

func objectiveFacts(ctx context.Context, o strategy.Objective) nhsuk.SummaryListParams {
	rows := []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "strategy.objective.driver"), locale.T(ctx, "strategy.driver."+o.Driver)),
		nhsuk.Row(locale.T(ctx, "strategy.objective.element"), locale.T(ctx, "strategy.element."+o.Element)),
		nhsuk.Row(locale.T(ctx, "strategy.objective.horizon"), locale.T(ctx, "strategy.horizon."+o.Horizon)),
		nhsuk.Row(locale.T(ctx, "strategy.objective.serves.short"), o.Serves),
	}
	if o.Status == strategy.Withdrawn {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "strategy.objective.withdrawn"), o.Reason))
	}
	return nhsuk.SummaryListParams{Rows: append(rows, last(ctx, o.Last))}
}

func (p *pages) objectiveAdd(c *web.Context) error {
	f := form.Fresh()
	plan, err := p.s.Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if id, err := uuid.Parse(c.R.URL.Query().Get("need")); err == nil {
		if n, ok := plan.Need(id); ok {
			f.Values.Set("needs", id.String())
			f.Values.Set("element", strategyview.Element(n.Subsection))
		}
	}
	return p.askObjective(c, plan, f, "strategy.objective.add.title", "/plan/objectives", "strategy.objective.add.button")
}

func (p *pages) objectiveEdit(c *web.Context) error {
	plan, o, err := one(p, c, strategy.Plan.Objective)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{"seen": {see(o.Last)}, "title": {o.Title}, "driver": {o.Driver}, "element": {o.Element}, "horizon": {o.Horizon}, "serves": {o.Serves}})
	for _, id := range o.Needs {
		f.Values.Add("needs", id.String())
	}
	return p.askObjective(c, plan, f, "strategy.objective.edit.title", "/plan/objectives/"+o.ID.String(), "strategy.save")
}

func (p *pages) askObjective(c *web.Context, plan strategy.Plan, f form.Form, title, back, button string) error {
	var needs []form.Option
	for _, n := range plan.Needs {
		if n.Status != strategy.SetAside || slices.Contains(f.All("needs"), n.ID.String()) {
			needs = append(needs, form.Option{Value: n.ID.String(), Text: n.Statement})
		}
	}
	pack := p.s.Pack()
	return ask.Show(c, back, ask.Page{Title: c.T(title), Form: f, Button: button},
		form.Text(f, form.Field{Name: "title", Key: "strategy.objective.title"}),
		form.Radios(f, form.Field{Name: "driver", Key: "strategy.objective.driver", Options: form.Options("strategy.driver", pack.Drivers...)}),
		form.Select(f, form.Field{Name: "element", Key: "strategy.objective.element", Options: strategyview.Choices("strategy.choose", "strategy.element", pack.ElementCodes())}),
		form.Radios(f, form.Field{Name: "horizon", Key: "strategy.objective.horizon", Options: form.Options("strategy.horizon", pack.Horizons...)}),
		form.TextArea(f, form.Field{Name: "serves", Key: "strategy.objective.serves", Rows: 2, Max: 2 * strategy.LongestTitle}),
		optional(len(needs) > 0, form.Checkboxes(f, form.Field{Name: "needs", Key: "strategy.objective.needs", Options: needs})))
}

func (p *pages) readObjective(c *web.Context) (form.Form, strategy.ObjectiveIn) {
	f := form.From(c.R)
	in := strategy.ObjectiveIn{Title: f.Get("title"), Driver: f.Get("driver"), Element: f.Get("element"), Horizon: f.Get("horizon"), Serves: f.Get("serves")}
	for _, s := range f.All("needs") {
		if id, err := uuid.Parse(s); err == nil {
			in.Needs = append(in.Needs, id)
		}
	}
	f.Faults = p.s.Pack().CheckObjective(in)
	return f, in
}

func (p *pages) objectiveAddPost(c *web.Context) error {
	f, in := p.readObjective(c)
	plan, err := p.s.Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Bad() {
		return p.askObjective(c, plan, f, "strategy.objective.add.title", "/plan/objectives", "strategy.objective.add.button")
	}
	return c.Done(p.s.SetObjective(c.Ctx(), c.Actor, c.Now, in), "strategy.objective.added", "/plan/objectives/"+in.ID.String())
}

func (p *pages) objectiveEditPost(c *web.Context) error {
	plan, o, err := one(p, c, strategy.Plan.Objective)
	if err != nil {
		return err
	}
	f, in := p.readObjective(c)
	in.ID = o.ID
	if f.Bad() {
		return p.askObjective(c, plan, f, "strategy.objective.edit.title", "/plan/objectives/"+o.ID.String(), "strategy.save")
	}
	at, err := seen(f)
	if err != nil {
		return err
	}
	return c.Done(p.s.ChangeObjective(c.Ctx(), c.Actor, c.Now, at, in), "strategy.saved", "/plan/objectives/"+o.ID.String())
}

func (p *pages) withdraw(c *web.Context) error {
	_, o, err := one(p, c, strategy.Plan.Objective)
	if err != nil {
		return err
	}
	return p.askWithdraw(c, o, form.Of(map[string][]string{}))
}

func (p *pages) askWithdraw(c *web.Context, o strategy.Objective, f form.Form) error {
	return ask.Show(c, "/plan/objectives/"+o.ID.String(), ask.Page{Title: c.T("strategy.withdraw.title"), Lede: o.Title, Form: f, Button: "strategy.withdraw.button"},
		form.TextArea(f, form.Field{Name: "reason", Key: "strategy.withdraw.reason", Rows: 3, Max: strategy.LongestText}))
}

func (p *pages) withdrawPost(c *web.Context) error {
	_, o, err := one(p, c, strategy.Plan.Objective)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	f.Required("reason", "strategy.move.reason.empty")
	f.Limit("reason", strategy.LongestText)
	if f.Bad() {
		return p.askWithdraw(c, o, f)
	}
	return c.Done(p.s.WithdrawObjective(c.Ctx(), c.Actor, c.Now, o.ID, f.Get("reason")), "strategy.withdraw.done", "/plan/objectives/"+o.ID.String())
}

func (p *pages) measure(c *web.Context) error {
	_, o, err := one(p, c, strategy.Plan.Objective)
	if err != nil {
		return err
	}
	f := form.Fresh()
	f.Values.Set("figure", c.R.URL.Query().Get("figure"))
	return p.askMeasure(c, o, f)
}

func (p *pages) askMeasure(c *web.Context, o strategy.Objective, f form.Form) error {
	options, err := p.figures(c)
	if err != nil {
		return err
	}
	return ask.Show(c, "/plan/objectives/"+o.ID.String(), ask.Page{Title: c.T("strategy.measure.title"), Lede: o.Title, Form: f, Button: "strategy.measure.button"},
		figureview.Rounded(), form.Select(f, form.Field{Name: "figure", Key: "strategy.measure.figure", Options: options}))
}

func (p *pages) measurePost(c *web.Context) error {
	_, o, err := one(p, c, strategy.Plan.Objective)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	options, err := p.figures(c)
	if err != nil {
		return err
	}
	f.Required("figure", "strategy.measure.empty")
	if !f.Bad() {
		listed(&f, options)
	}
	if f.Bad() {
		return p.askMeasure(c, o, f)
	}
	return c.Done(p.s.Measure(c.Ctx(), c.Actor, c.Now, id, o.ID, f.Get("figure")), "strategy.measure.added", "/plan/objectives/"+o.ID.String())
}

func (p *pages) measureRenew(c *web.Context) error {
	return p.onMeasure(c, "strategy.figure.renewed", func(o, m uuid.UUID) error { return p.s.RenewMeasure(c.Ctx(), c.Actor, c.Now, o, m) })
}

func (p *pages) measureDrop(c *web.Context) error {
	return p.onMeasure(c, "strategy.measure.dropped", func(o, m uuid.UUID) error { return p.s.DropMeasure(c.Ctx(), c.Actor, c.Now, o, m) })
}

func (p *pages) onMeasure(c *web.Context, said string, do func(objective, measure uuid.UUID) error) error {
	o, err := c.ID("id")
	if err != nil {
		return err
	}
	m, err := c.ID("measure")
	if err != nil {
		return fault.Missing("measure")
	}
	return c.Done(do(o, m), said, "/plan/objectives/"+o.String())
}
