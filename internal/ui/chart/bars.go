package chart

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Pareto shows which few causes make up most of a total.
type Pareto struct {
	ID       string
	Title    string
	Unit     string
	Decimals int
	Bars     []Bar
}

// Bar is one cause. A hidden one (a small number) has words in place of a value.
type Bar struct {
	Label  string
	Value  float64
	Hidden string // "fewer than 8"; no bar is drawn
}

// mostOf is the share that the "vital few" make up, by the usual 80/20 reading.
const mostOf = 0.8

// paretoRow is a bar in order, with its share of the total so far.
type paretoRow struct {
	Bar
	Share, Cumulative float64
	Few               bool // among the fewest that make up mostOf of the total
	LabelY, BarY, W   float64
}

// rowHeight holds a line of text and a bar under it: labels of causes are long,
// and beside their bars they would leave no room for them at 320 pixels. Right of
// the longest bar there is room for a value and the running total.
const rowHeight, barHeight, longestBar, valueRight = 46.0, 18.0, 310.0, 420.0

func (p Pareto) rows() []paretoRow {
	var rows []paretoRow
	total := 0.0
	for _, b := range p.Bars {
		if b.Hidden != "" {
			b.Value = 0
		}
		total += b.Value
		rows = append(rows, paretoRow{Bar: b})
	}
	slices.SortStableFunc(rows, func(a, b paretoRow) int { return cmp.Compare(b.Value, a.Value) })
	sum := 0.0
	for i := range rows {
		r := &rows[i]
		r.LabelY = float64(i)*rowHeight + 18
		r.BarY = r.LabelY + 6
		if total <= 0 {
			continue
		}
		r.Few = r.Hidden == "" && r.Value > 0 && sum < mostOf*total-1e-9*total
		sum += r.Value
		r.Share, r.Cumulative = r.Value/total, sum/total
		r.W = r.Value / rows[0].Value * longestBar
	}
	return rows
}

func (p Pareto) amount(b Bar) string {
	if b.Hidden != "" {
		return b.Hidden
	}
	return number(b.Value, p.Decimals)
}

// Sentence names the vital few.
func (p Pareto) Sentence(ctx context.Context) string {
	rows := p.rows()
	var few []string
	share := 0.0
	for _, r := range rows {
		if r.Few {
			few = append(few, r.Label)
			share = r.Cumulative
		}
	}
	switch {
	case len(few) == 0:
		return locale.T(ctx, "chart.none")
	case len(few) == 1:
		return locale.T(ctx, "chart.pareto.one", "cause", few[0], "share", percent(share))
	case len(few) > 3: // a longer list is what the chart is for
		return locale.T(ctx, "chart.pareto.many", "n", len(few), "all", len(rows), "share", percent(share), "first", few[0], "second", few[1], "third", few[2])
	}
	return locale.T(ctx, "chart.pareto.few", "causes", strings.Join(few[:len(few)-1], ", "), "last", few[len(few)-1], "share", percent(share))
}

func percent(share float64) string { return number(100*share, 0) + "%" }

func (p Pareto) table(ctx context.Context) table {
	t := table{Caption: withUnitNote(p.Title, p.Unit), Head: words(ctx, "chart.head.cause", "chart.head.value", "chart.head.share", "chart.head.running"),
		Numeric: []bool{false, true, true, true}}
	for _, r := range p.rows() {
		row := []string{r.Label, p.amount(r.Bar), percent(r.Share), percent(r.Cumulative)}
		if r.Hidden != "" {
			row[2], row[3] = "", ""
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Stack shows how the time from start to end divides into states, or a whole into kinds, as one bar.
type Stack struct {
	ID       string
	Title    string
	Unit     string // "working days"
	Decimals int
	Parts    []Part // in the order in which people pass through them
	Mix      bool   // of kinds, not of time in states: the words differ
}

// Part is one state and the time in it, or one kind and how much it is.
type Part struct {
	Label string
	Value float64
	Say   func(value string) templ.Component // draws the value in the key, for a page that says where it comes from; nil: as it is
}

// piece is a part as drawn: numbered, so that the key does not need colour.
type piece struct {
	Part
	Number   string
	Class    string
	X, W     float64
	Share    float64
	Numbered bool // wide enough for its number
}

const (
	stackTop, stackHeight = 8.0, 48.0
	// numberRoom is the width that a two-figure number takes.
	numberRoom = 22.0
	// stackTones is how many fills the style sheet has; neighbours always differ.
	stackTones = 4
)

func (s Stack) total() (total float64) {
	for _, p := range s.Parts {
		total += max(p.Value, 0)
	}
	return total
}

func (s Stack) pieces() []piece {
	total, x := s.total(), 0.0
	var out []piece
	for i, p := range s.Parts {
		piece := piece{Part: p, Number: strconv.Itoa(i + 1), Class: "tone-" + strconv.Itoa(i%stackTones+1), X: x}
		if total > 0 {
			piece.Share = max(p.Value, 0) / total
			piece.W = piece.Share * width
			piece.Numbered = piece.W >= numberRoom
		}
		x += piece.W
		out = append(out, piece)
	}
	return out
}

// Sentence names the state that takes the most time.
func (s Stack) Sentence(ctx context.Context) string {
	var longest piece
	for _, p := range s.pieces() {
		if p.W > longest.W {
			longest = p
		}
	}
	if longest.W == 0 {
		return locale.T(ctx, "chart.none")
	}
	if s.Mix {
		return locale.T(ctx, "chart.mix.most", "kind", longest.Label, "amount", number(longest.Value, s.Decimals),
			"total", withUnit(number(s.total(), s.Decimals), s.Unit), "share", percent(longest.Share))
	}
	return locale.T(ctx, "chart.stack.most", "state", longest.Label, "time", number(longest.Value, s.Decimals),
		"total", withUnit(number(s.total(), s.Decimals), s.Unit), "share", percent(longest.Share))
}

func (s Stack) description(ctx context.Context) string {
	if s.Mix {
		return locale.T(ctx, "chart.mix.description")
	}
	return locale.T(ctx, "chart.stack.description")
}

func (s Stack) table(ctx context.Context) table {
	t := table{Caption: withUnitNote(s.Title, s.Unit), Head: words(ctx, "chart.head.state", "chart.head.time", "chart.head.share"), Numeric: []bool{false, true, true}}
	if s.Mix {
		t.Head = words(ctx, "chart.head.kind", "chart.head.value", "chart.head.share")
	}
	for _, p := range s.pieces() {
		t.Rows = append(t.Rows, []string{p.Number + ". " + p.Label, number(p.Value, s.Decimals), percent(p.Share)})
	}
	return t
}
