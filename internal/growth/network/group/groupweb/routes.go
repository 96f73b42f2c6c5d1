// Package groupweb is where groups of a nation or an ICS are kept: what is overdue on top, meetings with their pack to print.
package groupweb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/network/group"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const home = "/groups"

func path(id uuid.UUID) string { return home + "/" + id.String() }

func meetingPath(id uuid.UUID) string { return "/group-meetings/" + id.String() }

func donePath(id uuid.UUID) string { return "/group-actions/" + id.String() + "/done" }

// Milestone is a line of the programme that the pack of a meeting shows.
type Milestone struct{ Title, Says, Tag string }

type pages struct {
	s    *group.Service
	next func(ctx context.Context, c *web.Context) ([]Milestone, error)
}

// Routes of the slice. next gives what is overdue and next of the programme, for packs; none where there is no programme.
func Routes(s *group.Service, next func(ctx context.Context, c *web.Context) ([]Milestone, error)) []web.Route {
	p := &pages{s, next}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, group.Read, p.list),
		on("GET", home+"/add", group.Keep, p.add),
		on("POST", home+"/add", group.Keep, p.addPost),
		on("GET", home+"/{id}", group.Read, p.one),
		on("POST", home+"/{id}/close", group.Keep, p.close),
		on("GET", home+"/{id}/join", group.Keep, p.join),
		on("POST", home+"/{id}/join", group.Keep, p.joinPost),
		on("POST", home+"/{id}/members/{member}/leave", group.Keep, p.leave),
		on("GET", home+"/{id}/meet", group.Keep, p.meet),
		on("POST", home+"/{id}/meet", group.Keep, p.meetPost),
		on("GET", "/group-meetings/{id}", group.Read, p.meeting),
		on("GET", "/group-meetings/{id}/pack", group.Read, p.pack),
		on("GET", "/group-meetings/{id}/paper", group.Keep, p.paper),
		on("POST", "/group-meetings/{id}/paper", group.Keep, p.paperPost),
		on("GET", "/group-meetings/{id}/file", group.Keep, p.filed),
		on("POST", "/group-meetings/{id}/file", group.Keep, p.filedPost),
		on("GET", "/group-papers/{id}/file", group.Read, p.file),
		on("GET", "/group-meetings/{id}/decision", group.Keep, p.decision),
		on("POST", "/group-meetings/{id}/decision", group.Keep, p.decisionPost),
		on("GET", "/group-meetings/{id}/action", group.Keep, p.action),
		on("POST", "/group-meetings/{id}/action", group.Keep, p.actionPost),
		on("GET", "/group-meetings/{id}/held", group.Keep, p.held),
		on("POST", "/group-meetings/{id}/held", group.Keep, p.heldPost),
		on("GET", "/group-actions/{id}/done", group.Keep, p.done),
		on("POST", "/group-actions/{id}/done", group.Keep, p.donePost),
	}
}
