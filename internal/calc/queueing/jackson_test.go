package queueing

import (
	"math"
	"strings"
	"testing"
)

// TestJacksonFeedback: one station to which a half comes back, by hand. 0.4 from outside make 0.8 visits; L = 0.8/0.2.
func TestJacksonFeedback(t *testing.T) {
	got := must[JacksonAnswer](t)(Jackson{[]Station{{"desk", 1, 1}}, map[string]float64{"desk": 0.4}, []Route{{"desk", map[string]float64{"desk": 0.5}}}}.Solve())
	desk := got.Stations["desk"]
	near(t, "lambda", desk.Lambda, 0.8, 1e-14)
	near(t, "wq", desk.WQ, 4, 1e-13)
	near(t, "w", desk.W, 5, 1e-13)
	near(t, "l", got.L, 4, 1e-13)
	near(t, "sojourn", got.Sojourn, 10, 1e-13) // two visits of 5
}

// TestJacksonClinic: triage to nurse or doctor, a tenth of whom go back to triage.
func TestJacksonClinic(t *testing.T) {
	in := Jackson{
		[]Station{{"triage", 2, 1.5}, {"nurse", 5, 6}, {"doctor", 3, 8}},
		map[string]float64{"triage": 0.8},
		[]Route{{"triage", map[string]float64{"nurse": 0.7, "doctor": 0.3}}, {"nurse", map[string]float64{"triage": 0.1}}},
	}
	got := must[JacksonAnswer](t)(in.Solve())
	// triage = 0.8 + 0.07 triage.
	triage := 0.8 / 0.93
	l := 0.0
	for name, want := range map[string]MMC{"triage": {triage, 1 / 1.5, 2}, "nurse": {0.7 * triage, 1.0 / 6, 5}, "doctor": {0.3 * triage, 1.0 / 8, 3}} {
		alone, s := must[MMCAnswer](t)(want.Solve()), got.Stations[name]
		near(t, name, s.Lambda, want.Lambda, 1e-13)
		near(t, name, s.WQ, *alone.WQ, 1e-11)
		near(t, name, s.W, *alone.W, 1e-11)
		near(t, name, s.L, *alone.L, 1e-11)
		l += *alone.L
	}
	near(t, "l", got.L, l, 1e-11)
	near(t, "sojourn", got.Sojourn, l/0.8, 1e-11)
	if len(got.Warnings) != 0 {
		t.Error(got.Warnings)
	}
}

func TestJacksonWithoutSteadyState(t *testing.T) {
	two := []Station{{"a", 1, 1}, {"b", 1, 1}}
	for _, c := range []struct {
		name    string
		in      Jackson
		null    string // stations without a mean
		warning string
	}{
		{"closed", Jackson{two, nil, []Route{{"a", map[string]float64{"b": 1}}, {"b", map[string]float64{"a": 1}}}}, "ab", "can ever leave"},
		{"trap", Jackson{two, map[string]float64{"a": 0.5}, []Route{{"a", map[string]float64{"b": 0.5}}, {"b", map[string]float64{"b": 1}}}}, "b", "can ever leave"},
		{"a trap by rounding", Jackson{two, map[string]float64{"a": 0.5}, []Route{{"b", map[string]float64{"b": 0.9999999999999999}}}}, "b", "can ever leave"},
		{"overloaded at the end", Jackson{two, map[string]float64{"a": 0.5, "b": 0.6}, []Route{{"a", map[string]float64{"b": 1}}}}, "b", "b: the load is 1.1"},
		{"overloaded at the start", Jackson{two, map[string]float64{"a": 2}, []Route{{"a", map[string]float64{"b": 0.1}}}}, "ab", "b is fed by a station that cannot keep up"},
		{"nobody comes", Jackson{two, map[string]float64{"a": 0}, nil}, "", "nobody arrives"},
	} {
		got := must[JacksonAnswer](t)(c.in.Solve())
		null := ""
		for _, s := range c.in.Stations {
			if a := got.Stations[s.Name]; a.WQ == nil && a.W == nil && a.L == nil {
				null += s.Name
			}
		}
		if null != c.null || got.Sojourn != nil || (got.L == nil) != (c.null != "") || !strings.Contains(strings.Join(got.Warnings, "; "), c.warning) {
			t.Errorf("%s: null are %q, %+v", c.name, null, got)
		}
	}
}

// TestJacksonLarge: a ring of the most stations with an exit each, solved in well under a second.
func TestJacksonLarge(t *testing.T) {
	var in Jackson
	in.External = map[string]float64{}
	name := func(i int) string { return "s" + strings.Repeat("x", i) }
	for i := range mostStations {
		in.Stations = append(in.Stations, Station{name(i), 1, 0.01})
		in.External[name(i)] = 1
		in.Routes = append(in.Routes, Route{name(i), map[string]float64{name((i + 1) % mostStations): 0.5}})
	}
	got := must[JacksonAnswer](t)(in.Solve())
	for _, s := range got.Stations { // lambda = 1 + lambda/2
		if s.Lambda == nil || math.Abs(*s.Lambda-2) > 1e-12 {
			t.Fatalf("%+v", s)
		}
	}
	near(t, "sojourn", got.Sojourn, 2*0.01/(1-0.02), 1e-11)
}
