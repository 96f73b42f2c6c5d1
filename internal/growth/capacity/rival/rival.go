// Package rival answers why an option is the preferred one: which cheaper choice brings as many people in time, as far as the simulation
// can tell, what it costs, and what the preferred option brings beyond it. All of it follows from what is stored; where nothing stored
// speaks for the option, that is said.
package rival

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/advice"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// Why gives the sentences to who reads the options; none where nothing was simulated that they could be compared by.
type Why func(ctx context.Context, a access.Actor) ([]string, error)

// Kind is what a choice is.
type Kind string

// The kinds.
const (
	Fill   Kind = "fill"   // posts that are funded and empty are filled, and kept so
	Posts  Kind = "posts"  // so many full-time people more of one profession
	Option Kind = "option" // an option of the plan for people
)

// Choice is one that was simulated: what it costs, and how many of 100 people are seen in time at the end of the plan.
type Choice struct {
	Kind   Kind
	Role   string        // of people to fill posts with, or more of
	Heads  int           // of Posts
	WTE    float64       // of Fill, that are empty
	Option option.Option // of Option
	Year   float64       // pounds a year of its posts, beyond what is funded
	// In the middle run, and where one run in ten came out lower and one higher.
	Middle, Low, High float64
	Used              float64 // percent of the appointments of the last year; 0 where nobody knows
	Trains            int     // people in development posts
	Covers            []string
}

// Verdict is the answer.
type Verdict struct {
	Preferred Choice
	Days      int      // working days of the target
	As        []Choice // cheaper, and as good as far as can be told: the cheapest, and the cheapest of another kind
	Nearest   *Choice  // of the cheaper ones the best, where none is as good; nil where there is none
	Free      *Choice  // that needs no new funding and brings fewer; nil where there is none
	Beyond    []Gain   // what the preferred option brings beyond the cheapest of As
}

// Gain is something that the preferred option brings beyond a cheaper choice.
type Gain struct {
	Key           string // low, used, trains, covers
	With, Without float64
	Names         []string
}

// What turns a range of 8 in 10 runs into how far a middle run may be off by chance.
const (
	eighty = 2.563 // standard deviations from one end of 8 in 10 to the other
	median = 1.253 // standard errors of a mean in that of a middle
	sure   = 2     // standard errors that chance seldom exceeds
)

// Apart is the least difference, of 100 people, that so many simulated runs can tell from none, and at least what a post is planned for.
func Apart(a, b Choice, runs int) float64 {
	off := func(c Choice) float64 { return median * (c.High - c.Low) / eighty / math.Sqrt(float64(max(runs, 1))) }
	return math.Max(advice.Worth, sure*math.Hypot(off(a), off(b)))
}

// pound is the least difference in cost that is one.
const pound = 1.0

// Of is the rule.
func Of(preferred Choice, all []Choice, days, runs int) Verdict {
	v := Verdict{Preferred: preferred, Days: days}
	cheaper := slices.DeleteFunc(slices.Clone(all), func(c Choice) bool { return c.Year > preferred.Year-pound })
	slices.SortStableFunc(cheaper, func(a, b Choice) int { return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(b.Middle, a.Middle)) })
	for _, c := range cheaper {
		if c.Middle < preferred.Middle-Apart(preferred, c, runs) {
			if c.Kind == Fill && (v.Free == nil || c.Middle > v.Free.Middle) {
				v.Free = &c
			}
			if v.Nearest == nil || c.Middle > v.Nearest.Middle {
				v.Nearest = &c
			}
			continue
		}
		if !slices.ContainsFunc(v.As, func(x Choice) bool { return x.Kind == c.Kind }) && len(v.As) < mostNamed {
			v.As = append(v.As, c)
		}
	}
	if len(v.As) > 0 {
		v.Nearest, v.Beyond = nil, beyond(preferred, v.As[0], runs)
	}
	if v.Nearest != nil && v.Nearest.Kind == Fill {
		v.Free = nil
	}
	return v
}

// mostNamed is how many choices a sentence names.
const mostNamed = 2

// point is the least difference in percent that a page of whole numbers shows.
const point = 1.0

// beyond is what the preferred option brings that another choice does not.
func beyond(p, c Choice, runs int) (out []Gain) {
	if p.Low-c.Low >= Apart(p, c, runs) {
		out = append(out, Gain{Key: "low", With: p.Low, Without: c.Low})
	}
	if p.Used > 0 && c.Used-p.Used >= point {
		out = append(out, Gain{Key: "used", With: p.Used, Without: c.Used})
	}
	if n := p.Trains - c.Trains; n > 0 {
		out = append(out, Gain{Key: "trains", With: float64(n)})
	}
	names := slices.DeleteFunc(slices.Clone(p.Covers), func(x string) bool { return slices.Contains(c.Covers, x) })
	if len(names) > 0 {
		out = append(out, Gain{Key: "covers", Names: names})
	}
	return out
}
