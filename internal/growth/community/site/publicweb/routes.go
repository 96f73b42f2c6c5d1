// Package publicweb is the site of a service as its staff read it: open to everybody, the same for everybody, without a session and
// without a cookie. Answers are made once and kept ready for a minute, so that a link in a message to all staff costs little; a page
// that was published by this process is there at once, by another within that minute. While the database cannot be read, what was
// kept is shown on: a page with the numbers for a crisis is not to fail.
package publicweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct {
	s     *site.Service
	ready shelves
}

// Routes of the public site.
func Routes(s *site.Service) []web.Route {
	p := &pages{s: s}
	open := func(path string, h web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Wall: access.Hall, Permission: site.Visit, Load: web.NoObject, Handle: h, Public: true, Open: true}
	}
	return []web.Route{
		open("/site", p.index),
		open("/site/{slug}", p.home),
		open("/site/{slug}/{page}", p.page),
		open("/site/{slug}/news", p.news),
		open("/site/{slug}/help-now", p.help),
		open("/site/{slug}/search", p.search),
		open("/site/{slug}/block", p.block),
	}
}
