package activity

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

var comparable = cmpopts.EquateComparable(waitKey{}, stateKey{}, stateSum{})

var org = uuid.MustParse("00000000-0000-4000-8000-000000000001")

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, locale.London)
	if err != nil {
		panic(err)
	}
	return t
}

func rolled(events ...event) *roll {
	r := newRoll(workday.England())
	r.begin()
	for _, e := range events {
		e.organisation = org
		r.add(e)
	}
	return r
}

// TestOneCase is a case worked by hand: Easter 2026 is Friday 3 to Monday 6 April.
func TestOneCase(t *testing.T) {
	r := rolled(
		event{kind: ReferralSubmitted, at: at("2026-03-30 09:00"), source: "management", reason: "LTS"}, // Monday
		event{kind: ReferralReturned, at: at("2026-03-31 09:00"), source: "management"},                 // Tuesday
		event{kind: ClockPaused, at: at("2026-03-31 09:00"), outcome: "RETURN-INFO"},
		event{kind: ReferralAmended, at: at("2026-04-02 09:00"), source: "management"}, // Thursday
		event{kind: ClockResumed, at: at("2026-04-02 09:00"), outcome: "RETURN-INFO"},  // 2 working days
		event{kind: ReferralTriaged, at: at("2026-04-07 09:00"), priority: "P2"},       // Tue, Wed, Thu, Tue: 4 working days
		event{kind: ReferralAccepted, at: at("2026-04-07 09:00"), priority: "P2"},      //
		event{kind: AppointmentOffered, at: at("2026-04-08 09:00")},                    // 5
		event{kind: AppointmentBooked, at: at("2026-04-09 09:00")},                     //
		event{kind: AppointmentDNA, at: at("2026-04-13 09:00"), outcome: "DNA"},        //
		event{kind: AppointmentBooked, at: at("2026-04-14 09:00")},                     //
		event{kind: AppointmentHeld, at: at("2026-04-20 09:00")},                       // 13
		event{kind: ReportSigned, at: at("2026-04-22 09:00")},                          // 2 after
		event{kind: ReportSigned, at: at("2026-04-24 09:00")},                          // a corrected version
		event{kind: ReportReleased, at: at("2026-05-01 09:00")},                        // 5 after; 22 in all
		event{kind: CaseClosed, at: at("2026-05-05 09:00"), source: "management"},      //
	)
	april, may := civil.MustParse("2026-04-01"), civil.MustParse("2026-05-01")
	want := map[waitKey]int{}
	for _, w := range []struct {
		measure       Measure
		month         civil.Date
		raw, adjusted int
	}{{WaitTriage, april, 4, 2}, {WaitFirstOffer, april, 5, 3}, {WaitFirstSeen, april, 13, 11}, {WaitFirstContact, april, 13, 5}, {WaitAccepted, april, 9, 5}, {WaitReport, april, 2, 2}, {WaitRelease, may, 5, 5}, {WaitTotal, may, 22, 20}} {
		want[waitKey{org, w.month, w.measure, Raw, SideEmployer, "P2", w.raw}]++
		want[waitKey{org, w.month, w.measure, Adjusted, SideEmployer, "P2", w.adjusted}]++
	}
	if d := cmp.Diff(want, r.waits, comparable); d != "" {
		t.Error(d)
	}
	march := civil.MustParse("2026-03-01")
	states := map[stateKey]stateSum{
		{org, march, SideEmployer, StateReceived}: {1, 24}, // to the pause, which is the same moment as the return
		{org, april, SideEmployer, StatePaused}:   {1, 48},
		{org, april, SideEmployer, StateReceived}: {1, 120},
		{org, april, SideEmployer, StateBooking}:  {2, 72},
		{org, april, SideEmployer, StateBooked}:   {2, 96 + 144},
		{org, april, SideEmployer, StateAttended}: {1, 48},
		{org, may, SideEmployer, StateWithPerson}: {1, 216},
		{org, may, SideEmployer, StateReported}:   {1, 96},
	}
	if d := cmp.Diff(states, r.states, comparable); d != "" {
		t.Error(d)
	}
	if n := r.counts[countKey{org, april, string(AppointmentDNA), SideEmployer, "outcome", "DNA"}]; n != 1 {
		t.Errorf("%d DNA", n)
	}
}

// TestEnds are the edges: nothing begun measures nothing, a pause that never ended stands still to the wait's end.
func TestEnds(t *testing.T) {
	for _, c := range []struct {
		name   string
		events []event
		want   map[Measure][2]int
	}{
		{"seen without a referral", []event{{kind: AppointmentHeld, at: at("2026-06-01 10:00")}, {kind: ReportSigned, at: at("2026-06-03 10:00")}}, map[Measure][2]int{WaitReport: {2, 2}}},
		{"open pause", []event{{kind: ReferralSubmitted, at: at("2026-06-01 10:00")}, {kind: ClockPaused, at: at("2026-06-02 10:00")}, {kind: ReferralTriaged, at: at("2026-06-05 10:00")}}, map[Measure][2]int{WaitTriage: {4, 1}}},
		{"paused twice, resumed once", []event{{kind: ReferralSubmitted, at: at("2026-06-01 10:00")}, {kind: ClockPaused, at: at("2026-06-02 10:00")}, {kind: ClockPaused, at: at("2026-06-03 10:00")}, {kind: ClockResumed, at: at("2026-06-04 10:00")}, {kind: ReferralTriaged, at: at("2026-06-05 10:00")}}, map[Measure][2]int{WaitTriage: {4, 2}}},
		{"same day", []event{{kind: ReferralSubmitted, at: at("2026-06-01 10:00")}, {kind: ReferralTriaged, at: at("2026-06-01 11:00")}, {kind: ReferralTriaged, at: at("2026-06-09 11:00")}}, map[Measure][2]int{WaitTriage: {0, 0}}},
		{"late evening in summer is still that day", []event{{kind: ReferralSubmitted, at: at("2026-06-01 23:30")}, {kind: ReferralTriaged, at: at("2026-06-02 00:30")}}, map[Measure][2]int{WaitTriage: {1, 1}}},
	} {
		got := map[Measure][2]int{}
		for k, n := range rolled(c.events...).waits {
			if n != 1 {
				t.Errorf("%s: %s counted %d times", c.name, k.measure, n)
			}
			v := got[k.measure]
			if k.clock == Raw {
				v[0] = k.days
			} else {
				v[1] = k.days
			}
			got[k.measure] = v
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// naive computes the waits of a case the slow way: whole list at hand, days walked one by one.
func naive(events []event) map[waitKey]int {
	out := map[waitKey]int{}
	c := workday.England()
	date := func(i int) civil.Date { return locale.Day(events[i].at) }
	// stopped says whether the clock stood still on the way into a day.
	stopped := func(d civil.Date) bool {
		on := false
		var since civil.Date
		for i, e := range events {
			switch e.kind {
			case ClockPaused:
				if !on {
					on, since = true, date(i)
				}
			case ClockResumed, CaseClosed:
				if on && since.Before(d) && !d.After(date(i)) {
					return true
				}
				on = false
			}
		}
		return on && since.Before(d)
	}
	side := func(to int) string { // by the first submission, where that is known by then
		for _, e := range events[:to+1] {
			if e.kind == ReferralSubmitted && e.source != "" {
				return map[string]string{"management": SideEmployer, "hr": SideEmployer, "self": SideOwn}[e.source]
			}
		}
		return SideOwn
	}
	measure := func(m Measure, from, to int) {
		raw, adjusted := 0, 0
		restart := date(from)
		if m == WaitAccepted || m == WaitFirstContact { // the last missed appointment before the first contact
			for i, e := range events[:to] {
				if e.kind == AppointmentDNA && e.outcome != "TECH-FAIL" {
					restart = date(i)
				}
			}
			if restart.Before(date(from)) {
				restart = date(from)
			}
		}
		for d := date(from).AddDays(1); !d.After(date(to)); d = d.AddDays(1) {
			if c.IsWorking(d) {
				raw++
				if !stopped(d) && d.After(restart) {
					adjusted++
				}
			}
		}
		p := NoPriority
		for _, e := range events[:to+1] {
			if e.priority != "" {
				p = e.priority
			}
		}
		month := civil.Date{Year: date(to).Year, Month: date(to).Month, Day: 1}
		out[waitKey{org, month, m, Raw, side(to), p, raw}]++
		out[waitKey{org, month, m, Adjusted, side(to), p, adjusted}]++
	}
	first := func(after int, kinds ...Kind) int {
		for i := after; i < len(events); i++ {
			for _, k := range kinds {
				if events[i].kind == k {
					return i
				}
			}
		}
		return -1
	}
	if s := first(0, ReferralSubmitted); s >= 0 {
		for m, kinds := range map[Measure][]Kind{WaitTriage: {ReferralTriaged}, WaitFirstOffer: {AppointmentOffered, AppointmentBooked}, WaitFirstSeen: {AppointmentHeld}, WaitFirstContact: {AppointmentHeld, ContactRecorded}, WaitTotal: {ReportReleased}} {
			if e := first(s, kinds...); e >= 0 {
				measure(m, s, e)
			}
		}
	}
	// To the first appointment before which an acceptance, or else a submission, is known.
	for held, e := range events {
		if e.kind != AppointmentHeld {
			continue
		}
		from := first(0, ReferralAccepted)
		if from < 0 || from > held {
			from = first(0, ReferralSubmitted)
		}
		if from >= 0 && from < held {
			measure(WaitAccepted, from, held)
			break
		}
	}
	for i, e := range events {
		pair := func(m Measure, begin, end Kind) {
			if e.kind != end {
				return
			}
			for j := i - 1; j >= 0 && events[j].kind != end; j-- {
				if events[j].kind == begin {
					measure(m, j, i)
					return
				}
			}
		}
		pair(WaitReport, AppointmentHeld, ReportSigned)
		pair(WaitRelease, ReportSigned, ReportReleased)
	}
	return out
}

// TestOracle compares random cases, sensible and not, with the naive way. The end of a case ends its
// pause.
func TestOracle(t *testing.T) {
	kinds := []Kind{ReferralSubmitted, ReferralReturned, ReferralAmended, ReferralTriaged, ReferralAccepted, ClockPaused, ClockResumed, CaseClosed, ContactRecorded,
		AppointmentOffered, AppointmentBooked, AppointmentMoved, AppointmentDNA, AppointmentHeld, ReportSigned, ReportReleased}
	rapid.Check(t, func(t *rapid.T) {
		now := at("2025-11-20 08:00").Add(time.Duration(rapid.IntRange(0, 400*24).Draw(t, "start")) * time.Hour)
		var events []event
		for range rapid.IntRange(1, 25).Draw(t, "n") {
			now = now.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "hours")) * time.Hour)
			e := event{organisation: org, at: now, kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
			e.priority = rapid.SampledFrom([]string{"", "P1", "P2", ""}).Draw(t, "priority")
			e.source = rapid.SampledFrom([]string{"management", "hr", "self", ""}).Draw(t, "source")
			e.outcome = rapid.SampledFrom([]string{"", "DNA", "TECH-FAIL"}).Draw(t, "outcome")
			events = append(events, e)
		}
		r := rolled(events...)
		if d := cmp.Diff(naive(events), r.waits, comparable); d != "" {
			t.Fatal(d)
		}
		total := 0.0
		for _, s := range r.states {
			total += s.hours
		}
		// Every hour from the first state on is in one state.
		for i, e := range events {
			if _, moves := enters[e.kind]; moves {
				all := events[len(events)-1].at.Sub(events[i].at).Hours()
				open := all - total
				if open < -1e-6 {
					t.Fatalf("%v hours in states, only %v passed", total, all)
				}
				break
			}
		}
	})
}

func TestQuantile(t *testing.T) {
	h := Histogram{0: 1, 2: 2, 10: 1} // 0 2 2 10
	for p, want := range map[float64]float64{0: 0, 0.5: 2, 0.9: 7.6, 1: 10} {
		if got, ok := h.Quantile(p); !ok || got < want-1e-9 || got > want+1e-9 {
			t.Errorf("%v: %v, want %v", p, got, want)
		}
	}
	if h.Within(2) != 3 || h.N() != 4 {
		t.Error("within")
	}
	if _, ok := (Histogram{}).Quantile(0.5); ok {
		t.Error("a quantile of nothing")
	}
}

// TestAdjustments: from the first release to each answer that it is in place; other answers are no end.
func TestAdjustments(t *testing.T) {
	r := rolled(
		event{kind: AdjustmentAnswered, at: at("2026-04-29 09:00"), outcome: "done"}, // of nothing released
		event{kind: ReportReleased, at: at("2026-05-01 09:00")},
		event{kind: AdjustmentAnswered, at: at("2026-05-05 09:00"), outcome: "later"},
		event{kind: ReportReleased, at: at("2026-05-06 09:00")},                      // a corrected version
		event{kind: AdjustmentAnswered, at: at("2026-05-08 09:00"), outcome: "done"}, // Fri, bank holiday on Monday: 4 working days
		event{kind: AdjustmentAnswered, at: at("2026-05-11 09:00"), outcome: "done"}, // 5
	)
	may := civil.MustParse("2026-05-01")
	got := map[int]int{}
	for k, n := range r.waits {
		if k.measure == WaitAdjustment && k.clock == Raw && k.month == may {
			got[k.days] += n
		}
	}
	if diff := cmp.Diff(map[int]int{4: 1, 5: 1}, got); diff != "" {
		t.Error(diff)
	}
}

// TestReturns: a person who comes back within six months of a closed case, and what the employer may know of it.
func TestReturns(t *testing.T) {
	type step struct {
		on, c  string
		kind   Kind
		source string
	}
	open := func(on, c, source string) step { return step{on, c, ReferralSubmitted, source} }
	shut := func(on, c string) step { return step{on, c, CaseClosed, ""} }
	for _, c := range []struct {
		name          string
		steps         []step
		employer, own int
	}{
		{"the first referral", []step{open("2026-01-05", "a", "management"), shut("2026-02-02", "a")}, 0, 0},
		{"on the last day of six months", []step{open("2026-01-05", "a", "management"), shut("2026-02-02", "a"), open("2026-08-02", "b", "hr")}, 1, 0},
		{"a day later", []step{open("2026-01-05", "a", "management"), shut("2026-02-02", "a"), open("2026-08-03", "b", "hr")}, 0, 0},
		{"while the first is open", []step{open("2026-01-05", "a", "management"), open("2026-02-02", "b", "management")}, 0, 0},
		{"the employer does not learn of a self-referral", []step{open("2026-01-05", "a", "self"), shut("2026-02-02", "a"), open("2026-03-02", "b", "management")}, 0, 0},
		{"a self-referral follows any case", []step{open("2026-01-05", "a", "management"), shut("2026-02-02", "a"), open("2026-03-02", "b", "self")}, 0, 1},
		{"a closing without its beginning is not the employer's", []step{shut("2026-02-02", "a"), open("2026-03-02", "b", "management")}, 0, 0},
		{"the same referral again is one", []step{open("2026-01-05", "a", "management"), shut("2026-02-02", "a"), open("2026-03-02", "b", "management"), open("2026-03-03", "b", "management")}, 1, 0},
		{"two returns", []step{open("2026-01-05", "a", "hr"), shut("2026-02-02", "a"), open("2026-03-02", "b", "hr"), shut("2026-03-09", "b"), open("2026-04-02", "c", "hr")}, 2, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRoll(workday.England())
			p := returns{opened: map[string]string{}, closed: map[string]civil.Date{}}
			p.next([]byte("somebody"))
			for _, s := range c.steps {
				r.person(&p, s.c, at(s.on+" 09:00"), org, s.kind, s.source)
			}
			got := map[string]int{}
			for k, n := range r.counts {
				if k.kind != string(PersonReturned) || k.dimension != "all" {
					t.Errorf("counted %+v", k)
				}
				got[k.side] += n
			}
			if got[SideEmployer] != c.employer || got[SideOwn] != c.own {
				t.Errorf("%v, want %d for the employer and %d others", got, c.employer, c.own)
			}
		})
	}
}
