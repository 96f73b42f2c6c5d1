// Package championweb is the part of the site where staff ask to be wellbeing champions and keep their counts, managers agree, HR
// sees which teams have one, and the OH team looks after the network.
package championweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	mine    = "/my/champion"
	team    = "/champions/team"
	network = "/champions"
	kitsAt  = "/champions/kits"

	coverageAt = "/champions/coverage"
)

type pages struct {
	s    *champion.Service
	base string // of the links to share
}

// Routes of the slice; base is the address under which this installation is found.
func Routes(s *champion.Service, base string) []web.Route {
	p := &pages{s, base}
	own := web.Route{Wall: access.Portal, Permission: champion.Own, Load: web.NoObject}.On
	oh := web.Route{Wall: access.Clinical, Permission: champion.Network, Load: web.NoObject}.On
	return []web.Route{
		own("GET", mine, p.mine),
		own("GET", "/my/champion/ask", p.ask),
		own("POST", "/my/champion/ask", p.askPost),
		own("POST", "/my/champion/withdraw", p.withdraw),
		own("GET", "/my/champion/step-down", p.stepDown),
		own("POST", "/my/champion/step-down", p.stepDownPost),
		own("POST", "/my/champion/stay", p.stay),
		own("GET", "/my/champion/counts/{month}", p.counts),
		own("POST", "/my/champion/counts/{month}", p.countsPost),
		{Method: "GET", Path: "/champions/join/{token}", Wall: access.Hall, Permission: champion.Join, Load: web.NoObject, Handle: p.join, Public: true},
		{Method: "GET", Path: team, Wall: access.Employer, Permission: champion.Team, Load: web.NoObject, Handle: p.team},
		{Method: "GET", Path: "/champions/team/{id}", Wall: access.Employer, Permission: champion.Decide, Load: s.LoadLine, Handle: p.decide},
		{Method: "POST", Path: "/champions/team/{id}", Wall: access.Employer, Permission: champion.Decide, Load: s.LoadLine, Handle: p.decidePost},
		{Method: "GET", Path: coverageAt, Wall: access.Employer, Permission: champion.Coverage, Load: web.NoObject, Handle: p.coverage},
		oh("GET", network, p.network),
		oh("GET", "/champions/members/{id}", p.member),
		oh("GET", "/champions/members/{id}/training", p.training),
		oh("POST", "/champions/members/{id}/training", p.trainingPost),
		oh("POST", "/champions/members/{id}/thanks", p.thanks),
		oh("GET", "/champions/members/{id}/end", p.end),
		oh("POST", "/champions/members/{id}/end", p.endPost),
		oh("POST", "/champions/members/{id}/stay", p.keep),
		oh("GET", "/champions/teams/{organisation}", p.teams),
		oh("POST", "/champions/links/{organisation}/add", p.link),
		oh("POST", "/champions/links/{organisation}/{id}/close", p.closeLink),
		oh("GET", kitsAt, p.kits),
		oh("GET", "/champions/kits/add", p.kitAdd),
		oh("POST", "/champions/kits/add", p.kitAddPost),
		oh("POST", "/champions/kits/{id}/withdraw", p.kitWithdraw),
	}
}
