// Package own is what a person sees of their own record, and of who looked at it.
//
// Their record is what was signed and is not withheld from them (clinical.md 7.3, 7.4), counselling notes
// included, and their appointments. It is read under the portal login, whose row policies say the same: a draft, a
// withheld entry or another person's row cannot come out of it.
//
// "Who looked" is the audit log itself: every row whose subject they are, theirs and refused attempts included, none
// left out and none added. What somebody did again on one day is one line with its count. A line names who acted for
// their work, whether the person knows them or not, as the row has kept it, with role and place; what they did; and why
// they could (why.go).
package own

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

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
	Outcome                       string // why it ended, where it did without being held
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
			m.Appointments = append(m.Appointments, Visit{v.ClinicianName, v.Role, v.Mode, v.Site, v.State, postgres.Value(v.OutcomeCode), v.StartsAt, v.Agreed})
		}
		return nil
	})
	return m, err
}
