package people_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
)

const days = 120

// futures are three of two roles, from July on, whose mean is what is expected. Quarters before the model begins are of no interest.
func futures() people.Futures {
	same := []float64{30, 10}
	f := people.Futures{Roles: []string{"nurse", "physician"}, Middle: [][]float64{same, same, same, same}}
	for _, first := range []string{"2027-04-01", "2027-07-01", "2027-10-01", "2028-01-01"} {
		f.Quarters = append(f.Quarters, civil.MustParse(first))
	}
	for _, nurse := range []float64{0, 30, 60} {
		f.Hours = append(f.Hours, [][]float64{{99, 99}, same, {nurse, 10}, {99, 99}})
	}
	return f
}

func model() *plan.Spec {
	return &plan.Spec{Working: make([]bool, days), Periods: []int{days}, Pools: []plan.Pool{{Name: "nurse", Slots: make([]float64, days)}, {Name: "physician", Slots: make([]float64, days)}}}
}

// TestLay: each future has what its hours are more than those expected, in the quarter in which they are; a role that is sure has none, and
// so has a pool that nobody doubts.
func TestLay(t *testing.T) {
	gives := func(pool, role string) float64 {
		if pool == role {
			return 0.1
		}
		return 0
	}
	base := func(string, civil.Date) float64 { return 3 }
	s := model()
	start := civil.MustParse("2027-08-02")
	futures().Lay(s, start, gives, base)
	if want := []int{0, civil.MustParse("2027-10-01").DaysSince(start)}; !reflect.DeepEqual(s.Stretches, want) {
		t.Errorf("stretches %v, want %v", s.Stretches, want)
	}
	if want := [][]float64{{0, -3}, {0, 0}, {0, 3}}; !reflect.DeepEqual(s.Pools[0].Futures, want) || s.Pools[1].Futures != nil {
		t.Errorf("%v, and of physicians %v", s.Pools[0].Futures, s.Pools[1].Futures)
	}
	// Nurses relieve the physicians by a tenth of what they give themselves.
	relieving := func(pool, role string) float64 {
		if role != "nurse" {
			return 0
		}
		return map[string]float64{"nurse": 0.1, "physician": 0.01}[pool]
	}
	futures().Lay(s, start, relieving, base)
	if got := s.Pools[1].Futures[2][1]; math.Abs(got-0.3) > 1e-9 {
		t.Errorf("30 hours more relieve by %v", got)
	}
	// A pool from which more is taken than it gives has none in a future, and no fewer: what is there before comes back first.
	futures().Lay(s, start, gives, func(string, civil.Date) float64 { return -1 })
	if want := [][]float64{{0, 0}, {0, 0}, {0, 2}}; !reflect.DeepEqual(s.Pools[0].Futures, want) {
		t.Errorf("below none: %v, want %v", s.Pools[0].Futures, want)
	}
	futures().Lay(s, start, func(string, string) float64 { return 0 }, base)
	if s.Pools[0].Futures != nil {
		t.Error("a team that is sure is doubted")
	}
	// A model that begins before the plan has the team of its first quarter until then.
	s = model()
	futures().Lay(s, civil.MustParse("2027-02-01"), gives, base)
	if want := []int{0}; !reflect.DeepEqual(s.Stretches[:1], want) || len(s.Stretches) != 1 {
		t.Errorf("before the plan: %v", s.Stretches)
	}
}

// TestAround: of three futures of 0, 30 and 60 nurses' hours where 30 are expected, 8 in 10 lie 24 about it.
func TestAround(t *testing.T) {
	nurses := func(role string) bool { return role == "nurse" }
	if low, high := futures().Around(civil.MustParse("2027-10-01"), nurses); math.Abs(low+24) > 1e-9 || math.Abs(high-24) > 1e-9 {
		t.Errorf("%v to %v", low, high)
	}
	for _, quarter := range []string{"2027-07-01", "2029-01-01"} {
		if low, high := futures().Around(civil.MustParse(quarter), nurses); low != 0 || high != 0 {
			t.Errorf("%s: %v to %v", quarter, low, high)
		}
	}
}

func TestMore(t *testing.T) {
	staff := []people.Staff{{Hours: map[string]float64{"nurse": 40}}}
	more := people.More(staff, map[string]float64{"nurse": 5, "physician": 2})
	if more[0].Hours["nurse"] != 45 || more[0].Hours["physician"] != 2 || staff[0].Hours["nurse"] != 40 {
		t.Errorf("%v of %v", more, staff)
	}
}
