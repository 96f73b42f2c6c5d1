package strategy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// SetObjective writes an objective down. The same id again changes nothing.
func (s *Service) SetObjective(ctx context.Context, a access.Actor, at time.Time, in ObjectiveIn) error {
	if f := s.pack.CheckObjective(in); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "plan.objective_set", "plan_objective", in.ID, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).InsertObjective(ctx, db.InsertObjectiveParams{OrganisationID: a.Organisation, ID: in.ID, Title: in.Title, Driver: in.Driver, Element: in.Element,
			Horizon: in.Horizon, Serves: in.Serves, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil || n == 0 {
			return false, wrap("insert objective", err)
		}
		return true, answer(ctx, tx, in)
	})
}

// ChangeObjective writes an objective anew, if it is still as it was when it was last changed.
func (s *Service) ChangeObjective(ctx context.Context, a access.Actor, at, seen time.Time, in ObjectiveIn) error {
	if f := s.pack.CheckObjective(in); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "plan.objective_changed", "plan_objective", in.ID, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).UpdateObjective(ctx, db.UpdateObjectiveParams{OrganisationID: a.Organisation, ID: in.ID, Seen: postgres.Stamp(seen), Title: in.Title, Driver: in.Driver,
			Element: in.Element, Horizon: in.Horizon, Serves: in.Serves, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("update objective: %w", err)
		}
		if n == 0 {
			return false, stale()
		}
		return true, answer(ctx, tx, in)
	})
}

func answer(ctx context.Context, tx *postgres.Tx, in ObjectiveIn) error {
	needs := in.Needs
	if needs == nil {
		needs = []uuid.UUID{}
	}
	return wrap("answer needs", db.New(tx).AnswerNeeds(ctx, db.AnswerNeedsParams{OrganisationID: tx.Actor.Organisation, ObjectiveID: in.ID, Needs: needs}))
}

// join makes an objective answer one more need.
func join(ctx context.Context, tx *postgres.Tx, at time.Time, objective, need uuid.UUID) error {
	q, org := db.New(tx), tx.Actor.Organisation
	if err := q.JoinNeed(ctx, db.JoinNeedParams{OrganisationID: org, ObjectiveID: objective, NeedID: need}); err != nil {
		return wrap("join need", err)
	}
	return wrap("touch objective", q.TouchObjective(ctx, db.TouchObjectiveParams{OrganisationID: org, ID: objective, ChangedAt: postgres.Stamp(at), ChangedBy: tx.Actor.Name}))
}

// WithdrawObjective takes an objective out of the plan, with a reason.
func (s *Service) WithdrawObjective(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, reason string) error {
	if reason == "" {
		return fault.New(fault.Invalid, "strategy.move.reason.empty")
	}
	return s.do(ctx, a, at, "plan.objective_withdrawn", "plan_objective", id, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).WithdrawObjective(ctx, db.WithdrawObjectiveParams{OrganisationID: a.Organisation, ID: id, Reason: reason, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("withdraw objective: %w", err)
		}
		if n == 0 {
			return false, fault.New(fault.Conflict, "strategy.conflict.busy")
		}
		return true, nil
	})
}

// Measure says by which figure an objective is measured. The same id again changes nothing.
func (s *Service) Measure(ctx context.Context, a access.Actor, at time.Time, id, objective uuid.UUID, ref string) error {
	found, err := s.Figure(ctx, a, at, ref)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.measure_chosen", "plan_objective", objective, func(tx *postgres.Tx) (bool, error) {
		if err := open(ctx, tx, objective); err != nil {
			return false, err
		}
		citation, err := cite(ctx, tx, &found, at)
		if err != nil {
			return false, err
		}
		n, err := db.New(tx).InsertMeasure(ctx, db.InsertMeasureParams{OrganisationID: a.Organisation, ID: id, ObjectiveID: objective, CitationID: *citation, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		return n > 0, wrap("insert measure", err)
	})
}

// RenewMeasure makes an objective rely on the figure as it is today.
func (s *Service) RenewMeasure(ctx context.Context, a access.Actor, at time.Time, objective, id uuid.UUID) error {
	m, err := s.measure(ctx, a, objective, id)
	if err != nil {
		return err
	}
	found, err := s.Figure(ctx, a, at, m.Source.Ref)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.figure_renewed", "plan_objective", objective, func(tx *postgres.Tx) (bool, error) {
		citation, err := cite(ctx, tx, &found, at)
		if err != nil {
			return false, err
		}
		n, err := db.New(tx).CiteMeasure(ctx, db.CiteMeasureParams{OrganisationID: a.Organisation, ID: id, CitationID: *citation, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		return n > 0, wrap("cite measure", err)
	})
}

// DropMeasure stops measuring an objective by a figure.
func (s *Service) DropMeasure(ctx context.Context, a access.Actor, at time.Time, objective, id uuid.UUID) error {
	if _, err := s.measure(ctx, a, objective, id); err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.measure_dropped", "plan_objective", objective, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).DropMeasure(ctx, db.DropMeasureParams{OrganisationID: a.Organisation, ID: id, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		return n > 0, wrap("drop measure", err)
	})
}

func (s *Service) measure(ctx context.Context, a access.Actor, objective, id uuid.UUID) (Measure, error) {
	p, err := s.Find(ctx, a)
	if err != nil {
		return Measure{}, err
	}
	o, _ := p.Objective(objective)
	m, ok := find(o.Measures, func(m Measure) bool { return m.ID == id })
	if !ok {
		return Measure{}, fault.Missing("measure")
	}
	return m, nil
}

// open holds an objective that still stands.
func open(ctx context.Context, tx *postgres.Tx, id uuid.UUID) error {
	status, err := db.New(tx).LockObjective(ctx, db.LockObjectiveParams{OrganisationID: tx.Actor.Organisation, ID: id})
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return fault.Missing("objective")
	case err != nil:
		return fmt.Errorf("lock objective: %w", err)
	case ObjectiveStatus(status) != Open:
		return fault.New(fault.Conflict, "strategy.conflict.withdrawn")
	}
	return nil
}

func wrap(verb string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	return nil
}
