package main

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/attack"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/suppress"
	"github.com/rowan-ohwb/rowan/internal/calc/funnel"
	"github.com/rowan-ohwb/rowan/internal/calc/montecarlo"
)

// calculators times those that a page waits for, each after its answer was checked.
func calculators(b *bed) error {
	for _, do := range []func() error{monteCarlo, funnelOf42, suppression} {
		if err := do(); err != nil {
			return err
		}
		if err := b.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// businessCase is the expression of the issue with a range for each of its inputs.
var businessCase = montecarlo.Variables{
	"staff": {Min: 6000, Mode: 7000, Max: 7500}, "days": {Min: 8, Mode: 11, Max: 16}, "cost": {Min: 90, Mode: 110, Max: 150},
	"effect": {Min: 0, Mode: 0.03, Max: 0.08}, "programme": {Min: 150000, Mode: 180000, Max: 260000},
}

// moments of a PERT distribution: its mean, and the mean of its square.
func moments(v montecarlo.Variable) (mean, square float64) {
	mean = (v.Min + 4*v.Mode + v.Max) / 6
	return mean, mean*mean + (mean-v.Min)*(v.Max-mean)/7
}

func monteCarlo() error {
	const draws = 40_000_000
	// The inputs are independent, so the mean of the product is the product of the means, and of its square likewise.
	mean, square := 1.0, 1.0
	for _, name := range []string{"staff", "days", "cost", "effect"} {
		m, s := moments(businessCase[name])
		mean, square = mean*m, square*s
	}
	cost, costSquare := moments(businessCase["programme"])
	sd := math.Sqrt(square - mean*mean + costSquare - cost*cost)
	n := float64(draws)
	used := processor()
	out, err := montecarlo.Compute(montecarlo.Input{Inputs: businessCase, Expression: "staff*days*cost*effect-programme", Draws: &n})
	used = processor() - used
	if err != nil {
		return err
	}
	if z := (*out.Mean - (mean - cost)) / *out.SEMean; math.Abs(z) > 4 {
		return fmt.Errorf("the mean is %.2f, in theory %.2f: %.1f standard errors", *out.Mean, mean-cost, z)
	}
	if off := math.Abs(*out.SD/sd - 1); off > 0.001 { // four standard errors at a kurtosis of 4
		return fmt.Errorf("the standard deviation is %.2f, in theory %.2f", *out.SD, sd)
	}
	line("Monte Carlo of five ranges, draws a second a core (aim 10 M)", fmt.Sprintf("%.1f M", n/used.Seconds()/1e6))
	return nil
}

// funnelOf42 is a funnel of as many units as there are integrated care boards. What it must give was worked out apart
// from the calculator, from the formulae of Spiegelhalter in twenty lines of Python.
func funnelOf42() error {
	in := funnel.Input{Type: funnel.Proportion, At: []float64{1000}}
	for i := range 42 {
		n := float64(1200 + i*i*37%9000)
		in.Unit = append(in.Unit, fmt.Sprint("unit ", i))
		in.Numerator = append(in.Numerator, math.Floor(n*(0.06+0.04*float64(i*17%13)/12)+0.5))
		in.Denominator = append(in.Denominator, n)
	}
	out, err := funnel.Compute(in)
	if err != nil {
		return err
	}
	l := out.Limits[0]
	for _, c := range []struct{ got, want float64 }{
		{out.Target, 0.07927003265738732}, {*out.Phi, 7.240063517828675}, {out.Tau2, 0.0003073212440076384},
		{l.Lower95, 0.05610525497106067}, {l.Upper95, 0.10603524780456379}, {l.Lower998, 0.044462190887624216}, {l.Upper998, 0.12301876147977671},
	} {
		if math.Abs(c.got-c.want) > 1e-12*c.want {
			return fmt.Errorf("the funnel gives %v for %v", c.got, c.want)
		}
	}
	took, err := median(200, func(int) error { _, err := funnel.Compute(in); return err })
	if err != nil {
		return err
	}
	line("funnel of 42 units, over-dispersion and limits (aim: milliseconds)", milliseconds(took))
	return nil
}

// suppression hides the small counts of tables of 8 x 8, and sets the attacker on each before any time is taken.
func suppression() error {
	const tables, size = 40, 8
	rng := rand.New(rand.NewPCG(8, 8))
	drawn := make([]suppress.Table, tables)
	for k := range drawn {
		cells := make([][]int, size)
		for i := range cells {
			cells[i] = make([]int, size)
			for j := range cells[i] {
				if cells[i][j] = rng.IntN(60); rng.IntN(4) == 0 {
					cells[i][j] = rng.IntN(9)
				}
			}
		}
		drawn[k] = suppress.Table{Rows: numbered("row", size), Cols: numbered("column", size), Cells: suppress.Counts(cells)}
		if err := attacked(drawn[k]); err != nil {
			return fmt.Errorf("table %d: %w", k, err)
		}
	}
	took, err := median(tables, func(i int) error { _, err := suppress.Protect(drawn[i]); return err })
	if err != nil {
		return err
	}
	line("suppression in 8 x 8 with all totals (aim: milliseconds)", milliseconds(took))
	return nil
}

// attacked publishes a table, and fails if the attacker finds a cell that was hidden for being small.
func attacked(t suppress.Table) error {
	out, err := suppress.Protect(t)
	if err != nil {
		return err
	}
	in := attack.Input{Dims: map[string][]string{"row": t.Rows, "column": t.Cols}, Figures: []attack.Figure{{Value: out.Total}}}
	for i, row := range t.Rows {
		in.Figures = append(in.Figures, attack.Figure{Where: map[string][]string{"row": {row}}, Value: out.RowTotals[i]})
		for j, column := range t.Cols {
			in.Figures = append(in.Figures, attack.Figure{Where: map[string][]string{"row": {row}, "column": {column}}, Value: out.Cells[i][j]})
		}
	}
	for j, column := range t.Cols {
		in.Figures = append(in.Figures, attack.Figure{Where: map[string][]string{"column": {column}}, Value: out.ColTotals[j]})
	}
	found, err := attack.Find(in)
	if err != nil {
		return err
	}
	for _, c := range found.Cells {
		row, column := slices.Index(t.Rows, first(c.Where["row"])), slices.Index(t.Cols, first(c.Where["column"]))
		if row >= 0 && column >= 0 && out.Status[row][column] == suppress.Primary {
			return fmt.Errorf("the attacker knows that %v is at least %d", c.Where, c.Lower)
		}
	}
	for i, row := range out.Status {
		for j, s := range row {
			if n := *t.Cells[i][j]; n > 0 && n < 8 && s != suppress.Primary {
				return errors.New("a small count is shown")
			}
		}
	}
	return nil
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

func numbered(what string, n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprint(what, " ", i))
	}
	return out
}

// median is what the one in the middle of n runs took, by the clock: one that another program held up does not count.
func median(n int, do func(i int) error) (time.Duration, error) {
	took := make([]time.Duration, n)
	for i := range took {
		start := time.Now()
		if err := do(i); err != nil {
			return 0, err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[n/2], nil
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.3f ms", d.Seconds()*1000) }
