package outreachweb

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/care/outreach"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/icalendar"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// questions asks who comes; of somebody's interest only at a recruitment event.
func (p *pages) questions(f form.Form, e outreach.Event) []templ.Component {
	out := []templ.Component{
		form.Text(f, form.Field{Name: "name", Key: "outreach.your_name", Auto: "name"}),
		form.Text(f, form.Field{Name: "email", Key: "outreach.your_email", Type: "email", Auto: "email"}),
	}
	if e.Kind != outreach.Recruitment {
		return out
	}
	options := append([]form.Option{{Key: "outreach.interest.choose"}}, form.Options("outreach.interest", p.s.Pack().Interests...)...)
	return append(out,
		form.Checkboxes(f, form.Field{Name: "may_write", Key: "outreach.may_write", Options: form.Options("outreach.may_write", "yes")}),
		form.Select(f, form.Field{Name: "interest", Key: "outreach.interest", Options: options}))
}

func (p *pages) sign(c *web.Context) error {
	id, err := c.ID("token")
	if err != nil {
		return err
	}
	e, err := p.s.Public(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	f := form.Fresh()
	return c.Render(signPage(c.Page("outreach.page", "", "title", e.Title), f, e, p.standing(e, c), p.questions(f, e), p.s.Pack().Forget))
}

// standing says why nobody can sign up; "" where somebody can.
func (p *pages) standing(e outreach.Event, c *web.Context) string {
	switch {
	case e.Off:
		return "outreach.off"
	case !e.Takes(c.Now):
		return "outreach.closed"
	case e.Free() == 0:
		return "outreach.full"
	}
	return ""
}

func (p *pages) signPost(c *web.Context) error {
	id, err := c.ID("token")
	if err != nil {
		return err
	}
	e, err := p.s.Public(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	in := outreach.SignIn{Name: f.Get("name"), Email: f.Get("email"), MayWrite: e.Kind == outreach.Recruitment && f.Get("may_write") == "yes", Interest: f.Get("interest")}
	if in.ID, err = f.Own(); err != nil {
		return err
	}
	f.Faults.Merge(p.s.Pack().CheckSign(in))
	if !f.Bad() {
		err := p.s.SignUp(c.Ctx(), c.Actor, c.Now, id, in)
		if err == nil {
			return c.Redirect(ticketPath(in.ID))
		}
		if fault.KindOf(err) != fault.Conflict {
			return err
		}
		f.Faults.Add("name", fault.KeyOf(err)) // the last place went, or the event closed, while they typed
	}
	return c.Invalid(signPage(c.FormPage("outreach.page", "", f, "title", e.Title), f, e, "", p.questions(f, e), p.s.Pack().Forget))
}

func (p *pages) place(c *web.Context) (outreach.Ticket, error) {
	id, err := c.ID("id")
	if err != nil {
		return outreach.Ticket{}, err
	}
	return p.s.Ticket(c.Ctx(), c.Actor, id)
}

func (p *pages) ticket(c *web.Context) error {
	t, err := p.place(c)
	if err != nil {
		return err
	}
	return c.Render(ticketPage(c.Page("outreach.ticket", ""), t, t.Coming(c.Now)))
}

func (p *pages) calendar(c *web.Context) error {
	t, err := p.place(c)
	if err != nil {
		return err
	}
	if t.Off || t.State == outreach.Cancelled {
		return fault.Missing("place")
	}
	c.Attach(icalendar.ContentType, "event.ics")
	c.W.WriteHeader(http.StatusOK)
	return icalendar.Write(c.W, icalendar.Calendar{Name: t.Title, Events: []icalendar.Event{
		{UID: t.Event.ID.String() + "@rowan", Starts: t.Starts, Minutes: t.Minutes, Summary: t.Title, Place: t.Event.Place, Busy: true, Changed: c.Now}}})
}

func (p *pages) giveUp(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	if err := p.s.GiveUp(c.Ctx(), c.Actor, c.Now, id); err != nil {
		return err
	}
	return c.Redirect(ticketPath(id))
}
