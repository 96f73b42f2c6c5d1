package conversation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// sweepArgs looks which organisations have a month to count; countArgs counts one.
type (
	sweepArgs struct{}
	countArgs struct {
		Organisation uuid.UUID `json:"organisation"`
	}
)

func (sweepArgs) Kind() string                              { return "conversation.sweep" }
func (sweepArgs) Tenant() (organisation, service uuid.UUID) { return }
func (countArgs) Kind() string                              { return "conversation.count" }
func (a countArgs) Tenant() (organisation, service uuid.UUID) {
	return a.Organisation, uuid.Nil
}

// sweepEvery is how often the worker looks: a month is over once in a month.
const sweepEvery = 6 * time.Hour

// Jobs has the uptake counted when a month is over.
func Jobs(r *job.Runner, now func() time.Time) {
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, _ sweepArgs) error {
		due, err := db.New(tx).ListUncounted(ctx, lastMonth(now()).UTC())
		if err != nil {
			return fmt.Errorf("list organisations to count: %w", err)
		}
		for _, id := range due {
			if err := job.Add(ctx, tx, countArgs{id}, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a countArgs) error {
		return Count(ctx, tx, a.Organisation, now())
	})
	r.Every(sweepEvery, func() job.Args { return sweepArgs{} })
}

// lastMonth is the last month that is over.
func lastMonth(at time.Time) civil.Date {
	d := locale.Day(at)
	return civil.Date{Year: d.Year, Month: d.Month, Day: 1}.AddMonths(-1)
}

// Count stores the uptake of an organisation for the last month that is over, once, behind the worker wall. Only what may be shown is
// stored: nobody can subtract one day's page from another's.
func Count(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, at time.Time) error {
	q, month := db.New(tx), lastMonth(at)
	last := month.AddMonths(1).AddDays(-1)
	rows, err := q.CountTeams(ctx, db.CountTeamsParams{OrganisationID: organisation, OnDay: last.Null(), Since: last.AddMonths(-12).Null()})
	if err != nil {
		return fmt.Errorf("count teams: %w", err)
	}
	teams := make([]Squad, len(rows))
	for i, r := range rows {
		teams[i] = Squad{r.Department, r.Team, int(r.People), int(r.Held)}
	}
	for _, u := range Units(teams) {
		t := Tell(u.Squad)
		if err := q.InsertUptake(ctx, db.InsertUptakeParams{OrganisationID: organisation, Month: month.UTC(), Part: u.Part, Department: u.Department, Team: u.Team, People: t.People, Held: t.Held, Nearly: t.Nearly, At: at}); err != nil {
			return fmt.Errorf("insert uptake: %w", err)
		}
	}
	return nil
}

// Row is what may be shown of a unit: People is 0 where it is too small, Held where they are too few, or where nearly all had one.
type Row struct {
	Part, Department, Team string
	People, Held           int
	Nearly                 bool
}

// Board is the uptake of the last month that was counted.
type Board struct {
	Month civil.Date
	Whole Row
	Teams []Row
}

// uptakeMonths is how far back the page looks for the last month that was counted.
const uptakeMonths = 3

// Uptake reads the uptake of the actor's organisation.
func (s *Service) Uptake(ctx context.Context, a access.Actor, now time.Time) (b Board, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListUptake(ctx, db.ListUptakeParams{OrganisationID: a.Organisation, Since: lastMonth(now).AddMonths(-uptakeMonths).UTC()})
		if err != nil {
			return fmt.Errorf("list uptake: %w", err)
		}
		for _, r := range rows {
			if b.Month.IsZero() {
				b.Month = civil.Of(r.Month)
			}
			if civil.Of(r.Month) != b.Month {
				break
			}
			x := Row{r.Part, r.Department, r.Team, int(postgres.Value(r.People)), int(postgres.Value(r.Held)), r.Nearly}
			if r.Part == Whole {
				b.Whole = x
			} else {
				b.Teams = append(b.Teams, x)
			}
		}
		return nil
	})
	return b, err
}

// Share is how many of a hundred had one; ok is false where they are too few. What is stored is rounded already, and rounding it again
// changes nothing.
func (r Row) Share() (percent int, ok bool) {
	if r.Held == 0 {
		return 0, false
	}
	return disclosure.Share(disclosure.Count(r.Held, disclosure.General), disclosure.Count(r.People, disclosure.General)).Value()
}
