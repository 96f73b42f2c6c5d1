package pathway

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/activity"
)

func TestSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var steps []Step
		for range rapid.IntRange(0, 6).Draw(t, "steps") {
			steps = append(steps, Step{Title: rapid.String().Draw(t, "title")})
		}
		n := rapid.IntRange(-1, 8).Draw(t, "n")
		before := len(steps)
		if got, ok := put(steps, n, Step{Title: "x"}); ok != (n >= 1 && n <= before+1) || ok && got[n-1].Title != "x" {
			t.Fatalf("put %d of %d: %v", n, before, got)
		}
		if got, ok := up(steps, n); ok != (n >= 2 && n <= before) || ok && (got[n-2] != steps[n-1] || got[n-1] != steps[n-2]) {
			t.Fatalf("up %d of %d: %v", n, before, got)
		}
		if got, ok := without(steps, n); ok != (n >= 1 && n <= before) || ok && len(got) != before-1 {
			t.Fatalf("without %d of %d: %v", n, before, got)
		}
		if len(steps) != before {
			t.Fatal("the old version changed")
		}
	})
}

func TestTime(t *testing.T) {
	s := sums{map[string]activity.Histogram{"triage": {1: 6, 4: 6}, "report": {2: 7}, "total": {10: 20}, "release": {1: 10, 9: 2}}, map[string]stay{"booked": {20, 20 * 24 * 6.5}, "returned": {3, 100}}}
	for _, c := range []struct {
		measured string
		target   int
		want     Standing
	}{
		{"", 5, NotMeasured},
		{"wait.adjustment", 5, None},
		{"wait.report", 1, Few},
		{"wait.triage", 4, Within},
		{"wait.triage", 3, Mostly}, // half within 2.5, nine in ten within 4
		{"wait.triage", 2, Longer},
		{"wait.total", 9, Longer},
		{"state.booked", 5, Within}, // 6.5 calendar days, 5 working days are 7
		{"state.booked", 4, Longer},
		{"state.returned", 4, Few},
		{"state.paused", 4, None},
	} {
		if got := s.time(Step{Measured: c.measured, Target: c.target}); got.Standing != c.want || got.Measured() != (got.Median+got.Mean > 0) {
			t.Errorf("%s within %d: %+v, want %s", c.measured, c.target, got, c.want)
		}
	}
}

func TestCheckStep(t *testing.T) {
	good := Step{Title: "Triage", Role: "Nurse", Class: "diagnostic", Target: 2, Unit: "days", Measured: "wait.triage"}
	if f := CheckStep(good); len(f) > 0 {
		t.Errorf("%v", f)
	}
	minutes := good
	minutes.Unit = "minutes"
	if f := CheckStep(minutes); f.Of("measured") == nil {
		t.Error("minutes are held against days")
	}
}
