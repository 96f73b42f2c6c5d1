package spc

import (
	"math"
	"slices"
)

const (
	// suggestRun is the shift from which a recalculation is suggested: one point longer than the rule that flags a
	// shift, so that a signal alone suggests nothing (numbers.md 1.1).
	suggestRun = 8
	// suggestAfter is how many points there must be from the beginning of the shift on: the least that MDC wants
	// in a segment, so that the new limits would stand on enough (numbers.md 1.1).
	suggestAfter = 12
)

// LongShift is a shift that has lasted.
type LongShift struct {
	Row    int  // of its first point: where a recalculation would begin
	Points int  // points from there to the end of the chart
	High   bool // above the mean, not below
}

// Suggest finds the shift that may be a reason to recalculate; it changes nothing. It is the last shift of the last
// segment, of 8 points or more, with at least 12 points from its first one on: a later shift to the other side means
// that it did not last. A shift that begins its segment is what the limits describe, or were told to by a
// recalculation, so there is nothing to suggest. Whether the cause is known and expected to last, which the advice
// asks for as well, no arithmetic can tell.
func Suggest(in Input, out Output) (LongShift, bool) {
	var rows []int // the points of the last segment, in order
	last, largest := NoSegment, 0.0
	for i, v := range in.Values {
		if !v.Known || in.Ghost != nil && in.Ghost[i] {
			continue
		}
		last, largest = max(last, out.Segment[i]), max(largest, math.Abs(v.Value))
		rows = append(rows, i)
	}
	rows = slices.DeleteFunc(rows, func(i int) bool { return out.Segment[i] != last })
	if in.Dates != nil {
		slices.SortFunc(rows, func(a, b int) int { return in.Dates[a].Compare(in.Dates[b]) })
	}
	sideOf := func(k int) int {
		return side(in.Values[rows[k]].Value, out.Mean[rows[k]].Value, largest*relativeTolerance)
	}
	for end := len(rows); end > 0; {
		start, s := end-1, sideOf(end-1)
		for start > 0 && sideOf(start-1) == s {
			start--
		}
		if s != 0 && end-start >= suggestRun {
			after := len(rows) - start
			return LongShift{rows[start], after, s > 0}, start > 0 && after >= suggestAfter
		}
		end = start
	}
	return LongShift{}, false
}
