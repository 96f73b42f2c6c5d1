// Package hindsight is what a test of the model on the last year says, and the rules by which it is judged: whether it holds, and which way
// it erred.
package hindsight

import (
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/drift"
)

// Verdict is what a back-test says of the model.
type Verdict string

// The verdicts.
const (
	Holds   Verdict = "holds"
	Drifted Verdict = "drifted" // the referrals of the year lie outside of what the model gave any chance
	Missed  Verdict = "missed"  // the referrals do not, and yet the list was elsewhere most weeks
)

// The rule of the verdict. Of a hundred years that the model is right about, two are called drift; and no band that says
// eight weeks in ten is right where it misses every other one.
const (
	// Tail is the share of years on either side that are called drift.
	Tail       = 0.01
	leastWeeks = 0.5
)

// Week is a week of the back-test: the 80% band and what happened.
type Week struct {
	Start                       civil.Date `json:"start"`
	Low, Middle, High, Happened float64
	CameLow, CameHigh, Came     float64
}

// Back is a back-test.
type Back struct {
	Weeks     []Week  `json:"weeks"`
	Covered   float64 `json:"covered"`   // share of weeks in which the list lay in the band
	CameShare float64 `json:"came"`      // the same of referrals
	Came      float64 `json:"came_year"` // referrals of the year
	CameLow   float64 `json:"came_low"`  // where the model had all but two in a hundred
	CameHigh  float64 `json:"came_high"`
	Verdict   Verdict `json:"verdict"`

	// What was different from the year before, and what the model says where it is told what came and what was given. Neither is part of
	// the verdict; a test of before these were measured has none.
	Drifts []drift.Drift `json:"drifts,omitempty"`
	Width  float64       `json:"width,omitempty"` // of the band, on average, in people
	Queue  *drift.Queue  `json:"queue,omitempty"`
}

// Changed are the measures that changed by more than chance explains, those that moved the list most first.
func (b Back) Changed() []drift.Drift { return drift.Beyond(b.Drifts) }

// Judge applies the rule.
func (b Back) Judge() Verdict {
	switch {
	case b.Came < b.CameLow || b.Came > b.CameHigh:
		return Drifted
	case b.Covered < leastWeeks:
		return Missed
	}
	return Holds
}

// Erred is how many people the model expected to wait and how many did, each on average over the weeks: the middle future beside what
// happened. ok is false without weeks.
func (b Back) Erred() (expected, happened float64, ok bool) {
	for _, w := range b.Weeks {
		expected, happened = expected+w.Middle/float64(len(b.Weeks)), happened+w.Happened/float64(len(b.Weeks))
	}
	return expected, happened, len(b.Weeks) > 0
}

// Side is which way the model erred.
type Side string

// The sides.
const (
	Longer  Side = "longer"  // more people waited than the model had
	Shorter Side = "shorter" // fewer did
	Both    Side = "both"    // as much this way as that
)

// clear is how many times as many weeks on one side than on the other make it the side on which the model erred.
const clear = 2

// Outside is in how many weeks the list was longer than the band, and in how many shorter, and which way the model erred so; ok is false where
// it never was.
func (b Back) Outside() (side Side, longer, shorter int, ok bool) {
	for _, w := range b.Weeks {
		switch {
		case w.Happened > w.High:
			longer++
		case w.Happened < w.Low:
			shorter++
		}
	}
	side = Both
	switch {
	case longer >= clear*shorter && longer > 0:
		side = Longer
	case shorter >= clear*longer:
		side = Shorter
	}
	return side, longer, shorter, longer+shorter > 0
}
