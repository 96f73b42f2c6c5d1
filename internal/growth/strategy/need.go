package strategy

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// ProposeNeed writes a need down. The same id again changes nothing.
func (s *Service) ProposeNeed(ctx context.Context, a access.Actor, at time.Time, in NeedIn) error {
	if f := s.pack.CheckNeed(in); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	p, err := s.Find(ctx, a)
	if err != nil {
		return err
	}
	if _, there := p.Need(in.ID); there {
		return nil
	}
	found, _, err := s.chosen(ctx, a, at, in.Figure, nil)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.need_proposed", "plan_need", in.ID, func(tx *postgres.Tx) (bool, error) {
		citation, err := cite(ctx, tx, found, at)
		if err != nil {
			return false, err
		}
		n, err := db.New(tx).InsertNeed(ctx, db.InsertNeedParams{OrganisationID: a.Organisation, ID: in.ID, Statement: in.Statement, Evidence: in.Evidence, CitationID: citation,
			Subsection: in.Subsection, Importance: int32(in.Importance), Reach: int32(in.Reach), ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("insert need: %w", err)
		}
		return n > 0, nil
	})
}

// ChangeNeed writes a need anew, if it is still as it was when it was last changed.
func (s *Service) ChangeNeed(ctx context.Context, a access.Actor, at, seen time.Time, in NeedIn) error {
	if f := s.pack.CheckNeed(in); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	was, err := s.need(ctx, a, in.ID)
	if err != nil {
		return err
	}
	found, citation, err := s.chosen(ctx, a, at, in.Figure, was.Source)
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.need_changed", "plan_need", in.ID, func(tx *postgres.Tx) (bool, error) {
		if found != nil {
			if citation, err = cite(ctx, tx, found, at); err != nil {
				return false, err
			}
		}
		n, err := db.New(tx).UpdateNeed(ctx, db.UpdateNeedParams{OrganisationID: a.Organisation, ID: in.ID, Seen: postgres.Stamp(seen), Statement: in.Statement, Evidence: in.Evidence,
			CitationID: citation, Subsection: in.Subsection, Importance: int32(in.Importance), Reach: int32(in.Reach), ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("update need: %w", err)
		}
		if n == 0 {
			return false, stale()
		}
		return true, nil
	})
}

// MoveNeed agrees on a need, sets it aside, says that it is met, or takes that back.
func (s *Service) MoveNeed(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, from, to NeedStatus, reason string) error {
	if f := CheckNeedMove(from, to, reason); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.do(ctx, a, at, "plan.need_moved", "plan_need", id, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).MoveNeed(ctx, db.MoveNeedParams{OrganisationID: a.Organisation, ID: id, Was: string(from), Status: string(to), Reason: reason, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		if err != nil {
			return false, fmt.Errorf("move need: %w", err)
		}
		if n == 0 {
			return false, stale()
		}
		return true, nil
	})
}

// RenewNeed makes a need rely on its figure as it is today, or on that of a later round.
func (s *Service) RenewNeed(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	was, err := s.need(ctx, a, id)
	if err != nil {
		return err
	}
	if was.Source == nil {
		return fault.Missing("figure")
	}
	found, later, err := s.Successor(ctx, a, at, was.Source)
	if err == nil && !later {
		found, err = s.Figure(ctx, a, at, was.Source.Ref)
	}
	if err != nil {
		return err
	}
	return s.do(ctx, a, at, "plan.figure_renewed", "plan_need", id, func(tx *postgres.Tx) (bool, error) {
		citation, err := cite(ctx, tx, &found, at)
		if err != nil {
			return false, err
		}
		n, err := db.New(tx).CiteNeed(ctx, db.CiteNeedParams{OrganisationID: a.Organisation, ID: id, CitationID: citation, ChangedAt: postgres.Stamp(at), ChangedBy: a.Name})
		return n > 0, err
	})
}

func (s *Service) need(ctx context.Context, a access.Actor, id uuid.UUID) (Need, error) {
	p, err := s.Find(ctx, a)
	if err != nil {
		return Need{}, err
	}
	n, ok := p.Need(id)
	if !ok {
		return Need{}, fault.Missing("need")
	}
	return n, nil
}
