package unitcost

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Team is a year of the plan for people: from the quarter of today on.
type Team struct {
	Pounds, Hours float64 // Hours with patients
}

// Deps is what the slice needs.
type Deps struct {
	DB     *postgres.DB
	Team   func(context.Context, *postgres.Tx, time.Time) (t Team, ok bool, err error) // ok is false where nobody has written the team down
	Prices func(context.Context, access.Actor, time.Time) ([]contract.Priced, error)
}

// Service works out costs.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Board is what was worked out, what it can be worked out from, and what clients pay.
type Board struct {
	Costs  []Cost // the newest year first
	Team   Team
	Has    bool // a team
	Work   Work
	Worked bool // there are records of a year
	Prices []contract.Priced
}

// WeekHours turns hours in weeks of five working days, one for each quarter of a year, into hours of a year with the working days of
// the calendar's.
func WeekHours(quarters []float64, year int) (sum float64) {
	workingWeeks := workday.England().Weeks(year)
	for _, h := range quarters {
		sum += h * workingWeeks / float64(len(quarters))
	}
	return sum
}

// Find reads it.
func (s *Service) Find(ctx context.Context, a access.Actor, now time.Time) (b Board, err error) {
	if b.Prices, err = s.d.Prices(ctx, a, now); err != nil {
		return b, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListCosts(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list unit costs: %w", err)
		}
		for _, r := range rows {
			b.Costs = append(b.Costs, Cost{r.ID, int(r.Year), price.Pence(r.TeamPence), int(r.OverheadBp), r.OverheadSource, r.Hours, Work{r.Minutes, int(r.MissedBp), r.PerCase, r.Given}, r.Basis == typed, r.MadeAt, r.ByName})
		}
		return b.read(ctx, tx, s.d, now)
	})
	return b, err
}

func (b *Board) read(ctx context.Context, tx *postgres.Tx, d Deps, now time.Time) (err error) {
	if b.Team, b.Has, err = d.Team(ctx, tx, now); err != nil {
		return err
	}
	fits, ok, err := activity.ReadFits(ctx, tx, activity.Now)
	if ok {
		b.Work, b.Worked = worked(fits, locale.Day(now).Year)
	}
	return err
}

// worked takes from the fits of the last year what an appointment is, in a year with the working days of the calendar's; ok is false where nobody said how long they take.
func worked(f demand.Fits, year int) (w Work, ok bool) {
	n := 0
	for _, l := range f.Lengths {
		w.Minutes += l.Mean * float64(l.N)
		n += l.N
	}
	if n == 0 || f.Given.Mean <= 0 || f.DNA.Value >= 0.9 {
		return Work{}, false
	}
	return Work{Minutes: w.Minutes / float64(n), Missed: int(math.Round(whole * f.DNA.Value)), PerCase: 1 + f.FollowUps.Value, Given: f.Given.Mean * workday.England().Weeks(year)}, true
}

// The ways to know the cost of the team and its hours.
const (
	planned = "plan"
	typed   = "typed"
)

// Add keeps what a year costs. The same id again changes nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, at time.Time, c Cost) error {
	if f := Check(c, locale.Day(at)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		var b Board
		if err := b.read(ctx, tx, s.d, at); err != nil {
			return err
		}
		if !b.Worked {
			return fault.New(fault.Conflict, "unitcost.unworked")
		}
		basis := typed
		if b.Has && c.Team == b.Team.Pence() && c.Hours == b.Team.Whole() {
			basis = planned
		}
		n, err := db.New(tx).InsertCost(ctx, db.InsertCostParams{OrganisationID: a.Organisation, ID: c.ID, Year: int32(c.Year), TeamPence: int64(c.Team), OverheadBp: int32(c.Overhead), OverheadSource: c.Source, Hours: c.Hours, //nolint:gosec // they were checked
			Minutes: b.Work.Minutes, MissedBp: int32(b.Work.Missed), PerCase: b.Work.PerCase, Given: b.Work.Given, Basis: basis, MadeAt: postgres.Stamp(at), ByName: a.Name}) //nolint:gosec // a share
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "unitcost.worked_out", Kind: "unit_cost", Object: c.ID})
	})
}

// Pence is the cost that the form offers: of whole pounds.
func (t Team) Pence() price.Pence { return 100 * price.Pence(math.Round(t.Pounds)) }

// Whole is the hours with patients in whole hours.
func (t Team) Whole() float64 { return math.Round(t.Hours) }
