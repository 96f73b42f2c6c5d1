package chart

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
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
