// Package forecastweb is the part of the site about effect: what actions were said to change and whether they did, how good
// our forecasts are, the monthly review, and the value chain.
package forecastweb

import (
	"context"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

type pages struct{ s *forecast.Service }

// Routes of the slice.
func Routes(s *forecast.Service) []web.Route {
	p := &pages{s}
	route := web.Behind(access.Growth)
	return []web.Route{
		route(http.MethodGet, "/effect", forecast.Read, p.list),
		route(http.MethodGet, "/effect/register", forecast.Register, p.registerGet),
		route(http.MethodPost, "/effect/register", forecast.Register, p.registerPost),
		route(http.MethodGet, "/effect/forecasts/{id}", forecast.Read, p.one),
		route(http.MethodGet, "/effect/forecasts/{id}/withdraw", forecast.Register, p.withdrawGet),
		route(http.MethodPost, "/effect/forecasts/{id}/withdraw", forecast.Register, p.withdrawPost),
		route(http.MethodGet, "/effect/calibration", forecast.Read, p.calibration),
		route(http.MethodGet, "/effect/review", forecast.Read, p.review),
		route(http.MethodGet, "/effect/review/decide", forecast.Decide, p.decideGet),
		route(http.MethodPost, "/effect/review/decide", forecast.Decide, p.decidePost),
		route(http.MethodGet, "/effect/chain", forecast.Read, p.chain),
	}
}

// number writes a value with the decimals it has.
func amount(ctx context.Context, j forecast.Judged, x float64) string { return j.Series.Write(ctx, x) }
