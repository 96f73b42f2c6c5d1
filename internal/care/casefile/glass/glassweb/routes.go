// Package glassweb has the pages to find a person and to break the glass.
package glassweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/glass"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

type pages struct{ s *glass.Service }

// Routes are the pages of the slice.
func Routes(s *glass.Service) []web.Route {
	p := &pages{s}
	on := func(method, path string, permission access.Permission, load web.Loader, handle web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Clinical, Permission: permission, Load: load, Handle: handle}
	}
	const person = "/people/{organisation}/{person}"
	return []web.Route{
		on("GET", "/people", glass.Search, web.NoObject, p.searchGet),
		on("POST", "/people", glass.Search, web.NoObject, p.searchPost),
		on("GET", person, glass.See, s.LoadPerson, p.person),
		on("GET", person+"/break-glass", glass.Break, s.LoadPerson, p.breakGet),
		on("POST", person+"/break-glass", glass.Break, s.LoadPerson, p.breakPost),
	}
}

type searchView struct {
	Form  form.Form
	Asked bool
	Found []glass.Person
	More  bool
}

func (p *pages) searchGet(c *web.Context) error {
	return c.Render(searchPage(c.Page("glass.search.title", ""), searchView{Form: form.Of(nil)}))
}

// searchPost answers the list itself: a redirect would put names into an address.
func (p *pages) searchPost(c *web.Context) error {
	f := form.From(c.R)
	q := glass.Query{Name: f.Get("name"), Born: f.Date("born"), EmployeeNumber: f.Get("number")}
	if !f.Bad() {
		f.Faults = q.Check()
	}
	if f.Bad() {
		return c.Invalid(searchPage(c.FormPage("glass.search.title", "", f), searchView{Form: f}))
	}
	found, more, err := p.s.Search(c.Ctx(), c.Actor, c.Now, q)
	if err != nil {
		return err
	}
	return c.Render(searchPage(c.Page("glass.search.title", ""), searchView{f, true, found, more}))
}

type personView struct {
	glass.File
	Path     string
	MayBreak bool
}

func (p *pages) person(c *web.Context) error {
	file, err := p.s.File(c.Ctx(), c.Actor, c.Now, c.Object)
	if err != nil {
		return err
	}
	v := personView{File: file, Path: path(file.Person), MayBreak: !file.Related && c.May(glass.Break)}
	return c.Render(personPage(c.Page("glass.person.title", "/people"), v))
}

func path(p glass.Person) string { return "/people/" + p.Organisation.String() + "/" + p.ID.String() }

func (p *pages) breakGet(c *web.Context) error {
	who := c.Object.Value.(glass.Person)
	if len(c.Object.Relations) > 0 {
		return c.Redirect(path(who)) // the record is open to them: there is no glass to break
	}
	return c.Render(breakPage(c.Page("glass.break.title", path(who)), who, form.Of(nil), uuid.New()))
}

func (p *pages) breakPost(c *web.Context) error {
	who := c.Object.Value.(glass.Person)
	f := form.From(c.R)
	id, err := uuid.Parse(f.Get("grant"))
	if err != nil {
		id = uuid.New()
	}
	grant := glass.Grant{ID: id, Reason: f.Get("reason"), Detail: f.Get("detail")}
	f.Faults = grant.Check()
	f.Limit("detail", maxDetail)
	if f.Bad() {
		return c.Invalid(breakPage(c.FormPage("glass.break.title", path(who), f), who, f, id))
	}
	if len(c.Object.Relations) == 0 {
		if err := p.s.Open(c.Ctx(), c.Actor, c.Now, who, grant); err != nil {
			return err
		}
		c.Flash("glass.flash.opened")
	}
	return c.Redirect(path(who))
}

// maxDetail bounds the words to the Caldicott guardian, in characters.
const maxDetail = 1_000
