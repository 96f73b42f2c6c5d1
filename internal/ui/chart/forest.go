package chart

import (
	"context"
	"math"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

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
