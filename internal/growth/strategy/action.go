package strategy

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// PlanAction writes an action down; its objective then answers the need from which it was planned. The same id again
// changes nothing.
func (s *Service) PlanAction(ctx context.Context, a access.Actor, at time.Time, in ActionIn) error {
	p, err := s.Find(ctx, a)
	if err != nil {
		return err
	}
	if _, there := p.Action(in.ID); there {
		return nil
	}
	if f := s.pack.CheckAction(in, p.Standing()); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if _, there := p.Need(in.Need); !there && in.Need != uuid.Nil {
		return fault.Missing("need")
	}
	found, _, err := s.chosen(ctx, a, at, in.Figure, nil)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.action_planned", "plan_action", in.ID, func(tx *postgres.Tx) (bool, error) {
		if err := open(ctx, tx, in.Objective); err != nil {
			return false, err
		}
		citation, err := cite(ctx, tx, found, at)
		if err != nil {
			return false, err
		}
		n, err := db.New(tx).InsertAction(ctx, db.InsertActionParams{OrganisationID: a.Organisation, ID: in.ID, ObjectiveID: in.Objective, Title: in.Title, Owner: in.Owner, Class: in.Class,
			Catalogue: in.Catalogue, CitationID: citation, PlannedStart: in.Start.UTC(), PlannedEnd: in.End.UTC(), Likelihood: int32(in.Likelihood), Impact: int32(in.Impact),
			Mitigation: in.Mitigation, Cost: in.Cost, Equality: in.Equality, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil || n == 0 || in.Need == uuid.Nil || p.Answers(in.Objective, in.Need) {
			return n > 0, wrap("insert action", err)
		}
		return true, join(ctx, tx, at, in.Objective, in.Need)
	})
}

// ChangeAction writes an action anew, if it is still as it was when it was last changed.
func (s *Service) ChangeAction(ctx context.Context, a access.Actor, at, seen time.Time, in ActionIn) error {
	p, err := s.Find(ctx, a)
	if err != nil {
		return err
	}
	was, ok := p.Action(in.ID)
	if !ok {
		return fault.Missing("action")
	}
	if f := s.pack.CheckAction(in, p.Standing()); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	found, citation, err := s.chosen(ctx, a, at, in.Figure, was.Source)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.action_changed", "plan_action", in.ID, func(tx *postgres.Tx) (bool, error) {
		if err := open(ctx, tx, in.Objective); err != nil {
			return false, err
		}
		if found != nil {
			if citation, err = cite(ctx, tx, found, at); err != nil {
				return false, err
			}
		}
		n, err := db.New(tx).UpdateAction(ctx, db.UpdateActionParams{OrganisationID: a.Organisation, ID: in.ID, Seen: postgres.Stamp(seen), ObjectiveID: in.Objective, Title: in.Title, Owner: in.Owner,
			Class: in.Class, Catalogue: in.Catalogue, CitationID: citation, PlannedStart: in.Start.UTC(), PlannedEnd: in.End.UTC(), Likelihood: int32(in.Likelihood), Impact: int32(in.Impact),
			Mitigation: in.Mitigation, Cost: in.Cost, Equality: in.Equality, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("update action: %w", err)
		}
		if n == 0 {
			return false, stale()
		}
		return true, nil
	})
}

// MoveAction starts, finishes or stops an action. The day of the start, or of the stop, is today, whoever asks.
func (s *Service) MoveAction(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, from, to ActionStatus, reason string) error {
	if f := CheckActionMove(from, to, reason); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "plan.action_moved", "plan_action", id, func(tx *postgres.Tx) (bool, error) {
		p := db.MoveActionParams{OrganisationID: a.Organisation, ID: id, Was: string(from), Status: string(to), Reason: reason, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name}
		today := locale.Day(at).UTC()
		switch to {
		case Started:
			p.StartedOn = &today
		case Stopped:
			p.StoppedOn = &today
		}
		n, err := db.New(tx).MoveAction(ctx, p)
		if err != nil {
			return false, fmt.Errorf("move action: %w", err)
		}
		if n == 0 {
			return false, stale()
		}
		return true, nil
	})
}
