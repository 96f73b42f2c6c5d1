// Package publicweb is the site of a service as its staff read it: open to everybody, the same for everybody, without a session and
// without a cookie. Answers are made once and kept ready for a minute, so that a link in a message to all staff costs little; a page
// that was published by this process is there at once, by another within that minute. While the database cannot be read, what was
// kept is shown on: a page with the numbers for a crisis is not to fail.
package publicweb

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Told is a case study that the service published: what another slice draws of it.
type Told struct {
	ID    uuid.UUID
	Title string
	On    civil.Date
	Body  templ.Component
}

// Stories lists those of a service, and draws what people said of it, behind the hall.
type Stories func(ctx context.Context, a access.Actor, of site.Address, now time.Time) (all []Told, said templ.Component, err error)

// Employer is an organisation that the service looks after and that agreed to be named: what another slice knows of it.
type Employer struct {
	ID     uuid.UUID
	Name   string
	Taking bool // new referrals
	Small  bool // its staff put themselves on its list by a link
	Places []Place
}

// Place is where clinics for it run.
type Place struct{ Name, Days string }

// Door lists those of a service, behind the hall.
type Door func(ctx context.Context, a access.Actor, of site.Address, now time.Time) ([]Employer, error)

// Named is an employer at the front door that services share: who it is, and which service looks after its staff.
type Named struct {
	ID, Service uuid.UUID
	Name        string
}

// Shared lists those of every service, behind the hall.
type Shared func(ctx context.Context, a access.Actor, now time.Time) ([]Named, error)

type pages struct {
	s      *site.Service
	told   Stories
	door   Door
	shared Shared
	ready  shelves
}

// Routes of the public site.
func Routes(s *site.Service, told Stories, door Door, shared Shared) []web.Route {
	p := &pages{s: s, told: told, door: door, shared: shared}
	open := func(path string, h web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Wall: access.Hall, Permission: site.Visit, Load: web.NoObject, Handle: h, Public: true, Open: true}
	}
	return []web.Route{
		open("/site", p.index),
		open("/site/{slug}", p.home),
		open("/site/{slug}/{page}", p.page),
		open("/site/{slug}/news", p.news),
		open("/site/{slug}/stories", p.stories),
		open("/site/{slug}/stories/{id}", p.story),
		open("/site/{slug}/your-employer", p.employers),
		open("/site/{slug}/your-employer/{id}", p.employer),
		open("/site/{slug}/help-now", p.help),
		open("/site/{slug}/search", p.search),
		open("/site/{slug}/block", p.block),
	}
}
