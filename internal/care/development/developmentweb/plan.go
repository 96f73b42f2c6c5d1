package developmentweb

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// view is a plan as its owner sees it on a day.
type view struct {
	development.Plan
	today   civil.Date
	offers  []development.Matched // those that meet a goal
	publish bool
}

func (p *pages) plan(c *web.Context) error {
	plan, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := view{Plan: plan, today: locale.Day(c.Now), publish: c.May(development.Publish)}
	for _, m := range development.Match(plan.Offers, plan.Goals, c.Actor.Role, v.today) {
		if len(m.Goals) > 0 {
			v.offers = append(v.offers, m)
		}
	}
	return c.Render(planPage(c.Page("development.title", ""), v))
}

// due says when the plan is looked at next, and that this is over.
func (v view) due(ctx context.Context) string {
	if len(v.Reviews) == 0 {
		return locale.T(ctx, "development.review.never")
	}
	last := v.Reviews[0]
	if last.Next.Before(v.today) {
		return locale.T(ctx, "development.review.late", "last", locale.Date(last.At), "next", last.Next.Long())
	}
	return locale.T(ctx, "development.review.next", "last", locale.Date(last.At), "next", last.Next.Long())
}

func (v view) shared(ctx context.Context) string {
	switch len(v.With) {
	case 0:
		return locale.T(ctx, "development.private")
	case 1:
		return locale.T(ctx, "development.shared_with.one")
	}
	return locale.T(ctx, "development.shared_with", "n", len(v.With))
}

var colours = map[string]string{development.Planned: "grey", development.Started: "blue", development.Done: "green", development.Dropped: "white"}

// stateTag says how far a goal has come; one that is late says so.
func stateTag(ctx context.Context, g development.Goal, today civil.Date) nhsuk.TagParams {
	if g.Late(today) {
		return nhsuk.TagParams{Text: locale.T(ctx, "development.late"), Colour: "orange"}
	}
	return nhsuk.TagParams{Text: locale.T(ctx, "development.state."+g.State), Colour: colours[g.State]}
}

func goalRows(ctx context.Context, g development.Goal) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "development.why.short"), g.Why), nhsuk.Row(locale.T(ctx, "development.step.short"), g.Step), nhsuk.Row(locale.T(ctx, "development.by.short"), g.By.Long()),
	}}
}

func askGoal(c *web.Context, f form.Form, key string) *ask.Page {
	return &ask.Page{Title: c.T(key), Lede: c.T("development.goal.lede"), Form: f, Button: "development.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "area", Key: "development.area", Options: form.Options("development.area", development.Areas...)}),
			form.TextArea(f, form.Field{Name: "what", Key: "development.what", Rows: 2, Max: development.MaxLine}),
			form.TextArea(f, form.Field{Name: "why", Key: "development.why", Rows: 3, Max: development.MaxText}),
			form.TextArea(f, form.Field{Name: "step", Key: "development.step", Rows: 3, Max: development.MaxText}),
			form.Date(f, form.Field{Name: "by", Key: "development.by"}),
			form.Radios(f, form.Field{Name: "state", Key: "development.state", Options: form.Options("development.state", development.States...)}),
		}
	}}
}

func goalIn(f *form.Form) development.GoalIn {
	return development.GoalIn{Area: f.Get("area"), State: f.Get("state"), By: f.Day("by"), Words: development.Words{What: f.Get("what"), Why: f.Get("why"), Step: f.Get("step")}}
}

func (p *pages) goalAdd(c *web.Context) error {
	f := form.Fresh()
	f.Values.Set("state", development.Planned)
	return askGoal(c, f, "development.goal.add").Answer(c, home)
}

func (p *pages) goalAddPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := goalIn(&f)
	in.ID = id
	a := askGoal(c, f, "development.goal.add")
	if a.Found(checkGoal(in, civil.Date{}, c.Now)); a.Form.Bad() {
		return a.Answer(c, home)
	}
	return c.Done(p.s.AddGoal(c.Ctx(), c.Actor, c.Now, in), "development.saved", home)
}

func checkGoal(in development.GoalIn, was civil.Date, now time.Time) fault.Fields {
	return development.CheckGoal(in, was, locale.Day(now))
}

// goal finds the goal that a page is about.
func (p *pages) goal(c *web.Context) (g development.Goal, err error) {
	id, err := c.ID("id")
	if err != nil {
		return g, err
	}
	plan, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return g, err
	}
	g, there := plan.Goal(id)
	if !there {
		return g, fault.Missing("goal")
	}
	return g, nil
}

func (p *pages) goalChange(c *web.Context) error {
	g, err := p.goal(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"seen": {form.Stamp(g.Changed)}, "area": {g.Area}, "what": {g.What}, "why": {g.Why}, "step": {g.Step}, "state": {g.State}})
	form.SetDay(f.Values, "by", g.By)
	return askGoal(c, f, "development.goal.change").Answer(c, home)
}

func (p *pages) goalChangePost(c *web.Context) error {
	g, err := p.goal(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := goalIn(&f)
	in.ID = g.ID
	a := askGoal(c, f, "development.goal.change")
	if a.Found(checkGoal(in, g.By, c.Now)); a.Form.Bad() {
		return a.Answer(c, home)
	}
	return c.Done(p.s.ChangeGoal(c.Ctx(), c.Actor, c.Now, f.Seen(), in), "development.saved", home)
}

func askReview(c *web.Context, f form.Form) *ask.Page {
	return &ask.Page{Title: c.T("development.review.title"), Lede: c.T("development.review.lede"), Form: f, Button: "development.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.TextArea(f, form.Field{Name: "words", Key: "development.review.words", Rows: 6, Max: development.MaxText}), form.Date(f, form.Field{Name: "next", Key: "development.next"})}
	}}
}

// usualPause is how long after a look the next is proposed.
const usualPause = 3 // months

func (p *pages) review(c *web.Context) error {
	f := form.Fresh()
	form.SetDay(f.Values, "next", locale.Day(c.Now).AddMonths(usualPause))
	return askReview(c, f).Answer(c, home)
}

func (p *pages) reviewPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := development.ReviewIn{ID: id, Words: f.Get("words"), Next: f.Day("next")}
	a := askReview(c, f)
	if a.Found(development.CheckReview(in, locale.Day(c.Now))); a.Form.Bad() {
		return a.Answer(c, home)
	}
	return c.Done(p.s.LookAgain(c.Ctx(), c.Actor, c.Now, in), "development.saved", home)
}
