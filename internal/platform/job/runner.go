package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// errDone ends a try whose effect an earlier try has committed.
var errDone = errors.New("effect already done")

// Runner works jobs until it is stopped.
type Runner struct {
	db       *postgres.DB
	log      *slog.Logger
	workers  *river.Workers
	periodic []*river.PeriodicJob
	sweeps   map[string]Look
	kinds    []string
	client   *river.Client[pgx.Tx]
}

// Kinds are the kinds of job that it does. Each needs a row in job.permit for whoever adds it.
func (r *Runner) Kinds() []string { return r.kinds }

// rescued is how long after its beginning a job that is still "running" is tried again.
const rescued = 5 * time.Minute

// NewRunner makes a runner; kinds are registered before Start.
func NewRunner(db *postgres.DB, log *slog.Logger) *Runner {
	r := &Runner{db: db, log: log, workers: river.NewWorkers(), sweeps: map[string]Look{}}
	Register(r, access.Worker, r.sweep)
	r.Sweep("job", 24*time.Hour, prune)
	return r
}

// Unscheduled has the runner add no job of its own. Runners that share a database hand the schedule on when one of them
// stops, and whoever takes it over begins it anew: a test that says when something runs has no schedule.
func (r *Runner) Unscheduled() { r.periodic = nil }

// Start begins to work jobs.
func (r *Runner) Start(ctx context.Context) error {
	client, err := river.NewClient(riverpgxv5.New(r.db.WorkerPool()), &river.Config{
		Schema:  postgres.RiverSchema,
		Workers: r.workers,
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}},
		// job.add inserts in SQL, so nothing wakes the client: it looks five times a second.
		FetchPollInterval: 200 * time.Millisecond,
		PeriodicJobs:      r.periodic,
		// A job is short. One that a killed worker left "running" is tried again after five minutes, not
		// after River's hour, or a message to a patient would wait as long.
		JobTimeout:           2 * time.Minute,
		RescueStuckJobsAfter: rescued,
		// The worker login owns no index, so it cannot rebuild one.
		ReindexerIndexNames: []string{},
		ErrorHandler:        &failures{r.log},
		Logger:              slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return fmt.Errorf("make the job runner: %w", err)
	}
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("start the job runner: %w", err)
	}
	r.client = client
	return nil
}

// Working says whether the runner has been started and not stopped.
func (r *Runner) Working() bool {
	if r.client == nil {
		return false
	}
	select {
	case <-r.client.Stopped():
		return false
	default:
		return true
	}
}

// Stop lets running jobs end, then stops.
func (r *Runner) Stop(ctx context.Context) error {
	if r.client == nil {
		return nil
	}
	return r.client.Stop(ctx)
}

// Idle waits until no job is due or running: tests and the sample use it instead of sleeping.
func (r *Runner) Idle(ctx context.Context) error {
	for {
		var open int
		err := r.db.WorkerPool().QueryRow(ctx, `select count(*) from river.river_job
 where state in ('running') or (state in ('available','retryable','scheduled') and scheduled_at <= now() + interval '1 second')`).Scan(&open)
		if err != nil {
			return fmt.Errorf("count open jobs: %w", err)
		}
		if open == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d jobs still open: %w", open, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// An effect is remembered for a month; River itself forgets a finished job within a week, so none comes back.
const pruneAfter = `delete from job_effect where done_at < now() - interval '30 days'`

func prune(ctx context.Context, tx *postgres.Tx) ([]Args, error) {
	_, err := tx.Exec(ctx, pruneAfter)
	return nil, err
}

// failures logs what went wrong by kind and id; arguments hold ids only, so nothing personal is logged.
type failures struct{ log *slog.Logger }

func (f *failures) HandleError(ctx context.Context, j *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "job failed", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "err", err)
	return nil
}

func (f *failures) HandlePanic(ctx context.Context, j *rivertype.JobRow, panicked any, trace string) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "job panicked", "kind", j.Kind, "job", j.ID, "attempt", j.Attempt, "panic", fmt.Sprint(panicked), "trace", trace)
	return nil
}
