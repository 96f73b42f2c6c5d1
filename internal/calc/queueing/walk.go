package queueing

import (
	"fmt"
	"math"
	"math/bits"
	"math/cmplx"

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

// critical is the distribution of Q of walk for a load so near 1 that the transform is out of reach.
//
// With D(z) = z^c - exp(a(z-1)), E z^Q is (c-a)(z-1)/D(z) times the product of (z-z_k)/(1-z_k) over the c-1 zeros z_k
// of D inside the unit circle (Crommelin 1932). Its logarithm gives the mean and the variance. Its poles are the zeros
// outside: one on the real axis at 1+d, with d near 2(1-rho), and the next more than 2.4/√c farther out than 1. So
// P(Q > n) is A (1+d)^-(n+1), and the others add less than exp(-2.4 n/√c): above a load of 0.9999 half of all find
// over 3,000 waiting, and with 10,000 servers that is under 1e-30.
type critical struct {
	c, slack float64 // slack is 1 - rho
	d, scale float64
	m, v     float64 // of Q
}

// newCritical is for slack under 1 - highestLoad. The slack is given, because a difference of 1 and rho has few digits.
func newCritical(slack float64, c int) *critical {
	w := &critical{c: float64(c), slack: slack}
	a := w.c * (1 - slack)
	w.d = 2 * slack
	for range 6 { // Newton, from so near that it doubles its digits
		w.d -= (above1(w.d) - slack*w.d) / (w.d/(1+w.d) - slack)
	}
	var first, second, product float64 // of 1/(1-z_k), its square, and (1+d-z_k)/(1-z_k) in logarithms
	for k, z := range zeros(1-slack, c) {
		times := 2.0 // the zeros come in pairs
		if 2*(k+1) == c {
			times = 1
		}
		r := 1 / (1 - z)
		first += times * real(r)
		second += times * real(r*r)
		product += times * math.Log1p(w.d*(2*real(r)+w.d*(real(r)*real(r)+imag(r)*imag(r)))) / 2
	}
	// D is (c-a)x + (c(c-1)-a²)x²/2 + (c(c-1)(c-2)-a³)x³/6 + ... with x = z-1; free of cancellation:
	half := ((w.c + a) - 1/slack) / 2
	third := (w.c*w.c + w.c*a + a*a - (3*w.c-2)/slack) / 3
	w.m = first - half
	w.v = w.m - second - third + half*half
	w.scale = math.Exp(product-a*w.d) * slack * (1 + w.d) / ((1-slack)*w.d - slack)
	return w
}

// zeros are those of z^c = exp(rho c (z-1)) in the upper half of the unit disk: z = w exp(rho(z-1)) for each c-th
// root of unity w but 1. Each begins where the one before ended; the first, at the far side, is easy.
func zeros(rho float64, c int) []complex128 {
	out := make([]complex128, c/2)
	z := complex(-0.27, 0) // about where z = -exp(z-1)
	for k := c / 2; k > 0; k-- {
		w := cmplx.Rect(1, 2*math.Pi*float64(k)/float64(c))
		for range 100 {
			f := w * cmplx.Exp(complex(rho, 0)*(z-1))
			step := (z - f) / (1 - complex(rho, 0)*f)
			if z -= step; cmplx.Abs(step) < 1e-16 {
				break
			}
		}
		out[k-1] = z
	}
	return out
}

func (w *critical) mean() float64 { return w.m }

// percentile is the smallest n with P(Q <= n) >= p.
func (w *critical) percentile(p float64) int {
	return int(math.Ceil(math.Log(w.scale/(1-p))/math.Log1p(w.d))) - 1
}

// empty is P(Q = 0): E z^Q at 0.
func (w *critical) empty() float64 {
	log := w.c * (1 - w.slack)
	for k, z := range zeros(1-w.slack, int(w.c)) {
		times := 2.0
		if 2*(k+1) == int(w.c) {
			times = 1
		}
		log += times * math.Log(cmplx.Abs(z/(1-z)))
	}
	return w.c * w.slack * math.Exp(log)
}

// nearOne is the warning for a load whose distance from 1 has few digits of its own.
func nearOne(slack float64) []string {
	const few = 1e-8
	if slack > few {
		return []string{}
	}
	return []string{fmt.Sprintf("the load is only %.3g under 1: a change in its last digit changes the figures by a share of %.1g", slack, 0x1p-53/slack)}
}
