// Package outreachweb is the part of the site where the team plans open days and wellbeing events, and the pages on which anybody with
// the link takes a place.
package outreachweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/outreach"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const board = "/outreach"

type pages struct {
	s    *outreach.Service
	base string // of the links to share
}

// Routes of the slice; base is the address under which this installation is found.
func Routes(s *outreach.Service, base string) []web.Route {
	p := &pages{s, base}
	run := web.Route{Wall: access.Clinical, Permission: outreach.Run, Load: web.NoObject}.On
	come := web.Route{Wall: access.Hall, Permission: outreach.Come, Load: web.NoObject, Public: true}.On
	return []web.Route{
		run("GET", board, p.board),
		run("GET", "/outreach/add", p.add),
		run("POST", "/outreach/add", p.addPost),
		run("GET", "/outreach/{id}", p.event),
		run("GET", "/outreach/{id}/change", p.change),
		run("POST", "/outreach/{id}/change", p.changePost),
		run("POST", "/outreach/{id}/open", p.open),
		run("GET", "/outreach/{id}/cancel", p.cancel),
		run("POST", "/outreach/{id}/cancel", p.cancelPost),
		run("POST", "/outreach/{id}/steps/{step}", p.step),
		run("GET", "/outreach/{id}/roles", p.roles),
		run("POST", "/outreach/{id}/roles", p.rolesPost),
		run("GET", "/outreach/{id}/attendance", p.attendance),
		run("POST", "/outreach/{id}/attendance", p.attendancePost),
		run("GET", "/outreach/{id}/cost", p.cost),
		run("POST", "/outreach/{id}/cost", p.costPost),
		run("GET", "/outreach/{id}/leads", p.leads),
		run("POST", "/outreach/{id}/leads", p.leadsPost),
		run("GET", "/outreach/{id}/poster", p.poster),
		come("GET", "/events/{token}", p.sign),
		come("POST", "/events/{token}", p.signPost),
		come("GET", "/event-places/{id}", p.ticket),
		come("GET", "/event-places/{id}/calendar", p.calendar),
		come("POST", "/event-places/{id}/give-up", p.giveUp),
	}
}

func path(id uuid.UUID) string { return board + "/" + id.String() }

func signPath(id uuid.UUID) string { return "/events/" + id.String() }

func ticketPath(id uuid.UUID) string { return "/event-places/" + id.String() }
