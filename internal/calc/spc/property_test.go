package spc

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawInput makes a series of whole numbers, so that ties and points on a line
// do occur, with gaps, ghosts, recalculations and every setting.
func drawInput(t *rapid.T) Input {
	n := rapid.IntRange(0, 40).Draw(t, "n")
	in := Input{
		Values:    make([]Number, n),
		Dates:     months(n),
		Ghost:     make([]bool, n),
		Profile:   rapid.SampledFrom([]Profile{MDC, NHSRplotthedots}).Draw(t, "profile"),
		Direction: rapid.SampledFrom([]Direction{Increase, Decrease, Neutral}).Draw(t, "direction"),
	}
	for i := range in.Values {
		if rapid.IntRange(0, 9).Draw(t, "missing") > 0 {
			in.Values[i] = Some(float64(rapid.IntRange(-8, 8).Draw(t, "value")))
		}
		in.Ghost[i] = rapid.IntRange(0, 9).Draw(t, "ghost") == 0
	}
	for range rapid.IntRange(0, 2).Draw(t, "rebases") {
		if n > 0 {
			in.Rebase = append(in.Rebase, in.Dates[rapid.IntRange(0, n-1).Draw(t, "rebase")])
		}
	}
	if rapid.Bool().Draw(t, "fixed") {
		in.FixAfter = ptr(rapid.IntRange(2, 20).Draw(t, "fix"))
	}
	in.Shift = ptr(rapid.IntRange(3, 7).Draw(t, "shift"))
	in.Trend = ptr(rapid.IntRange(3, 7).Draw(t, "trend"))
	in.Screen = ptr(rapid.Bool().Draw(t, "screen"))
	in.TwoOfThree = rapid.SampledFrom([]TwoOfThree{Between, Beyond}).Draw(t, "two of three")
	in.Target = ptr(float64(rapid.IntRange(-10, 10).Draw(t, "target")))
	return in
}

// mapped applies x -> scale*x + shift to values and target.
func mapped(in Input, scale, shift float64) Input {
	in.Values = slices.Clone(in.Values)
	for i, v := range in.Values {
		if v.Known {
			in.Values[i].Value = scale*v.Value + shift
		}
	}
	in.Target = ptr(scale**in.Target + shift)
	return in
}

func sameLine(a, b []Number, scale, shift float64) bool {
	return slices.EqualFunc(a, b, func(x, y Number) bool {
		want := scale*x.Value + shift
		return x.Known == y.Known && (!x.Known || math.Abs(y.Value-want) < 1e-7*max(1, math.Abs(want)))
	})
}

func TestMovingAndStretchingTheScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		// Powers of two and whole shifts keep the arithmetic exact enough for ties.
		scale := math.Ldexp(1, rapid.IntRange(-3, 5).Draw(t, "scale"))
		shift := float64(rapid.IntRange(-1000, 1000).Draw(t, "shift"))
		a, b := chartRapid(t, in), chartRapid(t, mapped(in, scale, shift))
		if !sameLine(a.Mean, b.Mean, scale, shift) || !sameLine(a.Lower, b.Lower, scale, shift) || !sameLine(a.Upper, b.Upper, scale, shift) {
			t.Fatalf("lines do not follow: %v %v", a, b)
		}
		if !slices.Equal(a.Rules, b.Rules) || !slices.Equal(a.Point, b.Point) || a.Variation != b.Variation || a.Assurance != b.Assurance {
			t.Fatalf("signals changed: %v %v", a, b)
		}
	})
}

func TestMirror(t *testing.T) {
	opposite := map[Direction]Direction{Increase: Decrease, Decrease: Increase, Neutral: Neutral}
	icon := map[Variation]Variation{
		VariationImprovementHigh: VariationImprovementLow, VariationImprovementLow: VariationImprovementHigh,
		VariationConcernHigh: VariationConcernLow, VariationConcernLow: VariationConcernHigh,
		VariationCommonCause: VariationCommonCause, "": "",
	}
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		m := mapped(in, -1, 0)
		m.Direction = opposite[in.Direction]
		a, b := chartRapid(t, in), chartRapid(t, m)
		if !sameLine(a.Mean, b.Mean, -1, 0) || !sameLine(a.Lower, b.Upper, -1, 0) || !slices.Equal(a.Rules, b.Rules) || a.Assurance != b.Assurance {
			t.Fatalf("%v %v", a, b)
		}
		if in.Direction == Neutral {
			return // high is tested before low, so classes of conflicts do not mirror
		}
		if !slices.Equal(a.Point, b.Point) || b.Variation != icon[a.Variation] {
			t.Fatalf("%v %v", a, b)
		}
	})
}

func TestAlwaysTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		out := chartRapid(t, in)
		for i, v := range in.Values {
			quiet := out.Rules[i]&^NoRules == 0
			if (out.Rules[i] == NoRules) == v.Known {
				t.Fatalf("point %d: known %v, rules %v", i, v.Known, out.Rules[i])
			}
			if common := out.Point[i] == CommonCause; v.Known && common != quiet {
				t.Fatalf("point %d: rules %v, class %s", i, out.Rules[i].Names(), out.Point[i])
			}
			if (!v.Known || in.Ghost[i]) && !quiet {
				t.Fatalf("point %d takes no part but is flagged", i)
			}
			if !out.Lower[i].Known {
				continue
			}
			m, lo, up := out.Mean[i].Value, out.Lower[i].Value, out.Upper[i].Value
			if lo > m || m > up || math.Abs((m-lo)-(up-m)) > 1e-9 {
				t.Fatalf("limits %v %v %v", lo, m, up)
			}
			if beyond := v.Value > up+1e-9 || v.Value < lo-1e-9; !in.Ghost[i] && out.Rules[i].Has(Outlier) != beyond {
				t.Fatalf("point %d: outlier %v", i, !beyond)
			}
		}
	})
}

func chartRapid(t *rapid.T, in Input) Output {
	out, err := Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// BenchmarkNational is the national load: 6,450 charts of 120 monthly points.
func BenchmarkNational(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	charts := make([]Input, 6450)
	dates := months(120)
	for i := range charts {
		xs := make([]float64, 120)
		for k := range xs {
			xs[k] = 14 + 1.5*rng.NormFloat64()
		}
		charts[i] = Input{Values: Series(xs...), Dates: dates, Direction: Decrease, Target: ptr(10.0)}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, in := range charts {
			if _, err := Compute(in); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestAgainstWindows checks the rules against their definition: a point is flagged
// when some window of the right length that holds it satisfies the rule. It is
// slow and simple where rules.go is fast, and shares no code with it.
func TestAgainstWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		out := chartRapid(t, in)
		var live []int
		for i, v := range in.Values {
			if v.Known && !in.Ghost[i] {
				live = append(live, i)
			}
		}
		value := func(i int) float64 { return in.Values[i].Value }
		sideOf := func(i int) int {
			switch d := value(i) - out.Mean[i].Value; {
			case d > 1e-9:
				return 1
			case d < -1e-9:
				return -1
			}
			return 0
		}
		// beyond is the side on which i lies beyond that share of the limits, or 0.
		beyond := func(i int, share float64) int {
			reach := (out.Upper[i].Value - out.Mean[i].Value) * share
			if d := value(i) - out.Mean[i].Value; out.Upper[i].Known && (d > reach+1e-9 || d < -reach-1e-9) {
				return sideOf(i)
			}
			return 0
		}
		sameSegment := func(w []int) bool { return out.Segment[w[0]] == out.Segment[w[len(w)-1]] }
		want := make([]Rules, len(in.Values))
		windows := func(n int, visit func(w []int)) {
			for k := 0; k+n <= len(live); k++ {
				visit(live[k : k+n])
			}
		}
		windows(1, func(w []int) {
			if beyond(w[0], 1) != 0 {
				want[w[0]] |= Outlier
			}
		})
		windows(*in.Shift, func(w []int) {
			sum := 0
			for _, i := range w {
				sum += sideOf(i)
			}
			if sameSegment(w) && (sum == len(w) || sum == -len(w)) {
				for _, i := range w {
					want[i] |= Shift
				}
			}
		})
		windows(*in.Trend, func(w []int) {
			up, down := true, true
			for k := 1; k < len(w); k++ {
				up = up && value(w[k]) > value(w[k-1])
				down = down && value(w[k]) < value(w[k-1])
			}
			if (up || down) && (in.Profile == MDC || sameSegment(w)) {
				for _, i := range w {
					want[i] |= Trend
				}
			}
		})
		windows(3, func(w []int) {
			s := sideOf(w[0])
			if !sameSegment(w) || s == 0 || sideOf(w[1]) != s || sideOf(w[2]) != s {
				return
			}
			var counted []int
			for _, i := range w {
				if beyond(i, 2.0/3) != 0 && (in.TwoOfThree == Beyond || beyond(i, 1) == 0) {
					counted = append(counted, i)
				}
			}
			if len(counted) >= 2 {
				for _, i := range counted {
					want[i] |= TwoInThree
				}
			}
		})
		for i := range want {
			if !in.Values[i].Known {
				want[i] = NoRules
			}
			if out.Rules[i] != want[i] {
				t.Fatalf("point %d: %v, by definition %v\n%+v\n%+v", i, out.Rules[i].Names(), want[i].Names(), in, out)
			}
		}
	})
}
