package activity

import (
	"errors"
	"math"
)

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

// errPacked is text that is no packed histograms.
var errPacked = errors.New("packed histograms are not in the form of arrays of int")

// unpack adds packed histograms to sums: an array of lengths, then an array of counts for each sum, as PostgreSQL writes arrays:
// "{3,18}{2,6}" is two waits of three days and six of eighteen. The lengths ascend. days is memory to work in.
func unpack(b []byte, days []int, sums []Histogram) ([]int, error) {
	days, b, err := numbers(days[:0], b)
	if err != nil {
		return days, err
	}
	var counts [64]int // most histograms; a longer one takes memory of its own
	for k := 0; len(b) > 0; k++ {
		var n []int
		if n, b, err = numbers(counts[:0], b); err != nil {
			return days, err
		}
		if k == len(sums) || len(n) != len(days) {
			return days, errPacked
		}
		if sums[k] == nil {
			sums[k] = make(Histogram, 0, days[len(days)-1]+1)
		}
		for i, d := range days {
			if n[i] > 0 {
				sums[k].Add(d, n[i])
			}
		}
	}
	return days, nil
}

// numbers takes an array of whole numbers off the front of some text.
func numbers(to []int, b []byte) (all []int, rest []byte, err error) {
	if len(b) == 0 || b[0] != '{' {
		return nil, nil, errPacked
	}
	n, digits := 0, 0
	for i, c := range b[1:] {
		switch {
		case c >= '0' && c <= '9' && digits < 10: // of an int
			n, digits = 10*n+int(c-'0'), digits+1
		case digits > 0 && (c == ',' || c == '}'):
			to, n, digits = append(to, n), 0, 0
			if c == '}' {
				return to, b[i+2:], nil
			}
		default:
			return nil, nil, errPacked
		}
	}
	return nil, nil, errPacked
}
