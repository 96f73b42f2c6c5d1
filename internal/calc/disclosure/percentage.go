package disclosure

import (
	"fmt"
	"math"
)

// Percentage is a share as others may see it.
type Percentage struct {
	state   state
	percent int
}

// Share is part as a percentage of whole, both already rounded. It is hidden when
// either is hidden or the whole is under 11. A part that rounding made bigger
// than its whole is 100%.
func Share(part, whole Figure) Percentage {
	switch {
	case !part.Collected() || !whole.Collected():
		return Percentage{}
	case part.Hidden() || whole.Hidden() || whole.rounded < percentageThreshold:
		return Percentage{state: hidden}
	}
	share := math.Round(100 * float64(part.rounded) / float64(whole.rounded))
	return Percentage{state: shown, percent: int(min(share, 100))}
}

// Value is the whole percentage, if it is shown.
func (p Percentage) Value() (percent int, ok bool) { return p.percent, p.state == shown }

// String is the percentage for a page: "45%", "too few to show" or "not collected".
func (p Percentage) String() string {
	switch p.state {
	case hidden:
		return "too few to show"
	case shown:
		return fmt.Sprintf("%d%%", p.percent)
	}
	return "not collected"
}

// Statistic says whether a mean, median or other statistic of n people may be
// shown: from the threshold of its topic up, as a mean of a few is nearly a person.
func Statistic(n int, topic Topic) bool { return n >= topic.threshold() }

// Rate is part of whole, times per, made of the rounded counts: it is shown under the same conditions as a Share, and
// nobody can undo the rounding from it.
func Rate(part, whole Figure, per float64) (float64, bool) {
	if part.state != shown || whole.state != shown || whole.rounded < percentageThreshold {
		return 0, false
	}
	rate := per * float64(part.rounded) / float64(whole.rounded)
	if per == 100 {
		rate = min(rate, 100)
	}
	return rate, true
}

// Group says whether answers to a survey by n people may be shown: staff surveys show no breakdown under 11.
func Group(n int) bool { return n >= percentageThreshold }
