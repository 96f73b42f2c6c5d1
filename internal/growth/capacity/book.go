package capacity

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
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
}

// Compared are options that differ by nothing but what they are: every scenario has the same Terms.
type Compared struct {
	Terms    Terms
	Outcomes []Outcome       // every option that was run with these terms, by quarter
	Missing  []option.Option // those that were not
	Tested   Tested
}

// Plain says that the terms change nothing but people.
func (c Compared) Plain() bool { return c.Terms == Terms{} }

// Outcomes gives the options that can be compared.
func (s *Service) Outcomes(ctx context.Context, tx *postgres.Tx) (out Compared, err error) {
	k, err := s.know(ctx, tx)
	if err != nil {
		return out, err
	}
	all, err := s.told(ctx, tx, k)
	if err != nil {
		return out, err
	}
	if out.Tested, err = s.tested(ctx, tx); err != nil {
		return out, err
	}
	terms, chosen := alike(all)
	out.Terms = terms
	for _, o := range option.All {
		t := chosen[o]
		if t == nil {
			out.Missing = append(out.Missing, o)
			continue
		}
		for _, q := range t.Best.Result.Quarters {
			out.Outcomes = append(out.Outcomes, Outcome{o, t.ID, t.Title, q.Start, q.Measures, t.Best.Finished, t.Best.Stale})
		}
	}
	return out, nil
}

// alike chooses the scenarios that stand for the options. They have the same terms: else the difference between two options would be of
// demand and of staff at once. Terms under which doing nothing can be compared with something go first, then those with most options, then those
// that change nothing but people, then the newest; of several scenarios of an option the newest run holds.
func alike(all []Told) (Terms, map[option.Option]*Told) {
	type group struct {
		terms  Terms
		of     map[option.Option]*Told
		newest time.Time
	}
	var groups []*group
	for i := range all {
		t := &all[i]
		if t.Best == nil {
			continue
		}
		at := slices.IndexFunc(groups, func(g *group) bool { return g.terms == t.Terms })
		if at < 0 {
			at, groups = len(groups), append(groups, &group{terms: t.Terms, of: map[option.Option]*Told{}})
		}
		g := groups[at]
		if best := g.of[t.Option]; best == nil || t.Best.Finished.After(best.Best.Finished) {
			g.of[t.Option] = t
		}
		if t.Best.Finished.After(g.newest) {
			g.newest = t.Best.Finished
		}
	}
	if len(groups) == 0 {
		return Terms{}, nil
	}
	rank := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	best := slices.MaxFunc(groups, func(a, b *group) int {
		pair := func(g *group) int { return rank(g.of[option.Nothing] != nil && len(g.of) > 1) }
		return cmp.Or(cmp.Compare(pair(a), pair(b)), cmp.Compare(len(a.of), len(b.of)), cmp.Compare(rank(a.terms == Terms{}), rank(b.terms == Terms{})), a.newest.Compare(b.newest))
	})
	return best.terms, best.of
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
		list := all.Outcomes
		for i, o := range list {
			if i+1 < len(list) && list[i+1].Option == o.Option { // the last quarter of each option
				continue
			}
			for _, m := range Measures {
				out = append(out, b.figure(ctx, o, m, all.Tested.Trust()))
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

func (b book) figure(ctx context.Context, o Outcome, m Measure, trust Trust) figure.Figure {
	band := o.Measures[m]
	value := band.P50
	source := locale.T(ctx, "capacity.figure.source", "title", o.Title)
	if o.Stale {
		source += ". " + locale.T(ctx, "capacity.stale.short")
	}
	if trust != Passed {
		source += ". " + locale.T(ctx, "capacity.trust.short."+string(trust))
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
	return locale.T(ctx, "capacity.amount."+string(m), "n", Whole(x))
}

// Whole writes a number without decimals, a half upwards: in one way on every page, so that the same number is the same there.
func Whole(x float64) string { return strconv.FormatFloat(math.Round(x)+0, 'f', 0, 64) }
