package spc

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
