package chart

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Fan shows where a simulated number lies over time: its middle, the half of all runs about that, and eight in ten of them;
// beside it, where it is known, what happened.
type Fan struct {
	ID       string
	Title    string
	Unit     string
	Decimals int
	Says     string // the one sentence
	Labels   []string
	Short    []string // of the labels, for the axis; nil where they are short themselves
	Points   []FanPoint
	Actual   []spc.Number // what happened; nil where it has not yet
	Target   *float64
	Floor    *float64
	Ceiling  *float64
	Fitted   bool // a fit over what happened, not futures: the words of the key differ
}

// key is the word for a part of the drawing.
func (f Fan) key(ctx context.Context, part string) string {
	if f.Fitted {
		part = "fitted." + part
	}
	return locale.T(ctx, "chart.fan."+part)
}

// FanPoint is where a number lies at one time. Low to High hold eight in ten runs, the inner two half of them; Bare has no
// inner ones.
type FanPoint struct {
	Low, InnerLow, Middle, InnerHigh, High float64
	Bare                                   bool
}

type fanDrawing struct {
	Outer, Inner, Middle, Actual, Target string
	Dots                                 []dot
	YTicks, XTicks                       []label
}

func (f Fan) draw() fanDrawing {
	y := emptySpan()
	for _, p := range f.Points {
		y.include(p.Low)
		y.include(p.High)
	}
	for _, v := range f.Actual {
		if v.Known {
			y.include(v.Value)
		}
	}
	for _, x := range []*float64{f.Target, f.Floor} {
		if x != nil {
			y.include(*x)
		}
	}
	if f.Ceiling != nil {
		y.high = min(y.high, *f.Ceiling)
	}
	y, ticks := y.ticks(5)
	var d fanDrawing
	for _, t := range ticks {
		d.YTicks = append(d.YTicks, label{left - 6, y.at(t, bottom, top), tickLabel(t, ticks[1]-ticks[0]), "end"})
	}
	n := len(f.Points)
	x := func(i int) float64 { return span{0, max(float64(n-1), 1)}.at(float64(i), left+4, right-4) }
	at := func(v float64) float64 { return y.at(v, bottom, top) }
	var middle, actual, target path
	for i, p := range f.Points {
		middle.to(x(i), at(p.Middle))
	}
	for i, v := range f.Actual {
		if !v.Known {
			actual.lift()
			continue
		}
		actual.to(x(i), at(v.Value))
		d.Dots = append(d.Dots, dot{x(i), at(v.Value), "common"})
	}
	if f.Target != nil {
		target.to(left, at(*f.Target))
		target.to(right, at(*f.Target))
	}
	d.Middle, d.Actual, d.Target = middle.b.String(), actual.b.String(), target.b.String()
	area := func(low, high func(FanPoint) float64) string {
		var p path
		for i, q := range f.Points {
			p.to(x(i), at(high(q)))
		}
		for i := n - 1; i >= 0; i-- {
			p.to(x(i), at(low(f.Points[i])))
		}
		return p.b.String() + "Z"
	}
	d.Outer = area(func(p FanPoint) float64 { return p.Low }, func(p FanPoint) float64 { return p.High })
	if !f.Points[0].Bare {
		d.Inner = area(func(p FanPoint) float64 { return p.InnerLow }, func(p FanPoint) float64 { return p.InnerHigh })
	}
	for _, l := range []struct {
		at     int
		anchor string
	}{{0, "start"}, {(n - 1) / 2, "middle"}, {n - 1, "end"}} { // more would touch each other on a phone
		text := f.Labels[l.at]
		if f.Short != nil {
			text = f.Short[l.at]
		}
		d.XTicks = append(d.XTicks, label{x(l.at), bottom + 22, text, l.anchor})
	}
	return d
}

func (f Fan) table(ctx context.Context) table {
	t := table{Caption: withUnitNote(f.Title, f.Unit), Head: []string{locale.T(ctx, "chart.fan.when"), locale.T(ctx, "chart.fan.low"), f.key(ctx, "middle"), locale.T(ctx, "chart.fan.high")}, Numeric: []bool{false, true, true, true}}
	if f.Actual != nil {
		t.Head, t.Numeric = append(t.Head, locale.T(ctx, "chart.fan.actual")), append(t.Numeric, true)
	}
	for i, p := range f.Points {
		row := []string{f.Labels[i], number(p.Low, f.Decimals), number(p.Middle, f.Decimals), number(p.High, f.Decimals)}
		if f.Actual != nil {
			text := ""
			if v := f.Actual[i]; v.Known {
				text = number(v.Value, f.Decimals)
			}
			row = append(row, text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
