// Package developmentweb is the part of the site where each professional keeps their own development plan, shares it by choice,
// finds offers that fit it, and asks colleagues for feedback; and where the lead publishes offers.
package developmentweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home   = "/development"
	offers = "/development/offers"
)

type pages struct{ s *development.Service }

// Routes of the slice.
func Routes(s *development.Service) []web.Route {
	p := &pages{s}
	on := func(method, path string, needs access.Permission, load web.Loader, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Clinical, Permission: needs, Load: load, Handle: h}
	}
	return []web.Route{
		on("GET", home, development.Own, web.NoObject, p.plan),
		on("GET", "/development/goals/add", development.Own, web.NoObject, p.goalAdd),
		on("POST", "/development/goals/add", development.Own, web.NoObject, p.goalAddPost),
		on("GET", "/development/goals/{id}", development.Own, web.NoObject, p.goalChange),
		on("POST", "/development/goals/{id}", development.Own, web.NoObject, p.goalChangePost),
		on("GET", "/development/review", development.Own, web.NoObject, p.review),
		on("POST", "/development/review", development.Own, web.NoObject, p.reviewPost),
		on("GET", "/development/sharing", development.Own, web.NoObject, p.sharing),
		on("POST", "/development/sharing", development.Own, web.NoObject, p.sharingPost),
		on("POST", "/development/sharing/{account}/stop", development.Own, web.NoObject, p.stop),
		on("GET", "/development/shared/{account}", development.Read, s.LoadShared, p.shared),
		on("GET", "/development/feedback/ask", development.Own, web.NoObject, p.ask),
		on("POST", "/development/feedback/ask", development.Own, web.NoObject, p.askPost),
		on("GET", "/development/feedback/{id}", development.Answer, s.LoadRequest, p.request),
		on("POST", "/development/feedback/{id}", development.Answer, s.LoadRequest, p.requestPost),
		on("GET", offers, development.Own, web.NoObject, p.offers),
		on("POST", "/development/offers/{id}/interest", development.Own, web.NoObject, p.interest),
		on("GET", "/development/offers/add", development.Publish, web.NoObject, p.offerAdd),
		on("POST", "/development/offers/add", development.Publish, web.NoObject, p.offerAddPost),
		on("GET", "/development/offers/{id}", development.Publish, web.NoObject, p.offer),
		on("POST", "/development/offers/{id}/withdraw", development.Publish, web.NoObject, p.withdraw),
	}
}

// The parts of reading a form. What cannot be read is a value that no rule lets pass.
