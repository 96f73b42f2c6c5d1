package montecarlo

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Output is what the draws say. What does not exist is nil.
type Output struct {
	Mean      *float64            `json:"mean"`
	SD        *float64            `json:"sd"` // of one draw
	P5        *float64            `json:"p5"`
	P50       *float64            `json:"p50"`
	P95       *float64            `json:"p95"`
	PNegative *float64            `json:"p_negative"`
	SEMean    *float64            `json:"se_mean"`
	Tornado   []Bar               `json:"tornado"`
	Switching map[string]*float64 `json:"switching"`
	Warnings  []string            `json:"warnings"`
}

// Bar is one input at both ends of its range, the others at their mode.
type Bar struct {
	Variable string   `json:"variable"`
	Low      float64  `json:"low"`
	High     float64  `json:"high"`
	AtLow    *float64 `json:"at_low"`
	AtHigh   *float64 `json:"at_high"`
	Swing    *float64 `json:"swing"`
}

// Compute draws the result and how it depends on each input.
func Compute(in Input) (Output, error) {
	t, err := in.task()
	if err != nil {
		return Output{}, err
	}
	out := Output{Warnings: t.warnings()}
	t.spread(&out)
	t.tornado(&out)
	t.switching(&out)
	return out, nil
}

// warnings are what the input alone gives cause for.
func (t *task) warnings() []string {
	out := []string{}
	ranged := 0
	for i, v := range t.values {
		if !v.fixed() {
			ranged++
		}
		if !t.program.uses(i) {
			out = append(out, fmt.Sprintf("input %s is not in the expression", t.names[i]))
		}
	}
	if ranged > 1 {
		out = append(out, "the inputs are drawn independently: where two move together the spread is wrong")
	}
	return out
}

func (t *task) spread(out *Output) {
	all, q := t.simulate()
	if q == nil {
		out.Warnings = append(out.Warnings, "some draws have no value (a division by 0, or a number too large), so there is no mean, sd, quantile or p_negative")
		return
	}
	share := all.negative / all.n
	out.Mean, out.PNegative = finite(all.mean), &share
	out.P5, out.P50, out.P95 = finite(q[0]), finite(q[1]), finite(q[2])
	if t.draws == 1 {
		out.Warnings = append(out.Warnings, "sd and se_mean do not exist: there is one draw")
		return
	}
	out.SD = finite(all.sd())
	if out.SD == nil {
		out.Warnings = append(out.Warnings, "sd and se_mean are too large for a number")
		return
	}
	se := *out.SD / math.Sqrt(all.n)
	out.SEMean = &se
}

func (t *task) tornado(out *Output) {
	out.Tornado = []Bar{}
	m, at := t.program.machine(1), t.modes()
	for i, v := range t.values {
		if v.fixed() {
			continue
		}
		at[i] = v.Min
		low := finite(m.at(at))
		at[i] = v.Max
		high := finite(m.at(at))
		at[i] = v.Mode
		bar := Bar{Variable: t.names[i], Low: v.Min, High: v.Max, AtLow: low, AtHigh: high}
		if low != nil && high != nil {
			bar.Swing = finite(math.Abs(*high - *low))
		}
		if bar.Swing == nil {
			out.Warnings = append(out.Warnings, fmt.Sprintf("tornado: the result has no value at an end of the range of %s", bar.Variable))
		}
		out.Tornado = append(out.Tornado, bar)
	}
	slices.SortFunc(out.Tornado, func(a, b Bar) int {
		switch x, y := size(a.Swing), size(b.Swing); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return strings.Compare(a.Variable, b.Variable)
	})
}

// size puts a swing that does not exist last.
func size(swing *float64) float64 {
	if swing == nil {
		return -1
	}
	return *swing
}

func (t *task) modes() []float64 {
	at := make([]float64, len(t.values))
	for i, v := range t.values {
		at[i] = v.Mode
	}
	return at
}

// finite is nil for what is no number.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
