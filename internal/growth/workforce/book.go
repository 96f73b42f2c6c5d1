package workforce

import (
	"context"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// FigureKind is the kind of the figures: "workforce/vacancy_rate".
const FigureKind = "workforce"

// figures lists the names: WTE that is funded, WTE in post, and the share of the funded that is not filled.
var figures = []string{"wte_funded", "wte_in_post", "vacancy_rate"}

// Book offers them. They are of today: the establishment keeps no earlier months.
func (s *Service) Book() figure.Book { return book{s} }

type book struct{ s *Service }

func (b book) Kinds() []string { return []string{FigureKind} }

func (b book) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	t, err := b.s.Find(ctx, a, now)
	if err != nil || len(t.Posts) == 0 { // nothing to cite
		return nil, err
	}
	var out []figure.Figure
	for _, name := range figures {
		out = append(out, t.figure(ctx, now, name))
	}
	return out, nil
}

func (b book) Figure(ctx context.Context, a access.Actor, now time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	for _, name := range figures {
		if ref != (figure.Ref{Kind: FigureKind, Name: name}) || !period.IsZero() {
			continue
		}
		t, err := b.s.Find(ctx, a, now)
		return t.figure(ctx, now, name), err
	}
	return figure.Figure{}, fault.Missing("figure")
}

func (t Team) figure(ctx context.Context, now time.Time, name string) figure.Figure {
	f := figure.Figure{Ref: figure.Ref{Kind: FigureKind, Name: name}, State: figure.NotCollected, Title: locale.T(ctx, "workforce.figure."+name), Definition: locale.T(ctx, "workforce.figure."+name+".definition"),
		Version: locale.T(ctx, "workforce.figure.version"), Source: locale.T(ctx, "workforce.figure.source"), More: "/workforce", PeriodText: locale.T(ctx, "workforce.figure.period", "date", locale.Date(now))}
	for _, p := range t.Posts {
		if p.Changed.After(f.SourceAt) {
			f.SourceAt = p.Changed
		}
	}
	if len(t.Posts) == 0 {
		return f
	}
	_, all := t.ByRole()
	value, key := all.Funded, "workforce.wte.value"
	switch name {
	case "wte_in_post":
		value = all.WTE
	case "vacancy_rate":
		value, key = 100*all.Rate(), "workforce.percent"
	}
	f.State, f.Number, f.Value = figure.Known, &value, locale.T(ctx, key, "n", strconv.FormatFloat(value, 'f', 1, 64))
	return f
}
