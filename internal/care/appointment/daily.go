package appointment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// everyArgs looks at every service; extendArgs makes the sessions of one as far ahead as Ahead says.
type (
	everyArgs  struct{}
	extendArgs struct {
		Service uuid.UUID `json:"service"`
	}
)

// extendEvery: sessions are made twelve weeks ahead, so once a day is often enough.
const extendEvery = 24 * time.Hour

func (everyArgs) Kind() string                              { return "clinic.every" }
func (everyArgs) Tenant() (organisation, service uuid.UUID) { return }

func (extendArgs) Kind() string                                { return "clinic.extend" }
func (a extendArgs) Tenant() (organisation, service uuid.UUID) { return uuid.Nil, a.Service }

// daily registers the jobs that keep clinics planned ahead.
func (s *Service) daily(r *job.Runner) {
	job.Register(r, access.Worker, func(ctx context.Context, tx *postgres.Tx, _ everyArgs) error {
		services, err := db.New(tx).ListServices(ctx)
		if err != nil {
			return fmt.Errorf("list services: %w", err)
		}
		for _, id := range services {
			if err := job.Add(ctx, tx, extendArgs{id}, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	job.Register(r, access.Clinical, func(ctx context.Context, tx *postgres.Tx, a extendArgs) error {
		q, now := db.New(tx), s.d.Now()
		all, err := clinics(ctx, q, a.Service)
		if err != nil {
			return err
		}
		_, err = s.generate(ctx, q, a.Service, all, now, now.Add(Ahead))
		return err
	})
	r.Every(extendEvery, func() job.Args { return everyArgs{} })
}
