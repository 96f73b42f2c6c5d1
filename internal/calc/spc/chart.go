package spc

import (
	"fmt"
	"strings"
)

const (
	// chartMinimum is the least number of points for which the MDC Excel tool
	// draws limits; under it a page draws a run chart.
	chartMinimum = 13
	// segmentMinimum is the least number of points MDC wants in a partition. R
	// says 12 in its help but warns below 13; each profile keeps its own.
	segmentMinimum  = 12
	segmentMinimumR = 13
	// fixMinimum is what NHSRplotthedots requires of fix_after_n_points.
	fixMinimum = 12
	// namedPoints is how many points a warning names before it says "and others".
	namedPoints = 3
)

// Compute makes the chart, or says why the input cannot be one.
func Compute(in Input) (Output, error) {
	set, err := in.settings()
	if err != nil {
		return Output{}, err
	}
	out := newOutput(len(in.Values))
	warn := func(s string) { out.Warnings = append(out.Warnings, s) }
	s, err := in.series(warn)
	if err != nil {
		return Output{}, err
	}
	defer s.release()
	in.warnSettings(set, len(s.points), warn)

	last := s.flag(set, &in, warn, func(segment Segment, l limits) { out.draw(s, &in, segment, l) })
	if set.profile == MDC {
		flagTrends(s.points, set.trend)
	}
	for k, row := range s.rows {
		if in.Values[row].Known {
			out.Segment[row], out.Rules[row] = s.segment[k], 0
			out.Point[row] = CommonCause // ghosted points stay so
		}
	}
	out.classify(s.points, set, &in, warn)
	if n := len(s.points); n > 1 {
		out.Variation = variation(out.Point[s.points[n-1].row], set.direction)
		out.Assurance = assurance(last, set, s.tol)
	}
	return out, nil
}

func (in *Input) warnSettings(set settings, points int, warn func(string)) {
	if points < chartMinimum {
		warn(fmt.Sprintf("the chart has %s: under %d, show a run chart without limits, rules or icons", plural(points, "point", "points"), chartMinimum))
	}
	for _, run := range []struct {
		name string
		n    int
	}{{"shift", set.shift}, {"trend", set.trend}} {
		if run.n < usualRunMin || run.n > usualRunMax {
			warn(fmt.Sprintf("%s of %d points is outside the usual %d to %d", run.name, run.n, usualRunMin, usualRunMax))
		}
	}
	if set.fixAfter > 0 && set.fixAfter < fixMinimum {
		warn(fmt.Sprintf("limits fixed after %d points: at least %d are advised", set.fixAfter, fixMinimum))
	}
}

// flag computes and reports the lines of each segment, flags its points, and
// returns the lines of the segment of the last point.
func (s *series) flag(set settings, in *Input, warn func(string), report func(Segment, limits)) limits {
	minimum := segmentMinimum
	if set.profile == NHSRplotthedots {
		minimum = segmentMinimumR
	}
	var l limits
	for start := 0; start < len(s.points); {
		end, segment := start+1, s.points[start].segment
		for end < len(s.points) && s.points[end].segment == segment {
			end++
		}
		points := s.points[start:end]
		l = limitsOf(points, set, s.tol)
		flagSegment(points, l, set, s.tol)
		if set.profile == NHSRplotthedots {
			flagTrends(points, set.trend)
		}
		report(segment, l)
		if len(points) < len(s.points) && len(points) < minimum {
			warn(fmt.Sprintf("segment %d, from %s, has %s: at least %d are advised", segment, in.name(points[0].row), plural(len(points), "point", "points"), minimum))
		}
		if !l.known {
			warn(fmt.Sprintf("segment %d has no limits: it has no two points next to each other", segment))
		}
		start = end
	}
	return l
}

// draw writes the lines of a segment at each of its values, ghosted ones too.
func (out *Output) draw(s *series, in *Input, segment Segment, l limits) {
	for k, row := range s.rows {
		if s.segment[k] != segment || !in.Values[row].Known {
			continue
		}
		out.Mean[row] = Some(l.mean)
		if l.known {
			out.Lower[row], out.Upper[row] = Some(l.lower), Some(l.upper)
		}
	}
}

// classify writes rules and classes, and warns of points that two rules pull
// in opposite directions.
func (out *Output) classify(points []point, set settings, in *Input, warn func(string)) {
	var conflicts []string
	others := 0
	for i, p := range points {
		out.Rules[p.row] = p.hi | p.lo
		if p.hi|p.lo == 0 {
			continue
		}
		var rise float64
		if i+1 < len(points) {
			rise = points[i+1].value - p.value
		}
		class, conflict := classOf(p, rise, set)
		out.Point[p.row] = class
		switch {
		case conflict && len(conflicts) < namedPoints:
			conflicts = append(conflicts, in.name(p.row))
		case conflict:
			others++
		}
	}
	if len(conflicts) > 0 {
		if others > 0 {
			conflicts = append(conflicts, fmt.Sprintf("%d more", others))
		}
		warn("improvement by one rule and concern by another, shown as improvement: " + strings.Join(conflicts, ", "))
	}
}

// name is how a warning calls a row: its date or, without dates, its number from 1.
func (in *Input) name(row int) string {
	if in.Dates != nil {
		return in.Dates[row].String()
	}
	return fmt.Sprintf("point %d", row+1)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
