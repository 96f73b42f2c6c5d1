// Package beside lays what was simulated of the team and what its posts cost beside each other: why the preferred option is the preferred one.
package beside

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/rival"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// yearQuarters are the quarters of a year.
const yearQuarters = 4

// team is what the plan for people says of the options.
type team struct {
	workforce.Team
	year map[option.Option]float64 // pounds of posts in the last year of the plan, beyond doing nothing, at the prices of the pay table
}

// Why answers for whoever reads the options.
func Why(db *postgres.DB, s *capacity.Service, staff *workforce.Service, now func() time.Time) rival.Why {
	return func(ctx context.Context, a access.Actor) ([]string, error) {
		v, err := find(ctx, a, db, s, staff, now())
		return v.Sentences(ctx), err
	}
}

func find(ctx context.Context, a access.Actor, db *postgres.DB, s *capacity.Service, staff *workforce.Service, now time.Time) (v rival.Verdict, err error) {
	t := team{year: map[option.Option]float64{}}
	if t.Team, err = staff.Find(ctx, a, now); err != nil || len(t.Posts) == 0 {
		return v, err
	}
	var compared capacity.Compared
	if err := db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if compared, err = s.Outcomes(ctx, tx); err != nil {
			return err
		}
		costs, err := staff.Costs(ctx, tx, false, &pay.Awards{})
		t.year = yearly(costs)
		return err
	}); err != nil {
		return v, err
	}
	preferred := t.option(capacity.Chosen)
	preferred.Middle = -1
	var all []rival.Choice
	for _, o := range options(compared) {
		c := t.option(o.Option)
		x := o.Measures[capacity.Within]
		c.Middle, c.Low, c.High = x.P50, x.P10, x.P90
		if o.Option == capacity.Chosen {
			preferred = c
		} else {
			all = append(all, c)
		}
	}
	answers, err := answered(ctx, a, s)
	if err != nil {
		return v, err
	}
	days := s.Pack().TargetDays
	for _, x := range answers {
		p := x.AsPlanned()
		preferred.Middle, preferred.Low, preferred.High, preferred.Used = p.Within[days].Middle, p.Within[days].Low, p.Within[days].High, p.Used.Middle
		all = append(all, alone(x, days)...)
	}
	if preferred.Middle < 0 || preferred.Year <= 0 {
		return v, nil
	}
	return rival.Of(preferred, all, days, capacity.Replications), nil
}

// options are the last quarters of those that were simulated with nothing else changed, none of which is out of date.
func options(c capacity.Compared) (out []capacity.Outcome) {
	if !c.Plain() {
		return nil
	}
	for i, o := range c.Outcomes {
		if o.Stale {
			return nil
		}
		if i+1 == len(c.Outcomes) || c.Outcomes[i+1].Option != o.Option {
			out = append(out, o)
		}
	}
	return out
}

// answered are the answers for single professions that are not out of date.
func answered(ctx context.Context, a access.Actor, s *capacity.Service) (out []capacity.Staffed, err error) {
	asked, err := s.Posts(ctx, a, "")
	if err != nil {
		return nil, err
	}
	for _, role := range asked.Answered {
		x := asked
		if asked.Best.Result.Staffed.One.Role != role {
			if x, err = s.Posts(ctx, a, role); err != nil {
				return nil, err
			}
		}
		if role != capacity.Several && x.Best != nil && !x.Best.Stale {
			out = append(out, *x.Best.Result.Staffed)
		}
	}
	return out, nil
}

// alone are the choices of an answer for one profession: its empty posts filled, and more of it.
func alone(s capacity.Staffed, days int) (out []rival.Choice) {
	of := func(kind rival.Kind, w capacity.With) rival.Choice {
		in := w.Within[days]
		return rival.Choice{Kind: kind, Role: s.One.Role, Heads: w.Posts, WTE: s.One.Vacant, Year: float64(w.Posts) * s.One.Cost, Middle: in.Middle, Low: in.Low, High: in.High, Used: w.Used.Middle}
	}
	if s.Filled != nil {
		out = append(out, of(rival.Fill, *s.Filled))
	}
	for _, w := range s.Table {
		if w.Posts > 0 {
			out = append(out, of(rival.Posts, w))
		}
	}
	return out
}

// option is what the plan for people says of one, without what was simulated.
func (t team) option(o option.Option) rival.Choice {
	c := rival.Choice{Kind: rival.Option, Option: o, Year: t.year[o]}
	adds := map[string]bool{}
	for _, x := range t.InOption(o) {
		if x.Kind == outlook.Develop {
			c.Trains += x.Heads - x.Taken
		}
		if x.Kind.Adds() {
			adds[x.Role] = true
		}
	}
	for _, r := range t.Pack.Roles {
		for _, single := range t.Singles() {
			if adds[r.Key] && !single.Skill && single.Name == r.Name {
				c.Covers = append(c.Covers, r.Name)
			}
		}
	}
	return c
}

// yearly is what the posts of each option cost in the last year of the plan beyond those of doing nothing.
func yearly(c workforce.Costs) map[option.Option]float64 {
	sum := func(o option.Option) (pounds float64) {
		from := c.Start.AddMonths(3 * (outlook.Quarters - yearQuarters))
		for _, x := range c.Of[o] {
			if !x.Start.Before(from) {
				pounds += x.Total()
			}
		}
		return pounds
	}
	out := map[option.Option]float64{}
	for _, o := range option.All[1:] {
		out[o] = sum(o) - sum(option.Nothing)
	}
	return out
}
