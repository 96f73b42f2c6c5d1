// Package indicatorweb is the page "How we are doing", a page for each indicator, and the page to write on a chart.
package indicatorweb

import (
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *indicator.Service }

// Routes of the slice.
func Routes(s *indicator.Service) []web.Route {
	p := &pages{s}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/performance", indicator.Read, p.board),
		route(http.MethodGet, "/performance/missing", indicator.Read, p.missing),
		route(http.MethodGet, "/performance/target", indicator.SetAims, p.targetGet),
		route(http.MethodPost, "/performance/target", indicator.SetAims, p.targetPost),
		route(http.MethodGet, "/performance/owner", indicator.SetAims, p.ownerGet),
		route(http.MethodPost, "/performance/owner", indicator.SetAims, p.ownerPost),
		route(http.MethodGet, "/performance/closures", indicator.SetAims, p.closuresGet),
		route(http.MethodPost, "/performance/closures", indicator.SetAims, p.closuresPost),
		route(http.MethodGet, "/performance/{indicator}", indicator.Read, p.chart),
		route(http.MethodGet, "/performance/{indicator}/mark", indicator.Annotate, p.markGet),
		route(http.MethodPost, "/performance/{indicator}/mark", indicator.Annotate, p.markPost),
	}
}
