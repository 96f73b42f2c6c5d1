package plan

import "math"

// mostMean keeps the chance of nought above zero. No plan has as many referrals to a pool on a day.
const mostMean = 700.0

// poisson is the count that a uniform number stands for. The more the mean, the more the count: two plans that differ in
// demand alone never differ the wrong way round.
func poisson(u, mean float64) int {
	if mean <= 0 {
		return 0
	}
	mean = min(mean, mostMean)
	p := math.Exp(-mean)
	sum, n := p, 0
	for u > sum && p > 0 {
		n++
		p *= mean / float64(n)
		sum += p
	}
	return n
}

// binomial is how many of n, by inversion.
func binomial(u float64, n int, p float64) int {
	switch {
	case n == 0 || p <= 0:
		return 0
	case p >= 1:
		return n
	case p > 0.5: // the sum below begins at nought, whose chance must not vanish
		return n - binomial(1-u, n, 1-p)
	}
	odds := p / (1 - p)
	q := math.Pow(1-p, float64(n))
	sum, k := q, 0
	for u > sum && k < n {
		q *= odds * float64(n-k) / float64(k+1)
		k++
		sum += q
	}
	return k
}
