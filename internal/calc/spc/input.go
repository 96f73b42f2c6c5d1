package spc

import (
	"errors"
	"fmt"
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Profile names the program whose answers are wanted.
type Profile string

// The profiles.
const (
	MDC             Profile = "mdc"
	NHSRplotthedots Profile = "nhsrplotthedots"
)

// Direction says which way is better.
type Direction string

// The directions.
const (
	Increase Direction = "increase"
	Decrease Direction = "decrease"
	Neutral  Direction = "neutral"
)

// TwoOfThree says which points the two-of-three rule counts.
type TwoOfThree string

// Between counts points between two and three sigma only (MDC to 2023, and R);
// Beyond also counts points beyond the limit (MDC since November 2023).
const (
	Between TwoOfThree = "between"
	Beyond  TwoOfThree = "beyond"
)

// Input is a series and how to read it. Only Values is required; a zero field
// means the default of the profile.
type Input struct {
	Profile    Profile      `json:"profile"`
	Values     []Number     `json:"values"`
	Dates      []civil.Date `json:"dates"`     // one for each value, any order, none twice
	Direction  Direction    `json:"direction"` // default neutral
	Target     *float64     `json:"target"`
	Rebase     []civil.Date `json:"rebase"`       // a new segment starts at the first point on or after each
	FixAfter   *int         `json:"fix_after"`    // limits from the first n points of each segment
	Screen     *bool        `json:"screen"`       // drop outlying moving ranges once
	Shift      *int         `json:"shift"`        // default 7
	Trend      *int         `json:"trend"`        // default 7
	TwoOfThree TwoOfThree   `json:"two_of_three"` // default by profile
	Ghost      []bool       `json:"ghost"`        // shown, but left out of everything
}

const (
	// runLength is the usual length of a shift and of a trend in both profiles.
	runLength = 7
	// The MDC tools offer 6 to 8 points; other lengths are allowed but warned of,
	// because nobody reads such a chart by the usual false-alarm rate.
	usualRunMin, usualRunMax = 6, 8
	// shortestRun is where "in a row" begins to mean something.
	shortestRun = 2
	// biggest keeps sums, differences and 2.66 times a range far from infinity.
	biggest = 1e150
)

// settings is an Input with every default made explicit.
type settings struct {
	profile     Profile
	direction   Direction
	target      float64
	hasTarget   bool
	fixAfter    int // 0: all points
	screen      bool
	shift       int
	trend       int
	countBeyond bool
}

func (in *Input) settings() (settings, error) {
	s := settings{profile: in.Profile, direction: in.Direction, shift: runLength, trend: runLength}
	switch s.profile {
	case "":
		s.profile = MDC
	case MDC, NHSRplotthedots:
	default:
		return s, fmt.Errorf("profile %q is not mdc or nhsrplotthedots", in.Profile)
	}
	switch s.direction {
	case "":
		s.direction = Neutral
	case Increase, Decrease, Neutral:
	default:
		return s, fmt.Errorf("direction %q is not increase, decrease or neutral", in.Direction)
	}
	switch in.TwoOfThree {
	case "":
		s.countBeyond = s.profile == MDC
	case Between, Beyond:
		s.countBeyond = in.TwoOfThree == Beyond
	default:
		return s, fmt.Errorf("two_of_three %q is not between or beyond", in.TwoOfThree)
	}
	s.screen = s.profile == NHSRplotthedots
	if in.Screen != nil {
		s.screen = *in.Screen
	}
	for _, run := range []struct {
		name string
		in   *int
		out  *int
	}{{"shift", in.Shift, &s.shift}, {"trend", in.Trend, &s.trend}} {
		if run.in == nil {
			continue
		}
		if *run.in < shortestRun {
			return s, fmt.Errorf("%s is %d: a run needs at least %d points", run.name, *run.in, shortestRun)
		}
		*run.out = *run.in
	}
	if in.FixAfter != nil {
		if *in.FixAfter < 2 {
			return s, fmt.Errorf("fix_after is %d: limits need at least 2 points", *in.FixAfter)
		}
		s.fixAfter = *in.FixAfter
	}
	if in.Target != nil {
		if !usable(*in.Target) {
			return s, errors.New("target is not a usable number")
		}
		s.target, s.hasTarget = *in.Target, true
	}
	return s, in.lengths()
}

func (in *Input) lengths() error {
	n := len(in.Values)
	switch {
	case in.Values == nil:
		return errors.New("values is missing")
	case in.Dates != nil && len(in.Dates) != n:
		return fmt.Errorf("dates has %d entries but values has %d", len(in.Dates), n)
	case in.Ghost != nil && len(in.Ghost) != n:
		return fmt.Errorf("ghost has %d entries but values has %d", len(in.Ghost), n)
	case len(in.Rebase) > 0 && in.Dates == nil:
		return errors.New("rebase needs dates")
	}
	for i, v := range in.Values {
		if v.Known && !usable(v.Value) {
			return fmt.Errorf("values[%d] is not a usable number", i)
		}
	}
	for i, d := range in.Dates {
		if d.IsZero() {
			return fmt.Errorf("dates[%d] is empty", i)
		}
	}
	for i, d := range in.Rebase {
		if d.IsZero() {
			return fmt.Errorf("rebase[%d] is empty", i)
		}
	}
	return nil
}

// usable is false for NaN too.
func usable(x float64) bool { return math.Abs(x) <= biggest }
