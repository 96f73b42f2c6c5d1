package queueing

import (
	"math"
	"math/bits"

	"gonum.org/v1/gonum/dsp/fourier"
)

// walk is the distribution of Q where Q' = max(Q + Poisson(a) - c, 0) has settled: the
// queue that a clinic of c slots leaves behind, and the people waiting in M/D/c.
//
// Q is the highest point of the random walk with steps Poisson(a) - c, so by Spitzer's
// identity it is compound Poisson: log E z^Q = sum of h(j) (z^j - 1), where h(j) is the
// sum over n of P(n steps lead to j)/n. These h(j) are the coefficients of
// -log(1 - E z^step), read off a circle of radius c/a by one Fourier transform. On that
// circle E z^step is largest where it is real, and 1 - rho away from both 1 and the first
// singularity (in logarithms, at least), which bounds what wraps around. Everything then
// added is positive.
type walk struct {
	jumps []float64 // j h(j)
	q     []float64 // distribution of Q as far as it was asked for
	below []float64 // its running sum
}

const (
	// highestLoad keeps the transform under 2^20 points, and its work under a second. Above, critical is as exact.
	highestLoad = 0.9999
	// wrapped is -log of what may come back around the circle, 4e-18.
	wrapped = 40
	// vanished is -log of a chance that a float64 cannot hold.
	vanished = 700
)

// newWalk is for 0 <= a/c <= highestLoad.
func newWalk(a float64, c int) *walk {
	w := &walk{}
	rho := a / float64(c)
	rate := float64(c) * above1(rho-1) // -log of E z^step on the circle, at its largest
	total := 0.0
	if a > 0 && rate < vanished {
		w.jumps = jumps(rho, float64(c), rate)
		for j := 1; j < len(w.jumps); j++ {
			total += w.jumps[j] / float64(j)
		}
	}
	w.q = []float64{math.Exp(-total)}
	w.below = []float64{w.q[0]}
	return w
}

func jumps(rho, c, rate float64) []float64 {
	points := 1 << bits.Len(uint((wrapped+rate)/(1-rho)))
	coefficients := make([]complex128, points/2+1)
	for m := range coefficients {
		// With z = exp(iθ)/rho, E z^step is exp(a(z-1) - c log z); its exponent, free of cancellation:
		theta := 2 * math.Pi * float64(m) / float64(points)
		half := math.Sin(theta / 2)
		re, im := minusLog1m(-rate-2*c*half*half, c*(math.Sin(theta)-theta))
		coefficients[m] = complex(re, -im) // conjugate: the transform back has the other sign
	}
	sequence := fourier.NewFFT(points).Sequence(nil, coefficients)
	out := sequence[:points/2]
	shrink, mean := 1/float64(points), 0.0
	for j := range out {
		out[j] *= float64(j) * shrink
		mean += out[j]
		shrink *= rho
	}
	rest := 0.0
	for last := len(out) - 1; last > 0; last-- { // what is too small to be seen costs time
		if rest += math.Abs(out[last]); rest > negligible*mean {
			return out[:last+1]
		}
	}
	return out[:1]
}

// minusLog1m is -log(1 - exp(x+iy)) for x < 0.
func minusLog1m(x, y float64) (re, im float64) {
	size := math.Exp(x)
	sin, cos := math.Sincos(y)
	if size < 0.5 {
		re = math.Log1p(size * (size - 2*cos))
	} else {
		half := math.Sin(y / 2)
		real := -math.Expm1(x)*cos + 2*half*half // 1 - size cos y
		re = math.Log(real*real + size*size*sin*sin)
	}
	return -re / 2, math.Atan2(size*sin, 1-size*cos)
}

// atMost is P(Q <= n).
func (w *walk) atMost(n int) float64 {
	if n < 0 {
		return 0
	}
	for k := len(w.q); k <= n; k++ { // Panjer's recursion
		sum := 0.0
		for j := 1; j <= k && j < len(w.jumps); j++ {
			sum += w.jumps[j] * w.q[k-j]
		}
		w.q = append(w.q, sum/float64(k))
		w.below = append(w.below, w.below[k-1]+w.q[k])
	}
	return w.below[n]
}

// mean is E Q, the sum of j h(j).
func (w *walk) mean() float64 {
	sum := 0.0
	for _, x := range w.jumps {
		sum += x
	}
	return sum
}

// variance is the sum of j² h(j).
func (w *walk) variance() float64 {
	sum := 0.0
	for j, x := range w.jumps {
		sum += float64(j) * x
	}
	return sum
}

// percentile is the smallest n with P(Q <= n) >= p, for p well under 1.
func (w *walk) percentile(p float64) int {
	n := 0
	for w.atMost(n) < p-rounding {
		n++
	}
	return n
}

// rounding is what a sum of probabilities may miss by.
const rounding = 1e-12
