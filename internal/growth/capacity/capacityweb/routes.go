// Package capacityweb is the part of the site that shows what a plan would do to the list and the wait: what was fitted to the
// ledger, scenarios with their simulations, and how well the model would have done last year.
package capacityweb

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/rival"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// From says where a scenario that was copied from another service is from; nil for none.
type From func(ctx context.Context, a access.Actor, scenario uuid.UUID) (templ.Component, error)

type pages struct {
	s    *capacity.Service
	from From
	why  rival.Why
}

// Routes of the slice; why says why the preferred option is the preferred one.
func Routes(s *capacity.Service, from From, why rival.Why) []web.Route {
	p := &pages{s, from, why}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/capacity", capacity.Read, p.list),
		route(http.MethodGet, "/capacity/add", capacity.Write, p.addGet),
		route(http.MethodPost, "/capacity/add", capacity.Write, p.addPost),
		route(http.MethodGet, "/capacity/scenarios/{id}", capacity.Read, p.scenario),
		route(http.MethodPost, "/capacity/scenarios/{id}/run", capacity.Write, p.runPost),
		route(http.MethodGet, "/capacity/scenarios/{id}/withdraw", capacity.Write, p.withdrawGet),
		route(http.MethodPost, "/capacity/scenarios/{id}/withdraw", capacity.Write, p.withdrawPost),
		route(http.MethodGet, "/capacity/posts", capacity.Read, p.posts),
		route(http.MethodPost, "/capacity/posts", capacity.Write, p.postsPost),
		route(http.MethodPost, "/capacity/posts/plan", capacity.Write, p.planPost),
		route(http.MethodGet, "/capacity/back-test", capacity.Read, p.back),
		route(http.MethodPost, "/capacity/back-test", capacity.Write, p.backPost),
	}
}
