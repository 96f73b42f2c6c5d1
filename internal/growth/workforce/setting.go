package workforce

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/pay"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// PlanIn is what the plan assumes of everybody; percents.
type PlanIn struct {
	Start                                      civil.Date
	Served                                     int // staff; 0 if nobody said
	Uplift, Leave, Study, Sickness, RampMonths float64
	Zone                                       pay.Zone        // high-cost area; "" for none
	Awards                                     map[int]float64 // of financial years whose award is not Uplift, by the year in which they begin
}

// Pay is what rises pay.
func (in PlanIn) Pay() pay.Awards { return pay.Awards{Every: in.Uplift, Of: in.Awards} }

// RateIn is what it assumes of a role; percents, and heads expected to retire within five years.
type RateIn struct {
	Role                      string
	Clinical, Leavers, Retire float64
}

// Rate is that with who said it; nobody if it is only assumed.
type Rate struct {
	RateIn
	Changed time.Time
	By      string
}

// Setting is what the plan rests on.
type Setting struct {
	PlanIn
	Rates   map[string]Rate // of every role
	Changed time.Time
	By      string
}

// assumed is the setting of an organisation that has said nothing: from the next April, by the pack.
func (p Pack) assumed(now time.Time) Setting {
	start := civil.Date{Year: now.Year(), Month: time.April, Day: 1}
	if !start.After(locale.Day(now)) {
		start.Year++
	}
	a := p.Assumed
	out := Setting{PlanIn: PlanIn{Start: start, Uplift: a.Uplift, Leave: a.Leave, Study: a.Study, Sickness: a.Sickness, RampMonths: a.RampMonths}, Rates: map[string]Rate{}}
	for _, r := range p.Roles {
		out.Rates[r.Key] = Rate{RateIn: RateIn{Role: r.Key, Clinical: r.Clinical.Usual, Leavers: a.Leavers}}
	}
	return out
}

// Starts lists the quarters in which a plan may begin: from a year ago, so that what began stays, to a year ahead.
func Starts(today civil.Date) (out []civil.Date) {
	for q := -4; q <= 5; q++ {
		out = append(out, outlook.QuarterOf(today).AddMonths(3*q))
	}
	return out
}

// The bounds of an award, in percent.
const leastAward, mostAward = -5, 15

const mostServed = 2_000_000 // all of the NHS in England is less

// CheckPlan says what is wrong with it.
func CheckPlan(in PlanIn, today civil.Date) (f fault.Fields) {
	starts := Starts(today)
	if !outlook.Begins(in.Start) || in.Start.Before(starts[0]) || in.Start.After(starts[len(starts)-1]) {
		f.Add("start", "workforce.start.empty")
	}
	if in.Served < 0 || in.Served > mostServed {
		f.Add("served", "workforce.served.bad")
	}
	if in.Zone != "" && !slices.Contains(pay.Zones, in.Zone) {
		f.Add("zone", "workforce.zone.empty")
	}
	within(&f, "uplift", in.Uplift, leastAward, mostAward)
	for _, y := range in.Pay().Outside(leastAward, mostAward) {
		f.Add(pay.AwardName(y), "payaward.bad", "year", pay.YearName(y), "low", leastAward, "high", mostAward)
	}
	within(&f, "leave", in.Leave, 20, 50)
	within(&f, "study", in.Study, 0, 60)
	within(&f, "sickness", in.Sickness, 0, 30)
	within(&f, "ramp", in.RampMonths, 0, 24)
	return f
}

// CheckRate says what is wrong with it.
func (p Pack) CheckRate(in RateIn) (f fault.Fields) {
	if _, ok := p.Role(in.Role); !ok {
		f.Add("role", "workforce.role.empty")
	}
	within(&f, "clinical", in.Clinical, 0, 100)
	within(&f, "leavers", in.Leavers, 0, 60)
	within(&f, "retire", in.Retire, 0, mostHeads)
	return f
}

// within faults what is outside of its bounds; not a number is outside of all.
func within(f *fault.Fields, name string, x float64, low, high int) {
	if !(x >= float64(low) && x <= float64(high)) {
		f.Add(name, "workforce.within", "label", locale.Key("workforce."+name), "low", low, "high", high)
	}
}

// SetPlan keeps what the plan assumes of everybody.
func (s *Service) SetPlan(ctx context.Context, a access.Actor, at time.Time, in PlanIn) error {
	if err := refuse(CheckPlan(in, locale.Day(at))); err != nil {
		return err
	}
	awards, err := pay.WriteAwards(in.Awards)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "workforce.plan_set", "organisation", a.Organisation, func(tx *postgres.Tx) (bool, error) {
		p := db.SavePlanParams{OrganisationID: a.Organisation, StartsOn: in.Start.UTC(), Uplift: in.Uplift, Awards: awards, LeaveDays: in.Leave, StudyDays: in.Study, Sickness: in.Sickness, RampMonths: in.RampMonths, Zone: string(in.Zone), ChangedAt: postgres.Stamp(at), ChangedBy: a.Name}
		if n := int32(in.Served); n > 0 {
			p.Served = &n
		}
		if err := db.New(tx).SavePlan(ctx, p); err != nil {
			return false, fmt.Errorf("save plan: %w", err)
		}
		return true, nil
	})
}

// SetRate keeps what it assumes of a role.
func (s *Service) SetRate(ctx context.Context, a access.Actor, at time.Time, in RateIn) error {
	if err := refuse(s.pack.CheckRate(in)); err != nil {
		return err
	}
	return s.do(ctx, a, at, "workforce.rate_set", "organisation", a.Organisation, func(tx *postgres.Tx) (bool, error) {
		if err := db.New(tx).SaveRate(ctx, db.SaveRateParams{OrganisationID: a.Organisation, Role: in.Role, Clinical: in.Clinical, Leavers: in.Leavers, Retire: in.Retire, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name}); err != nil {
			return false, fmt.Errorf("save rate: %w", err)
		}
		return true, nil
	})
}
