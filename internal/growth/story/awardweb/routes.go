// Package awardweb is where nominations for awards are assembled, printed and sent, and where achievements are read.
package awardweb

import (
	"strconv"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

const home = "/stories/awards"

func path(id uuid.UUID) string { return home + "/" + id.String() }

func criterionPath(id uuid.UUID, n int) string { return path(id) + "/criteria/" + strconv.Itoa(n) }

type pages struct{ s *award.Service }

// Routes of the slice.
func Routes(s *award.Service) []web.Route {
	p := &pages{s}
	on := web.Behind(access.Growth)
	return []web.Route{
		on("GET", home, award.Read, p.list),
		on("GET", "/stories/achievements", award.Read, p.achievements),
		on("GET", home+"/add", award.Keep, p.add),
		on("POST", home+"/add", award.Keep, p.addPost),
		on("GET", home+"/{id}", award.Read, p.one),
		on("GET", home+"/{id}/nomination", award.Read, p.nomination),
		on("GET", home+"/{id}/criteria/{n}", award.Keep, p.criterion),
		on("POST", home+"/{id}/criteria/{n}", award.Keep, p.criterionPost),
		on("GET", home+"/{id}/criteria/{n}/evidence", award.Keep, p.evidence),
		on("POST", home+"/{id}/criteria/{n}/evidence", award.Keep, p.evidencePost),
		on("POST", home+"/{id}/evidence/{evidence}/remove", award.Keep, p.remove),
		on("POST", home+"/{id}/submit", award.Send, p.submit),
		on("POST", home+"/{id}/drop", award.Send, p.drop),
		on("GET", home+"/{id}/outcome", award.Send, p.outcome),
		on("POST", home+"/{id}/outcome", award.Send, p.outcomePost),
	}
}
