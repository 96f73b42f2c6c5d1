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
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Draft is what the page of a note holds. The id is the page's.
type Draft struct {
	ID         uuid.UUID
	Body       string
	Findings   Findings
	AddendumTo uuid.UUID
	Withhold   Withholding
}

// ErrLocked answers a save that came after the signature, from a second tab or an autosave on its way.
var ErrLocked = fault.New(fault.Conflict, "note.locked")

// Save keeps a draft as it stands, complete or not. No audit row: a draft shows nothing to anybody, and every 20
// seconds would bury the trail; its first reading and its signature are recorded.
func (s *Service) Save(ctx context.Context, a access.Actor, at time.Time, c casefile.Case, in Draft) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return s.save(ctx, tx, at, c, in) })
}

func (s *Service) save(ctx context.Context, tx *postgres.Tx, at time.Time, c casefile.Case, in Draft) error {
	q, a := db.New(tx), tx.Actor
	body, findings, err := in.Seal(s.d.Box, a.Service)
	if err != nil {
		return err
	}
	row := db.SaveNoteParams{ServiceID: a.Service, ID: in.ID, CasefileID: c.ID, OrganisationID: c.Organisation, PersonID: c.Person,
		Restricted: a.Role == access.Counsellor, AuthorAccount: a.Account, AuthorName: a.Name, AuthorRole: string(a.Role),
		Body: body, Findings: findings, SavedAt: at, WithheldReviewOn: opt(in.Withhold.ReviewOn)}
	if row.WithheldReason, row.WithheldWhy, err = in.Withhold.seal(s.d.Box, a.Service, in.ID); err != nil {
		return err
	}
	if in.AddendumTo != uuid.Nil {
		row.AddendumTo = &in.AddendumTo
	} else {
		seen, err := q.LastSeen(ctx, db.LastSeenParams{ServiceID: a.Service, CasefileID: c.ID, Account: a.Account})
		switch {
		case err == nil:
			row.AppointmentID = &seen.ID
		case !errors.Is(err, pgx.ErrNoRows):
			return fmt.Errorf("find visit: %w", err)
		}
	}
	n, err := q.SaveNote(ctx, row)
	if err != nil {
		return fmt.Errorf("save note: %w", err)
	}
	if n > 0 {
		return nil
	}
	old, err := s.find(ctx, tx, c.ID, in.ID)
	if err == nil && old.Author != a.Account {
		err = fault.Missing("note") // the id is a colleague's note: nothing is said of it
	}
	if err != nil {
		return err
	}
	return ErrLocked
}

// Faults is what keeps a note from being signed at a time.
func (in Draft) Faults(at time.Time) fault.Fields {
	return append(ToSign(in.Findings, in.Body, in.AddendumTo != uuid.Nil), in.Withhold.Check(casefile.DayOf(at))...)
}

// Sign saves and locks a note, withheld from the person if that is asked, and records the contact that it tells of. Signing again what is signed changes
// nothing. Faults are what the note lacks; then nothing is signed, but what was typed is saved.
func (s *Service) Sign(ctx context.Context, a access.Actor, at time.Time, c casefile.Case, in Draft) (fault.Fields, error) {
	if faults := in.Faults(at); len(faults) > 0 {
		if in.AddendumTo != uuid.Nil {
			return faults, nil
		}
		return faults, s.Save(ctx, a, at, c, in)
	}
	return nil, s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if old, err := s.find(ctx, tx, c.ID, in.ID); err == nil && old.Signed() && old.Author == a.Account {
			return nil // a double click
		} else if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err := s.save(ctx, tx, at, c, in); err != nil {
			return err
		}
		if _, err := db.New(tx).SignNote(ctx, db.SignNoteParams{ServiceID: a.Service, ID: in.ID, Account: a.Account, At: &at}); err != nil {
			return fmt.Errorf("sign note: %w", err)
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "note.signed", Kind: "note", Object: in.ID, Subject: c.Person}); err != nil {
			return err
		}
		if in.Withhold.Reason != "" {
			if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "note.withheld", Kind: "note", Object: in.ID, Subject: c.Person}); err != nil {
				return err
			}
		}
		if in.AddendumTo != uuid.Nil || in.Findings.Contact.Class == "none" {
			return nil
		}
		return s.contact(ctx, tx, at, c, in)
	})
}

// contact records the contact of a note under the note's own id, so that there is one for each.
func (s *Service) contact(ctx context.Context, tx *postgres.Tx, at time.Time, c casefile.Case, in Draft) error {
	a, k := tx.Actor, in.Findings.Contact
	n, err := db.New(tx).InsertContact(ctx, db.InsertContactParams{ServiceID: a.Service, ID: in.ID, CasefileID: c.ID, Class: k.Class, Role: string(a.Role),
		Minutes: int32(k.Minutes), ByAccount: a.Account, At: at})
	if err != nil {
		return fmt.Errorf("insert contact: %w", err)
	}
	if n == 0 {
		return nil
	}
	if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: string(activity.ContactRecorded), Kind: "contact", Object: in.ID, Subject: c.Person}); err != nil {
		return err
	}
	row, err := casefile.Activity(ctx, tx, c, activity.ContactRecorded, at)
	if err != nil {
		return err
	}
	row.Codes.Class, row.Codes.Outcome, row.Codes.Minutes = k.Class, string(a.Role), k.Minutes
	return s.d.Ledger.Append(ctx, tx, row)
}
