package linked

import (
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
)

// Count is a group as it is.
type Count struct{ Part, Whole int }

// Protect hides what must be hidden of divisions of the same people, and rounds the rest. more is what a reader knows besides.
func Protect(divisions [][]Count, topic disclosure.Topic, more ...Row) ([][]Shown, error) {
	out := make([][]Shown, len(divisions))
	for d, groups := range divisions {
		out[d] = make([]Shown, len(groups))
		for g, c := range groups {
			part, whole := disclosure.Split(c.Part, c.Whole, topic)
			if n, ok := part.Value(); ok {
				out[d][g].Part = &n
			}
			if n, ok := whole.Value(); ok {
				out[d][g].Whole = &n
			}
		}
	}
	for {
		d, part, found, err := leak(divisions, out, topic.Rule().Threshold, more)
		if err != nil {
			return nil, err
		}
		if !found {
			return out, nil
		}
		hideNext(divisions[d], out[d], part)
	}
}

// leak finds a division in which a count under the threshold is pinned down although it, or something for its sake, is hidden; part says
// that hiding a part helps, and no whole need be hidden for it. One in which all is hidden tells nothing more: another is to blame.
func leak(divisions [][]Count, shown [][]Shown, threshold int, more []Row) (d int, part, found bool, err error) {
	p := newProgram(shown, true, more)
	for d, groups := range divisions {
		for g, c := range groups {
			secret := func(n int) bool { return n > 0 && n < threshold }
			rest := c.Whole - c.Part
			if !secret(c.Part) && !secret(rest) && !secret(c.Whole) && (c.Part > 0 || c.Whole < threshold) {
				continue
			}
			k, err := p.known(d, g)
			if err != nil {
				return 0, false, false, err
			}
			switch {
			case secret(c.Whole) && k.Whole.Pinned(threshold):
				part = false
			case (secret(c.Part) || c.Part == 0) && k.Part.Pinned(threshold), secret(rest) && k.Rest.Pinned(threshold):
				part = true
			default:
				continue
			}
			if at, ok := blame(shown, d, part); ok {
				return at, part, true, nil
			}
		}
	}
	return 0, false, false, nil
}

// blame is the division of which something more can be hidden: that of the leak, or where it shows nothing the first that shows anything.
func blame(shown [][]Shown, d int, part bool) (int, bool) {
	if shows(shown[d], part) || shows(shown[d], false) {
		return d, true
	}
	for i := range shown {
		if shows(shown[i], part) || shows(shown[i], false) {
			return i, true
		}
	}
	return 0, false
}

// shows says whether a division shows a part, or a whole.
func shows(groups []Shown, part bool) bool {
	for _, g := range groups {
		if part && g.Part != nil || !part && g.Whole != nil {
			return true
		}
	}
	return false
}

// hideNext hides the smallest part that is shown; where a whole must go, or no part is left, the smallest whole with its part.
func hideNext(counts []Count, shown []Shown, part bool) {
	part = part && shows(shown, true)
	best := -1
	for g := range shown {
		size := func(i int) int {
			if part {
				return counts[i].Part
			}
			return counts[i].Whole
		}
		there := part && shown[g].Part != nil || !part && shown[g].Whole != nil
		if there && (best < 0 || size(g) < size(best)) {
			best = g
		}
	}
	if best < 0 {
		return
	}
	shown[best].Part = nil
	if !part {
		shown[best].Whole = nil
	}
}
