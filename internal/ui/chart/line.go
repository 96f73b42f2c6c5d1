package chart

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Line is a measure over time without limits: a full chart, or a Spark beside text.
type Line struct {
	ID       string
	Title    string
	Unit     string
	Decimals int
	Values   []spc.Number
	Dates    []civil.Date // one for each value
	Floor    *float64     // the axis starts at or below it, 0 for counts
	Marks    []Mark
	Bands    []Band
}

// asXmR is the line as a control chart without limits: one layout for both.
func (l Line) asXmR() XmR {
	values := l.Values
	in := spc.Input{Values: values, Dates: l.Dates}
	return XmR{ID: l.ID, Title: l.Title, Unit: l.Unit, Decimals: l.Decimals, In: in, plain: true, Floor: l.Floor, Marks: l.Marks, Bands: l.Bands}
}

// ends are the first and the last known value.
func (l Line) ends() (first, last int, ok bool) {
	first, last = -1, -1
	for i, v := range l.Values {
		if v.Known {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last, first >= 0
}

// Sentence gives the first and the last value and claims nothing about chance.
func (l Line) Sentence(ctx context.Context) string {
	first, last, ok := l.ends()
	c := l.asXmR()
	switch {
	case !ok:
		return locale.T(ctx, "chart.none")
	case first == last:
		return locale.T(ctx, "chart.line.one", "month", c.pointName(last), "value", c.amount(l.Values[last].Value))
	}
	return locale.T(ctx, "chart.line.ends", "first", c.amount(l.Values[first].Value), "from", c.pointName(first),
		"last", c.amount(l.Values[last].Value), "to", c.pointName(last))
}

// The canvas of a spark: a line of text high.
const sparkWidth, sparkHeight, sparkMargin = 120.0, 32.0, 4.0

// spark is the path of the small drawing, and its last point.
func (l Line) spark() (line string, end dot) {
	y := emptySpan()
	for _, v := range l.Values {
		if v.Known {
			y.include(v.Value)
		}
	}
	if y.low == y.high {
		y = span{y.low - 1, y.high + 1}
	}
	var p path
	for i, v := range l.Values {
		if !v.Known {
			p.lift()
			continue
		}
		end.X = span{0, max(float64(len(l.Values)-1), 1)}.at(float64(i), sparkMargin, sparkWidth-sparkMargin)
		end.Y = y.at(v.Value, sparkHeight-sparkMargin, sparkMargin)
		p.to(end.X, end.Y)
	}
	return p.b.String(), end
}
