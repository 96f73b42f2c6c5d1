// Package trainingweb is the part of the site where staff take places on courses and keep their certificates, the OH team runs the
// courses and sees whether they changed anything, and anybody checks a certificate.
package trainingweb

import (
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const (
	board  = "/training"
	mine   = "/my/training"
	team   = "/team-training"
	verify = "/training/verify"
	assess = "/team-training/assess"
)

type pages struct{ s *training.Service }

// Routes of the slice.
func Routes(s *training.Service) []web.Route {
	p := &pages{s}
	own := web.Route{Wall: access.Portal, Permission: training.Own, Load: web.NoObject}.On
	inHouse := web.Route{Wall: access.Clinical, Permission: training.Team, Load: web.NoObject}.On
	run := web.Route{Wall: access.Clinical, Permission: training.Run, Load: web.NoObject}.On
	return []web.Route{
		own("GET", mine, p.mine),
		own("GET", "/my/training/sessions/{id}", p.choice),
		own("POST", "/my/training/sessions/{id}/take", p.take),
		own("POST", "/my/training/sessions/{id}/leave", p.leave),
		own("GET", "/my/training/places/{id}/evaluation", p.evaluation),
		own("POST", "/my/training/places/{id}/evaluation", p.evaluationPost),
		own("GET", "/my/training/places/{id}/certificate", p.certificate),
		inHouse("GET", team, p.mine),
		inHouse("GET", "/team-training/sessions/{id}", p.choice),
		inHouse("POST", "/team-training/sessions/{id}/take", p.take),
		inHouse("POST", "/team-training/sessions/{id}/leave", p.leave),
		{Method: "GET", Path: assess, Wall: access.Clinical, Permission: training.Assess, Load: web.NoObject, Handle: p.completed},
		{Method: "GET", Path: "/team-training/assess/{booking}", Wall: access.Clinical, Permission: training.Assess, Load: web.NoObject, Handle: p.assess},
		{Method: "POST", Path: "/team-training/assess/{booking}", Wall: access.Clinical, Permission: training.Assess, Load: web.NoObject, Handle: p.assessPost},
		{Method: "GET", Path: verify, Wall: access.Hall, Permission: training.Verify, Load: web.NoObject, Handle: p.verify, Public: true},
		run("GET", board, p.board),
		run("GET", "/training/add", p.add),
		run("POST", "/training/add", p.addPost),
		run("GET", "/training/own", p.own),
		run("POST", "/training/own", p.ownPost),
		run("GET", "/training/{course}", p.course),
		run("GET", "/training/{course}/end", p.end),
		run("POST", "/training/{course}/end", p.endPost),
		run("GET", "/training/{course}/sessions/add", p.open),
		run("POST", "/training/{course}/sessions/add", p.openPost),
		run("GET", "/training/{course}/sessions/{id}", p.session),
		run("GET", "/training/{course}/sessions/{id}/cancel", p.cancel),
		run("POST", "/training/{course}/sessions/{id}/cancel", p.cancelPost),
		run("GET", "/training/{course}/sessions/{id}/attendance", p.attendance),
		run("POST", "/training/{course}/sessions/{id}/attendance", p.attendancePost),
		{Method: "GET", Path: "/training/{course}/effect", Wall: access.Clinical, Permission: training.Effect, Load: web.NoObject, Handle: p.effect},
	}
}

func coursePath(id uuid.UUID) string { return board + "/" + id.String() }

func sessionPath(s training.Session) string {
	return coursePath(s.Course) + "/sessions/" + s.ID.String()
}

func placePath(id uuid.UUID) string { return mine + "/places/" + id.String() }
