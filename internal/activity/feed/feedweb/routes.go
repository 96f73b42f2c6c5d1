// Package feedweb is the pages that fill the activity ledger from another system's file, and those that make a mapping.
package feedweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *feed.Service }

// Routes of the slice.
func Routes(s *feed.Service) []web.Route {
	p := &pages{s}
	route := web.Route{Wall: access.Clinical, Permission: feed.Take, Load: web.NoObject}.On
	return []web.Route{
		route(http.MethodGet, "/data/activity", p.importGet),
		route(http.MethodPost, "/data/activity", p.importPost),
		route(http.MethodGet, "/data/activity/imports/{id}", p.imported),
		route(http.MethodGet, "/data/activity/imports/{id}/rejects.csv", p.rejects),
		route(http.MethodGet, "/data/activity/mappings/add", p.headingGet),
		route(http.MethodPost, "/data/activity/mappings/add", p.headingPost),
		route(http.MethodGet, "/data/activity/mappings/{id}", p.mappingGet),
		route(http.MethodPost, "/data/activity/mappings/save", p.mappingPost),
	}
}
