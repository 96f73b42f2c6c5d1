package pooled

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RunArgs is the job that simulates.
type RunArgs struct {
	Organisation uuid.UUID `json:"organisation"`
	Run          uuid.UUID `json:"run"`
}

// Kind names the job.
func (RunArgs) Kind() string { return "pooled.run" }

// Tenant is where the job works.
func (a RunArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, uuid.Nil }

// Register has runs done in the background.
func (s *Service) Register(r *job.Runner, now func() time.Time) {
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, args RunArgs) error {
		return s.do(ctx, tx, args.Run, now)
	})
}

// do simulates. How far it is stands in a transaction of its own.
func (s *Service) do(ctx context.Context, tx *postgres.Tx, id uuid.UUID, now func() time.Time) error {
	r, err := find(ctx, tx, id)
	if fault.KindOf(err) == fault.NotFound || err == nil && r.State == Done {
		return nil
	}
	if err != nil {
		return err
	}
	organisation := tx.Actor.Organisation
	var lost error
	told := func(done int) {
		if done%replications != 0 || lost != nil {
			return
		}
		lost = s.d.DB.InTenant(ctx, tx.Actor, func(aside *postgres.Tx) error {
			return db.New(aside).ProgressRun(ctx, db.ProgressRunParams{OrganisationID: organisation, ID: id, Done: int32(done)}) //nolint:gosec // few members
		})
	}
	in := r.Inputs
	q := Question{Professions: in.Professions, Lost: float64(in.Lost) / 100, Replications: in.Replications, Seed: in.Seed}
	for _, m := range in.Members {
		q.Services = append(q.Services, m.Model)
	}
	result, err := Compare(ctx, q, Setting{Start: in.Start, Calendar: s.calendar, Due: s.d.Due, Target: in.Target}, runtime.GOMAXPROCS(0), told)
	if err != nil {
		return err
	}
	if lost != nil {
		return fmt.Errorf("tell progress: %w", lost)
	}
	text, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("encode result: %w", err)
	}
	at := now().UTC()
	if err := db.New(tx).FinishRun(ctx, db.FinishRunParams{OrganisationID: organisation, ID: id, FinishedAt: &at, Result: text}); err != nil {
		return fmt.Errorf("store result: %w", err)
	}
	return nil
}
