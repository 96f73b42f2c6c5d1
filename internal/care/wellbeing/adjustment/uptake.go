package adjustment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Count stores the uptake of an organisation for the last month that is over, once, behind the worker wall. Only what may be shown is
// stored: nobody can subtract one day's page from another's.
func Count(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, at time.Time) error {
	q, month := db.New(tx), uptake.Month(at)
	after := month.AddMonths(1)
	rows, err := q.CountTeams(ctx, db.CountTeamsParams{OrganisationID: organisation, OnDay: after.AddDays(-1).Null(), Before: locale.CivilDate(after.Year, after.Month, after.Day)})
	if err != nil {
		return fmt.Errorf("count teams: %w", err)
	}
	teams := make([]uptake.Unit[Counted], len(rows))
	for i, r := range rows {
		teams[i] = uptake.Unit[Counted]{Place: uptake.Place{Department: r.Department, Team: r.Team}, Count: Counted{int(r.People), int(r.InPlace), int(r.Answered), int(r.Helped)}}
	}
	for _, u := range Units(teams) {
		t := Tell(u.Count)
		if err := q.InsertUptake(ctx, db.InsertUptakeParams{OrganisationID: organisation, Month: month.UTC(), Part: u.Part, Department: u.Department, Team: u.Team, People: t.People, InPlace: t.InPlace, Answered: t.Answered, Helped: t.Help, At: at}); err != nil {
			return fmt.Errorf("insert uptake: %w", err)
		}
	}
	return nil
}

// Uptake reads the uptake of the actor's organisation: what may be shown of each unit; 0 is what is too few.
func (s *Service) Uptake(ctx context.Context, a access.Actor, now time.Time) (b uptake.Board[Counted], err error) {
	err = s.in(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		rows, err := q.ListUptake(ctx, db.ListUptakeParams{OrganisationID: a.Organisation, Since: uptake.Since(now).UTC()})
		if err != nil {
			return fmt.Errorf("list uptake: %w", err)
		}
		for _, r := range rows {
			b.Add(r.Month, uptake.Place{Part: r.Part, Department: r.Department, Team: r.Team}, Counted{int(postgres.Value(r.People)), int(postgres.Value(r.InPlace)), int(postgres.Value(r.Answered)), int(postgres.Value(r.Helped))})
		}
		return nil
	})
	return b, err
}
