package appointment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// sessionsPerPage is about two weeks of a service with ten clinicians.
const sessionsPerPage = 50

// Session is one clinic on one day.
type Session struct {
	ID, Clinic    uuid.UUID
	Name          string
	On            time.Time // a date
	ClinicianName string
	Site          string
	Mode, Role    string
	Slots, Booked int
	Offered       []Offer // which are neither booked nor free
	Cancelled     bool
}

// Offer is a time that is held for somebody who has not answered yet. For whom is nobody's business who plans clinics.
type Offer struct{ StartsAt, Until time.Time }

// Sessions lists sessions from the day of an instant on, with what is offered at that instant, a page at a time, and says how many pages there are; page counts from 1.
func (s *Service) Sessions(ctx context.Context, actor access.Actor, from time.Time, page int) (out []Session, pages int, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.CountSessions(ctx, db.CountSessionsParams{ServiceID: actor.Service, FromDay: locale.Day(from).UTC()})
		if err != nil {
			return fmt.Errorf("count sessions: %w", err)
		}
		pages = (int(n) + sessionsPerPage - 1) / sessionsPerPage
		rows, err := q.ListSessions(ctx, db.ListSessionsParams{ServiceID: actor.Service, FromDay: locale.Day(from).UTC(), Bound: sessionsPerPage, Skip: int32(max(page-1, 0) * sessionsPerPage)})
		if err != nil {
			return fmt.Errorf("list sessions: %w", err)
		}
		for _, r := range rows {
			out = append(out, Session{ID: r.ID, Clinic: r.ClinicID, Name: r.Name, On: r.OnDate, ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode, Role: r.Role,
				Slots: int(r.Slots), Booked: int(r.Booked), Cancelled: r.CancelledAt != nil})
		}
		return offered(ctx, q, actor.Service, out, from)
	})
	return out, pages, err
}

// offered adds the times that are held to the sessions they belong to.
func offered(ctx context.Context, q *db.Queries, service uuid.UUID, list []Session, at time.Time) error {
	ids := make([]uuid.UUID, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	rows, err := q.ListOfferedInSessions(ctx, db.ListOfferedInSessionsParams{ServiceID: service, Sessions: ids, At: &at})
	if err != nil {
		return fmt.Errorf("list offered times: %w", err)
	}
	for _, r := range rows {
		if i := slices.Index(ids, r.SessionID); !list[i].Cancelled {
			list[i].Offered = append(list[i].Offered, Offer{r.StartsAt, postgres.Value(r.OfferedUntil)})
		}
	}
	return nil
}

// FindSession loads a session for a loader.
func (s *Service) FindSession(ctx context.Context, actor access.Actor, id uuid.UUID) (access.Object, error) {
	var v Session
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		r, err := q.LockSession(ctx, db.LockSessionParams{ServiceID: actor.Service, ID: id})
		if err != nil {
			return missing("session", err)
		}
		booked, err := q.ListBookedInSession(ctx, db.ListBookedInSessionParams{ServiceID: actor.Service, SessionID: id})
		if err != nil {
			return fmt.Errorf("list booked: %w", err)
		}
		v = Session{ID: r.ID, On: r.OnDate, ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode, Role: r.Role, Booked: len(booked), Cancelled: r.CancelledAt != nil}
		return nil
	})
	return access.Object{Kind: "session", ID: id, Value: v}, err
}

// CancelSession cancels a session: everybody booked into it is told, and their cases wait again. The reason is a
// code for the audit trail; the people are told only that we had to cancel.
func (s *Service) CancelSession(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID, reason string) (faults fault.Fields, err error) {
	if !known(SessionReasons, reason) {
		faults.Add("reason", "appointment.session.reason.empty")
		return faults, nil
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		session, err := q.LockSession(ctx, db.LockSessionParams{ServiceID: actor.Service, ID: id})
		if err != nil {
			return missing("session", err)
		}
		if session.CancelledAt != nil {
			return nil
		}
		if err := q.CancelSession(ctx, db.CancelSessionParams{ServiceID: actor.Service, ID: id, At: &at}); err != nil {
			return fmt.Errorf("cancel session: %w", err)
		}
		if err := q.LockSessionSlots(ctx, db.LockSessionSlotsParams{ServiceID: actor.Service, SessionID: id}); err != nil {
			return fmt.Errorf("lock slots: %w", err)
		}
		booked, err := q.ListBookedInSession(ctx, db.ListBookedInSessionParams{ServiceID: actor.Service, SessionID: id})
		if err != nil {
			return fmt.Errorf("list booked: %w", err)
		}
		for _, one := range booked {
			if err := s.cancelForSession(ctx, tx, one, at); err != nil {
				return err
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "clinic.session_cancelled", Kind: "session", Object: id, Detail: map[string]string{"reason": reason}})
	})
	return faults, err
}

// cancelForSession frees one booked person. It works for the actor's own appointment too: a session is cancelled
// for everybody, and nothing about anybody is shown.
func (s *Service) cancelForSession(ctx context.Context, tx *postgres.Tx, id uuid.UUID, at time.Time) error {
	q := db.New(tx)
	r, err := q.FindAppointment(ctx, db.FindAppointmentParams{ServiceID: tx.Actor.Service, ID: id})
	if err != nil {
		return missing("appointment", err)
	}
	if err := flow.Move(ctx, tx, flow.Step{Service: tx.Actor.Service, Case: r.CasefileID, To: flow.AwaitingBooking, At: at}); err != nil {
		return err
	}
	c, err := findCase(ctx, tx, r.CasefileID)
	if err != nil {
		return err
	}
	if err := s.end(ctx, tx, c, appointmentOf(r), at, ByUs); err != nil {
		return err
	}
	return tell(ctx, tx, c, "appointment_cancelled_by_us", id, r.StartsAt, at)
}
