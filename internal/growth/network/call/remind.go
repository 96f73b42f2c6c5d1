package call

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RemindArgs is the job that reminds an organisation of what it was asked and has not answered.
type RemindArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Kind names the job.
func (RemindArgs) Kind() string { return "call.remind" }

// Tenant is where the job works.
func (a RemindArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// remindDays is how long before the last day of a call its silence is told: a week with a weekend in it is five working days.
const remindDays = 7

// Due is a call that nears its last day unanswered; nation is whose.
type Due struct {
	Call
	By string
}

// Near gives what the caller's organisation was asked, has not answered, and can answer for a week at most.
func Near(ctx context.Context, tx *postgres.Tx, now time.Time) (out []Due, err error) {
	all, nation, err := Asked(ctx, tx, now)
	today := locale.Day(now)
	for _, c := range all {
		if c.Open(today) && c.Reply == nil && c.Closes.DaysSince(today) <= remindDays {
			out = append(out, Due{c, nation})
		}
	}
	return out, err
}

// Register has leads told of calls that near their last day, by tell: once of each.
func Register(r *job.Runner, now func() time.Time, tell func(ctx context.Context, tx *postgres.Tx, at time.Time, d Due) error) {
	const twiceADay = 12 * time.Hour // survives one morning without a server
	r.Sweep("calls", twiceADay, job.EachService(func(organisation, service uuid.UUID) job.Args { return RemindArgs{organisation, service} }))
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, _ RemindArgs) error {
		at := now()
		due, err := Near(ctx, tx, at)
		for _, d := range due {
			if err := tell(ctx, tx, at, d); err != nil {
				return err
			}
		}
		return err
	})
}
