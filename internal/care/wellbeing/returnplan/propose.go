package returnplan

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/phased"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// work runs a command about somebody's hours with how they stand.
func (s *Service) work(ctx context.Context, a access.Actor, at time.Time, person uuid.UUID, do func(tx *postgres.Tx, v View) error) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		v, err := view(ctx, tx, person, at)
		if err != nil {
			return err
		}
		return do(tx, v)
	})
}

func note(ctx context.Context, tx *postgres.Tx, at time.Time, action string, plan, person uuid.UUID) error {
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "return_plan", Object: plan, Subject: person})
}

// Propose proposes hours to begin with; id is that of the plan, so that the same form twice makes one. A plan whose end has come makes
// room for it.
func (s *Service) Propose(ctx context.Context, a access.Actor, at time.Time, person, id uuid.UUID, in First) error {
	return s.work(ctx, a, at, person, func(tx *postgres.Tx, v View) error {
		if v.Plan != nil && v.Plan.ID == id {
			return nil // the same form again
		}
		if v.Plan != nil && !v.Plan.Over(locale.Day(at)) {
			return fault.New(fault.Conflict, "returnplan.open")
		}
		plan, f := s.pack.Make(in, v.Contract, locale.Day(at))
		if len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		q := db.New(tx)
		if v.Plan != nil {
			if _, err := q.EndPlan(ctx, db.EndPlanParams{OrganisationID: a.Organisation, ID: v.Plan.ID, PersonID: person, At: &at}); err != nil {
				return fmt.Errorf("end plan: %w", err)
			}
		}
		n, err := q.InsertPlan(ctx, db.InsertPlanParams{OrganisationID: a.Organisation, ID: id, ServiceID: postgres.Null(a.Service), PersonID: person, At: at})
		if err != nil {
			return fmt.Errorf("insert plan: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "returnplan.open")
		}
		return s.insert(ctx, tx, at, v, id, 1, plan, "")
	})
}

// Change proposes other hours, with a reason by code. What both agreed last holds until they agree to these.
func (s *Service) Change(ctx context.Context, a access.Actor, at time.Time, person uuid.UUID, seen int, plan phased.Plan, reason string) error {
	return s.work(ctx, a, at, person, func(tx *postgres.Tx, v View) error {
		if v.Plan == nil {
			return fault.Missing("plan")
		}
		if _, waits := v.Plan.Waiting(); waits || len(v.Plan.Versions) != seen {
			return fault.New(fault.Conflict, "returnplan.changed")
		}
		plan.Contract = v.Contract
		last, _ := v.Plan.Last()
		if f := s.pack.CheckChange(plan, reason, last.Plan.Start, locale.Day(at)); len(f) > 0 {
			return fault.New(fault.Invalid, f[0].Key)
		}
		return s.insert(ctx, tx, at, v, v.Plan.ID, seen+1, plan, reason)
	})
}

func (s *Service) insert(ctx context.Context, tx *postgres.Tx, at time.Time, v View, id uuid.UUID, n int, plan phased.Plan, reason string) error {
	a := tx.Actor
	in := db.InsertVersionParams{OrganisationID: a.Organisation, PlanID: id, N: int32(n), PersonID: v.Person, StartsOn: plan.Start.UTC(), Contract: int32(plan.Contract), //nolint:gosec // bounded by the check
		Dips: plan.Dips, ProposedBy: v.Side, Reason: postgres.Null(reason), At: at}
	for _, m := range plan.Weeks {
		in.Weeks = append(in.Weeks, int32(m)) //nolint:gosec // of a week
	}
	for _, d := range plan.Days {
		in.Days = append(in.Days, int32(d)) //nolint:gosec // of a week
	}
	to, template := v.Manager, "hours_asked"
	if v.Side == ByPerson {
		in.ManagerPersonID, in.PersonAt = v.Manager, &at
	} else {
		in.ManagerPersonID, in.ManagerAt = a.Person, &at
		to, template = v.Person, "hours_offered"
	}
	if in.ManagerPersonID == uuid.Nil {
		return fault.New(fault.Conflict, "returnplan.nobody")
	}
	err := db.New(tx).InsertVersion(ctx, in)
	if postgres.Code(err) == postgres.UniqueViolation {
		return fault.New(fault.Conflict, "returnplan.changed")
	}
	if err != nil {
		return fmt.Errorf("insert hours: %w", err)
	}
	if err := note(ctx, tx, at, "returnplan.proposed", id, v.Person); err != nil {
		return err
	}
	return tell(ctx, tx, at, to, template, id, n)
}

// tell writes to one of the two: somebody who is coming back at the contact they chose, a manager at work.
func tell(ctx context.Context, tx *postgres.Tx, at time.Time, to uuid.UUID, template string, plan uuid.UUID, n int) error {
	a, capacity := tx.Actor, message.Work
	if a.Wall == access.Employer { // a manager writes to the person, the person to a manager
		capacity = message.Self
	}
	return message.Queue(ctx, tx, message.Out{Key: fmt.Sprintf("%s:%s:%d", template, plan, n), Organisation: a.Organisation, Service: a.Service, To: to, Capacity: capacity, Template: template, At: at})
}

// Agree says yes to the version that waits, for the side of the actor.
func (s *Service) Agree(ctx context.Context, a access.Actor, at time.Time, person uuid.UUID, n int) error {
	return s.answer(ctx, a, at, person, n, "returnplan.agreed", "hours_agreed", func(q *db.Queries, id uuid.UUID) (int64, error) {
		if side(a) == ByPerson {
			return q.AgreePerson(ctx, db.AgreePersonParams{OrganisationID: a.Organisation, PlanID: id, N: int32(n), PersonID: person, At: &at}) //nolint:gosec // found
		}
		return q.AgreeManager(ctx, db.AgreeManagerParams{OrganisationID: a.Organisation, PlanID: id, N: int32(n), PersonID: person, At: &at, ManagerPersonID: a.Person}) //nolint:gosec // found
	})
}

// Refuse says no to it; the side that proposed it takes it back.
func (s *Service) Refuse(ctx context.Context, a access.Actor, at time.Time, person uuid.UUID, n int) error {
	by := side(a)
	return s.answer(ctx, a, at, person, n, "returnplan.refused", "hours_refused", func(q *db.Queries, id uuid.UUID) (int64, error) {
		return q.Refuse(ctx, db.RefuseParams{OrganisationID: a.Organisation, PlanID: id, N: int32(n), PersonID: person, At: &at, By: &by}) //nolint:gosec // found
	})
}

func (s *Service) answer(ctx context.Context, a access.Actor, at time.Time, person uuid.UUID, n int, action, template string, do func(*db.Queries, uuid.UUID) (int64, error)) error {
	return s.work(ctx, a, at, person, func(tx *postgres.Tx, v View) error {
		if v.Plan == nil {
			return fault.Missing("plan")
		}
		x, waits := v.Plan.Waiting()
		who, _ := x.Waits()
		if !waits || x.N != n || action == "returnplan.agreed" && who != v.Side {
			return fault.New(fault.Conflict, "returnplan.changed")
		}
		done, err := do(db.New(tx), v.Plan.ID)
		if err != nil {
			return fmt.Errorf("answer hours: %w", err)
		}
		if done == 0 {
			return fault.New(fault.Conflict, "returnplan.changed")
		}
		if err := note(ctx, tx, at, action, v.Plan.ID, person); err != nil {
			return err
		}
		if who != v.Side {
			return nil // taken back: nobody has to be told
		}
		to := x.Manager
		if v.Side == ByManager {
			to = person
		}
		return tell(ctx, tx, at, to, template, v.Plan.ID, n)
	})
}

// End ends a plan: the contract holds. What both agreed to is not ended by a manager, who would so call somebody back to all hours; row
// security refuses it too. The other side is told.
func (s *Service) End(ctx context.Context, a access.Actor, at time.Time, person uuid.UUID) error {
	return s.work(ctx, a, at, person, func(tx *postgres.Tx, v View) error {
		if v.Plan == nil {
			return nil // ended already
		}
		if !v.MayEnd(locale.Day(at)) {
			return fault.New(fault.Conflict, "returnplan.end.both")
		}
		n, err := db.New(tx).EndPlan(ctx, db.EndPlanParams{OrganisationID: a.Organisation, ID: v.Plan.ID, PersonID: person, At: &at})
		if err != nil || n == 0 {
			return err
		}
		if err := note(ctx, tx, at, "returnplan.ended", v.Plan.ID, person); err != nil {
			return err
		}
		last, _ := v.Plan.Last()
		to := last.Manager
		if v.Side == ByManager {
			to = person
		}
		return tell(ctx, tx, at, to, "hours_ended", v.Plan.ID, last.N)
	})
}
