package outreach

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/outreach/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// visitor is whoever has not signed in, at a service; the nil id before it is known.
func visitor(from access.Actor, service uuid.UUID) access.Actor {
	return access.Actor{Service: service, Role: access.Anonymous, Wall: access.Hall}.Via(from)
}

func shown(ctx context.Context, q *db.Queries, id uuid.UUID) (Event, error) {
	r, err := q.FindOpen(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Event{}, fault.Missing("event")
	}
	if err != nil {
		return Event{}, fmt.Errorf("find event: %w", err)
	}
	return Event{ID: r.ID, Service: r.ServiceID, Kind: r.Kind, Title: r.Title, About: r.About, Starts: r.StartsAt, Minutes: int(r.Minutes), Place: r.Place, Places: int(r.Places), Taken: int(r.Taken),
		Opened: true, Off: r.CancelledAt != nil, Marked: r.MarkedAt != nil}, nil
}

// Public finds an event whose link is open, for whoever follows it.
func (s *Service) Public(ctx context.Context, from access.Actor, id uuid.UUID) (e Event, err error) {
	err = s.db.InTenant(ctx, visitor(from, uuid.Nil), func(tx *postgres.Tx) error {
		e, err = shown(ctx, db.New(tx), id)
		return err
	})
	return e, err
}

// SignUp takes a place. The same form twice takes one. Where the last place went meanwhile it says so.
func (s *Service) SignUp(ctx context.Context, from access.Actor, at time.Time, id uuid.UUID, in SignIn) error {
	if err := refuse(s.pack.CheckSign(in)); err != nil {
		return err
	}
	e, err := s.Public(ctx, from, id)
	if err != nil {
		return err
	}
	if !e.Takes(at) {
		return fault.New(fault.Conflict, "outreach.closed")
	}
	interest := ""
	if in.MayWrite {
		interest = in.Interest
	}
	return s.db.InTenant(ctx, visitor(from, e.Service), func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.InsertGuest(ctx, db.InsertGuestParams{ServiceID: e.Service, ID: in.ID, EventID: id, Name: strings.TrimSpace(in.Name), Email: in.Email, MayWrite: in.MayWrite, Interest: interest, At: at})
		if err != nil {
			return fmt.Errorf("insert guest: %w", err)
		}
		if n == 0 {
			return nil // the same form again
		}
		if n, err = q.TakePlace(ctx, db.TakePlaceParams{ServiceID: e.Service, ID: id}); err != nil {
			return fmt.Errorf("take place: %w", err)
		}
		if n == 0 {
			return fault.New(fault.Conflict, "outreach.full")
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "outreach.signed_up", Kind: "outreach_event", Object: id})
	})
}

// Ticket is a place as its holder sees it, by an address that nobody guesses.
type Ticket struct {
	Event
	Place uuid.UUID
	State string
}

// Ticket finds one.
func (s *Service) Ticket(ctx context.Context, from access.Actor, id uuid.UUID) (t Ticket, err error) {
	err = s.db.InTenant(ctx, visitor(from, uuid.Nil), func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.FindPlace(ctx, id)
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("place")
		}
		if err != nil {
			return fmt.Errorf("find place: %w", err)
		}
		t.Place, t.State = id, p.State
		t.Event, err = shown(ctx, q, p.EventID)
		return err
	})
	return t, err
}

// GiveUp gives a place up, before the event begins; somebody else may have it then.
func (s *Service) GiveUp(ctx context.Context, from access.Actor, at time.Time, id uuid.UUID) error {
	t, err := s.Ticket(ctx, from, id)
	if err != nil {
		return err
	}
	if !t.Coming(at) {
		return changed()
	}
	return s.db.InTenant(ctx, visitor(from, t.Service), func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.GiveUp(ctx, id)
		if err != nil {
			return fmt.Errorf("give place up: %w", err)
		}
		if n == 0 {
			return nil
		}
		if _, err := q.FreePlace(ctx, db.FreePlaceParams{ServiceID: t.Service, ID: t.Event.ID}); err != nil {
			return fmt.Errorf("free place: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "outreach.given_up", Kind: "outreach_event", Object: t.Event.ID})
	})
}

// Jobs forgets once a day.
func (s *Service) Jobs(r *job.Runner, now func() time.Time) {
	r.Sweep("outreach", 24*time.Hour, func(ctx context.Context, tx *postgres.Tx) ([]job.Args, error) { return nil, s.Forget(ctx, tx, now()) })
}

// Forget deletes who signed up for events that were as long ago as the pack says, and keeps how many they were.
func (s *Service) Forget(ctx context.Context, tx *postgres.Tx, now time.Time) error {
	q := db.New(tx)
	past, err := q.ListPast(ctx, now.AddDate(0, -s.pack.Forget, 0))
	if err != nil {
		return fmt.Errorf("list past events: %w", err)
	}
	for _, e := range past {
		counts, err := q.CountGuests(ctx, db.CountGuestsParams{ServiceID: e.ServiceID, EventID: e.ID})
		if err != nil {
			return fmt.Errorf("count who signed up: %w", err)
		}
		counts[1] += e.WalkIns
		if _, err := q.DeleteGuests(ctx, db.DeleteGuestsParams{ServiceID: e.ServiceID, EventID: e.ID}); err != nil {
			return fmt.Errorf("forget who signed up: %w", err)
		}
		if err := q.Forget(ctx, db.ForgetParams{ServiceID: e.ServiceID, ID: e.ID, At: &now, Tally: counts}); err != nil {
			return fmt.Errorf("keep the counts: %w", err)
		}
	}
	return nil
}
