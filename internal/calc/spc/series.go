package spc

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// point is a value that takes part in the arithmetic: neither missing nor ghosted.
type point struct {
	row     int // its place in the input
	value   float64
	segment Segment
	gap     bool // a missing value or month lies before it: no moving range
	hi, lo  Rules
}

// series is the input in date order, with the points picked out.
type series struct {
	rows    []int     // date order to input order
	segment []Segment // in date order
	points  []point
	tol     float64
}

// relativeTolerance is far above the rounding of a mean of decimals (about 1e-14
// of the largest value for a few hundred points) and far below any real difference.
const relativeTolerance = 1e-11

// scratch lends the working slices of finished charts to the next ones: a
// national page computes thousands, and half of the memory would be these.
var scratch = sync.Pool{New: func() any { return new(series) }}

func (s *series) release() { scratch.Put(s) }

func (in *Input) series(warn func(string)) (*series, error) {
	n := len(in.Values)
	s := scratch.Get().(*series)
	s.rows = slices.Grow(s.rows[:0], n)[:n]
	s.segment = slices.Grow(s.segment[:0], n)[:n]
	s.points = slices.Grow(s.points[:0], n)
	for i := range s.rows {
		s.rows[i] = i
	}
	clear(s.segment)
	byDate := func(a, b int) int { return in.Dates[a].Compare(in.Dates[b]) }
	if in.Dates != nil && !slices.IsSortedFunc(s.rows, byDate) {
		slices.SortFunc(s.rows, byDate)
	}
	missing, err := in.checkDates(s.rows, warn)
	if err != nil {
		return s, err
	}
	in.markSegments(s.rows, s.segment, warn)

	gap, largest := false, 0.0
	for k, row := range s.rows {
		v := in.Values[row]
		gap = gap || missing && k > 0 && monthsBetween(in.Dates[s.rows[k-1]], in.Dates[row]) > 1 || !v.Known
		if !v.Known || in.Ghost != nil && in.Ghost[row] {
			continue
		}
		s.points = append(s.points, point{row: row, value: v.Value, segment: s.segment[k], gap: gap})
		gap, largest = false, max(largest, math.Abs(v.Value))
	}
	s.tol = largest * relativeTolerance
	return s, nil
}

// checkDates refuses a date that appears twice and reports whether the dates are
// monthly with months absent.
func (in *Input) checkDates(rows []int, warn func(string)) (missing bool, err error) {
	if len(in.Dates) < 2 {
		return false, nil
	}
	ones, absent := 0, 0
	var firstGap string
	first := in.Dates[rows[0]]
	sameDay, monthEnds := true, first.EndOfMonth()
	for k := 1; k < len(rows); k++ {
		prev, d := in.Dates[rows[k-1]], in.Dates[rows[k]]
		if prev == d {
			return false, fmt.Errorf("date %s appears twice", d)
		}
		sameDay = sameDay && d.Day == first.Day
		monthEnds = monthEnds && d.EndOfMonth()
		switch step := monthsBetween(prev, d); {
		case step == 1:
			ones++
		case step > 1:
			absent += step - 1
			if firstGap == "" {
				firstGap = prev.AddMonths(1).MonthYear()
			}
		}
	}
	// Monthly means one date a month and mostly neighbouring months: a quarterly
	// or weekly series has nothing missing.
	if !sameDay && !monthEnds || absent == 0 || 2*ones < len(rows)-1 {
		return false, nil
	}
	warn(fmt.Sprintf("%s missing from the dates (first: %s); no moving range is taken across a gap", plural(absent, "month is", "months are"), firstGap))
	return true, nil
}

func monthsBetween(a, b civil.Date) int {
	return (b.Year-a.Year)*12 + int(b.Month) - int(a.Month)
}

// markSegments numbers the rows. A recalculation before the first row changes nothing.
func (in *Input) markSegments(rows []int, segment []Segment, warn func(string)) {
	if len(in.Rebase) == 0 || len(rows) == 0 {
		return
	}
	for _, d := range in.Rebase {
		start, _ := slices.BinarySearchFunc(rows, d, func(row int, d civil.Date) int { return in.Dates[row].Compare(d) })
		switch {
		case start == len(rows):
			warn(fmt.Sprintf("recalculation on %s is after the last date and has no effect", d))
		case start > 0:
			segment[start] = 1
		}
	}
	for k := 1; k < len(segment); k++ {
		segment[k] += segment[k-1]
	}
}
