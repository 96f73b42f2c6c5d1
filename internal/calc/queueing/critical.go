package queueing

import (
	"fmt"
	"math"
	"math/cmplx"
)

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
