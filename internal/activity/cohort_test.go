package activity

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// cohorts rolls up cases of one ledger that ends on a day.
func cohorts(until string, cases ...[]event) *roll {
	r := newRoll(workday.England())
	r.until = civil.MustParse(until)
	for _, events := range cases {
		r.begin()
		for _, e := range events {
			e.organisation = org
			r.add(e)
		}
	}
	r.begin()
	return r
}

// TestCohorts: what becomes of the waits of a case, by the month of their beginning. June 2026 has no bank holiday.
func TestCohorts(t *testing.T) {
	sent := event{kind: ReferralSubmitted, at: at("2026-06-01 09:00"), source: "management"}
	own := event{kind: ReferralSubmitted, at: at("2026-06-01 09:00"), source: "self"}
	on := func(day string, k Kind) event { return event{kind: k, at: at(day + " 09:00"), source: "management"} }
	for _, c := range []struct {
		name   string
		events []event
		want   map[Measure]string // fate and raw length in days to 30 June, a Tuesday: 21 working days
	}{
		{"nothing happened", []event{sent}, map[Measure]string{WaitTriage: "open 21", WaitFirstOffer: "open 21", WaitFirstContact: "open 21", WaitFirstSeen: "open 21"}},
		{"withdrawn", []event{sent, on("2026-06-03", ReferralWithdrawn)}, map[Measure]string{WaitTriage: "given up 2", WaitFirstOffer: "given up 2", WaitFirstContact: "given up 2", WaitFirstSeen: "given up 2"}},
		{"declined: that is a decision", []event{sent, on("2026-06-03", ReferralDeclined)}, map[Measure]string{WaitFirstOffer: "given up 2", WaitFirstContact: "given up 2", WaitFirstSeen: "given up 2"}},
		{"merged waits in the other case", []event{sent, on("2026-06-03", CaseMerged)}, map[Measure]string{}},
		{"offered without triage: that was not recorded", []event{sent, on("2026-06-02", AppointmentOffered)}, map[Measure]string{WaitFirstOffer: "ended 1", WaitFirstContact: "open 21", WaitFirstSeen: "open 21"}},
		{"written up is a contact and no appointment", []event{own, on("2026-06-04", ContactRecorded)}, map[Measure]string{WaitFirstContact: "ended 3"}},
		{"seen, and the report is owed", []event{sent, on("2026-06-02", ReferralTriaged), on("2026-06-03", AppointmentBooked), on("2026-06-05", AppointmentHeld)},
			map[Measure]string{WaitTriage: "ended 1", WaitFirstOffer: "ended 2", WaitFirstContact: "ended 4", WaitFirstSeen: "ended 4", WaitReport: "open 17"}},
		{"a self-referral owes none", []event{own, on("2026-06-02", ReferralTriaged), on("2026-06-03", AppointmentBooked), on("2026-06-05", AppointmentHeld)},
			map[Measure]string{WaitTriage: "ended 1", WaitFirstOffer: "ended 2", WaitFirstContact: "ended 4", WaitFirstSeen: "ended 4"}},
		{"nor does a later appointment", []event{sent, on("2026-06-02", ReferralTriaged), on("2026-06-03", AppointmentBooked), on("2026-06-05", AppointmentHeld), on("2026-06-08", ReportSigned), on("2026-06-10", AppointmentHeld)},
			map[Measure]string{WaitTriage: "ended 1", WaitFirstOffer: "ended 2", WaitFirstContact: "ended 4", WaitFirstSeen: "ended 4", WaitReport: "ended 1"}},
	} {
		got := map[Measure]string{}
		for k, n := range cohorts("2026-06-30", c.events).cohorts {
			if k.clock != Raw {
				continue
			}
			if n != 1 || got[k.measure] != "" || k.month != civil.MustParse("2026-06-01") {
				t.Errorf("%s: %+v %d times", c.name, k, n)
			}
			got[k.measure] = [...]string{"ended ", "given up ", "open "}[k.fate] + strconv.Itoa(k.days)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestDue: a service that stops offering cannot keep its share: who waits beyond the limit is in it.
func TestDue(t *testing.T) {
	c := Cohort{Ended: Histogram{3: 4, 12: 2}, GivenUp: Histogram{10: 1, 11: 3}, Open: Histogram{10: 5, 40: 7}}
	if kept, due, waiting := c.Due(10); kept != 4 || due != 6+3+7 || waiting != 5 {
		t.Errorf("%d of %d, %d may still keep it", kept, due, waiting)
	}
}

// TestRestart: who did not come starts the adjusted clock again; our own fault does not.
func TestRestart(t *testing.T) {
	for outcome, want := range map[string]int{"DNA": 3, "TECH-FAIL": 9} {
		r := cohorts("2026-06-30", []event{{kind: ReferralSubmitted, at: at("2026-06-01 09:00"), source: "self"}, {kind: AppointmentDNA, at: at("2026-06-09 09:00"), outcome: outcome}, {kind: AppointmentHeld, at: at("2026-06-12 09:00")}})
		month := civil.MustParse("2026-06-01")
		if n := r.waits[waitKey{org, month, WaitFirstContact, Adjusted, SideOwn, NoPriority, want}]; n != 1 {
			t.Errorf("%s: %v", outcome, r.waits)
		}
		if n := r.waits[waitKey{org, month, WaitFirstSeen, Adjusted, SideOwn, NoPriority, 9}]; n != 1 {
			t.Errorf("%s changed the clock of an older measure", outcome)
		}
		again := r.counts[countKey{org, month, string(WaitRestarted), SideOwn, "all", "all"}]
		if seen := r.counts[countKey{org, month, string(FirstSeen), SideOwn, "all", "all"}]; seen != 1 || (again == 1) != (outcome == "DNA") {
			t.Errorf("%s: %d seen, %d again", outcome, seen, again)
		}
	}
}

// TestClosures: a day on which the service is shut is no working day, a weekend is not taken off twice.
func TestClosures(t *testing.T) {
	shut := workday.England().Closed(map[civil.Date]string{civil.MustParse("2026-06-04"): "Training day", civil.MustParse("2026-06-06"): "a Saturday", civil.MustParse("2026-05-25"): "a bank holiday"})
	if days, _ := shut.Between(civil.MustParse("2026-06-01"), civil.MustParse("2026-06-08")); days != 4 {
		t.Errorf("%d days", days)
	}
	if days, _ := workday.England().Between(civil.MustParse("2026-06-01"), civil.MustParse("2026-06-08")); days != 5 {
		t.Errorf("the calendar that others use has changed: %d days", days)
	}
	if day, _ := shut.Add(civil.MustParse("2026-06-03"), 1); day != civil.MustParse("2026-06-05") {
		t.Errorf("the next day is %s", day)
	}
}
