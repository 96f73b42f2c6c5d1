package skillsbank

import (
	"cmp"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/halfday"
)

// Why says why an offer does not fit a need: the first of the reasons.
type Why string

// The reasons.
const (
	OtherSkill Why = "skill" // does not hold the competence on any day of both
	OtherDates Why = "dates"
	OtherPlace Why = "place"
	OtherSlots Why = "slots"
)

// Reasons in the order in which they are looked at.
var Reasons = []Why{OtherSkill, OtherDates, OtherPlace, OtherSlots}

// Fit is an offer that fits a need, with what speaks for it.
type Fit struct {
	Offer       Offer
	From, Until civil.Date // the days of both, while the competence holds
	Slots       []string   // the half-days of both
	Remote      bool       // by telephone or video alone: they do not come to the place
}

// Match finds the offers of other organisations that fit a need on a day, and counts those that do not by why. Nothing of it says how
// good somebody is: competence, dates, place and half-days are all there is. Fits stand by the first day of both, then by the name of the
// organisation.
func Match(n Need, offers []Offer, today civil.Date) (fits []Fit, not map[Why]int) {
	not = map[Why]int{}
	for _, o := range offers {
		if o.Organisation == n.Organisation || !o.Live(today) {
			continue
		}
		if f, why := fit(n, o, today); why != "" {
			not[why]++
		} else {
			fits = append(fits, f)
		}
	}
	slices.SortFunc(fits, func(a, b Fit) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Offer.Where, b.Offer.Where), cmp.Compare(a.Offer.ID.String(), b.Offer.ID.String()))
	})
	return fits, not
}

func fit(n Need, o Offer, today civil.Date) (f Fit, why Why) {
	f = Fit{Offer: o, From: latest(n.From, o.From, today), Until: n.Until}
	if o.Until.Before(f.Until) {
		f.Until = o.Until
	}
	i := slices.IndexFunc(o.Held, func(h Holding) bool { return h.Competence == n.Competence })
	if i < 0 || o.Held[i].Until.Before(f.From) {
		return f, OtherSkill
	}
	if o.Held[i].Until.Before(f.Until) {
		f.Until = o.Held[i].Until
	}
	if f.Until.Before(f.From) {
		return f, OtherDates
	}
	comes := slices.Contains(o.Places, n.Organisation.String())
	f.Remote = !comes && n.Remote && slices.Contains(o.Places, Remote)
	if !comes && !f.Remote {
		return f, OtherPlace
	}
	if f.Slots = halfday.Common(n.Slots, o.Slots); !halfday.Within(f.From, f.Until, f.Slots) {
		return f, OtherSlots
	}
	return f, ""
}

func latest(days ...civil.Date) (d civil.Date) {
	for _, x := range days {
		if x.After(d) {
			d = x
		}
	}
	return d
}
