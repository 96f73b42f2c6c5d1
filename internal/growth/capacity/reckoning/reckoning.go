// Package reckoning is what the arithmetic of waiting lists says of the last year of a plan, beside the simulation.
package reckoning

import (
	"fmt"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/calc/queueing"
)

// Formula is what the arithmetic of waiting lists says of the last year of a plan, beside the simulation.
//
// Each profession's list is a chain by the day (queueing.Days): Poisson referrals join when they may be seen, then as many people
// leave as the day has appointments, in whole ones as the simulation gives them. The wait follows by Little's law. Follow-ups and
// people who do not come are taken off the appointments on average; what the chain does not know is in WhyNot. With none of it
// chain and simulation are the same process, and differ by the chance of the simulation alone.
type Formula struct {
	Load      float64  `json:"load"`              // appointments that referrals ask for over those that are given
	Referrals float64  `json:"referrals"`         // a week, that need an appointment
	Needed    float64  `json:"needed"`            // appointments a week for the target
	PerPerson float64  `json:"per_person"`        // appointments for each person seen, with those missed and those that follow
	List      Beside   `json:"list"`              // people, at the ends of working days
	Wait      Beside   `json:"wait"`              // mean, in working days, of those seen
	WhyNot    []string `json:"why_not,omitempty"` // what the chain does not know, as keys of words
	Bare      *Bare    `json:"bare,omitempty"`    // without all that; nil where there is nothing of it
}

// Beside is a number of the formula beside that of the simulation.
type Beside struct {
	Formula   float64 `json:"formula"`
	Simulated float64 `json:"simulated"`
	SE        float64 `json:"se"` // of Simulated
}

// Tolerance is how far apart the two may be where they should agree: four standard errors, which chance exceeds once in some ten
// thousand runs, and half of the last digit that a page shows.
func (b Beside) Tolerance() float64 { return 4*b.SE + 0.05 }

// Agrees says that they are no farther apart.
func (b Beside) Agrees() bool { return math.Abs(b.Formula-b.Simulated) <= b.Tolerance() }

const (
	// factor is how many times the mean wait the target is, so that few exceed it: exp(-4) is two in a hundred.
	factor = 4.0
	// moving is the change of the list over the year, as a share of the referrals, from which Little's law is off by as much.
	moving = 0.01
	// Year is how many periods, quarters, the last year has: one alone has its season and its bank holidays.
	Year = 4

	workdays = 5.0 // of a week
)

// Of computes it from the fits, the model that was made of them, and what was simulated of it: referrals that came and
// appointments that were given, a week of the last year.
func Of(f demand.Fits, spec *plan.Spec, r *plan.Result, came, given float64) (*Formula, error) {
	// One who does not come and asks again takes another appointment, for first and following ones alike.
	each := 1 / (1 - f.DNA.Value*f.Rebook.Value)
	seenShare := (1 - f.DNA.Value) * each // of those called first, in the end
	out := &Formula{PerPerson: each * (1 + f.FollowUps.Value*seenShare), Referrals: came * (1 - f.Unseen.Value)}
	if given > 0 {
		out.Load = out.Referrals * out.PerPerson / given
	}
	if out.Referrals > 0 {
		weekly := 1 / math.Sqrt(out.Referrals) // Poisson by the week, both ways, at worst
		l, err := queueing.List{Demand: out.Referrals, Target: float64(spec.Target) / workdays, CVDemand: weekly, CVCapacity: weekly, Factor: factor}.Solve()
		if err != nil {
			return nil, err
		}
		if l.TargetCapacity != nil {
			out.Needed = *l.TargetCapacity * out.PerPerson
		}
	}
	out.simulated(spec, r)
	change, err := out.chain(spec)
	if err != nil {
		return nil, err
	}
	out.WhyNot = whyNot(f, spec)
	if change > moving {
		out.WhyNot = append(out.WhyNot, "moving")
	}
	return out, nil
}

// simulated takes the year's mean list and mean wait from the simulation, with their standard errors over the replications.
func (x *Formula) simulated(spec *plan.Spec, r *plan.Result) {
	first := len(r.Periods) - Year
	lists, waited, seen := make([]float64, r.Replications), make([]float64, r.Replications), make([]float64, r.Replications)
	days := 0.0
	for p := first; p < len(r.Periods); p++ {
		n := 0.0
		for d := spec.Periods[p-1]; d < spec.Periods[p]; d++ {
			if spec.Working[d] {
				n++
			}
		}
		days += n
		for i, m := range r.Periods[p] {
			lists[i] += m.Mean * n
			waited[i] += m.Waited
			seen[i] += m.Seen
		}
	}
	if days > 0 {
		for i := range lists {
			lists[i] /= days
		}
	}
	l := plan.Over(lists)
	x.List.Simulated, x.List.SE = l.Mean, l.SE
	if all := plan.Over(seen); all.Mean > 0 {
		// A ratio of two sums, and its error by what each replication is off the ratio.
		x.Wait.Simulated = plan.Over(waited).Mean / all.Mean
		for i := range waited {
			waited[i] = (waited[i] - x.Wait.Simulated*seen[i]) / all.Mean
		}
		x.Wait.SE = plan.Over(waited).SE
	}
}

// chain works the list out day by day, and the wait by Little's law in working days: whoever is carried into a working day waits one
// more. It tells how much the list of people who will be seen changes over the year, as a share of those who join it.
func (x *Formula) chain(spec *plan.Spec) (change float64, err error) {
	end := spec.Periods[len(spec.Periods)-1]
	begin := spec.Periods[len(spec.Periods)-1-Year]
	waiting, joining := make([]float64, end+1), 0.0 // waiting[d] are carried into day d
	for i := range spec.Pools {
		list, err := expected(spec, i, x.PerPerson)
		if err != nil {
			return 0, fmt.Errorf("list of %s: %w", spec.Pools[i].Name, err)
		}
		early := 0.0 // on the list, and not to be seen yet
		for d := range end {
			for _, c := range spec.Classes {
				n := joins(spec, i, d) * c.Share
				if d >= begin {
					joining += n
				}
				early += n
				if d >= c.Lead {
					early -= joins(spec, i, d-c.Lead) * c.Share
				}
			}
			waiting[d+1] += list[d] + early
		}
	}
	days := 0.0
	for d := begin; d < end; d++ {
		if spec.Working[d] {
			days++
			x.List.Formula += waiting[d+1] + unseen(spec, d)
			x.Wait.Formula += waiting[d]
		}
	}
	if days > 0 {
		x.List.Formula /= days
	}
	if joining > 0 {
		x.Wait.Formula /= joining
		change = math.Abs(waiting[end]-waiting[begin]) / joining
	}
	return change, nil
}

// expected is the mean list of a pool after each day, of those who may be seen.
func expected(spec *plan.Spec, pool int, perPerson float64) ([]float64, error) {
	end := spec.Periods[len(spec.Periods)-1]
	days := queueing.Days{Referrals: make([]float64, end), Slots: make([]int, end), Initial: spec.Pools[pool].Backlog}
	carry := 0.0
	for d := range end {
		for _, c := range spec.Classes {
			if d >= c.Lead {
				days.Referrals[d] += joins(spec, pool, d-c.Lead) * c.Share
			}
		}
		if spec.Working[d] { // whole appointments, as the simulation has them
			carry += spec.Pools[pool].Slots[d] / perPerson
			days.Slots[d] = int(carry + 1e-9)
			carry -= float64(days.Slots[d])
		}
	}
	return days.Solve()
}

// joins is how many join a pool's list on a day on average, to be seen.
func joins(spec *plan.Spec, pool, d int) (sum float64) {
	for t, x := range spec.Demand {
		sum += x.Daily[d] * spec.Pools[pool].Share[t] * (1 - spec.Unseen)
	}
	return sum
}

// unseen is how many are on the list after a day who will leave it without an appointment.
func unseen(spec *plan.Spec, d int) (sum float64) {
	for e := max(d-spec.UnseenFor+1, 0); e <= d; e++ {
		for _, x := range spec.Demand {
			sum += x.Daily[e] * spec.Unseen
		}
	}
	return sum
}

// whyNot lists what the simulation has and the chain does not.
func whyNot(f demand.Fits, spec *plan.Spec) (why []string) {
	add := func(has bool, key string) {
		if has {
			why = append(why, key)
		}
	}
	doubt := false
	for _, r := range f.Rates {
		doubt = doubt || r.LevelSE > 0 || r.TrendSE > 0
	}
	add(f.Given.React > 0, "react")
	add(f.Given.SD > 0 || f.Given.SE > 0, "given")
	add(f.Level.SD > 0, "level")
	add(doubt, "doubt")
	add(slices.ContainsFunc(spec.Pools, func(p plan.Pool) bool { return len(p.Futures) > 0 }), "people")
	add(f.FollowUps.Value > 0, "follow")
	add(f.DNA.Value > 0, "missed")
	return why
}
