// Package postweb is the part of the site where members of a community of practice ask and answer, find what they wrote, and where its
// moderators read what is held and recall what should not have been published.
package postweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/community/post"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home      = "/community"
	questions = "/community/questions"
	desk      = "/community/moderation"
	own       = "/community/written"
)

type pages struct {
	s        *post.Service
	elements []member.Element
}

// Routes of the slice.
func Routes(s *post.Service, elements []member.Element) []web.Route {
	p := &pages{s, elements}
	on := web.Route{Path: home, Wall: access.Growth, Permission: post.Take, Load: web.NoObject}.On
	moderator := web.Route{Path: desk, Wall: access.Growth, Permission: post.Moderate, Load: s.Load}.On
	return []web.Route{
		on("GET", "/questions", p.list),
		on("GET", "/questions/ask", p.ask),
		on("POST", "/questions/ask", p.askPost),
		on("GET", "/questions/{id}", p.thread),
		on("GET", "/questions/{id}/answer", p.answer),
		on("POST", "/questions/{id}/answer", p.answerPost),
		on("GET", "/written", p.own),
		on("GET", "/posts/{id}/change", p.change),
		on("POST", "/posts/{id}/change", p.changePost),
		on("GET", "/posts/{id}/withdraw", p.withdraw),
		on("POST", "/posts/{id}/withdraw", p.withdrawPost),
		on("GET", "/posts/{id}/tell", p.tell),
		on("POST", "/posts/{id}/tell", p.tellPost),
		moderator("GET", "", p.desk),
		moderator("GET", "/{id}", p.held),
		moderator("POST", "/{id}/publish", p.publish),
		moderator("POST", "/{id}/settle", p.settle),
		moderator("GET", "/{id}/return", p.giveBack),
		moderator("POST", "/{id}/return", p.giveBackPost),
		moderator("GET", "/{id}/recall", p.recall),
		moderator("POST", "/{id}/recall", p.recallPost),
	}
}
