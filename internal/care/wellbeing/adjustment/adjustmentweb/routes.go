// Package adjustmentweb is the part of the site where everybody keeps the passport of what helps them at work, managers answer what they
// are asked for, and the lead sees how many have something in place and whether it helps.
package adjustmentweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	mine     = "/my/passport"
	home     = "/adjustments"
	sharedAt = "/my/shared-passports"
)

type pages struct{ s *adjustment.Service }

// Routes of the slice.
func Routes(s *adjustment.Service) []web.Route {
	p := &pages{s}
	own := web.Route{Wall: access.Portal, Permission: adjustment.Own, Load: web.NoObject}.On
	line := web.Route{Wall: access.Employer, Permission: adjustment.Decide, Load: s.LoadMember}.On
	return []web.Route{
		own("GET", mine, p.passport),
		own("GET", "/my/passport/print", p.print),
		own("GET", "/my/passport/items/add", p.add),
		own("POST", "/my/passport/items/add", p.addPost),
		own("GET", "/my/passport/items/{code}", p.item),
		own("POST", "/my/passport/items/{code}", p.itemPost),
		own("POST", "/my/passport/items/{code}/remove", p.remove),
		own("GET", "/my/passport/share", p.share),
		own("POST", "/my/passport/share", p.sharePost),
		own("POST", "/my/passport/unshare", p.unshare),
		own("POST", "/my/passport/asks/{id}/end", p.end),
		own("GET", "/my/passport/helped/{kind}/{id}/{week}", p.help),
		own("POST", "/my/passport/helped/{kind}/{id}/{week}", p.helpPost),
		{Method: "GET", Path: sharedAt, Wall: access.Portal, Permission: adjustment.Shared, Load: web.NoObject, Handle: p.shared},
		{Method: "GET", Path: "/my/shared-passports/{person}", Wall: access.Portal, Permission: adjustment.Shared, Load: web.NoObject, Handle: p.sharedPassport},
		{Method: "GET", Path: home, Wall: access.Employer, Permission: adjustment.Team, Load: web.NoObject, Handle: p.team},
		{Method: "GET", Path: "/adjustments/uptake", Wall: access.Growth, Permission: adjustment.Uptake, Load: web.NoObject, Handle: p.uptake},
		line("GET", "/adjustments/team/{person}", p.member),
		line("GET", "/adjustments/team/{person}/asks/{id}", p.decide),
		line("POST", "/adjustments/team/{person}/asks/{id}", p.decidePost),
	}
}
