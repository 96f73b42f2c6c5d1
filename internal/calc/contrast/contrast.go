// Package contrast compares how those to whom something was done have changed with how the others have: a difference of differences.
//
// # What is compared
//
// Each unit (a manager, say) is seen several times, on days. For a unit to whom it was done on a day d, its change is the mean of what
// was seen in the window after d, less the mean of what was seen in the window before; the day itself belongs to neither. A unit seen
// on one side only has no change, and does not count. The others have no day of their own: each is looked at on the days of all those
// to whom it was done, and its change is the mean over these days, a day on which it was done to many weighing as many times. What
// moves everybody, such as a new form or a bad winter, is then in both groups alike, and falls out of the difference.
//
// # How sure it is
//
// Units are independent of each other; what one unit did in a year is not. So the interval is made of one change for each unit, not of
// what was seen: Welch's, for two groups of different size and spread, with Student's t at the freedom of Satterthwaite. Nothing is
// drawn at random, so the same rows give the same answer.
//
// # What it cannot say
//
// Nobody was chosen by lot. Whoever lets something be done to them may have been about to change anyway, and the interval does not
// know. The verdict is therefore "consistent with an effect", never "an effect".
package contrast

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Seen is something seen of a unit on a day; days are counted from any beginning.
type Seen struct {
	Unit, Day int
	Value     float64
}

// Change is the mean before and after.
type Change struct{ Before, After float64 }

// Changes gives the change of every unit that has one: of those to whom it was done, by the day of it, and of the others. The order is
// that of the units.
func Changes(all []Seen, done map[int]int, window int) (treated, others []Change) {
	units := map[int][]Seen{}
	var order []int
	for _, s := range all {
		if _, known := units[s.Unit]; !known {
			order = append(order, s.Unit)
		}
		units[s.Unit] = append(units[s.Unit], s)
	}
	slices.Sort(order)
	weight := map[int]float64{} // of the days on which it was done to somebody who counts
	for _, u := range order {
		if d, was := done[u]; was {
			if c, ok := around(units[u], d, window); ok {
				treated = append(treated, c)
				weight[d]++
			}
		}
	}
	days := make([]int, 0, len(weight))
	for d := range weight {
		days = append(days, d)
	}
	slices.Sort(days) // sums in one order, whatever the map's is
	for _, u := range order {
		if _, was := done[u]; was {
			continue
		}
		var sum Change
		total := 0.0
		for _, d := range days {
			if c, ok := around(units[u], d, window); ok {
				w := weight[d]
				sum.Before, sum.After, total = sum.Before+w*c.Before, sum.After+w*c.After, total+w
			}
		}
		if total > 0 {
			others = append(others, Change{sum.Before / total, sum.After / total})
		}
	}
	return treated, others
}

// around is the mean of the window on each side of a day; ok is false where one side is empty.
func around(seen []Seen, day, window int) (c Change, ok bool) {
	before, after := 0, 0
	for _, s := range seen {
		switch gap := s.Day - day; {
		case gap < 0 && gap >= -window:
			before++
			c.Before += (s.Value - c.Before) / float64(before)
		case gap > 0 && gap <= window:
			after++
			c.After += (s.Value - c.After) / float64(after)
		}
	}
	return c, before > 0 && after > 0
}

// Contrast is the difference of two groups' changes.
type Contrast struct {
	Treated, Others   int    // units
	TreatedMean       Change // means of the units' means
	OthersMean        Change
	Difference        float64
	Low, High         float64 // 95% interval of the difference
	Freedom, StdError float64
}

// least is how many units a spread needs.
const least = 2

// Compare gives the difference; ok is false where a group has fewer than two units. Groups that do not vary at all have an interval of
// one point.
func Compare(treated, others []Change) (c Contrast, ok bool) {
	c.Treated, c.Others = len(treated), len(others)
	if c.Treated < least || c.Others < least {
		return c, false
	}
	var mt, vt, mo, vo float64
	c.TreatedMean, mt, vt = describe(treated)
	c.OthersMean, mo, vo = describe(others)
	c.Difference = mt - mo
	a, b := vt/float64(c.Treated), vo/float64(c.Others)
	c.StdError = math.Sqrt(a + b)
	if c.StdError == 0 {
		c.Low, c.High = c.Difference, c.Difference
		return c, true
	}
	c.Freedom = (a + b) * (a + b) / (a*a/float64(c.Treated-1) + b*b/float64(c.Others-1))
	half := distuv.StudentsT{Sigma: 1, Nu: c.Freedom}.Quantile(0.975) * c.StdError
	c.Low, c.High = c.Difference-half, c.Difference+half
	return c, true
}

// describe gives the mean of both sides, and mean and variance of the changes.
func describe(all []Change) (mean Change, change, variance float64) {
	squares := 0.0
	for i, c := range all {
		n := float64(i + 1)
		mean.Before += (c.Before - mean.Before) / n
		mean.After += (c.After - mean.After) / n
		d := c.After - c.Before
		step := d - change
		change += step / n
		squares += step * (d - change)
	}
	return mean, change, squares / float64(len(all)-1)
}

// Verdict is what may be said.
type Verdict string

// The verdicts.
const (
	Consistent Verdict = "consistent" // with an effect: the whole interval lies on the wished-for side of nought
	NotShown   Verdict = "not_shown"  // nought is in the interval: there may be none, or too little is known
	OtherWay   Verdict = "other_way"  // the whole interval lies on the other side
)

// Judge says which, of an interval for something of which more is better, or less.
func Judge(low, high float64, more bool) Verdict {
	if !more {
		low, high = -high, -low
	}
	switch {
	case low > 0:
		return Consistent
	case high < 0:
		return OtherWay
	}
	return NotShown
}
