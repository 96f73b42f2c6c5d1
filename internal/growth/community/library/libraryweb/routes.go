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
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", shelf, post.Take, p.list),
		on("GET", shelf+"/add", post.Take, p.add),
		on("POST", shelf+"/add", post.Take, p.addPost),
		on("GET", shelf+"/share", library.Copy, p.share),
		on("POST", shelf+"/share", library.Copy, p.sharePost),
		on("GET", shelf+"/copies", library.Copy, p.copies),
		on("GET", shelf+"/{id}", post.Take, p.one),
		on("GET", shelf+"/{id}/review", post.Take, p.review),
		on("POST", shelf+"/{id}/review", post.Take, p.reviewPost),
		on("POST", shelf+"/{id}/copy", library.Copy, p.copy),
	}
}
