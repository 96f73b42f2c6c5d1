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
	line := web.Route{Wall: access.Employer, Permission: conversation.Record, Load: s.LoadMember}.On
	own := web.Behind(access.Portal)
	one := web.Route{Wall: access.Portal, Permission: conversation.Own, Load: s.LoadOwn}.On
	return []web.Route{
		{Method: "GET", Path: home, Wall: access.Employer, Permission: conversation.Team, Load: web.NoObject, Handle: p.team},
		{Method: "GET", Path: "/conversations/guide", Wall: access.Employer, Permission: conversation.Team, Load: web.NoObject, Handle: p.guide},
		{Method: "GET", Path: "/conversations/uptake", Wall: access.Growth, Permission: conversation.Uptake, Load: web.NoObject, Handle: p.uptake},
		line("GET", "/conversations/team/{person}", p.member),
		line("POST", "/conversations/team/{person}/offer", p.offer),
		line("GET", "/conversations/team/{person}/record", p.record),
		line("POST", "/conversations/team/{person}/record", p.recordPost),
		line("GET", "/conversations/team/{person}/record/{id}", p.record),
		line("POST", "/conversations/team/{person}/record/{id}", p.recordPost),
		line("POST", "/conversations/team/{person}/done/{id}/{code}", p.done),
		own("GET", mine, conversation.Own, p.mine),
		own("POST", "/my/conversations/ask", conversation.Own, p.ask),
		one("POST", "/my/conversations/{id}/take-back", p.takeBack),
		one("POST", "/my/conversations/{id}/answer", p.answer),
		one("POST", "/my/conversations/{id}/dispute", p.dispute),
		one("POST", "/my/conversations/{id}/settle", p.settle),
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
