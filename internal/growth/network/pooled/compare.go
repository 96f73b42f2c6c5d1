package pooled

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
)

// Measure is what is reported of the second year.
type Measure string

// The measures.
const (
	Within Measure = "within" // percent seen within the target
	Median Measure = "median" // working days
	P90    Measure = "p90"    // working days in which nine in ten were seen
	List   Measure = "list"   // people who wait at its end
)

// Measures in their order.
var Measures = []Measure{Within, Median, P90, List}

// Band is where a measure lies over the replications.
type Band struct {
	Middle float64 `json:"middle"`
	Low    float64 `json:"low"`  // one in ten is lower
	High   float64 `json:"high"` // one in ten is higher
}

// Side is a service, or all together: as it stands, with pooled lists, and what pooling changes, replication by replication.
type Side struct {
	Apart    map[Measure]Band `json:"apart"`
	Together map[Measure]Band `json:"together"`
	Change   map[Measure]Band `json:"change"`
}

// Result is what pooling does.
type Result struct {
	Services []Side `json:"services"` // in the order of the members
	All      Side   `json:"all"`
}

// Longest is the longest wait that a result tells, in working days; what is longer is told as it.
const Longest = plan.LongestTarget + 1

// part is the people of a replication who were seen in the second year, by how long they had waited, and the list at its end. People
// are fractions where a common list is divided among services.
type part struct {
	seen []float64 // had waited at most so many working days
	list float64
}

func (p *part) add(x plan.Part, share float64) {
	if p.seen == nil {
		p.seen = make([]float64, len(x.Seen))
	}
	for i, n := range x.Seen {
		p.seen[i] += share * float64(n)
	}
	p.list += share * float64(x.List)
}

func (p *part) merge(x part) {
	if p.seen == nil {
		p.seen = make([]float64, len(x.seen))
	}
	for i, n := range x.seen {
		p.seen[i] += n
	}
	p.list += x.list
}

// measure reads a measure; 0 where nobody was seen.
func (p part) measure(k Measure, target int) float64 {
	if k == List {
		return p.list
	}
	all := p.seen[len(p.seen)-1]
	if all <= 0 {
		return 0
	}
	waited := func(of float64) float64 {
		for days, n := range p.seen {
			if n >= of*all-1e-9 {
				return float64(days)
			}
		}
		return Longest
	}
	switch k {
	case Median:
		return waited(0.5)
	case P90:
		return waited(0.9)
	}
	return 100 * p.seen[min(target, len(p.seen)-1)] / all
}

// side compares replications.
func side(apart, together []part, target int) Side {
	s := Side{map[Measure]Band{}, map[Measure]Band{}, map[Measure]Band{}}
	for _, k := range Measures {
		before, after, change := make([]float64, len(apart)), make([]float64, len(apart)), make([]float64, len(apart))
		for i := range apart {
			before[i], after[i] = apart[i].measure(k, target), together[i].measure(k, target)
			change[i] = after[i] - before[i]
		}
		s.Apart[k], s.Together[k], s.Change[k] = over(before), over(after), over(change)
	}
	return s
}

func over(x []float64) Band {
	b := plan.Over(x)
	return Band{b.P50, b.P10, b.P90}
}

// Question is which services pool which professions.
type Question struct {
	Services     []Model
	Professions  []string // pooled, in the order of their names
	Lost         float64  // share of pooled appointments that travel and handing over cost
	Replications int
	Seed         uint64
}

// Compare simulates every service apart, and the pooled professions together. told is called with how many replications of all are done.
func Compare(ctx context.Context, q Question, s Setting, workers int, told func(done int)) (*Result, error) {
	done := 0
	run := func(spec *plan.Spec) (*plan.Result, error) {
		return plan.Run(ctx, spec, q.Seed, q.Replications, workers, func(int) { done++; told(done) })
	}
	var pooled *plan.Result
	var err error
	if len(q.Professions) > 0 {
		if pooled, err = run(together(q.Services, q.Professions, q.Lost, s)); err != nil {
			return nil, err
		}
	}
	out := &Result{}
	before, after := make([]part, q.Replications), make([]part, q.Replications)
	for k, m := range q.Services {
		own, err := run(alone(q.Services, k, s))
		if err != nil {
			return nil, err
		}
		apart, mixed := make([]part, q.Replications), make([]part, q.Replications)
		for r := range q.Replications {
			for i, name := range m.professions() {
				x := own.Pools[r][i]
				apart[r].add(x, 1)
				if at := slices.Index(q.Professions, name); at >= 0 {
					mixed[r].add(pooled.Pools[r][at], portion(q.Services, k, name))
				} else {
					mixed[r].add(x, 1)
				}
			}
			before[r].merge(apart[r])
			after[r].merge(mixed[r])
		}
		out.Services = append(out.Services, side(apart, mixed, s.Target))
	}
	out.All = side(before, after, s.Target)
	return out, nil
}

// portion is how much of a common list is one service's: as much as it refers there.
func portion(services []Model, k int, profession string) float64 {
	all := 0.0
	for _, m := range services {
		all += m.Demand * (1 - m.Unseen) * m.Share[profession]
	}
	own := services[k].Demand * (1 - services[k].Unseen) * services[k].Share[profession]
	if all == 0 {
		return 0
	}
	return own / all
}
