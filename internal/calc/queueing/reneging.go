package queueing

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/integrate/quad"
)

// Reneging is MMC in which those who wait give up at rate Theta each.
type Reneging struct {
	Lambda float64 `json:"lambda"`
	Mu     float64 `json:"mu"`
	C      int     `json:"c"`
	Theta  float64 `json:"theta"` // one over the mean patience
}

// RenegingAnswer is the steady state, which always exists. WQ and W are of those
// served; MeanWaitAll and the percentiles are of all, until served or gone.
type RenegingAnswer struct {
	Rho     float64 `json:"rho"` // load offered to each server; it may exceed 1
	ErlangB float64 `json:"erlang_b"`
	Means
	Percentiles
	Abandon     *float64 `json:"p_abandon"`
	MeanWaitAll *float64 `json:"mean_wait_all"`
	Warnings    []string `json:"warnings"`
}

// Solve integrates over the wait that is on offer: what somebody who never gave up
// would wait. Its density on t > 0 is cmu P(n = c) exp(f(t)), f(t) = lambda
// (1-exp(-theta t))/theta - cmu t, with cmu the rate of all servers (Baccelli and
// Hebuterne 1981). That is one smooth peak whatever the rates, where the sum over
// states has millions of terms that no float64 can hold.
func (in Reneging) Solve() (RenegingAnswer, error) {
	var c check
	c.notNegative("lambda", in.Lambda)
	c.above("mu", in.Mu)
	c.servers("c", in.C)
	c.above("theta", in.Theta)
	if c.err != nil {
		return RenegingAnswer{}, c.err
	}
	cmu := float64(in.C) * in.Mu
	odds := idleOdds(in.Lambda/in.Mu, in.C)
	out := RenegingAnswer{Rho: in.Lambda / cmu, ErlangB: 1 / (1 + odds), Warnings: []string{}}
	o := newOffer(in.Lambda, cmu, in.Theta)
	served := func(t float64) float64 { return math.Exp(-in.Theta * t) }
	all := o.after[0]
	waits := 1 / (1 + odds*math.Exp(-o.height)/(cmu*all)) // P(n >= c)
	if math.IsNaN(waits) || in.Lambda == 0 {
		waits = 0 // odds are infinite: nobody ever waits
	}
	share := waits / all
	gone := share * o.integral(func(t float64) float64 { return -math.Expm1(-in.Theta * t) })
	stays := 1 - waits + share*o.integral(served)
	wait := share * o.integral(func(t float64) float64 { return t * served(t) }) / stays
	out.Abandon, out.MeanWaitAll = some(gone), some(gone/in.Theta)
	out.WQ, out.W = some(wait), some(wait+1/in.Mu)
	out.LQ = some(in.Lambda * gone / in.Theta)
	out.L = some(in.Lambda*gone/in.Theta + in.Lambda*stays/in.Mu)
	out.Percentiles = percentiles(func(tail float64) float64 {
		if waits <= tail {
			return 0
		}
		low, high := 0.0, min(-math.Log(tail/waits)/in.Theta, o.edges[len(o.edges)-1])
		for range 60 {
			t := (low + high) / 2
			if share*o.beyond(t)*served(t) > tail {
				low = t
			} else {
				high = t
			}
		}
		return (low + high) / 2
	})
	return out, nil
}

// offer is exp(f(t) - f(peak)) in panels over the times that are worth looking at.
type offer struct {
	theta, pull, drift float64 // f(peak + s) - f(peak) = -pull (exp(-theta s) - 1 + theta s)/theta - drift s
	peak, height       float64 // height is f(peak)
	edges              []float64
	after              []float64 // after[i] is the integral from edges[i]
}

// depth is how far below its peak f is followed. Weights favour short waits by at most
// lambda/cmu, under exp(50) within our bounds, and exp(50-90) is nothing.
const depth = 90

func newOffer(lambda, cmu, theta float64) offer {
	o := offer{theta: theta, pull: min(lambda, cmu), drift: max(cmu-lambda, 0)}
	if lambda > cmu {
		o.peak = math.Log(lambda/cmu) / theta
		o.height = cmu / theta * above1(lambda/cmu-1)
	}
	from, to := max(o.peak-o.reach(-1), 0), o.peak+o.reach(1)
	for i := range panels { // none before the peak where there is no room
		if o.peak > from {
			o.edges = append(o.edges, from+(o.peak-from)*float64(i)/panels)
		}
	}
	for i := range panels + 1 {
		o.edges = append(o.edges, o.peak+(to-o.peak)*float64(i)/panels)
	}
	o.after = make([]float64, len(o.edges))
	for i := len(o.edges) - 2; i >= 0; i-- {
		o.after[i] = o.after[i+1] + o.gauss(o.edges[i], o.edges[i+1], always)
	}
	return o
}

func always(float64) float64 { return 1 }

func (o offer) log(s float64) float64 { return -o.pull*below1(o.theta*s)/o.theta - o.drift*s }

// reach is a distance from the peak at which f has fallen by depth, at most twice the shortest.
func (o offer) reach(side float64) float64 {
	far := 1 / o.theta
	for o.log(side*far) > -depth {
		far *= 2
	}
	for o.log(side*far/2) <= -depth {
		far /= 2
	}
	return far
}

const (
	// f is concave, so a panel of 1/64 of a side falls by little where there is
	// anything to add up, and 16 points are then exact to rounding.
	panels, nodes = 64, 16
)

var gaussX, gaussW = func() (x, w []float64) {
	x, w = make([]float64, nodes), make([]float64, nodes)
	quad.Legendre{}.FixedLocations(x, w, 0, 1)
	return x, w
}()

// integral adds up weight(t) exp(f(t) - f(peak)).
func (o offer) integral(weight func(t float64) float64) float64 {
	sum := 0.0
	for i := range o.edges[1:] {
		sum += o.gauss(o.edges[i], o.edges[i+1], weight)
	}
	return sum
}

// beyond is the integral from t, without a weight.
func (o offer) beyond(t float64) float64 {
	i := sort.SearchFloat64s(o.edges, t)
	switch i {
	case 0:
		return o.after[0]
	case len(o.edges):
		return 0
	}
	return o.after[i] + o.gauss(t, o.edges[i], always)
}

func (o offer) gauss(from, to float64, weight func(t float64) float64) float64 {
	sum := 0.0
	for i, x := range gaussX {
		t := from + x*(to-from)
		sum += gaussW[i] * weight(t) * math.Exp(o.log(t-o.peak))
	}
	return sum * (to - from)
}
