// Package memberweb is the part of the site about who is in a community of practice: joining, one's own profile, the directory, people
// who fit, and what the host does.
package memberweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home      = "/community"
	directory = "/community/members"
)

// Part is another part of the community, to which its first page leads.
type Part struct {
	Path, Key string // of its words
	// Note says what the reader is asked to do there; nil, or "", for nothing.
	Note func(*web.Context) (string, error)
}

type pages struct {
	s     *member.Service
	parts []Part
}

// Routes of the slice; parts are what else there is in a community, for whoever is in it.
func Routes(s *member.Service, parts ...Part) []web.Route {
	p := &pages{s, parts}
	on := web.Route{Path: home, Wall: access.Growth, Permission: member.Take, Load: web.NoObject}.On
	host := web.Route{Path: home, Wall: access.Growth, Permission: member.Host, Load: web.NoObject}.On
	offer := web.Route{Path: home, Wall: access.Growth, Permission: member.Offer, Load: web.NoObject}.On
	return []web.Route{
		on("GET", "", p.home),
		on("GET", "/profile", p.profile),
		on("POST", "/profile", p.profilePost),
		on("GET", "/leave", p.leave),
		on("POST", "/leave", p.leavePost),
		on("GET", "/members", p.members),
		on("GET", "/members/{account}", p.member),
		on("GET", "/matches", p.matches),
		offer("GET", "/bands", p.bands),
		offer("POST", "/bands", p.bandsPost),
		offer("POST", "/bands/stop", p.bandsStop),
		host("GET", "/open", p.open),
		host("POST", "/open", p.openPost),
		host("POST", "/members/{account}/moderate", p.moderate),
		host("GET", "/members/{account}/remove", p.remove),
		host("POST", "/members/{account}/remove", p.removePost),
	}
}
