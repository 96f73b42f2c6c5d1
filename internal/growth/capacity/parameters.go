package capacity

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Kinds of a parameter: what its number is, and between what it may lie.
var kinds = map[string]struct {
	unit        string
	least, most float64
}{
	"weekly": {"week", 0, mostReferrals}, "trend": {"percent_year", -50, 50}, "given": {"week", 1, 50_000},
	"dna": {"percent", 0, 50}, "rebook": {"percent", 0, 100}, "unseen": {"percent", 0, 90}, "follow_ups": {"each", 0, 20},
	"gap": {"days", 1, 365}, "lead": {"working_days", 0, 60}, "route": {"percent", 0, 100}, "minutes": {"minutes", 5, 240},
}

// Override is what somebody put in the place of a number.
type Override struct {
	Name   string
	Value  *float64 // nil: back to the fit
	Reason string
	At     time.Time
	By     string
}

// Parameter is a number of the model: fitted or assumed, and what replaces it.
type Parameter struct {
	Name, Kind, Of, Unit string
	Fitted               float64
	N                    int  // it was fitted to so many; 0 for an assumption
	Assumed              bool // from the pack
	Quality              demand.Quality
	Dispersion           float64
	SE                   float64
	Least, Most          float64
	History              []Override // newest first
}

// Replaced is the value that holds instead, if any.
func (p Parameter) Replaced() *float64 {
	if len(p.History) == 0 {
		return nil
	}
	return p.History[0].Value
}

// Value is the one that holds.
func (p Parameter) Value() float64 {
	if v := p.Replaced(); v != nil {
		return *v
	}
	return p.Fitted
}

func listOverrides(ctx context.Context, tx *postgres.Tx) (out []Override, err error) {
	rows, err := db.New(tx).ListOverrides(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list overrides: %w", err)
	}
	for _, r := range rows {
		out = append(out, Override{r.Name, r.Value, r.Reason, r.At, r.By})
	}
	return out, nil
}

// inForce are the values that hold; all is newest first.
func inForce(all []Override) map[string]float64 {
	out, seen := map[string]float64{}, map[string]bool{}
	for _, o := range all {
		if !seen[o.Name] && o.Value != nil {
			out[o.Name] = *o.Value
		}
		seen[o.Name] = true
	}
	return out
}

// parameters lists the numbers of some fits.
func (s *Service) parameters(f demand.Fits, history []Override) (out []Parameter) {
	add := func(kind, of string, fitted float64, n int, more func(*Parameter)) {
		k := kinds[kind]
		p := Parameter{Name: kind, Kind: kind, Of: of, Unit: k.unit, Fitted: fitted, N: n, Least: k.least, Most: k.most}
		if of != "" {
			p.Name += "." + of
		}
		if more != nil {
			more(&p)
		}
		for _, o := range history {
			if o.Name == p.Name {
				p.History = append(p.History, o)
			}
		}
		out = append(out, p)
	}
	for _, r := range f.Rates {
		add("weekly", r.Type, r.Weekly, r.N, func(p *Parameter) {
			p.Quality, p.Dispersion, p.SE = r.Weeks.Quality(), r.Weeks.Value, r.Weekly*r.LevelSE
		})
		if r.Trended {
			add("trend", r.Type, 100*math.Expm1(r.Trend), r.N, func(p *Parameter) { p.SE = 100 * r.TrendSE })
		}
	}
	share := func(kind string, x demand.Share) {
		add(kind, "", 100*x.Value, x.N, func(p *Parameter) { p.SE = 100 * x.SE })
	}
	add("given", "", f.Given.Mean, f.Given.Weeks, func(p *Parameter) { p.SE = f.Given.SE })
	share("dna", f.DNA)
	share("rebook", f.Rebook)
	share("unseen", f.Unseen)
	add("follow_ups", "", f.FollowUps.Value, f.FollowUps.N, nil)
	add("gap", "", f.Gap.Value, f.Gap.N, nil)
	add("lead", "", f.Lead.Value, f.Lead.N, nil)
	for _, r := range f.Roles {
		add("route", r.Name, 100*r.Share, r.N, nil)
	}
	for _, p := range s.pack.Pools {
		l := p.Length(f)
		add("minutes", p.Role, l.Mean, l.N, func(x *Parameter) { x.Assumed, x.SE = l.N == 0, l.SE })
	}
	return out
}

// apply puts what replaces numbers in. What somebody says is taken as it is said: without an error.
func (s *Service) apply(f demand.Fits, replaced, minutes map[string]float64) demand.Fits {
	f.Rates, f.Roles = slices.Clone(f.Rates), slices.Clone(f.Roles)
	for i := range f.Roles {
		f.Roles[i].Name = s.pack.Named(f.Roles[i].Name)
	}
	for name, v := range replaced {
		kind, of, _ := strings.Cut(name, ".")
		switch kind {
		case "weekly", "trend":
			for i := range f.Rates {
				if r := &f.Rates[i]; r.Type == of && kind == "trend" {
					r.Trend, r.TrendSE = math.Log1p(v/100), 0
				} else if r.Type == of && r.Weekly > 0 {
					for k := range r.Day {
						r.Day[k] *= v / r.Weekly
					}
					r.Weekly, r.LevelSE = v, 0
				}
			}
		case "given":
			g := &f.Given
			part := v / max(g.Mean, 1)
			g.Mean, g.Least, g.Most, g.SE = v, g.Least*part, g.Most*part, 0
		case "dna":
			f.DNA.Value = v / 100
		case "rebook":
			f.Rebook.Value = v / 100
		case "unseen":
			f.Unseen.Value = v / 100
		case "follow_ups":
			f.FollowUps.Value = v
		case "gap":
			f.Gap.Value = v
		case "lead":
			f.Lead.Value = v
		case "route":
			for i := range f.Roles {
				if f.Roles[i].Name == s.pack.Named(of) {
					f.Roles[i].Share = v / 100
				}
			}
		case "minutes":
			minutes[of] = v
		}
	}
	return f
}

// Demand is the page of the fits.
type Demand struct {
	Reads      bool // the actor acts for the service
	Fits       demand.Fits
	OK         bool
	Parameters []Parameter
	Fitted     []float64 // referrals expected in each week of Fits.Weeks
	Recorded   []measured.Recorded
}

// leastShown is how many referrals or contacts over the years a type or a role has before anybody outside of the service's
// team sees that there were any.
const leastShown = 30

// outside leaves out what is too small for those who answer for a service on a board and are no part of its team.
func outside(f demand.Fits) demand.Fits {
	f.Rates = slices.DeleteFunc(slices.Clone(f.Rates), func(r demand.Rate) bool { return r.N < leastShown })
	f.Roles = slices.DeleteFunc(slices.Clone(f.Roles), func(r demand.Part) bool { return r.N < leastShown })
	return f
}

// Demand gives the fits with what replaces them.
func (s *Service) Demand(ctx context.Context, a access.Actor) (d Demand, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		k, err := s.know(ctx, tx)
		if err != nil {
			return err
		}
		if !a.Role.AtService() {
			k.raw = outside(k.raw)
		}
		d.Reads, d.OK, d.Fits = a.Service != uuid.Nil, k.ok, k.raw
		if !k.ok {
			return nil
		}
		if _, d.Recorded, err = s.last(ctx, tx, k); err != nil {
			return err
		}
		history, err := listOverrides(ctx, tx)
		if err != nil {
			return err
		}
		d.Parameters = s.parameters(k.raw, history)
		for _, w := range k.raw.Weeks {
			sum := 0.0
			for i := range week {
				day := w.Start.AddDays(i)
				for _, r := range k.raw.Rates {
					sum += r.Mean(day, s.calendar.Holiday(day) != "")
				}
			}
			d.Fitted = append(d.Fitted, sum)
		}
		return nil
	})
	return d, err
}

// Parameter gives one by its name.
func (s *Service) Parameter(ctx context.Context, a access.Actor, name string) (Parameter, error) {
	d, err := s.Demand(ctx, a)
	if err != nil {
		return Parameter{}, err
	}
	for _, p := range d.Parameters {
		if p.Name == name {
			return p, nil
		}
	}
	return Parameter{}, fault.Missing("parameter")
}

// CheckReplace says what is wrong with a replacement.
func (p Parameter) CheckReplace(v *float64, reason string) (f fault.Fields) {
	if v != nil && !(*v >= p.Least && *v <= p.Most) {
		f.Add("value", "capacity.replace.range", "least", p.Least, "most", p.Most)
	}
	f.Text("reason", "capacity.replace.reason.empty", reason, LongestReason)
	return f
}

// Replace puts a number in the place of one that was fitted or assumed; nil takes that away again. Both are kept.
func (s *Service) Replace(ctx context.Context, a access.Actor, now time.Time, name string, v *float64, reason string) error {
	p, err := s.Parameter(ctx, a, name)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if f := p.CheckReplace(v, reason); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		if err := db.New(tx).InsertOverride(ctx, db.InsertOverrideParams{OrganisationID: a.Organisation, ID: id, Name: name, Value: v, Reason: reason, At: now.UTC(), By: a.Name}); err != nil {
			return fmt.Errorf("insert override: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "capacity.replaced", Kind: "parameter", Object: id, Detail: map[string]string{"name": name}})
	})
}
