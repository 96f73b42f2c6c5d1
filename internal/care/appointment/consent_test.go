package appointment_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/appointment"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Who does not agree to be assessed is not: their answer is kept, their case ends, and to the manager it looks like
// every report that does not come, at the time at which it would not come.
func TestNoConsentToAssess(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 4, 60)
	nurse, manager, person := w.OHNurse.As(access.Nurse, access.Clinical), w.Ward.As(access.Manager, access.Employer), w.Nurse.As(access.Person, access.Portal)
	see := func(agreed bool) (id, a uuid.UUID, at time.Time) {
		id = caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday)
		caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
		slot := free(t, s, nurse, monday, id)[0]
		a, at = uuid.New(), slot.StartsAt
		if err := s.Book(ctx, nurse, monday, appointment.Booking{ID: a, Case: id, Slot: slot.Slot}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Attend(ctx, nurse, at, a, agreed); err != nil {
				t.Fatal(err)
			}
		}
		return id, a, at
	}
	seen := func(id uuid.UUID) string {
		return caretest.Ask[string](t, db, manager, `select state from referral where id = $1`, id)
	}
	kept := func(id uuid.UUID) string {
		return caretest.Ask[string](t, db, nurse, `select string_agg(agreed::text || ' ' || method || ' ' || recorder_name || ': ' || words, '; ') from assessment_consent where casefile_id = $1`, id)
	}

	yes, _, _ := see(true)
	if got := kept(yes); got != "true phone "+w.OHNurse.Name+": Does the person agree to this assessment?" || state(t, db, w, yes) != "attended" {
		t.Errorf("agreed: %q, case %s", got, state(t, db, w, yes))
	}
	no, visit, at := see(false)
	if got := kept(no); got != "false phone "+w.OHNurse.Name+": Does the person agree to this assessment?" {
		t.Errorf("refused: %q", got)
	}
	if got := caretest.Ask[string](t, db, nurse, `select state || ' ' || closing_reason from casefile where id = $1`, no); got != "closed NOT_ASSESSED" {
		t.Errorf("the case is %s", got)
	}
	if got := caretest.Ask[int](t, db, person, `select count(*) from assessment_consent where appointment_id = $1 and not agreed`, visit); got != 1 {
		t.Error("the person does not see what was recorded")
	}
	for name, sql := range map[string]string{"delete": `delete from assessment_consent`, "change": `update assessment_consent set agreed = true`} {
		err := db.InTenant(ctx, nurse, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}

	// to the manager both look alike, until the time at which a refused report would be told of
	if seen(yes) != "attended" || seen(no) != "attended" || sent(t, db, w.Ward.Person, "report_not_released") != 0 {
		t.Errorf("the manager sees %s where she agreed, %s where not", seen(yes), seen(no))
	}
	due := caretest.Ask[time.Time](t, db, access.SystemActor(access.Worker, uuid.Nil, w.Service), `select scheduled_at from river.river_job where kind = 'appointment.not_assessed' and args->>'case' = $1`, no.String())
	if days := due.Sub(at).Hours() / 24; days < 8 || days > 16 {
		t.Errorf("the notice comes after %.1f days", days)
	}
	oh := access.SystemActor(access.Clinical, w.Trust, w.Service)
	for range 2 {
		err := db.InTenant(ctx, oh, func(tx *postgres.Tx) error {
			return s.NotAssessed(ctx, tx, due, appointment.NotAssessedArgs{Organisation: w.Trust, Service: w.Service, Case: no})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen(no) != "not_reported" || sent(t, db, w.Ward.Person, "report_not_released") != 1 {
		t.Errorf("the manager sees %s and was told %d times", seen(no), sent(t, db, w.Ward.Person, "report_not_released"))
	}
}

// A clock that was stopped by hand runs again when the person comes, and the ledger knows.
func TestAttendingStartsTheClock(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db, w, nil)
	clinic(t, s, w, 2, 60)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	id, a := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday), uuid.New()
	caretest.Waiting(t, db, w.OHNurse, id, "oh_nurse", "P2", monday)
	slot := free(t, s, nurse, monday, id)[0]
	if err := s.Book(ctx, nurse, monday, appointment.Booking{ID: a, Case: id, Slot: slot.Slot}); err != nil {
		t.Fatal(err)
	}
	err := db.InTenant(ctx, nurse, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into clock_pause (service_id, id, casefile_id, reason, starts_at) values ($1,$2,$3,'person_unavailable',$4)`, w.Service, uuid.New(), id, monday)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Attend(ctx, nurse, slot.StartsAt, a, true); err != nil {
		t.Fatal(err)
	}
	if end := caretest.Ask[*time.Time](t, db, nurse, `select ends_at from clock_pause where casefile_id = $1`, id); end == nil || !end.Equal(slot.StartsAt) {
		t.Errorf("the pause ends %v", end)
	}
	worker := access.SystemActor(access.Worker, w.Trust, w.Service)
	if n := caretest.Ask[int](t, db, worker, `select count(*) from activity where kind = $1 and outcome = 'person_unavailable'`, string(activity.ClockResumed)); n != 1 {
		t.Errorf("%d rows in the ledger", n)
	}
}
