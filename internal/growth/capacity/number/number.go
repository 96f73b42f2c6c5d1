// Package number holds the numbers of the model: what was fitted or assumed, by how much it is known, and what somebody put in its
// place. Most are one number. The days of the week are seven and the months of the year twelve: they say how referrals are spread, so
// they have to add up and are replaced together; and so do the priorities. Every number that the model uses is in the list (of.go), those
// that nobody can sensibly replace as well.
package number

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

const (
	// LongestReason is how much may be said of why.
	LongestReason = 500
	mostReferrals = 10_000.0
	daysOfWeek    = 7
	months        = 12
	// The kinds of several numbers.
	weekday, month, priority = "weekday", "month", "priority"
	// weeks is the least and the most that the team gives a week.
	weeks = "given_range"
	// ofPeople is how many people on the list React is told of.
	ofPeople = 10
)

// kinds are what a number is, between what it may lie, and of several what they add up to.
var kinds = map[string]struct {
	unit             string
	least, most, sum float64
}{
	"weekly": {"week", 0, mostReferrals, 0}, "trend": {"percent_year", -50, 50, 0}, weekday: {"percent", 0, 100, 100}, month: {"percent", 0, 400, 100 * months},
	"wander": {"percent", 0, 100, 0}, "wander_memory": {"percent", 0, 90, 0}, "given": {"week", 1, 50_000, 0},
	"dna": {"percent", 0, 50, 0}, "rebook": {"percent", 0, 100, 0}, "unseen": {"percent", 0, 90, 0}, "follow_ups": {"each", 0, 20, 0},
	"given_sd": {"week", 0, 0, 0}, "react": {"week", 0, ofPeople, 0}, weeks: {"week", 0, 50_000, 0}, "list": {"people", 0, 100_000, 0},
	"unseen_for": {"days", 0, 365, 0}, priority: {"percent", 0, 100, 100}, "wait": {"working_days", 0, 0, 0},
	"gap": {"days", 1, 365, 0}, "lead": {"working_days", 0, 60, 0}, "route": {"percent", 0, 100, 0}, "minutes": {"minutes", 5, 240, 0},
}

// Override is what somebody put in the place of a number.
type Override struct {
	Name   string
	Values []float64 // nil: back to the fit
	Reason string
	At     time.Time
	By     string
}

// Parameter is a number of the model, or the several that are replaced together: days from Monday, months from January.
type Parameter struct {
	Name, Kind, Of, Unit string
	Fitted               []float64
	SE                   []float64      // of each; nil where nobody knows
	N                    int            // it was fitted to so many; 0 for an assumption
	Ranges               []demand.Range // of each, where it is not as far above as below; nil where SE says it
	Parts                []string       // what each of several is of, where they have names
	Assumed              bool           // from the pack
	Alike                bool           // too short to tell the several apart
	Short                bool           // too short a history to tell growth from none
	None                 bool           // growth that cannot be told from none
	Counted              bool           // as it was on a day, so nothing of it is estimated
	Fixed                bool           // nobody can sensibly replace it
	Explains             float64        // percent of how the weeks differ that it explains; 0 where that means nothing
	Quality              demand.Quality
	Dispersion           float64
	Least, Most          float64
	Sum                  float64    // that the several add up to; 0 for one
	History              []Override // newest first
}

// Several says that there is more than one number to it.
func (p Parameter) Several() bool { return len(p.Fitted) > 1 }

// Replaced are the values that hold instead; nil where those that were fitted do.
func (p Parameter) Replaced() []float64 {
	if len(p.History) == 0 {
		return nil
	}
	return p.History[0].Values
}

// InForce are the values that hold; all is newest first.
func InForce(all []Override) map[string][]float64 {
	out, seen := map[string][]float64{}, map[string]bool{}
	for _, o := range all {
		if !seen[o.Name] && o.Values != nil {
			out[o.Name] = o.Values
		}
		seen[o.Name] = true
	}
	return out
}

// Likely is where a number is with 19 in 20 chances; ok is false where nobody knows.
func (p Parameter) Likely(i int) (low, high float64, ok bool) {
	if i < len(p.Ranges) {
		r := p.Ranges[i]
		return r.Low, r.High, r != demand.Range{}
	}
	if i >= len(p.SE) || p.SE[i] <= 0 {
		return 0, 0, false
	}
	const nineteen = 1.96 // standard errors to either side
	low, high = p.Fitted[i]-nineteen*p.SE[i], p.Fitted[i]+nineteen*p.SE[i]
	if p.Least >= 0 {
		low = max(low, 0)
	}
	if p.Unit == "percent" && p.Kind != month {
		high = min(high, 100)
	}
	return low, high, true
}

// Rounded are the fitted values with one decimal, so that they still add up.
func (p Parameter) Rounded() []float64 {
	const tenths = 10
	out := make([]float64, len(p.Fitted))
	left := math.Round(p.Sum * tenths)
	order := make([]int, len(out))
	for i, v := range p.Fitted {
		out[i], order[i] = math.Floor(v*tenths), i
		left -= out[i]
	}
	if p.Sum == 0 {
		left = 0
		for i, v := range p.Fitted {
			out[i] = math.Round(v * tenths)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.Fitted[b]*tenths-out[b], p.Fitted[a]*tenths-out[a]) })
	for i := 0; left > 0 && i < len(order); i++ {
		out[order[i]]++
		left--
	}
	for i := range out {
		out[i] /= tenths
	}
	return out
}

// Field is the name of the field of a value: "value", and of several "value_0" and so on.
func (p Parameter) Field(i int) string {
	if !p.Several() {
		return "value"
	}
	return "value_" + strconv.Itoa(i)
}

// Check says what is wrong with a replacement: each value, what the several add up to, and that there is a reason.
func (p Parameter) Check(values []float64, reason string) (f fault.Fields) {
	sum := 0.0
	for i, v := range values {
		if !(v >= p.Least && v <= p.Most) {
			f.Add(p.Field(i), "capacity.replace.range", "least", p.Least, "most", p.Most)
		}
		sum += v
	}
	if values != nil && len(f) == 0 && p.Sum > 0 && math.Abs(sum-p.Sum) > p.Sum/1000+1e-9 {
		n := 1.0
		if p.Kind == month {
			n = months
		}
		f.Add(p.Field(0), "capacity.replace.sum."+p.Kind, "sum", strconv.FormatFloat(sum/n, 'f', 1, 64))
	}
	if p.Kind == weeks && len(values) == 2 && len(f) == 0 && values[0] > values[1] {
		f.Add(p.Field(1), "capacity.replace.order")
	}
	if values != nil && len(values) != len(p.Fitted) {
		f.Add(p.Field(0), "capacity.replace.all")
	}
	f.Text("reason", "capacity.replace.reason.empty", reason, LongestReason)
	return f
}
