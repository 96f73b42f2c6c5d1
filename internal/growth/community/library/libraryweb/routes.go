// Package libraryweb is the shelf of a community of practice on the site: its resources, sharing one, and copying a template.
package libraryweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/library"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const shelf = "/community/resources"

type pages struct {
	s        *library.Service
	elements []member.Element
}

// Routes of the slice.
func Routes(s *library.Service, elements []member.Element) []web.Route {
	p := &pages{s, elements}
	on := func(method, path string, may access.Permission, h web.Handler) web.Route {
		return web.Route{Method: method, Path: shelf + path, Wall: access.Growth, Permission: may, Load: web.NoObject, Handle: h}
	}
	return []web.Route{
		on("GET", "", post.Take, p.list),
		on("GET", "/add", post.Take, p.add),
		on("POST", "/add", post.Take, p.addPost),
		on("GET", "/share", library.Copy, p.share),
		on("POST", "/share", library.Copy, p.sharePost),
		on("GET", "/copies", library.Copy, p.copies),
		on("GET", "/{id}", post.Take, p.one),
		on("GET", "/{id}/review", post.Take, p.review),
		on("POST", "/{id}/review", post.Take, p.reviewPost),
		on("POST", "/{id}/copy", library.Copy, p.copy),
	}
}
