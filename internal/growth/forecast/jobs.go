package forecast

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// SettleArgs is the job that judges what has fallen due at a service.
type SettleArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Kind names the job.
func (SettleArgs) Kind() string { return "effect.settle" }

// Tenant is where the job works.
func (a SettleArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// A forecast is a matter of months: twice a day leaves little time between a month's figures and the verdict by them.
const sweepEvery = 12 * time.Hour

// Jobs has forecasts judged when they fall due, though nobody looks.
func (s *Service) Jobs(r *job.Runner, now func() time.Time) {
	r.Sweep("effect", sweepEvery, job.EachService(func(organisation, service uuid.UUID) job.Args { return SettleArgs{organisation, service} }))
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, _ SettleArgs) error {
		_, err := s.List(ctx, tx.Actor, now()) // what is read is judged, and what is judged is kept
		return err
	})
}
