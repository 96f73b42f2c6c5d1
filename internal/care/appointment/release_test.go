package appointment_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// A referral is withdrawn: the time goes back, the person is told, the case can close.
func TestRelease(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 2, 60)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	for _, c := range []struct {
		before time.Duration
		code   string
	}{{2 * time.Hour, "LATE-CANC-MGR"}, {48 * time.Hour, "CANC-OH"}} {
		id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday.AddDate(0, 0, -7))
		caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
		slot := free(t, s, nurse, monday, id)[0]
		b := appointment.Booking{ID: uuid.New(), Case: id, Slot: slot.Slot}
		if err := s.Book(ctx, nurse, monday, b); err != nil {
			t.Fatal(err)
		}
		at := slot.StartsAt.Add(-c.before)
		err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
			if err := s.Release(ctx, tx, w.Service, id, at); err != nil {
				return err
			}
			return flow.Move(ctx, tx, flow.Step{Service: w.Service, Case: id, To: flow.Closed, At: at, Seen: flow.SeenWithdrawn, Closing: "withdrawn"})
		})
		if err != nil {
			t.Fatal(err)
		}
		got := caretest.Ask[string](t, db, nurse, `select state || ' ' || outcome_code from appointment where id = $1`, b.ID)
		if got != "cancelled "+c.code || state(t, db, w, id) != "closed" {
			t.Errorf("%s before: %s, case %s", c.before, got, state(t, db, w, id))
		}
	}
	if n := sent(t, db, w.Nurse.Person, "appointment_cancelled_by_us"); n != 2 {
		t.Errorf("told %d times", n)
	}
}

// The job that a cancellation leaves behind holds the slot for the next person.
func TestFreedJob(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, func() time.Time { return monday })
	clinic(t, s, w, 1, 60)
	me := w.Nurse.As(access.Person, access.Portal)
	mine := caretest.Self(t, db, w.Nurse, "words", monday)
	caretest.Waiting(t, db, w.OHNurse, mine, "oh_nurse", "P2", monday)
	slot := free(t, s, me, monday, mine)[0].Slot
	b := appointment.Booking{ID: uuid.New(), Case: mine, Slot: slot}
	if err := s.Book(ctx, me, monday, b); err != nil {
		t.Fatal(err)
	}
	next := caretest.Self(t, db, w.Peer, "words", monday)
	caretest.Waiting(t, db, w.OHNurse, next, "oh_nurse", "P3", monday)
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	s.Register(runner)
	if err := s.Cancel(ctx, me, monday, b.ID, ""); err != nil {
		t.Fatal(err)
	}
	caretest.NoOtherJobs(t, w.Service)
	if err := runner.Start(ctx); err != nil {
		t.Fatal(err)
	}
	defer runner.Stop(ctx)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	for range 200 {
		if caretest.Ask[bool](t, db, nurse, `select offered_casefile_id is not null from slot where id = $1`, slot) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if got := caretest.Ask[*uuid.UUID](t, db, nurse, `select offered_casefile_id from slot where id = $1`, slot); got == nil || *got != next {
		t.Errorf("held for %v, want the other case %v", got, next)
	}
}
