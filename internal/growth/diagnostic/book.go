package diagnostic

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Gap is the kind of the slice's figures: "gap/ROUND.SUBSECTION".
const Gap = "gap"

// Ref names the gap of a sub-section in a round.
func Ref(id uuid.UUID, subsection string) figure.Ref {
	return figure.Ref{Kind: Gap, Name: id.String() + "." + subsection}
}

// parse reads the name of a gap.
func parse(ref figure.Ref) (id uuid.UUID, subsection string, ok bool) {
	name, subsection, ok := strings.Cut(ref.Name, ".")
	id, err := uuid.Parse(name)
	return id, subsection, ok && err == nil && ref.Kind == Gap
}

// Book gives the gaps of closed rounds to other slices.
type Book struct{ s *Service }

// NewBook makes the book; it needs no library of its own.
func NewBook(db *postgres.DB) Book { return Book{New(Deps{DB: db})} }

// Kinds is the gap alone.
func (b Book) Kinds() []string { return []string{Gap} }

// List gives the gaps of the round that was closed last.
func (b Book) List(ctx context.Context, a access.Actor, _ time.Time) ([]figure.Figure, error) {
	o, ok, err := b.s.Newest(ctx, a)
	if !ok || err != nil {
		return nil, err
	}
	out := make([]figure.Figure, len(o.Subsections))
	for i, row := range o.Subsections {
		out[i] = b.figure(o.Round, row)
	}
	return out, nil
}

// Figure gives one gap. A closed round is one period and never changes.
func (b Book) Figure(ctx context.Context, a access.Actor, _ time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	id, code, ok := parse(ref)
	if !ok {
		return figure.Figure{}, fault.Missing("figure")
	}
	o, err := b.s.Results(ctx, a, id)
	if err != nil {
		return figure.Figure{}, err
	}
	row, ok := o.Row(code)
	if f := b.figure(o.Round, row); ok && (period.IsZero() || period == f.Period) {
		return f, nil
	}
	return figure.Figure{}, fault.Missing("figure")
}

func (b Book) figure(r Round, row round.Row) figure.Figure {
	words := locale.English() // a figure is text that is kept
	f := figure.Figure{Ref: Ref(r.ID, row.Code), Title: words.T("need.gap.title", "section", b.s.framework.Title(row.Code)), State: figure.Hidden,
		Period: locale.Day(r.ClosedAt), PeriodText: words.T("need.gap.period", "round", r.Name, "date", locale.Date(r.ClosedAt)),
		Definition: words.T("need.gap.definition"), Version: words.T("need.gap.version", "n", r.Framework, "set", r.SetName),
		Source: words.T("need.gap.source", "round", r.Name), SourceAt: r.ClosedAt, More: GapPath(r.ID, row.Code)}
	switch row.All().State {
	case round.Shown:
		n := row.Gap
		f.State, f.Number, f.Value = figure.Known, &n, GapText(words, row)
	case round.Nothing:
		f.State = figure.Nothing
	}
	return f
}

// GapPath is the page of a gap.
func GapPath(id uuid.UUID, subsection string) string {
	return fmt.Sprintf("/need/rounds/%s/results/%s", id, subsection)
}

// GapText says a gap that is shown.
func GapText(words *locale.Words, row round.Row) string {
	return words.T("need.gap.value", "n", int(row.Gap), "score", Score(words, row.All().Percent), "target", row.Target)
}

// Score says a score: at either end, no more than that it is there.
func Score(words *locale.Words, percent float64) string {
	switch n := int(math.Round(percent)); n {
	case round.Floor:
		return words.T("need.score.floor", "score", n)
	case round.Ceiling:
		return words.T("need.score.ceiling", "score", n)
	default:
		return words.T("need.results.percent", "score", n)
	}
}
