package model

import (
	"os"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/effect"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// The study of issue 2: with and without the initiative, how often the chart of the median wait shows an
// improvement in the months since, and how often the page's sentence claims an effect. ROWAN_PROVE=1 runs all 200
// seeds; otherwise the first 40, whose figures are the same every time.
func TestStudyOfTheInitiative(t *testing.T) {
	// Forty seeds say little about 5%: five false claims of 40 are what a true rate of 5% exceeds once in 70 samples.
	seeds, power, falseClaims := 40, 85.0, 12.5
	if os.Getenv("ROWAN_PROVE") != "" {
		seeds, power, falseClaims = 200, 90, 5
	}
	var chart, claim [2]int
	for seed := range uint64(seeds) {
		for i, with := range []bool{false, true} {
			var values []spc.Number
			for _, m := range Waits(seed, with) {
				values = append(values, spc.Some(m.Median))
			}
			start := len(values) - InitiativeMonths
			v, err := effect.Judge(effect.Series{Values: values, Start: start, Direction: spc.Decrease})
			if err != nil {
				t.Fatal(err)
			}
			if v.Judgement == effect.Improved {
				claim[i]++
			}
			if shows(t, values, start) {
				chart[i]++
			}
		}
	}
	percent := func(n int) float64 { return 100 * float64(n) / float64(seeds) }
	t.Logf("%d seeds: effect claimed in %.1f%% with the initiative (power) and %.1f%% without (false claims)", seeds, percent(claim[1]), percent(claim[0]))
	t.Logf("%d seeds: the chart shows an improvement since in %.1f%% with and %.1f%% without", seeds, percent(chart[1]), percent(chart[0]))
	if percent(claim[1]) < power || percent(claim[0]) > falseClaims {
		t.Errorf("power is to be %.0f%% or more, false claims %.1f%% or less", power, falseClaims)
	}
}

// shows says whether any point since the start is marked as an improvement.
func shows(t *testing.T, values []spc.Number, start int) bool {
	out, err := spc.Compute(spc.Input{Values: values, Direction: spc.Decrease})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range out.Point[start:] {
		if p == spc.Improvement {
			return true
		}
	}
	return false
}
