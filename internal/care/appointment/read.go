package appointment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Listed is one row of a clinician's day.
type Listed struct {
	Appointment
	Source, Reason, Priority string
}

// Today lists the appointments of the actor on the London day of an instant, in order; cancelled ones are left out.
func (s *Service) Today(ctx context.Context, actor access.Actor, day time.Time) (out []Listed, err error) {
	d := locale.Day(day)
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListForClinician(ctx, db.ListForClinicianParams{ServiceID: actor.Service, Account: actor.Account,
			FromAt: clock.Midnight(d), ToAt: clock.Midnight(d.AddDays(1))})
		if err != nil {
			return fmt.Errorf("list the day's appointments: %w", err)
		}
		for _, r := range rows {
			l := Listed{Appointment: Appointment{ID: r.ID, Case: r.CasefileID, Organisation: r.OrganisationID, Person: r.PersonID, Slot: r.SlotID,
				Clinician: r.ClinicianAccount, ClinicianName: r.ClinicianName, Role: r.Role, Kind: r.Kind, Mode: r.Mode, Site: r.Site,
				StartsAt: r.StartsAt, Minutes: int(r.Minutes), State: r.State, Name: r.GivenName + " " + r.FamilyName, CaseState: flow.State(r.CaseState)},
				Source: r.Source, Reason: r.Reason}
			l.Priority = postgres.Value(r.Priority)
			l.Outcome = postgres.Value(r.OutcomeCode)
			out = append(out, l)
		}
		return nil
	})
	return out, err
}

// ForCase lists the appointments of a case, the latest first.
func (s *Service) ForCase(ctx context.Context, actor access.Actor, id uuid.UUID) (out []Appointment, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListForCase(ctx, db.ListForCaseParams{ServiceID: actor.Service, CasefileID: id})
		if err != nil {
			return fmt.Errorf("list appointments: %w", err)
		}
		for _, r := range rows {
			out = append(out, appointmentOf(r))
		}
		return nil
	})
	return out, err
}

// Upcoming lists the actor's own booked appointments from today on.
func (s *Service) Upcoming(ctx context.Context, actor access.Actor, now time.Time) ([]Appointment, error) {
	own, err := s.own(ctx, actor, clock.Midnight(locale.Day(now)))
	booked := own[:0]
	for _, a := range own {
		if a.State == "booked" {
			booked = append(booked, a)
		}
	}
	return booked, err
}

func (s *Service) own(ctx context.Context, actor access.Actor, from time.Time) (out []Appointment, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListForPerson(ctx, db.ListForPersonParams{OrganisationID: actor.Organisation, PersonID: actor.Person, ServiceID: actor.Service, FromAt: from})
		if err != nil {
			return fmt.Errorf("list own appointments: %w", err)
		}
		for _, r := range rows {
			out = append(out, appointmentOf(r))
		}
		return shown(ctx, tx, out)
	})
	return out, err
}

// Own is what a person sees of their appointments.
type Own struct {
	Upcoming []Appointment
	Offers   []Time
	ToBook   []Case
}

// Mine gathers what the actor has booked, what is held for them and what they can choose a time for.
func (s *Service) Mine(ctx context.Context, actor access.Actor, now time.Time) (o Own, err error) {
	if o.Upcoming, err = s.Upcoming(ctx, actor, now); err != nil {
		return o, err
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		offers, err := q.ListOffers(ctx, db.ListOffersParams{ServiceID: actor.Service, OrganisationID: actor.Organisation, PersonID: actor.Person, At: &now})
		if err != nil {
			return fmt.Errorf("list offers: %w", err)
		}
		for _, r := range offers {
			t := Time{Slot: r.ID, StartsAt: r.StartsAt, Minutes: int(r.Minutes), ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode, Held: true, Case: r.CasefileID}
			t.Until = postgres.Value(r.OfferedUntil)
			o.Offers = append(o.Offers, t)
		}
		rows, err := q.ListToBook(ctx, db.ListToBookParams{ServiceID: actor.Service, OrganisationID: actor.Organisation, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("list cases to book: %w", err)
		}
		for _, r := range rows {
			c := Case{ID: r.ID, Source: r.Source, State: flow.AwaitingBooking, ReceivedAt: r.ReceivedAt}
			c.Pathway = postgres.Value(r.Pathway)
			o.ToBook = append(o.ToBook, c)
		}
		return nil
	})
	return o, err
}

// Opened writes that OH looked at an appointment; the page calls it before it answers.
func (s *Service) Opened(ctx context.Context, actor access.Actor, at time.Time, a Appointment) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "appointment.opened", Kind: "appointment", Object: a.ID, Subject: a.Person, Ground: "appointment"})
	})
}

// freePerPage is how many times a page offers: a week of one clinic, and few enough to read.
const freePerPage = 20

// Time is a slot that can be booked.
type Time struct {
	Slot          uuid.UUID
	StartsAt      time.Time
	Minutes       int
	Role          string
	ClinicianName string
	Site, Mode    string
	Held          bool // held for this case
	Until         time.Time
	Case          uuid.UUID // of an offer
}

// Wanted narrows the times of a list; what is empty takes all.
type Wanted struct {
	Role      string
	From      time.Time
	Mode      string
	Clinician uuid.UUID // for OH only: a person sees every clinician of the role
}

// Offered lists, for OH alone, the times like those of Free that are held for somebody else, up to the end of a page of
// free ones; a zero end is none. They are not free and not booked: a list that left them out would seem to have lost them.
func (s *Service) Offered(ctx context.Context, actor access.Actor, at time.Time, c Case, w Wanted, end time.Time) (out []Time, err error) {
	p := db.ListOfferedParams{ServiceID: actor.Service, Role: w.Role, FromAt: w.From, At: at, CasefileID: &c.ID, Bound: freePerPage}
	if w.From.Before(at) {
		p.FromAt = at
	}
	if w.Mode != "" {
		p.Mode = &w.Mode
	}
	if w.Clinician != uuid.Nil {
		p.Clinician = &w.Clinician
	}
	if !end.IsZero() {
		p.ToAt = &end
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListOffered(ctx, p)
		if err != nil {
			return fmt.Errorf("list offered times: %w", err)
		}
		for _, r := range rows {
			out = append(out, Time{Slot: r.ID, StartsAt: r.StartsAt, Minutes: int(r.Minutes), Role: r.Role, ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode,
				Until: postgres.Value(r.OfferedUntil)})
		}
		return nil
	})
	return out, err
}

// Free lists the times that a case can have; more says that there are later ones. Behind the portal it answers for
// the person: same times, without a row of anybody else's.
func (s *Service) Free(ctx context.Context, actor access.Actor, at time.Time, c Case, w Wanted) (out []Time, more bool, err error) {
	if w.From.Before(at) {
		w.From = at
	}
	var mode *string
	if w.Mode != "" {
		mode = &w.Mode
	}
	var clinician *uuid.UUID
	if w.Clinician != uuid.Nil {
		clinician = &w.Clinician
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if actor.Wall == access.Portal {
			rows, err := q.ListFreeToPerson(ctx, db.ListFreeToPersonParams{ServiceID: actor.Service, Role: w.Role, FromAt: w.From, At: &at, CasefileID: &c.ID,
				OrganisationID: c.Organisation, PersonID: c.Person, Mode: mode, Bound: freePerPage + 1})
			if err != nil {
				return fmt.Errorf("list free times: %w", err)
			}
			for _, r := range rows {
				out = append(out, Time{Slot: r.ID, StartsAt: r.StartsAt, Minutes: int(r.Minutes), Role: r.Role, ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode, Held: r.Held})
			}
			return nil
		}
		rows, err := q.ListFree(ctx, db.ListFreeParams{ServiceID: actor.Service, Role: w.Role, FromAt: w.From, At: &at, CasefileID: &c.ID,
			OrganisationID: c.Organisation, PersonID: c.Person, Mode: mode, Clinician: clinician, Bound: freePerPage + 1})
		if err != nil {
			return fmt.Errorf("list free times: %w", err)
		}
		for _, r := range rows {
			out = append(out, Time{Slot: r.ID, StartsAt: r.StartsAt, Minutes: int(r.Minutes), Role: r.Role, ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode, Held: r.Held})
		}
		return nil
	})
	if len(out) > freePerPage {
		return out[:freePerPage], true, err
	}
	return out, false, err
}
