package montecarlo

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mathext"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

func decode(t testing.TB, data string) Input {
	t.Helper()
	var in Input
	if err := strict.Object([]byte(data), &in); err != nil {
		t.Fatal(err)
	}
	return in
}

func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*max(1, math.Abs(want))
}

// TestPERT compares 131,072 samples of each shape with the beta distribution:
// the largest distance between the two distribution functions (Kolmogorov), which
// chance keeps under 1.95/√n in 999 of 1,000 cases, mean and variance.
func TestPERT(t *testing.T) {
	for i, v := range []Variable{
		{0, 0, 1}, {0, 1, 1}, {0, 0.5, 1}, {0, 0.03, 0.08}, {-5, -4.9999, 5}, {-1e6, 9.5e5, 1e6}, {1e9, 1e9 + 1, 1e9 + 3}, {0, 2e-12, 1}, {0, 5e-324, 1},
	} {
		const n = 1 << 17
		d, r := newPERT(v.Min, v.Mode, v.Max), newRandom(7, uint64(i), 0)
		values := make([]float64, n)
		d.fill(values, &r)
		slices.Sort(values)
		width := v.Max - v.Min
		if values[0] < v.Min || values[n-1] > v.Max {
			t.Errorf("%v: samples from %v to %v", v, values[0], values[n-1])
		}
		a, b := 1+4*(v.Mode-v.Min)/width, 1+4*(v.Max-v.Mode)/width
		var sum tally
		worst := 0.0
		for j, x := range values {
			p := mathext.RegIncBeta(a, b, min(1, (x-v.Min)/width))
			worst = max(worst, math.Abs(p-float64(j)/n), math.Abs(p-float64(j+1)/n))
		}
		sum.add(values)
		if limit := 1.95 / math.Sqrt(n); worst > limit {
			t.Errorf("%v: the distribution is %v off, chance allows %v", v, worst, limit)
		}
		mean := (v.Min + 4*v.Mode + v.Max) / 6
		variance := (mean - v.Min) * (v.Max - mean) / 7
		if off := (sum.mean - mean) / math.Sqrt(variance/n); math.Abs(off) > 4 {
			t.Errorf("%v: mean %v, want %v: %.1f standard errors off", v, sum.mean, mean, off)
		}
		if got := sum.sd() * sum.sd(); math.Abs(got/variance-1) > 0.02 {
			t.Errorf("%v: variance %v, want %v", v, got, variance)
		}
		// Few points take the slow path: that is what the table is for.
		slow := 0.0
		for _, s := range d.table {
			slow += (1 - s.sure) / float64(len(d.table))
		}
		if slow > 0.02 || len(d.table) > strips*11/10 {
			t.Errorf("%v: %d strips, %.1f%% of points are slow", v, len(d.table), 100*slow)
		}
	}
}

// Sums and products of independent inputs have a mean and a variance in closed form.
func TestMoments(t *testing.T) {
	in := decode(t, `{"inputs":{"a":{"min":1,"mode":2,"max":6},"b":{"min":-3,"mode":0,"max":1},"c":4},"expression":"c*a - a*b + 10","draws":1000000,"seed":42}`)
	out, err := Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	// a: mean 15/6 = 2.5, variance 1.5 x 3.5/7 = 0.75. b: mean -2/6, variance (3-1/3)(1+1/3)/7.
	ma, va, mb := 2.5, 0.75, -1.0/3
	vb := (mb + 3) * (1 - mb) / 7
	// a (4 - b) + 10 with d = 4 - b: mean ma md + 10, variance va vd + va md² + vd ma².
	md := 4 - mb
	mean, variance := ma*md+10, va*vb+va*md*md+vb*ma*ma
	if off := (*out.Mean - mean) / *out.SEMean; math.Abs(off) > 4 {
		t.Errorf("mean %v, want %v: %.1f standard errors off", *out.Mean, mean, off)
	}
	if !near(*out.SD, math.Sqrt(variance), 0.005) || !near(*out.SEMean, *out.SD/1000, 1e-14) || *out.PNegative != 0 {
		t.Errorf("%v %v %v, want sd %v", *out.SD, *out.SEMean, *out.PNegative, math.Sqrt(variance))
	}
	// One input alone has the quantiles of its distribution: symmetric on -1 to 1,
	// x = 2q-1 with q the quantile of beta(3,3).
	in = decode(t, `{"inputs":{"x":{"min":-1,"mode":0,"max":1}},"expression":"x","draws":4000000}`)
	if out, err = Compute(in); err != nil {
		t.Fatal(err)
	}
	for i, got := range []float64{*out.P5, *out.P50, *out.P95} {
		want := 2*mathext.InvRegIncBeta(3, 3, shares[i]) - 1
		if !near(got, want, 0.002) {
			t.Errorf("quantile %v: %v, want %v", shares[i], got, want)
		}
	}
	if !near(*out.PNegative, 0.5, 0.001) {
		t.Error(*out.PNegative)
	}
}

// The counted quantiles of many draws are those of the sorted draws, to a bin.
func TestQuantiles(t *testing.T) {
	in := decode(t, example)
	draws := 1_000_000.0
	in.Draws = &draws
	task, err := in.task()
	if err != nil {
		t.Fatal(err)
	}
	_, got := task.simulate()
	values := make([]float64, task.draws)
	s := &simulation{task: task, tallies: make([]tally, 16)}
	for _, v := range task.values {
		s.samplers = append(s.samplers, newPERT(v.Min, v.Mode, v.Max))
	}
	s.share(0, 16, func() visitor { return func(at int, v []float64) { copy(values[at:], v) } })
	slices.Sort(values)
	for i, p := range shares {
		at := p * (draws - 1)
		k := int(at)
		want := values[k] + (at-float64(k))*(values[k+1]-values[k])
		// A bracket is 16 standard errors of the pilot wide: 16 √(p(1-p)/262144) of
		// probability, which is a few thousand in units of the result.
		low, high := values[int(draws*(p-0.02))], values[int(draws*(p+0.02))]
		if math.Abs(got[i]-want) > (high-low)/bins {
			t.Errorf("p%v: %v, want %v to within %v", 100*p, got[i], want, (high-low)/bins)
		}
	}
}

func TestSameSeedSameAnswer(t *testing.T) {
	in := decode(t, example)
	for _, draws := range []float64{1, 511, 513, 70_000, 400_001} {
		in.Draws = &draws
		answer := func(processors int) string {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			out, err := Compute(in)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(out)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		one := answer(1)
		if more := answer(5); more != one {
			t.Errorf("%v draws: one worker gives %s, five give %s", draws, one, more)
		}
		other := 2.0
		in.Seed = &other
		if answer(2) == one {
			t.Errorf("%v draws: another seed gives the same answer", draws)
		}
		in.Seed = nil
	}
}

// At the modes 7,000 x 11 x 110 x 0.03 - 180,000 = 74,100.
func TestTornadoAndSwitching(t *testing.T) {
	out, err := Compute(decode(t, example))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"effect 0 0.08: -180000 497600 677600", // 7,000 x 11 x 110 x 0.08 = 677,600
		"days 8 16: 4800 189600 184800",        // 23,100 a day
		"cost 90 150: 27900 166500 138600",     // 2,310 a pound
		"programme 150000 260000: 104100 -5900 110000",
		"staff 6000 7500: 37800 92250 54450", // 36.30 each
	}
	for i, b := range out.Tornado {
		if got := fmt.Sprint(b.Variable, " ", b.Low, " ", b.High, ": ", *b.AtLow, " ", *b.AtHigh, " ", *b.Swing); got != want[i] {
			t.Errorf("%s, want %s", got, want[i])
		}
	}
	for name, want := range map[string]float64{
		"effect": 180000.0 / 8470000, "days": 180000.0 / 23100, "cost": 180000.0 / 2310, "programme": 254100, "staff": 180000 / 36.3,
	} {
		if got := out.Switching[name]; got == nil || !near(*got, want, 1e-13) {
			t.Errorf("switching %s: %v, want %v", name, got, want)
		}
	}
}

func TestSwitching(t *testing.T) {
	for _, c := range []struct {
		x, expression string
		want          any
	}{
		{`{"min":1,"mode":3,"max":4}`, "x^2-4", 2.0},               // the nearer of -2 and 2
		{`{"min":1,"mode":3,"max":4}`, "x^2+4", nil},               // never
		{`{"min":1,"mode":3,"max":4}`, "1/x", nil},                 // a pole is no zero
		{`{"min":1,"mode":3,"max":4}`, "1/x-2", 0.5},               // but there is one beside it
		{`{"min":1,"mode":3,"max":4}`, "(x-1e6)*2", 1e6},           // far off
		{`{"min":1,"mode":3,"max":4}`, "x-3", 3.0},                 // the mode itself
		{`3`, "x+5", -5.0},                                         // a number
		{`0`, "x-7", 7.0},                                          // nought
		{`{"min":1,"mode":3,"max":4}`, "x*0+5", nil},               // no difference
		{`{"min":1,"mode":3,"max":4}`, "x^3-x^2-17*x-15", 5.0},     // (x+1)(x+3)(x-5)
		{`{"min":0,"mode":1e-9,"max":1e-8}`, "x*1e9-2", 2e-9},      // small
		{`{"min":-1e9,"mode":0,"max":1e9}`, "x/1e6-123.5", 1235e5}, // large
	} {
		out, err := Compute(decode(t, `{"inputs":{"x":`+c.x+`},"expression":"`+c.expression+`","draws":10}`))
		if err != nil {
			t.Fatal(err)
		}
		got := out.Switching["x"]
		if want, ok := c.want.(float64); ok != (got != nil) || ok && math.Abs(*got-want) > 1e-14*math.Abs(want) {
			t.Errorf("%s with %s: %v, want %v", c.expression, c.x, got, c.want)
		}
	}
}

func TestWithoutValue(t *testing.T) {
	out, err := Compute(decode(t, `{"inputs":{"a":{"min":1,"mode":2,"max":3},"zero":0},"expression":"a/zero","draws":1000}`))
	if err != nil || out.Mean != nil || out.SD != nil || out.P50 != nil || out.PNegative != nil || out.Tornado[0].Swing != nil {
		t.Errorf("%+v %v", out, err)
	}
	if text := strings.Join(out.Warnings, "\n"); !strings.Contains(text, "some draws have no value") || !strings.Contains(text, "tornado") {
		t.Error(text)
	}
	// One draw in half a million has no value: the square root of less than nothing.
	out, err = Compute(decode(t, `{"inputs":{"a":{"min":0,"mode":0.5,"max":1}},"expression":"(a-0.006)^0.5","draws":2000000}`))
	if err != nil || out.Mean != nil {
		t.Errorf("%+v %v", out, err)
	}
	out, err = Compute(decode(t, `{"inputs":{"a":5,"b":{"min":2,"mode":2,"max":2}},"expression":"a","draws":1}`))
	if err != nil || *out.Mean != 5 || out.SD != nil || out.SEMean != nil || *out.P5 != 5 || len(out.Tornado) != 0 || len(out.Warnings) < 2 {
		t.Errorf("%+v %v", out, err)
	}
	// What is too large for a number is said to be so; what is only large is not lost.
	for expression, lost := range map[string]bool{"a*1e306*50": true, "a*1e200": false} {
		out, err = Compute(decode(t, `{"inputs":{"a":{"min":-9,"mode":0,"max":9}},"expression":"`+expression+`","draws":300000}`))
		if err != nil || (out.P50 == nil) != lost || (out.Mean == nil) != lost || out.SD != nil {
			t.Errorf("%s: %+v %v", expression, out, err)
		}
	}
	// A constant over many draws has no spread.
	out, err = Compute(decode(t, `{"inputs":{"a":{"min":0,"mode":0,"max":1}},"expression":"a*0-3","draws":1000000}`))
	if err != nil || *out.Mean != -3 || *out.SD != 0 || *out.P5 != -3 || *out.P95 != -3 || *out.PNegative != 1 {
		t.Errorf("%+v %v", out, err)
	}
}

func FuzzRun(f *testing.F) {
	f.Add([]byte(strings.Replace(example, "100000,", "1000,", 1)))
	f.Add([]byte(`{"inputs":{"a":{"min":-1e150,"mode":0,"max":1e150},"b":0},"expression":"-a^2/b**-3+(1e308)","draws":3,"seed":-7}`))
	f.Add([]byte(`{"inputs":{"a":1},"expression":"a ? 1 : 2","draws":1}`))
	f.Add([]byte(`{"inputs":{"let":null},"expression":"let x = 1; x","draws":1e0}`))
	f.Add([]byte(`{"inputs":{"a":{"min":0,"mode":5e-324,"max":1e-323}},"expression":"a*1_000/0x10-.5","draws":600}`))
	f.Add([]byte(`{"inputs":{"a":{"min":0,"mode":5e-324,"max":1e-3}},"expression":"a","draws":606}`))
	f.Add([]byte(`{"inputs":{"":{"":0,"":0}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var in Input
		if strict.Object(data, &in) == nil && (in.Draws == nil || *in.Draws > 1000) {
			return // more draws take more time and no other path
		}
		out, err := Run(data)
		var not *json.UnsupportedValueError
		if errors.As(err, &not) || err == nil && !json.Valid(out) {
			t.Errorf("%s gives %s %v", data, out, err)
		}
	})
}
