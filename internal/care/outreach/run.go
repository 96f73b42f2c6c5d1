package outreach

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/outreach/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Plan adds an event; the same form twice adds one.
func (s *Service) Plan(ctx context.Context, a access.Actor, at time.Time, in EventIn) error {
	if err := refuse(Check(in, 0, at)); err != nil {
		return err
	}
	starts, _ := in.Starts()
	return s.do(ctx, a, at, "outreach.planned", in.ID, func(q *db.Queries) (int64, error) {
		n, err := q.InsertEvent(ctx, db.InsertEventParams{ServiceID: a.Service, ID: in.ID, Kind: in.Kind, Title: strings.TrimSpace(in.Title), About: strings.TrimSpace(in.About), StartsAt: starts,
			Minutes: int32(in.Minutes), Place: strings.TrimSpace(in.Place), Places: int32(in.Places), At: at, ByName: a.Name}) //nolint:gosec // bounded by Check
		if err != nil {
			return 0, fmt.Errorf("insert event: %w", err)
		}
		return n, nil
	})
}

// Change changes what is planned, until it begins. The kind stays: its plan hangs from it.
func (s *Service) Change(ctx context.Context, a access.Actor, at time.Time, in EventIn) error {
	starts, _ := in.Starts()
	return s.do(ctx, a, at, "outreach.changed", in.ID, func(q *db.Queries) (int64, error) {
		was, err := event(ctx, q, a.Service, in.ID)
		if err != nil {
			return 0, err
		}
		if err := refuse(Check(in, was.Taken, at)); err != nil {
			return 0, err
		}
		n, err := q.ChangeEvent(ctx, db.ChangeEventParams{ServiceID: a.Service, ID: in.ID, Title: strings.TrimSpace(in.Title), About: strings.TrimSpace(in.About), StartsAt: starts,
			Minutes: int32(in.Minutes), Place: strings.TrimSpace(in.Place), Places: int32(in.Places), At: at}) //nolint:gosec // bounded by Check
		return one(n, err, "change event")
	})
}

// one is the answer of a statement that has to change a row: where it changed none, the page was older than what it shows.
func one(n int64, err error, what string) (int64, error) {
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	if n == 0 {
		return 0, changed()
	}
	return n, nil
}

// Open opens the link to sign up.
func (s *Service) Open(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, at, "outreach.opened", id, func(q *db.Queries) (int64, error) {
		if _, err := event(ctx, q, a.Service, id); err != nil {
			return 0, err
		}
		n, err := q.OpenEvent(ctx, db.OpenEventParams{ServiceID: a.Service, ID: id, At: &at})
		return one(n, err, "open event")
	})
}

// Cancel calls an event off before it begins. Whoever has a place reads so on the page of it.
func (s *Service) Cancel(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	return s.do(ctx, a, at, "outreach.cancelled", id, func(q *db.Queries) (int64, error) {
		if _, err := event(ctx, q, a.Service, id); err != nil {
			return 0, err
		}
		n, err := q.CancelEvent(ctx, db.CancelEventParams{ServiceID: a.Service, ID: id, At: &at})
		return one(n, err, "cancel event")
	})
}

// Step says that a step of the plan is done, or not.
func (s *Service) Step(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, code string, done bool) error {
	return s.do(ctx, a, at, "outreach.step", id, func(q *db.Queries) (n int64, err error) {
		e, err := event(ctx, q, a.Service, id)
		if err != nil {
			return 0, err
		}
		if !slices.ContainsFunc(of(s.pack.Steps, e.Kind), func(x Part) bool { return x.Code == code }) {
			return 0, fault.Missing("step")
		}
		if done {
			n, err = q.DoStep(ctx, db.DoStepParams{ServiceID: a.Service, EventID: id, Code: code, DoneOn: locale.Day(at).UTC(), ByName: a.Name})
		} else {
			n, err = q.UndoStep(ctx, db.UndoStepParams{ServiceID: a.Service, EventID: id, Code: code})
		}
		if err != nil {
			return 0, fmt.Errorf("keep step: %w", err)
		}
		return n, nil
	})
}

// CheckRoles says what is wrong with who does what; the field of a role is its code.
func (p Pack) CheckRoles(kind string, who map[string]string) (f fault.Fields) {
	for _, r := range p.RolesOf(kind) {
		f.Long(r.Code, who[r.Code], MaxTitle)
	}
	return f
}

// Staff says who does what on the day; a role with nobody is empty.
func (s *Service) Staff(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, who map[string]string) error {
	return s.do(ctx, a, at, "outreach.staffed", id, func(q *db.Queries) (int64, error) {
		e, err := event(ctx, q, a.Service, id)
		if err != nil {
			return 0, err
		}
		if err := refuse(s.pack.CheckRoles(e.Kind, who)); err != nil {
			return 0, err
		}
		if err := q.ClearRoles(ctx, db.ClearRolesParams{ServiceID: a.Service, EventID: id}); err != nil {
			return 0, fmt.Errorf("clear roles: %w", err)
		}
		for _, r := range s.pack.RolesOf(e.Kind) {
			if name := strings.TrimSpace(who[r.Code]); name != "" {
				if err := q.InsertRole(ctx, db.InsertRoleParams{ServiceID: a.Service, EventID: id, Code: r.Code, Name: name}); err != nil {
					return 0, fmt.Errorf("insert role: %w", err)
				}
			}
		}
		return 1, nil
	})
}

// Mark says who came, and how many who had not signed up. It may be said again while the days of the pack last.
func (s *Service) Mark(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, came []uuid.UUID, walkIns int) error {
	if err := refuse(CheckWalkIns(walkIns)); err != nil {
		return err
	}
	return s.do(ctx, a, at, "outreach.marked", id, func(q *db.Queries) (int64, error) {
		e, err := event(ctx, q, a.Service, id)
		if err != nil {
			return 0, err
		}
		if !s.pack.Markable(e, at) {
			return 0, changed()
		}
		rows, err := q.ListGuests(ctx, db.ListGuestsParams{ServiceID: a.Service, EventID: &id})
		if err != nil {
			return 0, fmt.Errorf("list who signed up: %w", err)
		}
		for _, r := range rows {
			state := Missed
			if slices.Contains(came, r.ID) {
				state = Attended
			}
			if _, err := q.MarkGuest(ctx, db.MarkGuestParams{ServiceID: a.Service, EventID: id, ID: r.ID, State: state}); err != nil {
				return 0, fmt.Errorf("mark guest: %w", err)
			}
		}
		n, err := q.MarkEvent(ctx, db.MarkEventParams{ServiceID: a.Service, ID: id, At: &at, WalkIns: int32(walkIns)}) //nolint:gosec // bounded by CheckWalkIns
		return one(n, err, "mark event")
	})
}

// Spend says what it cost.
func (s *Service) Spend(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, in CostIn) error {
	if err := refuse(CheckCost(in)); err != nil {
		return err
	}
	return s.do(ctx, a, at, "outreach.cost", id, func(q *db.Queries) (int64, error) {
		if _, err := event(ctx, q, a.Service, id); err != nil {
			return 0, err
		}
		pounds := int32(in.Pounds) //nolint:gosec // bounded by CheckCost
		n, err := q.SetCost(ctx, db.SetCostParams{ServiceID: a.Service, ID: id, Pounds: &pounds, Hours: &in.Hours})
		return one(n, err, "set cost")
	})
}

// Follow notes what became of leads, by their id.
func (s *Service) Follow(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID, outcomes map[uuid.UUID]string) error {
	return s.do(ctx, a, at, "outreach.followed", id, func(q *db.Queries) (n int64, err error) {
		if _, err := event(ctx, q, a.Service, id); err != nil {
			return 0, err
		}
		for lead, outcome := range outcomes {
			if !slices.Contains(Outcomes, outcome) {
				return 0, fault.New(fault.Invalid, "outreach.outcome.bad")
			}
			p := db.SetOutcomeParams{ServiceID: a.Service, EventID: id, ID: lead, Outcome: outcome}
			if outcome != "" {
				p.OutcomeOn, p.OutcomeBy = locale.Day(at).Null(), a.Name
			}
			k, err := q.SetOutcome(ctx, p)
			if err != nil {
				return 0, fmt.Errorf("set outcome: %w", err)
			}
			n += k
		}
		return n, nil
	})
}
