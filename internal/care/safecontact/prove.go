package safecontact

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Ask is an address that a person gives. The page sends the id, so the same click twice sends one code.
type Ask struct {
	ID            uuid.UUID
	Kind, Address string
}

// Ask sends a code to the address (portal wall). Nothing changes until it is typed.
func (s *Service) Ask(ctx context.Context, actor access.Actor, at time.Time, in Ask) (faults fault.Fields, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.FindContact(ctx, db.FindContactParams{OrganisationID: actor.Organisation, ID: actor.Person})
		if err != nil {
			return missing("person", err)
		}
		address, wrong := Clean(in.Kind, in.Address, p.WorkEmail)
		if faults = wrong; len(faults) > 0 {
			return nil
		}
		if err := q.LockContact(ctx, db.LockContactParams{OrganisationID: actor.Organisation, ID: actor.Person}); err != nil {
			return fmt.Errorf("lock contact: %w", err)
		}
		sent, err := q.CountProofs(ctx, db.CountProofsParams{OrganisationID: actor.Organisation, PersonID: actor.Person, Since: at.Add(-24 * time.Hour)})
		if err != nil {
			return fmt.Errorf("count codes: %w", err)
		}
		if sent >= PerDay {
			faults.Add("address", "safe_contact.address.often")
			return nil
		}
		n, err := q.InsertProof(ctx, db.InsertProofParams{OrganisationID: actor.Organisation, ID: in.ID, PersonID: actor.Person, Kind: in.Kind, Address: address, AskedAt: at, ExpiresAt: at.Add(Valid)})
		if err != nil {
			return fmt.Errorf("keep the address: %w", err)
		}
		if n == 0 {
			return nil
		}
		err = message.Queue(ctx, tx, message.Out{Key: "contact_code:" + in.ID.String(), Organisation: actor.Organisation, Service: actor.Service, To: actor.Person,
			Capacity: message.Self, Template: "contact_code", LinkPurpose: message.Code, LinkObject: in.ID, At: at})
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "safe_contact.asked", Kind: "person", Object: actor.Person, Subject: actor.Person, Ground: "own", Detail: map[string]string{"kind": in.Kind}})
	})
	return faults, err
}

// Prove makes the address of the newest code the safe contact, if the code is the one that was sent there. A wrong
// one counts, and stays counted.
func (s *Service) Prove(ctx context.Context, actor access.Actor, at time.Time, code string) (faults fault.Fields, err error) {
	code = strings.NewReplacer(" ", "", "-", "").Replace(code)
	if code == "" {
		faults.Add("code", "safe_contact.code.empty")
		return faults, nil
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.LockProof(ctx, db.LockProofParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return fault.Missing("code")
		case err != nil:
			return fmt.Errorf("find the code: %w", err)
		case p.ProvedAt != nil:
			return nil
		case !at.Before(p.ExpiresAt):
			faults.Add("code", "safe_contact.code.expired")
			return nil
		case p.Attempts >= Tries:
			faults.Add("code", "safe_contact.code.spent")
			return nil
		}
		if err := q.CountAttempt(ctx, db.CountAttemptParams{OrganisationID: actor.Organisation, ID: p.ID}); err != nil {
			return fmt.Errorf("count the try: %w", err)
		}
		own := audit.Entry{At: at, Action: "safe_contact.proved", Kind: "person", Object: actor.Person, Subject: actor.Person, Ground: "own", Detail: map[string]string{"kind": p.Kind}}
		if subtle.ConstantTimeCompare([]byte(code), []byte(s.d.Codes.Code(message.Code, p.ID))) != 1 {
			key := "safe_contact.code.wrong"
			if p.Attempts+1 >= Tries {
				key = "safe_contact.code.spent"
			}
			faults.Add("code", key)
			own.Action = "safe_contact.failed"
			return audit.Append(ctx, tx, own)
		}
		if err := q.NoteProved(ctx, db.NoteProvedParams{OrganisationID: actor.Organisation, ID: p.ID, At: &at}); err != nil {
			return fmt.Errorf("note that it is proved: %w", err)
		}
		err = s.settle(ctx, tx, at, db.InsertEventParams{OrganisationID: actor.Organisation, ID: p.ID, PersonID: actor.Person, Kind: p.Kind, Address: p.Address, Method: "code", At: at})
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, own)
	})
	return faults, err
}

// settle keeps how a contact became the person's and makes it the one that messages go to: from here on, and of those
// before, the ones that still wait for the person.
func (s *Service) settle(ctx context.Context, tx *postgres.Tx, at time.Time, e db.InsertEventParams) error {
	q := db.New(tx)
	n, err := q.InsertEvent(ctx, e)
	if err != nil {
		return fmt.Errorf("keep how it became theirs: %w", err)
	}
	if n == 0 { // the same form again
		return nil
	}
	if err := q.SetContact(ctx, db.SetContactParams{OrganisationID: e.OrganisationID, ID: e.PersonID, Kind: e.Kind, Address: e.Address, At: at}); err != nil {
		return fmt.Errorf("set safe contact: %w", err)
	}
	if s.d.Again == nil {
		return nil
	}
	return s.d.Again(ctx, tx, message.Again{Organisation: e.OrganisationID, Person: e.PersonID, Event: e.ID, At: at})
}
