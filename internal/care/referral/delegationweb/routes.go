// Package delegationweb is where a manager asks to act for somebody who does not report to them, and where HR
// or an OH administrator decides. A search is posted, so no name stands in an address.
package delegationweb

import (
	"net/http"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *delegation.Service }

// Routes lists the pages. HR and OH decide behind different walls, so each has its own address.
func Routes(s *delegation.Service) []web.Route {
	p := &pages{s}
	const hr, oh = "/refer/delegations", "/refer/delegations/oh"
	return []web.Route{
		{Method: http.MethodGet, Path: "/refer/someone-else", Wall: access.Employer, Permission: delegation.Ask, Load: web.NoObject, Handle: p.askGet},
		{Method: http.MethodPost, Path: "/refer/someone-else", Wall: access.Employer, Permission: delegation.Ask, Load: web.NoObject, Handle: p.askPost},
		{Method: http.MethodGet, Path: hr, Wall: access.Employer, Permission: delegation.Decide, Load: web.NoObject, Handle: p.decideGet},
		{Method: http.MethodPost, Path: hr, Wall: access.Employer, Permission: delegation.Decide, Load: web.NoObject, Handle: p.decidePost(hr)},
		{Method: http.MethodGet, Path: oh, Wall: access.Clinical, Permission: delegation.DecideOH, Load: web.NoObject, Handle: p.decideGet},
		{Method: http.MethodPost, Path: oh, Wall: access.Clinical, Permission: delegation.DecideOH, Load: web.NoObject, Handle: p.decidePost(oh)},
	}
}

type askView struct {
	Form  form.Form
	ID    uuid.UUID
	Found delegation.Found
	Own   []delegation.Asked
}

func (p *pages) ask(c *web.Context, f form.Form) (v askView, err error) {
	v.Form = f
	if v.ID, err = uuid.Parse(f.Get("id")); err != nil {
		v.ID = uuid.New()
	}
	if v.Found, err = p.s.Search(c.Ctx(), c.Actor, c.Now, delegation.Query{Name: f.Get("name")}); err != nil {
		return v, err
	}
	v.Own, err = p.s.Own(c.Ctx(), c.Actor, c.Now)
	return v, err
}

func (p *pages) askGet(c *web.Context) error {
	v, err := p.ask(c, form.Form{})
	if err != nil {
		return err
	}
	return c.Render(askPage(c.Page("delegation.ask.title", "/refer"), v))
}

func (p *pages) askPost(c *web.Context) error {
	v, err := p.ask(c, form.From(c.R))
	if err != nil {
		return err
	}
	if v.Form.Get("step") == "search" {
		if len(v.Found.People) == 0 {
			v.Form.Faults.Add("name", "refer.find.nobody")
			return c.Invalid(askPage(c.FormPage("delegation.ask.title", "/refer", v.Form), v))
		}
		return c.Render(askPage(c.Page("delegation.ask.title", "/refer"), v))
	}
	person, err := uuid.Parse(v.Form.Get("person"))
	if err != nil {
		v.Form.Faults.Add("person", "delegation.person.empty")
	}
	in := delegation.Request{ID: v.ID, Person: person, Reason: v.Form.Get("reason"), Starts: v.Form.Day("starts", "delegation.starts"), Ends: v.Form.Day("ends", "delegation.ends")}
	if !v.Form.Bad() {
		if v.Form.Faults, err = p.s.Ask(c.Ctx(), c.Actor, c.Now, in); err != nil {
			return err
		}
	}
	if v.Form.Bad() {
		return c.Invalid(askPage(c.FormPage("delegation.ask.title", "/refer", v.Form), v))
	}
	c.Flash("delegation.asked")
	return c.Redirect("/refer/someone-else")
}

func (p *pages) decideGet(c *web.Context) error {
	list, err := p.s.Waiting(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(decidePage(c.Page("delegation.decide.title", ""), list))
}

func (p *pages) decidePost(back string) web.Handler {
	return func(c *web.Context) error {
		f := form.From(c.R)
		id, err := uuid.Parse(f.Get("id"))
		answer := f.OneOf("answer", "delegation.answer.empty", "confirm", "refuse")
		if err != nil || f.Bad() {
			return c.Redirect(back) // the page has two buttons and no other way to answer
		}
		return c.Done(p.s.Decide(c.Ctx(), c.Actor, c.Now, id, answer == "confirm"), "delegation.flash."+answer, back)
	}
}
