package activity_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestJobs lets the runner's own timetable find the news: nobody asks for a roll-up.
func TestJobs(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	l := ledger(t)
	within(t, db, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		return l.CopyIn(ctx, tx, journey(w, w.Trust, time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), 1))
	})
	r := job.NewRunner(db, slog.New(slog.DiscardHandler))
	activity.Jobs(r, time.Now)
	if err := r.Start(ctx); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Stop(ctx); err != nil {
			t.Error(err)
		}
	}()
	growth := access.SystemActor(access.Growth, w.Trust, w.Service)
	var made time.Time
	var posts int
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline) && (made.IsZero() || posts == 0); time.Sleep(50 * time.Millisecond) {
		within(t, db, growth, func(tx *postgres.Tx) (err error) {
			if made, err = activity.MadeAt(ctx, tx, w.Service); err != nil {
				return err
			}
			return tx.QueryRow(ctx, `select count(*) from rollup_workforce`).Scan(&posts)
		})
	}
	if made.IsZero() || posts == 0 {
		t.Errorf("roll-up made %v, %d rows of workforce", made, posts)
	}
}
