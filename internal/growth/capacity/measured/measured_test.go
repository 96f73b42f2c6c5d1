package measured

import (
	"math"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
)

// TestWaits: months are added up to one median, not averaged; months before are left out; and of fewer than 30 people nothing is said.
func TestWaits(t *testing.T) {
	month := func(on string, counts map[int]int) activity.Waits {
		var h activity.Histogram
		for days, n := range counts {
			h.Add(days, n)
		}
		return activity.Waits{Month: civil.MustParse(on), Lengths: h}
	}
	lots := []activity.Waits{month("2025-10-01", map[int]int{90: 500}), month("2025-11-01", map[int]int{5: 10, 10: 5}), month("2026-10-01", map[int]int{12: 15, 30: 1})}
	end := civil.MustParse("2026-11-01")
	got := waits(lots, civil.MustParse("2025-11-01"), end, 10)
	if want := (Waits{31, 12, 12, 100 * 15. / 31}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := waits(lots, civil.MustParse("2026-01-01"), end, 10); got != (Waits{N: 16}) {
		t.Errorf("of 16 people: %+v", got)
	}
	if got := waits(lots, civil.MustParse("2025-10-01"), civil.MustParse("2025-11-01"), 10); got.N != 500 || got.Median != 90 {
		t.Errorf("of one month: %+v", got)
	}
}

// TestWeeks: means of the last 52 weeks, not of all.
func TestWeeks(t *testing.T) {
	var f demand.Fits
	for i := range 60 {
		w := demand.Week{List: 40, Referrals: 30, Given: 34}
		if i < 8 {
			w = demand.Week{List: 400, Referrals: 300, Given: 340}
		}
		if i >= 47 {
			w.List = 66
		}
		f.Weeks = append(f.Weeks, w)
	}
	if y := weeks(f); math.Abs(y.Waiting-46.5)+math.Abs(y.Lately-66)+math.Abs(y.Came-30)+math.Abs(y.Given-34) > 1e-9 {
		t.Errorf("%+v", y)
	}
}
