// Package job runs what a command leaves for afterwards. A job is added in the command's transaction through
// job.add, which checks that the login may add that kind; its arguments hold ids only. The runner works under
// the worker login, and each job's effect runs once: it enters the tenant behind the job's own wall, first
// writes job_effect, and finds that row when the job is tried again after its effect was committed.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Args are the arguments of a kind of job: ids only, the tenant among them.
type Args interface {
	river.JobArgs
	Tenant() (organisation, service uuid.UUID)
}

// Add adds a job in the caller's transaction. A zero time means at once.
func Add(ctx context.Context, tx *postgres.Tx, args Args, at time.Time) error {
	b, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("encode %s job: %w", args.Kind(), err)
	}
	var when *time.Time
	if !at.IsZero() {
		when = &at
	}
	if _, err := tx.Exec(ctx, `select job.add($1, $2, $3)`, args.Kind(), b, when); err != nil {
		return fmt.Errorf("add %s job: %w", args.Kind(), err)
	}
	return nil
}

// Handle does a job's effect inside its tenant transaction.
type Handle[T Args] func(ctx context.Context, tx *postgres.Tx, args T) error

// Register tells the runner which wall a kind of job works behind, and what it does.
func Register[T Args](r *Runner, wall access.Wall, do Handle[T]) {
	river.AddWorker(r.workers, &worker[T]{db: r.db, wall: wall, do: do})
	var args T
	r.kinds = append(r.kinds, args.Kind())
}

// Wait is what a job answers that came too early: nothing of it is kept, and it runs again after d. The wait is a
// length, not a time, so that two clocks that differ cannot make it spin.
func Wait(d time.Duration) error { return river.JobSnooze(d) }

type worker[T Args] struct {
	river.WorkerDefaults[T]
	db   *postgres.DB
	wall access.Wall
	do   Handle[T]
}

// patient is a kind of job that may take longer than others.
type patient interface{ Longest() time.Duration }

// Timeout is how long a job may take; 0 for as long as every other.
func (w *worker[T]) Timeout(j *river.Job[T]) time.Duration {
	if p, ok := any(j.Args).(patient); ok {
		return min(p.Longest(), rescued)
	}
	return 0
}

func (w *worker[T]) Work(ctx context.Context, j *river.Job[T]) error {
	organisation, service := j.Args.Tenant()
	err := w.db.InTenant(ctx, access.SystemActor(w.wall, organisation, service), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into job_effect (job_id) values ($1)`, j.ID)
		if postgres.Code(err) == postgres.UniqueViolation {
			return errDone
		}
		if err != nil {
			return fmt.Errorf("note the effect of job %d: %w", j.ID, err)
		}
		return w.do(ctx, tx, j.Args)
	})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}
