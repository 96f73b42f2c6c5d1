package pooled

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

const (
	week        = 7
	workdays    = 5.0
	year        = 52 * week
	mostWanders = 0.9 // of memory: at 1 demand would walk away
)

// Setting is what a simulation takes beside the services.
type Setting struct {
	Start    civil.Date // a Monday
	Calendar *workday.Calendar
	Due      map[string]int // days after the referral by which a priority should be seen
	Target   int            // working days
}

// working says which of the days of two years are worked.
func (s Setting) working() []bool {
	out := make([]bool, 2*year)
	for i := range out {
		out[i] = s.Calendar.IsWorking(s.Start.AddDays(i))
	}
	return out
}

// spread divides a weekly number over the days that are worked, so that two years have as many as weeks have; a service that gives so
// many in a week of five working days gives them on those days, and none on a bank holiday.
func spread(weekly float64, working []bool, wholeWeeks bool) []float64 {
	out, n := make([]float64, len(working)), 0.0
	for _, w := range working {
		if w {
			n++
		}
	}
	daily := weekly / workdays
	if wholeWeeks {
		daily = weekly / week * float64(len(working)) / n
	}
	for i, w := range working {
		if w {
			out[i] = daily
		}
	}
	return out
}

// lists is the share of those waiting that each profession has: by Little's law as those who are seen by it times how long they wait.
func (m Model) lists() map[string]float64 {
	out, people, days := map[string]float64{}, 0.0, 0.0
	for name, w := range m.Wait {
		people, days = people+m.Share[name], days+m.Share[name]*w
	}
	usual := 1.0
	if people > 0 {
		usual = days / people
	}
	for name, x := range m.Share {
		out[name] = x * cmp.Or(m.Wait[name], usual)
	}
	whole(out)
	return out
}

// pool is a profession of one service. Those who will leave unseen are on the list too, and take nobody's appointment.
func (m Model) pool(name string, working []bool) plan.Pool {
	unseen := m.Demand / week * m.Unseen * m.UnseenFor
	x, waiting := m.Share[name], m.lists()[name]
	p := plan.Pool{Name: name, Backlog: int(math.Round(max(m.List-unseen, 0) * waiting)), Due: m.Given / workdays * x * m.FollowUps / (1 + m.FollowUps),
		Weekly: m.Given * x, React: m.React, Mean: max(m.Usual-unseen, 0) * waiting, SD: m.SD * math.Sqrt(x), Least: m.Least * x, Most: m.Most * x}
	p.Slots = spread(p.Weekly, working, false)
	return p
}

// habits are what a plan has once for all: the mean of its services, by their demand.
func habits(services []Model, s Setting) *plan.Spec {
	working := s.working()
	total := 0.0
	for _, m := range services {
		total += m.Demand
	}
	mean := func(of func(Model) float64) (sum float64) {
		for _, m := range services {
			sum += of(m) * m.Demand / total
		}
		return sum
	}
	days := func(of func(Model) float64) int { return int(math.Round(mean(of))) }
	spec := &plan.Spec{Working: working, Periods: []int{year, 2 * year}, Target: s.Target,
		Level:  plan.Level{SD: mean(func(m Model) float64 { return m.Wander }), Memory: min(mean(func(m Model) float64 { return m.Memory }), mostWanders)},
		Unseen: mean(func(m Model) float64 { return m.Unseen }), UnseenFor: days(func(m Model) float64 { return m.UnseenFor }),
		DNA: mean(func(m Model) float64 { return m.DNA }), Rebook: mean(func(m Model) float64 { return m.Rebook }),
		FollowUps: mean(func(m Model) float64 { return m.FollowUps }), Gap: max(days(func(m Model) float64 { return m.Gap }), 1)}
	lead := int(math.Round(mean(func(m Model) float64 { return m.Lead }) * week / workdays))
	shares := map[string]float64{}
	for _, m := range services {
		for p, x := range m.Priority {
			shares[p] += x * m.Demand / total
		}
	}
	whole(shares)
	for _, p := range slices.Sorted(maps.Keys(shares)) {
		c := plan.Class{Share: shares[p], Lead: lead, Due: s.Due[p]}
		switch p {
		case "P0":
			c.Lead = 0
		case "P1":
			c.Lead = min(lead, 1)
		}
		spec.Classes = append(spec.Classes, c)
	}
	for _, m := range services {
		spec.Demand = append(spec.Demand, plan.Demand{Daily: spread(m.Demand, working, true), LevelSE: m.DemandError})
	}
	return spec
}

// alone is one of some services as it stands, with a pool for each of its professions in the order of their names. It has the errors
// of the level of demand that it has together with the others, and chance of its own.
func alone(services []Model, k int, s Setting) *plan.Spec {
	m := services[k]
	spec := habits([]Model{m}, s)
	own := spec.Demand[0]
	spec.Demand = nil
	for i := range services {
		d := plan.Demand{Daily: make([]float64, len(spec.Working))}
		if i == k {
			d = own
		}
		spec.Demand = append(spec.Demand, d)
	}
	for _, name := range m.professions() {
		p := m.pool(name, spec.Working)
		p.Share = make([]float64, len(services))
		p.Share[k] = m.Share[name]
		if k > 0 { // the name is that of its stream of random numbers
			p.Name += " " + strconv.Itoa(k)
		}
		spec.Pools = append(spec.Pools, p)
	}
	return spec
}

// professions of a service in the order of their names.
func (m Model) professions() []string { return slices.Sorted(maps.Keys(m.Share)) }

// together has one list for each of some professions, of which lost is the share of appointments that travel and handing over cost.
// Teams vary independently, so that variances add up; each answers to its part of the common list.
func together(services []Model, professions []string, lost float64, s Setting) *plan.Spec {
	spec := habits(services, s)
	keep := 1 - lost
	for _, name := range professions {
		pool, variance, react := plan.Pool{Name: name}, 0.0, 0.0
		for _, m := range services {
			p := m.pool(name, spec.Working)
			pool.Share = append(pool.Share, m.Share[name])
			pool.Backlog, pool.Due, pool.Mean = pool.Backlog+p.Backlog, pool.Due+p.Due, pool.Mean+p.Mean
			pool.Weekly, pool.Least, pool.Most = pool.Weekly+keep*p.Weekly, pool.Least+keep*p.Least, pool.Most+keep*p.Most
			variance += keep * keep * p.SD * p.SD
			react += keep * p.React * p.Mean
		}
		pool.SD = math.Sqrt(variance)
		pool.React = react / cmp.Or(pool.Mean, 1)
		pool.Slots = spread(pool.Weekly, spec.Working, false)
		spec.Pools = append(spec.Pools, pool)
	}
	return spec
}
