package plan

import (
	"context"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// Measures are of one period in one replication. Waits and shares are of the people seen in it, 0 if there were none.
type Measures struct {
	List        float64 // at its end
	Median, P90 float64 // working days
	Within      float64 // share seen within the target
	Utilisation float64 // share of appointments that somebody was called to
	Came, Seen  float64
	Given       float64
	Waited      float64 // working days that the people seen in it had waited, added up
	Mean        float64 // list at the ends of its working days
}

// Week is of one replication.
type Week struct{ List, Came, Seen int32 }

// Outcome is one replication.
type Outcome struct {
	Periods    []Measures
	Weeks      []Week
	Within     []float64 // share of those seen in the last period who had waited at most so many working days, from 0 to LongestTarget
	Pools      []Part    // of the last period, by pool
	came, seen int32
}

// Part is what a pool has of the last period. A pool knows nothing of the others, so what the same pool has in another plan with the
// same demand can be put in its place.
type Part struct {
	Seen []int32 // people who had waited at most so many working days, from 0 to LongestTarget; the last is everybody
	List int32   // at its end, without those who leave unseen
	// Appointments of the last yearPeriods periods, all of them where there are fewer, and those to which somebody was called.
	Given, Used int32
}

// yearPeriods is how many periods make a year: a period is a quarter of it.
const yearPeriods = 4

// LongestTarget is the longest wait, in working days, within which Within says how many were seen: twelve weeks.
const LongestTarget = 60

// Result has every replication: by period or week, then by replication.
type Result struct {
	Replications int
	Periods      [][]Measures
	Weeks        [][]Week
	Within       [][]float64 // by replication, then by working days
	Pools        [][]Part    // by replication, then by pool
}

// Run simulates a plan. told is called after each replication with how many are done.
func Run(ctx context.Context, spec *Spec, seed uint64, replications, workers int, told func(done int)) (*Result, error) {
	if err := spec.Check(); err != nil {
		return nil, err
	}
	workers = max(1, min(workers, replications))
	sims := make([]*sim, workers)
	for i := range sims {
		sims[i] = newSim(spec)
	}
	out := &Result{Replications: replications}
	err := des.Replicate(ctx, replications, workers, ahead,
		func(_ context.Context, worker, replication int) (Outcome, error) {
			return sims[worker].run(seed, replication), nil
		},
		func(i int, o Outcome) {
			if out.Periods == nil {
				out.Periods, out.Weeks = make([][]Measures, len(o.Periods)), make([][]Week, len(o.Weeks))
			}
			for k, m := range o.Periods {
				out.Periods[k] = append(out.Periods[k], m)
			}
			for k, w := range o.Weeks {
				out.Weeks[k] = append(out.Weeks[k], w)
			}
			out.Within, out.Pools = append(out.Within, o.Within), append(out.Pools, o.Pools)
			told(i + 1)
		})
	if err == nil {
		err = ctx.Err()
	}
	return out, err
}

// ahead is how many results a worker may have waiting for its neighbours: one has some hundred numbers a year.
const ahead = 8

// Band is where a number lies over the replications.
type Band struct {
	Mean, SE           float64
	P10, P25, P50, P75 float64
	P90                float64
}

// Over gives the band of some numbers.
func Over(x []float64) (b Band) {
	n := float64(len(x))
	for _, v := range x {
		b.Mean += v / n
	}
	sum := 0.0
	for _, v := range x {
		sum += (v - b.Mean) * (v - b.Mean)
	}
	if n > 1 {
		b.SE = math.Sqrt(sum / (n - 1) / n)
	}
	x = slices.Sorted(slices.Values(x))
	at := func(p float64) float64 { // type 7, as R
		i := p * (n - 1)
		low := int(i)
		return x[low] + (i-float64(low))*(x[min(low+1, len(x)-1)]-x[low])
	}
	b.P10, b.P25, b.P50, b.P75, b.P90 = at(0.1), at(0.25), at(0.5), at(0.75), at(0.9)
	return b
}
