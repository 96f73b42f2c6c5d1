package report

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// TestStandardError wants intervals that hold what they promise: of 400 runs of a correlated series, an AR(1) process
// with coefficient 0.9 and mean 0, nearly all lie within 4 standard errors and about 95% within 1.96.
func TestStandardError(t *testing.T) {
	const runs, length = 400, 20_000
	inside, far := 0, 0
	for run := range runs {
		r := des.NewStream(1, run, "series")
		var tally des.Tally
		x := r.Normal() / math.Sqrt(1-0.81)
		for range length {
			x = 0.9*x + r.Normal()
			tally.Add(x)
		}
		var m Mean
		m.Add(tally.Sum(), float64(tally.N()), tally.Variance())
		z := math.Abs(m.Value() / m.SE())
		if z < 1.96 {
			inside++
		}
		if z > 4 {
			far++
		}
	}
	if inside < runs*92/100 || far > 1 {
		t.Errorf("%d of %d within 1.96 standard errors, %d beyond 4", inside, runs, far)
	}
}

// TestMeanAcross works a ratio of sums by hand: sums 10, 20, … with counts 1, 2, … have the ratio 10 exactly.
func TestMeanAcross(t *testing.T) {
	var m Mean
	for i := 1; i <= 12; i++ {
		m.Add(float64(10*i), float64(i), math.NaN())
	}
	if m.Value() != 10 || m.SE() != 0 {
		t.Errorf("%g (se %g), want 10 (0)", m.Value(), m.SE())
	}
	// Ten counts of 1 with five 0s and five 2s: mean 1, variance 10/9, standard error sqrt(10/9/10) = 1/3.
	m = Mean{}
	for i := range 10 {
		m.Add(float64(i%2*2), 1, math.NaN())
	}
	if math.Abs(m.SE()-1.0/3) > 1e-12 {
		t.Errorf("standard error %g, want a third", m.SE())
	}
}

// TestPaired works a t interval by hand: 1, 2, 3 have mean 2, standard error 1/sqrt(3), and 4.3027 at 2 degrees of freedom.
func TestPaired(t *testing.T) {
	var p Paired
	for _, d := range []float64{1, math.NaN(), 2, 3} {
		p.Add(d)
	}
	mean, se, low, high := p.Delta()
	half := 4.302652729911275 / math.Sqrt(3)
	if mean != 2 || math.Abs(se-1/math.Sqrt(3)) > 1e-12 || math.Abs(low-2+half) > 1e-9 || math.Abs(high-2-half) > 1e-9 {
		t.Errorf("%g %g %g %g", mean, se, low, high)
	}
}

// TestBand takes the middle 95% of 0 to 100.
func TestBand(t *testing.T) {
	var values []float64
	for i := 100; i >= 0; i-- {
		values = append(values, float64(i))
	}
	if b := bandOf(values); b != (Band{50, 2.5, 97.5}) {
		t.Errorf("%+v", b)
	}
}

// TestEmpty gives null and a warning where there was nothing to see, never NaN.
func TestEmpty(t *testing.T) {
	l := &Layout{Stations: []string{"a", "b"}, Classes: []string{"x", "y"}, Ticks: 8, Weeks: 2, Target: true}
	s := NewSummary(l)
	o := l.NewOutcome()
	o.Weeks = append(o.Weeks, Week{}, Week{})
	s.Add(o)
	out, err := json.Marshal(s.Result())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"wait":{"mean":null`, `"queue":null`, `"within":{"mean":null`, "no service began at a", "nobody left"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%s lacks %s", out, want)
		}
	}
	if _, err := json.Marshal(s.Compare(s)); err != nil {
		t.Error(err)
	}
}
