package equity

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/organisation"
)

// Service reads what was released.
type Service struct{ system *system.Service }

// New makes the service.
func New(s *system.Service) *Service { return &Service{s} }

// View is the comparison of a half-year.
type View struct {
	System     organisation.Member
	Month      civil.Date   // the last of the half-year; zero where nothing was released
	Months     []civil.Date // that can be chosen, the newest first
	Definition string
	Covered    int // organisations that have released the half-year under this definition
	Of         int
	Other      int // under another version of the definition
	Divisions  []Division
}

// First is the first month of the half-year.
func (v View) First() civil.Date { return reach.First(v.Month) }

// AsAt is its last day: staff and organisations are as they were on it.
func (v View) AsAt() civil.Date { return v.Month.AddMonths(1).AddDays(-1) }

// Flagged counts the groups that the rule names.
func (v View) Flagged() (n int) {
	for _, d := range v.Divisions {
		for _, g := range d.Groups {
			if g.Flagged {
				n++
			}
		}
	}
	return n
}

// Compared counts the groups that have a ratio.
func (v View) Compared() (n int) {
	for _, d := range v.Divisions {
		for _, g := range d.Groups {
			if g.Enough == system.Yes {
				n++
			}
		}
	}
	return n
}

// View compares the groups of what an ICS, or a nation, has received of a half-year; the zero month is the newest.
func (s *Service) View(ctx context.Context, a access.Actor, of uuid.UUID, month civil.Date) (v View, err error) {
	pack := s.system.Pack()
	m, ok := pack.Find(Metric)
	if !ok {
		return v, fault.Missing("metric")
	}
	all, err := s.system.Told(ctx, a, of, Metric)
	if err != nil {
		return v, err
	}
	for _, x := range all {
		if !slices.Contains(v.Months, x.Month) {
			v.Months = append(v.Months, x.Month)
		}
	}
	slices.SortFunc(v.Months, func(a, b civil.Date) int { return b.Compare(a) })
	if v.Month = month; month.IsZero() {
		if len(v.Months) == 0 {
			return v, nil
		}
		v.Month = v.Months[0]
	}
	if !slices.Contains(v.Months, v.Month) {
		return v, fault.Missing("month")
	}
	var n int
	if v.System, n, err = s.system.AsAt(ctx, a, of, v.AsAt()); err != nil {
		return v, err
	}
	all = slices.DeleteFunc(all, func(x system.Value) bool { return x.Month != v.Month })
	v.Definition = system.Prevailing(all, v.Month)
	who, others := map[system.Who]bool{}, map[system.Who]bool{}
	all = slices.DeleteFunc(all, func(x system.Value) bool {
		if x.Definition == v.Definition {
			who[x.Who] = true
			return false
		}
		others[x.Who] = true
		return true
	})
	v.Covered, v.Other = len(who), len(others)
	v.Of = max(n, v.Covered+v.Other)
	v.Divisions = Divide(m, all, pack)
	return v, nil
}
