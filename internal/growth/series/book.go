package series

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
)

// Book offers the series as figures of kind "series": the name is the code, or code.group.
type Book struct{ s *Service }

// Figures is the book of the slice.
func (s *Service) Figures() Book { return Book{s} }

// FigureKind is the kind of the slice's figures.
const FigureKind = "series"

// Kinds is what the book knows.
func (Book) Kinds() []string { return []string{FigureKind} }

// List gives the newest period of each series and group.
func (b Book) List(ctx context.Context, a access.Actor, _ time.Time) ([]figure.Figure, error) {
	all, err := b.s.List(ctx, a)
	if err != nil {
		return nil, err
	}
	var out []figure.Figure
	for _, s := range all {
		for _, p := range s.Parts {
			out = append(out, s.figure(p, p.Last()))
		}
	}
	return out, nil
}

// Figure gives one period, or the newest.
func (b Book) Figure(ctx context.Context, a access.Actor, _ time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	code, part, _ := strings.Cut(ref.Name, ".")
	s, err := b.s.Find(ctx, a, code)
	if err != nil {
		return figure.Figure{}, err
	}
	p, ok := s.Part(part)
	if !ok {
		return figure.Figure{}, fault.Missing("figure")
	}
	if period.IsZero() {
		return s.figure(p, p.Last()), nil
	}
	for _, x := range p.Periods {
		if x.Start == period {
			return s.figure(p, x), nil
		}
	}
	return figure.Figure{}, fault.Missing("figure")
}

// states are the reasons in the words of figures; a period that nobody sent was not collected.
var states = map[Why]figure.State{Shown: figure.Known, Missing: figure.NotCollected, NotCollected: figure.NotCollected, NotDeclared: figure.NotDeclared,
	Suppressed: figure.Hidden, TooFew: figure.Hidden, Nothing: figure.Nothing}

func (s Series) figure(p Part, x Period) figure.Figure {
	f := figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: s.Name(p.Part)}, Title: s.Title, State: states[x.Why], Period: x.Start,
		PeriodText: seriesfile.PeriodText(s.Frequency, x.Start), Definition: s.Counts, Version: s.Label(),
		Source: s.Source, SourceAt: s.Filled, More: s.Path(p.Part)}
	if p.Name != "" {
		f.Title += ": " + p.Name
	}
	if x.Why == Shown {
		v := x.Value
		f.Value, f.Number = s.Words(v), &v
	}
	return f
}

// Name is what figures call a series, or a group of it.
func (s Series) Name(part string) string {
	if part == "" {
		return s.Code
	}
	return s.Code + "." + part
}

// Path is the page of a series, or of a group of it.
func (s Series) Path(part string) string {
	if part == "" {
		return "/data/" + s.Code
	}
	return "/data/" + s.Code + "?group=" + part
}

// Label names the version of the definition as a figure keeps it: "turnover, version 1".
func (s Series) Label() string { return fmt.Sprintf("%s, version %d", s.Code, s.Version) }

// Monthly says whether its periods are months.
func (s Series) Monthly() bool { return s.Frequency == "month" }
