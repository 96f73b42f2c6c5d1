package spc

// flagSegment applies the rules that look at one segment's lines.
func flagSegment(points []point, l limits, set settings, tol float64) {
	flagShifts(points, l.mean, set.shift, tol)
	if !l.known {
		return
	}
	for i := range points {
		switch p := &points[i]; {
		case p.value > l.upper+tol:
			p.hi |= Outlier
		case p.value < l.lower-tol:
			p.lo |= Outlier
		}
	}
	flagTwoOfThree(points, l, set.countBeyond, tol)
}

// side is +1 above the line, -1 below it, 0 on it.
func side(value, line, tol float64) int {
	switch {
	case value > line+tol:
		return 1
	case value < line-tol:
		return -1
	}
	return 0
}

func flagShifts(points []point, mean float64, length int, tol float64) {
	for start := 0; start < len(points); {
		s := side(points[start].value, mean, tol)
		end := start + 1
		for end < len(points) && side(points[end].value, mean, tol) == s {
			end++
		}
		if s != 0 && end-start >= length {
			mark(points[start:end], s, Shift)
		}
		start = end
	}
}

// flagTrends marks runs of steps in one direction. Values are compared as they
// were given: a tie is a tie, and no computed line is involved. A turning point
// ends one run and starts the next, so it may be in both.
func flagTrends(points []point, length int) {
	for start := 0; start+1 < len(points); {
		s := side(points[start+1].value, points[start].value, 0)
		end := start + 1
		for end+1 < len(points) && side(points[end+1].value, points[end].value, 0) == s {
			end++
		}
		if s != 0 && end-start+1 >= length {
			mark(points[start:end+1], s, Trend)
		}
		start = end
	}
}

func mark(points []point, s int, rule Rules) {
	for i := range points {
		if s > 0 {
			points[i].hi |= rule
		} else {
			points[i].lo |= rule
		}
	}
}

// flagTwoOfThree marks, in each window of three on one side of the mean, the
// points that count when at least two do. Windows never overhang a segment.
func flagTwoOfThree(points []point, l limits, countBeyond bool, tol float64) {
	counts := func(p *point, s int) bool {
		if s > 0 {
			return p.value > l.mean+l.near+tol && (countBeyond || !p.hi.Has(Outlier))
		}
		return p.value < l.mean-l.near-tol && (countBeyond || !p.lo.Has(Outlier))
	}
	for i := 0; i+2 < len(points); i++ {
		w := points[i : i+3]
		s := side(w[0].value, l.mean, tol)
		if s == 0 || side(w[1].value, l.mean, tol) != s || side(w[2].value, l.mean, tol) != s {
			continue
		}
		a, b, c := counts(&w[0], s), counts(&w[1], s), counts(&w[2], s)
		if !(a && b || a && c || b && c) {
			continue
		}
		for k, counted := range [3]bool{a, b, c} {
			if counted {
				mark(w[k:k+1], s, TwoInThree)
			}
		}
	}
}

// priorityR is the order in which NHSRplotthedots lets one rule decide a point.
var priorityR = [...]Rules{Outlier, Trend, TwoInThree, Shift}

// classOf gives the class of a flagged point. rise is the step to the next point.
func classOf(p point, rise float64, set settings) (class Point, conflict bool) {
	high, low := p.hi != 0, p.lo != 0
	if set.profile == NHSRplotthedots {
		high = highByPriority(p, rise)
		low = !high
	}
	switch {
	case set.direction == Neutral && high:
		return SpecialNeutralHigh, false
	case set.direction == Neutral:
		return SpecialNeutralLow, false
	}
	better, worse := high, low
	if set.direction == Decrease {
		better, worse = low, high
	}
	if better {
		return Improvement, worse
	}
	return Concern, false
}

func highByPriority(p point, rise float64) bool {
	for _, rule := range priorityR {
		switch high, low := p.hi.Has(rule), p.lo.Has(rule); {
		case high && low: // the turning point of two trends
			return rise > 0
		case high || low:
			return high
		}
	}
	return false
}

// variation turns the class of the last point into its icon.
func variation(last Point, d Direction) Variation {
	switch {
	case last == SpecialNeutralHigh:
		return VariationNeutralHigh
	case last == SpecialNeutralLow:
		return VariationNeutralLow
	case last == Improvement && d == Increase:
		return VariationImprovementHigh
	case last == Improvement:
		return VariationImprovementLow
	case last == Concern && d == Increase:
		return VariationConcernLow
	case last == Concern:
		return VariationConcernHigh
	}
	return VariationCommonCause
}

// assurance holds the target against the lines of the last segment. A target
// on a limit counts for MDC, and pass is tested first, so a series that never
// leaves its target passes; for R it must lie strictly outside.
func assurance(l limits, set settings, tol float64) Assurance {
	if !set.hasTarget || set.direction == Neutral || !l.known {
		return ""
	}
	var below, above bool
	if set.profile == MDC {
		below, above = set.target <= l.lower+tol, set.target >= l.upper-tol
	} else {
		below, above = set.target < l.lower-tol, set.target > l.upper+tol
	}
	if set.direction == Decrease {
		below, above = above, below
	}
	switch {
	case below:
		return Pass
	case above:
		return Fail
	}
	return HitOrMiss
}
