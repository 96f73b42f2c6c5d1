// Package effect judges whether a monthly measure changed after a marked start,
// such as the first month of a growth initiative. The start must have been
// marked for a reason of its own: a start picked because the chart changed there
// makes every judgement too bold.
//
// The question is: had nothing changed, how far could the mean of the months
// after the start lie from the mean before it? Months are not independent
// (a long list this month means a long list next month), so the answer is
// simulated and not read from a table:
//
//  1. fit x[t] - m = φ (x[t-1] - m) + e[t] to the months before. The estimate of
//     φ from few months is too small; it is corrected by (1+3φ)/n (Kendall 1954)
//     and kept between 0 and 0.9, so that a chance zigzag never narrows the band;
//  2. draw whole histories, before and after, from that model with the residuals
//     drawn again (bootstrap); each history has its own φ and its own size of the
//     residuals, drawn from what so few months leave open;
//  3. in each history take mean after minus mean before. Since both come from the
//     same history, the uncertainty of the baseline is inside;
//  4. the middle 95% of these differences is the band of no change.
//
// Outside the band on the wished-for side: improved. Outside on the other side:
// the other way. Inside, or with fewer than 12 months before or 6 after: no
// effect is claimed. That is not the same as "there is none".
//
// A yearly wave is not modelled: it is taken for memory, which widens the band. Months after the start that are no whole years lie on
// one side of such a wave. Over all places of the start in the year false claims stay under 5%; at the worst place they reach
// 6% with half a year after (TestHalfYear). The caller should say so.
//
// The seed is fixed, so one series has one answer.
package effect

import (
	"errors"
	"fmt"
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// Judgement is what the page may say.
type Judgement string

// The judgements.
const (
	Improved Judgement = "improved"  // improved as expected
	NoClaim  Judgement = "no_claim"  // no effect claimed
	OtherWay Judgement = "other_way" // moved, but the wrong way
)

const (
	// minBefore is one year, so that each season is in the baseline.
	minBefore = 12
	// minAfter is half a year: fewer months seldom leave the band even after a
	// real change, and "no effect claimed" would be read as "it did not work".
	minAfter = 6
)

// Series is a measure with its marked start.
type Series struct {
	Values    []spc.Number // one for each month, in order
	Start     int          // index of the first month after the start
	Direction spc.Direction
}

// Verdict is the judgement and the numbers for its sentence.
type Verdict struct {
	Judgement     Judgement
	Before, After float64 // means of the known months
	MonthsBefore  int
	MonthsAfter   int
	Low, High     float64 // where the mean after would lie with 95% chance, had nothing changed
	Persistence   float64 // φ: how much of a month's deviation is left in the next
	TooFew        bool    // no claim because there are too few months
}

// Change is the mean after minus the mean before.
func (v Verdict) Change() float64 { return v.After - v.Before }

// Judge compares the months after the start with those before it.
func Judge(s Series) (Verdict, error) {
	switch {
	case s.Direction != spc.Increase && s.Direction != spc.Decrease:
		return Verdict{}, errors.New("judge effect: the measure does not say which way is better")
	case s.Start < 0 || s.Start > len(s.Values):
		return Verdict{}, fmt.Errorf("judge effect: start %d is outside the series of %d", s.Start, len(s.Values))
	}
	for i, x := range s.Values {
		if x.Known && !(math.Abs(x.Value) <= biggest) {
			return Verdict{}, fmt.Errorf("judge effect: value %d is not a usable number", i)
		}
	}
	v := Verdict{Judgement: NoClaim}
	v.Before, v.MonthsBefore = mean(s.Values[:s.Start])
	v.After, v.MonthsAfter = mean(s.Values[s.Start:])
	if v.MonthsBefore < minBefore || v.MonthsAfter < minAfter {
		v.TooFew = true
		return v, nil
	}
	m := fit(s.Values[:s.Start], v.Before)
	low, high := m.band(s.Values, s.Start)
	v.Persistence, v.Low, v.High = m.phi, v.Before+low, v.Before+high

	// A difference within rounding of the band's edge stays inside it, so a series
	// that never varies is not called changed.
	edge := 1e-9 * max(math.Abs(v.Before), math.Abs(v.After))
	up, down := v.After > v.High+edge, v.After < v.Low-edge
	if s.Direction == spc.Decrease {
		up, down = down, up
	}
	switch {
	case up:
		v.Judgement = Improved
	case down:
		v.Judgement = OtherWay
	}
	return v, nil
}

// biggest keeps squares and sums far from infinity.
const biggest = 1e100

func mean(xs []spc.Number) (m float64, n int) {
	for _, x := range xs {
		if x.Known {
			n++
			m += (x.Value - m) / float64(n)
		}
	}
	return m, n
}
