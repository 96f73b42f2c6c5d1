package appraisal

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*max(1, math.Abs(want))
}

func constant(r float64) Rate { return Rate{Constant: &r} }

func compute(t rapid.TB, in Input) Output {
	t.Helper()
	out, err := Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// At 10%: 100 now and 10 in each of two years cost 100 + 10/1.1 + 10/1.21 =
// 117.355..., and 66 and 72.6 are worth 60 + 60 = 120.
func TestByHand(t *testing.T) {
	out := compute(t, Input{Capital: []float64{100}, Running: []float64{0, 10, 10}, Benefits: []float64{0, 66, 72.6}, Rate: constant(0.1)})
	cost := 100 + 10/1.1 + 10/1.21
	for name, c := range map[string][2]float64{
		"pv_costs":    {out.PVCosts, cost},
		"pv_benefits": {out.PVBenefits, 120},
		"npsv":        {out.NPSV, 120 - cost},
		"bcr":         {*out.BCR, 120 / cost},
		"roi":         {*out.ROI, 120/cost - 1},
		// 100 at 10% over two years is 100 x 0.1/(1-1.1^-2) = 57.619 a year, and 10 each.
		"equivalent_annual_cost": {*out.EquivalentAnnualCost, 100*0.1/(1-math.Pow(1.1, -2)) + 10},
		// -100 + 56 = -44 after year 1; 44 of the 62.6 of year 2 are wanted.
		"payback_years": {*out.PaybackYears, 1 + 44/62.6},
		// 100 x² = 56 x + 62.6 with x = 1 + r.
		"irr": {*out.IRR, (56+math.Sqrt(56*56+4*100*62.6))/200 - 1},
	} {
		if !near(c[0], c[1], 1e-14) {
			t.Errorf("%s is %v, want %v", name, c[0], c[1])
		}
	}
	if len(out.Warnings) != 0 || out.Adjusted != nil {
		t.Error(out.Warnings, out.Adjusted)
	}
}

func TestFactors(t *testing.T) {
	e := Rates()
	for name, rate := range map[string][3]float64{"standard": {0.035, 0.03, 0.025}, "health": {0.015, 0.0129, 0.0107}} {
		f := Factors(e.Schedules[name], e.LastYear+1)
		for year, want := range map[int]float64{
			0:   1,
			1:   1 / (1 + rate[0]),
			30:  math.Pow(1+rate[0], -30),
			31:  math.Pow(1+rate[0], -30) / (1 + rate[1]),
			75:  math.Pow(1+rate[0], -30) * math.Pow(1+rate[1], -45),
			76:  math.Pow(1+rate[0], -30) * math.Pow(1+rate[1], -45) / (1 + rate[2]),
			125: math.Pow(1+rate[0], -30) * math.Pow(1+rate[1], -45) * math.Pow(1+rate[2], -50),
		} {
			if !near(f[year], want, 1e-14) {
				t.Errorf("%s year %d: %v, want %v", name, year, f[year], want)
			}
		}
	}
	// As the Green Book's table prints them.
	f := Factors(e.Schedules[standard], e.LastYear+1)
	for year, want := range map[int]float64{1: 0.9662, 10: 0.7089, 30: 0.3563, 40: 0.2651, 50: 0.1973, 60: 0.1468, 75: 0.0942, 80: 0.0833, 90: 0.0651, 100: 0.0508, 125: 0.0274} {
		if math.Abs(f[year]-want) > 5e-5 {
			t.Errorf("year %d: %v, printed as %v", year, f[year], want)
		}
	}
	// Its example of an equivalent annual cost: 100 pounds at 6% are 13.59 ten times,
	// first a year from now.
	out := compute(t, Input{Capital: []float64{100}, Benefits: make([]float64, 11), Rate: constant(0.06)})
	if math.Abs(*out.EquivalentAnnualCost-13.59) > 0.005 {
		t.Error(*out.EquivalentAnnualCost)
	}
}

func TestOptimism(t *testing.T) {
	out := compute(t, Input{Capital: []float64{100}, Running: []float64{0, 50}, Benefits: []float64{0, 200}, Rate: constant(0.25),
		Optimism: &Optimism{Capital: 0.24, Running: 0.1, Benefits: 0.15}})
	// 124 + 55/1.25 = 168 against 170/1.25 = 136.
	if a := out.Adjusted; !near(a.PVCosts, 168, 1e-14) || !near(a.PVBenefits, 136, 1e-14) || !near(a.NPSV, -32, 1e-13) || a.PaybackYears != nil {
		t.Errorf("%+v", a)
	}
	if out.PVCosts != 140 || out.PVBenefits != 160 {
		t.Errorf("optimism changed the figures without it: %+v", out.Figures)
	}
	if len(out.Warnings) != 1 || !strings.HasPrefix(out.Warnings[0], "adjusted: payback_years") {
		t.Error(out.Warnings)
	}
}

func TestPayback(t *testing.T) {
	for _, c := range []struct {
		net   []float64
		want  float64 // -1: never
		again bool
	}{
		{[]float64{-100, 40, 40, 40}, 2.5, false},
		{[]float64{-100, 50, 50}, 2, false},
		{[]float64{-100, 0, 0, 0, 400}, 3.25, false},
		{[]float64{10, -5}, 0, false},
		{[]float64{0, 0}, 0, false},
		{[]float64{-100, 99}, -1, false},
		{[]float64{-100, 200, -150, 60}, 0.5, true},
	} {
		got, again := paybackOf(c.net)
		if c.want < 0 && got != nil || c.want >= 0 && (got == nil || !near(*got, c.want, 1e-15)) || again != c.again {
			t.Errorf("%v: %v %v, want %v %v", c.net, got, again, c.want, c.again)
		}
	}
}

func TestRateOfReturn(t *testing.T) {
	for _, c := range []struct {
		net  []float64
		want float64
		why  string
	}{
		{net: []float64{-100, 110}, want: 0.1},
		{net: []float64{-100, 50, 50}, want: 0},
		{net: []float64{-100, 50}, want: -0.5},
		{net: []float64{100, -110}, want: 0.1},                       // borrowing
		{net: []float64{0, 0, -100, 0, 121, 0}, want: 0.1},           // zeros at both ends
		{net: []float64{-1, 1e12}, want: 1e12 - 1},                   // very profitable
		{net: []float64{-1e12, 1}, want: 1e-12 - 1},                  // nearly all lost
		{net: []float64{-1, 3, -2.25, 0.0000001}, why: "several"},    // two at nearly x = 2/3, and one far off
		{net: []float64{-100, 230, -132}, why: "several"},            // the textbook: 10% and 20%
		{net: []float64{-1, 4, -4}, why: "touches 0"},                // -(1-2x)²
		{net: []float64{-1, 2, -1}, why: "touches 0"},                // -(1-x)²
		{net: []float64{-9, 6, -1}, why: "touches 0"},                // -(3-x)²
		{net: []float64{-27, 27, -9, 1}, why: "too close"},           // -(3-x)³: one rate, three times
		{net: []float64{-100, 120, -5, 3}, want: 0.1791731657201417}, // three changes, one rate
		{net: []float64{-100, 150, -60}, why: "never 0"},             // two changes, no rate
		{net: []float64{-100, 200, -100, 0.5}, why: "several"},       // near 0 on both sides
		{net: []float64{1, 2}, why: "never change sign"},
		{net: []float64{-1}, why: "never change sign"},
		{net: []float64{0, 0}, why: "all net flows are 0"},
		{net: []float64{-5e-324, 1e15}, why: "too large"},
	} {
		got, why := rateOfReturn(c.net)
		switch {
		case c.why != "":
			if got != nil || !strings.Contains(why, c.why) {
				t.Errorf("%v: %v %q, want %q", c.net, value(got), why, c.why)
			}
		case got == nil:
			t.Errorf("%v: %s, want %v", c.net, why, c.want)
		case !near(*got, c.want, 1e-8):
			t.Errorf("%v: %v, want %v", c.net, *got, c.want)
		}
	}
}

func value(x *float64) any {
	if x == nil {
		return nil
	}
	return *x
}

// Flows are made from factors (1 + r_i) that are known to be the only rates, and
// from pairs of complex ones that add none.
func TestRatesOfReturnAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := []float64{1}
		times := func(factor ...float64) {
			product := make([]float64, len(flows)+len(factor)-1)
			for i, a := range flows {
				for j, b := range factor {
					product[i+j] += a * b
				}
			}
			flows = product
		}
		rates := rapid.SliceOfNDistinct(rapid.IntRange(-7, 40), 0, 3, rapid.ID[int]).Draw(t, "rates")
		for _, r := range rates {
			times(-(1 + float64(r)/8), 1) // x = 1/(1+r); eighths are exact
		}
		for range rapid.IntRange(0, 4).Draw(t, "pairs") {
			times(2, -float64(rapid.IntRange(0, 7).Draw(t, "b"))/4, 1) // b² < 4·2 when b < 2.8
		}
		for i := range flows { // the factors are in 1+r; the flows go by x
			if j := len(flows) - 1 - i; i < j {
				flows[i], flows[j] = flows[j], flows[i]
			}
		}
		got, why := rateOfReturn(flows)
		if len(rates) == 1 {
			if got == nil || !near(*got, float64(rates[0])/8, 1e-9) {
				t.Fatalf("%v: %v %s, want %v", flows, value(got), why, float64(rates[0])/8)
			}
		} else if got != nil {
			t.Fatalf("%v: %v, want none because there are %d", flows, *got, len(rates))
		}
	})
}

func TestProperties(t *testing.T) {
	flow := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 1, 126)
	rapid.Check(t, func(t *rapid.T) {
		a := Input{Capital: flow.Draw(t, "capital"), Running: flow.Draw(t, "running"), Benefits: flow.Draw(t, "benefits")}
		a.Rate = rapid.SampledFrom([]Rate{{}, {Schedule: "health"}, constant(0), constant(0.07)}).Draw(t, "rate")
		k := rapid.Float64Range(0.1, 10).Draw(t, "k")
		b := a
		scaled := func(x []float64) (out []float64) {
			for _, v := range x {
				out = append(out, k*v)
			}
			return out
		}
		b.Capital, b.Running, b.Benefits = scaled(a.Capital), scaled(a.Running), scaled(a.Benefits)
		x, y := compute(t, a), compute(t, b)
		size := k * (x.PVCosts + x.PVBenefits)
		if math.Abs(y.NPSV-k*x.NPSV) > 1e-12*size {
			t.Fatalf("npsv %v, want %v times %v", y.NPSV, k, x.NPSV)
		}
		if (x.BCR == nil) != (y.BCR == nil) || x.BCR != nil && (!near(*y.BCR, *x.BCR, 1e-9) || !near(*x.ROI, *x.BCR-1, 1e-9)) {
			t.Fatalf("bcr %v, want %v", value(y.BCR), value(x.BCR))
		}
		// The sum of two plans is worth the sum of both.
		c := Input{Capital: flow.Draw(t, "other"), Rate: a.Rate}
		both := a
		both.Capital = make([]float64, max(len(a.Capital), len(c.Capital)))
		for i := range both.Capital {
			for _, from := range [][]float64{a.Capital, c.Capital} {
				if i < len(from) {
					both.Capital[i] += from[i]
				}
			}
		}
		if got, want := compute(t, both).NPSV, x.NPSV+compute(t, c).NPSV; math.Abs(got-want) > 1e-6 {
			t.Fatalf("npsv of both %v, want %v", got, want)
		}
	})
}

func TestMissing(t *testing.T) {
	out := compute(t, Input{Benefits: []float64{5}})
	if out.BCR != nil || out.ROI != nil || out.IRR != nil || out.EquivalentAnnualCost != nil || len(out.Warnings) != 3 {
		t.Errorf("%+v", out)
	}
	for in, want := range map[string]string{
		`{}`:                                                           "there are no flows",
		`{"capital":[1],"rate":"nominal"}`:                             `rate "nominal" is neither a number nor health or standard`,
		`{"capital":[1],"rate":-1}`:                                    "rate is -1",
		`{"capital":[1],"rate":35}`:                                    "rate is 35",
		`{"capital":[1],"rate":3.5}`:                                   "rate is 3.5: it must lie between -0.5 and 1, a share and not a percentage: 0.035 for 3.5%",
		`{"capital":[1],"rate":1.01}`:                                  "rate is 1.01",
		`{"capital":[1],"rate":[1]}`:                                   "rate: give the name",
		`{"capital":[1],"discount":0.1}`:                               "unknown key",
		`{"capital":[1,null]}`:                                         "capital[1]: null",
		`{"capital":[1e16]}`:                                           "capital of year 0 is 1e+16",
		`{"capital":["1"]}`:                                            "cannot hold a string",
		`{"capital":[1],"optimism":{"x":1}}`:                           `unknown key "x"`,
		`{"capital":[1],"optimism":{"capital":24}}`:                    "optimism on capital is 24",
		`{"capital":[1],"optimism":{"running":-0.1}}`:                  "optimism on running is -0.1",
		`{"capital":[1],"optimism":{"benefits":1.5}}`:                  "optimism on benefits is 1.5",
		`{"benefits":[` + strings.Repeat("1,", 126) + `1]}`:            "benefits has 127 years",
		`{"capital":[1],"optimism":{"benefits":0.1,"benefits":0.2}}`:   "twice",
		`{"capital":[1],"rate":"standard","optimism":{"capital":"a"}}`: "cannot hold a string",
	} {
		if out, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s %v, want %q", in, out, err, want)
		}
	}
	for _, bad := range []string{
		`{`, `{}`, `{"editions":[{"effective_from":"2026-02-01","mark":"V","last_year":9}]}`,
		`{"editions":[{"effective_from":"2026-02-01","mark":"V","source":"x","schedules":{"a":[{"from_year":1,"rate":0.1}]}}]}`,
		`{"editions":[{"effective_from":"2026-02-01","mark":"V","source":"x"},{"effective_from":"2020-02-01","mark":"V","source":"x"}]}`,
	} {
		if e, err := ParseRates([]byte(bad)); err == nil {
			t.Errorf("%s: %+v", bad, e)
		}
	}
}

func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"capital":[100],"running":[0,1e15],"benefits":[0,40,60,-90],"rate":"health","optimism":{"capital":0.24,"benefits":1}}`))
	f.Add([]byte(`{"capital":[1,-3,3,-1,1e-300],"rate":-0.5}`))
	f.Add([]byte(`{"benefits":[-1,4,-4,1e15,-5e-324],"rate":10}`))
	f.Add([]byte(`{"capital":null,"rate":null,"benefits":[0]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := Run(data)
		var not *json.UnsupportedValueError
		if errors.As(err, &not) || err == nil && !json.Valid(out) {
			t.Errorf("%s gives %s %v", data, out, err)
		}
	})
}

// BenchmarkHardest has a rate of return in doubt in each of 125 years.
func BenchmarkHardest(b *testing.B) {
	in := Input{}
	for t := range 126 {
		in.Benefits = append(in.Benefits, math.Sin(float64(t*t))*1e6)
	}
	for b.Loop() {
		if _, err := Compute(in); err != nil {
			b.Fatal(err)
		}
	}
}
