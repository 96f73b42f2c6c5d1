package spc

import "math"

const (
	// limitFactor is 3/1.128 rounded as MDC and NHSRplotthedots round it; 1.128 is
	// d2, the mean range of two values of a normal distribution in units of sigma.
	limitFactor = 2.66
	// screenFactor is D4 for ranges of two: the upper limit of the moving range.
	screenFactor = 3.267
)

// limits are the lines of one segment. Without two neighbouring points there is
// a mean but no limits.
type limits struct {
	mean         float64
	lower, upper float64
	near         float64 // two sigma, as a distance from the mean
	known        bool
}

func limitsOf(points []point, set settings, tol float64) limits {
	base := points
	if set.fixAfter > 0 && len(base) > set.fixAfter {
		base = base[:set.fixAfter]
	}
	l := limits{mean: meanOf(base, math.Inf(1))}
	average, ranges := meanRange(base, math.Inf(1))
	if ranges == 0 {
		return l
	}
	// Screening is a single pass. A series that never varies has nothing to screen:
	// "strictly below zero" would leave no moving range at all.
	if set.screen && average > tol {
		most := screenFactor * average
		if set.profile == MDC {
			most += tol // up to and including the limit stays
			l.mean = meanOf(base, most)
		} else {
			most -= tol // only what is strictly below the limit stays
		}
		average, _ = meanRange(base, most)
	}
	reach := limitFactor * average
	l.lower, l.upper, l.near, l.known = l.mean-reach, l.mean+reach, reach*2/3, true
	return l
}

// meanOf is the mean of the points whose own moving range is at most most; a
// point without one stays. Differences from the first value are summed, so that
// a constant series has exactly its value as mean.
func meanOf(points []point, most float64) float64 {
	origin := points[0].value // the first point of a segment has no moving range
	sum, n := 0.0, 0
	for i, p := range points {
		if i > 0 && !p.gap && math.Abs(p.value-points[i-1].value) > most {
			continue
		}
		sum += p.value - origin
		n++
	}
	return origin + sum/float64(n)
}

// meanRange is the mean of the moving ranges that are at most most, and their number.
func meanRange(points []point, most float64) (mean float64, n int) {
	for i := 1; i < len(points); i++ {
		if points[i].gap {
			continue
		}
		if mr := math.Abs(points[i].value - points[i-1].value); mr <= most {
			mean += mr
			n++
		}
	}
	if n > 0 {
		mean /= float64(n)
	}
	return mean, n
}
