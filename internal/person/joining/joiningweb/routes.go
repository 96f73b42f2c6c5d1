// Package joiningweb is the pages by which the staff of a small organisation come onto its list: the manager's, and the one behind the
// link that they share.
package joiningweb

import (
	"net/url"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person/joining"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

const home = "/onboard"

type pages struct {
	s    *joining.Service
	base string // of the links to share
}

// Routes of the slice; base is the address under which this installation is found.
func Routes(s *joining.Service, base string) []web.Route {
	p := &pages{s, base}
	keep := web.Route{Wall: access.Employer, Permission: joining.Keep, Load: web.NoObject}.On
	open := web.Route{Wall: access.Hall, Permission: joining.Join, Load: web.NoObject, Public: true}.On
	return []web.Route{
		keep("GET", home, p.list),
		keep("POST", home+"/me", p.mePost),
		keep("POST", home+"/links", p.linkPost),
		keep("POST", home+"/links/{id}/close", p.closePost),
		keep("POST", home+"/waiting/{id}/confirm", p.confirmPost),
		keep("POST", home+"/waiting/{id}/remove", p.removePost),
		open("GET", home+"/join/{token}", p.join),
		open("POST", home+"/join/{token}", p.joinPost),
		open("GET", home+"/joined", p.joined),
	}
}

type listView struct {
	joining.List
	Form  form.Form // about the actor, who is not on the list yet
	First bool
	Me    uuid.UUID // nobody refers themselves here
	Jobs  []string
	Base  string
	Today civil.Date
}

func (p *pages) view(c *web.Context, f form.Form) (listView, error) {
	l, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	return listView{List: l, Form: f, First: c.Actor.Person == uuid.Nil, Me: c.Actor.Person, Jobs: p.s.Pack().Codes(), Base: p.base, Today: locale.Day(c.Now)}, err
}

func (p *pages) list(c *web.Context) error {
	f := form.Of(url.Values{})
	if c.Actor.Person == uuid.Nil {
		me, err := p.s.Me(c.Ctx(), c.Actor)
		if err != nil {
			return err
		}
		f = form.Of(url.Values{"given": {me.Given}, "family": {me.Family}, "email": {me.Email}, "job": {"manager"}})
	}
	v, err := p.view(c, f)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("joining.title", ""), v))
}

func someone(f *form.Form) joining.Someone {
	return joining.Someone{Given: f.Get("given"), Family: f.Get("family"), Born: f.Day("born"), Email: f.Get("email"), Job: f.Get("job")}
}

func (p *pages) mePost(c *web.Context) error {
	f := form.From(c.R)
	me := someone(&f)
	own, err := p.s.Me(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	me.ID, me.Email = own.ID, own.Email
	f.Faults.Merge(p.s.Pack().Check(me, locale.Day(c.Now)))
	if f.Bad() {
		v, err := p.view(c, f)
		if err != nil {
			return err
		}
		return c.Invalid(listPage(c.FormPage("joining.title", "", f), v))
	}
	return c.Done(p.s.Begin(c.Ctx(), c.Actor, c.Now, me), "joining.begun", home)
}

func (p *pages) linkPost(c *web.Context) error {
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	return c.Done(p.s.MakeLink(c.Ctx(), c.Actor, c.Now, id), "joining.link.made", home)
}

// on runs a command on what the path names.
func on(c *web.Context, said string, do func(uuid.UUID) error) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(do(id), said, home)
}

func (p *pages) closePost(c *web.Context) error {
	return on(c, "joining.link.closed", func(id uuid.UUID) error { return p.s.CloseLink(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) confirmPost(c *web.Context) error {
	return on(c, "joining.taken_on", func(id uuid.UUID) error {
		return p.s.TakeOn(c.Ctx(), c.Actor, c.Now, id, c.R.PostFormValue("another") != "")
	})
}

func (p *pages) removePost(c *web.Context) error {
	return on(c, "joining.removed", func(id uuid.UUID) error { return p.s.Remove(c.Ctx(), c.Actor, c.Now, id) })
}

func (p *pages) join(c *web.Context) error {
	token, err := c.ID("token")
	if err != nil {
		return err
	}
	_, place, err := p.s.Shared(c.Ctx(), c.Actor, c.Now, token)
	if err != nil {
		return err
	}
	return c.Render(joinPage(c.Page("joining.join.title", ""), form.Fresh(), place, p.s.Pack().Codes()))
}

func (p *pages) joinPost(c *web.Context) error {
	token, err := c.ID("token")
	if err != nil {
		return err
	}
	_, place, err := p.s.Shared(c.Ctx(), c.Actor, c.Now, token)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	who := someone(&f)
	if who.ID, err = f.Own(); err != nil {
		return err
	}
	f.Faults.Merge(p.s.Pack().Check(who, locale.Day(c.Now)))
	if f.Bad() {
		return c.Invalid(joinPage(c.FormPage("joining.join.title", "", f), f, place, p.s.Pack().Codes()))
	}
	if err := p.s.PutForward(c.Ctx(), c.Actor, c.Now, token, who); err != nil {
		return err
	}
	return c.Redirect(home + "/joined")
}

func (p *pages) joined(c *web.Context) error {
	return c.Render(joinedPage(c.Page("joining.joined.title", "")))
}
