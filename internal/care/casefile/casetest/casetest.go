// Package casetest puts cases, appointments and tasks into a test's world, for the tests of the clinical record.
// It writes rows under the same logins as the slices that own them.
package casetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/casefile"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Bench is a world with the means to put things into it.
type Bench struct {
	T      testing.TB
	DB     *postgres.DB
	W      *world.World
	Now    time.Time
	Ledger activity.Ledger
	Box    sealed.Box
}

// New makes a world of its own for a test.
func New(t testing.TB) *Bench {
	t.Helper()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	db := world.Open(t)
	return &Bench{T: t, DB: db, W: world.New(t, db), Now: time.Now().UTC().Truncate(time.Microsecond), Ledger: activity.Ledger{Keys: keys}, Box: sealed.New(keys)}
}

// Noon is midday of the bench's day in London.
func (b *Bench) Noon() time.Time {
	d := locale.Day(b.Now)
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, locale.London)
}

// Seal gives what a sealed column of a row of the world's service holds.
func (b *Bench) Seal(c sealed.Column, row uuid.UUID, text string) []byte {
	b.T.Helper()
	was, err := b.Box.Seal(c, b.W.Service, row, text)
	if err != nil {
		b.T.Fatal(err)
	}
	return was
}

// Exec runs a statement as an actor.
func (b *Bench) Exec(a access.Actor, sql string, args ...any) {
	b.T.Helper()
	if err := b.Try(a, sql, args...); err != nil {
		b.T.Fatal(err)
	}
}

// Try runs a statement as an actor and gives its error.
func (b *Bench) Try(a access.Actor, sql string, args ...any) error {
	ctx := context.Background()
	return b.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}

// Count runs a query that answers one number as an actor.
func (b *Bench) Count(a access.Actor, sql string, args ...any) (n int) {
	b.T.Helper()
	ctx := context.Background()
	err := b.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return tx.QueryRow(ctx, sql, args...).Scan(&n) })
	if err != nil {
		b.T.Fatal(err)
	}
	return n
}

// Managed is a case from a manager's referral of the world's nurse, in a state, owned by somebody or by nobody.
func (b *Bench) Managed(state flow.State, owner *world.Who) casefile.Case {
	b.T.Helper()
	return b.About(b.W.Nurse, b.W.Ward, state, owner)
}

// About is a case from a manager's referral of anybody of the world's first service.
func (b *Bench) About(who, referrer world.Who, state flow.State, owner *world.Who) casefile.Case {
	b.T.Helper()
	referral, id := uuid.New(), uuid.New()
	b.Exec(referrer.As(access.Manager, access.Employer), `insert into referral (organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, state, state_at, submitted_at)
 values ($1,$2,$3,'management',$4,$5,array[$5::uuid],'{"why":"Off sick since October"}',$6,$7,$7)`,
		who.Organisation, who.Service, referral, who.Person, referrer.Person, state.ToReferrer(), b.Now.Add(-48*time.Hour))
	b.insert(who, id, state, owner, "management", &referral, nil)
	return b.Load(who.Service, id)
}

// Self is a case from a self-referral of the world's nurse.
func (b *Bench) Self(state flow.State, owner *world.Who) casefile.Case {
	b.T.Helper()
	who, self, id := b.W.Nurse, uuid.New(), uuid.New()
	b.Exec(who.As(access.Person, access.Portal), `insert into self_referral (service_id, id, organisation_id, person_id, reason, text, contact, at)
 values ($1,$2,$3,$4,'STR',$5,'mobile',$6)`, who.Service, self, who.Organisation, who.Person, b.Seal(sealed.SelfReferral, self, "I cannot sleep"), b.Now)
	b.insert(who, id, state, owner, "self", nil, &self)
	return b.Load(who.Service, id)
}

func (b *Bench) insert(who world.Who, id uuid.UUID, state flow.State, owner *world.Who, source string, referral, self *uuid.UUID) {
	b.T.Helper()
	var account *uuid.UUID
	if owner != nil {
		account = &owner.Account
	}
	at := b.Now.Add(-48 * time.Hour)
	oh := access.SystemActor(access.Clinical, who.Organisation, who.Service)
	b.Exec(oh, `insert into casefile (service_id, id, organisation_id, person_id, source, referral_id, self_referral_id, state, state_at, received_at, reason, priority, owner_account)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$9,'LTS','P2',$10)`, who.Service, id, who.Organisation, who.Person, source, referral, self, state, at, account)
	b.Exec(oh, `insert into casefile_state (service_id, casefile_id, step, state, at) values ($1,$2,1,$3,$4)`, who.Service, id, state, at)
}

// Load reads a case as its service.
func (b *Bench) Load(service, id uuid.UUID) (c casefile.Case) {
	b.T.Helper()
	ctx := context.Background()
	err := b.DB.InTenant(ctx, access.SystemActor(access.Clinical, b.W.Trust, service), func(tx *postgres.Tx) (err error) {
		c, err = casefile.Find(ctx, tx, id)
		return err
	})
	if err != nil {
		b.T.Fatal(err)
	}
	return c
}

// Visit is an appointment of a case with a clinician.
func (b *Bench) Visit(c casefile.Case, with world.Who, role access.Role, state string, at time.Time) uuid.UUID {
	b.T.Helper()
	clinic, session, slot, id := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	oh := access.SystemActor(access.Clinical, c.Organisation, c.Service)
	b.Exec(oh, `insert into clinic (service_id, id, name, site, mode, role, weekday, starts_at, slot_minutes, slots, clinician_account, clinician_name, valid_from)
 values ($1,$2,'Clinic','Main site','phone',$3,1,'09:00',30,6,$4,$5,'2020-04-01')`, c.Service, clinic, role, with.Account, with.Name)
	b.Exec(oh, `insert into clinic_session (service_id, id, clinic_id, on_date, clinician_account, clinician_name, site, mode, role)
 values ($1,$2,$3,$4,$5,$6,'Main site','phone',$7)`, c.Service, session, clinic, at, with.Account, with.Name, role)
	b.Exec(oh, `insert into slot (service_id, id, session_id, clinician_account, role, starts_at, minutes) values ($1,$2,$3,$4,$5,$6,30)`,
		c.Service, slot, session, with.Account, role, at)
	b.Exec(oh, `insert into appointment (service_id, organisation_id, id, casefile_id, referral_id, person_id, slot_id, clinician_account, clinician_name, role, kind, mode, site, starts_at, minutes, state, booked_at)
 values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,'new','phone','Main site',$11,30,$12,$13)`,
		c.Service, c.Organisation, id, c.ID, postgres.Null(c.Referral), c.Person, slot, with.Account, with.Name, role, at, state, b.Now)
	return id
}

// Task is an open task about a case.
func (b *Bench) Task(c casefile.Case, owner world.Who) uuid.UUID {
	b.T.Helper()
	id := uuid.New()
	b.Exec(access.SystemActor(access.Clinical, c.Organisation, c.Service), `insert into task (service_id, id, casefile_id, kind, priority, owner_account, created_at, due_at)
 values ($1,$2,$3,'follow_up','P2',$4,$5,$5)`, c.Service, id, c.ID, owner.Account, b.Now)
	return id
}
