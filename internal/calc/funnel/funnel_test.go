package funnel

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*max(1, math.Abs(want))
}

// sample is eleven units, large enough for both ways to trim: of ranks 1 to 11,
// floor(rank 10/12) is 0 for the first and 9 for the last, so SHMI keeps nine.
func sample(kind Kind) Input {
	in := Input{
		Type: kind, Unit: strings.Split("ABCDEFGHIJK", ""),
		Numerator:   []float64{20, 18, 55, 15, 90, 30, 70, 61, 35, 80, 52},
		Denominator: []float64{12, 25.5, 40, 18.2, 60.3, 33.3, 80, 51.7, 22.4, 95.1, 44.4},
	}
	if kind == Proportion {
		for i := range in.Denominator {
			in.Denominator[i] *= 10
		}
	}
	return in
}

// The figures come from the formulae of the package comment, worked out apart
// from this package by a few lines of Python.
func TestOverdispersion(t *testing.T) {
	for _, c := range []struct {
		kind      Kind
		phi, tau2 float64
		n         int
		z         []float64 // the first three
		cut       string    // units trimmed away
	}{
		{SHMI, 2.1650092397547516, 0.034057063989746186, 9, []float64{1.769552, -1.758863, 2.014078}, "BE"},
		{CQC, 2.7525312557201955, 0.011933992010190452, 11, []float64{2.016069, -1.614224, 2.183286}, ""},
	} {
		out, err := Compute(sample(c.kind))
		if err != nil {
			t.Fatal(err)
		}
		if out.Target != 1 || !near(*out.Phi, c.phi, 1e-13) || !near(out.Tau2, c.tau2, 1e-13) || out.NUsed != c.n {
			t.Errorf("%s: %v %v %v %d", c.kind, out.Target, *out.Phi, out.Tau2, out.NUsed)
		}
		cut := ""
		for i, u := range out.Units {
			if i < len(c.z) && !near(*u.Z, c.z[i], 1e-6) {
				t.Errorf("%s %s: z %v, want %v", c.kind, u.Unit, *u.Z, c.z[i])
			}
			if u.ZUsed == nil {
				cut += u.Unit
			}
		}
		if cut != c.cut {
			t.Errorf("%s: trimmed %q, want %q", c.kind, cut, c.cut)
		}
	}
}

// 526 of 4,829 is 0.1089. The other figures come from the same lines of Python.
func TestProportion(t *testing.T) {
	in := sample(Proportion)
	in.Denominator = []float64{120, 255, 400, 182, 603, 333, 800, 517, 224, 951, 444}
	in.At = []float64{100, 500}
	out, err := Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	if !near(out.Target, 526.0/4829, 1e-15) || !near(*out.Phi, 2.925773757618963, 1e-13) || !near(out.Tau2, 0.0013055522542635212, 1e-12) {
		t.Errorf("%v %v %v", out.Target, *out.Phi, out.Tau2)
	}
	for i, want := range []Limits{
		{100, 0.04569887015736071, 0.1949086853048041, 0.021081651521118117, 0.2529320957164851, 0.047863466979591915, 0.1699870196636054, 0.012650487648069864, 0.20519999899512747},
		{500, 0.06268479869909471, 0.1659905335624815, 0.04145338147267159, 0.20321437180452326, 0.08161758677607556, 0.13623289986712178, 0.06586986368095987, 0.15198062296223747},
	} {
		g, w := values(out.Limits[i]), values(want)
		for j := range g {
			if !near(g[j], w[j], 1e-13) {
				t.Errorf("limits at %v: %v, want %v", want.N, g, w)
				break
			}
		}
	}
}

func values(l Limits) []float64 {
	return []float64{l.N, l.Lower95, l.Upper95, l.Lower998, l.Upper998, l.Lower95Unadjusted, l.Upper95Unadjusted, l.Lower998Unadjusted, l.Upper998Unadjusted}
}

// The UKHSA prints its limit as the solution of a quadratic with some sixty terms;
// written with its brackets, it is the form used here.
func TestUKHSA(t *testing.T) {
	published := func(av, n, z, side float64) float64 {
		z2 := z * z
		first, last := av*(n/z2+1), 1/z2+1/n
		root := math.Sqrt(square(8*first) - 64*last*av*(n*(av*(n/z2+2)-1)+z2*(av-1)))
		return (first + side*root/8) / last / n
	}
	for _, av := range []float64{0.01, 0.1, 0.35, 0.5, 0.9} {
		for _, n := range []float64{20, 100, 5000, 1e6} {
			for _, z := range []float64{z95, z998} {
				lower, upper := scale{kind: Proportion, natural: av}.unadjusted(n, z, 0)
				if w := max(0, published(av, n, z, -1)); !near(lower, w, 5e-9) {
					t.Errorf("%v %v: lower %v, published %v", av, n, lower, w)
				}
				if w := min(1, published(av, n, z, 1)); !near(upper, w, 5e-9) {
					t.Errorf("%v %v: upper %v, published %v", av, n, upper, w)
				}
			}
		}
	}
}

// poisson is the chance of k or fewer when n are expected, term by term.
func poisson(k int, n float64) (sum float64) {
	term := math.Exp(-n)
	for i := 0; i <= k; i++ {
		sum += term
		term *= n / float64(i+1)
	}
	return sum
}

func TestExactPoisson(t *testing.T) {
	off := false
	for k := range 60 {
		for _, n := range []float64{0.3, 1, 4.7, 10, 22.2, 40} {
			if got, want := atMost(float64(k), n), poisson(k, n); !near(got, want, 1e-12) {
				t.Fatalf("at most %d of %v: %v, want %v", k, n, got, want)
			}
			want := Within
			switch few, many := poisson(k, n), 1-poisson(k-1, n); {
			case few < 0.001:
				want = Low998
			case many < 0.001:
				want = High998
			case few < 0.025:
				want = Low95
			case many < 0.025:
				want = High95
			}
			out, err := Compute(Input{Type: CQC, Unit: []string{"A"}, Numerator: []float64{float64(k)}, Denominator: []float64{n}, Overdispersion: &off})
			if err != nil || out.Units[0].Label != want {
				t.Errorf("%d of %v expected: %v %v, want %s", k, n, out.Units, err, want)
			}
		}
	}
	// The limits printed in tables of exact Poisson limits: 10 cases, 4.7954 to 18.3904.
	lower, upper := scale{kind: SHMI, natural: 1}.unadjusted(10, z95, tail95)
	if !near(10*lower, 4.795389, 1e-6) || !near(10*upper, 18.390356, 1e-6) {
		t.Errorf("%v %v", 10*lower, 10*upper)
	}
	// The inverse inverts, up to the largest size allowed.
	for _, n := range []float64{smallest, 0.01, 0.7, 3, 1e3, 1e6, 1e9, biggest} {
		for _, tail := range []float64{tail95, tail998} {
			lower, upper := scale{kind: SHMI}.unadjusted(n, 0, tail)
			if l, u := atLeast(n, n*lower), atMost(n, n*upper); math.Abs(l-tail) > 1e-6*tail && n*lower > 1e-300 || math.Abs(u-tail) > 1e-6*tail {
				t.Errorf("%v: tails %v and %v, want %v", n, l, u, tail)
			}
		}
	}
}

func TestSmallUnits(t *testing.T) {
	// Two of three units are tiny: 1 of 2 and 0 of 2 beside 500 of 1,000.
	out, err := Compute(Input{Type: Proportion, Unit: []string{"A", "B", "C"}, Numerator: []float64{500, 1, 0}, Denominator: []float64{1000, 2, 2}, At: []float64{1, 2}})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range out.Limits {
		if l.Lower998 != 0 || l.Upper998 != 1 {
			t.Errorf("limits of a unit of %v must be 0 and 1: %+v", l.N, l)
		}
	}
	// SHMI without observed cases: of four units with trim 0 the one with 0 is still not used.
	none := 0.0
	out, err = Compute(Input{Type: SHMI, Unit: []string{"A", "B", "C", "D"}, Numerator: []float64{0, 11, 20, 30}, Denominator: []float64{0.5, 10, 20, 30}, Trim: &none})
	if err != nil {
		t.Fatal(err)
	}
	if u := out.Units[0]; u.Y != nil || u.Z != nil || u.ZUsed != nil || u.Label != Within || out.NUsed != 3 || len(out.Warnings) != 1 {
		t.Errorf("%+v %v", u, out.Warnings)
	}
	// One unit has no dispersion.
	out, err = Compute(Input{Type: SHMI, Unit: []string{"A"}, Numerator: []float64{30}, Denominator: []float64{10}})
	if err != nil || out.Tau2 != 0 || out.NUsed != 1 || len(out.Warnings) != 1 {
		t.Errorf("%+v %v", out, err)
	}
	// All units like the target: nφ < n−1, so τ² is 0.
	out, err = Compute(Input{Type: CQC, Unit: []string{"A", "B"}, Numerator: []float64{10, 20}, Denominator: []float64{10, 20}})
	if err != nil || *out.Phi != 0 || out.Tau2 != 0 || len(out.Warnings) != 0 {
		t.Errorf("%+v %v", out, err)
	}
}

func generate(t *rapid.T) Input {
	in := Input{Type: rapid.SampledFrom([]Kind{Proportion, SHMI, CQC}).Draw(t, "type")}
	off := rapid.Bool().Draw(t, "overdispersion")
	trim := rapid.SampledFrom([]float64{0, 0.05, 0.1, 0.15, 0.2, 0.49}).Draw(t, "trim")
	in.Overdispersion, in.Trim = &off, &trim
	for i := range rapid.IntRange(1, 60).Draw(t, "units") {
		n := rapid.IntRange(1, 5000).Draw(t, "n")
		in.Unit = append(in.Unit, fmt.Sprint(i))
		in.Denominator = append(in.Denominator, float64(n))
		in.Numerator = append(in.Numerator, float64(rapid.IntRange(0, n).Draw(t, "o")))
	}
	return in
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := generate(t)
		for n := 1.0; n < 1e6; n *= 1.7 {
			in.At = append(in.At, n)
		}
		out, err := Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		if out.Tau2 < 0 || out.NUsed > len(in.Unit) {
			t.Fatalf("%v %d", out.Tau2, out.NUsed)
		}
		for i, l := range out.Limits {
			v := values(l)
			for j := 1; j < len(v); j += 2 {
				if v[j] > out.Target+1e-12 || v[j+1] < out.Target-1e-12 {
					t.Fatalf("the target %v is outside %v", out.Target, v)
				}
				if i == 0 {
					continue
				}
				if last := values(out.Limits[i-1]); v[j+1]-v[j] > last[j+1]-last[j]+1e-9 {
					t.Fatalf("limits widen from %v to %v", last, v)
				}
			}
			if l.Lower998 > l.Lower95 || l.Upper998 < l.Upper95 || in.Type == Proportion && (l.Lower998 < 0 || l.Upper998 > 1) {
				t.Fatalf("%+v", l)
			}
		}
		// A unit's label and the line at its own size agree, but for the exact rule of ratios.
		in.At = in.Denominator
		if out, err = Compute(in); err != nil {
			t.Fatal(err)
		}
		for i, u := range out.Units {
			if u.Y == nil || !*in.Overdispersion && in.Type != Proportion {
				continue
			}
			l, value := out.Limits[i], in.Numerator[i]/in.Denominator[i]
			outside := value < l.Lower95 || value > l.Upper95
			edge := min(math.Abs(value-l.Lower95), math.Abs(value-l.Upper95)) < 1e-9
			if !edge && outside != (u.Label != Within) {
				t.Fatalf("%+v is labelled %s inside %+v", in, u.Label, l)
			}
		}
	})
}

func TestRefuses(t *testing.T) {
	for in, want := range map[string]string{
		`{}`: "type is missing",
		`{"type":"rate","unit":["A"],"numerator":[1],"denominator":[2]}`:                           `type "rate" is not`,
		`{"type":"proportion","unit":[],"numerator":[],"denominator":[]}`:                          "unit is empty",
		`{"type":"proportion","unit":["A","B"],"numerator":[1],"denominator":[2,3]}`:               "numerator has 1 entries but unit has 2",
		`{"type":"proportion","unit":["A"],"numerator":[1]}`:                                       "denominator has 0 entries",
		`{"type":"proportion","unit":["A"],"numerator":[1],"denominator":[0]}`:                     "denominator[0] is 0",
		`{"type":"proportion","unit":["A"],"numerator":[-1],"denominator":[5]}`:                    "numerator[0] is -1",
		`{"type":"proportion","unit":["A"],"numerator":[6],"denominator":[5]}`:                     "no proportion",
		`{"type":"ratio_cqc","unit":["A","A"],"numerator":[6,7],"denominator":[5,5]}`:              `"A" appears twice`,
		`{"type":"ratio_cqc","unit":[""],"numerator":[6],"denominator":[5]}`:                       "unit[0] has no name",
		`{"type":"ratio_cqc","unit":["A"],"numerator":[6],"denominator":[5],"trim":0.5}`:           "trim is 0.5",
		`{"type":"ratio_cqc","unit":["A"],"numerator":[6],"denominator":[5],"at":[-2]}`:            "at[0] is -2",
		`{"type":"ratio_cqc","unit":["A"],"numerator":[null],"denominator":[5]}`:                   "numerator[0]: null",
		`{"type":"ratio_cqc","unit":["A"],"numerator":[6],"denominator":[1e300]}`:                  "denominator[0] is 1e+300",
		`{"type":"ratio_cqc","unit":["A"],"numerator":[6],"denominator":[5],"over_dispersion":1}`:  "unknown key",
		`{"type":"ratio_cqc","unit":[7],"numerator":[6],"denominator":[5],"overdispersion":false}`: "cannot hold a number",
	} {
		if out, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s %v, want %q", in, out, err, want)
		}
	}
}

func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"type":"ratio_shmi","unit":["A","B","C"],"numerator":[3,0,9],"denominator":[4,5.5,6],"trim":0.1,"at":[0.001,10]}`))
	f.Add([]byte(`{"type":"proportion","unit":["A","B"],"numerator":[0,5],"denominator":[1e-6,1e12],"overdispersion":true,"at":[1e-6]}`))
	f.Add([]byte(`{"type":"ratio_cqc","unit":["A"],"numerator":[1e12],"denominator":[1e-6],"overdispersion":false}`))
	f.Add([]byte(`{"type":"proportion","unit":["A",null],"numerator":[null],"denominator":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := Run(data)
		var not *json.UnsupportedValueError
		if errors.As(err, &not) || err == nil && !json.Valid(out) {
			t.Errorf("%s gives %s %v", data, out, err)
		}
	})
}

// BenchmarkFunnel42 is the size of an integrated care system with its neighbours.
func BenchmarkFunnel42(b *testing.B) {
	in := Input{Type: SHMI}
	for i := range 42 {
		in.Unit = append(in.Unit, fmt.Sprint(i))
		in.Denominator = append(in.Denominator, float64(20+7*i))
		in.Numerator = append(in.Numerator, float64(25+6*i+(i*i)%17))
	}
	for i := range 100 {
		in.At = append(in.At, float64(1+4*i))
	}
	for b.Loop() {
		if _, err := Compute(in); err != nil {
			b.Fatal(err)
		}
	}
}
