package des

import "math"

// maxBatches is where batches are joined two by two: between 64 and 128 of them give a standard error close to normal,
// and are long enough to be nearly independent.
const maxBatches = 128

// Tally is the sum of a series of observations and its batch means. Its size is fixed. The zero value is empty.
type Tally struct {
	sum     float64 // of the batch under way
	left    int64   // observations that the batch under way still wants
	size    int64   // of a batch
	batches int
	sums    [maxBatches]float64
}

// Add takes one observation.
func (t *Tally) Add(x float64) {
	t.sum += x
	if t.left--; t.left <= 0 {
		t.flush()
	}
}

// flush ends a batch. On an empty tally it is the start: the first observation is a batch of one.
func (t *Tally) flush() {
	if t.size == 0 {
		t.size = 1
	}
	t.left = t.size
	t.sums[t.batches] = t.sum
	t.sum = 0
	if t.batches++; t.batches < maxBatches {
		return
	}
	t.batches /= 2
	for i := range t.batches {
		t.sums[i] = t.sums[2*i] + t.sums[2*i+1]
	}
	t.size *= 2
	t.left = t.size
}

// Reset forgets everything.
func (t *Tally) Reset() { *t = Tally{} }

// N is the number of observations.
func (t *Tally) N() int64 {
	if t.size == 0 {
		return 0
	}
	return t.size*int64(t.batches) + t.size - t.left
}

// Sum is the sum of the observations.
func (t *Tally) Sum() float64 {
	sum := t.sum
	for _, s := range t.sums[:t.batches] {
		sum += s
	}
	return sum
}

// fewestBatches is the least from which a standard error is worth telling.
const fewestBatches = 16

// Variance is the squared standard error of the mean; NaN below 16 batches.
func (t *Tally) Variance() float64 {
	k := t.batches
	if k < fewestBatches {
		return math.NaN()
	}
	mean := 0.0
	for _, s := range t.sums[:k] {
		mean += s
	}
	mean /= float64(k)
	var squares, neighbours, previous float64
	for i, s := range t.sums[:k] {
		d := s - mean
		squares += d * d
		if i > 0 {
			neighbours += d * previous
		}
		previous = d
	}
	if squares == 0 {
		return 0
	}
	size := float64(t.size)
	v := squares / float64(k-1) / float64(k) / (size * size)
	return v * (1 + 2*max(0, neighbours/squares))
}
