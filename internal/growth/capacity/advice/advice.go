// Package advice is the rule of what to do next about an answer to how many people are needed: it never leads to posts of which the same
// answer says that they do not help.
package advice

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
)

// Kind is what is best done next.
type Kind string

// The kinds.
const (
	Enough Kind = "enough" // as many as were asked for are seen in time without anybody more
	Fill   Kind = "fill"   // posts that are funded and empty do as well as new ones
	None   Kind = "none"   // no number of new posts makes a difference
	Held   Kind = "held"   // the option has as many already
	Plan   Kind = "plan"   // there are posts to be planned
	Record Kind = "record" // too few hours of the profession are recorded to say what one more brings
)

// Worth is the least difference, of 100 people, that a post is planned for. It is far less than the simulated runs differ among
// themselves.
const Worth = 1.0

// Next is what is best done next.
type Next struct {
	Kind  Kind
	Posts int     // full-time people that it takes, beyond the team as it is
	Bring float64 // of 100 people, seen in time with these
	More  float64 // whole-time equivalents of these that the option does not have yet
}

// Heads are the people among whom what is still to be planned is shared out, and how much of full time each works.
func (n Next) Heads() (heads int, wte float64) {
	heads = int(math.Ceil(n.More - 1e-9))
	return heads, math.Round(100*n.More/float64(max(heads, 1))) / 100
}

// Of looks at an answer for one profession: so many of 100 within so many working days, where the option adds so many whole-time
// equivalents already. few is that so few of its hours are recorded that nothing follows from them: then these are recorded first, whatever the
// answer is.
func Of(s capacity.Staffed, days int, percent, added float64, few bool) Next {
	now := s.Table[0].Within[days].Middle
	if now >= percent {
		return Next{Kind: Enough, Bring: now}
	}
	if few {
		return Next{Kind: Record, Bring: now}
	}
	w, ok := s.Needed(days, percent)
	if !ok {
		w = Fewest(s, days)
	}
	out := Next{Kind: Plan, Posts: w.Posts, Bring: w.Within[days].Middle, More: math.Max(float64(w.Posts)-added, 0)}
	switch {
	case s.Filled != nil && s.Filled.Within[days].Middle >= math.Min(out.Bring-Worth, percent) && s.Filled.Within[days].Middle >= now+Worth:
		out.Kind = Fill
	case w.Posts == 0:
		out.Kind = None
	case out.More < 0.005:
		out.Kind = Held
	}
	return out
}

// Fewest is the smallest number of those tried with which more people more are not worth it.
func Fewest(s capacity.Staffed, days int) capacity.With {
	most := s.Table[len(s.Table)-1].Within[days].Middle
	for _, w := range s.Table {
		if w.Within[days].Middle > most-Worth {
			return w
		}
	}
	return s.Table[len(s.Table)-1]
}
