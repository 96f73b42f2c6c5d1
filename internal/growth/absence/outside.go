package absence

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
)

// shortest is the fewest calendar days of a long-term absence, so a short-term one loses fewer.
const shortest = 28

// controls says whether the figures of our own organisation are read outside the OH service. What NHS England
// published is not ours to hide.
func (f Figures) controls() bool { return f.Outside && f.Scope == Own }

// length is the number of days of a month.
func length(month civil.Date) float64 { return float64(month.AddMonths(1).DaysSince(month)) }

// atLeast is how many episodes lie behind days lost, when none loses more than most of them. A report says how many
// began in a month, not how many lasted into it, so this is what is certain.
func atLeast(days, most float64) int { return int(math.Ceil(days / most)) }

// controlled are days lost as others may see them: a statistic of enough episodes, rounded as a count is, so that
// nobody can take the shown parts from the whole. Nought is shown as a count of nought is.
func controlled(days float64, episodes int, topic disclosure.Topic) spc.Number {
	if days > 0 && !disclosure.Statistic(episodes, topic) {
		return spc.Number{}
	}
	v, ok := disclosure.Count(int(math.Round(max(days, 0))), topic).Value()
	return spc.Number{Value: float64(v), Known: ok}
}

// outside are rate and days of a trust's own report. The rate comes from the rounded days, and from 11 posts up.
func (s sums) outside(month civil.Date) (rate, days spc.Number) {
	n := max(int(s.episodes), atLeast(s.lost, length(month)))
	days = controlled(s.lost, n, disclosure.General)
	of := controlled(s.lostOf, n, disclosure.General)
	if days.Known && of.Known && s.available >= leastPosts*length(month) {
		rate = spc.Some(100 * of.Value / s.available)
	}
	return rate, days
}

// terms are the days of long-term and of short-term absence. Where one may not be shown, neither is: with the whole
// it would give the other away.
func (s sums) terms(month civil.Date) (long, short spc.Number) {
	longs, shorts := atLeast(s.long, length(month)), atLeast(s.short, shortest-1)
	if s.long == 0 { // then all that began are short
		shorts = max(shorts, int(s.episodes))
	}
	long, short = controlled(s.long, longs, disclosure.General), controlled(s.short, shorts, disclosure.General)
	if !s.counted || !long.Known || !short.Known {
		return spc.Number{}, spc.Number{}
	}
	return long, short
}
