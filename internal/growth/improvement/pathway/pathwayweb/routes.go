// Package pathwayweb is the pages of the pathway designer.
package pathwayweb

import (
	view "github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementview"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *pathway.Service }

// Routes of the slice.
func Routes(s *pathway.Service) []web.Route {
	p := &pages{s}
	return []web.Route{
		view.Read("/plan/pathways", p.list),
		view.Ask("/plan/pathways/add", p.add), view.Write("/plan/pathways/add", p.addPost),
		view.Read("/plan/pathways/{id}", p.one),
		view.Ask("/plan/pathways/{id}/edit", p.edit), view.Write("/plan/pathways/{id}/edit", p.editPost),
		view.Ask("/plan/pathways/{id}/steps/{n}", p.step), view.Write("/plan/pathways/{id}/steps/{n}", p.stepPost),
		view.Write("/plan/pathways/{id}/steps/{n}/up", p.up), view.Write("/plan/pathways/{id}/steps/{n}/remove", p.remove),
	}
}
