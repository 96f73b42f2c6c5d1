// Package diagnosticweb is the pages of diagnostic rounds: question sets, opening a round, its links, the workshop screen,
// results, and the pages that anybody with a link answers on.
package diagnosticweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct {
	s    *diagnostic.Service
	base string // of links that are given to people
}

// Routes of the slice; base is the address under which people reach the installation.
func Routes(s *diagnostic.Service, base string) []web.Route {
	p := &pages{s, base}
	route := func(method, path string, needs access.Permission, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: access.Growth, Permission: needs, Load: web.NoObject, Handle: h, Public: needs == diagnostic.Answer}
	}
	return []web.Route{
		route(http.MethodGet, "/need/questions", diagnostic.Lead, p.sets),
		route(http.MethodPost, "/need/questions", diagnostic.Lead, p.upload),
		route(http.MethodGet, "/need/questions/starter", diagnostic.Lead, p.starter),
		route(http.MethodGet, "/need/questions/{id}", diagnostic.Lead, p.set),
		route(http.MethodGet, "/need/questions/{id}/rejects.csv", diagnostic.Lead, p.rejects),
		route(http.MethodGet, "/need/rounds", diagnostic.Read, p.rounds),
		route(http.MethodGet, "/need/rounds/start", diagnostic.Lead, p.startGet),
		route(http.MethodPost, "/need/rounds/start", diagnostic.Lead, p.startPost),
		route(http.MethodGet, "/need/rounds/{id}", diagnostic.Lead, p.round),
		route(http.MethodGet, "/need/rounds/{id}/invite", diagnostic.Lead, p.inviteGet),
		route(http.MethodPost, "/need/rounds/{id}/invite", diagnostic.Lead, p.invitePost),
		route(http.MethodGet, "/need/rounds/{id}/workshop/{element}", diagnostic.Lead, p.workshopGet),
		route(http.MethodPost, "/need/rounds/{id}/workshop/{element}", diagnostic.Lead, p.workshopPost),
		route(http.MethodGet, "/need/rounds/{id}/evidence/{code}", diagnostic.Lead, p.evidenceGet),
		route(http.MethodPost, "/need/rounds/{id}/evidence/{code}", diagnostic.Lead, p.evidencePost),
		route(http.MethodPost, "/need/rounds/{id}/evidence/{code}/file", diagnostic.Lead, p.filePost),
		route(http.MethodGet, "/need/rounds/{id}/close", diagnostic.Lead, p.closeGet),
		route(http.MethodPost, "/need/rounds/{id}/close", diagnostic.Lead, p.closePost),
		route(http.MethodGet, "/need/rounds/{id}/results", diagnostic.Read, p.results),
		route(http.MethodGet, "/need/rounds/{id}/results/{subsection}", diagnostic.Read, p.subsection),
		route(http.MethodGet, "/need/rounds/{id}/rank", diagnostic.Lead, p.rankGet),
		route(http.MethodPost, "/need/rounds/{id}/rank", diagnostic.Lead, p.rankPost),
		route(http.MethodGet, "/need/answer/{token}", diagnostic.Answer, p.answer),
		route(http.MethodPost, "/need/answer/{token}", diagnostic.Answer, p.submit),
		route(http.MethodGet, "/need/answer/{token}/{element}", diagnostic.Answer, p.elementGet),
		route(http.MethodPost, "/need/answer/{token}/{element}", diagnostic.Answer, p.elementPost),
	}
}
