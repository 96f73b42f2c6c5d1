package absenceweb

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
)

// series is what one chart is drawn from. Less absence is better, whatever it is counted in.
type series struct {
	id, title string
	unit      unit
	decimals  int
	direction spc.Direction
	months    []civil.Date
	values    []spc.Number
}

// unit is what a series counts, in words: of one, and of any other number.
type unit struct{ one, other string }

var perCent = unit{"%", "%"}

func unitOf(ctx context.Context, key string) unit {
	return unit{locale.T(ctx, key, "n", 1), locale.T(ctx, key)}
}

// xmr computes the control chart of a series.
func (s series) xmr() (chart.XmR, error) {
	floor := 0.0
	c := chart.XmR{ID: s.id, Title: s.title, Unit: s.unit.other, UnitOne: s.unit.one, Decimals: s.decimals, Floor: &floor,
		In: spc.Input{Profile: spc.MDC, Values: append([]spc.Number{}, s.values...), Dates: s.months, Direction: s.direction}}
	var err error
	if c.Out, err = spc.Compute(c.In); err != nil {
		return c, fmt.Errorf("chart %s: %w", s.id, err)
	}
	return c, nil
}

func absent(id, title string, of unit, decimals int, months []civil.Date, values []spc.Number) series {
	return series{id, title, of, decimals, spc.Decrease, months, values}
}

// whose names in words whom the figures are of: the employer by name where there are several.
func whose(ctx context.Context, f absence.Figures) string {
	if f.Scope == absence.Own && len(f.Choice) > 1 && f.Of.Name != "" {
		return f.Of.Name
	}
	return locale.T(ctx, "absence.scope."+f.Scope)
}

// headline is the rate or, where nobody knows it, the days lost.
func headline(ctx context.Context, f absence.Figures) series {
	if f.HasRate() {
		return absent("rate", locale.T(ctx, "absence.rate.title")+", "+whose(ctx, f), perCent, 1, f.Months, f.Rate)
	}
	return absent("days", locale.T(ctx, "absence.days.title")+", "+whose(ctx, f), unitOf(ctx, "absence.days.unit"), 0, f.Months, f.Days)
}

// pareto adds up the reasons of the last year.
func pareto(ctx context.Context, f absence.Figures) chart.Pareto {
	p := chart.Pareto{ID: "reasons", Title: locale.T(ctx, "absence.reasons.title"), Unit: locale.T(ctx, "absence.days.unit")}
	for _, r := range f.Reasons {
		b := chart.Bar{Label: r.Label, Value: r.Total}
		if r.Hidden {
			b.Hidden = locale.T(ctx, "absence.reason.hidden")
		}
		p.Bars = append(p.Bars, b)
	}
	return p
}

// enough months for limits and icons, as in the MDC tool.
const enough = 13

func count(xs []spc.Number) (n int) {
	for _, x := range xs {
		if x.Known {
			n++
		}
	}
	return n
}
