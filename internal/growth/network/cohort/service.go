package cohort

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/cohort/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service keeps cohorts.
type Service struct{ db *postgres.DB }

// New makes the service.
func New(d *postgres.DB) *Service { return &Service{d} }

// errCounted answers a count that is not due, or was made.
var errCounted = fault.New(fault.Conflict, "cohort.counted")

// List gives every cohort.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Cohort, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = list(ctx, tx)
		return err
	})
	return out, err
}

// Find gives one cohort.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (c Cohort, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err = find(ctx, tx, id)
		return err
	})
	return c, err
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Cohort, error) {
	all, err := list(ctx, tx)
	if err != nil {
		return Cohort{}, err
	}
	i := slices.IndexFunc(all, func(c Cohort) bool { return c.ID == id })
	if i < 0 {
		return Cohort{}, fault.Missing("cohort")
	}
	return all[i], nil
}

func list(ctx context.Context, tx *postgres.Tx) (out []Cohort, err error) {
	q := db.New(tx)
	rows, err := q.ListCohorts(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list cohorts: %w", err)
	}
	counts, err := q.ListCounts(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list counts: %w", err)
	}
	for _, r := range rows {
		c := Cohort{In: In{r.ID, r.Title, r.About, int(r.Places), civil.Of(r.ClosesOn), civil.Of(r.StartsOn), civil.Of(r.EndsOn)}, counts: map[Stage]int{}}
		for _, n := range counts {
			if n.CohortID == r.ID {
				c.counts[Stage(n.Stage)] = int(n.People)
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// Add offers a cohort. The same id again does nothing.
func (s *Service) Add(ctx context.Context, a access.Actor, now time.Time, in In) error {
	if f := in.Check(locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertCohort(ctx, db.InsertCohortParams{OrganisationID: a.Organisation, ID: in.ID, Title: strings.TrimSpace(in.Title), About: strings.TrimSpace(in.About), Places: int32(in.Places), //nolint:gosec // Check bounds it
			ClosesOn: in.Closes.UTC(), StartsOn: in.Starts.UTC(), EndsOn: in.Ends.UTC(), At: now, ByName: a.Name})
		if err != nil {
			return fmt.Errorf("offer a cohort: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "cohort.offered", Kind: "cohort", Object: in.ID})
	})
}

// Count counts the stage of a cohort that is due: once.
func (s *Service) Count(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, stage Stage, people int) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		c, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if next, ok := c.Next(locale.Day(now)); !ok || next != stage {
			return errCounted
		}
		if f := c.CheckCount(stage, people); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		n, err := db.New(tx).InsertCount(ctx, db.InsertCountParams{OrganisationID: a.Organisation, CohortID: id, Stage: string(stage), People: int32(people), CountedOn: locale.Day(now).UTC(), ByName: a.Name}) //nolint:gosec // checked
		if err != nil {
			return fmt.Errorf("count a stage: %w", err)
		}
		if n == 0 {
			return errCounted
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "cohort.counted", Kind: "cohort", Object: id, Detail: map[string]string{"stage": string(stage)}})
	})
}
