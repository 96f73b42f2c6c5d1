package capacity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// FigureKind is the kind of the book: "wait/preferred.median" is the median wait at the end of the plan in that option.
const FigureKind = "wait"

// Outcome is what an option brings in a quarter, from the newest run of a scenario of the option.
type Outcome struct {
	Option   option.Option
	Scenario uuid.UUID
	Title    string
	Quarter  civil.Date
	Measures map[Measure]Band
	Made     time.Time
	Stale    bool
	Doubted  bool // the model failed its newest back-test
}

// Outcomes gives every option that was run, by quarter. A scenario that changes nothing but people goes before one that changes
// demand too; of several the newest run holds.
func (s *Service) Outcomes(ctx context.Context, tx *postgres.Tx) (out []Outcome, err error) {
	k, err := s.know(ctx, tx)
	if err != nil {
		return nil, err
	}
	all, err := s.told(ctx, tx, k)
	if err != nil {
		return nil, err
	}
	failed, err := doubted(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, o := range option.All {
		t := chosen(all, o)
		if t == nil {
			continue
		}
		for _, q := range t.Best.Result.Quarters {
			out = append(out, Outcome{o, t.ID, t.Title, q.Start, q.Measures, t.Best.Finished, t.Best.Stale, failed != nil})
		}
	}
	return out, nil
}

// chosen is the scenario that stands for an option.
func chosen(all []Told, o option.Option) (best *Told) {
	for i := range all {
		t := &all[i]
		switch {
		case t.Option != o || t.Best == nil:
		case best == nil, t.Terms == Terms{} && best.Terms != Terms{}:
			best = t
		case (t.Terms == Terms{}) == (best.Terms == Terms{}) && t.Best.Finished.After(best.Best.Finished):
			best = t
		}
	}
	return best
}

// Book offers the end of the plan as figures.
func (s *Service) Book() figure.Book { return book{s} }

type book struct{ s *Service }

func (b book) Kinds() []string { return []string{FigureKind} }

func (b book) List(ctx context.Context, a access.Actor, _ time.Time) (out []figure.Figure, err error) {
	err = b.s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := b.s.Outcomes(ctx, tx)
		if err != nil {
			return err
		}
		for i, o := range all {
			if i+1 < len(all) && all[i+1].Option == o.Option { // the last quarter of each option
				continue
			}
			for _, m := range Measures {
				out = append(out, b.figure(ctx, o, m))
			}
		}
		return nil
	})
	return out, err
}

func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	if name, measure, ok := strings.Cut(ref.Name, "."); !ok || !option.Option(name).Valid() || !slices.Contains(Measures, Measure(measure)) {
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

func (b book) figure(ctx context.Context, o Outcome, m Measure) figure.Figure {
	band := o.Measures[m]
	value := band.P50
	source := locale.T(ctx, "capacity.figure.source", "title", o.Title)
	if o.Doubted {
		source += " " + locale.T(ctx, "capacity.doubted.short")
	}
	return figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: string(o.Option) + "." + string(m)}, State: figure.Known, Number: &value,
		Title:      locale.T(ctx, "capacity.figure.title", "measure", locale.Key("capacity.measure."+string(m)), "option", locale.Key("capacity.option."+string(o.Option))),
		Value:      locale.T(ctx, "capacity.figure.value", "value", Say(ctx, m, band.P50), "low", Say(ctx, m, band.P10), "high", Say(ctx, m, band.P90)),
		Period:     o.Quarter,
		PeriodText: locale.Quarter(o.Quarter), Definition: locale.T(ctx, "capacity.figure.definition", "n", b.s.pack.TargetDays), Version: locale.T(ctx, "capacity.figure.version"),
		Source: source, SourceAt: o.Made, More: "/capacity/scenarios/" + o.Scenario.String()}
}

// Say writes a value of a measure with its unit.
func Say(ctx context.Context, m Measure, x float64) string {
	return locale.T(ctx, "capacity.amount."+string(m), "n", fmt.Sprintf("%.0f", x))
}
