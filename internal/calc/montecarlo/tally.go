package montecarlo

import (
	"math"
	"slices"
)

// tally sums up draws. It is built block by block around the mean of each block
// (Chan, Golub and LeVeque), so that nothing is lost when the spread is small.
type tally struct {
	n, mean, squares float64 // squares: the sum of squared distances from the mean
	negative         float64
	lost             float64 // blocks with a value that is no number
}

func (t *tally) add(values []float64) {
	// Four sums, because one would wait for itself at each addition.
	var sums [4]float64
	i := 0
	for ; i+4 <= len(values); i += 4 {
		v := values[i : i+4 : i+4]
		sums[0] += v[0]
		sums[1] += v[1]
		sums[2] += v[2]
		sums[3] += v[3]
	}
	for ; i < len(values); i++ {
		sums[0] += values[i]
	}
	part := tally{n: float64(len(values))}
	part.mean = (sums[0] + sums[1] + sums[2] + sums[3]) / part.n
	if math.IsNaN(part.mean) || math.IsInf(part.mean, 0) {
		t.lost++
		return
	}
	var squares [2]float64
	negative := 0
	for i, v := range values {
		d := v - part.mean
		squares[i&1] += d * d
		if v < 0 {
			negative++
		}
	}
	part.squares, part.negative = squares[0]+squares[1], float64(negative)
	t.merge(part)
}

func (t *tally) merge(o tally) {
	t.lost += o.lost
	if t.n == 0 || o.n == 0 { // 0 times an overflow would be no number
		if t.n == 0 {
			o.lost = t.lost
			*t = o
		}
		return
	}
	n := t.n + o.n
	d := o.mean - t.mean
	t.mean += d * o.n / n
	t.squares += o.squares + d*d*t.n*o.n/n
	t.negative += o.negative
	t.n = n
}

// sd is that of one draw.
func (t *tally) sd() float64 { return math.Sqrt(t.squares / (t.n - 1)) }

const (
	// bins divide a bracket.
	bins = 1 << 16
	// apart is how many standard errors of the pilot a bracket reaches to both
	// sides: that the quantile lies outside has a chance of 1e-15.
	apart = 8
)

var shares = [...]float64{0.05, 0.5, 0.95}

// quantiles are found from the pilot alone, or inside brackets from it.
type quantiles struct {
	pilot    []float64 // sorted
	brackets [len(shares)]bracket
	counts   *counts
}

// bracket is a range of values that holds a quantile, both ends included.
type bracket struct{ low, high, scale float64 }

// widest keeps the width of a bracket finite.
const widest = 1e300

// newQuantiles is nil when a value is no number, or too large.
func newQuantiles(kept []float64) *quantiles {
	for _, v := range kept {
		if !(math.Abs(v) <= widest) {
			return nil
		}
	}
	slices.Sort(kept)
	q := &quantiles{pilot: kept}
	n := float64(len(kept))
	for i, p := range shares {
		se := apart * math.Sqrt(n*p*(1-p))
		b := bracket{low: kept[max(0, int(n*p-se))], high: kept[min(len(kept)-1, int(n*p+se))]}
		if width := b.high - b.low; width > 0 {
			b.scale = bins / width // infinite for a range of a few denormal numbers
		}
		if math.IsInf(b.scale, 0) {
			b.scale = 0
		}
		q.brackets[i] = b
	}
	q.counts = newCounts(q)
	q.counts.add(kept)
	return q
}

func (q *quantiles) merge(o *counts) {
	for i := range q.counts.brackets {
		q.counts.below[i] += o.below[i]
		for j, n := range o.bins[i] {
			q.counts.bins[i][j] += n
		}
	}
}

// values are the quantiles of all draws: type 7, between two order statistics.
func (q *quantiles) values(draws int) []float64 {
	out := make([]float64, len(shares))
	for i, p := range shares {
		at := float64(draws-1) * p
		k := int(at)
		a, b := q.order(i, k), q.order(i, min(k+1, draws-1))
		if len(q.pilot) == draws {
			a, b = q.pilot[k], q.pilot[min(k+1, draws-1)]
		}
		share := at - float64(k)
		out[i] = (1-share)*a + share*b
	}
	return out
}

// order is the k-th smallest of all draws, from 0, to within a bin.
func (q *quantiles) order(i, k int) float64 {
	b, before := q.brackets[i], q.counts.below[i]
	if k < before {
		return b.low
	}
	for j, n := range q.counts.bins[i] {
		if k < before+int(n) {
			inside := (float64(k-before) + 0.5) / float64(n)
			if b.scale == 0 {
				return b.low
			}
			return b.low + (float64(j)+inside)/b.scale
		}
		before += int(n)
	}
	return b.high
}

// counts counts the draws under each bracket and in the bins of each.
type counts struct {
	brackets [len(shares)]bracket
	below    [len(shares)]int
	bins     [len(shares)][]uint32
}

func newCounts(q *quantiles) *counts {
	c := &counts{brackets: q.brackets}
	for i := range c.bins {
		c.bins[i] = make([]uint32, bins)
	}
	return c
}

func (c *counts) add(values []float64) {
	for i, b := range c.brackets {
		below, low, high, into := 0, b.low, b.high, c.bins[i]
		for _, v := range values {
			if v < low {
				below++
			}
			if v >= low && v <= high {
				into[min(int((v-low)*b.scale), bins-1)]++
			}
		}
		c.below[i] += below
	}
}
