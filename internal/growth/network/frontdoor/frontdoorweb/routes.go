// Package frontdoorweb is the pages on which a service writes down where clinics for a client run, and on which a client says whether it
// is named in public. The front door itself is part of the public site.
package frontdoorweb

import (
	"net/url"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/frontdoor"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

const (
	ours    = "/our-contract"
	listing = ours + "/listing"
)

func clientPath(id uuid.UUID) string { return "/agreements/" + id.String() }
func sitesPath(id uuid.UUID) string  { return clientPath(id) + "/sites" }

type pages struct{ s *frontdoor.Service }

// Routes of the slice.
func Routes(s *frontdoor.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", "/agreements/{client}/sites", frontdoor.Keep, p.board),
		on("GET", "/agreements/{client}/sites/add", frontdoor.Keep, p.add),
		on("POST", "/agreements/{client}/sites/add", frontdoor.Keep, p.addPost),
		on("POST", "/agreements/{client}/sites/{id}/end", frontdoor.Keep, p.end),
		on("GET", listing, frontdoor.Say, p.listing),
		on("POST", listing, frontdoor.Say, p.listingPost),
	}
}

func (p *pages) find(c *web.Context) (frontdoor.Board, error) {
	id, err := c.ID("client")
	if err != nil {
		return frontdoor.Board{}, err
	}
	return p.s.Board(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) board(c *web.Context) error {
	b, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(boardPage(c.Page("frontdoor.sites", clientPath(b.Contract.Organisation), "name", b.Contract.Name), b, b.Contract.Open(locale.Day(c.Now))))
}

func (p *pages) question(c *web.Context, f form.Form, b frontdoor.Board) *ask.Page {
	return &ask.Page{Title: c.T("frontdoor.add.title", "name", b.Contract.Name), Lede: c.T("frontdoor.add.lede"), Form: f, Button: "frontdoor.add.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{
			form.Radios(f, form.Field{Name: "kind", Key: "frontdoor.kind", Options: form.Options("frontdoor.kind", frontdoor.Kinds...)}),
			form.Text(f, form.Field{Name: "name", Key: "frontdoor.name"}),
			form.Text(f, form.Field{Name: "days", Key: "frontdoor.days"}),
		}
	}}
}

func (p *pages) add(c *web.Context) error {
	b, err := p.find(c)
	if err != nil {
		return err
	}
	return p.question(c, form.Fresh(), b).Answer(c, sitesPath(b.Contract.Organisation))
}

func (p *pages) addPost(c *web.Context) error {
	b, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	id, err := f.Own()
	if err != nil {
		return err
	}
	x := frontdoor.Site{ID: id, Kind: f.Get("kind"), Name: f.Get("name"), Days: f.Get("days")}
	a := p.question(c, f, b)
	if a.Found(frontdoor.Check(x)) {
		return a.Answer(c, sitesPath(b.Contract.Organisation))
	}
	return c.Done(p.s.AddSite(c.Ctx(), c.Actor, c.Now, b.Contract.Organisation, x), "frontdoor.added", sitesPath(b.Contract.Organisation))
}

func (p *pages) end(c *web.Context) error {
	client, err := c.ID("client")
	if err != nil {
		return err
	}
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	return c.Done(p.s.EndSite(c.Ctx(), c.Actor, c.Now, client, id), "frontdoor.ended", sitesPath(client))
}

var answers = []string{"yes", "no"}

func (p *pages) say(c *web.Context, f form.Form, l frontdoor.Listing) *ask.Page {
	lede := c.T("frontdoor.listing.lede", "service", l.Service)
	if !l.At.IsZero() {
		lede += " " + c.T("frontdoor.listing.said", "by", l.By, "day", locale.Date(l.At))
	}
	return &ask.Page{Title: c.T("frontdoor.listing"), Lede: lede, Form: f, Button: "frontdoor.listing.button", Questions: func(f form.Form) []templ.Component {
		return []templ.Component{form.Radios(f, form.Field{Name: "listed", Key: "frontdoor.listed", Options: form.Options("frontdoor.listed", answers...)})}
	}}
}

func (p *pages) listing(c *web.Context) error {
	l, err := p.s.Listing(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	v := url.Values{}
	switch {
	case l.Listed:
		v.Set("listed", "yes")
	case !l.At.IsZero():
		v.Set("listed", "no")
	}
	return p.say(c, form.Of(v), l).Answer(c, ours)
}

func (p *pages) listingPost(c *web.Context) error {
	l, err := p.s.Listing(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	said := f.OneOf("listed", "frontdoor.listed.empty", answers...)
	a := p.say(c, f, l)
	if a.Found(fault.Fields{}) {
		return a.Answer(c, ours)
	}
	return c.Done(p.s.SetListing(c.Ctx(), c.Actor, c.Now, said == "yes"), "frontdoor.listing.saved", ours)
}
