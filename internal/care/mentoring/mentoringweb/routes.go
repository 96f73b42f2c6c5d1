// Package mentoringweb is the part of the site where those who work in an OH service offer to be mentors, look for one, and keep what
// belongs to a mentorship; and where the lead sees counts.
package mentoringweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home = "/mentoring"
	find = "/mentoring/find"
)

type pages struct {
	s    *mentoring.Service
	base string // "https://rowan.example.nhs.uk"
}

// Routes of the slice.
func Routes(s *mentoring.Service, base string) []web.Route {
	p := &pages{s, base}
	own := web.Route{Path: home, Wall: access.Clinical, Permission: mentoring.Own, Load: web.NoObject}.On
	pair := web.Route{Path: home + "/with/{id}", Wall: access.Clinical, Permission: mentoring.Pair, Load: s.Load}.On
	return []web.Route{
		own("GET", "", p.home),
		own("GET", "/profile", p.profile),
		own("POST", "/profile", p.profilePost),
		own("GET", "/find", p.find),
		own("GET", "/ask/{account}", p.ask),
		own("POST", "/ask/{account}", p.askPost),
		own("POST", "/calendar", p.makeFeed),
		own("POST", "/calendar/close", p.closeFeed),
		pair("GET", "", p.with),
		pair("POST", "/answer", p.answer),
		pair("POST", "/withdraw", p.withdraw),
		pair("GET", "/end", p.end),
		pair("POST", "/end", p.endPost),
		pair("GET", "/help", p.help),
		pair("POST", "/help", p.helpPost),
		pair("GET", "/goals/add", p.goalAdd),
		pair("POST", "/goals/add", p.goalAddPost),
		pair("GET", "/goals/{goal}", p.goalChange),
		pair("POST", "/goals/{goal}", p.goalChangePost),
		pair("GET", "/meetings/add", p.meeting),
		pair("POST", "/meetings/add", p.meetingPost),
		pair("POST", "/meetings/{meeting}/remove", p.meetingRemove),
		pair("GET", "/next", p.next),
		pair("POST", "/next", p.nextPost),
		pair("GET", "/log/add", p.entry),
		pair("POST", "/log/add", p.entryPost),
		pair("POST", "/log/{entry}/show", p.entryShow),
		pair("GET", "/log/{entry}/remove", p.entryRemove),
		pair("POST", "/log/{entry}/remove", p.entryRemovePost),
		{Method: "GET", Path: "/mentoring/counts", Wall: access.Clinical, Permission: mentoring.Counts, Load: web.NoObject, Handle: p.counts},
		{Method: "GET", Path: "/mentoring-days/{token}", Wall: access.Hall, Permission: mentoring.Feed, Load: web.NoObject, Handle: p.feed, Public: true},
	}
}
