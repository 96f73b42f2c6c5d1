package appointment_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var ctx = context.Background()

// monday is an ordinary Monday in winter time.
var monday = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)

func service(db *postgres.DB, w *world.World, now func() time.Time) *appointment.Service {
	return appointment.New(appointment.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England(), Now: now,
		Clinicians: func(context.Context, uuid.UUID) ([]appointment.Clinician, error) {
			return []appointment.Clinician{{w.OHNurse.Account, w.OHNurse.Name, access.Nurse}, {w.OHPhysician.Account, w.OHPhysician.Name, access.Physician}}, nil
		}})
}

// clinic plans the nurse's Tuesday clinic from 9am and makes its sessions.
func clinic(t *testing.T, s *appointment.Service, w *world.World, slots, minutes int) {
	t.Helper()
	faults, err := s.SaveClinic(ctx, w.OHAdmin.As(access.OHAdmin, access.Clinical), monday, appointment.Clinic{ID: uuid.New(), Name: "Nurse clinic", Site: "Main site", Mode: "phone",
		Weekday: time.Tuesday, Start: 9 * time.Hour, SlotMinutes: minutes, Slots: slots, Clinician: w.OHNurse.Account, From: monday.Truncate(24 * time.Hour)})
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
}

func free(t *testing.T, s *appointment.Service, a access.Actor, at time.Time, id uuid.UUID) []appointment.Time {
	t.Helper()
	o, err := s.FindCase(ctx, a, id)
	if err != nil {
		t.Fatal(err)
	}
	times, _, err := s.Free(ctx, a, at, o.Value.(appointment.Case), appointment.Wanted{Role: "oh_nurse", From: at})
	if err != nil {
		t.Fatal(err)
	}
	return times
}

func state(t *testing.T, db *postgres.DB, w *world.World, id uuid.UUID) string {
	t.Helper()
	return caretest.Ask[string](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select state from casefile where id = $1`, id)
}

func sent(t *testing.T, db *postgres.DB, to uuid.UUID, template string) int {
	t.Helper()
	return caretest.Ask[int](t, db, access.SystemActor(access.Worker, uuid.Nil, uuid.Nil), `select count(*) from outbox where to_person = $1 and template = $2`, to, template)
}

func TestGenerate(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 3, 60)
	admin := w.OHAdmin.As(access.OHAdmin, access.Clinical)
	count := func() int {
		return caretest.Ask[int](t, db, admin, `select count(*) from clinic_session where service_id = $1`, w.Service)
	}
	before := count()
	if before != 12 {
		t.Errorf("%d sessions in twelve weeks of Tuesdays, want 12", before)
	}
	m, err := s.Generate(ctx, admin, monday, monday.Add(appointment.Ahead))
	if err != nil || m.Sessions != 0 || count() != before {
		t.Errorf("again: %+v %v", m, err)
	}
	m, err = s.Generate(ctx, admin, monday, time.Date(2029, 6, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || !m.Unknown || m.Until.Year != 2028 {
		t.Errorf("beyond known bank holidays: %+v %v", m, err)
	}
	// Tuesday 28 December 2027 is a bank holiday, as is Tuesday 26 December 2028
	n := caretest.Ask[int](t, db, admin, `select count(*) from clinic_session where service_id = $1 and on_date in ('2027-12-28', '2028-12-26')`, w.Service)
	if n != 0 {
		t.Errorf("%d sessions on bank holidays", n)
	}
}

func TestPersonBooksChangesCancels(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 4, 60)
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	me := w.Nurse.As(access.Person, access.Portal)
	times := free(t, s, me, monday, id)
	booking := appointment.Booking{ID: uuid.New(), Case: id, Slot: times[0].Slot}
	for range 2 { // a double click
		if err := s.Book(ctx, me, monday, booking); err != nil {
			t.Fatal(err)
		}
	}
	if got := sent(t, db, w.Nurse.Person, "appointment_booked"); got != 1 || state(t, db, w, id) != "booked" {
		t.Errorf("%d messages, case %s", got, state(t, db, w, id))
	}
	ward := w.Ward.As(access.Manager, access.Employer)
	if got := caretest.Ask[time.Time](t, db, ward, `select starts_at from appointment_time where referral_id = $1`, id); !got.Equal(times[0].StartsAt) {
		t.Errorf("the manager sees %v", got)
	}
	// somebody else cannot touch it, nor take the time
	peerCase := caretest.Self(t, db, w.Peer, "words", monday)
	caretest.Waiting(t, db, w.OHNurse, peerCase, "oh_nurse", "P2", monday)
	peer := w.Peer.As(access.Person, access.Portal)
	if err := s.Cancel(ctx, peer, monday, booking.ID, ""); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another person cancels: %v", err)
	}
	if err := s.Book(ctx, peer, monday, appointment.Booking{ID: uuid.New(), Case: peerCase, Slot: times[0].Slot}); !errors.Is(err, appointment.ErrTaken) {
		t.Errorf("another person takes the time: %v", err)
	}
	for _, x := range free(t, s, peer, monday, peerCase) {
		if x.Slot == times[0].Slot {
			t.Error("a taken time is offered")
		}
	}
	moved := appointment.Booking{ID: uuid.New(), Slot: times[2].Slot}
	for range 2 {
		if err := s.Move(ctx, me, monday, booking.ID, moved, ""); err != nil {
			t.Fatal(err)
		}
	}
	admin := w.OHAdmin.As(access.OHAdmin, access.Clinical)
	code := func(id uuid.UUID) string {
		return caretest.Ask[string](t, db, admin, `select state || ' ' || coalesce(outcome_code, '') from appointment where id = $1`, id)
	}
	if got := code(booking.ID); got != "cancelled LATE-MOVE-EMP" { // 23 hours before
		t.Errorf("the first time: %s", got)
	}
	if err := s.Cancel(ctx, me, monday.Add(-2*time.Hour), moved.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := code(moved.ID); got != "cancelled CANC-EMP" || state(t, db, w, id) != "awaiting_booking" {
		t.Errorf("the second time: %s, case %s", got, state(t, db, w, id))
	}
	// a self-referral's appointment is invisible to the employer
	if err := s.Book(ctx, peer, monday, appointment.Booking{ID: uuid.New(), Case: peerCase, Slot: times[3].Slot}); err != nil {
		t.Fatal(err)
	}
	for _, a := range []access.Actor{ward, w.HR.As(access.HR, access.Employer)} {
		if n := caretest.Ask[int](t, db, a, `select count(*) from appointment_time where person_id = $1`, w.Peer.Person); n != 0 {
			t.Error("the employer sees a self-referral's appointment")
		}
		err := db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, `select id from appointment`); return err })
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("the employer reads appointments: %v", err)
		}
	}
}

func TestAttendAndMiss(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 4, 60)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	book := func(i int) (uuid.UUID, time.Time) {
		times := free(t, s, nurse, monday, id)
		b := appointment.Booking{ID: uuid.New(), Case: id, Slot: times[i].Slot}
		if err := s.Book(ctx, nurse, monday, b); err != nil {
			t.Fatal(err)
		}
		return b.ID, times[i].StartsAt
	}
	var last uuid.UUID
	for n := 1; n <= 2; n++ {
		a, starts := book(0)
		last = a
		if _, err := s.DidNotAttend(ctx, nurse, starts.Add(-time.Minute), a, true); !errors.Is(err, appointment.ErrEarly) {
			t.Errorf("missed before it began: %v", err)
		}
		if faults, err := s.DidNotAttend(ctx, nurse, starts.Add(time.Hour), a, false); err != nil || len(faults) != 1 {
			t.Errorf("one try at a call: %v %v", faults, err)
		}
		if err := s.CloseNotAssessed(ctx, nurse, starts.Add(time.Hour), a); !errors.Is(err, flow.ErrMove) {
			t.Errorf("closed too early: %v", err)
		}
		for range 2 {
			if faults, err := s.DidNotAttend(ctx, nurse, starts.Add(time.Hour), a, true); err != nil || len(faults) != 0 {
				t.Fatal(faults, err)
			}
		}
		if got := sent(t, db, w.Ward.Person, "appointment_missed_manager"); got != n {
			t.Errorf("the manager was told %d times, want %d", got, n)
		}
	}
	a, starts := book(0)
	if err := s.Attend(ctx, nurse, starts.AddDate(0, 0, -1), a, true); !errors.Is(err, appointment.ErrEarly) {
		t.Errorf("attended the day before: %v", err)
	}
	today, err := s.Today(ctx, nurse, starts)
	if err != nil || len(today) != 3 || today[2].Name != "Amara Okafor" {
		t.Errorf("today: %+v %v", today, err)
	}
	for range 2 {
		if err := s.Attend(ctx, nurse, starts.Add(-5*time.Minute), a, true); err != nil {
			t.Fatal(err)
		}
	}
	if state(t, db, w, id) != "attended" || sent(t, db, w.Nurse.Person, "feedback_asked") != 1 {
		t.Errorf("case %s, feedback asked %d times", state(t, db, w, id), sent(t, db, w.Nurse.Person, "feedback_asked"))
	}
	if err := s.CloseNotAssessed(ctx, nurse, starts, last); !errors.Is(err, flow.ErrMove) {
		t.Errorf("closed after the person came: %v", err)
	}
	// after two missed appointments, and no other, the case can be closed
	other := caretest.Managed(t, db, w.Ward, w.Peer, "why", monday)
	caretest.Waiting(t, db, w.OHNurse, other, "oh_nurse", "P2", monday)
	id = other
	for range 2 {
		last, starts = book(0)
		if _, err := s.DidNotAttend(ctx, nurse, starts.Add(time.Hour), last, true); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := s.CloseNotAssessed(ctx, nurse, starts.Add(time.Hour), last); err != nil {
			t.Fatal(err)
		}
	}
	seen := caretest.Ask[string](t, db, w.Ward.As(access.Manager, access.Employer), `select state from referral where id = $1`, other)
	if seen != "not_reported" || sent(t, db, w.Ward.Person, "referral_closed") != 1 {
		t.Errorf("the referrer sees %s", seen)
	}
}

func TestNobodyWorksOnTheirOwn(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 2, 60)
	id := caretest.Self(t, db, w.OHNurse, "words", monday)
	caretest.Waiting(t, db, w.OHNurse2, id, "oh_nurse", "P2", monday)
	slot := free(t, s, w.OHNurse2.As(access.Nurse, access.Clinical), monday, id)[0].Slot
	for who, a := range map[string]access.Actor{"the nurse herself": w.OHNurse.As(access.Nurse, access.Clinical), "another service": w.ForeignOHNurse.As(access.Nurse, access.Clinical),
		"another person": w.Peer.As(access.Person, access.Portal)} {
		if err := s.Book(ctx, a, monday, appointment.Booking{ID: uuid.New(), Case: id, Slot: slot}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s books: %v", who, err)
		}
	}
	if err := s.Book(ctx, w.OHNurse.As(access.Person, access.Portal), monday, appointment.Booking{ID: uuid.New(), Case: id, Slot: slot}); err != nil {
		t.Errorf("as a person she may: %v", err)
	}
}

func TestFreedSlotGoesToWhoNeedsItMost(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 1, 60)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	// the only slot of the first week is booked far ahead of the others
	waiting := func(who world.Who, priority string, received time.Time) uuid.UUID {
		id := caretest.Self(t, db, who, "words", received)
		caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", priority, received)
		return id
	}
	holder := waiting(w.Nurse, "P1", monday.AddDate(0, 0, -30))
	slot := free(t, s, nurse, monday, holder)[1]
	b := appointment.Booking{ID: uuid.New(), Case: holder, Slot: slot.Slot}
	if err := s.Book(ctx, nurse, monday, b); err != nil {
		t.Fatal(err)
	}
	waiting(w.Peer, "P3", monday.AddDate(0, 0, -60))
	second := waiting(w.HR, "P2", monday.AddDate(0, 0, -3))
	first := waiting(w.OHPhysician, "P2", monday.AddDate(0, 0, -10))
	if err := s.Cancel(ctx, w.Nurse.As(access.Person, access.Portal), monday, b.ID, ""); err != nil {
		t.Fatal(err)
	}
	offer := func(at time.Time) {
		t.Helper()
		err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
			return s.Offer(ctx, tx, at, appointment.FreedArgs{Organisation: w.Trust, Service: w.Service, Slot: slot.Slot})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	held := func() uuid.UUID {
		return caretest.Ask[uuid.UUID](t, db, nurse, `select offered_casefile_id from slot where id = $1`, slot.Slot)
	}
	offer(monday)
	offer(monday) // a job that runs twice holds it once
	if held() != first || sent(t, db, w.OHPhysician.Person, "appointment_offered") != 1 {
		t.Errorf("held for %v, want the P2 that breaches first, %v", held(), first)
	}
	hr := w.HR.As(access.Person, access.Portal)
	if err := s.Book(ctx, hr, monday, appointment.Booking{ID: uuid.New(), Case: second, Slot: slot.Slot}); !errors.Is(err, appointment.ErrTaken) {
		t.Errorf("somebody else takes a held time: %v", err)
	}
	mine, err := s.Mine(ctx, w.OHPhysician.As(access.Person, access.Portal), monday)
	if err != nil || len(mine.Offers) != 1 || mine.Offers[0].Case != first {
		t.Errorf("offers %+v %v", mine.Offers, err)
	}
	// a day later the offer has lapsed: free to all, and offered to the next, not to the same person again
	later := monday.Add(25 * time.Hour)
	found := false
	for _, x := range free(t, s, hr, later, second) {
		found = found || x.Slot == slot.Slot
	}
	if !found {
		t.Error("a lapsed offer is not free")
	}
	offer(later)
	if held() != second || sent(t, db, w.OHPhysician.Person, "appointment_offered") != 1 || sent(t, db, w.HR.Person, "appointment_offered") != 1 {
		t.Errorf("then held for %v, want the other P2, %v", held(), second)
	}
	if err := s.Book(ctx, hr, later, appointment.Booking{ID: uuid.New(), Case: second, Slot: slot.Slot}); err != nil {
		t.Errorf("accept: %v", err)
	}
}

func TestCancelledSession(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 2, 60)
	id := caretest.Self(t, db, w.Nurse, "words", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	me := w.Nurse.As(access.Person, access.Portal)
	times := free(t, s, me, monday, id)
	if err := s.Book(ctx, me, monday, appointment.Booking{ID: uuid.New(), Case: id, Slot: times[0].Slot}); err != nil {
		t.Fatal(err)
	}
	admin := w.OHAdmin.As(access.OHAdmin, access.Clinical)
	sessions, _, err := s.Sessions(ctx, admin, monday, 1)
	if err != nil || sessions[0].Booked != 1 {
		t.Fatalf("sessions %+v %v", sessions, err)
	}
	if faults, _ := s.CancelSession(ctx, admin, monday, sessions[0].ID, "tired"); len(faults) != 1 {
		t.Error("a reason that is not on the list")
	}
	for range 2 {
		if faults, err := s.CancelSession(ctx, admin, monday, sessions[0].ID, "clinician_away"); err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
	}
	if state(t, db, w, id) != "awaiting_booking" || sent(t, db, w.Nurse.Person, "appointment_cancelled_by_us") != 1 {
		t.Errorf("case %s", state(t, db, w, id))
	}
	for _, x := range free(t, s, me, monday, id) {
		if x.Slot == times[0].Slot || x.Slot == times[1].Slot {
			t.Error("a cancelled session has free times")
		}
	}
	if err := s.Book(ctx, me, monday, appointment.Booking{ID: uuid.New(), Case: id, Slot: times[1].Slot}); !errors.Is(err, appointment.ErrTaken) {
		t.Errorf("booked into a cancelled session: %v", err)
	}
}

// 64 people race for 50 slots, each taking the first time they see until none is left: exactly 50 get one.
func TestRace(t *testing.T) {
	const people, slots = 64, 50
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	faults, err := s.SaveClinic(ctx, w.OHAdmin.As(access.OHAdmin, access.Clinical), monday, appointment.Clinic{ID: uuid.New(), Name: "Race", Site: "Main site", Mode: "phone",
		Weekday: time.Tuesday, Start: 8 * time.Hour, SlotMinutes: 15, Slots: slots / 2, Clinician: w.OHNurse.Account,
		From: monday.Truncate(24 * time.Hour), To: monday.Truncate(24*time.Hour).AddDate(0, 0, 14)})
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	cases := make([]uuid.UUID, people)
	who := []world.Who{w.Nurse, w.Ward, w.Peer, w.HR}
	for i := range cases {
		cases[i] = caretest.Self(t, db, who[i%len(who)], "words", monday)
		caretest.Waiting(t, db, w.OHNurse, cases[i], "oh_nurse", "P2", monday)
	}
	var won, lost atomic.Int32
	var all sync.WaitGroup
	start := make(chan struct{})
	for i, id := range cases {
		all.Go(func() {
			<-start
			me := who[i%len(who)].As(access.Person, access.Portal)
			if i%3 == 0 {
				me = w.OHAdmin.As(access.OHAdmin, access.Clinical)
			}
			for {
				o, err := s.FindCase(ctx, me, id)
				if err != nil {
					t.Error(err)
					return
				}
				times, _, err := s.Free(ctx, me, monday, o.Value.(appointment.Case), appointment.Wanted{Role: "oh_nurse", From: monday})
				if err != nil {
					t.Error(err)
					return
				}
				if len(times) == 0 {
					lost.Add(1)
					return
				}
				err = s.Book(ctx, me, monday, appointment.Booking{ID: uuid.New(), Case: id, Slot: times[0].Slot})
				if err == nil {
					won.Add(1)
					return
				}
				if !errors.Is(err, appointment.ErrTaken) {
					t.Error(err)
					return
				}
			}
		})
	}
	close(start)
	all.Wait()
	admin := w.OHAdmin.As(access.OHAdmin, access.Clinical)
	rows := caretest.Ask[int](t, db, admin, `select count(*) from appointment where service_id = $1 and state = 'booked'`, w.Service)
	distinct := caretest.Ask[int](t, db, admin, `select count(distinct slot_id) from appointment where service_id = $1 and state = 'booked'`, w.Service)
	cased := caretest.Ask[int](t, db, admin, `select count(*) from casefile where service_id = $1 and state = 'booked'`, w.Service)
	if won.Load() != slots || lost.Load() != people-slots || rows != slots || distinct != slots || cased != slots {
		t.Errorf("won %d, lost %d, rows %d, distinct slots %d, cases booked %d; want %d and %d", won.Load(), lost.Load(), rows, distinct, cased, slots, people-slots)
	}
}
