package queueing

import (
	"fmt"
	"math"
)

const (
	// smallest and biggest bound each rate and time that is not zero: a service of
	// a thousandth of a second and one of a thousand years fit in any unit, and
	// products of a few of them are far from infinity.
	smallest, biggest = 1e-9, 1e9
	// mostServers bounds the recursion over servers; all the staff of the NHS in
	// one queue would be fifteen times as many.
	mostServers = 100_000
)

// check keeps the first fault of an input.
type check struct{ err error }

func (c *check) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// above wants a number over zero.
func (c *check) above(name string, x float64) {
	if !(x >= smallest && x <= biggest) {
		c.fail("%s is %v: it must be above 0 (from %g to %g)", name, x, smallest, biggest)
	}
}

// notNegative wants zero or a number over it.
func (c *check) notNegative(name string, x float64) {
	if x != 0 && !(x >= smallest && x <= biggest) {
		c.fail("%s is %v: it must be 0 or more (0, or from %g to %g)", name, x, smallest, biggest)
	}
}

func (c *check) servers(name string, n int) { c.between(name, n, 1, mostServers) }

func (c *check) between(name string, n, low, high int) {
	if n < low || n > high {
		c.fail("%s is %d: it must be from %d to %d", name, n, low, high)
	}
}

// Means are the four that Little's law ties together; nil where the queue has none.
type Means struct {
	LQ *float64 `json:"lq"` // people waiting
	WQ *float64 `json:"wq"` // time waited
	L  *float64 `json:"l"`  // people waiting or served
	W  *float64 `json:"w"`  // time until served
}

// little fills the means from the mean wait.
func little(lambda, wait, service float64) Means {
	return Means{LQ: some(lambda * wait), WQ: some(wait), L: some(lambda * (wait + service)), W: some(wait + service)}
}

// Percentiles of the time waited by all arrivals.
type Percentiles struct {
	P50 *float64 `json:"p50_wait"`
	P90 *float64 `json:"p90_wait"`
	P95 *float64 `json:"p95_wait"`
}

// percentiles asks for the wait that is exceeded with each probability.
func percentiles(exceeded func(tail float64) float64) Percentiles {
	return Percentiles{P50: some(exceeded(0.5)), P90: some(exceeded(0.1)), P95: some(exceeded(0.05))}
}

// some is a quantity that exists. A number that is not finite never leaves.
func some(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// overloaded is the warning for a load of 1 or more.
func overloaded(rho float64) string {
	return fmt.Sprintf("the load is %.6g: at 1 or more the queue grows without end and has no mean or percentile", rho)
}
