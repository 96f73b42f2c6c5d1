package evidence

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// FigureKind is the kind of the slice's only figure: "evidence/readiness".
const FigureKind = "evidence"

const readiness = "readiness"

// Book offers the readiness as a figure.
type Book struct{ s *Service }

// Book is the book of the slice.
func (s *Service) Book() Book { return Book{s} }

// Kinds is what the book knows.
func (Book) Kinds() []string { return []string{FigureKind} }

// List gives the one figure.
func (b Book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	r, err := b.s.Read(ctx, a, now)
	if err != nil {
		return nil, err
	}
	words, t := locale.English(), r.Tally() // a figure is text that is kept
	f := figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: readiness}, Title: words.T("evidence.figure.title"), State: figure.NotCollected, PeriodText: words.T("evidence.figure.never"),
		Definition: words.T("evidence.figure.definition"), Version: words.T("evidence.figure.version"), Source: words.T("evidence.figure.source"), More: "/evidence"}
	if t.All() > 0 {
		n := float64(t.Percent())
		f.State, f.Number, f.Value = figure.Known, &n, words.T("evidence.figure.value", "percent", t.Percent(), "n", t.All())
		f.PeriodText, f.SourceAt = words.T("evidence.figure.period", "date", r.Today.Long()), now
	}
	return []figure.Figure{f}, nil
}

// Figure gives the readiness of today; it has no periods.
func (b Book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	if ref.Name != readiness || !period.IsZero() {
		return figure.Figure{}, fault.Missing("figure")
	}
	all, err := b.List(ctx, a, now)
	if err != nil {
		return figure.Figure{}, err
	}
	return all[0], nil
}
