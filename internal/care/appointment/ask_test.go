package appointment_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// A case with two appointments asks for feedback once, under the key that its report uses too.
func TestFeedbackOnceInACase(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 2, 60)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	id := caretest.Self(t, db, w.Nurse, "words", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	for range 2 {
		x := free(t, s, nurse, monday, id)[0]
		b := appointment.Booking{ID: uuid.New(), Case: id, Slot: x.Slot}
		if err := s.Book(ctx, nurse, monday, b); err != nil {
			t.Fatal(err)
		}
		if err := s.Attend(ctx, nurse, x.StartsAt, b.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	worker := access.SystemActor(access.Worker, uuid.Nil, uuid.Nil)
	if n := sent(t, db, w.Nurse.Person, "feedback_asked"); n != 1 {
		t.Errorf("asked %d times", n)
	}
	if got := caretest.Ask[string](t, db, worker, `select message_key from outbox where to_person = $1 and template = 'feedback_asked'`, w.Nurse.Person); got != "feedback_asked:"+id.String() {
		t.Errorf("key %s", got)
	}
}

// The message about a booking says how and where, whom to tell a number when none is known, and no more.
func TestBookingSaysHowAndWhere(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 2, 60)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	err := db.InTenant(ctx, access.SystemActor(access.Employer, w.Trust, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update person set mobile = null, safe_contact = null, safe_contact_kind = null where id = $1`, w.Peer.Person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for who, want := range map[world.Who]string{w.Nurse: "we call you on the number we hold", w.Peer: "please tell us which to call"} {
		id := caretest.Self(t, db, who, "words", monday)
		caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
		if err := s.Book(ctx, nurse, monday, appointment.Booking{ID: uuid.New(), Case: id, Slot: free(t, s, nurse, monday, id)[0].Slot}); err != nil {
			t.Fatal(err)
		}
		worker := access.SystemActor(access.Worker, uuid.Nil, uuid.Nil)
		raw := caretest.Ask[[]byte](t, db, worker, `select args from outbox where to_person = $1 and template = 'appointment_booked'`, who.Person)
		var args map[string]string
		if err := json.Unmarshal(raw, &args); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(args["how"], want) || len(args) != 2 {
			t.Errorf("%s is told %v", who.Name, args)
		}
	}
}
