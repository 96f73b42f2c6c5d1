package conversation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// countArgs counts a month of one organisation.
type countArgs struct {
	Organisation uuid.UUID `json:"organisation"`
}

func (countArgs) Kind() string { return "conversation.count" }
func (a countArgs) Tenant() (organisation, service uuid.UUID) {
	return a.Organisation, uuid.Nil
}

// sweepEvery is how often the worker looks: a month is over once in a month.
const sweepEvery = 6 * time.Hour

// Jobs has the uptake counted when a month is over.
func Jobs(r *job.Runner, now func() time.Time) {
	r.Sweep("conversation", sweepEvery, func(ctx context.Context, tx *postgres.Tx) (due []job.Args, err error) {
		all, err := db.New(tx).ListUncounted(ctx, uptake.Month(now()).UTC())
		for _, id := range all {
			due = append(due, countArgs{id})
		}
		return due, err
	})
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, a countArgs) error {
		return Count(ctx, tx, a.Organisation, now())
	})
}

// Count stores the uptake of an organisation for the last month that is over, once, behind the worker wall. Only what may be shown is
// stored: nobody can subtract one day's page from another's.
func Count(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, at time.Time) error {
	q, month := db.New(tx), uptake.Month(at)
	last := month.AddMonths(1).AddDays(-1)
	rows, err := q.CountTeams(ctx, db.CountTeamsParams{OrganisationID: organisation, OnDay: last.Null(), Since: last.AddMonths(-12).Null()})
	if err != nil {
		return fmt.Errorf("count teams: %w", err)
	}
	teams := make([]uptake.Unit[Counted], len(rows))
	for i, r := range rows {
		teams[i] = uptake.Unit[Counted]{Place: uptake.Place{Department: r.Department, Team: r.Team}, Count: Counted{int(r.People), int(r.Held)}}
	}
	for _, u := range Units(teams) {
		t := Tell(u.Count)
		if err := q.InsertUptake(ctx, db.InsertUptakeParams{OrganisationID: organisation, Month: month.UTC(), Part: u.Part, Department: u.Department, Team: u.Team, People: t.People, Held: t.Held, Nearly: t.Nearly, At: at}); err != nil {
			return fmt.Errorf("insert uptake: %w", err)
		}
	}
	return nil
}

// Uptake reads the uptake of the actor's organisation.
func (s *Service) Uptake(ctx context.Context, a access.Actor, now time.Time) (b uptake.Board[Shown], err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListUptake(ctx, db.ListUptakeParams{OrganisationID: a.Organisation, Since: uptake.Since(now).UTC()})
		if err != nil {
			return fmt.Errorf("list uptake: %w", err)
		}
		for _, r := range rows {
			b.Add(r.Month, uptake.Place{Part: r.Part, Department: r.Department, Team: r.Team}, Shown{int(postgres.Value(r.People)), int(postgres.Value(r.Held)), r.Nearly})
		}
		return nil
	})
	return b, err
}
