// Package joints says what one slice of growth shows of another. The slices do not know each other: each asks for the
// little it needs by a func or a small interface, and here the asking and the answering slice meet. The composition root
// and the sample join the wing by it, so both have the same wing.
package joints

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Histories gives the figures that a forecast can be about, month by month: indicators, sickness absence, and measures that came
// by file.
func Histories(indicators *indicator.Service, measures *series.Service, lost *absence.Service) map[string]forecast.History {
	return map[string]forecast.History{
		indicator.FigureKind: func(ctx context.Context, a access.Actor, now time.Time, name, version string, from civil.Date) (forecast.Series, error) {
			h, err := indicators.History(ctx, a, now, name, version, from)
			return forecast.Series{Months: h.Months, Values: h.Values, Amount: h.Amount}, err
		},
		series.FigureKind: func(ctx context.Context, a access.Actor, _ time.Time, name, version string, from civil.Date) (forecast.Series, error) {
			return monthly(ctx, a, measures, name, version, from)
		},
		absence.FigureKind: func(ctx context.Context, a access.Actor, now time.Time, name, version string, from civil.Date) (forecast.Series, error) {
			h, err := lost.History(ctx, a, now, name, version, from)
			return forecast.Series{Months: h.Months, Values: h.Values, Amount: func(_ context.Context, v float64) string { return absence.Percent(v) }}, err
		},
	}
}

// monthly is a measure month by month. Only the newest definition has points: under another version there is no history,
// and nothing is judged by what was counted otherwise.
func monthly(ctx context.Context, a access.Actor, measures *series.Service, name, version string, from civil.Date) (forecast.Series, error) {
	code, group, _ := strings.Cut(name, ".")
	s, err := measures.Find(ctx, a, code)
	if err != nil {
		return forecast.Series{}, err
	}
	p, ok := s.Part(group)
	if !ok || !s.Monthly() || version != "" && version != s.Label() {
		return forecast.Series{}, fault.Missing("history")
	}
	out := forecast.Series{Amount: func(_ context.Context, v float64) string { return s.Words(v) }}
	at, values := p.Numbers()
	for i, m := range at {
		if !m.Before(civil.Date{Year: from.Year, Month: from.Month, Day: 1}) {
			out.Months, out.Values = append(out.Months, m), append(out.Values, values[i])
		}
	}
	return out, nil
}

// Measures are what the dashboard and the review show besides the ledger: measures that came by file, and absence. A measure
// counts as the organisation's where it is about everybody.
func Measures(measures *series.Service, lost *absence.Service) func(context.Context, access.Actor, time.Time) ([]indicator.Measure, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (out []indicator.Measure, err error) {
		all, err := measures.List(ctx, a)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			p, ok := s.Part("")
			if !ok {
				continue
			}
			m := indicator.Measure{Ref: figure.Ref{Kind: series.FigureKind, Name: s.Name("")}, Title: s.Title, Direction: spc.Direction(s.Direction), Unit: s.Unit, Amount: s.Words, SourceAt: s.Filled}
			m.Months, m.Values = p.Numbers()
			out = append(out, m)
		}
		rate, err := lost.History(ctx, a, now, absence.RateRef.Name, "", locale.Day(now).AddMonths(-36)) // as far back as every chart
		if fault.KindOf(err) == fault.NotFound {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		return append(out, indicator.Measure{Ref: absence.RateRef, Title: locale.T(ctx, "absence.rate.title"), Direction: spc.Decrease, Unit: "%", Months: rate.Months, Values: rate.Values,
			SourceAt: rate.SourceAt, Amount: absence.Percent}), nil
	}
}

// Findings are what the monthly review has to look at.
func Findings(indicators *indicator.Service) func(context.Context, access.Actor, civil.Date) ([]forecast.Finding, bool, error) {
	return func(ctx context.Context, a access.Actor, month civil.Date) ([]forecast.Finding, bool, error) {
		found, earlier, err := indicators.Findings(ctx, a, month)
		out := make([]forecast.Finding, len(found))
		for i, f := range found {
			out[i] = forecast.Finding{Ref: f.Ref, Title: f.Title, Sentence: f.Sentence, Missed: f.Missed, Concern: f.Concern, Improved: f.Improved}
		}
		return out, earlier, err
	}
}

// Actions gives forecasts the actions of the plan.
type Actions struct{ Plan *strategy.Service }

// Action implements forecast.Actions.
func (x Actions) Action(ctx context.Context, a access.Actor, id uuid.UUID) (forecast.Progress, error) {
	v, err := x.Plan.Action(ctx, a, id)
	return forecast.Progress{Title: v.Title, Planned: v.PlannedStart, Started: v.StartedOn, Stopped: v.StoppedOn}, err
}

// Registered lists what was registered for an action of the plan. The plan is made before the forecasts that rely on it, so they
// are asked for when a page is.
func Registered(forecasts func() *forecast.Service) func(context.Context, access.Actor, uuid.UUID) ([]strategy.Link, error) {
	return func(ctx context.Context, a access.Actor, action uuid.UUID) ([]strategy.Link, error) {
		all, err := forecasts().Of(ctx, a, action)
		out := make([]strategy.Link, len(all))
		for i, f := range all {
			out[i] = strategy.Link{Path: f.Path(), Text: locale.T(ctx, "forecast.link", "says", f.Says(ctx, nil), "when", locale.Date(f.At))}
		}
		return out, err
	}
}
