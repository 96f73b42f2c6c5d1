package appointment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// ErrEarly refuses to say how an appointment went before its day, or that it was missed before it began.
var ErrEarly = fault.New(fault.Conflict, "appointment.early")

// CanAttend says whether it can be recorded that the person came: on the day, even before the hour, and later.
func CanAttend(a Appointment, at time.Time) bool { return !clock.Day(at).Before(clock.Day(a.StartsAt)) }

// early is how long before its time an appointment may begin without a question: people are called in a little
// before their turn, and anything earlier is more likely the wrong line of the list.
const early = 15 * time.Minute

// Early says whether somebody must confirm that the person has come already.
func Early(a Appointment, at time.Time) bool { return a.StartsAt.Sub(at) > early }

// Attend records that the person came. It asks them for feedback, once in a case, however many appointments and
// reports it has: the link carries the case so that it works once, and the answer keeps nothing of it.
func (s *Service) Attend(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil || a.State == "attended" {
			return err
		}
		if !CanAttend(a, at) {
			return ErrEarly
		}
		if err := s.finish(ctx, tx, a, flow.Attended, "attended", nil, at); err != nil {
			return err
		}
		err = message.Queue(ctx, tx, message.Out{Key: "feedback_asked:" + a.Case.String(), Organisation: c.Organisation, Service: actor.Service, To: c.Person,
			Capacity: message.Self, Template: "feedback_asked", LinkPurpose: "feedback", LinkObject: a.Case, At: at})
		if err != nil {
			return err
		}
		return s.record(ctx, tx, c, a.ID, activity.AppointmentHeld, at, "")
	})
}

// DidNotAttend records that the person did not come. For a call, tried says that it was made twice. The
// referrer is told the fact at once, so that somebody asks after the person; never a reason.
func (s *Service) DidNotAttend(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, tried bool) (faults fault.Fields, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil || a.State == "dna" {
			return err
		}
		if a.StartsAt.After(at) {
			return ErrEarly
		}
		if a.Mode != "face_to_face" && !tried {
			faults.Add("tried", "appointment.tried.empty")
			return nil
		}
		code := DNA
		if err := s.finish(ctx, tx, a, flow.AwaitingBooking, "dna", &code, at); err != nil {
			return err
		}
		if err := tell(ctx, tx, c, "appointment_missed", a.ID, a.StartsAt, at); err != nil {
			return err
		}
		told, err := db.New(tx).ListReferrers(ctx, db.ListReferrersParams{ServiceID: actor.Service, AppointmentID: a.ID})
		if err != nil {
			return fmt.Errorf("list referrers: %w", err)
		}
		for _, r := range told {
			if err := tellReferrer(ctx, tx, c, "appointment_missed_manager", a.ID, r.ID, r.ReferrerPersonID, at); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, c, a.ID, activity.AppointmentDNA, at, DNA)
	})
	return faults, err
}

func (s *Service) finish(ctx context.Context, tx *postgres.Tx, a Appointment, to flow.State, state string, code *string, at time.Time) error {
	if a.State != "booked" {
		return flow.ErrMove
	}
	if err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: a.Case, To: to, At: at}); err != nil {
		return err
	}
	err := db.New(tx).EndAppointment(ctx, db.EndAppointmentParams{ServiceID: tx.Actor.Service, ID: a.ID, State: state, OutcomeCode: code, At: &at})
	if err != nil {
		return fmt.Errorf("end appointment: %w", err)
	}
	return nil
}

// CloseNotAssessed closes the case of somebody who missed two appointments. The referrer reads that there will be
// no report, in the words used for every report that does not come.
func (s *Service) CloseNotAssessed(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		c, a, err := lock(ctx, tx, id)
		if err != nil || c.State == flow.Closed {
			return err
		}
		n, err := db.New(tx).CountMissed(ctx, db.CountMissedParams{ServiceID: actor.Service, CasefileID: c.ID})
		if err != nil {
			return fmt.Errorf("count missed: %w", err)
		}
		if int(n) < Lists().MissedBeforeClosing || c.State != flow.AwaitingBooking {
			return flow.ErrMove
		}
		err = flow.Move(ctx, tx, flow.Step{Service: actor.Service, Case: c.ID, To: flow.Closed, At: at, Closing: notAssessed, Seen: flow.SeenNotReported})
		if err != nil {
			return err
		}
		told, err := db.New(tx).ListReferrersOfCase(ctx, db.ListReferrersOfCaseParams{ServiceID: actor.Service, CasefileID: c.ID, At: at})
		if err != nil {
			return fmt.Errorf("list referrers: %w", err)
		}
		for _, r := range told {
			if err := tellReferrer(ctx, tx, c, "referral_closed", c.ID, r.ID, r.ReferrerPersonID, at); err != nil {
				return err
			}
		}
		if err := tell(ctx, tx, c, "case_closed", c.ID, a.StartsAt, at); err != nil {
			return err
		}
		return s.record(ctx, tx, c, c.ID, activity.CaseClosed, at, notAssessed)
	})
}

// notAssessed is the closing reason of a case in which nobody was seen.
const notAssessed = "not_assessed"
