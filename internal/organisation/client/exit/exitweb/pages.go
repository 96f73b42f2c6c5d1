package exitweb

import (
	"net/url"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// find is the plan of the address, begun or not.
func (p *pages) find(c *web.Context) (exit.Plan, error) {
	id, err := c.ID("organisation")
	if err != nil {
		return exit.Plan{}, err
	}
	x, err := p.s.Find(c.Ctx(), c.Actor, c.Now, id)
	if err == nil && x.Contract.Host {
		err = fault.Missing("contract")
	}
	return x, err
}

// begun is a plan that may still be changed.
func (p *pages) begun(c *web.Context) (exit.Plan, error) {
	x, err := p.find(c)
	switch {
	case err != nil:
		return x, err
	case x.ID == uuid.Nil:
		return x, fault.Missing("exit plan")
	case !x.Contract.Until.IsZero():
		return x, fault.New(fault.Conflict, "exit.over")
	}
	return x, nil
}

func (p *pages) show(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(showPage(c.Page("form.page", contractOf(x.Contract.Organisation), "title", c.T("exit.title", "name", x.Contract.Name)), x, p.s.Pack(), locale.Day(c.Now)))
}

func (p *pages) start(c *web.Context) error {
	x, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Start(c.Ctx(), c.Actor, c.Now, x.Contract.Organisation), "exit.started", pathOf(x.Contract.Organisation))
}

func receiverForm(c *web.Context, f form.Form, x exit.Plan) *ask.Page {
	return &ask.Page{Title: c.T("exit.receiver.title"), Lede: c.T("exit.receiver.lede"), Form: f, Button: "exit.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "who", Key: "exit.who", Options: form.Options("exit.who", "provider", "nobody")}),
			form.Text(f, form.Field{Name: "name", Key: "exit.name", Auto: "off"}),
			form.Text(f, form.Field{Name: "contact", Key: "exit.contact", Auto: "off"}),
		}
	}}
}

func (p *pages) receiver(c *web.Context) error {
	x, err := p.begun(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{"name": {x.Receiver.Name}, "contact": {x.Receiver.Contact}})
	if x.Receiver.Nobody {
		f.Values.Set("who", "nobody")
	} else if x.NamedBy != "" {
		f.Values.Set("who", "provider")
	}
	return receiverForm(c, f, x).Answer(c, pathOf(x.Contract.Organisation))
}

func (p *pages) receiverPost(c *web.Context) error {
	x, err := p.begun(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	who := f.OneOf("who", "exit.who.empty", "provider", "nobody")
	r := exit.Receiver{Name: f.Get("name"), Contact: f.Get("contact"), Nobody: who == "nobody"}
	if r.Nobody {
		r.Name, r.Contact = "", ""
	}
	a := receiverForm(c, f, x)
	if who == "" && a.Found(nil) || a.Found(r.Check()) {
		return a.Answer(c, pathOf(x.Contract.Organisation))
	}
	return c.Done(p.s.SetReceiver(c.Ctx(), c.Actor, c.Now, x.Contract.Organisation, r), "exit.saved", pathOf(x.Contract.Organisation))
}

func (p *pages) stepForm(c *web.Context, f form.Form, key string, team []exit.Member) *ask.Page {
	who := []form.Option{{Key: "exit.owner.choose"}}
	for _, m := range team {
		who = append(who, form.Option{Value: m.Account.String(), Text: m.Name})
	}
	return &ask.Page{Title: c.T("exit.step." + key), Lede: c.T("exit.step." + key + ".how"), Form: f, Button: "exit.save", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Select(f, form.Field{Name: "owner", Key: "exit.owner", Options: who}),
			form.Date(f, form.Field{Name: "due", Key: "exit.due"}),
			form.Date(f, form.Field{Name: "done", Key: "exit.done"}),
		}
	}}
}

// at is the step of the address, with who may own it.
func (p *pages) at(c *web.Context) (x exit.Plan, st exit.Step, team []exit.Member, err error) {
	if x, err = p.begun(c); err != nil {
		return x, st, nil, err
	}
	st, ok := x.Step(c.R.PathValue("step"))
	if !ok {
		return x, st, nil, fault.Missing("step")
	}
	team, err = p.s.Team(c.Ctx(), c.Actor)
	return x, st, team, err
}

func (p *pages) step(c *web.Context) error {
	x, st, team, err := p.at(c)
	if err != nil {
		return err
	}
	f := form.Of(url.Values{})
	if st.Owner != uuid.Nil {
		f.Values.Set("owner", st.Owner.String())
	}
	form.SetDay(f.Values, "due", st.Due)
	if st.Done() {
		form.SetDay(f.Values, "done", st.DoneOn)
	}
	return p.stepForm(c, f, st.Key, team).Answer(c, pathOf(x.Contract.Organisation))
}

func (p *pages) stepPost(c *web.Context) error {
	x, st, team, err := p.at(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := exit.In{Due: f.Day("due", "exit.due"), DoneOn: f.Day("done", "exit.done")}
	if id, err := uuid.Parse(f.Get("owner")); err == nil {
		in.Owner = id
	}
	a := p.stepForm(c, f, st.Key, team)
	if a.Found(x.Check(st.Key, in, team, p.s.Pack().Items, locale.Day(c.Now))) {
		return a.Answer(c, pathOf(x.Contract.Organisation))
	}
	return c.Done(p.s.SetStep(c.Ctx(), c.Actor, c.Now, x.Contract.Organisation, st.Key, in), "exit.saved", pathOf(x.Contract.Organisation))
}

func (p *pages) close(c *web.Context) error {
	x, err := p.begun(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.Close(c.Ctx(), c.Actor, c.Now, x.Contract.Organisation), "exit.closed", contractOf(x.Contract.Organisation))
}
