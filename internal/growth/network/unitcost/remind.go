package unitcost

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/unitcost/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RemindArgs is the job that reminds who leads a service that what its work costs grows old.
type RemindArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Kind names the job.
func (RemindArgs) Kind() string { return "unitcost.remind" }

// Tenant is where the job works.
func (a RemindArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// Due says of what was worked out last when it is to be worked out again.
type Due struct {
	Made, Again civil.Date
	Over        bool // the year is over
}

// everyMonths is how long what was worked out holds, remindMonths how long before that its end is told.
const (
	everyMonths  = 12
	remindMonths = 1
)

// Again is the day by which what was worked out on a day is worked out again.
func Again(made civil.Date) civil.Date { return made.AddMonths(everyMonths) }

// DueOn says whether what was worked out on a day is to be told of: in the month before its year is over, and after.
func DueOn(made, today civil.Date) (d Due, ok bool) {
	d = Due{Made: made, Again: Again(made), Over: Old(made, today)}
	return d, !today.Before(d.Again.AddMonths(-remindMonths))
}

// Near gives what the caller's service worked out last, if it is to be worked out again within a month or was to be. A service that never
// did is asked nothing: not everybody sells.
func Near(ctx context.Context, tx *postgres.Tx, now time.Time) (d Due, ok bool, err error) {
	at, err := db.New(tx).FindLast(ctx, tx.Actor.Organisation)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return d, false, nil
	case err != nil:
		return d, false, fmt.Errorf("find when unit costs were worked out: %w", err)
	}
	d, ok = DueOn(locale.Day(at), locale.Day(now))
	return d, ok, nil
}

// Register has leads told that what their work costs grows old, by tell: once before the year is over, and once after.
func Register(r *job.Runner, now func() time.Time, tell func(ctx context.Context, tx *postgres.Tx, at time.Time, d Due) error) {
	const twiceADay = 12 * time.Hour // survives one morning without a server
	r.Sweep("unit costs", twiceADay, job.EachService(func(organisation, service uuid.UUID) job.Args { return RemindArgs{organisation, service} }))
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, _ RemindArgs) error {
		at := now()
		d, ok, err := Near(ctx, tx, at)
		if err != nil || !ok {
			return err
		}
		return tell(ctx, tx, at, d)
	})
}
