package strategy

import (
	"context"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// FigureKind is the kind of the figures of the plan: "plan/actions", "plan/running", "plan/late".
const FigureKind = "plan"

// counted is what the plan counts of its actions, in the order in which it is read.
var counted = []struct {
	name string
	of   func(Action, civil.Date) bool
}{
	{"actions", func(Action, civil.Date) bool { return true }},
	{"running", func(x Action, _ civil.Date) bool { return x.Status == Started }},
	{"late", Action.Late},
}

// Counts are the figures of the plan.
func Counts() (out []figure.Ref) {
	for _, c := range counted {
		out = append(out, figure.Ref{Kind: FigureKind, Name: c.name})
	}
	return out
}

// Book offers how many actions there are, run and are late. They are of today: the plan does not keep what it was.
func (s *Service) Book() figure.Book { return book{s} }

type book struct{ s *Service }

func (b book) Kinds() []string { return []string{FigureKind} }

// List is empty until there is an action.
func (b book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	p, err := b.s.Find(ctx, a)
	if err != nil || len(p.Actions) == 0 {
		return nil, err
	}
	return counts(ctx, p, now), nil
}

func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	n := slices.Index(Counts(), ref)
	if n < 0 || !period.IsZero() {
		return figure.Figure{}, fault.Missing("figure")
	}
	p, err := b.s.Find(ctx, a)
	if err != nil {
		return figure.Figure{}, err
	}
	return counts(ctx, p, now)[n], nil
}

func counts(ctx context.Context, p Plan, now time.Time) (out []figure.Figure) {
	today := locale.Day(now)
	for i, c := range counted {
		n, last := 0.0, time.Time{}
		for _, x := range p.Actions {
			if c.of(x, today) {
				n++
			}
			if x.Last.At.After(last) {
				last = x.Last.At
			}
		}
		out = append(out, figure.Figure{Ref: Counts()[i], Title: locale.T(ctx, "strategy.figure."+c.name), State: figure.Known, Number: &n, Value: locale.T(ctx, "strategy.figure.value", "n", int(n)),
			PeriodText: locale.T(ctx, "strategy.figure.period", "date", today.Long()), Definition: locale.T(ctx, "strategy.figure."+c.name+".definition"),
			Version: locale.T(ctx, "strategy.figure.version"), Source: locale.T(ctx, "strategy.figure.source"), SourceAt: last, More: "/plan/actions"})
	}
	return out
}
