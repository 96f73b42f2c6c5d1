package cycleweb

import (
	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func (p *pages) add(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	form.SetDay(f.Values, "on", locale.Day(c.Now))
	return askPlan(c, x, f)
}

func askPlan(c *web.Context, x cycle.Project, f form.Form) error {
	return ask.Show(c, pathTo(x.Action.ID), ask.Page{Title: c.T("improvement.cycle.add"), Lede: x.Action.Title, Form: f, Button: "improvement.cycle.add.button"},
		form.Text(f, form.Field{Name: "question", Key: "improvement.cycle.question"}),
		form.TextArea(f, form.Field{Name: "prediction", Key: "improvement.cycle.prediction", Rows: 3, Max: improvement.LongestText}),
		form.TextArea(f, form.Field{Name: "plan", Key: "improvement.cycle.plan", Rows: 4, Max: improvement.LongestText}),
		form.Date(f, form.Field{Name: "on", Key: "improvement.cycle.on.plan"}))
}

func (p *pages) addPost(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	n := cycle.Cycle{Question: f.Get("question"), Prediction: f.Get("prediction"), Plan: f.Get("plan"), PlanOn: f.Day("on")}
	if n.ID, err = f.Own(); err != nil {
		return err
	}
	if f.Faults.Merge(cycle.CheckPlan(n)); f.Bad() {
		return askPlan(c, x, f)
	}
	return c.Done(p.s.Begin(c.Ctx(), c.Actor, c.Now, x.Action.ID, n), "improvement.saved", pathTo(x.Action.ID))
}

// running finds the cycle that the path names.
func (p *pages) running(c *web.Context) (x cycle.Project, n cycle.Cycle, err error) {
	if x, err = p.find(c); err != nil {
		return x, n, err
	}
	id, err := c.ID("id")
	if err != nil {
		return x, n, err
	}
	n, ok := x.Cycle(id)
	if !ok {
		return x, n, fault.Missing("cycle")
	}
	return x, n, nil
}

// next asks for the step that the cycle waits for; one that is over has none.
func (p *pages) next(c *web.Context) error {
	x, n, err := p.running(c)
	if err != nil {
		return err
	}
	if n.Stage() == cycle.Over {
		return fault.Missing("step")
	}
	f := form.Of(map[string][]string{"stage": {string(n.Stage())}})
	form.SetDay(f.Values, "on", locale.Day(c.Now))
	return askNext(c, x, n, f)
}

func askNext(c *web.Context, x cycle.Project, n cycle.Cycle, f form.Form) error {
	stage := string(n.Stage())
	var fields []templ.Component
	if n.Stage() == cycle.Act {
		fields = append(fields, form.Radios(f, form.Field{Name: "act", Key: "improvement.cycle.act.question", Options: form.Options("improvement.cycle.act", cycle.Acts...)}))
	}
	lede := n.Question
	if n.Stage() == cycle.Study {
		lede = c.T("improvement.cycle.predicted", "prediction", n.Prediction)
	}
	return ask.Show(c, pathTo(x.Action.ID), ask.Page{Title: c.T("improvement.cycle.next."+stage, "n", n.N), Lede: lede, Form: f, Button: "improvement.save"}, append(fields,
		form.TextArea(f, form.Field{Name: "text", Key: "improvement.cycle.text." + stage, Rows: 4, Max: improvement.LongestText}),
		form.Date(f, form.Field{Name: "on", Key: "improvement.cycle.on." + stage}))...)
}

func (p *pages) nextPost(c *web.Context) error {
	x, n, err := p.running(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	step := cycle.Step{Stage: cycle.Stage(f.Get("stage")), Text: f.Get("text"), Act: f.Get("act"), On: f.Day("on")}
	if step.Stage != n.Stage() || n.Stage() == cycle.Over { // somebody was here before
		return improvement.Changed()
	}
	if f.Faults.Merge(cycle.CheckStep(n, step, locale.Day(c.Now))); f.Bad() {
		return askNext(c, x, n, f)
	}
	return c.Done(p.s.Write(c.Ctx(), c.Actor, c.Now, n, step), "improvement.saved", pathTo(x.Action.ID))
}
