package funnel

import (
	"math"
	"slices"
)

// dispersion is what the units differ beyond chance.
type dispersion struct {
	phi     *float64
	tau2    float64
	n       int
	warning string
}

// disperse tames the tails of z, writes z_used and measures the rest.
func disperse(z []float64, units []Unit, s settings) dispersion {
	if s.kind == SHMI {
		truncate(z, units, s.trim)
	} else {
		winsorise(z, units, s.trim)
	}
	var d dispersion
	var sum, w, w2 float64
	for _, u := range units {
		if u.ZUsed == nil {
			continue
		}
		d.n++
		sum += square(*u.ZUsed)
		weight := 1 / square(u.S)
		w += weight
		w2 += square(weight)
	}
	if d.n == 0 {
		d.warning = "no unit is left after trimming: over-dispersion cannot be measured and the limits are not widened"
		return d
	}
	n := float64(d.n)
	phi := sum / n
	d.phi = &phi
	if d.n == 1 {
		d.warning = "over-dispersion cannot be measured from one unit: the limits are not widened"
		return d
	}
	d.tau2 = max(0, (n*phi-(n-1))/(w-w2/w))
	return d
}

// winsorise moves what lies beyond the quantiles trim and 1 - trim to them.
func winsorise(z []float64, units []Unit, trim float64) {
	sorted := slices.Sorted(slices.Values(z))
	low, high := quantile(sorted, trim), quantile(sorted, 1-trim)
	for i := range units {
		used := min(max(z[i], low), high)
		units[i].ZUsed = &used
	}
}

// quantile is R's type 7: linear between the order statistics around 1 + (n-1) p.
func quantile(sorted []float64, p float64) float64 {
	at := float64(len(sorted)-1) * p
	below := math.Floor(at)
	i := int(below)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	share := at - below
	return (1-share)*sorted[i] + share*sorted[i+1]
}

// truncate leaves out the units of the first and of the last of k = 1/trim
// groups by rank, equal values sharing their mean rank.
func truncate(z []float64, units []Unit, trim float64) {
	order := make([]int, len(z))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case z[a] < z[b]:
			return -1
		case z[a] > z[b]:
			return 1
		}
		return 0
	})
	n := float64(len(z) + 1)
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && z[order[to]] == z[order[from]] {
			to++
		}
		rank := float64(from+to+1) / 2 // the mean of from+1 ... to
		for _, i := range order[from:to] {
			if keep(rank, n, trim) && units[i].Z != nil {
				used := z[i]
				units[i].ZUsed = &used
			}
		}
		from = to
	}
}

// keep says whether 0 < floor(rank k/n) < k-1 for k = 1/trim, written without the
// floor so that it also holds, alike on both sides, when k is not whole.
func keep(rank, n, trim float64) bool {
	if trim == 0 {
		return true
	}
	k := 1 / trim
	return rank*k >= n && rank*k < (k-1)*n
}
