// Package circleweb is the groups of a community of practice on the site: who is in one, and its papers.
package circleweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/circle"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const groups = "/community/groups"

type pages struct {
	s     *circle.Service
	posts *post.Service
}

// Routes of the slice.
func Routes(s *circle.Service, posts *post.Service) []web.Route {
	p := &pages{s, posts}
	on := web.Route{Path: groups, Wall: access.Growth, Permission: post.Take, Load: web.NoObject}.On
	return []web.Route{
		on("GET", "", p.list),
		on("GET", "/add", p.add),
		on("POST", "/add", p.addPost),
		on("GET", "/{id}", p.one),
		on("POST", "/{id}/ask", p.ask),
		on("POST", "/{id}/leave", p.leave),
		on("POST", "/{id}/people/{account}", p.person),
		on("GET", "/{id}/papers/add", p.paperAdd),
		on("POST", "/{id}/papers/add", p.paperAddPost),
		on("GET", "/{id}/papers/{paper}", p.paper),
		on("GET", "/{id}/papers/{paper}/recall", p.recall),
		on("POST", "/{id}/papers/{paper}/recall", p.recallPost),
	}
}
