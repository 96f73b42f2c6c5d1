// Package maturityweb is the pages of the maturity frameworks.
package maturityweb

import (
	view "github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementview"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *maturity.Service }

// Routes of the slice.
func Routes(s *maturity.Service) []web.Route {
	p := &pages{s}
	return []web.Route{
		view.Read("/plan/maturity", p.list),
		view.Ask("/plan/maturity/import", p.ask), view.Write("/plan/maturity/import", p.takeIn),
		view.Read("/plan/maturity/ours/newer", p.newest), view.Write("/plan/maturity/ours/take", p.take),
		view.Read("/plan/maturity/ours/versions", p.versions), view.Read("/plan/maturity/ours/versions/{version}", p.version),
		view.Read("/plan/maturity/{framework}", p.framework),
		view.Read("/plan/maturity/{framework}/rejects.csv", p.rejects),
		view.Read("/plan/maturity/{framework}/themes/{theme}", p.theme),
		view.Ask("/plan/maturity/{framework}/themes/{theme}/rate", p.rate), view.Write("/plan/maturity/{framework}/themes/{theme}/rate", p.ratePost),
	}
}
