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
	on := func(method, path string, wall access.Wall, needs access.Permission, load web.Loader, h web.Handler) web.Route {
		return web.Route{Method: method, Path: path, Wall: wall, Permission: needs, Load: load, Handle: h}
	}
	own := func(method, path string, h web.Handler) web.Route {
		return on(method, path, access.Portal, adjustment.Own, web.NoObject, h)
	}
	line := func(method, path string, h web.Handler) web.Route {
		return on(method, path, access.Employer, adjustment.Decide, s.LoadMember, h)
	}
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
		on("GET", sharedAt, access.Portal, adjustment.Shared, web.NoObject, p.shared),
		on("GET", "/my/shared-passports/{person}", access.Portal, adjustment.Shared, web.NoObject, p.sharedPassport),
		on("GET", home, access.Employer, adjustment.Team, web.NoObject, p.team),
		on("GET", "/adjustments/uptake", access.Growth, adjustment.Uptake, web.NoObject, p.uptake),
		line("GET", "/adjustments/team/{person}", p.member),
		line("GET", "/adjustments/team/{person}/asks/{id}", p.decide),
		line("POST", "/adjustments/team/{person}/asks/{id}", p.decidePost),
	}
}
