package chart

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Flow shows what comes in and what goes out over time, and what is left of it so far. Beside lays two amounts of the same
// kind next to each other instead, such as plan and actual: both stand on the line, and nothing is left of them.
type Flow struct {
	ID, Title, Unit       string
	Decimals              int
	Labels                []string  // of each period
	In, Out               []float64 // as positive amounts
	InName, OutName, Left string    // words for what comes in, what goes out, and what is left of both so far
	Beside                bool
	Says                  string // the sentence: what it means for the reader, whoever computed the flows knows
}

// left is what is left so far at the end of each period.
func (f Flow) left() []float64 {
	sum, out := 0.0, make([]float64, len(f.Labels))
	for i := range out {
		sum += f.In[i] - f.Out[i]
		out[i] = sum
	}
	return out
}

// column is a bar of a period; up says that it stands on the line.
type column struct {
	X, Y, W, H float64
	In         bool
}

type flowDrawing struct {
	Columns        []column
	Line           string
	Zero           float64
	YTicks, XTicks []label
}

// gap is the share of a period's width that is left free between its columns and the next's.
const gap = 0.25

// described is the key of what the drawing is, in words.
func (f Flow) described() string {
	if f.Beside {
		return "chart.flow.beside"
	}
	return "chart.flow.description"
}

func (f Flow) draw() (d flowDrawing) {
	y, so := emptySpan(), f.left()
	y.include(0)
	for i := range f.Labels {
		y.include(f.In[i])
		if f.Beside {
			y.include(f.Out[i])
			continue
		}
		y.include(-f.Out[i])
		y.include(so[i])
	}
	y, ticks := y.ticks(5)
	d.Zero = y.at(0, bottom, top)
	for _, t := range ticks {
		d.YTicks = append(d.YTicks, label{left - 8, y.at(t, bottom, top), thousands(t), "end"})
	}
	n := len(f.Labels)
	step := (right - left) / max(float64(n), 1)
	var line path
	for i := range f.Labels {
		x := left + step*(float64(i)+gap/2)
		if f.Beside {
			half := step * (1 - gap) / 2
			for k, v := range []float64{f.In[i], f.Out[i]} {
				if at := y.at(v, bottom, top); v > 0 {
					d.Columns = append(d.Columns, column{x + float64(k)*half, at, half, d.Zero - at, k == 0})
				}
			}
			continue
		}
		if v := y.at(f.In[i], bottom, top); f.In[i] > 0 {
			d.Columns = append(d.Columns, column{x, v, step * (1 - gap), d.Zero - v, true})
		}
		if v := y.at(-f.Out[i], bottom, top); f.Out[i] > 0 {
			d.Columns = append(d.Columns, column{x, d.Zero, step * (1 - gap), v - d.Zero, false})
		}
		line.to(left+step*(float64(i)+0.5), y.at(so[i], bottom, top))
	}
	d.Line = line.b.String()
	if n > 0 {
		d.XTicks = []label{{left, bottom + 24, f.Labels[0], "start"}, {right, bottom + 24, f.Labels[n-1], "end"}}
	}
	return d
}

// thousands writes a tick short enough for the margin: 250,000 is 250k, 2,000,000 is 2m.
func thousands(x float64) string {
	short := func(by float64, unit string) string {
		return strings.TrimSuffix(strings.TrimSuffix(number(x/by, 1), "0"), ".") + unit
	}
	switch {
	case math.Abs(x) >= 1e6:
		return short(1e6, "m")
	case math.Abs(x) >= 1e3:
		return short(1e3, "k")
	}
	return number(x, 0)
}

func (f Flow) table(ctx context.Context) table {
	t := table{Caption: withUnitNote(f.Title, f.Unit), Head: []string{locale.T(ctx, "chart.head.period"), f.InName, f.OutName, f.Left}, Numeric: []bool{false, true, true, true}}
	if f.Beside {
		t.Head, t.Numeric = t.Head[:3], t.Numeric[:3]
		for i, label := range f.Labels {
			t.Rows = append(t.Rows, []string{label, number(f.In[i], f.Decimals), number(f.Out[i], f.Decimals)})
		}
		return t
	}
	for i, left := range f.left() {
		t.Rows = append(t.Rows, []string{f.Labels[i], number(f.In[i], f.Decimals), number(f.Out[i], f.Decimals), number(left, f.Decimals)})
	}
	return t
}

// Tornado shows how far a result moves when each of several things goes as badly or as well as it may.
type Tornado struct {
	ID, Title, Unit string
	Decimals        int
	Middle          float64 // the result when all go as expected
	Bars            []Swing
	Says            string // the sentence
}

// Swing is one thing: the result at both ends of its range, which are said in words.
type Swing struct {
	Label     string
	Low, High string  // the ends of the range
	AtLow     float64 // the result there
	AtHigh    float64
}

func (s Swing) size() float64 { return math.Abs(s.AtHigh - s.AtLow) }

type swingRow struct {
	Swing
	LabelY, BarY, X, W float64
}

// mostLetters fit beside each other in the width of a drawing.
const mostLetters = 42

// fit cuts a name at a word where it does not fit; the table of the chart has all of it.
func fit(name string) string {
	letters := []rune(name)
	if len(letters) <= mostLetters {
		return name
	}
	cut := string(letters[:mostLetters-1])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:(") + "…"
}

func (t Tornado) rows() (out []swingRow, middle float64) {
	all := slices.Clone(t.Bars)
	slices.SortStableFunc(all, func(a, b Swing) int { return cmp.Compare(b.size(), a.size()) })
	x := emptySpan()
	x.include(t.Middle)
	for _, s := range all {
		x.include(s.AtLow)
		x.include(s.AtHigh)
	}
	if x.low == x.high {
		x = span{x.low - 1, x.high + 1}
	}
	for i, s := range all {
		y := float64(i)*rowHeight + 18
		from, to := x.at(min(s.AtLow, s.AtHigh), 0, width), x.at(max(s.AtLow, s.AtHigh), 0, width)
		out = append(out, swingRow{s, y, y + 6, from, max(to-from, thinnest)})
	}
	return out, x.at(t.Middle, 0, width)
}

func (t Tornado) table(ctx context.Context) table {
	out := table{Caption: withUnitNote(t.Title, t.Unit), Head: words(ctx, "chart.head.what", "chart.head.from", "chart.head.to", "chart.head.at_from", "chart.head.at_to"), Numeric: []bool{false, true, true, true, true}}
	rows, _ := t.rows()
	for _, r := range rows {
		out.Rows = append(out.Rows, []string{r.Label, r.Low, r.High, number(r.AtLow, t.Decimals), number(r.AtHigh, t.Decimals)})
	}
	return out
}

// Pairs shows two numbers of each of several things, such as a wait as it is and as it would be: in the order in which they are given.
type Pairs struct {
	ID, Title, Unit string
	Decimals        int
	First, Second   string // words for both
	Rows            []Pair
	Says            string // the sentence
}

// Pair is one thing.
type Pair struct {
	Label         string
	First, Second float64
}

type pairRow struct {
	Pair
	LabelY, Y, FirstX, SecondX, From, To float64
}

func (p Pairs) rows() (out []pairRow) {
	x := emptySpan()
	for _, r := range p.Rows {
		x.include(r.First)
		x.include(r.Second)
	}
	if x.low == x.high {
		x = span{x.low - 1, x.high + 1}
	}
	for i, r := range p.Rows {
		y := float64(i)*rowHeight + 18
		row := pairRow{Pair: r, LabelY: y, Y: y + 6 + barHeight/2, FirstX: x.at(r.First, dotRadius, width-dotRadius), SecondX: x.at(r.Second, dotRadius, width-dotRadius)}
		row.From, row.To = min(row.FirstX, row.SecondX), max(row.FirstX, row.SecondX)
		out = append(out, row)
	}
	return out
}

func (p Pairs) table(ctx context.Context) table {
	out := table{Caption: withUnitNote(p.Title, p.Unit), Head: []string{locale.T(ctx, "chart.head.what"), p.First, p.Second}, Numeric: []bool{false, true, true}}
	for _, r := range p.Rows {
		out.Rows = append(out.Rows, []string{r.Label, number(r.First, p.Decimals), number(r.Second, p.Decimals)})
	}
	return out
}

// Forest shows ratios with their intervals under each other, in the order in which they are given, beside the line of no difference. The
// scale is that of the logarithm: twice as many lies as far from the line as half as many.
type Forest struct {
	ID, Title string
	Says      string // the sentence
	Rows      []Ratio
}

// Ratio is one of them.
type Ratio struct {
	Label            string
	Value, Low, High float64 // all above 0
	Named            bool    // the rule names it: it has a filled point
	Says             string  // for the table
}

type ratioRow struct {
	Ratio
	LabelY, Y, From, To, At float64
}

// widest is how far the scale goes at most: an interval that goes beyond ends at the edge.
const widest = 4.0

func (f Forest) rows() (out []ratioRow, one float64) {
	reach := 1.5
	for _, r := range f.Rows {
		reach = max(reach, r.High, 1/max(r.Low, 1/widest))
	}
	reach = math.Log(min(reach, widest))
	x := func(v float64) float64 {
		return span{-reach, reach}.at(min(max(math.Log(v), -reach), reach), dotRadius, width-dotRadius)
	}
	for i, r := range f.Rows {
		y := float64(i)*rowHeight + 18
		out = append(out, ratioRow{r, y, y + 6 + barHeight/2, x(r.Low), x(r.High), x(r.Value)})
	}
	return out, x(1)
}

func (f Forest) table(ctx context.Context) table {
	t := table{Caption: f.Title, Head: words(ctx, "chart.head.group", "chart.head.ratio", "chart.head.low", "chart.head.high", "chart.head.shows"), Numeric: []bool{false, true, true, true, false}}
	for _, r := range f.Rows {
		t.Rows = append(t.Rows, []string{r.Label, number(r.Value, 2), number(r.Low, 2), number(r.High, 2), r.Says})
	}
	return t
}

func (r ratioRow) words(ctx context.Context) string {
	return locale.T(ctx, "chart.forest.row", "what", r.Label, "ratio", number(r.Value, 2), "low", number(r.Low, 2), "high", number(r.High, 2))
}

func (r ratioRow) class() string {
	if r.Named {
		return "rowan-chart__point rowan-chart__point--neutral"
	}
	return "rowan-chart__point rowan-chart__point--ghost"
}
