package network_test

import (
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/network"
)

// TestOverloaded: who is warned of, by the traffic equations.
func TestOverloaded(t *testing.T) {
	exp := des.Exponential
	warning := func(station, load string) string {
		return "the load of " + station + " is " + load + ": at 1 or more its queue grows as long as the run goes on, and the waits with it"
	}
	// a (2 servers, 1 each) sends half to b and a fifth back to itself.
	spec := func(rate float64) network.Spec {
		return network.Spec{Customers: 1000,
			Classes:  []network.Class{{Name: "x", Arrivals: network.Arrivals{Rate: rate}}},
			Stations: []network.Station{{Name: "a", Servers: 2, Service: exp(1)}, {Name: "b", Servers: 1, Service: exp(1)}},
			Routes:   []network.Route{{From: "a", To: map[string]float64{"a": 0.2, "b": 0.5}}}}
	}
	twice := func(s network.Spec) network.Spec { // a second class, with its own route
		s.Classes = append(s.Classes, network.Class{Name: "y", Arrivals: network.Arrivals{Gap: exp(2)}})
		s.Routes = append(s.Routes, network.Route{From: "a", Class: "y", To: map[string]float64{"b": 1}})
		return s
	}
	change := func(s network.Spec, f func(*network.Spec)) network.Spec { f(&s); return s }
	for what, c := range map[string]struct {
		spec network.Spec
		want []string
	}{
		"in balance":  {spec(1.5), nil},                         // 1.5/0.8 = 1.875 visits to a, load 0.9375
		"a too small": {spec(2), []string{warning("a", "1.2")}}, // fixed point: 2 + 0.2 x 2 = 2.4 come, 2 pass, 1 goes to b: load 1, see below
		"b too small": {change(spec(1.5), func(s *network.Spec) { s.Stations[1].Service = exp(2) }), []string{warning("b", "1.875")}},
		"two classes": {twice(spec(1)), []string{warning("b", "1.125")}}, // a: (1.25 + 0.5)/2; b: 0.625 + 0.5
		"impatient":   {change(spec(2), func(s *network.Spec) { s.Classes[0].Patience = exp(1) }), nil},
		"all balk": {change(spec(1.5), func(s *network.Spec) {
			s.Stations[1].Service = exp(9)
			s.Stations[1].Balk = &network.Balk{Queue: 2, Probability: 1}
		}), nil},
		"few balk": {change(spec(1.5), func(s *network.Spec) {
			s.Stations[1].Service = exp(4)
			s.Stations[1].Balk = &network.Balk{Queue: 2, Probability: 0.5}
		}), []string{warning("b", "3.75")}},
		"given times": {change(spec(1), func(s *network.Spec) { s.Classes[0].Arrivals = network.Arrivals{Times: []float64{0, 0, 0}} }), nil},
		"by the day": {change(spec(1), func(s *network.Spec) {
			s.Customers, s.Weeks, s.Week = 0, 2, 7
			s.Classes[0].Arrivals = network.Arrivals{Daily: []float64{9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}
		}), []string{warning("a", "1.2"), warning("b", "1")}},
	} {
		if what == "a too small" { // b just fits what passes a
			c.spec.Stations[1].Service = exp(0.9)
		}
		n, err := network.Compile(c.spec)
		if err != nil {
			t.Fatal(what, err)
		}
		if got := n.Warnings(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}
