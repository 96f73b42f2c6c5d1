package absence

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The figures of absence: the rate of a month, and how much of the days the commonest reason takes, over the 12 months
// to the last with figures.
const (
	rateName = "rate"
	topName  = "top-reason"

	rateVersion = "absence rate, version 1"
)

// FigureKind is the kind of the slice's figures, and FigureNames are all of them.
const FigureKind = "absence"

// FigureNames lists the names under FigureKind.
var FigureNames = []string{rateName, topName}

// Book offers the organisation's own absence as figures of kind "absence", always as those outside the service may
// see it: a figure is cited in papers that go there.
type Book struct{ s *Service }

// Figures is the book of the slice.
func (s *Service) Figures() Book { return Book{s} }

// Kinds is what the book knows.
func (Book) Kinds() []string { return []string{FigureKind} }

// List gives the newest of each.
func (b Book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	f, filled, err := b.read(ctx, a, now)
	if err != nil || len(f.Months) == 0 {
		return nil, err
	}
	var out []figure.Figure
	if i := f.complete(now); i >= 0 {
		out = append(out, f.rateFigure(ctx, i, filled))
	}
	if top, ok := f.topFigure(ctx, filled); ok {
		out = append(out, top)
	}
	return out, nil
}

// Figure gives one month of the rate, or the newest; of the reason there is only the newest.
func (b Book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	f, filled, err := b.read(ctx, a, now)
	if err != nil {
		return figure.Figure{}, err
	}
	for i := len(f.Months) - 1; i >= 0; i-- {
		if !period.IsZero() && f.Months[i] != period || period.IsZero() && ref.Name == rateName && i > f.complete(now) {
			continue
		}
		if ref.Name == rateName {
			return f.rateFigure(ctx, i, filled), nil
		}
		if top, ok := f.topFigure(ctx, filled); ok && ref.Name == topName && i == len(f.Months)-1 {
			return top, nil
		}
		break
	}
	return figure.Figure{}, fault.Missing("figure")
}

// complete is the place of the last month that is over, -1 for none: a running month is no figure yet.
func (f Figures) complete(now time.Time) int {
	today := locale.Day(now)
	i := len(f.Months) - 1
	for i >= 0 && f.Months[i].AddMonths(1).After(today) {
		i--
	}
	return i
}

func (b Book) read(ctx context.Context, a access.Actor, now time.Time) (f Figures, at time.Time, err error) {
	err = b.s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		if f, err = b.s.read(ctx, tx, a, Own, now, true); err != nil {
			return err
		}
		at, err = filled(ctx, tx)
		return err
	})
	return f, at, err
}

// filled is when the newest file came in; zero for none.
func filled(ctx context.Context, tx *postgres.Tx) (time.Time, error) {
	imports, err := db.New(tx).ListImports(ctx, tx.Actor.Organisation)
	if err != nil || len(imports) == 0 {
		return time.Time{}, err
	}
	return imports[0].ImportedAt, nil
}

// RateRef names the figure of the rate.
var RateRef = figure.Ref{Kind: FigureKind, Name: rateName}

// History is the rate month by month, and when the newest of what it is made from came in.
type History struct {
	Months   []civil.Date
	Values   []spc.Number
	SourceAt time.Time
}

// History gives the rate of the months that are over, from a month on, as the figures give it. fault.Missing for every other name,
// and under a version that is not in use.
func (s *Service) History(ctx context.Context, a access.Actor, now time.Time, name, version string, from civil.Date) (History, error) {
	var f Figures
	var h History
	if name != rateName || version != "" && version != rateVersion {
		return h, fault.Missing("history")
	}
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		if f, err = s.since(ctx, tx, a, Own, civil.Date{Year: from.Year, Month: from.Month, Day: 1}.UTC(), true); err != nil {
			return err
		}
		h.SourceAt, err = filled(ctx, tx)
		return err
	})
	n := f.complete(now) + 1
	if err == nil && n == 0 {
		err = fault.Missing("history")
	}
	if err != nil {
		return h, err
	}
	h.Months = f.Months[:n]
	for _, v := range f.Rate[:n] {
		h.Values = append(h.Values, spc.Number{Value: shown(v.Value), Known: v.Known})
	}
	return h, nil
}

// shown is a rate with the decimals that a figure has.
func shown(rate float64) float64 { return math.Round(10*rate) / 10 }

// Percent writes a rate.
func Percent(rate float64) string { return fmt.Sprintf("%.1f%%", rate) }

func (f Figures) rateFigure(ctx context.Context, i int, filled time.Time) figure.Figure {
	out := figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: rateName}, Title: locale.T(ctx, "absence.rate.title"), Period: f.Months[i], PeriodText: f.Months[i].MonthYear(),
		Definition: locale.T(ctx, "absence.figure.rate.definition"), Version: rateVersion,
		Source: locale.T(ctx, "absence.figure.rate.source"), SourceAt: filled, More: "/absence?scope=own", State: figure.Hidden}
	switch {
	case f.Rate[i].Known:
		v := shown(f.Rate[i].Value)
		out.State, out.Value, out.Number = figure.Known, Percent(v), &v
	case !f.HasRate() && f.Days[i].Known: // nobody said how many days were available
		out.State = figure.NotCollected
	}
	return out
}

// topFigure is of the reason with the most days; where even that is too few to show, nothing is said of which it is.
func (f Figures) topFigure(ctx context.Context, filled time.Time) (figure.Figure, bool) {
	last := f.Months[len(f.Months)-1]
	out := figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: topName}, Title: locale.T(ctx, "absence.top.title"), Period: last,
		PeriodText: locale.T(ctx, "absence.figure.top.period", "month", last.MonthYear()), Definition: locale.T(ctx, "absence.figure.top.definition"),
		Version: locale.T(ctx, "absence.figure.top.version"), Source: locale.T(ctx, "absence.figure.top.source"), SourceAt: filled, More: "/absence?scope=own", State: figure.Hidden}
	sum := 0.0
	for _, r := range f.Reasons {
		if !r.Hidden {
			sum += r.Total
		}
	}
	if len(f.Reasons) == 0 {
		return out, false
	}
	if top := f.Reasons[0]; !top.Hidden && top.Total > 0 {
		v := math.Round(100 * top.Total / sum)
		out.State, out.Value, out.Number = figure.Known, fmt.Sprintf("%s: %.0f%%", top.Label, v), &v
	}
	return out, true
}
