package queueing

import "math"

// MDC is Poisson arrivals to C servers who take exactly Mean for each.
type MDC struct {
	Lambda float64 `json:"lambda"`
	Mean   float64 `json:"mean"`
	C      int     `json:"c"`
}

// MDCAnswer is the steady state of an M/D/c queue.
type MDCAnswer struct {
	Rho float64 `json:"rho"`
	Means
	Percentiles
	Warnings []string `json:"warnings"`
}

// mostSlots bounds the servers of M/D/c and the slots of a clinic: people waiting are
// counted one by one.
const mostSlots = 10_000

// Solve gives the steady state, exact to about 1e-12 of each value; above a load of 0.9999 to 1e-15 over what it is
// under 1, if that is more.
func (in MDC) Solve() (MDCAnswer, error) {
	var c check
	c.notNegative("lambda", in.Lambda)
	c.above("mean", in.Mean)
	c.between("c", in.C, 1, mostSlots)
	if c.err != nil {
		return MDCAnswer{}, c.err
	}
	a := in.Lambda * in.Mean
	out := MDCAnswer{Rho: a / float64(in.C), Warnings: []string{}}
	switch {
	case out.Rho >= 1:
		out.Warnings = append(out.Warnings, overloaded(out.Rho))
		return out, nil
	case out.Rho > highestLoad:
		in.nearly(&out)
		return out, nil
	}
	w := newWalk(a, in.C)
	wait := 0.0
	if in.Lambda > 0 {
		wait = w.mean() / in.Lambda
	}
	out.Means = little(in.Lambda, wait, in.Mean)
	out.Percentiles = percentiles(func(tail float64) float64 { return in.exceeded(w, a, tail) })
	return out, nil
}

// nearly solves for a load just under 1. In a time t the number waiting that is exceeded falls by a factor of
// exp(-lambda d t), d being the distance of the pole from 1: what Poisson(au) adds in within comes to just that.
func (in MDC) nearly(out *MDCAnswer) {
	slack := math.FMA(-in.Lambda, in.Mean, float64(in.C)) / float64(in.C)
	w := newCritical(slack, in.C)
	out.Means = little(in.Lambda, w.mean()/in.Lambda, in.Mean)
	out.Percentiles = percentiles(func(tail float64) float64 { return math.Log(w.scale/tail) / (in.Lambda * w.d) })
	out.Warnings = append(out.Warnings, nearOne(slack)...)
}

// exceeded is the wait that a share tail exceeds.
func (in MDC) exceeded(w *walk, a, tail float64) float64 {
	want := 1 - tail
	if in.within(w, a, 1, 1) >= want {
		return 0
	}
	k := 1
	for w.atMost(k*in.C-1) < want {
		k++
	}
	low, high := 0.0, 1.0 // shares u: more is a shorter wait
	for range 60 {
		if u := (low + high) / 2; in.within(w, a, k, u) >= want {
			low = u
		} else {
			high = u
		}
	}
	return (float64(k) - low) * in.Mean
}

// within is the chance to wait at most k services less u of one, for u from 0 to 1.
//
// In a time of k services the c servers take exactly kc from a queue, if there are so
// many. Whoever arrives has therefore begun in time if, u before the arrival, those
// waiting and those who came since were together under kc: P(Q + Poisson(au) < kc),
// a sum of positive terms (Franx 2001).
func (in MDC) within(w *walk, a float64, k int, u float64) float64 {
	first, p := poisson(a * u)
	sum := 0.0
	for i, x := range p {
		if rest := k*in.C - 1 - first - i; rest >= 0 {
			sum += x * w.atMost(rest)
		}
	}
	return sum
}
