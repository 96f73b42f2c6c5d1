package activity

import (
	"math"
	"slices"
)

// Histogram counts waits by their length in whole working days.
type Histogram map[int]int

// Add counts n waits of a length.
func (h Histogram) Add(days, n int) { h[days] += n }

// Merge adds the counts of another histogram.
func (h Histogram) Merge(o Histogram) {
	for d, n := range o {
		h[d] += n
	}
}

// N is the number of waits.
func (h Histogram) N() (n int) {
	for _, k := range h {
		n += k
	}
	return n
}

// Within counts the waits of at most so many days.
func (h Histogram) Within(days int) (n int) {
	for d, k := range h {
		if d <= days {
			n += k
		}
	}
	return n
}

// Quantile gives the p-quantile (0.5: median, 0.9: nine in ten waited no longer) as the R default does: type 7,
// linear between the two waits around rank p(n-1). ok is false where there is no wait.
func (h Histogram) Quantile(p float64) (q float64, ok bool) {
	n := h.N()
	if n == 0 {
		return 0, false
	}
	at := p * float64(n-1)
	low := h.ranked(int(math.Floor(at)))
	high := h.ranked(int(math.Ceil(at)))
	return low + (at-math.Floor(at))*(high-low), true
}

// ranked gives the k-th shortest wait, from 0.
func (h Histogram) ranked(k int) float64 {
	days := make([]int, 0, len(h))
	for d := range h {
		days = append(days, d)
	}
	slices.Sort(days)
	for _, d := range days {
		if k -= h[d]; k < 0 {
			return float64(d)
		}
	}
	return float64(days[len(days)-1])
}
