package sharing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// ReleaseArgs is the job that releases what an organisation has agreed on, once a month.
type ReleaseArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Kind names the job.
func (ReleaseArgs) Kind() string { return "sharing.release" }

// Tenant is where the job works.
func (a ReleaseArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

const sweepEvery = 24 * time.Hour

// Jobs releases each month.
func (s *Service) Jobs(r *job.Runner) {
	r.Sweep("sharing", sweepEvery, func(ctx context.Context, tx *postgres.Tx) (due []job.Args, err error) {
		all, err := db.New(tx).ListSharing(ctx)
		for _, x := range all {
			due = append(due, ReleaseArgs{x.OrganisationID, x.ServiceID})
		}
		return due, err
	})
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, _ ReleaseArgs) error {
		_, err := s.Monthly(ctx, tx.Actor, s.d.Now())
		return err
	})
}

// Monthly releases the month before from the day of the pack on, if nobody has released it by hand; it says whether it did. Until that
// day the month's last events come in.
func (s *Service) Monthly(ctx context.Context, a access.Actor, now time.Time) (made bool, err error) {
	today := locale.Day(now)
	if today.Day < s.pack.ReleaseDay {
		return false, nil
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		made, err = db.New(tx).ReleasedFor(ctx, db.ReleasedForParams{OrganisationID: a.Organisation, AsAt: EndOf(Last(today)).UTC()})
		if err != nil {
			return fmt.Errorf("look for a release: %w", err)
		}
		return nil
	})
	if err != nil || made {
		return false, err
	}
	_, err = s.Release(ctx, a, now, "")
	if fault.KindOf(err) == fault.Conflict { // nothing is due, or somebody is at it now: tomorrow's job looks again
		return false, nil
	}
	return err == nil, err
}
