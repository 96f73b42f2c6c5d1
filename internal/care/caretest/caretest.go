// Package caretest puts cases into a test world at the point where the referral slice leaves them: state
// received, with the referral and its first version behind it, or the self-referral.
package caretest

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Keys gives every test the same pseudonyms.
type Keys struct{}

// Pseudonym is not secret here.
func (Keys) Pseudonym(service uuid.UUID, kind string, id uuid.UUID) []byte {
	return uuid.NewSHA1(service, append([]byte(kind), id[:]...)).NodeID()
}

// Box seals with keys that every test of a process has: what one writes, another opens.
var Box = sync.OnceValue(func() sealed.Box {
	dir, err := os.MkdirTemp("", "rowan-keys")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // an open key needs its file no more
	keys, err := seal.Open(dir)
	if err != nil {
		panic(err)
	}
	return sealed.New(keys)
})

// Managed makes a management referral of a person by a manager, and its case.
func Managed(t testing.TB, db *postgres.DB, manager, person world.Who, why string, at time.Time) uuid.UUID {
	t.Helper()
	id := uuid.New()
	text, err := json.Marshal(sheet.Text{Reason: "LTS", Why: why, Questions: []string{"Q01"}})
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, manager.As(access.Manager, access.Employer), func(ctx context.Context, tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `insert into referral (organisation_id, service_id, id, kind, person_id, referrer_person_id, viewers, text, state, state_at, submitted_at)
 values ($1,$2,$3,'management',$4,$5,$6,$7,'submitted',$8,$8)`, manager.Organisation, manager.Service, id, person.Person, manager.Person, []uuid.UUID{manager.Person}, text, at); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into referral_version (organisation_id, service_id, referral_id, version, person_id, text, author_person_id, at) values ($1,$2,$3,1,$4,$5,$6,$7)`,
			manager.Organisation, manager.Service, id, person.Person, text, manager.Person, at)
		return err
	})
	open(t, db, person, `insert into casefile (service_id, id, organisation_id, person_id, source, referral_id, state, state_at, received_at, reason)
 values ($1,$2,$3,$4,'management',$2,'received',$5,$5,'LTS')`, id, at)
	return id
}

// Self makes a self-referral of a person, and its case.
func Self(t testing.TB, db *postgres.DB, person world.Who, words string, at time.Time) uuid.UUID {
	t.Helper()
	id := uuid.New()
	run(t, db, person.As(access.Person, access.Portal), func(ctx context.Context, tx *postgres.Tx) error {
		text, err := Box().Seal(sealed.SelfReferral, person.Service, id, words)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `insert into self_referral (service_id, id, organisation_id, person_id, reason, text, contact, at) values ($1,$2,$3,$4,'STR',$5,'mobile',$6)`,
			person.Service, id, person.Organisation, person.Person, text, at)
		return err
	})
	open(t, db, person, `insert into casefile (service_id, id, organisation_id, person_id, source, self_referral_id, state, state_at, received_at, reason)
 values ($1,$2,$3,$4,'self',$2,'received',$5,$5,'STR')`, id, at)
	return id
}

// Waiting moves a received case on to the point where an appointment can be booked.
func Waiting(t testing.TB, db *postgres.DB, by world.Who, id uuid.UUID, pathway, priority string, at time.Time) {
	t.Helper()
	run(t, db, by.As(access.Nurse, access.Clinical), func(ctx context.Context, tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, `update casefile set pathway = $3, priority = $4 where service_id = $1 and id = $2`, by.Service, id, pathway, priority); err != nil {
			return err
		}
		return flow.Move(ctx, tx, flow.Step{Service: by.Service, Case: id, To: flow.AwaitingBooking, At: at})
	})
}

// Ask reads one value behind an actor's wall.
func Ask[T any](t testing.TB, db *postgres.DB, a access.Actor, sql string, args ...any) (v T) {
	t.Helper()
	run(t, db, a, func(ctx context.Context, tx *postgres.Tx) error { return tx.QueryRow(ctx, sql, args...).Scan(&v) })
	return v
}

func open(t testing.TB, db *postgres.DB, person world.Who, insert string, id uuid.UUID, at time.Time) {
	t.Helper()
	run(t, db, access.SystemActor(access.Clinical, person.Organisation, person.Service), func(ctx context.Context, tx *postgres.Tx) error {
		if _, err := tx.Exec(ctx, insert, person.Service, id, person.Organisation, person.Person, at); err != nil {
			return err
		}
		return flow.Open(ctx, tx, person.Service, id, at)
	})
}

func run(t testing.TB, db *postgres.DB, a access.Actor, fn func(context.Context, *postgres.Tx) error) {
	t.Helper()
	ctx := context.Background()
	if err := db.InTenant(ctx, a, func(tx *postgres.Tx) error { return fn(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

// Unreached takes somebody's safe contact away.
func Unreached(t testing.TB, db *postgres.DB, person world.Who) {
	t.Helper()
	run(t, db, person.As(access.Person, access.Portal), func(ctx context.Context, tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update person set safe_contact = null, safe_contact_kind = null, safe_contact_verified_at = null where id = $1`, person.Person)
		return err
	})
}

// Again has a slice queue again what waits for somebody: behind the portal, as when they prove an address, and behind the
// clinical wall, as when OH takes one down. Each time it runs twice, as a form sent twice. It gives the messages queued by
// one of the two, as "template link arguments", and fails the test unless the other queued the same.
func Again(t testing.TB, db *postgres.DB, person, by world.Who, at time.Time, queue func(context.Context, *postgres.Tx, message.Again) error) []string {
	t.Helper()
	var got [2][]string
	for i, a := range []access.Actor{person.As(access.Person, access.Portal), by.As(access.OHAdmin, access.Clinical)} {
		who := message.Again{Organisation: person.Organisation, Person: person.Person, Event: uuid.New(), At: at}
		for range 2 {
			run(t, db, a, func(ctx context.Context, tx *postgres.Tx) error { return queue(ctx, tx, who) })
		}
		got[i] = Ask[[]string](t, db, access.SystemActor(access.Worker, person.Organisation, person.Service),
			`select coalesce(array_agg(template || ' ' || coalesce(link_object::text, '-') || ' ' || args::text order by template, args::text), '{}') from outbox
 where message_key like 'again:%' || $1 and to_person = $2 and capacity = 'self' and link_purpose = 'my'`, who.Event.String(), person.Person)
	}
	if !slices.Equal(got[0], got[1]) {
		t.Errorf("by code %q, by OH %q", got[0], got[1])
	}
	return got[0]
}
