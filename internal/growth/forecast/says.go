package forecast

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Amount writes a value with its unit.
type Amount func(context.Context, float64) string

// Write gives a value with the unit of the series; the number alone where the figure has no months any more.
func (s Series) Write(ctx context.Context, x float64) string { return write(ctx, s.Amount, x) }

func write(ctx context.Context, amount Amount, x float64) string {
	if amount == nil {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return amount(ctx, max(x, 0))
}

// Path is the page of a forecast.
func (f Forecast) Path() string { return "/effect/forecasts/" + f.ID.String() }

// Says puts in one line what was registered. Without a unit it gives the numbers alone.
func (f Forecast) Says(ctx context.Context, amount Amount) string {
	if f.From != nil && f.To != nil {
		return locale.T(ctx, "forecast.says.from."+string(f.Direction), "figure", f.Cited.Title, "from", write(ctx, amount, *f.From), "to", write(ctx, amount, *f.To), "month", f.Due.MonthYear())
	}
	return locale.T(ctx, "forecast.says.by."+string(f.Direction), "figure", f.Cited.Title, "by", write(ctx, nil, f.Change), "month", f.Due.MonthYear())
}
