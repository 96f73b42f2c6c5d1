package appointment

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/reach"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Clinician is somebody who holds clinics.
type Clinician struct {
	Account uuid.UUID
	Name    string
	Role    access.Role
}

// Deps is what the slice needs.
type Deps struct {
	DB       *postgres.DB
	Ledger   activity.Ledger
	Calendar *workday.Calendar
	// Clinicians lists the registered staff of a service; accounts live behind the hall wall, which no page of
	// this slice can reach.
	Clinicians func(ctx context.Context, service uuid.UUID) ([]Clinician, error)
	// Now is the clock of the jobs; commands get their time from the caller.
	Now func() time.Time
}

// Service does what the package says.
type Service struct{ d Deps }

// New makes a service.
func New(d Deps) *Service { return &Service{d} }

// Appointment is one appointment, in whatever state.
type Appointment struct {
	ID, Case, Organisation, Person, Slot uuid.UUID
	Shown                                bool // to whoever referred the person: when it is, and whether they came
	Clinician                            uuid.UUID
	ClinicianName, Role, Kind            string
	Mode, Site                           string
	StartsAt                             time.Time
	Minutes                              int
	State, Outcome                       string
	Missed                               int // of the whole case; set where a page asks for one appointment
	BookedAt                             time.Time
	Name                                 string
	Reach                                reach.Ways // behind the clinical wall, where a page asks for one appointment
	CaseState                            flow.State
}

func appointmentOf(r db.Appointment) Appointment {
	a := Appointment{ID: r.ID, Case: r.CasefileID, Organisation: r.OrganisationID, Person: r.PersonID, Slot: r.SlotID,
		Clinician: r.ClinicianAccount, ClinicianName: r.ClinicianName, Role: r.Role, Kind: r.Kind, Mode: r.Mode, Site: r.Site,
		StartsAt: r.StartsAt, Minutes: int(r.Minutes), State: r.State, BookedAt: r.BookedAt}
	a.Outcome = postgres.Value(r.OutcomeCode)
	return a
}

// Case is what booking needs to know of a case.
type Case struct {
	ID, Organisation, Person  uuid.UUID
	Name                      string
	Reach                     reach.Ways // behind the clinical wall
	Source, Priority, Pathway string
	State                     flow.State
	Seen                      bool // the person has been seen: the next appointment is a review
	Shown                     bool // an appointment booked now shows to a referrer: of the case, or of one merged into it
	referral                  *uuid.UUID
	reason                    string
	ReceivedAt                time.Time
}

// FindCase loads a case for a loader. Behind the portal it is the person's own; in OH it must be live, and not
// the reader's own.
func (s *Service) FindCase(ctx context.Context, actor access.Actor, id uuid.UUID) (access.Object, error) {
	var c Case
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) (err error) {
		if c, err = findCase(ctx, tx, id); err == nil {
			c.Name, c.Reach, err = whoIs(ctx, tx, c.Organisation, c.Person)
		}
		return err
	})
	if err != nil {
		return access.Object{}, err
	}
	o := access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, State: string(c.State), Value: c}
	o.Relations, o.Ground = relation(actor, c.Person, "case")
	if !c.State.Live() {
		o.Relations = nil
	}
	return o, nil
}

// Find loads an appointment for a loader.
func (s *Service) Find(ctx context.Context, actor access.Actor, id uuid.UUID) (access.Object, error) {
	var a Appointment
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err := db.New(tx).FindAppointment(ctx, db.FindAppointmentParams{ServiceID: actor.Service, ID: id})
		if err != nil {
			return missing("appointment", err)
		}
		a = appointmentOf(r)
		c, err := findCase(ctx, tx, a.Case)
		if err != nil {
			return err
		}
		a.CaseState = c.State
		n, err := db.New(tx).CountMissed(ctx, db.CountMissedParams{ServiceID: actor.Service, CasefileID: a.Case})
		if err != nil {
			return fmt.Errorf("count missed: %w", err)
		}
		a.Missed = int(n)
		one := []Appointment{a}
		if err := shown(ctx, tx, one); err != nil {
			return err
		}
		a = one[0]
		a.Name, a.Reach, err = whoIs(ctx, tx, a.Organisation, a.Person)
		return err
	})
	if err != nil {
		return access.Object{}, err
	}
	o := access.Object{Kind: "appointment", ID: a.ID, Subject: a.Person, State: a.State, Value: a}
	o.Relations, o.Ground = relation(actor, a.Person, "appointment")
	return o, nil
}

func relation(actor access.Actor, person uuid.UUID, ground string) ([]access.Relation, string) {
	if person == actor.Person {
		return []access.Relation{access.Own}, "own"
	}
	return []access.Relation{access.Care}, ground
}

func findCase(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Case, error) {
	r, err := db.New(tx).FindCase(ctx, db.FindCaseParams{ServiceID: tx.Actor.Service, ID: id})
	if err != nil {
		return Case{}, missing("case", err)
	}
	c := Case{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID, Source: r.Source, State: flow.State(r.State), Seen: r.Seen, Shown: r.Shown,
		referral: r.ReferralID, reason: r.Reason, ReceivedAt: r.ReceivedAt}
	c.Priority = postgres.Value(r.Priority)
	c.Pathway = postgres.Value(r.Pathway)
	return c, nil
}

// lockCase keeps a case from moving until the transaction ends. Every command locks the case before it looks at
// an appointment, so two never wait for each other. Nobody in OH acts on a case of their own.
func lockCase(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Case, error) {
	if err := db.New(tx).LockCase(ctx, db.LockCaseParams{ServiceID: tx.Actor.Service, ID: id}); err != nil {
		return Case{}, fmt.Errorf("lock case: %w", err)
	}
	c, err := findCase(ctx, tx, id)
	if err == nil && (c.Person == tx.Actor.Person) != (tx.Actor.Wall == access.Portal) {
		return Case{}, fault.Missing("case")
	}
	return c, err
}

// lock locks the case of an appointment, then the appointment.
func lock(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Case, Appointment, error) {
	q := db.New(tx)
	r, err := q.FindAppointment(ctx, db.FindAppointmentParams{ServiceID: tx.Actor.Service, ID: id})
	if err != nil {
		return Case{}, Appointment{}, missing("appointment", err)
	}
	c, err := lockCase(ctx, tx, r.CasefileID)
	if err != nil {
		return Case{}, Appointment{}, err
	}
	r, err = q.LockAppointment(ctx, db.LockAppointmentParams{ServiceID: tx.Actor.Service, ID: id})
	if err != nil {
		return Case{}, Appointment{}, missing("appointment", err)
	}
	return c, appointmentOf(r), nil
}

func missing(what string, err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing(what)
	}
	return fmt.Errorf("find %s: %w", what, err)
}

// whoIs gives the name of a person and how to reach them. Of an organisation that the service no longer serves there
// is neither.
func whoIs(ctx context.Context, tx *postgres.Tx, organisation, person uuid.UUID) (string, reach.Ways, error) {
	p, err := db.New(tx).FindPerson(ctx, db.FindPersonParams{OrganisationID: organisation, ID: person})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", reach.Ways{}, nil
	}
	if err != nil {
		return "", reach.Ways{}, fmt.Errorf("find person: %w", err)
	}
	return p.GivenName + " " + p.FamilyName, reach.Of(p.SafeContactKind, p.SafeContact, p.SafeContactVerifiedAt, p.Mobile, p.PersonalEmail, p.WorkEmail), nil
}

// record writes what happened to an appointment, for the audit trail and the ledger.
func (s *Service) record(ctx context.Context, tx *postgres.Tx, c Case, id uuid.UUID, kind activity.Kind, at time.Time, outcome string) error {
	detail := map[string]string{}
	if outcome != "" {
		detail["outcome"] = outcome
	}
	err := audit.Append(ctx, tx, audit.Entry{At: at, Action: string(kind), Kind: "appointment", Object: id, Subject: c.Person, Ground: "case", Detail: detail})
	if err != nil {
		return err
	}
	codes := activity.Codes{Source: c.Source, Reason: c.reason, Priority: c.Priority, Outcome: outcome}
	post, err := db.New(tx).FindPost(ctx, db.FindPostParams{OrganisationID: c.Organisation, PersonID: c.Person, OnDay: locale.Day(at).UTC()})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("find post: %w", err)
	}
	codes.StaffGroup, codes.Band, codes.Site, codes.Team = post.StaffGroup, post.Band, post.Site, post.Team
	return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: kind, At: at, Organisation: c.Organisation, Service: tx.Actor.Service,
		Person: c.Person, Case: c.ID, Actor: tx.Actor.Account, Codes: codes})
}

// tell queues a message to the person. It says when, and nothing else.
func tell(ctx context.Context, tx *postgres.Tx, c Case, template string, event uuid.UUID, starts, at time.Time) error {
	return queue(ctx, tx, c, template, event, at, map[string]string{"when": locale.DateTime(starts)})
}

func queue(ctx context.Context, tx *postgres.Tx, c Case, template string, event uuid.UUID, at time.Time, args map[string]string) error {
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + event.String(), Organisation: c.Organisation, Service: tx.Actor.Service, To: c.Person,
		Capacity: message.Self, Template: template, Args: args, LinkPurpose: "my", At: at})
}

// tellWhen queues a message about a time: when it is, how, and where. Neither the clinician nor their profession is
// in it.
func tellWhen(ctx context.Context, tx *postgres.Tx, c Case, template string, event uuid.UUID, t Time, at time.Time) error {
	args, err := when(ctx, tx, c.Organisation, c.Person, t)
	if err != nil {
		return err
	}
	return queue(ctx, tx, c, template, event, at, args)
}

// when are the arguments of such a message.
func when(ctx context.Context, tx *postgres.Tx, organisation, person uuid.UUID, t Time) (map[string]string, error) {
	how := "appointment.told." + t.Mode
	if t.Mode == "phone" {
		_, ways, err := whoIs(ctx, tx, organisation, person)
		if err != nil {
			return nil, err
		}
		if ways.Phone() == "" {
			how += "_unknown"
		}
	}
	return map[string]string{"when": locale.DateTime(t.StartsAt), "how": locale.T(ctx, how, "site", t.Site)}, nil
}

// Again tells somebody who can be reached from now on of each appointment that is to come, and of each time held for them.
func (s *Service) Again(ctx context.Context, tx *postgres.Tx, who message.Again) error {
	q, service := db.New(tx), tx.Actor.Service
	booked, err := q.ListForPerson(ctx, db.ListForPersonParams{OrganisationID: who.Organisation, PersonID: who.Person, ServiceID: service, FromAt: who.At})
	if err != nil {
		return fmt.Errorf("list appointments to come: %w", err)
	}
	held, err := q.ListHeldFor(ctx, db.ListHeldForParams{ServiceID: service, OrganisationID: who.Organisation, PersonID: who.Person, At: &who.At})
	if err != nil {
		return fmt.Errorf("list times held: %w", err)
	}
	say := func(template, what string, t Time) error {
		out := who.Out(service, template, what)
		if out.Args, err = when(ctx, tx, who.Organisation, who.Person, t); err != nil {
			return err
		}
		return message.Queue(ctx, tx, out)
	}
	for _, a := range booked {
		if a.State != "booked" {
			continue
		}
		if err := say("appointment_booked", a.ID.String(), Time{StartsAt: a.StartsAt, Mode: a.Mode, Site: a.Site}); err != nil {
			return err
		}
	}
	for _, t := range held {
		if err := say("appointment_offered", t.ID.String()+":"+t.CasefileID.String(), Time{StartsAt: t.StartsAt, Mode: t.Mode, Site: t.Site}); err != nil {
			return err
		}
	}
	return nil
}

// tellReferrer queues a message to a manager or HR adviser who referred. The event and the referral make it once:
// an appointment may serve several referrals, and a self-referral has nobody to tell.
func tellReferrer(ctx context.Context, tx *postgres.Tx, c Case, template string, event, referral, to uuid.UUID, at time.Time) error {
	return message.Queue(ctx, tx, message.Out{Key: template + ":" + uuid.NewSHA1(event, referral[:]).String(), Organisation: c.Organisation, Service: tx.Actor.Service, To: to,
		Capacity: message.Work, Template: template, At: at})
}

// shown marks which of some appointments a referrer sees.
func shown(ctx context.Context, tx *postgres.Tx, list []Appointment) error {
	ids := make([]uuid.UUID, len(list))
	for i, a := range list {
		ids[i] = a.ID
	}
	seen, err := db.New(tx).ListShown(ctx, db.ListShownParams{ServiceID: tx.Actor.Service, Ids: ids})
	if err != nil {
		return fmt.Errorf("list shown appointments: %w", err)
	}
	for i := range list {
		list[i].Shown = slices.Contains(seen, list[i].ID)
	}
	return nil
}

func known(list []string, v string) bool { return slices.Contains(list, v) }
