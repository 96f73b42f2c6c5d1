package appointment_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestAgain: an appointment to come and a time that is held are told again; a past one and a lapsed offer are not.
func TestAgain(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 4, 60)
	id := caretest.Self(t, db, w.Nurse, "words", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	me := w.Nurse.As(access.Person, access.Portal)
	want := func(when string, at time.Time, want ...string) {
		t.Helper()
		got := caretest.Again(t, db, w.Nurse, w.OHAdmin, at, s.Again)
		if len(got) != len(want) {
			t.Fatalf("%s: %q", when, got)
		}
		for i := range want {
			if !strings.HasPrefix(got[i], want[i]) || !strings.Contains(got[i], "17 November 2026") {
				t.Errorf("%s: %q", when, got)
			}
		}
	}
	want("nothing booked", monday)
	slot := free(t, s, me, monday, id)[0].Slot
	err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
		return s.Offer(ctx, tx, monday, appointment.FreedArgs{Organisation: w.Trust, Service: w.Service, Slot: slot})
	})
	if err != nil {
		t.Fatal(err)
	}
	want("a time is held", monday, "appointment_offered - ")
	want("the offer has lapsed", monday.AddDate(0, 0, 8))
	if err := s.Book(ctx, me, monday, appointment.Booking{ID: uuid.New(), Case: id, Slot: slot}); err != nil {
		t.Fatal(err)
	}
	want("booked", monday, "appointment_booked - ")
	want("over", monday.AddDate(0, 0, 8))
}
