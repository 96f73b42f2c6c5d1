package model

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

func large(seed uint64, initiative bool) Plan {
	return Plan{Seed: seed, Now: StudyNow, PerYear: 1500, Clinics: Large(), Initiative: initiative}
}

func TestSameSeedSameCases(t *testing.T) {
	a, b, c := Run(large(1, true)).Cases, Run(large(1, true)).Cases, Run(large(2, true)).Cases
	if !reflect.DeepEqual(timeline(a), timeline(b)) {
		t.Error("the same seed gave other cases")
	}
	if reflect.DeepEqual(timeline(a), timeline(c)) {
		t.Error("another seed gave the same cases")
	}
}

func timeline(cases []*Case) (all [][]Event) {
	for _, c := range cases {
		all = append(all, c.Events)
	}
	return all
}

// The twins are one service until the initiative begins.
func TestTwinsShareTheirPast(t *testing.T) {
	with, without := Waits(5, true), Waits(5, false)
	before := 12*Years - InitiativeMonths
	if !slices.Equal(with[:before], without[:before]) {
		t.Error("the months before the initiative differ")
	}
	if slices.Equal(with[before:], without[before:]) {
		t.Error("the initiative changed nothing")
	}
}

func TestRates(t *testing.T) {
	p := large(3, true)
	cases := Run(p).Cases
	if n := len(cases) / Years; n < 1400 || n > 1750 {
		t.Errorf("%d cases a year, want about 1,500 and the list that history begins with", n)
	}
	count := map[Kind]int{}
	for _, c := range cases {
		for _, e := range c.Events {
			count[e.Kind]++
		}
	}
	dna := float64(count[Missed]) / float64(count[Missed]+count[Attended])
	if dna < 0.08 || dna > 0.14 {
		t.Errorf("%.3f of appointments were missed", dna)
	}
	for _, k := range []Kind{Checked, Returned, Answered, Declined, Merged, Accepted, Chose, Booked, Cancelled, Missed, Attended, ReferredOn, StepTaken,
		StepDone, Drafted, Signed, Said, Released, NotReleased, Read, Adjusted, Review, Feedback, Withdrawn, Closed} {
		if count[k] == 0 {
			t.Errorf("no case was ever %s", k)
		}
	}
}

// An event follows what it needs, none is after the cutoff, and nobody is booked into a slot twice.
func TestTimelines(t *testing.T) {
	for seed := range uint64(4) {
		p := large(seed, seed%2 == 0)
		live := map[*Slot]*Case{}
		for _, c := range Run(p).Cases {
			last := time.Time{}
			for i, e := range c.Events {
				if e.At.Before(last) || !e.At.Before(p.Cutoff()) {
					t.Fatalf("case %d: %s at %s after %s", c.N, e.Kind, e.At, last)
				}
				last = e.At
				if need := needs[e.Kind]; need != "" && !slices.ContainsFunc(c.Events[:i], func(x Event) bool { return x.Kind == need }) {
					t.Fatalf("case %d: %s without %s", c.N, e.Kind, need)
				}
				if e.Kind == Chose && !c.First(Signed).IsZero() && !e.At.Before(c.First(Signed)) {
					t.Fatalf("case %d: an early choice after the signature", c.N)
				}
				switch e.Kind {
				case Booked:
					s := c.Visits[e.Visit].Slot
					if !s.StartsAt.After(e.At) {
						t.Fatalf("case %d: booked at %s for %s", c.N, e.At, s.StartsAt)
					}
				case Attended, Missed:
					s := c.Visits[e.Visit].Slot
					if other := live[s]; other != nil {
						t.Fatalf("cases %d and %d in one slot", other.N, c.N)
					}
					live[s] = c
				}
			}
		}
	}
}

var needs = map[Kind]Kind{Answered: Returned, Accepted: Checked, Booked: Accepted, Cancelled: Booked, Missed: Booked, Attended: Booked, Drafted: Attended,
	Signed: Drafted, Said: Signed, Released: Signed, NotReleased: Signed, Read: Released, Adjusted: Read, Review: Released, StepTaken: ReferredOn, StepDone: StepTaken}

// TestSized: a rota for any size of service neither runs away nor stands empty.
func TestSized(t *testing.T) {
	for _, perYear := range []float64{180, 430, 720, 1400} {
		p := Plan{Seed: 4, Now: StudyNow, PerYear: perYear, Clinics: Sized(perYear), Missed: 0.18}
		cases := Run(p).Cases
		taken := map[[4]int]bool{}
		for i, c := range p.Clinics {
			k := [4]int{len(c.Role), c.Clinician, int(c.Weekday), int(c.From)}
			if taken[k] {
				t.Errorf("%.0f a year: clinic %d is twice", perYear, i)
			}
			taken[k] = true
		}
		missed, held := 0, 0
		for _, c := range cases {
			for _, e := range c.Events {
				switch e.Kind {
				case Missed:
					missed++
				case Attended:
					held++
				}
			}
		}
		if share := float64(missed) / float64(missed+held); share < 0.14 || share > 0.22 {
			t.Errorf("%.0f a year: %.2f were missed", perYear, share)
		}
		var medians []float64
		for _, m := range Monthly(p, cases) {
			medians = append(medians, m.Median)
		}
		year := slices.Clone(medians[len(medians)-12:])
		slices.Sort(year)
		slices.Sort(medians)
		if all, last := quantile(medians, 0.5), quantile(year, 0.5); all < 5 || all > 22 || last > 25 {
			t.Errorf("%.0f a year: in half of the months half waited longer than %.1f working days, in the last year %.1f", perYear, all, last)
		}
	}
}
