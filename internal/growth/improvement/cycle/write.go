package cycle

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/cycle/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// SetAim writes what an action should change, or writes it anew.
func (s *Service) SetAim(ctx context.Context, a access.Actor, at time.Time, action uuid.UUID, text string, by civil.Date) error {
	if err := improvement.Refuse(CheckAim(text, by)); err != nil {
		return err
	}
	if _, err := s.Find(ctx, a, at, action); err != nil {
		return err
	}
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.aim_set", "plan_action", action, func(tx *postgres.Tx) (bool, error) {
		if err := db.New(tx).SaveAim(ctx, db.SaveAimParams{OrganisationID: a.Organisation, ActionID: action, Aim: text, ByDate: by.UTC(), ChangedAt: at.UTC(), ChangedBy: a.Name}); err != nil {
			return false, fmt.Errorf("save aim: %w", err)
		}
		return true, nil
	})
}

// CheckMeasure says what is wrong with the choice of a figure.
func (s *Service) CheckMeasure(ctx context.Context, a access.Actor, now time.Time, kind, ref string) (found figure.Figure, f fault.Fields, err error) {
	improvement.Listed(&f, "kind", "improvement.measure.kind.empty", kind, Kinds)
	r, ok := figure.ParseRef(ref)
	if ok {
		found, err = s.d.Figures.Find(ctx, a, now, r, civil.Date{})
	}
	if !ok || fault.KindOf(err) == fault.NotFound {
		f.Add("figure", "improvement.measure.figure.empty")
		return found, f, nil
	}
	return found, f, err
}

// Measure cites a figure as it stands. The same id again changes nothing.
func (s *Service) Measure(ctx context.Context, a access.Actor, at time.Time, id, action uuid.UUID, kind, ref string) error {
	found, f, err := s.CheckMeasure(ctx, a, at, kind, ref)
	if err != nil {
		return err
	}
	if err := improvement.Refuse(f); err != nil {
		return err
	}
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.measure_chosen", "plan_action", action, func(tx *postgres.Tx) (bool, error) {
		q := db.New(tx)
		if err := lock(ctx, q, a, action); err != nil {
			return false, err
		}
		if _, err := q.FindMeasure(ctx, db.FindMeasureParams{OrganisationID: a.Organisation, ID: id}); !errors.Is(err, pgx.ErrNoRows) {
			return false, err // there already
		}
		cited, err := figure.Cite(ctx, tx, found, at)
		if err != nil {
			return false, err
		}
		n, err := q.InsertMeasure(ctx, db.InsertMeasureParams{OrganisationID: a.Organisation, ID: id, ActionID: action, Kind: kind, CitationID: cited.ID, ChangedAt: at.UTC(), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("insert measure: %w", err)
		}
		return n > 0, nil
	})
}

// lock holds the aim of an action; one that has none is refused.
func lock(ctx context.Context, q *db.Queries, a access.Actor, action uuid.UUID) error {
	_, err := q.LockAim(ctx, db.LockAimParams{OrganisationID: a.Organisation, ActionID: action})
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing("aim")
	}
	if err != nil {
		return fmt.Errorf("lock aim: %w", err)
	}
	return nil
}

// Drop stops measuring by a figure.
func (s *Service) Drop(ctx context.Context, a access.Actor, at time.Time, action, id uuid.UUID) error {
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.measure_dropped", "plan_action", action, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).DropMeasure(ctx, db.DropMeasureParams{OrganisationID: a.Organisation, ID: id, ActionID: action, ChangedAt: at.UTC(), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("drop measure: %w", err)
		}
		return n > 0, nil
	})
}

// Begin writes the plan of the next cycle. The same id again changes nothing; while another runs it is refused.
func (s *Service) Begin(ctx context.Context, a access.Actor, at time.Time, action uuid.UUID, c Cycle) error {
	if err := improvement.Refuse(CheckPlan(c)); err != nil {
		return err
	}
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.cycle_planned", "plan_action", action, func(tx *postgres.Tx) (bool, error) {
		q := db.New(tx)
		if err := lock(ctx, q, a, action); err != nil {
			return false, err
		}
		all, err := q.ListCycles(ctx, a.Organisation)
		if err != nil {
			return false, fmt.Errorf("list cycles: %w", err)
		}
		n := 0
		for _, r := range all {
			if r.ID == c.ID {
				return false, nil
			}
			if r.ActionID != action {
				continue
			}
			if n = max(n, int(r.N)); cycleOf(r).Stage() != Over {
				return false, fault.New(fault.Conflict, "improvement.cycle.running")
			}
		}
		if _, err := q.InsertCycle(ctx, db.InsertCycleParams{OrganisationID: a.Organisation, ID: c.ID, ActionID: action, N: int32(n + 1), Question: c.Question, Prediction: c.Prediction,
			Plan: c.Plan, PlanOn: c.PlanOn.UTC(), ChangedAt: at.UTC(), ChangedBy: a.Name}); err != nil {
			return false, fmt.Errorf("insert cycle: %w", err)
		}
		return true, nil
	})
}

// Write writes the step that a cycle waits for. A page that waits for another step changes nothing and says so.
func (s *Service) Write(ctx context.Context, a access.Actor, at time.Time, c Cycle, step Step) error {
	if c.Stage() != step.Stage {
		return improvement.Changed()
	}
	if err := improvement.Refuse(CheckStep(c, step, locale.Day(at))); err != nil {
		return err
	}
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.cycle_written", "improvement_cycle", c.ID, func(tx *postgres.Tx) (bool, error) {
		q, day := db.New(tx), step.On.UTC()
		var n int64
		var err error
		switch step.Stage {
		case Do:
			n, err = q.WriteDo(ctx, db.WriteDoParams{OrganisationID: a.Organisation, ID: c.ID, Words: &step.Text, Day: &day, ChangedAt: at.UTC(), ChangedBy: a.Name})
		case Study:
			n, err = q.WriteStudy(ctx, db.WriteStudyParams{OrganisationID: a.Organisation, ID: c.ID, Words: &step.Text, Day: &day, ChangedAt: at.UTC(), ChangedBy: a.Name})
		case Act:
			n, err = q.WriteAct(ctx, db.WriteActParams{OrganisationID: a.Organisation, ID: c.ID, Act: &step.Act, Words: &step.Text, Day: &day, ChangedAt: at.UTC(), ChangedBy: a.Name})
		case Over:
		}
		if err != nil {
			return false, fmt.Errorf("write step: %w", err)
		}
		if n == 0 {
			return false, improvement.Changed()
		}
		return true, nil
	})
}
