package developmentweb

import (
	"slices"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// colleagues are the choices of a question for one of them; without lists those who are left out.
func colleagues(c *web.Context, all []development.Colleague, without []development.Share) []form.Option {
	out := []form.Option{{Value: "", Key: "development.choose"}}
	for _, x := range all {
		if !slices.ContainsFunc(without, func(s development.Share) bool { return s.With == x.Account }) {
			out = append(out, form.Option{Value: x.Account.String(), Text: c.T("development.colleague", "name", x.Name, "role", c.T("role."+string(x.Role)))})
		}
	}
	return out
}

func (p *pages) sharing(c *web.Context) error { return p.sharingForm(c, form.Of(nil)) }

func (p *pages) sharingForm(c *web.Context, f form.Form) error {
	plan, err := p.s.Find(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	all, err := p.s.Colleagues(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	page := sharingPage(c.FormPage("development.sharing.title", home, f), plan.With, form.Select(f, form.Field{Name: "with", Key: "development.with", Options: colleagues(c, all, plan.With)}))
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) sharingPost(c *web.Context) error {
	f := form.From(c.R)
	faults, err := p.s.Share(c.Ctx(), c.Actor, c.Now, f.ID("with"))
	if err != nil {
		return err
	}
	if f.Faults.Merge(faults); f.Bad() {
		return p.sharingForm(c, f)
	}
	c.Flash("development.sharing.started")
	return c.Redirect("/development/sharing")
}

func (p *pages) stop(c *web.Context) error {
	with, err := c.ID("account")
	if err != nil {
		return err
	}
	return c.Done(p.s.Unshare(c.Ctx(), c.Actor, c.Now, with), "development.sharing.stopped", "/development/sharing")
}

func (p *pages) shared(c *web.Context) error {
	x := c.Object.Value.(development.Share)
	goals, err := p.s.Shared(c.Ctx(), c.Actor, c.Now, x)
	if err != nil {
		return err
	}
	v := view{Plan: development.Plan{Goals: goals}, today: locale.Day(c.Now)}
	return c.Render(sharedPage(c.Page("development.plan_of", home, "name", x.OwnerName), v, x))
}

func askFeedback(c *web.Context, f form.Form, all []development.Colleague) *ask.Page {
	return &ask.Page{Title: c.T("development.ask.title"), Lede: c.T("development.ask.lede"), Form: f, Button: "development.ask.submit", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Select(f, form.Field{Name: "of", Key: "development.of", Options: colleagues(c, all, nil)}),
			form.TextArea(f, form.Field{Name: "q1", Key: "development.q1", Rows: 2, Max: development.MaxLine}), form.TextArea(f, form.Field{Name: "q2", Key: "development.q2", Rows: 2, Max: development.MaxLine}), form.TextArea(f, form.Field{Name: "q3", Key: "development.q3", Rows: 2, Max: development.MaxLine}),
		}
	}}
}

func (p *pages) ask(c *web.Context) error {
	all, err := p.s.Colleagues(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	return askFeedback(c, form.Fresh(), all).Answer(c, home)
}

func (p *pages) askPost(c *web.Context) error {
	f := form.From(c.R)
	request, err := f.Own()
	if err != nil {
		return err
	}
	faults, err := p.s.Ask(c.Ctx(), c.Actor, c.Now, development.AskIn{ID: request, Of: f.ID("of"), Questions: [development.MaxQuestions]string{f.Get("q1"), f.Get("q2"), f.Get("q3")}})
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		all, err := p.s.Colleagues(c.Ctx(), c.Actor)
		if err != nil {
			return err
		}
		a := askFeedback(c, f, all)
		a.Found(faults)
		return a.Answer(c, home)
	}
	c.Flash("development.asked")
	return c.Redirect(home)
}

// asked is the request that a page is about.
func asked(c *web.Context) development.Request { return c.Object.Value.(development.Request) }

func (p *pages) request(c *web.Context) error { return p.requestForm(c, form.Of(nil)) }

func (p *pages) requestForm(c *web.Context, f form.Form) error {
	r := asked(c)
	if r.Mine && r.IsAnswered() {
		if err := p.s.Looked(c.Ctx(), c.Actor, c.Now, r); err != nil {
			return err
		}
	}
	key, name := "development.feedback.title.of", r.AskerName
	if r.Mine {
		key, name = "development.feedback.title.from", r.AskedName
	}
	page := requestPage(c.FormPage(key, home, f, "name", name), f, r)
	if f.Bad() {
		return c.Invalid(page)
	}
	return c.Render(page)
}

func (p *pages) requestPost(c *web.Context) error {
	r, f := asked(c), form.From(c.R)
	if r.Mine || r.IsAnswered() { // nothing to answer, or a second click
		return c.Redirect(r.Path())
	}
	var answers []string
	for i := range r.Questions {
		answers = append(answers, f.Get(answer(i)))
	}
	if f.Faults.Merge(development.CheckAnswers(r, answers)); f.Bad() {
		return p.requestForm(c, f)
	}
	return c.Done(p.s.Give(c.Ctx(), c.Actor, c.Now, r, answers), "development.answered.flash", home)
}
