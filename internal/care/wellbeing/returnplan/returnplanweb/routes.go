// Package returnplanweb is the part of the site where somebody and their manager agree the hours of a return to work, and where those
// hours are had in a calendar.
package returnplanweb

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct {
	s    *returnplan.Service
	base string // "https://rowan.example.nhs.uk"
}

// Routes of the slice.
func Routes(s *returnplan.Service, base string) []web.Route {
	p := &pages{s, base}
	own := web.Route{Path: "/my/return", Wall: access.Portal, Permission: returnplan.Own, Load: web.NoObject}.On
	line := web.Route{Path: "/adjustments/team/{person}/return", Wall: access.Employer, Permission: returnplan.Line, Load: s.Load}.On
	return []web.Route{
		own("GET", "", p.show),
		own("GET", "/propose", p.propose),
		own("POST", "/propose", p.proposePost),
		own("GET", "/change", p.change),
		own("POST", "/change", p.changePost),
		own("POST", "/answer/{n}", p.answer),
		own("POST", "/end", p.end),
		own("POST", "/calendar", p.makeFeed),
		own("POST", "/calendar/close", p.closeFeed),
		line("GET", "", p.show),
		line("GET", "/propose", p.propose),
		line("POST", "/propose", p.proposePost),
		line("GET", "/change", p.change),
		line("POST", "/change", p.changePost),
		line("POST", "/answer/{n}", p.answer),
		line("POST", "/end", p.end),
		{Method: "GET", Path: "/hours/{token}", Wall: access.Portal, Permission: returnplan.Feed, Load: web.NoObject, Handle: p.feed, Public: true},
	}
}
