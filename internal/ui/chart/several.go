package chart

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/funnel"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Several lays a few lines over each other, such as the options of a plan. They differ in their dashes too, not by colour alone.
type Several struct {
	ID       string
	Title    string
	Unit     string
	Decimals int
	Says     string // one plain sentence: what to compare only the caller knows
	Dates    []civil.Date
	Lines    []Named
	Head     string // of the dates in the table; "Month" when empty
	Name     func(civil.Date) string
	Ends     bool // only two dates, whose names stand under the lines too
}

// Named is a line with its name.
type Named struct {
	Label  string
	Values []float64 // one for each date
}

// severalStyles is how many lines the style sheet tells apart.
const severalStyles = 4

type severalLine struct{ Label, Class, Path string }

// draw lays the lines out. The scale need not begin at 0, or lines that are near each other would be one; the page says so.
func (s Several) draw() (lines []severalLine, d xmrDrawing, cut bool) {
	y := emptySpan()
	for _, l := range s.Lines {
		for _, v := range l.Values {
			y.include(v)
		}
	}
	y, ticks := y.ticks(5)
	for _, t := range ticks {
		d.YTicks = append(d.YTicks, label{left - 8, y.at(t, bottom, top), tickLabel(t, ticks[1]-ticks[0]), "end"})
	}
	x := func(i int) float64 {
		return span{-0.5, max(float64(len(s.Dates))-0.5, 0.5)}.at(float64(i), left, right)
	}
	d.XTicks = s.asXmR().dateTicks(x)
	if s.Ends {
		for i := range d.XTicks {
			d.XTicks[i].Text = s.Name(s.Dates[i])
		}
	}
	for i, l := range s.Lines {
		var p path
		for k, v := range l.Values {
			p.to(x(k), y.at(v, bottom, top))
		}
		lines = append(lines, severalLine{l.Label, severalClass(i), p.b.String()})
	}
	return lines, d, y.low > 0
}

// severalClass is the classes of a line.
func severalClass(i int) string {
	return "rowan-chart__series rowan-chart__series--" + strconv.Itoa(i%severalStyles+1)
}

// asXmR borrows the layout of dates.
func (s Several) asXmR() XmR {
	c := XmR{}
	c.In.Dates, c.In.Values = s.Dates, make([]spc.Number, len(s.Dates))
	return c
}

func (s Several) table(ctx context.Context) table {
	head := s.Head
	if head == "" {
		head = locale.T(ctx, "chart.head.month")
	}
	t := table{Caption: withUnitNote(s.Title, s.Unit), Head: []string{head}, Numeric: []bool{false}}
	for _, l := range s.Lines {
		t.Head, t.Numeric = append(t.Head, l.Label), append(t.Numeric, true)
	}
	for i, d := range s.Dates {
		name := d.MonthYear()
		if s.Name != nil {
			name = s.Name(d)
		}
		row := []string{name}
		for _, l := range s.Lines {
			row = append(row, number(l.Values[i], s.Decimals))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Funnel sets organisations beside each other by their size, inside limits that narrow as they grow: it ranks none. Shares are
// percentages.
type Funnel struct {
	ID     string
	Title  string
	Says   string // one plain sentence
	Size   string // what the size counts, for the axis and the table
	Points []FunnelPoint
	Target float64         // 0 to 1, as calc/funnel gives it
	Limits []funnel.Limits // by size, smallest first
}

// FunnelPoint is an organisation.
type FunnelPoint struct {
	Name    string
	Part    int
	Size    int
	Percent float64
	Label   funnel.Label
	Own     bool // of whoever looks: marked by a word
}

// Outside says whether the point lies outside the inner limits.
func (p FunnelPoint) Outside() bool { return p.Label != funnel.Within && p.Label != "" }

type funnelDrawing struct {
	XTicks, YTicks, Own []label
	Lines               []severalLine // with their words
	Dots                []dot
}

func (f Funnel) draw(ctx context.Context) (d funnelDrawing) {
	x, y := span{0, 1}, emptySpan()
	for _, p := range f.Points {
		x.include(float64(p.Size))
		y.include(p.Percent)
	}
	for _, l := range f.Limits {
		x.include(l.N)
	}
	y.include(100 * f.Target)
	if n := len(f.Limits); n > 0 { // the outer limits of the greatest: the mouth of the funnel may be cut
		y.include(100 * f.Limits[n/4].Lower998)
		y.include(100 * f.Limits[n/4].Upper998)
	}
	y.low, y.high = max(y.low, 0), min(y.high, 100)
	y, yTicks := y.ticks(5)
	x, xTicks := x.ticks(4)
	at := func(n, percent float64) (float64, float64) {
		return x.at(n, left, right), y.at(min(max(percent, y.low), y.high), bottom, top)
	}
	for _, t := range yTicks {
		d.YTicks = append(d.YTicks, label{left - 8, y.at(t, bottom, top), tickLabel(t, yTicks[1]-yTicks[0]) + "%", "end"})
	}
	for _, t := range xTicks {
		d.XTicks = append(d.XTicks, label{x.at(t, left, right), bottom + 24, tickLabel(t, xTicks[1]-xTicks[0]), "middle"})
	}
	line := func(class, key string, of ...func(funnel.Limits) float64) {
		var p path
		for _, value := range of {
			p.lift()
			for _, l := range f.Limits {
				p.to(at(l.N, 100*value(l)))
			}
		}
		d.Lines = append(d.Lines, severalLine{locale.T(ctx, key), class, p.b.String()})
	}
	line("rowan-chart__mean", "chart.funnel.target", func(funnel.Limits) float64 { return f.Target })
	line("rowan-chart__limit", "chart.funnel.inner", func(l funnel.Limits) float64 { return l.Lower95 }, func(l funnel.Limits) float64 { return l.Upper95 })
	line(severalClass(0), "chart.funnel.outer", func(l funnel.Limits) float64 { return l.Lower998 }, func(l funnel.Limits) float64 { return l.Upper998 })
	for _, p := range f.Points {
		px, py := at(float64(p.Size), p.Percent)
		class := "common"
		if p.Outside() {
			class = "neutral"
		}
		d.Dots = append(d.Dots, dot{px, py, class})
		if p.Own {
			anchor := "start"
			if px > (left+right)/2 {
				anchor = "end"
			}
			d.Own = append(d.Own, label{px, py - 10, locale.T(ctx, "chart.funnel.own"), anchor})
		}
	}
	return d
}

func (f Funnel) table(ctx context.Context) table {
	t := table{Caption: f.Title, Head: append(words(ctx, "chart.head.organisation", "chart.head.share", "chart.funnel.part"), f.Size, locale.T(ctx, "chart.head.shows")), Numeric: []bool{false, true, true, true, false}}
	for _, p := range f.Points {
		name := p.Name
		if p.Own {
			name = locale.T(ctx, "chart.funnel.named", "name", name)
		}
		t.Rows = append(t.Rows, []string{name, number(p.Percent, 1) + "%", number(float64(p.Part), 0), number(float64(p.Size), 0), locale.T(ctx, "chart.funnel.label."+string(p.Label))})
	}
	return t
}
