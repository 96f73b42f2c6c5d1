package job

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Look does what is due of a slice, behind the worker wall, and gives the jobs to add: one for each tenant that has something to do.
type Look func(ctx context.Context, tx *postgres.Tx) ([]Args, error)

// Sweep has the runner look at an interval, and once at the start, what a slice has to do. Two sweeps of one name are a fault of the
// program.
func (r *Runner) Sweep(name string, interval time.Duration, look Look) {
	if _, twice := r.sweeps[name]; twice {
		panic("two sweeps of " + name)
	}
	r.sweeps[name] = look
	r.periodic = append(r.periodic, river.NewPeriodicJob(river.PeriodicInterval(interval),
		func() (river.JobArgs, *river.InsertOpts) { return sweepArgs{name}, nil }, &river.PeriodicJobOpts{RunOnStart: true}))
}

// EachService adds a job for every service of every organisation.
func EachService(args func(organisation, service uuid.UUID) Args) Look {
	return func(ctx context.Context, tx *postgres.Tx) ([]Args, error) {
		rows, err := tx.Query(ctx, `select organisation_id, id from service order by id`)
		if err != nil {
			return nil, fmt.Errorf("list services: %w", err)
		}
		all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Args, error) {
			var organisation, service uuid.UUID
			err := row.Scan(&organisation, &service)
			return args(organisation, service), err
		})
		if err != nil {
			return nil, fmt.Errorf("list services: %w", err)
		}
		return all, nil
	}
}

// sweepArgs has a slice look what it has to do.
type sweepArgs struct {
	Of string `json:"of"`
}

func (sweepArgs) Kind() string                              { return "job.sweep" }
func (sweepArgs) Tenant() (organisation, service uuid.UUID) { return }

func (r *Runner) sweep(ctx context.Context, tx *postgres.Tx, a sweepArgs) error {
	look, ok := r.sweeps[a.Of]
	if !ok {
		return fmt.Errorf("no sweep of %q", a.Of)
	}
	all, err := look(ctx, tx)
	if err != nil {
		return fmt.Errorf("sweep %s: %w", a.Of, err)
	}
	for _, args := range all {
		if err := Add(ctx, tx, args, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}
