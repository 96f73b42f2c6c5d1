package strategyweb

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) needs(c *web.Context) error {
	plan, err := p.s.Find(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	checked, err := strategyview.Check(c, p.s, plan.Sources()...)
	if err != nil {
		return err
	}
	return c.Render(needsPage(c.Page("strategy.needs.title", "/plan"), plan, checked, c.May(strategy.Write)))
}

// needsTable puts first what matters most to most people, as people judged it.
func needsTable(ctx context.Context, plan strategy.Plan, checked strategyview.Checked) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "strategy.needs.caption"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "strategy.need.one"), locale.T(ctx, "strategy.need.section"), locale.T(ctx, "strategy.need.weight"), locale.T(ctx, "strategy.need.rests"), locale.T(ctx, "strategy.status"))}
	sorted := slices.Clone(plan.Needs)
	slices.SortStableFunc(sorted, func(a, b strategy.Need) int { return b.Importance*b.Reach - a.Importance*a.Reach })
	for _, n := range sorted {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: n.Statement, Href: "/plan/needs/" + n.ID.String()}, {Text: strategyview.Section(ctx, n.Subsection)},
			{Text: locale.T(ctx, "strategy.need.weight.value", "importance", n.Importance, "reach", n.Reach)}, {HTML: strategyview.Evidence(checked, n)}, {HTML: strategyview.NeedTag(n.Status)}})
	}
	return t
}

func (p *pages) need(c *web.Context) error {
	plan, n, err := one(p, c, strategy.Plan.Need)
	if err != nil {
		return err
	}
	var sources []strategy.Source
	if n.Source != nil {
		sources = append(sources, *n.Source)
	}
	checked, err := strategyview.Check(c, p.s, sources...)
	if err != nil {
		return err
	}
	later, moved, err := p.s.Successor(c.Ctx(), c.Actor, c.Now, n.Source)
	if err != nil {
		return err
	}
	var newer string
	if moved {
		newer = figureview.Value(c.Ctx(), later) + " (" + later.PeriodText + ")"
	}
	params := c.Page("strategy.need.one", "/plan/needs")
	params.Title = n.Statement
	return c.Render(needPage(params, n, newer, plan.Answering(n.ID), checked, c.May(strategy.Write)))
}

func needFacts(ctx context.Context, n strategy.Need, checked strategyview.Checked) nhsuk.SummaryListParams {
	rows := []nhsuk.SummaryRow{
		{Key: nhsuk.SummaryCell{Text: locale.T(ctx, "strategy.status")}, Value: nhsuk.SummaryCell{HTML: strategyview.NeedTag(n.Status)}},
		{Key: nhsuk.SummaryCell{Text: locale.T(ctx, "strategy.need.rests")}, Value: nhsuk.SummaryCell{HTML: strategyview.Evidence(checked, n)}},
		nhsuk.Row(locale.T(ctx, "strategy.need.section"), strategyview.Section(ctx, n.Subsection)),
		nhsuk.Row(locale.T(ctx, "strategy.need.importance.short"), locale.T(ctx, "strategy.of_five", "n", n.Importance)),
		nhsuk.Row(locale.T(ctx, "strategy.need.reach.short"), locale.T(ctx, "strategy.need.reach.value", "n", n.Reach)),
	}
	if n.Reason != "" {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "strategy.reason"), n.Reason))
	}
	return nhsuk.SummaryListParams{Rows: append(rows, last(ctx, n.Last))}
}

func last(ctx context.Context, l strategy.Change) nhsuk.SummaryRow {
	return nhsuk.Row(locale.T(ctx, "strategy.last"), locale.T(ctx, "strategy.last.value", "name", l.By, "when", locale.DateTime(l.At)))
}

func (p *pages) needAdd(c *web.Context) error {
	f := form.Fresh()
	ref := c.R.URL.Query().Get("figure")
	f.Values.Set("figure", ref)
	// A gap is named by its round and its sub-section, which is then the need's own.
	if gap, ok := strings.CutPrefix(ref, "gap/"); ok {
		_, sub, _ := strings.Cut(gap, ".")
		f.Values.Set("subsection", sub)
	}
	w, err := p.s.Weighed(c.Ctx(), c.Actor, ref)
	if err != nil {
		return err
	}
	if w != (strategy.Weight{}) {
		f.Values.Set("importance", strconv.Itoa(w.Importance))
		f.Values.Set("reach", strconv.Itoa(w.Reach))
	}
	return p.askNeed(c, f, "strategy.need.add.title", "/plan/needs", "strategy.need.add.button")
}

func (p *pages) needEdit(c *web.Context) error {
	_, n, err := one(p, c, strategy.Plan.Need)
	if err != nil {
		return err
	}
	f := form.Of(map[string][]string{"seen": {see(n.Last)}, "statement": {n.Statement}, "evidence": {n.Evidence}, "subsection": {n.Subsection},
		"importance": {strconv.Itoa(n.Importance)}, "reach": {strconv.Itoa(n.Reach)}, "figure": {""}})
	if n.Source != nil {
		f.Values.Set("figure", n.Source.Ref)
	}
	return p.askNeed(c, f, "strategy.need.edit.title", "/plan/needs/"+n.ID.String(), "strategy.save")
}

func (p *pages) askNeed(c *web.Context, f form.Form, title, back, button string) error {
	figures, err := p.figures(c)
	if err != nil {
		return err
	}
	return ask.Show(c, back, ask.Page{Title: c.T(title), Lede: c.T("strategy.need.lede"), Form: f, Button: button},
		form.TextArea(f, form.Field{Name: "statement", Key: "strategy.need.statement", Rows: 2, Max: 2 * strategy.LongestTitle}),
		figureview.Rounded(),
		form.Select(f, form.Field{Name: "figure", Key: "strategy.need.figure", Options: figures}),
		form.TextArea(f, form.Field{Name: "evidence", Key: "strategy.need.evidence", Rows: 3, Max: strategy.LongestText}),
		form.Select(f, form.Field{Name: "subsection", Key: "strategy.need.subsection", Options: p.sections(c)}),
		form.Radios(f, form.Field{Name: "importance", Key: "strategy.need.importance", Inline: true, Options: five()}),
		form.Text(f, form.Field{Name: "reach", Key: "strategy.need.reach", Width: 3}))
}

func (p *pages) sections(c *web.Context) []form.Option {
	out := []form.Option{{Value: "", Key: "strategy.choose"}}
	for _, s := range p.s.Pack().Subsections() {
		out = append(out, form.Option{Value: s, Text: strategyview.Section(c.Ctx(), s)})
	}
	return out
}

// five are the steps of importance, likelihood and impact.
func five() (out []form.Option) {
	for n := 1; n <= 5; n++ {
		out = append(out, form.Option{Value: strconv.Itoa(n), Text: strconv.Itoa(n)})
	}
	return out
}

func (p *pages) readNeed(c *web.Context) (f form.Form, in strategy.NeedIn, err error) {
	f = form.From(c.R)
	in = strategy.NeedIn{Statement: f.Get("statement"), Figure: f.Get("figure"), Evidence: f.Get("evidence"), Subsection: f.Get("subsection"), Importance: number(f, "importance"),
		Reach: number(f, "reach")}
	f.Faults = p.s.Pack().CheckNeed(in)
	options, err := p.figures(c)
	listed(&f, options)
	return f, in, err
}

// number reads a whole number; what is none is nought, which no rule here takes.
func number(f form.Form, name string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(f.Get(name), "%"))
	if err != nil {
		return 0
	}
	return n
}

func (p *pages) needAddPost(c *web.Context) error {
	f, in, err := p.readNeed(c)
	if err != nil {
		return err
	}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Bad() {
		return p.askNeed(c, f, "strategy.need.add.title", "/plan/needs", "strategy.need.add.button")
	}
	return c.Done(p.s.ProposeNeed(c.Ctx(), c.Actor, c.Now, in), "strategy.need.added", "/plan/needs/"+in.ID.String())
}

func (p *pages) needEditPost(c *web.Context) error {
	_, n, err := one(p, c, strategy.Plan.Need)
	if err != nil {
		return err
	}
	f, in, err := p.readNeed(c)
	if err != nil {
		return err
	}
	in.ID = n.ID
	if f.Bad() {
		return p.askNeed(c, f, "strategy.need.edit.title", "/plan/needs/"+in.ID.String(), "strategy.save")
	}
	at, err := seen(f)
	if err != nil {
		return err
	}
	return c.Done(p.s.ChangeNeed(c.Ctx(), c.Actor, c.Now, at, in), "strategy.saved", "/plan/needs/"+in.ID.String())
}

func (p *pages) needStatus(c *web.Context) error {
	_, n, err := one(p, c, strategy.Plan.Need)
	if err != nil {
		return err
	}
	return p.askNeedStatus(c, n, form.Of(map[string][]string{}))
}

func (p *pages) askNeedStatus(c *web.Context, n strategy.Need, f form.Form) error {
	var to []string
	for _, s := range n.Status.Moves() {
		to = append(to, string(s))
	}
	return ask.Show(c, "/plan/needs/"+n.ID.String(), ask.Page{Title: c.T("strategy.need.status.title"), Lede: n.Statement, Form: f, Button: "strategy.save"},
		was(string(n.Status)),
		form.Radios(f, form.Field{Name: "to", Key: "strategy.need.status.to", Options: form.Options("strategy.need.move", to...)}),
		form.TextArea(f, form.Field{Name: "reason", Key: "strategy.move.reason", Rows: 3, Max: strategy.LongestText}))
}

func (p *pages) needStatusPost(c *web.Context) error {
	_, n, err := one(p, c, strategy.Plan.Need)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	from, to := strategy.NeedStatus(f.Get("was")), strategy.NeedStatus(f.Get("to"))
	if f.Faults = strategy.CheckNeedMove(from, to, f.Get("reason")); f.Bad() {
		return p.askNeedStatus(c, n, f)
	}
	return c.Done(p.s.MoveNeed(c.Ctx(), c.Actor, c.Now, n.ID, from, to, f.Get("reason")), "strategy.saved", "/plan/needs/"+n.ID.String())
}

func (p *pages) needRenew(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.RenewNeed(c.Ctx(), c.Actor, c.Now, id), "strategy.figure.renewed", "/plan/needs/"+id.String())
}
