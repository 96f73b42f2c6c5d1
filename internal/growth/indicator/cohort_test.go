package indicator

import (
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// TestBacklog: a service that has stopped offering shows 100% of what ended and a falling share of what came in.
func TestBacklog(t *testing.T) {
	ten := 10
	d := Definition{Kind: KindWithin, By: Received, Measure: activity.WaitFirstOffer, Days: &ten}
	cohort := func(ended, givenUp, open activity.Histogram) []activity.Cohort {
		return []activity.Cohort{{Month: june, Measure: activity.WaitFirstOffer, Clock: activity.Raw, Side: activity.SideEmployer, Ended: ended, GivenUp: givenUp, Open: open}}
	}
	for _, c := range []struct {
		name    string
		cohorts []activity.Cohort
		want    spc.Number
		undue   int
		small   bool
	}{
		{"all in time", cohort(activity.Histogram{4: 20}, nil, nil), spc.Some(100), 0, false},
		{"a backlog", cohort(activity.Histogram{4: 15}, nil, activity.Histogram{40: 45}), spc.Some(25), 0, false},
		{"given up after the limit is late, before it is nothing", cohort(activity.Histogram{4: 15}, activity.Histogram{3: 9, 11: 5}, nil), spc.Some(75), 0, false},
		{"some may still be in time", cohort(activity.Histogram{4: 15}, nil, activity.Histogram{10: 1, 40: 45}), spc.Number{}, 1, false},
		{"nobody records offers", cohort(nil, nil, activity.Histogram{40: 60}), spc.Number{}, 0, false},
		{"ten are too few", cohort(activity.Histogram{4: 5}, nil, activity.Histogram{40: 5}), spc.Number{}, 0, true},
	} {
		for _, outside := range []bool{false, true} {
			got := compute(d, activity.Raw, Data{Months: []civil.Date{june}, Cohorts: c.cohorts}, outside)[0]
			if got.Value.Known != c.want.Known || got.Value.Known && got.Value != c.want || got.Undue != c.undue || got.Small != c.small || outside && got.Events != 0 {
				t.Errorf("%s, outside %v: %+v", c.name, outside, got)
			}
		}
	}
	if o := (Data{Cohorts: cohort(nil, nil, activity.Histogram{3: 20, 40: 45})}).open(d, activity.Raw, false); o != (Open{spc.Some(65), spc.Some(45)}) {
		t.Errorf("open %+v", o)
	}
}

// TestBeside: how many stands beside every statistic, a 90th centile beside a median from enough people on, and how many of
// those who were asked beside an answer.
func TestBeside(t *testing.T) {
	median := Definition{Kind: KindQuantile, Measure: activity.WaitAdjustment, P: 0.5}
	for _, c := range []struct {
		n       int
		outside bool
		count   spc.Number
		p90     bool
	}{
		{9, false, spc.Some(9), false}, {10, false, spc.Some(10), true}, {19, true, spc.Some(20), false}, {20, true, spc.Some(20), true}, {23, true, spc.Some(25), true}, {7, true, spc.Number{}, false},
	} {
		data := Data{Months: []civil.Date{june}, Waits: []activity.Waits{{Month: june, Measure: activity.WaitAdjustment, Clock: activity.Raw, Lengths: activity.Histogram{5: c.n}}}}
		if got := compute(median, activity.Raw, data, c.outside)[0]; got.N.Known != c.count.Known || c.count.Known && got.N != c.count || got.P90.Known != c.p90 || c.p90 && got.P90.Value != 5 {
			t.Errorf("%d, outside %v: %+v", c.n, c.outside, got)
		}
		p90 := Definition{Kind: KindQuantile, Measure: activity.WaitAdjustment, P: 0.9}
		if got := compute(p90, activity.Raw, data, c.outside)[0]; got.Value.Known != c.p90 || got.Small == c.p90 {
			t.Errorf("90th centile of %d as a measure, outside %v: %+v", c.n, c.outside, got)
		}
	}
	good := Definition{Kind: KindGood, Question: "mattered", Least: 4}
	scores := []activity.Score{{Month: june, Question: "mattered", Score: 5, N: 20}, {Month: june, Question: activity.Invited, N: 80}, {Month: june, Question: "specific", Score: 1, N: 20}}
	for _, outside := range []bool{false, true} {
		data := Data{Months: []civil.Date{june}, Scores: scores}
		if got := compute(good, activity.Raw, data, outside)[0]; got.Value != spc.Some(100) || got.Rate != spc.Some(25) || got.N != spc.Some(20) {
			t.Errorf("outside %v: %+v", outside, got)
		}
		data.sort()
		if got := compute(good, activity.Raw, data, outside)[0]; got.Rate != spc.Some(25) {
			t.Errorf("sorted, outside %v: %+v", outside, got)
		}
	}
	if got := compute(good, activity.Raw, Data{Months: []civil.Date{june}, Scores: scores[:1]}, false)[0]; got.Rate.Known {
		t.Errorf("a rate of nobody knows how many: %+v", got)
	}
}

// TestStatesHide: one person's pause is not shown because many others were received.
func TestStatesHide(t *testing.T) {
	rows := []activity.StateTime{{State: activity.StateReceived, Cases: 30, Hours: 30 * 24}, {State: activity.StatePaused, Cases: 1, Hours: 240}, {State: activity.StateBooking, Cases: 8, Hours: 30 * 48}}
	for _, outside := range []bool{false, true} {
		for _, s := range average(rows, outside) {
			want := State{Code: s.Code, Days: map[string]float64{activity.StateReceived: 1, activity.StatePaused: 10.0 / 30, activity.StateBooking: 2}[s.Code]}
			if outside && s.Code == activity.StatePaused {
				want = State{Code: s.Code, Hidden: true}
			}
			if s != want {
				t.Errorf("outside %v: %+v, want %+v", outside, s, want)
			}
		}
	}
}

// TestClockRules: the catalogue's shares are out of what was received (growth.md 6.1), and the way they were counted before is
// still there for the months before.
func TestClockRules(t *testing.T) {
	p, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	september := civil.MustParse("2026-09-01")
	for _, code := range []string{"K01", "K03", "K04", "K09"} {
		now, _ := p.Find(code)
		before, _ := p.At(code, september)
		if !now.Cohort() || before.Cohort() || before.Version != now.Version-1 || now.From != civil.MustParse("2026-10-01") {
			t.Errorf("%s: %+v after %+v", code, now, before)
		}
	}
	if k02, _ := p.Find("K02"); k02.Measure != activity.WaitAccepted || k02.Side != activity.SideEmployer {
		t.Errorf("K02 is %+v", k02)
	}
	if k09, _ := p.Find("K09"); k09.Measure != activity.WaitFirstContact {
		t.Errorf("K09 is %+v", k09)
	}
}
