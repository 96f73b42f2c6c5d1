// Package catalogueweb is the pages of the intervention catalogue and of the balance.
package catalogueweb

import (
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	view "github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementview"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *catalogue.Service }

// Routes of the slice.
func Routes(s *catalogue.Service) []web.Route {
	p := &pages{s}
	return []web.Route{
		view.Read("/plan/catalogue", p.list),
		view.Read("/plan/catalogue/{code}", p.one),
		view.Read("/plan/balance", p.balance),
		view.Ask("/plan/balance/enter", p.enter), view.Write("/plan/balance/enter", p.enterPost),
	}
}
