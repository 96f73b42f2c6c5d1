package contrast_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/contrast"
)

func TestChanges(t *testing.T) {
	all := []contrast.Seen{
		{Unit: 1, Day: 90, Value: 20}, {Unit: 1, Day: 95, Value: 40}, {Unit: 1, Day: 100, Value: 999}, {Unit: 1, Day: 101, Value: 80}, // the day itself is no side
		{Unit: 2, Day: 10, Value: 1}, {Unit: 2, Day: 150, Value: 50}, // before the window: no change
		{Unit: 3, Day: 195, Value: 10}, {Unit: 3, Day: 210, Value: 30},
		{Unit: 7, Day: 95, Value: 60}, {Unit: 7, Day: 105, Value: 50}, {Unit: 7, Day: 190, Value: 40}, {Unit: 7, Day: 205, Value: 60},
		{Unit: 8, Day: 95, Value: 70}, // one side only
	}
	treated, others := contrast.Changes(all, map[int]int{1: 100, 2: 100, 3: 200}, 60)
	if diff := cmp.Diff([]contrast.Change{{30, 80}, {10, 30}}, treated); diff != "" {
		t.Error("treated:", diff)
	}
	// On day 100: 60, 50. On day 200: 40, 60. Each weighs once.
	if diff := cmp.Diff([]contrast.Change{{50, 55}}, others); diff != "" {
		t.Error("others:", diff)
	}
}

// TestWelch: by hand.
func TestWelch(t *testing.T) {
	change := func(list ...float64) (out []contrast.Change) {
		for _, d := range list {
			out = append(out, contrast.Change{Before: 3, After: 3 + d})
		}
		return out
	}
	c, ok := contrast.Compare(change(4, 7, 1, 9, 5), change(1, 0, 3, 2, -1, 2, 1))
	near := func(name string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if !ok || c.Treated != 5 || c.Others != 7 {
		t.Fatalf("%+v", c)
	}
	// Means 5.2 and 8/7; variances 9.2 and 38/21; se² = 1.84 + 38/147.
	se2 := 1.84 + 38.0/147
	near("difference", c.Difference, 5.2-8.0/7)
	near("standard error", c.StdError, math.Sqrt(se2))
	near("freedom", c.Freedom, se2*se2/(1.84*1.84/4+(38.0/147)*(38.0/147)/6))
	if _, ok := contrast.Compare(change(1), change(1, 2)); ok {
		t.Error("one unit has no spread")
	}
	if c, ok := contrast.Compare(change(2, 2), change(1, 1, 1)); !ok || c.Low != 1 || c.High != 1 {
		t.Errorf("without spread: %+v", c)
	}
}

func changes(t *rapid.T, name string) []contrast.Change {
	x := rapid.Float64Range(-100, 100)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) contrast.Change {
		return contrast.Change{Before: x.Draw(t, "before"), After: x.Draw(t, "after")}
	}), 2, 30).Draw(t, name)
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := changes(t, "treated"), changes(t, "others")
		c, _ := contrast.Compare(a, b)
		near := func(name string, got, want float64) {
			if math.Abs(got-want) > 1e-6*max(1, math.Abs(want)) {
				t.Fatalf("%s: %v, want %v", name, got, want)
			}
		}
		if c.Low > c.Difference || c.High < c.Difference {
			t.Fatalf("outside its interval: %+v", c)
		}
		// What moves everybody falls out.
		move := func(list []contrast.Change, by float64) (out []contrast.Change) {
			for _, x := range list {
				out = append(out, contrast.Change{Before: x.Before, After: x.After + by})
			}
			return out
		}
		both, _ := contrast.Compare(move(a, 17), move(b, 17))
		near("difference when all move", both.Difference, c.Difference)
		near("low when all move", both.Low, c.Low)
		// What moves one group alone is the difference.
		one, _ := contrast.Compare(move(a, 17), b)
		near("difference when one moves", one.Difference, c.Difference+17)
		near("high when one moves", one.High, c.High+17)
		// The groups the other way round.
		back, _ := contrast.Compare(b, a)
		near("turned round", back.Low, -c.High)
		if contrast.Judge(c.Low, c.High, true) == contrast.Consistent && contrast.Judge(c.Low, c.High, false) != contrast.OtherWay {
			t.Fatal("what is good one way is not bad the other")
		}
	})
}

// TestClaims: where nothing was done the other verdicts come up in one of twenty, as a 95% interval must; where something was, it is
// found. Values are like those of referral forms: five steps of 20, a few of each unit, so far from normal.
func TestClaims(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 53))
	run := func(n int, lift float64) (claimed, covered float64) {
		const runs = 1500
		for range runs {
			var all []contrast.Seen
			done := map[int]int{}
			for u := range n + 60 {
				of := rng.IntN(3) // a habit of the unit's own
				if u < n {
					done[u] = 400 + 30*(u%3)
				}
				for range 6 {
					day, v := 100+rng.IntN(600), float64(20*(1+of+rng.IntN(3)))
					if d, was := done[u]; was && day > d {
						v += lift
					}
					all = append(all, contrast.Seen{Unit: u, Day: day, Value: v})
				}
			}
			c, ok := contrast.Compare(contrast.Changes(all, done, 365))
			if !ok {
				t.Fatal("too few")
			}
			if contrast.Judge(c.Low, c.High, true) == contrast.Consistent {
				claimed++
			}
			if c.Low <= lift && lift <= c.High {
				covered++
			}
		}
		return claimed / runs, covered / runs
	}
	for _, n := range []int{10, 30} {
		claimed, covered := run(n, 0)
		t.Logf("%d units, nothing done: claimed %.3f, covered %.3f", n, claimed, covered)
		if claimed > 0.04 || covered < 0.93 || covered > 0.97 {
			t.Errorf("%d units, nothing done: claimed %.3f, covered %.3f", n, claimed, covered)
		}
	}
	claimed, covered := run(30, 20)
	t.Logf("30 units, lifted by 20: claimed %.3f, covered %.3f", claimed, covered)
	if claimed < 0.95 || covered < 0.93 {
		t.Errorf("30 units, lifted by 20: claimed %.3f, covered %.3f", claimed, covered)
	}
}
