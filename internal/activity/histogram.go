package activity

import "math"

// Histogram counts waits by their length in whole working days: the n-th number is how many took n days.
type Histogram []int

// Add counts n waits of a length.
func (h *Histogram) Add(days, n int) {
	if more := days + 1 - len(*h); more > 0 {
		*h = append(*h, make([]int, more)...)
	}
	(*h)[days] += n
}

// Merge adds the counts of another histogram.
func (h *Histogram) Merge(o Histogram) {
	if more := len(o) - len(*h); more > 0 {
		*h = append(*h, make([]int, more)...)
	}
	for days, n := range o {
		(*h)[days] += n
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
func (h Histogram) Within(days int) int { return h[:max(0, min(days+1, len(h)))].N() }

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
	for days, n := range h {
		if k -= n; k < 0 {
			return float64(days)
		}
	}
	return float64(len(h) - 1)
}
