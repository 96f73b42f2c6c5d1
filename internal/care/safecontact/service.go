package safecontact

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Codes makes the code of a request from its id; platform/seal does, with a key outside the database.
type Codes interface {
	Code(purpose string, id uuid.UUID) string
}

// Deps is what the slice is wired to.
type Deps struct {
	DB    *postgres.DB
	Codes Codes
	// Again queues again, in the transaction in which a contact is verified, what waits for the person in the other slices.
	// Absent: nothing waits.
	Again func(ctx context.Context, tx *postgres.Tx, who message.Again) error
	// Now is the clock of the loader, which runs before a handler has the time of the request.
	Now func() time.Time
}

// Service runs the commands and reads of safe contacts.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service {
	if d.Now == nil {
		d.Now = time.Now
	}
	return &Service{d}
}

// Contact is how somebody is reached, and since when it is known to be theirs; zero where it is not known.
type Contact struct {
	Kind, Address string
	VerifiedAt    time.Time
}

// Event is how a contact became the person's.
type Event struct {
	Kind, Address              string
	Method, Identity, Recorder string // Identity and Recorder only where OH took it down
	At                         time.Time
}

// Mine is what a person reads of their own contact.
type Mine struct {
	Contact
	Service string
	Last    *Event
}

// Own reads how the actor is reached, and how that came about.
func (s *Service) Own(ctx context.Context, actor access.Actor) (m Mine, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.FindContact(ctx, db.FindContactParams{OrganisationID: actor.Organisation, ID: actor.Person})
		if err != nil {
			return missing("person", err)
		}
		m.Contact = contact(p.Kind, p.Address, p.SafeContactVerifiedAt)
		if m.Service, err = q.FindService(ctx, actor.Service); err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find service: %w", err)
		}
		e, err := q.FindLastEvent(ctx, db.FindLastEventParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find how it became theirs: %w", err)
		}
		m.Last = &Event{e.Kind, e.Address, e.Method, e.Identity, e.RecorderName, e.At}
		return nil
	})
	return m, err
}

// contact shows an address only once it is known to be the person's.
func contact(kind, address string, verified *time.Time) Contact {
	if verified == nil {
		return Contact{}
	}
	return Contact{kind, address, *verified}
}

// Case is whom a case is about, for whoever takes down how to reach them.
type Case struct {
	ID, Organisation, Person uuid.UUID
	Name                     string
	Contact                  Contact
	Ground                   string // on which the reader takes down a contact
	Early                    bool   // as one of the team, to whom the record is closed
	Unchecked                bool   // nobody has found the referral complete yet
}

// early are the states in which any of the team looks after a case: it stands in the queue, or they receive whoever comes.
var early = []flow.State{flow.Received, flow.Returned, flow.AwaitingBooking, flow.Booked}

// Find loads a case for a loader; nobody in OH takes down their own contact. A clinician cares for whoever they have a
// relation to, and for everybody who has not been seen yet.
func (s *Service) Find(ctx context.Context, actor access.Actor, id uuid.UUID) (o access.Object, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindCase(ctx, db.FindCaseParams{ServiceID: actor.Service, ID: id})
		if err != nil {
			return missing("case", err)
		}
		if r.PersonID == actor.Person {
			return fault.Missing("case")
		}
		c := Case{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID, Name: r.GivenName + " " + r.FamilyName,
			Contact: contact(r.Kind, r.Address, r.SafeContactVerifiedAt), Ground: "administration",
			Unchecked: flow.State(r.State) == flow.Received && r.CompleteAt == nil}
		o = access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, State: r.State}
		if actor.Role.IsClinician() {
			relation, ground, err := casefile.Relation(ctx, tx, s.d.Now(), c.Organisation, c.Person)
			if err != nil {
				return err
			}
			if relation == "" && slices.Contains(early, flow.State(r.State)) {
				relation, ground, c.Early = access.Care, "case", true
			}
			if relation != "" {
				o.Relations, c.Ground = []access.Relation{relation}, ground
			}
		}
		o.Ground, o.Value = c.Ground, c
		return nil
	})
	return o, err
}

// Unreached is somebody with an open case whom no message reaches safely.
type Unreached struct {
	Case       uuid.UUID
	Name       string
	State      string
	ReceivedAt time.Time
	Mobile     string // of the workforce record: to telephone, not to write to
	AtWork     bool   // messages go to their work e-mail, without a link
}

// most is how many people the list has: telephoning 200 takes a team a week.
const most = 200

// List gives those whom somebody should telephone, the longest waiting first.
func (s *Service) List(ctx context.Context, actor access.Actor, at time.Time) (out []Unreached, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListMissing(ctx, db.ListMissingParams{ServiceID: actor.Service, Reader: actor.Person, Most: most})
		if err != nil {
			return fmt.Errorf("list people without a safe contact: %w", err)
		}
		for _, r := range rows {
			out = append(out, Unreached{r.ID, r.GivenName + " " + r.FamilyName, r.State, r.ReceivedAt, r.Mobile, r.AtWork})
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "safe_contact.listed", Kind: "person"})
	})
	return out, err
}

func missing(what string, err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing(what)
	}
	return fmt.Errorf("find %s: %w", what, err)
}
