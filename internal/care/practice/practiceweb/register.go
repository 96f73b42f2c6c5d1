package practiceweb

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) registration(c *web.Context) error {
	m, err := p.mine(c)
	if err != nil {
		return err
	}
	return c.Render(registrationPage(c.Page("practice.registration.title", "/practice"), m, c.Actor))
}

// entries are one's entries in registers, or a colleague's, with ways to change one's own.
func entries(ctx context.Context, list []practice.Registration, own bool) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.registration.entries"), "practice.registration.body", "practice.registration.number", "practice.registration.ends", "practice.registration.revalidates.short")
	for _, r := range list {
		cells := nhsuk.Cells(r.Body, r.Number, r.Expires.Long(), locale.T(ctx, "practice.registration.unsaid"))
		if !r.Revalidates.IsZero() {
			cells[3].Text = r.Revalidates.Long()
		}
		if own {
			cells[0].Href = "/practice/registration/add?body=" + r.Body
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// registers says what is known of each, and how well.
func registers(ctx context.Context, p practice.Pack) nhsuk.TableParams {
	t := table(ctx, locale.T(ctx, "practice.registers"), "practice.registration.body", "practice.registers.name", "practice.registers.about")
	for _, r := range p.Registers {
		t.Rows = append(t.Rows, nhsuk.Cells(r.Body, r.Name, r.About))
	}
	return t
}

func (p *pages) askRegistration(c *web.Context, f form.Form) *ask.Page {
	a := &ask.Page{Title: c.T("practice.registration.add"), Lede: c.T("practice.registration.ask.lede"), Form: f, Button: "practice.save", Questions: func(f form.Form) []templ.Component {
		bodies := []form.Option{{Value: "", Key: "practice.choose"}}
		for _, r := range p.s.Pack().Registers {
			bodies = append(bodies, form.Option{Value: r.Body, Text: r.Body + " (" + r.Name + ")"})
		}
		return []templ.Component{form.Select(f, form.Field{Name: "body", Key: "practice.registration.body", Options: bodies}), form.Text(f, form.Field{Name: "number", Key: "practice.registration.number", Width: 10}),
			form.Date(f, form.Field{Name: "expires", Key: "practice.registration.expires"}), form.Date(f, form.Field{Name: "revalidates", Key: "practice.registration.revalidates"})}
	}}
	return a
}

// registrationAdd begins with what is known: the entry that is to be changed, or under what the actor signs.
func (p *pages) registrationAdd(c *web.Context) error {
	m, err := p.mine(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	body, number := c.Actor.Registration.Parts()
	a := p.askRegistration(c, f)
	if asked := c.R.URL.Query().Get("body"); asked != "" {
		body, number = asked, ""
	}
	for _, r := range m.Registrations {
		if r.Body == body {
			number = r.Number
			form.SetDay(f.Values, "expires", r.Expires)
			form.SetDay(f.Values, "revalidates", r.Revalidates)
			a.Links = []ask.Link{{Path: "/practice/registration/" + r.Body + "/end", Text: c.T("practice.registration.end.link", "body", r.Body)}}
		}
	}
	f.Values["body"], f.Values["number"] = []string{body}, []string{number}
	return a.Answer(c, "/practice/registration")
}

func (p *pages) registrationAddPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	in := practice.Registration{ID: id, Body: f.Get("body"), Number: f.Get("number"), Expires: f.Day("expires", "practice.registration.expires.short"), Revalidates: f.Day("revalidates", "practice.registration.revalidates.short")}
	return p.keep(c, p.askRegistration(c, f), "/practice/registration", "practice.saved", func() (fault.Fields, error) { return p.s.Register(c.Ctx(), c.Actor, c.Now, in) },
		func() fault.Fields { _, faults := in.Check(p.s.Pack(), locale.Day(c.Now)); return faults })
}

// listed finds the actor's entry of the path.
func (p *pages) listed(c *web.Context) (practice.Registration, error) {
	m, err := p.mine(c)
	if err != nil {
		return practice.Registration{}, err
	}
	for _, r := range m.Registrations {
		if r.Body == c.R.PathValue("code") {
			return r, nil
		}
	}
	return practice.Registration{}, fault.Missing("registration")
}

func (p *pages) registrationEnd(c *web.Context) error {
	r, err := p.listed(c)
	if err != nil {
		return err
	}
	f := form.Fresh()
	a := ask.Page{Title: c.T("practice.registration.end", "body", r.Body), Lede: c.T("practice.registration.end.lede"), Form: f, Button: "practice.registration.end.button", Questions: nothing}
	return a.Answer(c, "/practice/registration/add?"+url.Values{"body": {r.Body}}.Encode())
}

func (p *pages) registrationEndPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	r, err := p.listed(c)
	if err != nil {
		return err
	}
	return c.Done(p.s.EndRegistration(c.Ctx(), c.Actor, c.Now, r.Body, id), "practice.removed", "/practice/registration")
}
