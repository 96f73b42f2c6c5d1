// Package said puts what a simulation says into words: numbers with where they lie, and one scenario against another in a sentence that a
// board member can repeat.
package said

import (
	"context"
	"math"
	"slices"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Tenth writes a number to one decimal.
func Tenth(x float64) string {
	if math.Abs(x) < 0.05 {
		x = 0
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// Thousands writes pounds, to whole thousands.
func Thousands(x float64) string { return "£" + locale.Number(int(math.Round(x/1000))*1000) }

// Span is from one number to another: one number where both are written alike.
func Span(ctx context.Context, low, high string) string {
	if low == high {
		return low
	}
	return locale.T(ctx, "capacity.span", "low", low, "high", high)
}

// Pair is a scenario, what it is compared with, and by quarter the one less the other, replication by replication. Both have a result.
type Pair struct {
	Of, Against capacity.Told
	Less        []capacity.Difference
	Target      int // working days
}

// Compared says what the one changes at the end of the plan, in the middle future: a list that runs away in a few pulls the mean far off.
// How many of 100 people are seen in time comes first, for it has an end where days have none. That nothing changes is said only where no
// future of any quarter differs in anything.
func Compared(ctx context.Context, p Pair) string {
	if !slices.ContainsFunc(p.Less, func(x capacity.Difference) bool {
		return slices.ContainsFunc(capacity.Measures, func(m capacity.Measure) bool { return x.Measures[m] != capacity.Band{} })
	}) {
		return locale.T(ctx, "capacity.compare.same", "other", p.Against.Title)
	}
	end := p.Less[len(p.Less)-1]
	return p.share(ctx, end) + " " + p.days(ctx, end.Measures[capacity.Median])
}

func (p Pair) share(ctx context.Context, end capacity.Difference) string {
	b := end.Measures[capacity.Within]
	key, low, high := way(b, "more", "fewer", capacity.Whole)
	return locale.T(ctx, "capacity.compare.share."+key, "other", p.Against.Title, "quarter", locale.Quarter(end.Start), "n", p.Target, "middle", capacity.Whole(math.Abs(b.P50)), "between", Span(ctx, capacity.Whole(low), capacity.Whole(high)))
}

func (p Pair) days(ctx context.Context, b capacity.Band) string {
	key, low, high := way(b, "longer", "shorter", Tenth)
	title := p.endless()
	if title != "" && key != "level" {
		key = "endless." + key
	}
	return locale.T(ctx, "capacity.compare.days."+key, "title", title, "middle", Tenth(math.Abs(b.P50)), "least", Tenth(low), "between", Span(ctx, Tenth(low), Tenth(high)))
}

// way is whether there is more or less of something, as it is written, whether that is certain, and from where to where it lies.
func way(b capacity.Band, more, less string, write func(float64) string) (key string, low, high float64) {
	key, low, high = more, b.P10, b.P90
	if b.P50 < 0 || b.P50 == 0 && b.Mean < 0 {
		key, low, high = less, -b.P90, -b.P10
	}
	switch {
	case write(b.P50) == write(0):
		return "level", b.P10, b.P90
	case low < 0 || write(low) == write(0): // in one run of ten at least there is none of it
		key = "unsure." + key
	}
	return key, low, high
}

// endless is the title of the scenario of the two whose list still grows at the end of the plan in one simulated run of ten: by how many
// days its wait is longer says when the plan ends, and nothing of the scenarios. "" where neither does.
func (p Pair) endless() string {
	for _, t := range []capacity.Told{p.Against, p.Of} {
		if grows(t.Best.Result.Quarters) {
			return t.Title
		}
	}
	return ""
}

// growth is by how much the list of the worst tenth of the runs is longer than a year before where it grows without end. One in balance is as
// long in the same quarter of each year, but for luck.
const growth = 1.1

const quartersOfYear = 4

func grows(quarters []capacity.Quarter) bool {
	n := len(quarters)
	return n > quartersOfYear && quarters[n-1].Measures[capacity.List].P90 > growth*quarters[n-1-quartersOfYear].Measures[capacity.List].P90
}

// differ are the measures of a difference, by what a board asks first.
var differ = []capacity.Measure{capacity.Within, capacity.Median, capacity.P90, capacity.Utilisation, capacity.List}

// Table is the difference by quarter.
func Table(ctx context.Context, p Pair) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "capacity.compare.caption", "title", p.Of.Title, "other", p.Against.Title), Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "capacity.compare.quarter"))}
	for _, m := range differ {
		t.Head = append(t.Head, nhsuk.Heads(locale.T(ctx, "capacity.measure."+string(m)))...)
	}
	for _, d := range p.Less {
		row := []nhsuk.TableCell{{Text: locale.Quarter(d.Start)}}
		for _, m := range differ {
			b := d.Measures[m]
			cell := Tenth(b.P50)
			if low, high := Tenth(b.P10), Tenth(b.P90); low != high {
				cell = locale.T(ctx, "capacity.compare.cell", "middle", cell, "low", low, "high", high)
			}
			row = append(row, nhsuk.TableCell{Text: cell})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
