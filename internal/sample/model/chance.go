package model

import (
	"math"
	"math/rand/v2"
	"time"
)

// chance is a source of luck for one purpose. Each case has one, so that what happens to it does not depend on
// how much luck others used: the twins with and without the initiative differ by the initiative alone.
type chance struct{ *rand.Rand }

// purposes of the sources; a case's is its number above them.
const (
	ofArrivals = 1 + iota
	ofRota
	ofCases = 1000
)

func newChance(seed uint64, purpose int) chance {
	return chance{rand.New(rand.NewPCG(seed, uint64(purpose)*0x9e3779b97f4a7c15))}
}

func (c chance) yes(p float64) bool { return c.Float64() < p }

// poisson by Knuth's product: the means here are below 20.
func (c chance) poisson(mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := c.Float64(); p > limit; p *= c.Float64() {
		n++
	}
	return n
}

// of draws a value by weight.
func of[T any](c chance, list []weighted[T]) T {
	var total float64
	for _, w := range list {
		total += w.weight
	}
	x := c.Float64() * total
	for _, w := range list {
		if x -= w.weight; x < 0 {
			return w.value
		}
	}
	return list[len(list)-1].value
}

type weighted[T any] struct {
	value  T
	weight float64
}

// after draws a waiting time: exponential, so mostly short, and never more than five times its mean.
func (c chance) after(mean time.Duration) time.Duration {
	d := time.Duration(min(c.ExpFloat64(), 5) * float64(mean))
	return d.Truncate(time.Second)
}

// office draws a time of the working day.
func (c chance) office() time.Duration {
	return 8*time.Hour + 30*time.Minute + time.Duration(c.IntN(8*3600))*time.Second
}
