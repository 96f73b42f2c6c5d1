package appointment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// ErrTaken is the answer to whoever comes second: the page shows the times again.
var ErrTaken = fault.New(fault.Conflict, "appointment.taken")

// ErrClash says that the person has another appointment at that time.
var ErrClash = fault.New(fault.Conflict, "appointment.clash")

// Booking asks for a time. ID is the appointment's, made by the page, so that a second click books nothing twice.
type Booking struct{ ID, Case, Slot uuid.UUID }

// Book books a time, for a person by OH or by themselves.
func (s *Service) Book(ctx context.Context, actor access.Actor, at time.Time, in Booking) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, err := lockCase(ctx, tx, in.Case)
		if err != nil {
			return err
		}
		if done, err := booked(ctx, tx, in); done || err != nil {
			return err
		}
		return s.book(ctx, tx, c, at, in, "appointment_booked")
	})
}

// booked says whether this very booking was made before.
func booked(ctx context.Context, tx *postgres.Tx, in Booking) (bool, error) {
	a, err := db.New(tx).FindAppointment(ctx, db.FindAppointmentParams{ServiceID: tx.Actor.Service, ID: in.ID})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find appointment: %w", err)
	}
	return a.CasefileID == in.Case, nil
}

func (s *Service) book(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, in Booking, template string) error {
	slot, err := bookableSlot(ctx, tx, c, at, in.Slot)
	if err != nil {
		return err
	}
	if err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: c.ID, To: flow.Booked, At: at}); err != nil {
		return err
	}
	kind := "new"
	if c.Seen {
		kind = "review"
	}
	q := db.New(tx)
	if err := q.LockDiaries(ctx, db.LockDiariesParams{Clinician: "clinician " + slot.ClinicianAccount.String(), Person: "person " + c.Person.String()}); err != nil {
		return fmt.Errorf("lock diaries: %w", err)
	}
	err = q.InsertAppointment(ctx, db.InsertAppointmentParams{ServiceID: tx.Actor.Service, OrganisationID: c.Organisation, ID: in.ID, CasefileID: c.ID,
		ReferralID: c.referral, PersonID: c.Person, SlotID: slot.ID, ClinicianAccount: slot.ClinicianAccount, ClinicianName: slot.ClinicianName, Role: slot.Role,
		Kind: kind, Mode: slot.Mode, Site: slot.Site, StartsAt: slot.StartsAt, Minutes: slot.Minutes, BookedAt: at})
	switch postgres.Code(err) {
	case postgres.ExclusionViolation:
		if postgres.Constraint(err) == "appointment_person_once" {
			return ErrClash
		}
		return ErrTaken
	case postgres.UniqueViolation:
		return ErrTaken
	}
	if err != nil {
		return fmt.Errorf("insert appointment: %w", err)
	}
	// The insert waited for whoever held the slot's row: a session being cancelled, an offer being made. Look again.
	if _, err := bookableSlot(ctx, tx, c, at, in.Slot); err != nil {
		return err
	}
	if err := reoffer(ctx, tx, c, slot.ID, at); err != nil {
		return err
	}
	if err := tellWhen(ctx, tx, c, template, in.ID, Time{StartsAt: slot.StartsAt, Mode: slot.Mode, Site: slot.Site}, at); err != nil {
		return err
	}
	if err := planReminders(ctx, tx, c, in.ID, slot.StartsAt, at); err != nil {
		return err
	}
	return s.record(ctx, tx, c, in.ID, activity.AppointmentBooked, at, "")
}

// bookableSlot finds a slot that a case may take at an instant. A person takes times of the role that triage
// chose; OH may book any role, and any time still to come, so that a P0 is seen the same day.
func bookableSlot(ctx context.Context, tx *postgres.Tx, c Case, at time.Time, id uuid.UUID) (db.FindSlotRow, error) {
	slot, err := db.New(tx).FindSlot(ctx, db.FindSlotParams{ServiceID: tx.Actor.Service, ID: id})
	if err != nil {
		return slot, missing("slot", err)
	}
	if tx.Actor.Wall == access.Portal && slot.Role != c.Pathway {
		return slot, fault.Missing("slot")
	}
	held := slot.OfferedCasefileID != nil && *slot.OfferedCasefileID != c.ID && slot.OfferedUntil != nil && slot.OfferedUntil.After(at)
	if slot.CancelledAt != nil || held || !slot.StartsAt.After(at) {
		return slot, ErrTaken
	}
	return slot, nil
}

// Move changes the time of an appointment: the old time is given back and the new one booked, or neither. code
// says who asked for it; behind the portal it is the person.
func (s *Service) Move(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, in Booking, code string) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		in.Case = c.ID
		if done, err := booked(ctx, tx, in); done || err != nil {
			return err
		}
		if actor.Wall == access.Portal {
			code = MovedByThem
		} else if !known(MoveCodes, code) {
			return fault.New(fault.Conflict, "appointment.move.code.empty")
		}
		if err := s.giveBack(ctx, tx, c, a, at, moveCode(code, a.StartsAt, at)); err != nil {
			return err
		}
		return s.book(ctx, tx, c, at, in, "appointment_changed")
	})
}

// Cancel gives a time back and the case waits again. code says why; behind the portal it follows from the time alone.
// Doing it twice changes nothing.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, code string) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil || a.State == "cancelled" {
			return err
		}
		if actor.Wall == access.Portal {
			code = cancelCode(a.StartsAt, at)
		} else if !known(CancelCodes, code) {
			return fault.New(fault.Conflict, "appointment.cancel.code.empty")
		}
		if err := s.giveBack(ctx, tx, c, a, at, code); err != nil {
			return err
		}
		template := "appointment_cancelled"
		if actor.Wall == access.Clinical {
			template = "appointment_cancelled_by_us"
		}
		return tell(ctx, tx, c, template, a.ID, a.StartsAt, at)
	})
}

func (s *Service) giveBack(ctx context.Context, tx *postgres.Tx, c Case, a Appointment, at time.Time, code string) error {
	if tx.Actor.Wall == access.Portal && !a.StartsAt.After(at) {
		return flow.ErrMove // it has begun: too late to give it back online
	}
	if a.State != "booked" {
		return flow.ErrMove
	}
	if err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: c.ID, To: flow.AwaitingBooking, At: at}); err != nil {
		return err
	}
	if err := s.end(ctx, tx, c, a, at, code); err != nil {
		return err
	}
	return freed(ctx, tx, a, at)
}

// end marks an appointment as cancelled.
func (s *Service) end(ctx context.Context, tx *postgres.Tx, c Case, a Appointment, at time.Time, code string) error {
	err := db.New(tx).EndAppointment(ctx, db.EndAppointmentParams{ServiceID: tx.Actor.Service, ID: a.ID, State: "cancelled", OutcomeCode: &code, At: &at})
	if err != nil {
		return fmt.Errorf("cancel appointment: %w", err)
	}
	return s.record(ctx, tx, c, a.ID, activity.AppointmentMoved, at, code)
}

// freed has a slot that is still to come offered to somebody else.
func freed(ctx context.Context, tx *postgres.Tx, a Appointment, at time.Time) error {
	if !a.StartsAt.After(at) {
		return nil
	}
	return job.Add(ctx, tx, FreedArgs{a.Organisation, tx.Actor.Service, a.Slot}, time.Time{})
}

// Release gives back what a case holds when its referral is withdrawn. The caller closes the case afterwards, in
// the same transaction.
func (s *Service) Release(ctx context.Context, tx *postgres.Tx, service, casefile uuid.UUID, at time.Time) error {
	q := db.New(tx)
	c, err := findCase(ctx, tx, casefile)
	if err != nil {
		return err
	}
	if err := reoffer(ctx, tx, c, uuid.Nil, at); err != nil {
		return err
	}
	if err := q.DropHolds(ctx, db.DropHoldsParams{ServiceID: service, CasefileID: &casefile, At: &at}); err != nil {
		return fmt.Errorf("drop offers: %w", err)
	}
	ids, err := q.ListLiveOfCase(ctx, db.ListLiveOfCaseParams{ServiceID: service, CasefileID: casefile})
	if err != nil {
		return fmt.Errorf("list booked: %w", err)
	}
	for _, id := range ids {
		c, a, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		code := ByUs // the list has no code for a manager who withdraws in good time; this one counts as no absence
		if cancelCode(a.StartsAt, at) == LateByThem {
			code = LateByBoss
		}
		if err := s.end(ctx, tx, c, a, at, code); err != nil {
			return err
		}
		if err := freed(ctx, tx, a, at); err != nil {
			return err
		}
		if err := tell(ctx, tx, c, "appointment_cancelled_by_us", a.ID, a.StartsAt, at); err != nil {
			return err
		}
	}
	return nil
}
