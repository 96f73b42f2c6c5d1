package capacity

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
)

const (
	week     = 7
	workdays = 5.0
	// everybody is the one pool of a service whose ledger names no professions.
	everybody = "all"
	// fewestInPool is the share below which a profession is no pool of its own: its list would be a handful.
	fewestInPool = 0.03
)

var errNothing = errors.New("the fits have no referrals and no appointments")

// build makes the model of some inputs.
func (in Inputs) build(calendar *workday.Calendar) (*plan.Spec, error) {
	f := in.Fits
	days := in.Weeks * week
	if in.Weeks == 0 {
		days = in.Quarters[len(in.Quarters)-1].DaysSince(in.Start)
	}
	weekly := 0.0
	for _, r := range f.Rates {
		weekly += r.Weekly
	}
	if weekly <= 0 || f.Given.Mean <= 0 {
		return nil, errNothing
	}
	working := make([]bool, days)
	for i := range days {
		working[i] = calendar.IsWorking(in.Start.AddDays(i))
	}
	s := &plan.Spec{Working: working, Target: in.Target, DNA: min(f.DNA.Value, 0.5), Rebook: f.Rebook.Value, Unseen: min(f.Unseen.Value, 0.9), UnseenFor: int(math.Round(f.UnseenFor.Value)),
		FollowUps: f.FollowUps.Value, Gap: max(int(math.Round(f.Gap.Value)), 1), Level: plan.Level{SD: f.Level.SD, Memory: f.Level.Memory}}
	if in.Weeks > 0 {
		s.Periods = []int{days}
	} else {
		for _, q := range in.Quarters {
			if d := q.DaysSince(in.Start); d > 0 {
				s.Periods = append(s.Periods, d)
			}
		}
	}
	for _, r := range f.Rates {
		d := plan.Demand{Daily: make([]float64, days), LevelSE: r.LevelSE, TrendSE: r.TrendSE, Corr: min(max(r.Corr, -1), 1)}
		for i := range days {
			day := in.Start.AddDays(i)
			d.Daily[i] = r.Mean(day, calendar.Holiday(day) != "") * in.Terms.Growth(in.Start, day)
		}
		s.Demand = append(s.Demand, d)
	}
	if extra := in.Terms.Extra(in.Start, working); extra != nil { // nobody doubts what a contract says
		s.Demand = append(s.Demand, plan.Demand{Daily: extra})
	}
	s.Classes = in.classes()
	in.pools(s, days)
	return s, s.Check()
}

// classes are the priorities of the ledger, the most urgent first. One in ten is seen within the lead time, so nobody but the
// urgent is seen sooner.
func (in Inputs) classes() []plan.Class {
	f := in.Fits
	lead := int(math.Round(f.Lead.Value * week / workdays))
	var parts []demand.Part
	for _, p := range f.Priority {
		if p.Name != "none" {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return []plan.Class{{Share: 1, Lead: lead}}
	}
	slices.SortFunc(parts, func(a, b demand.Part) int { return strings.Compare(a.Name, b.Name) })
	total := 0.0
	for _, p := range parts {
		total += p.Share
	}
	var out []plan.Class
	for _, p := range parts {
		c := plan.Class{Share: p.Share / total, Lead: lead, Due: in.Due[p.Name]}
		switch p.Name {
		case "P0":
			c.Lead = 0
		case "P1":
			c.Lead = min(lead, 1)
		}
		out = append(out, c)
	}
	return out
}

// routing is the share of each pool. Professions too small for a list of their own are left to the others.
func (in Inputs) routing() map[string]float64 {
	out, total := map[string]float64{}, 0.0
	for _, r := range in.Fits.Roles {
		if r.Share >= fewestInPool {
			out[r.Name] += r.Share
			total += r.Share
		}
	}
	if total == 0 {
		return map[string]float64{everybody: 1}
	}
	for k := range out {
		out[k] /= total
	}
	return out
}

// lists is the share of those waiting that each pool has: by Little's law as those who are seen by it times how long they wait. Where the
// wait of a pool is not known, it is taken to be that of the others.
func (in Inputs) lists(routing map[string]float64) map[string]float64 {
	wait, people, days := map[string]float64{}, 0.0, 0.0
	for _, r := range in.Fits.Roles {
		if routing[r.Name] > 0 && r.Wait > 0 {
			wait[r.Name] = r.Wait
			people, days = people+r.Share, days+r.Share*r.Wait
		}
	}
	if people == 0 {
		return routing
	}
	out, total := map[string]float64{}, 0.0
	for _, name := range slices.Sorted(maps.Keys(routing)) {
		out[name] = routing[name] * cmp.Or(wait[name], days/people)
		total += out[name]
	}
	for name := range out {
		out[name] /= total
	}
	return out
}

func (in Inputs) pools(s *plan.Spec, days int) {
	f := in.Fits
	g := f.Given
	// Those who will leave unseen are on the list too, and take nobody's appointment.
	unseen := 0.0
	for _, r := range f.Rates {
		unseen += r.Weekly / week * f.Unseen.Value * f.UnseenFor.Value
	}
	list, mean := max(float64(f.List)-unseen, 0), max(g.List-unseen, 0)
	routing := in.routing()
	lists := in.lists(routing)
	relief := make([]float64, days)
	for i := range relief {
		relief[i] = in.relief(in.Start.AddDays(i), routing)
	}
	for _, name := range slices.Sorted(maps.Keys(routing)) {
		x := routing[name]
		p := plan.Pool{Name: name, Backlog: int(math.Round(list * lists[name])), Due: g.Mean / workdays * x * f.FollowUps.Value / (1 + f.FollowUps.Value), Weekly: g.Mean * x, React: g.React, Mean: mean * lists[name],
			SD: g.SD * math.Sqrt(x), SE: g.SE * math.Sqrt(x), Least: g.Least * x, Most: g.Most * x, Slots: make([]float64, days)}
		for range s.Demand {
			p.Share = append(p.Share, x)
		}
		for i := range days {
			if s.Working[i] {
				p.Slots[i] = max(in.slots(in.Start.AddDays(i), name, p.Weekly)+relief[i]*x, 0) / workdays
			}
		}
		s.Pools = append(s.Pools, p)
	}
}

// slots are the appointments a week that the plan has on a day, of a pool that gives base now.
func (in Inputs) slots(d civil.Date, pool string, base float64) float64 {
	more := 1 + in.Terms.Productivity/100
	if in.Terms.Clinic.Role == pool {
		return in.Terms.Clinic.Weekly() * more
	}
	if x, own := in.Terms.Clinics.Gives(pool, pool == everybody, base, in.Room); own {
		return x * more
	}
	hours, planned := in.hours(d, pool)
	present := in.Present[pool]
	if pool == everybody {
		present, hours = 0, 0
		for _, role := range slices.Sorted(maps.Keys(in.Present)) { // the same sum each time
			present += in.Present[role]
		}
		if planned {
			hours = in.allHours(d)
		}
	} else {
		hours *= in.pace(pool)
	}
	switch {
	case !planned:
		return base * in.pace(pool) * more
	case present > 0:
		return base * hours / present * more
	}
	return (base + hours*60/in.fitted(pool)) * more
}

// futures draws those of a team, as many as there are replications; none where nobody has kept one.
func (s *Service) futures(in Inputs, team people.Team) (f people.Futures, err error) {
	if len(team) == 0 {
		return f, nil
	}
	if s.d.Futures.Draw == nil {
		return f, errors.New("nobody draws futures of the team")
	}
	if f, err = s.d.Futures.Draw(team, in.Start, in.Seed, in.Replications); err != nil {
		return f, fmt.Errorf("draw futures of the team: %w", err)
	}
	return f, nil
}

// model makes the model of some inputs, with the futures of their team. The hours of some roles may be sure.
func (s *Service) model(in Inputs, f people.Futures, sure ...string) (*plan.Spec, error) {
	spec, err := in.build(s.calendar)
	if err != nil || len(f.Hours) == 0 {
		return spec, err
	}
	routing := in.routing()
	base := func(in Inputs, pool string, day civil.Date) float64 {
		return (in.slots(day, pool, routing[pool]*in.Fits.Given.Mean) + in.relief(day, routing)*routing[pool]) / workdays
	}
	f.Lay(spec, in.Start, func(pool, role string) float64 { // hours and appointments are in proportion, so one hour tells
		p, more := s.pack.Of(role), in
		if p == nil || slices.Contains(sure, role) {
			return 0
		}
		more.Staff = people.More(in.Staff, map[string]float64{p.Role: 1})
		return base(more, pool, in.Start) - base(in, pool, in.Start)
	}, func(pool string, day civil.Date) float64 { return base(in, pool, day) })
	return spec, spec.Check()
}

// allHours are those of every role on a day, each with what becomes of its pace.
func (in Inputs) allHours(d civil.Date) (sum float64) {
	at := in.Staff[0]
	for _, s := range in.Staff {
		if !s.Start.After(d) {
			at = s
		}
	}
	for _, role := range slices.Sorted(maps.Keys(at.Hours)) {
		sum += at.Hours[role] * in.pace(role)
	}
	return sum
}

// pace is how many appointments of a pool there are now that somebody has replaced their length, for each one of the length that
// its present appointments were given in: 60 minutes that become 20 make three of one. 1 where nobody has.
func (in Inputs) pace(pool string) float64 { return in.fitted(pool) / in.minutes(pool) }

// relief is what professions that nobody is routed to yet give more, or fewer, a week than now: their appointments relieve the
// others, each by its share.
func (in Inputs) relief(d civil.Date, routing map[string]float64) (sum float64) {
	if _, one := routing[everybody]; one {
		return 0
	}
	for _, role := range slices.Sorted(maps.Keys(in.Minutes)) {
		if _, routed := routing[role]; routed {
			continue
		}
		hours, _ := in.hours(d, role)
		gives, now := hours*60/in.minutes(role), in.Present[role]*60/in.fitted(role)
		if in.Terms.Clinic.Role == role {
			gives = in.Terms.Clinic.Weekly()
		} else if in.Terms.Clinics.Of(role) {
			gives = max(now+in.Terms.Clinics.More(role), 0)
		}
		more := gives - now
		sum += more * (1 + in.Terms.Productivity/100)
	}
	return sum
}

// minutes of an appointment of a pool; an hour where nobody says.
func (in Inputs) minutes(pool string) float64 {
	if m := in.Minutes[pool]; m > 0 {
		return m
	}
	return 60
}

// fitted are the minutes of one before anybody replaced them.
func (in Inputs) fitted(pool string) float64 {
	if m := in.Fitted[pool]; m > 0 {
		return m
	}
	return in.minutes(pool)
}
