package joining

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/person/joining/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// forgetArgs has whoever waited too long forgotten.
type forgetArgs struct{}

func (forgetArgs) Kind() string                              { return "joining.forget" }
func (forgetArgs) Tenant() (organisation, service uuid.UUID) { return }

// Jobs forgets once a day.
func (s *Service) Jobs(r *job.Runner, now func() time.Time) {
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, _ forgetArgs) error { return s.Forget(ctx, tx, now()) })
	r.Every(24*time.Hour, func() job.Args { return forgetArgs{} })
}

// Forget removes who has waited for longer than the pack says: nothing is kept of what they wrote.
func (s *Service) Forget(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	if _, err := db.New(tx).ForgetWaiting(ctx, now.AddDate(0, 0, -s.pack.WaitingDays)); err != nil {
		return fmt.Errorf("forget who waited: %w", err)
	}
	return nil
}
