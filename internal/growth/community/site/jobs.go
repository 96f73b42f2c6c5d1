package site

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RefreshArgs is the job that brings what a site says of itself up to date: the measured wait, and vacancies that are no longer
// advertised.
type RefreshArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Service      uuid.UUID `json:"service"`
}

// Kind names the job.
func (RefreshArgs) Kind() string { return "site.refresh" }

// Tenant is where the job works.
func (a RefreshArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, a.Service }

// A vacancy that was filled in the morning is gone from the site by the evening.
const sweepEvery = 6 * time.Hour

// Jobs keeps the sites up to date.
func (s *Service) Jobs(r *job.Runner, now func() time.Time) {
	r.Sweep("site", sweepEvery, func(ctx context.Context, tx *postgres.Tx) (due []job.Args, err error) {
		all, err := db.New(tx).ListAddresses(ctx)
		for _, x := range all {
			due = append(due, RefreshArgs{x.OrganisationID, x.ServiceID})
		}
		return due, err
	})
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, _ RefreshArgs) error {
		return s.refresh(ctx, tx, now())
	})
}

func (s *Service) refresh(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	a, q := tx.Actor, db.New(tx)
	wait, period, err := s.measured(ctx, a, now)
	if err != nil {
		return err
	}
	if err := q.SetWait(ctx, db.SetWaitParams{Wait: wait, WaitPeriod: period, CountedAt: &now, OrganisationID: a.Organisation, ServiceID: a.Service}); err != nil {
		return fmt.Errorf("set wait: %w", err)
	}
	open, err := s.Openings(ctx, a, now)
	if err != nil {
		return err
	}
	public, err := shown(ctx, tx)
	if err != nil {
		return err
	}
	for _, v := range public {
		if !slices.ContainsFunc(open, func(o Opening) bool { return o.ID == v.ID }) {
			if _, err := q.WithdrawVacancy(ctx, db.WithdrawVacancyParams{At: &now, OrganisationID: a.Organisation, ID: v.ID}); err != nil {
				return fmt.Errorf("withdraw vacancy: %w", err)
			}
		}
	}
	s.changes.Add(1)
	return nil
}
