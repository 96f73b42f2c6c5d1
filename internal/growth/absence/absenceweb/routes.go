// Package absenceweb is the pages of sickness absence: figures, one reason, one staff group, beside our waits, and
// the page that takes in a file.
package absenceweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *absence.Service }

// Routes of the slice.
func Routes(s *absence.Service) []web.Route {
	p := &pages{s}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/absence", absence.Read, p.figures),
		route(http.MethodGet, "/absence/reasons/{code}", absence.Read, p.reason),
		route(http.MethodGet, "/absence/groups/{name}", absence.Read, p.group),
		route(http.MethodGet, "/absence/waits", absence.Read, p.waits),
		route(http.MethodGet, "/absence/import", absence.Take, p.importGet),
		route(http.MethodPost, "/absence/import", absence.Take, p.importPost),
		route(http.MethodGet, "/absence/imports/{id}", absence.Take, p.imported),
		route(http.MethodGet, "/absence/imports/{id}/rejects.csv", absence.Take, p.rejects),
	}
}
