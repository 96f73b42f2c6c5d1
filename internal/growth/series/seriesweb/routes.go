// Package seriesweb is the pages of data that came from outside: every series, one series, the staff survey, and the
// page that takes a file.
package seriesweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct {
	s      *series.Service
	survey *survey.Service
}

// Routes of the slice.
func Routes(s *series.Service, results *survey.Service) []web.Route {
	p := &pages{s, results}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/data", series.Read, p.list),
		route(http.MethodGet, "/data/{code}", series.Read, p.one),
		route(http.MethodGet, "/data/survey", series.Read, p.questions),
		route(http.MethodGet, "/data/survey/{question}", series.Read, p.question),
		route(http.MethodGet, "/data/import", series.Take, p.importGet),
		route(http.MethodPost, "/data/import", series.Take, p.importPost),
		route(http.MethodGet, "/data/imports/{id}", series.Take, p.imported),
		route(http.MethodGet, "/data/imports/{id}/rejects.csv", series.Take, p.rejects),
	}
}
