package selfcheck

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Kind is the kind of the slice's figures: "selfcheck/AUDIENCE".
const Kind = "selfcheck"

// Book gives, for each audience, how many of its calls are in place.
type Book struct{ s *Service }

// NewBook makes the book; it needs no library of its own.
func NewBook(db *postgres.DB) Book { return Book{New(Deps{DB: db})} }

// Kinds is the self-check alone.
func (b Book) Kinds() []string { return []string{Kind} }

// List gives one figure for each audience.
func (b Book) List(ctx context.Context, a access.Actor, _ time.Time) ([]figure.Figure, error) {
	standing, err := b.s.Read(ctx, a)
	if err != nil {
		return nil, err
	}
	words := locale.English() // a figure is text that is kept
	var out []figure.Figure
	for _, audience := range b.s.calls.Audiences {
		f := figure.Figure{Ref: figure.Ref{Kind: Kind, Name: audience.Code}, Title: words.T("need.check.figure.title", "audience", audience.Title), State: figure.NotCollected,
			PeriodText: words.T("need.check.figure.never"), Definition: words.T("need.check.figure.definition"), Version: words.T("need.check.figure.version", "n", b.s.calls.Version),
			Source: words.T("need.check.figure.source"), More: "/need/selfcheck/" + audience.Code}
		in := 0
		for _, c := range audience.Calls {
			x := standing.Checks[c.Code]
			if x.Position == "in_place" || x.Position == "leading" {
				in++
			}
			if x.At.After(f.SourceAt) {
				f.SourceAt = x.At
			}
		}
		if !f.SourceAt.IsZero() {
			n := float64(in)
			f.State, f.Number, f.Value = figure.Known, &n, words.T("need.check.figure.value", "in", in, "all", len(audience.Calls))
			f.PeriodText = words.T("need.check.figure.period", "date", locale.Date(f.SourceAt))
		}
		out = append(out, f)
	}
	return out, nil
}

// Figure gives one audience; the self-check has no periods.
func (b Book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	all, err := b.List(ctx, a, now)
	if err != nil {
		return figure.Figure{}, err
	}
	for _, f := range all {
		if f.Ref == ref && period.IsZero() {
			return f, nil
		}
	}
	return figure.Figure{}, fault.Missing("figure")
}
