// Package own is what a person sees of their own record, and of who looked at it.
//
// Their record is what was signed and is not withheld from them (clinical.md 7.3, 7.4), counselling notes
// included, and their appointments. It is read under the portal login, whose row policies say the same: a draft, a
// withheld entry or another person's row cannot come out of it.
//
// "Who looked" is the audit log itself: every row whose subject they are, theirs and refused attempts
// included, none left out and none added. It says the role and the service or organisation for each; the name too of those
// OH staff who signed a note of theirs or had an appointment with them, since the portal reads no accounts.
package own

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/note"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// The permissions of this slice.
const (
	Record access.Permission = "record.read_own"
	Looked access.Permission = "record.who_looked"
)

// Rules: each person, of themselves. The pages have no object to load: row policies are the relation.
var Rules = []access.Rule{
	{Permission: Record, Wall: access.Portal, Data: access.D3, Purpose: "Read one's own occupational health record",
		Allow: map[access.Role][]access.Relation{access.Person: {access.Any}}},
	{Permission: Looked, Wall: access.Portal, Data: access.D6, Purpose: "See who opened one's record, and why",
		Allow: map[access.Role][]access.Relation{access.Person: {access.Any}}},
}

// Service reads.
type Service struct {
	db  *postgres.DB
	box sealed.Box
}

// New makes the service.
func New(d *postgres.DB, box sealed.Box) *Service { return &Service{d, box} }

// Mine is a person's own record.
type Mine struct {
	Notes        []Entry
	Appointments []Visit
}

// Entry is a signed note, newest first.
type Entry struct {
	ID       uuid.UUID
	Author   string
	Role     string
	Body     string
	Findings note.Findings
	Addendum bool
	SignedAt time.Time
}

// Visit is one appointment.
type Visit struct {
	Name, Role, Mode, Site, State string
	At                            time.Time
	Agreed                        *bool // to be assessed; nil where nobody asked
}

// Read gives the actor their own record. That they read it is written down too: it is their log.
func (s *Service) Read(ctx context.Context, a access.Actor, at time.Time) (m Mine, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "record.read", Kind: "person", Object: a.Person, Subject: a.Person, Ground: "own"}); err != nil {
			return err
		}
		q := db.New(tx)
		notes, err := q.ListMyNotes(ctx, db.ListMyNotesParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil {
			return fmt.Errorf("list notes: %w", err)
		}
		for _, n := range notes {
			body, findings, err := note.Open(s.box, n.ServiceID, n.ID, n.Body, n.Findings)
			if err != nil {
				return err
			}
			m.Notes = append(m.Notes, Entry{ID: n.ID, Author: n.AuthorName, Role: n.AuthorRole, Body: body, Findings: findings,
				Addendum: n.AddendumTo != nil, SignedAt: n.SignedAt})
		}
		visits, err := q.ListMyAppointments(ctx, db.ListMyAppointmentsParams{OrganisationID: a.Organisation, PersonID: a.Person})
		if err != nil {
			return fmt.Errorf("list appointments: %w", err)
		}
		for _, v := range visits {
			m.Appointments = append(m.Appointments, Visit{v.ClinicianName, v.Role, v.Mode, v.Site, v.State, v.StartsAt, v.Agreed})
		}
		return nil
	})
	return m, err
}

// Look is one row of the audit log about the person.
type Look struct {
	ID     uuid.UUID
	At     time.Time
	Self   bool   // the person themselves
	Name   string // "" unless it is known from their own notes and appointments
	Role   access.Role
	Place  string // the service for OH staff, else the organisation
	Action string
	Ground string // the code before the colon: "glass:<id>" is "glass"
	Denied bool
}

// PerPage is how many looks a page shows.
const PerPage = 50

// Looks gives one page of the log about the actor, counted from 1, newest first, and how many rows there are. To look
// at the log is no look at the record, so it adds no row.
func (s *Service) Looks(ctx context.Context, a access.Actor, page int) (looks []Look, total int, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.CountLooks(ctx, a.Person)
		if err != nil {
			return fmt.Errorf("count looks: %w", err)
		}
		total = int(n)
		rows, err := q.ListLooks(ctx, db.ListLooksParams{PersonID: a.Person, Skip: int32((page - 1) * PerPage), Most: PerPage})
		if err != nil {
			return fmt.Errorf("list looks: %w", err)
		}
		who, err := known(ctx, q, a)
		if err != nil {
			return err
		}
		places := places{q: q, names: map[uuid.UUID]string{}}
		for _, r := range rows {
			l := Look{ID: r.ID, At: r.At, Role: access.Role(r.Role), Action: r.Action, Denied: r.Outcome == "denied", Ground: ground(r.Ground)}
			l.Self = r.ActorPerson != nil && *r.ActorPerson == a.Person && l.Role == access.Person
			if r.ActorAccount != nil {
				l.Name = who[*r.ActorAccount]
			}
			if l.Place, err = places.of(ctx, l.Role, r.ServiceID, r.OrganisationID, r.At); err != nil {
				return err
			}
			looks = append(looks, l)
		}
		return nil
	})
	return looks, total, err
}

// known gives the names of OH staff that the person has met on paper: by account.
func known(ctx context.Context, q *db.Queries, a access.Actor) (map[uuid.UUID]string, error) {
	who := map[uuid.UUID]string{}
	notes, err := q.ListMyNotes(ctx, db.ListMyNotesParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if err != nil {
		return nil, fmt.Errorf("list authors: %w", err)
	}
	for _, n := range notes {
		who[n.AuthorAccount] = n.AuthorName
	}
	visits, err := q.ListMyAppointments(ctx, db.ListMyAppointmentsParams{OrganisationID: a.Organisation, PersonID: a.Person})
	if err != nil {
		return nil, fmt.Errorf("list clinicians: %w", err)
	}
	for _, v := range visits {
		who[v.ClinicianAccount] = v.ClinicianName
	}
	return who, nil
}

// places finds the names of services and organisations, each once.
type places struct {
	q     *db.Queries
	names map[uuid.UUID]string
}

func (p places) of(ctx context.Context, role access.Role, service, organisation *uuid.UUID, at time.Time) (string, error) {
	id := organisation
	if role.AtService() && service != nil {
		id = service
	}
	if id == nil {
		return "", nil
	}
	if name, ok := p.names[*id]; ok {
		return name, nil
	}
	var name string
	var err error
	if id == service {
		name, err = p.q.ServiceName(ctx, *id)
	} else {
		name, err = p.q.OrganisationName(ctx, db.OrganisationNameParams{OrganisationID: *id, OnDay: at})
	}
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return "", fmt.Errorf("find place: %w", err)
	}
	p.names[*id] = name
	return name, nil
}

// ground leaves the id away: the person reads that glass was broken; the id is for the privacy officer.
func ground(g string) string {
	for i := range g {
		if g[i] == ':' {
			return g[:i]
		}
	}
	return g
}
