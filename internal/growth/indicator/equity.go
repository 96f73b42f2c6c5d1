package indicator

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The rule of growth.md 6.1, K30, with the minimum of numbers.md 3: a group is flagged only where its ratio lies outside
// 0.8 to 1.25, chance does not explain it (the 95% interval excludes 1), and there are at least 30 staff on either side.
const (
	equityLow, equityHigh = 0.8, 1.25
	equityStaff           = 30
	equityMonths          = 12
	z95                   = 1.959964
)

// leastStaff is the size under which a staff group is not shown outside the service; staff surveys show no breakdown
// under 11 people.
const leastStaff = 11

// Group is a staff group's contacts against those of all others.
type Group struct {
	Name     string
	Staff    int // full-time equivalents, or people, whole
	Contacts int
	State    figure.State
	Rate     float64 // contacts for 1,000 staff in the year
	Rest     float64 // of all other groups
	Alone    bool    // the others are too few to compare with: they would be told by this group's figures
	Ratio    float64
	Low      float64 // of the 95% interval of the ratio
	High     float64
	Flagged  bool
}

// Equity is who gets to occupational health, over the twelve months that end with one.
type Equity struct {
	Definition
	First, Last civil.Date
	Groups      []Group
	Heads       bool // staff are people of a measure that was taken in, not full-time equivalents of the staff feed
	Outside     bool
	Set         Set
	MadeAt      time.Time
}

// Flagged counts the groups that are.
func (e Equity) Flagged() (n int) {
	for _, g := range e.Groups {
		if g.Flagged {
			n++
		}
	}
	return n
}

// FindEquity compares the staff groups of the actor's organisation over the last twelve complete months.
func (s *Service) FindEquity(ctx context.Context, a access.Actor, name string, now time.Time) (Equity, error) {
	d, ok := s.pack.Find(name)
	if !ok || d.Kind != KindEquity {
		return Equity{}, fault.Missing("indicator")
	}
	var e Equity
	err := s.d.DB.InTenant(ctx, scope(a), func(tx *postgres.Tx) (err error) {
		if e, err = s.equity(ctx, tx, a, d, Months(now, 1)[0], Outside(a)); err != nil {
			return err
		}
		set, err := readSettings(ctx, tx, a.Organisation)
		if err != nil {
			return err
		}
		e.Set = set.of(d.Ref(), d.Owner)
		e.MadeAt, err = activity.MadeAt(ctx, tx, a.Service)
		return err
	})
	return e, err
}

func (s *Service) equity(ctx context.Context, tx *postgres.Tx, a access.Actor, d Definition, last civil.Date, outside bool) (Equity, error) {
	e := Equity{Definition: d, First: last.AddMonths(1 - equityMonths), Last: last, Outside: outside}
	contacts, err := activity.ReadGroups(ctx, tx, a.Organisation, e.First, last.AddMonths(1), d.Events)
	if err != nil {
		return e, err
	}
	staff, err := activity.ReadStaff(ctx, tx, a.Organisation, e.First, last.AddMonths(1))
	if err != nil {
		return e, err
	}
	if len(staff) == 0 && s.d.Headcount != nil {
		if staff, err = s.d.Headcount(ctx, tx, e.First, last.AddMonths(1)); err != nil {
			return e, err
		}
		e.Heads = true
	}
	if len(contacts) > 0 {
		e.Groups = equity(contacts, staff, outside)
	}
	return e, nil
}

// equity compares each group with the rest. Outside the service counts are rounded first and the ratio is made of these.
func equity(contacts map[string]int, staff map[string]float64, outside bool) []Group {
	show := func(n int) (int, bool) {
		if !outside {
			return n, true
		}
		return disclosure.Count(n, disclosure.General).Value()
	}
	var names []string
	var allContacts int
	var allStaff float64
	for name, fte := range staff {
		names = append(names, name)
		allContacts, allStaff = allContacts+contacts[name], allStaff+fte
	}
	slices.Sort(names)
	total, shown := show(allContacts)
	var out []Group
	for _, name := range names {
		g := Group{Name: name, Staff: int(math.Round(staff[name])), State: figure.Hidden}
		n, ok := show(contacts[name])
		if shown && ok && (!outside || g.Staff >= leastStaff) {
			g.State, g.Contacts = figure.Known, n
			restStaff := int(math.Round(allStaff)) - g.Staff
			if g.Alone = outside && !tellable(allContacts-contacts[name], restStaff); g.Alone {
				g.Rate = 1000 * float64(g.Contacts) / float64(g.Staff)
			} else {
				g.compare(total-n, restStaff)
			}
		}
		out = append(out, g)
	}
	return out
}

// tellable says whether the others are enough to be shown as "the rest": where all but one group are hidden, the rest is a
// hidden group, and its rate is under the rule for one.
func tellable(contacts, staff int) bool {
	return staff == 0 || staff >= leastStaff && (contacts == 0 || disclosure.Statistic(contacts, disclosure.General))
}

// compare makes the ratio of two rates and its interval on the log scale. Half a contact is added to both sides for the
// interval where one has none (Haldane), which is wide, as it should be.
func (g *Group) compare(contacts, staff int) {
	if g.Staff <= 0 || staff <= 0 || contacts <= 0 {
		return
	}
	g.Rate, g.Rest = 1000*float64(g.Contacts)/float64(g.Staff), 1000*float64(contacts)/float64(staff)
	g.Ratio = g.Rate / g.Rest
	n, m := float64(g.Contacts), float64(contacts)
	if g.Contacts == 0 {
		n, m = n+0.5, m+0.5
	}
	centre := math.Log(n / float64(g.Staff) / (m / float64(staff)))
	half := z95 * math.Sqrt(1/n+1/m)
	g.Low, g.High = math.Exp(centre-half), math.Exp(centre+half)
	g.Flagged = (g.Ratio < equityLow || g.Ratio > equityHigh) && (g.Low > 1 || g.High < 1) && g.Staff >= equityStaff && staff >= equityStaff
}
