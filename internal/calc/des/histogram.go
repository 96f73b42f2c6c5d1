package des

import (
	"math/bits"
)

// Histogram counts integers that are not negative in bins of a fixed relative width: 128 an octave, each value below
// 256 in a bin of its own. Octaves take memory when first used: 1 kB each, at most 57. The zero value is empty.
type Histogram struct {
	octave [64 - subBits]*[1 << subBits]uint64
	n      uint64
}

const subBits = 7

// Add counts one value.
func (h *Histogram) Add(x int64) {
	u := uint64(x)
	o, i := uint(0), u
	if u >= 1<<subBits {
		shift := uint(63-subBits) - uint(bits.LeadingZeros64(u))
		o, i = shift+1, u>>(shift&63)
	}
	block := h.octave[o]
	if block == nil {
		block = new([1 << subBits]uint64)
		h.octave[o] = block
	}
	block[i&(1<<subBits-1)]++
	h.n++
}

// N is the number of values.
func (h *Histogram) N() uint64 { return h.n }

// Merge adds the counts of another.
func (h *Histogram) Merge(g *Histogram) {
	for o, from := range g.octave {
		if from == nil {
			continue
		}
		if h.octave[o] == nil {
			h.octave[o] = new([1 << subBits]uint64)
		}
		for i, n := range from {
			h.octave[o][i] += n
		}
	}
	h.n += g.n
}

// Reset forgets the counts and keeps the memory.
func (h *Histogram) Reset() {
	for _, block := range h.octave {
		if block != nil {
			*block = [1 << subBits]uint64{}
		}
	}
	h.n = 0
}

// Quantile is the smallest value below or at which the share p of the values lies, at the middle of its bin.
// It is zero for an empty histogram.
func (h *Histogram) Quantile(p float64) float64 {
	rank, seen := uint64(p*float64(h.n)), uint64(0)
	if float64(rank) < p*float64(h.n) {
		rank++
	}
	rank = max(rank, 1)
	for o, block := range h.octave {
		if block == nil {
			continue
		}
		for i, n := range block {
			if seen += n; n == 0 || seen < rank {
				continue
			}
			if o == 0 {
				return float64(i)
			}
			width := float64(uint64(1) << (o - 1))
			return (float64(1<<subBits+i)+0.5)*width - 0.5 // the middle of the integers in the bin
		}
	}
	return 0
}
