package clinic_test

import (
	"context"
	"math"
	"os"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/clinic"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

func seeds() uint64 {
	if os.Getenv("ROWAN_PROVE") != "" {
		return 20
	}
	return 2
}

// daily repeats a week of expected referrals.
func daily(weeks int, week ...float64) (out []float64) {
	for range weeks {
		out = append(out, week...)
	}
	return out
}

// weekly is one session of so many slots each Friday, called on the day.
func weekly(weeks, slots, backlog int, referrals float64) clinic.Spec {
	session := clinic.Session{Day: time.Friday}
	for range slots {
		session.Slots = append(session.Slots, 30)
	}
	each := referrals / 5
	return clinic.Spec{Name: "clinic", Start: civil.MustParse("2026-01-05"), Weeks: weeks, Week: 1, Target: 4,
		Classes: []clinic.Class{{Name: "referral", Daily: daily(weeks, each, each, each, each, each, 0, 0), Backlog: backlog}},
		Posts:   []clinic.Post{{Name: "nurse", Skill: "nurse", Sessions: []clinic.Session{session}}}}
}

// exact is the mean and the variance of X after each week, X' = max(X + Poisson - slots, 0), by the whole distribution.
func exact(weeks, slots, backlog int, referrals float64) (mean, variance []float64) {
	const most = 600
	poisson := make([]float64, 120)
	poisson[0] = math.Exp(-referrals)
	for k := 1; k < len(poisson); k++ {
		poisson[k] = poisson[k-1] * referrals / float64(k)
	}
	x := make([]float64, most)
	x[backlog] = 1
	for range weeks {
		next := make([]float64, most)
		for n, w := range x {
			if w < 1e-16 {
				continue
			}
			for k, p := range poisson {
				next[min(most-1, max(n+k-slots, 0))] += w * p
			}
		}
		x = next
		m, v := 0.0, 0.0
		for n, w := range x {
			m += float64(n) * w
			v += float64(n) * float64(n) * w
		}
		mean, variance = append(mean, m), append(variance, v-m*m)
	}
	return mean, variance
}

// TestWeeklyList compares the list after weeks 52, 104 and 260, from a backlog, with its exact distribution: a service
// that has not reached its steady state when the plan ends.
func TestWeeklyList(t *testing.T) {
	const weeks, slots, backlog, referrals, replications = 260, 10, 60, 9.8, 200
	mean, variance := exact(weeks, slots, backlog, referrals)
	c, err := clinic.Compile(weekly(weeks, slots, backlog, referrals))
	if err != nil {
		t.Fatal(err)
	}
	for seed := range seeds() {
		s, err := report.Simulate(context.Background(), c, report.Options{Replications: replications, Seed: seed + 1, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		r := s.Result()
		for _, week := range []int{52, 104, 260} {
			p := r.Series[week-1]
			se := math.Sqrt(variance[week-1] / replications)
			if z := (*p.List.Mean - mean[week-1]) / se; math.Abs(z) > 4 {
				t.Errorf("seed %d, week %d: list %.3f, exactly %.3f: %.1f standard errors", seed+1, week, *p.List.Mean, mean[week-1], z)
			}
		}
	}
}

func one(t *testing.T, s clinic.Spec) *report.Result {
	t.Helper()
	c, err := clinic.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := report.Simulate(context.Background(), c, report.Options{Replications: 40, Seed: 1, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	return sum.Result()
}

// TestDiary works through small diaries whose answer is certain or known by arithmetic.
func TestDiary(t *testing.T) {
	const weeks = 104
	ample := func() clinic.Spec { s := weekly(weeks, 40, 0, 10); return s }
	near := func(what string, got *float64, want, tolerance float64) {
		t.Helper()
		if got == nil {
			t.Errorf("%s: null", what)
		} else if math.Abs(*got-want) > tolerance {
			t.Errorf("%s: %.4f, want %.4f within %g", what, *got, want, tolerance)
		}
	}
	at := func(r *report.Result) report.Station { return r.Stations["clinic"] }

	// Referrals from Monday to Friday wait 4, 3, 2, 1, 0 days for Friday: 2 on average.
	near("wait for Friday", at(one(t, ample())).Wait.Mean, 2.0/7, 0.01)
	// With three days' notice those of Wednesday to Friday see next week: 4, 3, 9, 8, 7, on average 6.2.
	s := ample()
	s.Notice, s.Horizon = 3, 14
	near("wait with notice", at(one(t, s)).Wait.Mean, 6.2/7, 0.02)
	// Each second Friday: half of them a week more.
	s = ample()
	s.Posts[0].Sessions[0].Every, s.Posts[0].Sessions[0].First = 2, 2
	near("alternate weeks", at(one(t, s)).Wait.Mean, 5.5/7, 0.03)
	// 40 slots for 10 referrals; a tenth does not attend and all of these ask again: 10 attendances a week, 11.1 bookings.
	s = ample()
	s.Classes[0].DNA, s.Classes[0].Rebook = 0.1, 1
	r := one(t, s)
	near("attendances", at(r).Throughput, 10, 0.2)
	near("wait with DNA", at(r).Wait.Mean, (2+7*0.1/0.9)/7, 0.02)
	near("nobody lost", at(r).Abandoned, 0, 0)
	// None ask again: a tenth is lost.
	s.Classes[0].Rebook = 0
	near("lost", at(one(t, s)).Abandoned, 0.1, 0.01)
	// 0.7 follow-ups for each new make 17 attendances a week, once the first are due.
	s = ample()
	s.WarmupWeeks = 20
	s.Classes[0].FollowUps, s.Classes[0].Gap = 0.7, fixed(42)
	near("with follow-ups", at(one(t, s)).Throughput, 17, 0.4)
	near("utilisation", at(one(t, s)).Utilisation, 17.0/40, 0.01)
	// Leave of 26 days in 52 weeks is 5 whole weeks and a Monday; sickness of a fifth; vacant half of the time.
	full := *at(one(t, busy(weeks))).Throughput
	near("all slots used", &full, 10, 0)
	s = busy(weeks)
	s.Posts[0].LeaveDays = 26
	near("leave", at(one(t, s)).Throughput, full*47/52, 0.001)
	s = busy(weeks)
	s.Posts[0].Sickness, s.Posts[0].Spell = 0.2, 5
	near("sickness", at(one(t, s)).Throughput, full*0.8, 0.2)
	near("sickness lowers capacity, not utilisation", at(one(t, s)).Utilisation, 1, 1e-9)
	s = busy(weeks)
	s.Posts[0].Vacant, s.Posts[0].Recruitment = true, fixed(26*7)
	near("vacancy", at(one(t, s)).Throughput, full*78/104, 1e-9)
	// From 20% to all in 10 weeks: 2, 2.8, 3.6, ... rounded: 2 3 4 4 5 6 7 8 8 9 = 56 of the first 100 slots.
	s = busy(weeks)
	s.Posts[0].Training, s.Posts[0].RampWeeks, s.Posts[0].RampFrom = true, 10, 0.2
	near("ramp-up", at(one(t, s)).Throughput, (56+94*10)/104.0, 1e-9)
	// Bank holidays on a Friday in 2026 and 2027: Good Friday (3 April, 26 March), Christmas Day 2026, New Year 2027.
	s = busy(weeks)
	s.BankHolidays = true
	near("bank holidays", at(one(t, s)).Throughput, full*100/104, 1e-9)
	// An overbooking in each session: nine tenths of 11 attend ten slots.
	s = busy(weeks)
	s.Overbooking = clinic.Overbooking{Extra: 1, FromSlots: 8}
	s.Classes[0].DNA = 0.1
	near("overbooking", at(one(t, s)).Utilisation, 0.99, 0.01)
}

// TestSkills sends a class to the skill it prefers, and to the next only when that is full.
func TestSkills(t *testing.T) {
	s := busy(104)
	s.Classes[0].Backlog = 0
	s.Classes[0].Daily = daily(104, 4, 0, 0, 0, 0, 0, 0)
	s.Classes[0].Skills = []string{"nurse", "doctor"}
	s.Posts = append(s.Posts, clinic.Post{Name: "doctor", Skill: "doctor", Sessions: []clinic.Session{{Day: time.Monday, Slots: []int{20}}}})
	s.Horizon = 6
	// The doctor's Monday is sooner, but the nurse has room on Friday.
	if w := *one(t, s).Stations["clinic"].Wait.Mean; math.Abs(w-4.0/7) > 0.02 {
		t.Errorf("wait %.3f weeks: they wait for the nurse, four days", w)
	}
	s.Classes[0].Skills = []string{"doctor", "nurse"}
	if w := *one(t, s).Stations["clinic"].Wait.Mean; w > 3.2/7 {
		t.Errorf("wait %.3f weeks: the first goes to the doctor at once", w)
	}
	for _, order := range [][2]int{{1, 2}, {2, 1}} { // priority: one class of two waits much less where slots are short
		s := weekly(104, 10, 0, 5)
		urgent := s.Classes[0]
		s.Classes[0].Priority, urgent.Priority = order[0], order[1]
		urgent.Name, urgent.Daily = "second", daily(104, 5, 0, 0, 0, 0, 0, 0)
		s.Classes = append(s.Classes, urgent)
		classes := one(t, s).Stations["clinic"].Classes
		first, second := *classes["referral"].Wait.Mean, *classes["second"].Wait.Mean
		if (first < second) != (order[0] == 1) {
			t.Errorf("priorities %v: waits %.2f and %.2f", order, first, second)
		}
	}
}

func fixed(days float64) des.Dist { return des.Deterministic(days) }

// busy has more on its list than its ten slots a week can ever see.
func busy(weeks int) clinic.Spec { return weekly(weeks, 10, 5000, 5) }
