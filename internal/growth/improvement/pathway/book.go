package pathway

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// FigureKind is the kind of the figures of the measured path: "path/wait.triage", "path/state.booked". A figure is of the
// year that ends with its month.
const FigureKind = "path"

// Book offers what steps are held against.
func (s *Service) Book() figure.Book { return book{s} }

type book struct{ s *Service }

func (b book) Kinds() []string { return []string{FigureKind} }

// List gives what a pathway in use is held against: every wait has an indicator as well, and few need both.
func (b book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	pathways, err := b.s.List(ctx, a)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	for _, p := range pathways {
		for _, x := range p.Steps {
			used[x.Measured] = used[x.Measured] || p.InUse
		}
	}
	return b.figures(ctx, a, lastMonth(now), slices.DeleteFunc(slices.Clone(Measures), func(m string) bool { return !used[m] }))
}

func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	last := lastMonth(now)
	if period.IsZero() {
		period = last
	}
	if !slices.Contains(Measures, ref.Name) || period.Day != 1 || period.After(last) {
		return figure.Figure{}, fault.Missing("figure")
	}
	all, err := b.figures(ctx, a, period, []string{ref.Name})
	if err != nil {
		return figure.Figure{}, err
	}
	return all[0], nil
}

func (b book) figures(ctx context.Context, a access.Actor, month civil.Date, measures []string) (out []figure.Figure, err error) {
	steps := make([]Step, len(measures))
	for i, m := range measures {
		steps[i].Measured = m
	}
	err = b.s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		made, err := activity.MadeAt(ctx, tx, tx.Actor.Service)
		if err != nil {
			return err
		}
		times, err := measure(ctx, tx, month, steps)
		for i, t := range times {
			f := steps[i].figure(ctx, t, month)
			f.SourceAt = made
			out = append(out, f)
		}
		return err
	})
	return out, err
}

func (s Step) figure(ctx context.Context, t Time, month civil.Date) figure.Figure {
	ref, _ := s.Figure()
	kind, _, _ := strings.Cut(s.Measured, ".")
	f := figure.Figure{Ref: ref, Title: locale.T(ctx, "improvement.measured."+s.Measured), State: figure.NotCollected, Period: month,
		PeriodText: locale.T(ctx, "improvement.balance.year_to", "month", month.MonthYear()), Definition: locale.T(ctx, "improvement.path.definition."+kind),
		Version: locale.T(ctx, "improvement.path.version"), Source: locale.T(ctx, "improvement.path.source"), More: "/plan/pathways"}
	switch {
	case t.Measured():
		n := t.Median + t.Mean // one of them is nought
		f.State, f.Number, f.Value = figure.Known, &n, t.Says(ctx, s)
	case t.Standing == Few:
		f.State = figure.Hidden
	case t.Standing == None:
		f.State = figure.Nothing
	}
	return f
}

// Says writes what was measured of a step.
func (t Time) Says(ctx context.Context, s Step) string {
	if s.Stay() {
		return locale.T(ctx, "improvement.step.mean", "mean", decimal(t.Mean))
	}
	return locale.T(ctx, "improvement.step.waits", "median", decimal(t.Median), "nine", decimal(t.Nine))
}

// decimal writes tenths of a day where there are any.
func decimal(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }
