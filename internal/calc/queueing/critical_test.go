package queueing

import (
	"math"
	"testing"
)

// TestCriticalMeetsWalk: just under a load of 1 both ways give the same, the mean by roots too.
func TestCriticalMeetsWalk(t *testing.T) {
	for _, c := range []int{1, 2, 3, 10, 101, 1000} {
		const slack = 2e-4
		a := float64(c) * (1 - slack)
		w, v := newCritical(slack, c), newWalk(a, c)
		for what, x := range map[string][2]float64{
			"mean": {w.mean(), v.mean()}, "by roots": {w.mean(), rootsMean(a, c)}, "variance": {w.v, v.variance()}, "empty": {w.empty(), v.atMost(0)},
			"tail": {w.scale * math.Pow(1+w.d, -3001), 1 - v.atMost(3000)},
		} {
			if math.Abs(x[0]-x[1]) > 2e-11*math.Abs(x[1]) {
				t.Errorf("c %d: %s %.15g, by the walk %.15g", c, what, x[0], x[1])
			}
		}
		if got, want := w.percentile(0.5), v.percentile(0.5); got != want {
			t.Errorf("c %d: the median is %d, by the walk %d", c, got, want)
		}
		m := MDC{Lambda: a, Mean: 1, C: c}
		got := math.Log(w.scale/0.5) / (a * w.d)
		if want := m.exceeded(v, a, 0.5); math.Abs(got-want) > 1e-9*want {
			t.Errorf("c %d: half wait over %.15g, by the walk %.15g", c, got, want)
		}
	}
}

// TestNearlyOne: one server by Pollaczek and Khinchine, and for any number the limit of heavy traffic: an exponential
// wait with the mean of one server that is c times as fast, nearly.
func TestNearlyOne(t *testing.T) {
	for _, slack := range []float64{9e-5, 1e-6, 0x1p-30, 0x1p-50} {
		lambda := 1 - slack
		got := must[MDCAnswer](t)(MDC{lambda, 1, 1}.Solve())
		slack = 1 - lambda // as it can be written
		near(t, "wq", got.WQ, lambda/(2*slack), 1e-12)
		if (len(got.Warnings) > 0) != (slack < 1e-8) {
			t.Errorf("a load of %v: %q", lambda, got.Warnings)
		}
		for _, c := range []int{2, 50, 10_000} {
			a := lambda * float64(c)
			got, slack := must[MDCAnswer](t)(MDC{a, 1, c}.Solve()), (float64(c)-a)/float64(c) // of the rounded product
			mean := 1 / (2 * float64(c) * slack)
			if off := *got.WQ/mean - 1; math.Abs(off) > 2*math.Sqrt(float64(c))*slack {
				t.Errorf("%d servers, slack %g: wq %v, in the limit %v", c, slack, *got.WQ, mean)
			}
			for p, x := range map[float64]float64{0.5: *got.P50, 0.1: *got.P90, 0.05: *got.P95} {
				if want := -math.Log(p) * mean; math.Abs(x/want-1) > 4*math.Sqrt(float64(c))*slack {
					t.Errorf("%d servers, slack %g: a share of %v waits over %v, in the limit %v", c, slack, p, x, want)
				}
			}
		}
	}
	out := must[ClinicAnswer](t)(Clinic{Referrals: 20.999, Slots: 21, Stationary: true}.Solve())
	if s := out.Stationary; s == nil || math.Abs(s.Mean-rootsMean(20.999, 21)) > 1e-8*s.Mean || len(out.Warnings) > 0 {
		t.Errorf("%+v %q", s, out.Warnings)
	}
}
