package outreach

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/outreach/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pack"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Lists is the pack that comes with the program.
var Lists = pack.Once(LoadPack)

// Service runs the events.
type Service struct {
	db   *postgres.DB
	pack Pack
}

// New makes the service.
func New(db *postgres.DB) *Service { return &Service{db, Lists()} }

// Pack gives the rules that hold.
func (s *Service) Pack() Pack { return s.pack }

// do runs a command in one transaction with its audit row; one that changes nothing leaves none.
func (s *Service) do(ctx context.Context, a access.Actor, at time.Time, action string, event uuid.UUID, fn func(*db.Queries) (n int64, err error)) error {
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := fn(db.New(tx))
		if err != nil || n == 0 {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "outreach_event", Object: event})
	})
}

// Held is an event with what came of it.
type Held struct {
	Event
	Tally
}

// Board lists the events of the service from two years ago on: what is ahead by its day, what is over the newest first.
func (s *Service) Board(ctx context.Context, a access.Actor, now time.Time) (ahead, over []Held, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		all, err := events(ctx, q, a.Service, now.AddDate(-2, 0, 0), nil)
		if err != nil {
			return err
		}
		rows, err := q.ListGuests(ctx, db.ListGuestsParams{ServiceID: a.Service})
		if err != nil {
			return fmt.Errorf("list who signed up: %w", err)
		}
		guests := map[uuid.UUID][]Guest{}
		for _, r := range rows {
			guests[r.EventID] = append(guests[r.EventID], guest(r))
		}
		for _, e := range all {
			h := Held{e, Count(e, guests[e.ID])}
			if now.Before(e.Ends()) {
				ahead = append(ahead, h)
			} else {
				over = append([]Held{h}, over...)
			}
		}
		return nil
	})
	return ahead, over, err
}

// View is an event with everything about it.
type View struct {
	Event
	Tally
	Steps  []Step
	Roles  map[string]string // who does it, by the code of the role
	Guests []Guest
}

// Leads are those who may be written to.
func (v View) Leads() (out []Guest) {
	for _, g := range v.Guests {
		if g.Lead() {
			out = append(out, g)
		}
	}
	return out
}

// Find reads one.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (v View, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if v.Event, err = event(ctx, q, a.Service, id); err != nil {
			return err
		}
		steps, err := q.ListSteps(ctx, db.ListStepsParams{ServiceID: a.Service, EventID: id})
		if err != nil {
			return fmt.Errorf("list steps: %w", err)
		}
		var done []Step
		for _, x := range steps {
			done = append(done, Step{Code: x.Code, Done: civil.Of(x.DoneOn), By: x.ByName})
		}
		v.Steps = s.pack.Plan(v.Event, done)
		roles, err := q.ListRoles(ctx, db.ListRolesParams{ServiceID: a.Service, EventID: id})
		if err != nil {
			return fmt.Errorf("list roles: %w", err)
		}
		v.Roles = map[string]string{}
		for _, x := range roles {
			v.Roles[x.Code] = x.Name
		}
		rows, err := q.ListGuests(ctx, db.ListGuestsParams{ServiceID: a.Service, EventID: &id})
		if err != nil {
			return fmt.Errorf("list who signed up: %w", err)
		}
		for _, r := range rows {
			v.Guests = append(v.Guests, guest(r))
		}
		v.Tally = Count(v.Event, v.Guests)
		return nil
	})
	return v, err
}

func guest(r db.ListGuestsRow) Guest {
	return Guest{r.ID, r.Name, r.Email, r.MayWrite, r.Interest, r.State, r.Outcome, civil.FromNull(r.OutcomeOn), r.OutcomeBy}
}

func events(ctx context.Context, q *db.Queries, service uuid.UUID, since time.Time, id *uuid.UUID) ([]Event, error) {
	rows, err := q.ListEvents(ctx, db.ListEventsParams{ServiceID: service, Since: since, ID: id})
	if err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	out := make([]Event, len(rows))
	for i, r := range rows {
		e := Event{ID: r.ID, Service: service, Kind: r.Kind, Title: r.Title, About: r.About, Starts: r.StartsAt, Minutes: int(r.Minutes), Place: r.Place, Places: int(r.Places), Taken: int(r.Taken),
			Opened: r.OpenedAt != nil, Off: r.CancelledAt != nil, Marked: r.MarkedAt != nil, WalkIns: int(r.WalkIns), Hours: r.Hours, Forgotten: locale.DayIf(r.ForgottenAt)}
		if r.Pounds != nil {
			pounds := int(*r.Pounds)
			e.Pounds = &pounds
		}
		if t := r.Tally; len(t) == 5 {
			e.Tally = Tally{int(t[0]), int(t[1]), int(t[2]), int(t[3]), int(t[4])}
		}
		out[i] = e
	}
	return out, nil
}

func event(ctx context.Context, q *db.Queries, service, id uuid.UUID) (Event, error) {
	all, err := events(ctx, q, service, time.Time{}, &id)
	if err != nil {
		return Event{}, err
	}
	if len(all) == 0 {
		return Event{}, fault.Missing("event")
	}
	return all[0], nil
}

// changed is what somebody is told whose page is older than what it shows.
func changed() error { return fault.New(fault.Conflict, "outreach.changed") }

// refuse makes an error of what a command's caller should have seen on the form.
func refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}
