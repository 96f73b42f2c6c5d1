// Package disclosure decides which counts about people may leave the
// occupational health service, and in what form. It follows the rounding rule of
// the national hospital data sets for figures below national level:
//
//   - 0 stays 0;
//   - 1 to 7 are hidden;
//   - everything else is rounded to the nearest 5 (halves cannot occur);
//   - a percentage is computed from the rounded numbers, and only from a rounded
//     denominator of 11 or more, so that nobody can undo the rounding.
//
// Every figure, totals too, is rounded by itself from its exact count. Totals
// then do not always add up, and the page says so; in exchange no second round
// of suppression is needed.
//
// In occupational health those who read a table are colleagues of those in it.
// For special topics (reasons for referral, mental health) the threshold is
// therefore 10, and nought is hidden as well: "nobody in this team was seen for
// stress" is a statement about each of its members.
package disclosure

import (
	"fmt"
	"strconv"
)

// Topic says how sensitive a count is.
type Topic int

// The topics.
const (
	General Topic = iota
	Special       // reasons for referral, mental health
)

const (
	// generalThreshold is the least general count shown (1 to 7 are hidden).
	generalThreshold = 8
	// specialThreshold is the least count shown for a special topic.
	specialThreshold = 10
	// percentageThreshold is the least denominator for a percentage; staff surveys
	// show no breakdown under 11 people.
	percentageThreshold = 11
	// base is what shown counts are rounded to.
	base = 5
)

// Rounding is how far a rounded count may be from the exact one.
const Rounding = base / 2

// Rule says which counts are too small to show.
type Rule struct {
	Threshold int  // the least count shown
	Zero      bool // nought is hidden too
}

// Rule is the rule of the topic.
func (t Topic) Rule() Rule {
	if t == Special {
		return Rule{Threshold: specialThreshold, Zero: true}
	}
	return Rule{Threshold: generalThreshold}
}

// Hides reports whether a count is too small to show.
func (r Rule) Hides(exact int) bool {
	if exact == 0 {
		return r.Zero
	}
	return exact < r.Threshold
}

// Round is the multiple of 5 nearest to a count that may be shown.
func Round(exact int) int { return (exact + base/2) / base * base }

func (t Topic) threshold() int { return t.Rule().Threshold }

type state int

const (
	notCollected state = iota
	hidden
	shown
)

// Figure is a count as others may see it. The exact count is not inside, so it
// cannot leak through a template, a log or JSON. The zero Figure is "not collected".
type Figure struct {
	state   state
	rounded int
	topic   Topic
}

// NotCollected is the figure for what nobody counted; it is not nought.
var NotCollected = Figure{}

// Count is the figure for an exact count. It panics on a negative one.
func Count(exact int, topic Topic) Figure {
	switch {
	case exact < 0:
		panic("disclosure: negative count")
	case topic.Rule().Hides(exact):
		return Figure{state: hidden, topic: topic}
	}
	return Figure{state: shown, rounded: Round(exact), topic: topic}
}

// Value is the rounded count, if it is shown.
func (f Figure) Value() (rounded int, ok bool) { return f.rounded, f.state == shown }

// Hidden reports whether the count exists but is too small to show.
func (f Figure) Hidden() bool { return f.state == hidden }

// Collected reports whether anybody counted.
func (f Figure) Collected() bool { return f.state != notCollected }

// String is the figure for a page: "25", "fewer than 8" or "not collected".
func (f Figure) String() string {
	switch f.state {
	case hidden:
		return fmt.Sprintf("fewer than %d", f.topic.threshold())
	case shown:
		return strconv.Itoa(f.rounded)
	}
	return "not collected"
}

// MarshalJSON writes the rounded count, and null for what is not shown.
func (f Figure) MarshalJSON() ([]byte, error) {
	if f.state != shown {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(f.rounded), 10), nil
}
