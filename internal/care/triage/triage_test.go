package triage_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/triage"
	queries "github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var ctx = context.Background()

// monday is an ordinary Monday in winter time.
var monday = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)

func service(db *postgres.DB) *triage.Service {
	return triage.New(triage.Deps{DB: db, Ledger: activity.Ledger{Keys: caretest.Keys{}}, Calendar: workday.England(), Box: caretest.Box()})
}

func decide(t *testing.T, s *triage.Service, who world.Who, at time.Time, d triage.Decision) {
	t.Helper()
	d.ID = uuid.New()
	if d.Rationale == "" {
		d.Rationale = "Canary rationale"
	}
	faults, err := s.Decide(ctx, who.As(access.Nurse, access.Clinical), at, d)
	if err != nil || len(faults) > 0 {
		t.Fatalf("decide %s: %v %v", d.Outcome, faults, err)
	}
}

type seen struct {
	State, Reason, Note, Messages string
	Reports                       int
	At                            time.Time
}

// asManager is everything that a referrer's login can learn of a referral, and what was sent to them.
func asManager(t *testing.T, db *postgres.DB, w *world.World, id uuid.UUID) (v seen) {
	t.Helper()
	ward := w.Ward.As(access.Manager, access.Employer)
	err := db.InTenant(ctx, ward, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select state, coalesce(state_reason,''), coalesce(state_note,''), state_at from referral where id = $1`, id).Scan(&v.State, &v.Reason, &v.Note, &v.At)
	})
	if err != nil {
		t.Fatal(err)
	}
	v.At = v.At.UTC()
	v.Reports = caretest.Ask[int](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select count(*) from report where referral_id = $1`, id)
	return v
}

func messages(t *testing.T, db *postgres.DB, to uuid.UUID) (out []string) {
	t.Helper()
	err := db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		rows, err := tx.Query(ctx, `select template || args::text || created_at::text || coalesce(link_purpose, '') from outbox where to_person = $1 order by template, created_at`, to)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				return err
			}
			out = append(out, s)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestQueueOrder(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db)
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	unset := caretest.Managed(t, db, w.Ward, w.Nurse, "a", day(0))
	p3 := caretest.Self(t, db, w.Nurse, "b", day(0))
	p2late := caretest.Managed(t, db, w.Ward, w.Peer, "c", day(-20))
	p2 := caretest.Managed(t, db, w.Ward, w.HR, "d", day(1))
	p1 := caretest.Self(t, db, w.Peer, "e", day(1))
	p0 := caretest.Self(t, db, w.HR, "f", day(2))
	caretest.Waiting(t, db, w.OHNurse, p3, "oh_nurse", "P3", day(0))
	caretest.Waiting(t, db, w.OHNurse, p2late, "oh_nurse", "P2", day(0))
	caretest.Waiting(t, db, w.OHNurse, p2, "oh_physician", "P2", day(1))
	caretest.Waiting(t, db, w.OHNurse, p1, "oh_nurse", "P1", day(1))
	caretest.Waiting(t, db, w.OHNurse, p0, "oh_nurse", "P0", day(2))
	mine := caretest.Self(t, db, w.OHNurse, "own", day(0))
	other := caretest.Managed(t, db, w.ForeignManager, w.Foreign, "foreign", day(0))

	ids := func(f triage.Filter) (out []uuid.UUID) {
		p, err := s.Queue(ctx, w.OHNurse.As(access.Nurse, access.Clinical), day(2), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range p.Items {
			if i.ID == mine || i.ID == other {
				t.Errorf("the queue shows the reader's own case or another service's")
			}
			out = append(out, i.ID)
		}
		return out
	}
	if d := cmp.Diff([]uuid.UUID{p0, p1, p2late, unset, p2, p3}, ids(triage.Filter{})); d != "" {
		t.Errorf("order:\n%s", d)
	}
	// The bound of the query leaves out the P3, not the one that nobody has read.
	err := db.InTenant(ctx, w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		rows, err := queries.New(tx).ListQueue(ctx, queries.ListQueueParams{ServiceID: w.Service, Reader: w.OHNurse.Person, Bound: 5})
		for _, r := range rows {
			if r.ID == p3 {
				t.Error("a bound of five keeps the P3 and leaves out a referral that nobody has read")
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]uuid.UUID{unset}, ids(triage.Filter{State: string(flow.Received)})); d != "" {
		t.Errorf("to triage:\n%s", d)
	}
	if d := cmp.Diff([]uuid.UUID{unset}, ids(triage.Filter{State: triage.ToCheck})); d != "" {
		t.Errorf("to check:\n%s", d)
	}
	caretest.Ask[int](t, db, w.OHAdmin.As(access.OHAdmin, access.Clinical), `update casefile set complete_at = $2 where id = $1 returning 1`, unset, day(2))
	if got := ids(triage.Filter{State: triage.ToCheck}); len(got) != 0 {
		t.Errorf("to check, when all are checked: %v", got)
	}
	if d := cmp.Diff([]uuid.UUID{p2}, ids(triage.Filter{Pathway: "oh_physician"})); d != "" {
		t.Errorf("for the physician:\n%s", d)
	}
	p, err := s.Queue(ctx, w.OHNurse.As(access.Nurse, access.Clinical), day(2), triage.Filter{State: string(flow.Received)})
	if err != nil || p.Items[0].Standing.Left != 0 || !p.Items[0].HasTarget {
		t.Errorf("received on Monday, target two working days, on Wednesday: %+v %v", p.Items, err)
	}
}

// A merge must look like any accept: state, code, note, message, moment, report.
func TestMergeLooksLikeAccept(t *testing.T) {
	db := world.Open(t)
	s := service(db)
	var views [2]seen
	var sent [2][]string
	for i, outcome := range []string{"ACCEPT-OHN", "MERGE"} {
		w := world.New(t, db)
		open := caretest.Self(t, db, w.Nurse, "an earlier self-referral", monday)
		decide(t, s, w.OHNurse, monday, triage.Decision{Case: open, Outcome: "ACCEPT-OHN", Priority: "P2"})
		id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday.Add(time.Hour))
		decide(t, s, w.OHNurse, monday.Add(2*time.Hour), triage.Decision{Case: id, Outcome: outcome, Priority: "P2", Into: open})
		if outcome == "MERGE" {
			// from then on the referral moves with the case it was merged into
			err := db.InTenant(ctx, w.Nurse.As(access.Person, access.Portal), func(tx *postgres.Tx) error {
				return flow.Move(ctx, tx, flow.Step{Service: w.Service, Case: open, To: flow.Booked, At: monday.Add(3 * time.Hour)})
			})
			if err != nil {
				t.Fatal(err)
			}
			if v := asManager(t, db, w, id); v.State != "booked" {
				t.Errorf("after the open case was booked the referrer sees %s", v.State)
			}
			err = db.InTenant(ctx, w.Nurse.As(access.Person, access.Portal), func(tx *postgres.Tx) error {
				return flow.Move(ctx, tx, flow.Step{Service: w.Service, Case: open, To: flow.AwaitingBooking, At: monday.Add(2 * time.Hour)})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		views[i] = asManager(t, db, w, id)
		sent[i] = messages(t, db, w.Ward.Person)
	}
	if d := cmp.Diff(views[0], views[1]); d != "" {
		t.Errorf("a merge shows:\n%s", d)
	}
	if d := cmp.Diff(sent[0], sent[1]); d != "" {
		t.Errorf("a merge sends:\n%s", d)
	}
	if len(sent[0]) != 1 || views[0].Reports != 1 {
		t.Errorf("messages %v, reports %d; want one of each", sent[0], views[0].Reports)
	}
}

func TestReturnStopsTheClock(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db)
	id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday)
	admin := w.OHAdmin.As(access.OHAdmin, access.Clinical)
	in := triage.SendBack{ID: uuid.New(), Case: id, Message: "RETURN-INFO-JOB", Missing: "No job demands"}
	for range 2 { // a double click
		if faults, err := s.Return(ctx, admin, monday, in); err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
	}
	v := asManager(t, db, w, id)
	if v.State != "returned" || v.Reason != "RETURN-INFO" || v.Note == "" || v.Note == "triage.seen.RETURN-INFO-JOB" {
		t.Errorf("the referrer sees %+v", v)
	}
	queue := func(at time.Time) triage.Item {
		p, err := s.Queue(ctx, admin, at, triage.Filter{})
		if err != nil || len(p.Items) != 1 {
			t.Fatalf("queue: %v %v", p, err)
		}
		return p.Items[0]
	}
	week := monday.AddDate(0, 0, 7)
	if i := queue(week); !i.Standing.Paused || i.Standing.Left != 2 {
		t.Errorf("a week later the stopped clock says %+v, want two working days left", i.Standing)
	}
	for range 2 {
		if err := s.Resume(ctx, admin, week, id); err != nil {
			t.Fatal(err)
		}
	}
	if i := queue(week.AddDate(0, 0, 1)); i.Standing.Paused || i.Standing.Left != 1 || i.State != flow.Received {
		t.Errorf("the day after the answer: %+v", i)
	}
	ledger := caretest.Ask[int](t, db, access.SystemActor(access.Worker, w.Trust, w.Service),
		`select count(*) from activity where service_id = $1 and kind in ('casefile.paused','casefile.resumed','referral.returned')`, w.Service)
	if ledger != 3 {
		t.Errorf("%d rows in the ledger, want pause, resume and return once each", ledger)
	}
}

func TestDecide(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := service(db)
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	t.Run("refuses an administrator", func(t *testing.T) {
		id := caretest.Managed(t, db, w.Ward, w.Nurse, "why", monday)
		_, err := s.Decide(ctx, w.OHAdmin.As(access.OHAdmin, access.Clinical), monday, triage.Decision{ID: uuid.New(), Case: id, Outcome: "ACCEPT-OHN", Priority: "P2", Rationale: "x"})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	})
	t.Run("refuses one's own case and another service's", func(t *testing.T) {
		own := caretest.Self(t, db, w.OHNurse, "words", monday)
		foreign := caretest.Managed(t, db, w.ForeignManager, w.Foreign, "why", monday)
		for _, id := range []uuid.UUID{own, foreign} {
			_, err := s.Decide(ctx, nurse, monday, triage.Decision{ID: uuid.New(), Case: id, Outcome: "ACCEPT-OHN", Priority: "P2", Rationale: "x"})
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("got %v", err)
			}
		}
	})
	t.Run("needs priority, outcome, rationale, text and an open case to merge into", func(t *testing.T) {
		id := caretest.Managed(t, db, w.Ward, w.Peer, "why", monday)
		for in, want := range map[triage.Decision][]string{
			{}: {"priority", "outcome", "rationale"},
			{Outcome: "MERGE", Priority: "P2", Rationale: "x"}:                                 {"outcome"},
			{Outcome: "RETURN-INFO", Priority: "P2", Rationale: "x"}:                           {"message"},
			{Outcome: "RETURN-INFO", Priority: "P2", Rationale: "x", Message: "REJECT-NOT-OH"}: {"message"},
			{Outcome: "ACCEPT-OHN", Priority: "P4", Rationale: "x"}:                            {"priority"},
		} {
			in.ID, in.Case = uuid.New(), id
			faults, err := s.Decide(ctx, nurse, monday, in)
			var got []string
			for _, f := range faults {
				got = append(got, f.Name)
			}
			if d := cmp.Diff(want, got); d != "" || err != nil {
				t.Errorf("%+v: %v\n%s", in, err, d)
			}
		}
	})
	t.Run("P0 makes a same-day task", func(t *testing.T) {
		id := caretest.Self(t, db, w.HR, "words", monday)
		decide(t, s, w.OHNurse, monday, triage.Decision{Case: id, Outcome: "ACCEPT-OHP", Priority: "P0"})
		tasks, err := s.Urgent(ctx, nurse)
		if err != nil || len(tasks) != 1 || !tasks[0].DueAt.Equal(monday.Truncate(24*time.Hour).AddDate(0, 0, 1)) {
			t.Fatalf("tasks %+v %v", tasks, err)
		}
		if err := s.Finish(ctx, nurse, monday, tasks[0].ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("finished before acknowledged: %v", err)
		}
		for range 2 {
			if err := s.Acknowledge(ctx, nurse, monday.Add(time.Minute), tasks[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Acknowledge(ctx, w.ForeignOHNurse.As(access.Nurse, access.Clinical), monday, tasks[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another service: %v", err)
		}
		tasks, _ = s.Urgent(ctx, nurse)
		if !tasks[0].AcknowledgedAt.Equal(monday.Add(time.Minute)) || *tasks[0].Owner != w.OHNurse.Account {
			t.Errorf("acknowledged %+v", tasks[0])
		}
		if err := s.Finish(ctx, nurse, monday.Add(time.Hour), tasks[0].ID); err != nil {
			t.Fatal(err)
		}
		if tasks, _ = s.Urgent(ctx, nurse); len(tasks) != 0 {
			t.Errorf("still open: %+v", tasks)
		}
	})
	t.Run("a declined referral closes with a neutral text", func(t *testing.T) {
		id := caretest.Managed(t, db, w.Ward, w.OHPhysio, "why", monday)
		decide(t, s, w.OHNurse, monday, triage.Decision{Case: id, Outcome: "REJECT-NOT-OH", Priority: "P3", Message: "REJECT-NOT-OH"})
		if v := asManager(t, db, w, id); v.State != "declined" || v.Reason != "REJECT-NOT-OH" || v.Note == "" || v.Reports != 0 {
			t.Errorf("the referrer sees %+v", v)
		}
	})
	t.Run("a self-referral tells nobody at work", func(t *testing.T) {
		w := world.New(t, db)
		for _, o := range []string{"ACCEPT-COUNS", "RETURN-INFO", "REDIRECT-SELF"} {
			id := caretest.Self(t, db, w.Nurse, "words", monday)
			decide(t, s, w.OHNurse, monday, triage.Decision{Case: id, Outcome: o, Priority: "P2"})
		}
		for _, who := range []world.Who{w.Ward, w.HR, w.Peer} {
			if got := messages(t, db, who.Person); len(got) > 0 {
				t.Errorf("%s was sent %v", who.Name, got)
			}
		}
		if n := caretest.Ask[int](t, db, w.OHNurse.As(access.Nurse, access.Clinical), `select count(*) from report where service_id = $1`, w.Service); n != 0 {
			t.Errorf("%d reports about self-referrals", n)
		}
	})
}
