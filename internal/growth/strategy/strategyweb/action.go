package strategyweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func contains(ids []uuid.UUID, id uuid.UUID) bool { return slices.Contains(ids, id) }

func measurePath(o strategy.Objective, m strategy.Measure) string {
	return "/plan/objectives/" + o.ID.String() + "/measures/" + m.ID.String()
}

func (p *pages) actions(c *web.Context) error {
	plan, err := p.s.Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return c.Render(actionsPage(c.Page("strategy.actions.title", "/plan"), plan, locale.Day(c.Now), c.May(strategy.Write)))
}

// registerPath is where an action is foretold, with the figure it should change.
func registerPath(x strategy.Action) string {
	q := url.Values{"action": {x.ID.String()}}
	if x.Source != nil {
		q.Set("figure", x.Source.Ref)
	}
	return "/effect/register?" + q.Encode()
}

func actionsTable(ctx context.Context, plan strategy.Plan, today civil.Date) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "strategy.actions.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "strategy.action.one"), locale.T(ctx, "strategy.action.owner"), locale.T(ctx, "strategy.action.class"), locale.T(ctx, "strategy.action.when"),
			locale.T(ctx, "strategy.action.risk"), locale.T(ctx, "strategy.status"))}
	for _, x := range plan.Actions {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: x.Title, Href: "/plan/actions/" + x.ID.String()}, {Text: x.Owner}, {Text: locale.T(ctx, "strategy.class."+x.Class)},
			{Text: locale.T(ctx, "strategy.action.when.value", "start", x.Start.Long(), "end", x.End.Long())}, {Text: strconv.Itoa(x.Risk())}, {HTML: standing(x, today)}})
	}
	return t
}

func (p *pages) action(c *web.Context) error {
	plan, x, err := one(p, c, strategy.Plan.Action)
	if err != nil {
		return err
	}
	var sources []strategy.Source
	if x.Source != nil {
		sources = append(sources, *x.Source)
	}
	checked, err := strategyview.Check(c, p.s, sources...)
	if err != nil {
		return err
	}
	forecasts, err := p.s.Forecasts(c.Ctx(), c.Actor, x.ID)
	if err != nil {
		return err
	}
	posts, err := p.s.Posts(c.Ctx(), c.Actor, x.ID)
	if err != nil {
		return err
	}
	o, _ := plan.Objective(x.Objective)
	params := c.Page("strategy.action.one", "/plan/actions")
	params.Title = x.Title
	return c.Render(actionPage(params, x, o, locale.Day(c.Now), checked, forecasts, posts, c.May(strategy.Write)))
}

func actionFacts(ctx context.Context, x strategy.Action, o strategy.Objective, today civil.Date, checked strategyview.Checked) nhsuk.SummaryListParams {
	html := func(key string, v nhsuk.SummaryCell) nhsuk.SummaryRow {
		return nhsuk.SummaryRow{Key: nhsuk.SummaryCell{Text: locale.T(ctx, key)}, Value: v}
	}
	rows := []nhsuk.SummaryRow{
		html("strategy.status", nhsuk.SummaryCell{HTML: standing(x, today)}),
		html("strategy.objective.one", nhsuk.SummaryCell{HTML: toObjective(o)}),
		nhsuk.Row(locale.T(ctx, "strategy.action.owner"), x.Owner),
		nhsuk.Row(locale.T(ctx, "strategy.action.class"), locale.T(ctx, "strategy.class."+x.Class)),
		nhsuk.Row(locale.T(ctx, "strategy.action.when"), locale.T(ctx, "strategy.action.when.value", "start", x.Start.Long(), "end", x.End.Long())),
	}
	if !x.StartedOn.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "strategy.action.started_on"), x.StartedOn.Long()))
	}
	if x.Catalogue != "" {
		rows = append(rows, html("strategy.action.catalogue", nhsuk.SummaryCell{HTML: toCatalogue(x.Catalogue)}))
	}
	if x.Source != nil {
		rows = append(rows, html("strategy.action.figure", nhsuk.SummaryCell{HTML: strategyview.Source(checked, *x.Source)}))
	}
	if x.Reason != "" {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "strategy.reason"), x.Reason))
	}
	return nhsuk.SummaryListParams{Rows: append(rows,
		nhsuk.Row(locale.T(ctx, "strategy.action.risk"), locale.T(ctx, "strategy.action.risk.value", "risk", x.Risk(), "likelihood", x.Likelihood, "impact", x.Impact)),
		nhsuk.Row(locale.T(ctx, "strategy.action.mitigation"), x.Mitigation), nhsuk.Row(locale.T(ctx, "strategy.action.cost"), x.Cost),
		nhsuk.Row(locale.T(ctx, "strategy.action.equality"), x.Equality), last(ctx, x.Last))}
}

// actionAdd begins with what the page before knows: the objective, or the need that one objective answers, and the
// figure that the action should change, or the intervention of the catalogue.
func (p *pages) actionAdd(c *web.Context) error {
	f := form.Fresh()
	plan, err := p.s.Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	asked := c.R.URL.Query()
	for _, name := range []string{"figure", "objective", "catalogue", "title", "class"} {
		f.Values[name] = asked[name]
	}
	var need strategy.Need
	if id, err := uuid.Parse(asked.Get("need")); err == nil {
		need, _ = plan.Need(id)
		if answers := plan.Answering(id); len(answers) == 1 {
			f.Values.Set("objective", answers[0].ID.String())
		}
		if need.Source != nil && f.Get("figure") == "" {
			f.Values.Set("figure", need.Source.Ref)
		}
	}
	if len(plan.Standing()) == 0 {
		return c.Render(noObjectivePage(c.Page("strategy.action.add.title", "/plan/actions"), need))
	}
	if need.ID != uuid.Nil {
		f.Values.Set("need", need.ID.String())
	}
	return p.askAction(c, plan, f, "strategy.action.add.title", "/plan/actions", "strategy.action.add.button")
}

func (p *pages) actionEdit(c *web.Context) error {
	plan, x, err := one(p, c, strategy.Plan.Action)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{"seen": {see(x.Last)}, "title": {x.Title}, "objective": {x.Objective.String()}, "owner": {x.Owner}, "class": {x.Class}, "catalogue": {x.Catalogue},
		"likelihood": {strconv.Itoa(x.Likelihood)}, "impact": {strconv.Itoa(x.Impact)}, "mitigation": {x.Mitigation}, "cost": {x.Cost}, "equality": {x.Equality}})
	if x.Source != nil {
		f.Values.Set("figure", x.Source.Ref)
	}
	form.SetDate(f.Values, "start", locale.CivilDate(x.Start.Year, x.Start.Month, x.Start.Day))
	form.SetDate(f.Values, "end", locale.CivilDate(x.End.Year, x.End.Month, x.End.Day))
	return p.askAction(c, plan, f, "strategy.action.edit.title", "/plan/actions/"+x.ID.String(), "strategy.save")
}

func (p *pages) askAction(c *web.Context, plan strategy.Plan, f form.Form, title, back, button string) error {
	figures, err := p.figures(c)
	if err != nil {
		return err
	}
	objectives := []form.Option{{Value: "", Key: "strategy.choose"}}
	for _, o := range plan.Standing() {
		objectives = append(objectives, form.Option{Value: o.ID.String(), Text: o.Title})
	}
	interventions := []form.Option{{Value: "", Key: "strategy.action.catalogue.none"}}
	for _, x := range p.s.Interventions() {
		interventions = append(interventions, form.Option{Value: x.Code, Text: x.Name + " (" + x.Code + ")"})
	}
	var need strategy.Need
	if id, err := uuid.Parse(f.Get("need")); err == nil {
		need, _ = plan.Need(id)
	}
	return ask.Show(c, back, ask.Page{Title: c.T(title), Lede: c.T("strategy.action.lede"), Form: f, Button: button},
		optional(need.ID != uuid.Nil, forNeed(need, len(plan.Answering(need.ID)) > 0)),
		form.Text(f, form.Field{Name: "title", Key: "strategy.action.title"}),
		form.Select(f, form.Field{Name: "objective", Key: "strategy.objective.one", Options: objectives}),
		form.Text(f, form.Field{Name: "owner", Key: "strategy.action.owner"}),
		form.Radios(f, form.Field{Name: "class", Key: "strategy.action.class", Options: form.Options("strategy.class", p.s.Pack().Classes...)}),
		form.Select(f, form.Field{Name: "catalogue", Key: "strategy.action.catalogue.ask", Options: interventions}),
		figureview.Rounded(),
		form.Select(f, form.Field{Name: "figure", Key: "strategy.action.figure.ask", Options: figures}),
		form.Date(f, form.Field{Name: "start", Key: "strategy.action.start"}),
		form.Date(f, form.Field{Name: "end", Key: "strategy.action.end"}),
		risk(f),
		form.Text(f, form.Field{Name: "cost", Key: "strategy.action.cost"}),
		form.TextArea(f, form.Field{Name: "equality", Key: "strategy.action.equality", Rows: 3, Max: strategy.LongestText}))
}

func (p *pages) readAction(c *web.Context, plan strategy.Plan) (f form.Form, in strategy.ActionIn, err error) {
	f = form.From(c.R)
	in = strategy.ActionIn{Title: f.Get("title"), Owner: f.Get("owner"), Class: f.Get("class"), Catalogue: f.Get("catalogue"), Figure: f.Get("figure"), Start: f.Day("start"), End: f.Day("end"),
		Likelihood: number(f, "likelihood"), Impact: number(f, "impact"), Mitigation: f.Get("mitigation"), Cost: f.Get("cost"), Equality: f.Get("equality")}
	if id, err := uuid.Parse(f.Get("objective")); err == nil {
		in.Objective = id
	}
	if id, err := uuid.Parse(f.Get("need")); err == nil {
		in.Need = id
	}
	f.Faults.Merge(p.s.Pack().CheckAction(in, plan.Standing()))
	options, err := p.figures(c)
	listed(&f, options)
	return f, in, err
}

func (p *pages) actionAddPost(c *web.Context) error {
	plan, err := p.s.Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	f, in, err := p.readAction(c, plan)
	if err != nil {
		return err
	}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Bad() {
		return p.askAction(c, plan, f, "strategy.action.add.title", "/plan/actions", "strategy.action.add.button")
	}
	return c.Done(p.s.PlanAction(c.Ctx(), c.Actor, c.Now, in), "strategy.action.added", "/plan/actions/"+in.ID.String())
}

func (p *pages) actionEditPost(c *web.Context) error {
	plan, x, err := one(p, c, strategy.Plan.Action)
	if err != nil {
		return err
	}
	f, in, err := p.readAction(c, plan)
	if err != nil {
		return err
	}
	in.ID = x.ID
	if f.Bad() {
		return p.askAction(c, plan, f, "strategy.action.edit.title", "/plan/actions/"+x.ID.String(), "strategy.save")
	}
	var at time.Time
	if at, err = seen(f); err != nil {
		return err
	}
	return c.Done(p.s.ChangeAction(c.Ctx(), c.Actor, c.Now, at, in), "strategy.saved", "/plan/actions/"+x.ID.String())
}

func (p *pages) actionStatus(c *web.Context) error {
	_, x, err := one(p, c, strategy.Plan.Action)
	if err != nil {
		return err
	}
	return p.askActionStatus(c, x, form.Of(map[string][]string{}))
}

func (p *pages) askActionStatus(c *web.Context, x strategy.Action, f form.Form) error {
	var to []string
	for _, s := range x.Status.Moves() {
		to = append(to, string(s))
	}
	return ask.Show(c, "/plan/actions/"+x.ID.String(), ask.Page{Title: c.T("strategy.action.status.title"), Lede: x.Title, Form: f, Button: "strategy.save"},
		was(string(x.Status)),
		form.Radios(f, form.Field{Name: "to", Key: "strategy.action.status.to", Options: form.Options("strategy.action.move", to...)}),
		form.TextArea(f, form.Field{Name: "reason", Key: "strategy.move.reason", Rows: 3, Max: strategy.LongestText}))
}

func (p *pages) actionStatusPost(c *web.Context) error {
	_, x, err := one(p, c, strategy.Plan.Action)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	from, to := strategy.ActionStatus(f.Get("was")), strategy.ActionStatus(f.Get("to"))
	if f.Faults = strategy.CheckActionMove(from, to, f.Get("reason")); f.Bad() {
		return p.askActionStatus(c, x, f)
	}
	return c.Done(p.s.MoveAction(c.Ctx(), c.Actor, c.Now, x.ID, from, to, f.Get("reason")), "strategy.saved", "/plan/actions/"+x.ID.String())
}
