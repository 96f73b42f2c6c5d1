package appointment_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// before is an instant so many days before an appointment, at nine and a few minutes in winter.
func before(starts time.Time, days int) time.Time {
	y, m, d := starts.Date()
	return time.Date(y, m, d-days, 9, 5, 0, 0, time.UTC)
}

func TestReminders(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 6, 30)
	me := w.Nurse.As(access.Person, access.Portal)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	remind := func(at time.Time, id uuid.UUID, days int) {
		t.Helper()
		err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
			return s.Remind(ctx, tx, at, appointment.RemindArgs{Organisation: w.Trust, Service: w.Service, Appointment: id, Days: days})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	reminded := func() int { return sent(t, db, w.Nurse.Person, "appointment_reminder") }
	book := func() (id uuid.UUID, kase uuid.UUID, starts time.Time) {
		t.Helper()
		kase = caretest.Self(t, db, w.Nurse, "words", monday)
		caretest.Waiting(t, db, w.OHNurse, kase, "oh_nurse", "P2", monday)
		times := free(t, s, me, monday.AddDate(0, 0, 8), kase)
		id = uuid.New()
		if err := s.Book(ctx, me, monday, appointment.Booking{ID: id, Case: kase, Slot: times[0].Slot}); err != nil {
			t.Fatal(err)
		}
		return id, kase, times[0].StartsAt
	}

	id, _, starts := book()
	jobs := caretest.Ask[int](t, db, access.SystemActor(access.Worker, uuid.Nil, uuid.Nil),
		`select count(*) from river.river_job where kind = 'appointment.remind' and args->>'appointment' = $1 and scheduled_at in ($2, $3)`,
		id.String(), before(starts, 5).Truncate(time.Hour), before(starts, 1).Truncate(time.Hour))
	if jobs != 2 {
		t.Errorf("%d reminders planned at 9am five days and one day before", jobs)
	}
	for i, step := range []struct {
		days, at, want int // so many days before, run on a day so many before; messages so far
	}{{5, 6, 0}, {3, 3, 0}, {5, 5, 1}, {5, 5, 1}, {5, 4, 1}, {1, 1, 2}, {5, 1, 2}, {1, 1, 2}} {
		if remind(before(starts, step.at), id, step.days); reminded() != step.want {
			t.Errorf("step %d: %d messages, want %d", i, reminded(), step.want)
		}
	}
	if remind(starts, id, 1); reminded() != 2 {
		t.Error("reminded of an appointment that has begun")
	}

	// A server that was down reminds once, not twice.
	id, _, starts = book()
	if remind(before(starts, 1), id, 5); reminded() != 2 {
		t.Error("the first reminder came when the second was due")
	}
	// Attended, missed, cancelled and moved: nothing, but of the new time.
	if err := s.Attend(ctx, nurse, starts.Add(-time.Minute), id, true); err != nil {
		t.Fatal(err)
	}
	remind(before(starts, 1), id, 1)
	id, _, starts = book()
	if faults, err := s.DidNotAttend(ctx, nurse, starts.Add(time.Minute), id, true); err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	remind(before(starts, 1), id, 1)
	id, _, starts = book()
	if err := s.Cancel(ctx, me, monday, id, ""); err != nil {
		t.Fatal(err)
	}
	remind(before(starts, 1), id, 1)
	id, kase, starts := book()
	moved := appointment.Booking{ID: uuid.New(), Case: kase, Slot: free(t, s, me, starts.Add(time.Minute), kase)[3].Slot}
	if err := s.Move(ctx, me, monday, id, moved, ""); err != nil {
		t.Fatal(err)
	}
	if remind(before(starts, 1), id, 1); reminded() != 2 {
		t.Errorf("%d messages, want none of an appointment that does not stand", reminded())
	}
	mine, err := s.Mine(ctx, me, monday)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range mine.Upcoming {
		if a.ID == moved.ID {
			if remind(before(a.StartsAt, 1), a.ID, 1); reminded() != 3 {
				t.Error("not reminded of the new time")
			}
		}
	}

	// A self-referral: whoever works for the employer is sent nothing, and finds nothing in the outbox.
	for _, who := range []world.Who{w.Ward, w.HR, w.Peer} {
		if n := caretest.Ask[int](t, db, access.SystemActor(access.Worker, uuid.Nil, uuid.Nil), `select count(*) from outbox where to_person = $1`, who.Person); n != 0 {
			t.Errorf("%s was sent %d messages", who.Name, n)
		}
	}
	list, err := message.NewOutbox(db).List(ctx, w.HR.As(access.Admin, access.Worker), monday)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if m.Template == "appointment_reminder" {
			t.Error("the employer's administrator sees a reminder")
		}
	}
}

// The job itself, by the runner: a reminder that is due goes once, though the job is there twice (and the one that
// the booking planned is due too, once its day has come for PostgreSQL).
func TestRemindJob(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	var now time.Time
	s := service(db, w, func() time.Time { return now })
	clinic(t, s, w, 1, 60)
	me := w.Nurse.As(access.Person, access.Portal)
	id := caretest.Self(t, db, w.Nurse, "words", monday)
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	slot := free(t, s, me, monday, id)[1]
	b := appointment.Booking{ID: uuid.New(), Case: id, Slot: slot.Slot}
	if err := s.Book(ctx, me, monday, b); err != nil {
		t.Fatal(err)
	}
	now = before(slot.StartsAt, 5)
	for range 2 {
		err := db.InTenant(ctx, access.SystemActor(access.Clinical, w.Trust, w.Service), func(tx *postgres.Tx) error {
			return job.Add(ctx, tx, appointment.RemindArgs{Organisation: w.Trust, Service: w.Service, Appointment: b.ID, Days: 5}, time.Time{})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	caretest.NoOtherJobs(t, w.Service)
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	s.Register(runner)
	if err := runner.Start(ctx); err != nil {
		t.Fatal(err)
	}
	defer runner.Stop(ctx)
	done := func() int {
		return caretest.Ask[int](t, db, access.SystemActor(access.Worker, uuid.Nil, uuid.Nil),
			`select count(*) from river.river_job where kind = 'appointment.remind' and state = 'completed' and args->>'appointment' = $1`, b.ID.String())
	}
	for range 200 {
		if done() >= 2 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if n := sent(t, db, w.Nurse.Person, "appointment_reminder"); done() < 2 || n != 1 {
		t.Errorf("%d jobs done, %d messages; want two and one", done(), n)
	}
}
