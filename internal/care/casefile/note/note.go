package note

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB     *postgres.DB
	Ledger activity.Ledger
	Box    sealed.Box
}

// Service reads and writes notes and opinions.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Note is one note.
type Note struct {
	ID, Appointment, Author, AddendumTo uuid.UUID
	AuthorName, AuthorRole, Body        string
	Findings                            Findings
	Restricted                          bool
	SavedAt, SignedAt                   time.Time   // zero: never saved, not signed
	Withheld                            Withholding // zero: the person may read it
	UnderWithheld                       bool        // an addendum to a withheld note, which the person does not read either
}

// Signed says whether the note is locked.
func (n Note) Signed() bool { return !n.SignedAt.IsZero() }

// Find reads a note of a loaded case. A draft of somebody else is missing, as is a counsellor's reader of anything
// but their own; reading a signed note is written to the audit log first. An author's own draft is not: the opening of
// the case was, and nobody learns anything from their own words.
func (s *Service) Find(ctx context.Context, a access.Actor, at time.Time, o access.Object, id uuid.UUID) (n Note, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if n, err = s.find(ctx, tx, o.ID, id); err != nil || !n.Signed() {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "note.read", Kind: "note", Object: id, Subject: o.Subject, Ground: o.Ground})
	})
	return n, err
}

func (s *Service) find(ctx context.Context, tx *postgres.Tx, casefileID, id uuid.UUID) (Note, error) {
	x, err := db.New(tx).FindNote(ctx, db.FindNoteParams{ServiceID: tx.Actor.Service, CasefileID: casefileID, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Note{}, fault.Missing("note")
	}
	if err != nil {
		return Note{}, fmt.Errorf("find note: %w", err)
	}
	mine := x.AuthorAccount == tx.Actor.Account
	if !mine && (x.SignedAt == nil || !casefile.SightOf(tx.Actor.Role).Clinical) {
		return Note{}, fault.Missing("note")
	}
	n := Note{ID: x.ID, Author: x.AuthorAccount, AuthorName: x.AuthorName, AuthorRole: x.AuthorRole, Restricted: x.Restricted, SavedAt: x.SavedAt,
		UnderWithheld: x.UnderWithheld}
	if n.Body, n.Findings, err = Open(s.d.Box, tx.Actor.Service, id, x.Body, x.Findings); err != nil {
		return Note{}, err
	}
	if n.Withheld.Reason, err = s.d.Box.Open(sealed.NoteWithheld, tx.Actor.Service, id, x.WithheldReason); err != nil {
		return Note{}, err
	}
	if n.Withheld.Why, err = s.d.Box.Open(sealed.NoteWithheldWhy, tx.Actor.Service, id, x.WithheldWhy); err != nil {
		return Note{}, err
	}
	set(&n.Appointment, x.AppointmentID)
	set(&n.AddendumTo, x.AddendumTo)
	set(&n.SignedAt, x.SignedAt)
	set(&n.Withheld.ReviewOn, x.WithheldReviewOn)
	return n, nil
}

// Begin says with which note an author goes on: their unsigned draft on the case if they have one, so that a
// reload or a second tab opens no second; else a new id, and what is known of the visit it will tell of.
func (s *Service) Begin(ctx context.Context, a access.Actor, casefileID uuid.UUID) (id uuid.UUID, draft bool, minutes int, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		id, err = q.FindDraft(ctx, db.FindDraftParams{ServiceID: a.Service, CasefileID: casefileID, Account: a.Account})
		if err == nil {
			draft = true
			return nil
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find draft: %w", err)
		}
		seen, err := q.LastSeen(ctx, db.LastSeenParams{ServiceID: a.Service, CasefileID: casefileID, Account: a.Account})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find visit: %w", err)
		}
		minutes = int(seen.Minutes)
		id, err = uuid.NewV7()
		return err
	})
	return id, draft, minutes, err
}

// Hours gives the contracted hours of the person's post on a day, or 0 when they have none.
func (s *Service) Hours(ctx context.Context, a access.Actor, at time.Time, c casefile.Case) (hours float64, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		post, err := db.New(tx).FindPost(ctx, db.FindPostParams{OrganisationID: c.Organisation, PersonID: c.Person, OnDay: at})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find post: %w", err)
		}
		hours = post.Hours
		return nil
	})
	return hours, err
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// OwnLast finds the note that the actor signed last in a case, from which they write the report; false when there is none.
func (s *Service) OwnLast(ctx context.Context, a access.Actor, at time.Time, o access.Object) (n Note, ok bool, err error) {
	var id uuid.UUID
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		id, err = db.New(tx).FindOwnLastNote(ctx, db.FindOwnLastNoteParams{ServiceID: a.Service, CasefileID: o.ID, Account: a.Account})
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return Note{}, false, nil
	}
	if err != nil {
		return Note{}, false, fmt.Errorf("find the last note: %w", err)
	}
	n, err = s.Find(ctx, a, at, o, id)
	return n, err == nil, err
}
