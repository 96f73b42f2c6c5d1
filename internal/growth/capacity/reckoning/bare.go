package reckoning

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
)

// Bare is the chain beside a simulation of the same referrals and appointments from which everything was left out that the chain does not
// know. A real service always has some of it, so this is where a reader sees that the two agree, and that what lies between them otherwise
// is what was left out.
type Bare struct {
	List   Beside `json:"list"`
	Wait   Beside `json:"wait"`
	Moving bool   `json:"moving,omitempty"` // the list grows or shrinks over the year, so Little's law does not give the wait
}

// Agrees says that the lists do, and the waits where Little's law gives them.
func (b Bare) Agrees() bool { return b.List.Agrees() && (b.Moving || b.Wait.Agrees()) }

// bareReplications are enough for a mean: the chance of fewer runs is in the tolerance.
const bareReplications = 200

// LeaveOut simulates a plan without what the chain does not know, and lays the chain beside it. perPerson are the appointments that each
// person takes on average, as a Formula has them.
func LeaveOut(ctx context.Context, spec *plan.Spec, perPerson float64, seed uint64, replications, workers int) (*Bare, error) {
	s := without(spec, perPerson)
	r, err := plan.Run(ctx, s, seed, min(replications, bareReplications), workers, func(int) {})
	if err != nil {
		return nil, err
	}
	x := Formula{PerPerson: 1}
	x.simulated(s, r)
	change, err := x.chain(s)
	return &Bare{x.List, x.Wait, change > moving}, err
}

// without is a plan in which demand is what is expected, each day has the appointments that it has on average, and each person takes one.
func without(spec *plan.Spec, perPerson float64) *plan.Spec {
	s := *spec
	s.Level, s.DNA, s.Rebook, s.FollowUps, s.Stretches = plan.Level{}, 0, 0, 0, nil
	s.Demand = slices.Clone(s.Demand)
	for i, d := range s.Demand {
		s.Demand[i] = plan.Demand{Daily: d.Daily}
	}
	s.Pools = slices.Clone(s.Pools)
	for i, p := range s.Pools {
		q := plan.Pool{Name: p.Name, Share: p.Share, Backlog: p.Backlog, Slots: make([]float64, len(p.Slots))}
		for d, n := range p.Slots {
			if spec.Working[d] {
				q.Slots[d] = max(n+team(spec, p, d), 0) / perPerson
			}
		}
		s.Pools[i] = q
	}
	return &s
}

// team is how many appointments more the team gives on a working day, in the mean of its futures.
func team(spec *plan.Spec, p plan.Pool, d int) (mean float64) {
	if len(p.Futures) == 0 {
		return 0
	}
	at, exact := slices.BinarySearch(spec.Stretches, d)
	if !exact {
		at--
	}
	for _, f := range p.Futures {
		mean += f[at] / float64(len(p.Futures))
	}
	return mean
}
