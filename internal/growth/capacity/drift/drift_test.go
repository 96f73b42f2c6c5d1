package drift

import (
	"math"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
)

// year is one of 52 weeks that all are alike.
func year(referrals, given, list int) (out []demand.Week) {
	for i := range 52 {
		out = append(out, demand.Week{Start: civil.MustParse("2025-11-24").AddDays(7 * i), Days: 5, Referrals: referrals, Given: given, List: list})
	}
	return out
}

func fits() demand.Fits {
	return demand.Fits{List: 100, DNA: demand.Share{Value: 0.125, SE: 0.008, N: 1800}, Rebook: demand.Share{Value: 0.9, SE: 0.02, N: 220}, Unseen: demand.Share{Value: 0.05, SE: 0.005, N: 1500},
		FollowUps: demand.Mean{Value: 0.12, N: 1500}, Given: demand.Given{Mean: 36, SE: 0.6, SD: 4.3, React: 0.2, List: 100, Least: 28, Most: 45, Weeks: 52}}
}

// TestOf: a change is named and said how much it moved the list; what a shorter list explains is none.
func TestOf(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*demand.Fits)
		weeks   []demand.Week
		beyond  []Measure
		measure Measure
		people  float64 // a week on the list, about
	}{
		"nothing":                                {func(*demand.Fits) {}, year(30, 36, 100), nil, Given, 0},
		"a shorter list, as few appointments":    {func(*demand.Fits) {}, year(30, 32, 80), nil, Given, 0},
		"a shorter list, as many appointments":   {func(*demand.Fits) {}, year(30, 36, 80), []Measure{Given}, Given, -0.97 * 4 * 0.875 / 1.12},
		"more referrals":                         {func(*demand.Fits) {}, year(36, 36, 100), []Measure{Referrals}, Referrals, 6 * 0.95},
		"fewer do not come":                      {func(f *demand.Fits) { f.DNA.Value = 0.075 }, year(30, 36, 100), []Measure{Missed}, Missed, -0.05 * 36 * 0.9 / 1.12},
		"more leave":                             {func(f *demand.Fits) { f.Unseen.Value = 0.09 }, year(30, 36, 100), []Measure{Unseen}, Unseen, -0.04 * 30},
		"more follow-ups":                        {func(f *demand.Fits) { f.FollowUps.Value = 0.3 }, year(30, 36, 100), []Measure{FollowUps}, FollowUps, 36 * 0.875 * (1/1.12 - 1/1.3)},
		"fewer are asked again":                  {func(f *demand.Fits) { f.Rebook.Value = 0.7 }, year(30, 36, 100), []Measure{Again}, Again, -0.2 * 36 * 0.125 / 1.12},
		"two, the one that moved the list first": {func(f *demand.Fits) { f.DNA.Value = 0.075 }, year(40, 36, 100), []Measure{Referrals, Missed}, Missed, -0.05 * 36 * 0.9 / 1.12},
	} {
		now := fits()
		c.change(&now)
		all := Of(Year{Then: fits(), Now: now, Before: year(30, 36, 100), Weeks: c.weeks, Came: 30 * 52, Low: 28 * 52, High: 32 * 52})
		if len(all) != 6 {
			t.Fatalf("%s: %d measures", name, len(all))
		}
		var got []Measure
		for _, d := range Beyond(all) {
			got = append(got, d.Measure)
		}
		if len(got) != len(c.beyond) {
			t.Errorf("%s: %v changed, want %v", name, got, c.beyond)
			continue
		}
		for i := range got {
			if got[i] != c.beyond[i] {
				t.Errorf("%s: %v changed, want %v", name, got, c.beyond)
			}
		}
		for _, d := range all {
			if d.Measure == c.measure && math.Abs(d.People-c.people) > 0.07+0.03*math.Abs(c.people) {
				t.Errorf("%s: %+v, want %.2f people a week", name, d, c.people)
			}
		}
	}
	if Of(Year{}) != nil {
		t.Error("a year without weeks has measures")
	}
}

// TestWidened: weeks that keep half of each other tell a third as much; those that know nothing of each other tell all.
func TestWidened(t *testing.T) {
	alternating, steps := make([]float64, 200), make([]float64, 200)
	for i := range alternating {
		alternating[i] = float64(i%2*2 - 1)
		steps[i] = float64(i/4%2*2 - 1) // lag one: 3 of 4 are alike
	}
	if got := widened(alternating); got != 1 {
		t.Errorf("alternating weeks widen by %v", got)
	}
	if got := widened(steps); math.Abs(got-3) > 0.1 {
		t.Errorf("weeks with a memory of a half widen by %v, want 3", got)
	}
	if got := widened(nil); got != 1 {
		t.Errorf("no weeks widen by %v", got)
	}
}

// TestTell: the model has in each week what was told, holidays in it or not, and leaves the spec that it was made of alone.
func TestTell(t *testing.T) {
	working := make([]bool, 14)
	daily, slots := make([]float64, 14), make([]float64, 14)
	for i := range working {
		working[i] = i%7 < 5 && i != 7 // the second Monday is a holiday
		daily[i], slots[i] = 2, 9
	}
	old := plan.Spec{Working: working, Demand: []plan.Demand{{Daily: daily, LevelSE: 1, TrendSE: 1}}, Pools: []plan.Pool{{Slots: slots, Weekly: 45, React: 0.2, SD: 4, SE: 1, Most: 50}}, Level: plan.Level{SD: 0.1}}
	told := old
	Tell(&told, []demand.Week{{Referrals: 21, Given: 40}, {Referrals: 7, Given: 12}})
	for week, want := range []struct{ came, given float64 }{{21, 40}, {7, 12}} {
		came, given := 0.0, 0.0
		for d := 7 * week; d < 7*week+7; d++ {
			came, given = came+told.Demand[0].Daily[d], given+told.Pools[0].Slots[d]
			if !working[d] && told.Pools[0].Slots[d] != 0 {
				t.Errorf("day %d has appointments", d)
			}
		}
		if math.Abs(came-want.came)+math.Abs(given-want.given) > 1e-9 {
			t.Errorf("week %d: %.2f came and %.2f were given, want %+v", week, came, given, want)
		}
	}
	if p := told.Pools[0]; p.React != 0 || p.SD != 0 || p.SE != 0 || told.Level.SD != 0 || told.Demand[0].LevelSE != 0 {
		t.Errorf("the model still says something by itself: %+v", told)
	}
	if old.Pools[0].Slots[0] != 9 || old.Demand[0].Daily[0] != 2 || old.Pools[0].React != 0.2 {
		t.Error("the spec that it was made of has changed")
	}
}
