package drift

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
)

// Queue is the second check: a model that is told what came and what was given has only to work the list off.
type Queue struct {
	Covered float64 `json:"covered"` // share of weeks in which the list lay in the band
	Width   float64 `json:"width"`   // of the band on average, in people
}

// week is how many days it has.
const week = 7

// Tell gives a model of one list the referrals and the appointments that there were in each week, and takes away what it would have
// said of them by itself: the errors of its rates, the wandering of demand and the answer of the team to its list.
func Tell(s *plan.Spec, weeks []demand.Week) {
	s.Level = plan.Level{}
	s.Demand, s.Pools = slices.Clone(s.Demand), slices.Clone(s.Pools)
	for t := range s.Demand {
		d := &s.Demand[t]
		d.LevelSE, d.TrendSE, d.Daily = 0, 0, slices.Clone(d.Daily)
	}
	p := &s.Pools[0]
	p.Weekly, p.React, p.SD, p.SE, p.Slots = 0, 0, 0, 0, make([]float64, len(s.Working))
	for i, w := range weeks {
		days, worked, said := week*i, 0.0, 0.0
		for d := days; d < days+week; d++ {
			if s.Working[d] {
				worked++
			}
			for t := range s.Demand {
				said += s.Demand[t].Daily[d]
			}
		}
		for d := days; d < days+week; d++ {
			if s.Working[d] {
				p.Slots[d] = float64(w.Given) / worked
			}
			for t := range s.Demand {
				if said > 0 {
					s.Demand[t].Daily[d] *= float64(w.Referrals) / said
				}
			}
		}
	}
}

// Lay lays the list of a simulation over the weeks that happened.
func Lay(r *plan.Result, weeks []demand.Week) (q Queue) {
	n := float64(len(weeks))
	for i, w := range weeks {
		list := make([]float64, r.Replications)
		for k, x := range r.Weeks[i] {
			list[k] = float64(x.List)
		}
		b := plan.Over(list)
		q.Width += (b.P90 - b.P10) / n
		if was := float64(w.List); was >= b.P10 && was <= b.P90 {
			q.Covered += 1 / n
		}
	}
	return q
}
