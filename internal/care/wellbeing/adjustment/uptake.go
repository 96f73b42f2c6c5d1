package adjustment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// lastMonth is the last month that is over.
func lastMonth(at time.Time) civil.Date {
	d := locale.Day(at)
	return civil.Date{Year: d.Year, Month: d.Month, Day: 1}.AddMonths(-1)
}

// Count stores the uptake of an organisation for the last month that is over, once, behind the worker wall. Only what may be shown is
// stored: nobody can subtract one day's page from another's.
func Count(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, at time.Time) error {
	q, month := db.New(tx), lastMonth(at)
	after := month.AddMonths(1)
	rows, err := q.CountTeams(ctx, db.CountTeamsParams{OrganisationID: organisation, OnDay: after.AddDays(-1).Null(), Before: locale.CivilDate(after.Year, after.Month, after.Day)})
	if err != nil {
		return fmt.Errorf("count teams: %w", err)
	}
	teams := make([]Squad, len(rows))
	for i, r := range rows {
		teams[i] = Squad{r.Department, r.Team, int(r.People), int(r.InPlace), int(r.Answered), int(r.Helped)}
	}
	for _, u := range Units(teams) {
		t := Tell(u)
		if err := q.InsertUptake(ctx, db.InsertUptakeParams{OrganisationID: organisation, Month: month.UTC(), Department: u.Department, Team: u.Team, People: t.People, InPlace: t.InPlace, Answered: t.Answered, Helped: t.Help, At: at}); err != nil {
			return fmt.Errorf("insert uptake: %w", err)
		}
	}
	return nil
}

// Row is what may be shown of a unit; 0 is what is too few.
type Row struct {
	Department, Team                string
	People, InPlace, Answered, Help int
}

// Share is how many of a hundred one number is of another; ok is false where one is too few. What is stored is rounded already, and
// rounding it again changes nothing.
func share100(part, whole int) (percent int, ok bool) {
	if part == 0 || whole == 0 {
		return 0, false
	}
	return disclosure.Share(disclosure.Count(part, disclosure.Special), disclosure.Count(whole, disclosure.Special)).Value()
}

// Placed is how many of a hundred people have something in place.
func (r Row) Placed() (percent int, ok bool) { return share100(r.InPlace, r.People) }

// Helping is for how many of a hundred who answered it helps, whole or in part.
func (r Row) Helping() (percent int, ok bool) { return share100(r.Help, r.Answered) }

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
	err = s.in(ctx, a, func(_ *postgres.Tx, q *db.Queries) error {
		rows, err := q.ListUptake(ctx, db.ListUptakeParams{OrganisationID: a.Organisation, Since: lastMonth(now).AddMonths(-uptakeMonths).UTC()})
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
			x := Row{r.Department, r.Team, int(postgres.Value(r.People)), int(postgres.Value(r.InPlace)), int(postgres.Value(r.Answered)), int(postgres.Value(r.Helped))}
			if r.Department == "" && r.Team == "" {
				b.Whole = x
			} else {
				b.Teams = append(b.Teams, x)
			}
		}
		return nil
	})
	return b, err
}
