package development

import (
	"cmp"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Matched is an offer with the goals that it could help with.
type Matched struct {
	Offer
	Goals []Goal // of its area and still open, the soonest first; none for an offer that is only for the reader's role
	Late  bool   // it closes after all those goals should be reached
}

// Match lays offers beside the goals of one plan. It leaves out offers that have closed, that are not for the role, and that the
// reader published. An offer meets a goal that is open and in its area. Those that meet one come first, by the day of the
// soonest goal; the rest by the day on which they close.
func Match(offers []Offer, goals []Goal, role access.Role, today civil.Date) (out []Matched) {
	for _, o := range offers {
		if !o.Open(today) || !o.For(role) || o.Mine {
			continue
		}
		m := Matched{Offer: o}
		for _, g := range goals {
			if g.Open() && g.Area == o.Area {
				m.Goals = append(m.Goals, g)
			}
		}
		slices.SortStableFunc(m.Goals, func(a, b Goal) int { return a.By.Compare(b.By) })
		m.Late = len(m.Goals) > 0 && m.Goals[len(m.Goals)-1].By.Before(o.Closes)
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b Matched) int {
		switch {
		case len(a.Goals) == 0 && len(b.Goals) == 0:
			return a.Closes.Compare(b.Closes)
		case len(a.Goals) == 0:
			return 1
		case len(b.Goals) == 0:
			return -1
		}
		return cmp.Or(a.Goals[0].By.Compare(b.Goals[0].By), a.Closes.Compare(b.Closes))
	})
	return out
}
