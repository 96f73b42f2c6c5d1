// Package mix finds the cheapest combination of more people of several professions with which enough are seen in time.
//
// Each profession has its own list and knows nothing of the others (calc/des/plan), so no combination has to be simulated by itself: a
// few runs, in each of which every profession has so many more people, hold every combination of these numbers, replication by
// replication and to the person. Every one of them is looked at. What is kept are, for each target, those that no cheaper one equals.
package mix

import (
	"cmp"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
)

// Mix is a combination: so many more of each profession, what they cost a year, and the percentage seen in time, in the middle
// future and where 8 in 10 have it.
type Mix struct {
	Posts  []int   `json:"posts"`
	Cost   float64 `json:"cost"`
	Low    float64 `json:"low"`
	Middle float64 `json:"middle"`
	High   float64 `json:"high"`
	Used   Share   `json:"used"`
}

// Share is a percentage: in the middle future, and where 8 in 10 have it. All are 0 where nobody knows.
type Share struct {
	Low    float64 `json:"low"`
	Middle float64 `json:"middle"`
	High   float64 `json:"high"`
}

// UsedOf is the share of the appointments of the last year to which somebody was called, from the parts of each replication.
func UsedOf(replications int, part func(replication int) []plan.Part) Share {
	share := make([]float64, replications)
	for i := range share {
		given, used := 0.0, 0.0
		for _, p := range part(i) {
			given, used = given+float64(p.Given), used+float64(p.Used)
		}
		if given > 0 {
			share[i] = 100 * used / given
		}
	}
	b := plan.Over(share)
	return Share{b.P10, b.P50, b.P90}
}

// step is by how many in 100 a dearer combination has to be better to be kept: less is not seen on a page of whole numbers.
const step = 0.5

// Runs are what was simulated: with 0, 1, 2... more of every profession, by replication, then by profession.
type Runs [][][]plan.Part

// Search gives, for each target in working days from 0 to plan.LongestTarget, the combinations in order of cost, the first with nobody
// more. A profession without a cost has nobody more.
func (r Runs) Search(cost []float64) [][]Mix {
	all := r.combinations(cost)
	out := make([][]Mix, plan.LongestTarget+1)
	share := make([]float64, len(r[0]))
	for d := range out {
		best := -1.0
		for _, m := range all {
			for i := range share {
				in, seen := 0, 0
				for p, n := range m.Posts {
					part := r[n][i][p].Seen
					in, seen = in+int(part[d]), seen+int(part[len(part)-1])
				}
				share[i] = 0
				if seen > 0 {
					share[i] = 100 * float64(in) / float64(seen)
				}
			}
			if b := plan.Over(share); b.P50 >= best+step {
				best = b.P50
				m.Low, m.Middle, m.High, m.Used = b.P10, b.P50, b.P90, r.used(m.Posts)
				out[d] = append(out[d], m)
			}
		}
	}
	return out
}

// used is of a combination: each profession has it from the run with so many of them.
func (r Runs) used(posts []int) Share {
	of := make([]plan.Part, len(posts))
	return UsedOf(len(r[0]), func(i int) []plan.Part {
		for p, n := range posts {
			of[p] = r[n][i][p]
		}
		return of
	})
}

// combinations are all of them, the cheapest first, of the same cost the one with fewest people.
func (r Runs) combinations(cost []float64) []Mix {
	all := []Mix{{}}
	for _, each := range cost {
		most := len(r) - 1
		if each <= 0 {
			most = 0
		}
		var next []Mix
		for _, m := range all {
			for n := range most + 1 {
				next = append(next, Mix{Posts: append(slices.Clone(m.Posts), n), Cost: m.Cost + float64(n)*max(each, 0)})
			}
		}
		all = next
	}
	people := func(m Mix) (sum int) {
		for _, n := range m.Posts {
			sum += n
		}
		return sum
	}
	slices.SortStableFunc(all, func(a, b Mix) int { return cmp.Or(cmp.Compare(a.Cost, b.Cost), people(a)-people(b)) })
	return all
}

// Cheapest is the first with which at least so many percent are seen in time, in the middle future.
func Cheapest(all []Mix, percent float64) (Mix, bool) {
	i := slices.IndexFunc(all, func(m Mix) bool { return m.Middle >= percent })
	if i < 0 {
		return Mix{}, false
	}
	return all[i], true
}

// Within are the shares seen within each number of working days, from 0 to plan.LongestTarget, at the end of a plan.
func Within(r *plan.Result) []Share {
	out := make([]Share, plan.LongestTarget+1)
	for d := range out {
		x := make([]float64, r.Replications)
		for i, w := range r.Within {
			x[i] = 100 * w[d]
		}
		b := plan.Over(x)
		out[d] = Share{b.P10, b.P50, b.P90}
	}
	return out
}
