package queueing

import "math"

// above1 is d - log(1+d), which is d²/2 near zero and would be lost there in rounding.
func above1(d float64) float64 {
	if math.Abs(d) > 0.1 {
		return d - math.Log1p(d)
	}
	sum, power := 0.0, d
	for k := 2.0; k < 30; k++ { // 0.1^30 is nothing beside 0.1²
		power *= -d
		sum -= power / k
	}
	return sum
}

// below1 is exp(-x) - 1 + x, which is x²/2 near zero and would be lost there.
func below1(x float64) float64 {
	if math.Abs(x) > 0.5 {
		return math.Exp(-x) - 1 + x
	}
	sum, term := 0.0, -x
	for k := 2.0; k < 20; k++ { // 0.5^20/20! is nothing beside 0.5²/2
		term *= -x / k
		sum += term
	}
	return sum
}

// negligible is what a probability may be, beside the largest of its distribution,
// and be left out: a million of them are 1e-14.
const negligible = 1e-20

// poisson is the distribution around its mode: p[i] is the chance of first + i. Terms
// come from their neighbours and the whole is divided by its sum, so that each is right
// to rounding however large the mean.
func poisson(mean float64) (first int, p []float64) {
	if mean <= 0 {
		return 0, []float64{1}
	}
	mode := int(mean)
	var down []float64
	for k, term := mode, 1.0; k > 0; k-- {
		if term *= float64(k) / mean; term < negligible {
			break
		}
		down = append(down, term)
	}
	p = make([]float64, len(down), 2*len(down)+64)
	for i, x := range down {
		p[len(down)-1-i] = x
	}
	for k, term := mode, 1.0; term >= negligible; k++ {
		p = append(p, term)
		term *= mean / float64(k+1)
	}
	sum := 0.0
	for _, x := range p {
		sum += x
	}
	for i := range p {
		p[i] /= sum
	}
	return mode - len(down), p
}
