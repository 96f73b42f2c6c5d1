// Package cycleweb is the pages of small steps inside an action.
package cycleweb

import (
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle"
	view "github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementview"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *cycle.Service }

// Routes of the slice.
func Routes(s *cycle.Service) []web.Route {
	p := &pages{s}
	return []web.Route{
		view.Read("/plan/cycles", p.list),
		view.Read("/plan/cycles/{action}", p.project),
		view.Ask("/plan/cycles/{action}/aim", p.aim), view.Write("/plan/cycles/{action}/aim", p.aimPost),
		view.Ask("/plan/cycles/{action}/measure", p.measure), view.Write("/plan/cycles/{action}/measure", p.measurePost),
		view.Write("/plan/cycles/{action}/measures/{id}/drop", p.drop),
		view.Ask("/plan/cycles/{action}/add", p.add), view.Write("/plan/cycles/{action}/add", p.addPost),
		view.Ask("/plan/cycles/{action}/cycles/{id}/next", p.next), view.Write("/plan/cycles/{action}/cycles/{id}/next", p.nextPost),
	}
}
