package appointment_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// overlapping puts a slot of an hour beside the ones that a clinic made, half an hour in, as two clinics planned at
// the same moment could.
func overlapping(t *testing.T, db *postgres.DB, w *world.World, by uuid.UUID, first uuid.UUID, minutes int) uuid.UUID {
	t.Helper()
	id := uuid.New()
	err := db.InTenant(ctx, w.OHAdmin.As(access.OHAdmin, access.Clinical), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into slot (service_id, id, session_id, clinician_account, role, starts_at, minutes)
 select service_id, $1, session_id, $2, role, starts_at + make_interval(mins => $3), 60 from slot where id = $4`, id, by, minutes, first)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// A clinic that is moved leaves its sessions, and a second one planned over them gets the times that are left.
func TestPlanOverMadeSessions(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	admin := w.OHAdmin.As(access.OHAdmin, access.Clinical)
	plan := appointment.Clinic{ID: uuid.New(), Name: "A", Site: "Main site", Mode: "phone", Weekday: time.Tuesday, Start: 9 * time.Hour, SlotMinutes: 60, Slots: 3,
		Clinician: w.OHNurse.Account, From: monday.Truncate(24 * time.Hour)}
	save := func(c appointment.Clinic) {
		t.Helper()
		if faults, err := s.SaveClinic(ctx, admin, monday, c); err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
	}
	pairs := func() int {
		return caretest.Ask[int](t, db, admin, `select count(*) from slot a join slot b on a.service_id = b.service_id and a.clinician_account = b.clinician_account and a.id < b.id
 and span(a.starts_at, a.minutes) && span(b.starts_at, b.minutes) where a.service_id = $1`, w.Service)
	}
	save(plan)
	plan.Start = 13 * time.Hour
	save(plan)
	second := plan
	second.ID, second.Name, second.Start = uuid.New(), "B", 9*time.Hour+30*time.Minute
	save(second)
	if n := pairs(); n != 0 {
		t.Errorf("%d pairs of slots overlap", n)
	}
}

func TestNobodyIsInTwoPlaces(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 2, 60)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	waiting := func(who world.Who) uuid.UUID {
		id := caretest.Self(t, db, who, "words", monday)
		caretest.Waiting(t, db, w.OHNurse2, id, "oh_nurse", "P2", monday)
		return id
	}
	one, two := waiting(w.Nurse), waiting(w.Peer)
	first := free(t, s, nurse, monday, one)[0]
	late := overlapping(t, db, w, w.OHNurse.Account, first.Slot, 30)
	var wait sync.WaitGroup
	results := make([]error, 2)
	for i, b := range []appointment.Booking{{ID: uuid.New(), Case: one, Slot: first.Slot}, {ID: uuid.New(), Case: two, Slot: late}} {
		wait.Go(func() { results[i] = s.Book(ctx, nurse, monday, b) })
	}
	wait.Wait()
	winner, loser, left := one, two, late
	if results[0] != nil {
		results[0], results[1] = results[1], results[0]
		winner, loser, left = two, one, first.Slot
	}
	if results[0] != nil || !errors.Is(results[1], appointment.ErrTaken) {
		t.Fatalf("two people at once for overlapping times of one nurse: %v", results)
	}
	peer := w.Peer
	if loser == one {
		peer = w.Nurse
	}
	for _, a := range []access.Actor{nurse, peer.As(access.Person, access.Portal)} {
		for _, x := range free(t, s, a, monday, loser) {
			if x.Slot == left {
				t.Errorf("%s is offered a time at which the nurse sees somebody", a.Role)
			}
		}
	}
	// the database refuses it however it is written
	err := db.InTenant(ctx, nurse, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into appointment (service_id, organisation_id, id, casefile_id, person_id, slot_id, clinician_account, clinician_name, role, kind, mode, site, starts_at, minutes, state, booked_at)
 select a.service_id, a.organisation_id, $1, $2, $3, $4, a.clinician_account, a.clinician_name, a.role, a.kind, a.mode, a.site, a.starts_at + interval '30 minutes', a.minutes, 'booked', a.booked_at
 from appointment a where a.casefile_id = $5`, uuid.New(), loser, peer.Person, left, winner)
		return err
	})
	if postgres.Code(err) != postgres.ExclusionViolation {
		t.Errorf("direct SQL: %v", err)
	}
	// nor is the person in two places
	again := waiting(peer)
	times := free(t, s, nurse, monday, loser)
	other := overlapping(t, db, w, w.OHPhysician.Account, times[0].Slot, 30)
	if err := s.Book(ctx, nurse, monday, appointment.Booking{ID: uuid.New(), Case: loser, Slot: times[0].Slot}); err != nil {
		t.Fatal(err)
	}
	if err := s.Book(ctx, nurse, monday, appointment.Booking{ID: uuid.New(), Case: again, Slot: other}); !errors.Is(err, appointment.ErrClash) {
		t.Errorf("one person at two overlapping times: %v", err)
	}
}
