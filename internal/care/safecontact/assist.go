package safecontact

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/reach"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Heard is what OH takes down for somebody.
type Heard struct {
	ID               uuid.UUID // from the page: the same form twice is one record
	Kind, Address    string
	Method, Identity string // of Methods and Checks
	ReadBack         bool   // and the person said that it is right
}

// check finds what is missing, besides the address itself.
func (h Heard) check() (faults fault.Fields) {
	if !slices.Contains(AllKinds, h.Kind) {
		faults.Add("kind", "safe_contact.kind.empty")
	}
	if !slices.Contains(Methods, h.Method) {
		faults.Add("method", "safe_contact.method.empty")
	}
	if !slices.Contains(Checks, h.Identity) {
		faults.Add("identity", "safe_contact.identity.empty")
	}
	if !h.ReadBack {
		faults.Add("read_back", "safe_contact.read_back.empty")
	}
	return faults
}

// Recorded is what the workforce record holds to make sure by who somebody is: to call back, or to ask for.
type Recorded struct {
	Reach          reach.Ways
	Born           time.Time
	EmployeeNumber string
}

// Recorded reads it for whoever takes down how to reach the person of a case, and writes first that it was opened.
func (s *Service) Recorded(ctx context.Context, actor access.Actor, at time.Time, c Case) (out Recorded, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "safe_contact.opened", Kind: "person", Object: c.Person, Subject: c.Person, Ground: c.Ground})
		if err != nil {
			return err
		}
		p, err := db.New(tx).FindRecorded(ctx, db.FindRecordedParams{OrganisationID: c.Organisation, ID: c.Person})
		if err != nil {
			return missing("person", err)
		}
		out = Recorded{reach.Of(p.SafeContactKind, p.SafeContact, p.SafeContactVerifiedAt, p.Mobile, p.PersonalEmail, p.WorkEmail), p.DateOfBirth, p.EmployeeNumber}
		return nil
	})
	return out, err
}

// Record takes down how to reach the person of a case (clinical wall): who wrote it, when, how they heard and how they
// made sure who it was. The person reads it on their own page.
func (s *Service) Record(ctx context.Context, actor access.Actor, at time.Time, c Case, in Heard) (faults fault.Fields, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.FindContact(ctx, db.FindContactParams{OrganisationID: c.Organisation, ID: c.Person})
		if err != nil {
			return missing("person", err)
		}
		address, wrong := Clean(in.Kind, in.Address, p.WorkEmail)
		if faults = append(in.check(), wrong...); len(faults) > 0 {
			return nil
		}
		err = s.settle(ctx, tx, at, db.InsertEventParams{OrganisationID: c.Organisation, ID: in.ID, PersonID: c.Person, Kind: in.Kind, Address: address,
			Method: in.Method, Identity: &in.Identity, RecorderAccount: &actor.Account, RecorderName: &actor.Name, At: at})
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "safe_contact.recorded", Kind: "person", Object: c.Person, Subject: c.Person, Ground: c.Ground,
			Detail: map[string]string{"kind": in.Kind, "method": in.Method, "identity": in.Identity}})
	})
	return faults, err
}
