// Package conversationweb is the part of the site where managers see whose wellbeing conversation is due and record by code what came
// of it, where everybody reads what is recorded of them and keeps their own plan, and where the uptake is seen.
package conversationweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	home     = "/conversations"
	mine     = "/my/conversations"
	planAt   = "/my/wellbeing-plan"
	sharedAt = "/my/shared-plans"
)

type pages struct{ s *conversation.Service }

// Routes of the slice.
func Routes(s *conversation.Service) []web.Route {
	p := &pages{s}
	on := func(method, path string, wall access.Wall, needs access.Permission, load web.Loader, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: wall, Permission: needs, Load: load, Handle: h}
	}
	line := func(method, path string, h web.Handler) web.Route {
		return on(method, path, access.Employer, conversation.Record, s.LoadMember, h)
	}
	own := func(method, path string, needs access.Permission, h web.Handler) web.Route {
		return on(method, path, access.Portal, needs, web.NoObject, h)
	}
	return []web.Route{
		on("GET", home, access.Employer, conversation.Team, web.NoObject, p.team),
		on("GET", "/conversations/guide", access.Employer, conversation.Team, web.NoObject, p.guide),
		on("GET", "/conversations/uptake", access.Growth, conversation.Uptake, web.NoObject, p.uptake),
		line("GET", "/conversations/team/{person}", p.member),
		line("POST", "/conversations/team/{person}/offer", p.offer),
		line("GET", "/conversations/team/{person}/record", p.record),
		line("POST", "/conversations/team/{person}/record", p.recordPost),
		line("GET", "/conversations/team/{person}/record/{id}", p.record),
		line("POST", "/conversations/team/{person}/record/{id}", p.recordPost),
		line("POST", "/conversations/team/{person}/done/{id}/{code}", p.done),
		own("GET", mine, conversation.Own, p.mine),
		own("POST", "/my/conversations/ask", conversation.Own, p.ask),
		on("POST", "/my/conversations/{id}/take-back", access.Portal, conversation.Own, s.LoadOwn, p.takeBack),
		on("POST", "/my/conversations/{id}/answer", access.Portal, conversation.Own, s.LoadOwn, p.answer),
		on("POST", "/my/conversations/{id}/dispute", access.Portal, conversation.Own, s.LoadOwn, p.dispute),
		on("POST", "/my/conversations/{id}/settle", access.Portal, conversation.Own, s.LoadOwn, p.settle),
		own("GET", planAt, conversation.Plan, p.plan),
		own("GET", "/my/wellbeing-plan/parts/{part}", conversation.Plan, p.part),
		own("POST", "/my/wellbeing-plan/parts/{part}", conversation.Plan, p.partPost),
		own("GET", "/my/wellbeing-plan/share", conversation.Plan, p.share),
		own("POST", "/my/wellbeing-plan/share", conversation.Plan, p.sharePost),
		own("POST", "/my/wellbeing-plan/unshare", conversation.Plan, p.unshare),
		own("GET", sharedAt, conversation.Shared, p.shared),
		own("GET", "/my/shared-plans/{person}", conversation.Shared, p.sharedPlan),
	}
}
