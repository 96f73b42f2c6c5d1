package appraisal

import (
	"math"
	"math/big"
)

// deepest is how often an interval is halved to tell roots apart: discount
// factors closer than 2^-40 are one rate to anybody.
const deepest = 40

// rateOfReturn is the rate r > -1 at which Σ net[t] / (1+r)^t is 0, if there is
// exactly one, or why there is none. The roots wanted are those of the polynomial
// Σ net[t] x^t at x = 1/(1+r) > 0.
func rateOfReturn(net []float64) (*float64, string) {
	p := integers(net)
	if len(p) == 0 {
		return nil, "all net flows are 0"
	}
	switch changes(p) {
	case 0:
		return nil, "the net flows never change sign"
	case 1:
	default:
		// Roots in (0,1) are positive rates; those beyond 1 are the roots in (0,1) of
		// the polynomial backwards, and are negative rates.
		c := counter{}
		c.strip(shift(p))
		c.count(p, 0)
		c.count(backwards(p), 0)
		switch {
		case c.unsure:
			return nil, "several lie too close together to tell apart, or the present value only touches 0"
		case c.roots == 0:
			return nil, "the present value is never 0"
		case c.roots > 1:
			return nil, "there are several, because the net flows change sign more than once"
		}
	}
	r := solve(net, sum(p).Sign(), p[0].Sign())
	return finite(r), "it is too large"
}

// solve finds the only root. The sign of the sum says on which side of rate 0.
func solve(net []float64, atOne, atNought int) float64 {
	switch {
	case atOne == 0:
		return 0
	case atOne != atNought: // between x = 0 and x = 1
		x := bisect(net, float64(atNought))
		return (1 - x) / x
	}
	reversed := make([]float64, len(net))
	for i, v := range net {
		reversed[len(net)-1-i] = v
	}
	return bisect(reversed, -float64(atNought)) - 1 // y = 1/x = 1 + r
}

// bisect halves (0,1) until the two ends are neighbours. Near 0 the polynomial
// has the sign given.
func bisect(p []float64, sign float64) float64 {
	low, high := 0.0, 1.0
	for {
		mid := low + (high-low)/2
		if mid <= low || mid >= high {
			return high
		}
		value := 0.0
		for i := len(p) - 1; i >= 0; i-- {
			value = value*mid + p[i]
		}
		switch {
		case value == 0:
			return mid
		case value*sign > 0:
			low = mid
		default:
			high = mid
		}
	}
}

// counter counts the roots of polynomials between 0 and 1, up to 2.
type counter struct {
	roots  int
	unsure bool
}

// count uses Descartes' rule: the number of sign changes of (x+1)^n p(1/(x+1))
// is the number of roots in (0,1), or more by an even number. Where it does not
// decide, both halves are looked at.
func (c *counter) count(p []*big.Int, depth int) {
	if c.roots > 1 || c.unsure {
		return
	}
	switch n := changes(shift(backwards(p))); {
	case n <= 1:
		c.roots += n
		return
	case depth == deepest:
		c.unsure = true
		return
	}
	left := make([]*big.Int, len(p)) // 2^n p(x/2)
	for i, a := range p {
		left[i] = new(big.Int).Lsh(a, uint(len(p)-1-i))
	}
	right := shift(left)
	c.count(left, depth+1)
	c.count(c.strip(right), depth+1) // the middle itself first
}

// strip takes out the root at 0. Where it is a double one, the present value only
// touches 0.
func (c *counter) strip(p []*big.Int) []*big.Int {
	times := 0
	for times < len(p) && p[times].Sign() == 0 {
		times++
	}
	c.roots += times & 1
	c.unsure = c.unsure || times > 0 && times&1 == 0
	return p[times:]
}

// integers scales the flows to whole numbers, which floats are but for a power of
// two, and drops zeros at both ends.
func integers(net []float64) []*big.Int {
	for len(net) > 0 && net[0] == 0 {
		net = net[1:]
	}
	for len(net) > 0 && net[len(net)-1] == 0 {
		net = net[:len(net)-1]
	}
	const bits = 53
	lowest := math.MaxInt
	for _, v := range net {
		if v != 0 {
			_, e := math.Frexp(v)
			lowest = min(lowest, e-bits)
		}
	}
	p := make([]*big.Int, len(net))
	for i, v := range net {
		fraction, e := math.Frexp(v)
		p[i] = big.NewInt(int64(math.Ldexp(fraction, bits)))
		if v != 0 {
			p[i].Lsh(p[i], uint(e-bits-lowest))
		}
	}
	return p
}

// shift is the polynomial at x+1.
func shift(p []*big.Int) []*big.Int {
	q := make([]*big.Int, len(p))
	for i, a := range p {
		q[i] = new(big.Int).Set(a)
	}
	for i := range q {
		for j := len(q) - 2; j >= i; j-- {
			q[j].Add(q[j], q[j+1])
		}
	}
	return q
}

func backwards(p []*big.Int) []*big.Int {
	q := make([]*big.Int, len(p))
	for i, a := range p {
		q[len(p)-1-i] = a
	}
	return q
}

func sum(p []*big.Int) *big.Int {
	total := new(big.Int)
	for _, a := range p {
		total.Add(total, a)
	}
	return total
}

// changes counts the changes of sign along the coefficients.
func changes(p []*big.Int) (n int) {
	last := 0
	for _, a := range p {
		if s := a.Sign(); s != 0 {
			if last != 0 && s != last {
				n++
			}
			last = s
		}
	}
	return n
}

// finite is nil for what is no number.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
