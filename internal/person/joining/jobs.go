package joining

import (
	"context"
	"fmt"
	"time"

	"github.com/rowan-ohwb/rowan/internal/person/joining/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Jobs forgets once a day.
func (s *Service) Jobs(r *job.Runner, now func() time.Time) {
	r.Sweep("joining", 24*time.Hour, func(ctx context.Context, tx *postgres.Tx) ([]job.Args, error) { return nil, s.Forget(ctx, tx, now()) })
}

// Forget removes who has waited for longer than the pack says: nothing is kept of what they wrote.
func (s *Service) Forget(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	if _, err := db.New(tx).ForgetWaiting(ctx, now.AddDate(0, 0, -s.pack.WaitingDays)); err != nil {
		return fmt.Errorf("forget who waited: %w", err)
	}
	return nil
}
