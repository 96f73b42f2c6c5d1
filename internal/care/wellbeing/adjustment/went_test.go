package adjustment_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// plan puts hours that both agreed to into the database: four weeks from a day on, the last of them with the contract.
func (d *desk) plan(start int, opened time.Time) uuid.UUID {
	d.Helper()
	id := uuid.New()
	d.super(`insert into return_plan (organisation_id, id, service_id, person_id, opened_at) values ($1, $2, $3, $4, $5)`, d.w.Trust, id, d.w.Service, d.w.Nurse.Person, opened)
	d.super(`insert into return_hours (organisation_id, plan_id, n, person_id, manager_person_id, starts_on, contract, weeks, days, dips, proposed_by, proposed_at, person_at, manager_at)
		values ($1, $2, 1, $3, $4, $5, 2250, '{1125,1500,1875,2250}', '{1,2,3}', false, 'manager', $6, $6, $6)`, d.w.Trust, id, d.w.Nurse.Person, d.w.Ward.Person, today.AddDays(start).UTC(), opened)
	return id
}

// Weeks after full hours, or the end, the person is asked once each how it went. Nobody else can read what they say, in SQL too.
func TestHowItWent(t *testing.T) {
	d := open(t)
	follow := func(days, want int, why string) {
		t.Helper()
		d.worker(func(tx *postgres.Tx) error { return adjustment.Follow(ctx, tx, d.w.Trust, now.AddDate(0, 0, days)) })
		if n := caretest.Ask[int](t, d.db, d.nurse, `select count(*) from adjustment_followup where kind = 'hours'`); n != want {
			t.Errorf("%s: %d asked, want %d", why, n, want)
		}
	}
	// Ended before it began: never asked. Its successor ends in the middle: asked from that day on.
	first := d.plan(10, now.Add(-time.Hour))
	d.super(`update return_plan set ended_at = $1 where id = $2`, now, first)
	follow(28, 0, "ended before it began")
	d.super(`update return_plan set ended_at = $1 where id = $2`, now.AddDate(0, 0, 14), first)
	second := d.plan(20, now)
	follow(14+28, 0, "another took its place")
	const full = 20 + 3*7
	follow(20+28, 0, "4 weeks after it began")
	follow(full+27, 0, "a day early")
	follow(full+28, 1, "4 weeks after full hours")
	follow(full+29, 1, "a day later")
	follow(full+84, 2, "12 weeks after full hours")
	waiting := d.mine().Waiting()
	if len(waiting) != 2 || waiting[0].About != second {
		t.Fatalf("asked %+v", waiting)
	}
	for _, in := range []adjustment.HelpIn{{}, {Answer: adjustment.HelpedYes}, {Answer: adjustment.NotInPlace, Stands: adjustment.InFull}, {Answer: adjustment.HelpedYes, Stands: "their words"}} {
		if err := d.s.Help(ctx, d.nurse, now, waiting[0], in); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", in, err)
		}
	}
	d.OK(d.s.Help(ctx, d.nurse, now, waiting[0], adjustment.HelpIn{Answer: adjustment.HelpedPartly, Stands: adjustment.InPart, Share: "yes"}))
	d.OK(d.s.Help(ctx, d.nurse, now, waiting[0], adjustment.HelpIn{Answer: adjustment.Unsaid, Stands: adjustment.OffAgain, Share: "yes"}))
	if hours := d.mine().Hours(); len(hours) != 1 || hours[0].Answer != adjustment.Unsaid || hours[0].Stands != adjustment.OffAgain || hours[0].Shared {
		t.Errorf("the person reads %+v", hours)
	}
	if n := caretest.Ask[int](t, d.db, d.ward, `select count(*) from adjustment_followup`); n != 0 {
		t.Errorf("the manager reads %d", n)
	}
	if _, err := d.conn.Exec(ctx, `update adjustment_followup set shared = true where answer is not null`); postgres.Code(err) != "23514" {
		t.Errorf("the database shares it: %v", err)
	}
	// Where it ended earlier, that is the day.
	other := open(t)
	id := other.plan(-21, now.AddDate(0, 0, -30))
	other.super(`update return_plan set ended_at = $1 where id = $2`, now.AddDate(0, 0, -14), id)
	other.worker(func(tx *postgres.Tx) error { return adjustment.Follow(ctx, tx, other.w.Trust, now.AddDate(0, 0, 14)) })
	if n := caretest.Ask[int](t, other.db, other.nurse, `select count(*) from adjustment_followup`); n != 1 {
		t.Errorf("%d asked 4 weeks after an early end", n)
	}
}
