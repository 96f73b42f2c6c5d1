// Package testimonyweb is where people are asked whether their words may be shown, where they answer, and where the words are read.
package testimonyweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home  = "/stories/testimonials"
	given = "/testimonial/"
)

func path(id uuid.UUID) string { return home + "/" + id.String() }

type pages struct {
	s    *testimony.Service
	base string // of the links that are shown
}

// Routes of the slice; base is the address under which this installation is found.
func Routes(s *testimony.Service, base string) []web.Route {
	p := &pages{s, base}
	on := web.Behind(access.Growth)
	giver := web.Route{Wall: access.Hall, Permission: testimony.Answer, Load: web.NoObject, Public: true}.On
	return []web.Route{
		on("GET", home, testimony.Read, p.list),
		on("GET", home+"/add", testimony.Keep, p.add),
		on("POST", home+"/add", testimony.Keep, p.addPost),
		on("GET", home+"/quotes", testimony.Keep, p.quotes),
		on("POST", home+"/quotes", testimony.Keep, p.quotesPost),
		on("GET", home+"/{id}", testimony.Keep, p.one),
		on("GET", home+"/{id}/clear", testimony.Keep, p.clear),
		on("POST", home+"/{id}/clear", testimony.Keep, p.clearPost),
		on("POST", home+"/{id}/withdraw", testimony.Keep, p.withdraw),
		giver("GET", given+"{token}", p.given),
		giver("POST", given+"{token}", p.agree),
		giver("POST", given+"{token}/withdraw", p.takeBack),
	}
}
