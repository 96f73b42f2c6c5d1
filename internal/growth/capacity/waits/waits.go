// Package waits offers the waits that were simulated as figures, for those who rely on one.
package waits

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Kind is the kind of the book: "wait/preferred.median" is the median wait at the end of the plan in that option.
const Kind = "wait"

// NewBook offers the end of the plan as figures.
func NewBook(db *postgres.DB, s *capacity.Service) figure.Book { return book{db, s} }

type book struct {
	db *postgres.DB
	s  *capacity.Service
}

func (b book) Kinds() []string { return []string{Kind} }

func (b book) List(ctx context.Context, a access.Actor, _ time.Time) (out []figure.Figure, err error) {
	err = b.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := b.s.Outcomes(ctx, tx)
		if err != nil {
			return err
		}
		list := all.Outcomes
		for i, o := range list {
			if i+1 < len(list) && list[i+1].Option == o.Option { // the last quarter of each option
				continue
			}
			for _, m := range capacity.Measures {
				out = append(out, b.figure(ctx, o, m, all.Tested.Trust()))
			}
		}
		return nil
	})
	return out, err
}

func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	if name, measure, ok := strings.Cut(ref.Name, "."); !ok || !option.Option(name).Valid() || !slices.Contains(capacity.Measures, capacity.Measure(measure)) {
		return figure.Figure{}, fault.Missing("figure")
	}
	all, err := b.List(ctx, a, now)
	if err != nil {
		return figure.Figure{}, err
	}
	i := slices.IndexFunc(all, func(f figure.Figure) bool { return f.Ref == ref && (period.IsZero() || period == f.Period) })
	if i < 0 {
		return figure.Figure{}, fault.Missing("figure")
	}
	return all[i], nil
}

func (b book) figure(ctx context.Context, o capacity.Outcome, m capacity.Measure, trust capacity.Trust) figure.Figure {
	band := o.Measures[m]
	number := band.P50
	var doubts []string
	source := locale.T(ctx, "capacity.figure.source", "title", o.Title)
	if o.Stale {
		source += ". " + locale.T(ctx, "capacity.stale.short")
		doubts = append(doubts, locale.T(ctx, "capacity.doubt.stale"))
	}
	if trust != capacity.Passed {
		source += ". " + locale.T(ctx, "capacity.trust.short."+string(trust))
	}
	if trust == capacity.Broken || trust == capacity.Untested {
		doubts = append(doubts, locale.T(ctx, "capacity.trust.short."+string(trust)))
	}
	measure := locale.T(ctx, "capacity.measure."+string(m))
	if m == capacity.Within { // the target is part of what it is
		measure = locale.T(ctx, "capacity.posts.within", "n", b.s.Pack().TargetDays)
	}
	return figure.Figure{Ref: figure.Ref{Kind: Kind, Name: string(o.Option) + "." + string(m)}, State: figure.Known, Number: &number,
		Title:      locale.T(ctx, "capacity.figure.title", "measure", measure, "option", locale.Key("capacity.option."+string(o.Option))),
		Value:      value(ctx, m, band),
		Period:     o.Quarter,
		PeriodText: locale.Quarter(o.Quarter), Definition: locale.T(ctx, "capacity.figure.definition", "n", b.s.Pack().TargetDays), Version: locale.T(ctx, "capacity.figure.version"),
		Doubts: doubts, Source: source, SourceAt: o.Made, More: "/capacity/scenarios/" + o.Scenario.String()}
}

// value is the middle with eight in ten, which are not said where they are the same number.
func value(ctx context.Context, m capacity.Measure, band capacity.Band) string {
	middle, low, high := capacity.Say(ctx, m, band.P50), capacity.Say(ctx, m, band.P10), capacity.Say(ctx, m, band.P90)
	if low == high {
		return middle
	}
	return locale.T(ctx, "capacity.figure.value", "value", middle, "low", low, "high", high)
}
