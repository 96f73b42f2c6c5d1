package indicator

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// TestTooFewIsNotNought: in October 3 of 22 were in time, which is 14% inside the service and too few outside. That nobody was in
// September must not stand for it as 0%. A month that is not due yet is passed over, and a true 0% of the newest month is said.
func TestTooFewIsNotNought(t *testing.T) {
	september, october, november := civil.MustParse("2026-09-01"), civil.MustParse("2026-10-01"), civil.MustParse("2026-11-01")
	days := 5
	d := Definition{ID: "self_referral_within", Version: 2, Kind: KindWithin, By: Received, Unit: "percent", Measure: activity.WaitFirstOffer, Days: &days}
	cohort := func(m civil.Date, kept, late, open int) activity.Cohort {
		return activity.Cohort{Month: m, Measure: activity.WaitFirstOffer, Clock: activity.Raw, Ended: activity.Histogram{4: kept, 9: late}, Open: activity.Histogram{1: open}}
	}
	for _, c := range []struct {
		name    string
		cohorts []activity.Cohort
		outside bool
		want    spc.Number
	}{
		{"inside", []activity.Cohort{cohort(september, 0, 20, 0), cohort(october, 3, 19, 0)}, false, spc.Some(100 * 3.0 / 22)},
		{"outside", []activity.Cohort{cohort(september, 0, 20, 0), cohort(october, 3, 19, 0)}, true, spc.Number{}},
		{"outside, the newest is not due", []activity.Cohort{cohort(september, 0, 20, 0), cohort(october, 3, 19, 0), cohort(november, 3, 0, 9)}, true, spc.Number{}},
		{"outside, a newest month of nought", []activity.Cohort{cohort(september, 10, 10, 0), cohort(october, 0, 20, 0)}, true, spc.Some(0)},
		{"outside, enough", []activity.Cohort{cohort(september, 0, 20, 0), cohort(october, 10, 10, 0), cohort(november, 3, 0, 9)}, true, spc.Some(50)},
	} {
		v, err := view(d, activity.Raw, Data{Months: []civil.Date{september, october, november}[:len(c.cohorts)], Cohorts: c.cohorts}, nil, c.outside)
		if err != nil {
			t.Fatal(err)
		}
		p, ok := v.Newest()
		if ok != c.want.Known || ok && p.Value != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, p, c.want)
		}
		if says := v.Sentence(t.Context()); !c.want.Known && (strings.Contains(says, "%") || !strings.Contains(says, "too few")) {
			t.Errorf("%s: %s", c.name, says)
		}
	}
}
