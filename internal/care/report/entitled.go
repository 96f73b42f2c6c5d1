package report

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/report/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// entitled gives those of some people who may receive a report at this time, behind either wall. Recipients are named
// when the referral is made; this asks whether they still are what they were (security.md A.3, 22). Who never was the
// person's manager or delegate, but was named for themselves and agreed to by name, may while they keep their post.
func (s *Service) entitled(ctx context.Context, tx *postgres.Tx, in Where, referral uuid.UUID, at time.Time, people []uuid.UUID) ([]uuid.UUID, error) {
	hr, err := s.d.HR(ctx, in.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list HR: %w", err)
	}
	if hr == nil {
		hr = []uuid.UUID{} // null would make the whole condition null
	}
	list, err := db.New(tx).ListEntitled(ctx, db.ListEntitledParams{People: people, ServiceID: in.Service, OrganisationID: in.Organisation,
		ReferralID: referral, OnDay: civilDay(at), Hr: hr})
	if err != nil {
		return nil, fmt.Errorf("list who may still receive: %w", err)
	}
	return list, nil
}

// hold keeps back what the person agreed to because nobody remains who may have it: OH gets a task, and the release is
// tried again every morning while the case is open, since a workforce record may be mended or a delegation confirmed.
func (s *Service) hold(ctx context.Context, tx *postgres.Tx, f File, a ReleaseArgs, at time.Time) error {
	q := db.New(tx)
	c, err := q.CaseCodes(ctx, db.CaseCodesParams{ServiceID: f.Service, ID: f.Case})
	if err != nil {
		return fmt.Errorf("read the state of a case: %w", err)
	}
	if flow.State(c.State) == flow.Closed {
		return nil
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	last, _ := f.Standing.Last()
	due, _ := workday.England().Add(civil.Of(at.In(locale.London)), 1)
	err = q.InsertHeldTask(ctx, db.InsertHeldTaskParams{ServiceID: f.Service, ID: id, CasefileID: f.Case, Priority: priority(c.Priority), CreatedAt: at,
		DueAt: time.Date(due.Year, due.Month, due.Day, 17, 0, 0, 0, locale.London), Since: last.At})
	if err != nil {
		return fmt.Errorf("tell OH that a recipient has changed: %w", err)
	}
	if err := s.record(ctx, tx, f, at, "report.held", "consent", map[string]string{"version": fmt.Sprint(a.Version)}); err != nil {
		return err
	}
	return job.Add(ctx, tx, a, at.Add(days(1)))
}

// civilDay is midnight UTC of the London day, the form in which pgx writes a date.
func civilDay(t time.Time) time.Time {
	y, m, d := t.In(locale.London).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
