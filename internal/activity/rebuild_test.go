package activity_test

import (
	"context"
	"math"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var ctx = context.Background()

func ledger(t testing.TB) activity.Ledger {
	t.Helper()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return activity.Ledger{Keys: keys}
}

func within(t testing.TB, db *postgres.DB, a access.Actor, fn func(*postgres.Tx) error) {
	t.Helper()
	if err := db.InTenant(ctx, a, fn); err != nil {
		t.Fatal(err)
	}
}

// journey is a case of some events, an hour of the day and a number of days apart.
func journey(w *world.World, organisation uuid.UUID, start time.Time, days ...int) []activity.Row {
	c := uuid.New()
	steps := []struct {
		kind  activity.Kind
		codes activity.Codes
	}{
		{activity.ReferralSubmitted, activity.Codes{Source: "management", Reason: "LTS", StaffGroup: "Nursing and Midwifery Registered"}},
		{activity.ReferralTriaged, activity.Codes{Source: "management", Priority: "P2", Outcome: "ACCEPT-OHN"}},
		{activity.ReferralAccepted, activity.Codes{Source: "management", Priority: "P2"}},
		{activity.AppointmentBooked, activity.Codes{Source: "management"}},
		{activity.AppointmentHeld, activity.Codes{Source: "management"}},
		{activity.ReportSigned, activity.Codes{Source: "management"}},
		{activity.ReportReleased, activity.Codes{Source: "management"}},
		{activity.CaseClosed, activity.Codes{Source: "management", Outcome: "done"}},
	}
	var rows []activity.Row
	for i, s := range steps {
		start = start.AddDate(0, 0, days[i%len(days)])
		rows = append(rows, activity.Row{Kind: s.kind, At: start, Organisation: organisation, Service: w.Service, Person: w.Nurse.Person, Case: c, Codes: s.codes})
	}
	return rows
}

func TestRebuild(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	l := ledger(t)
	worker := access.SystemActor(access.Worker, uuid.Nil, w.Service)
	monday := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	rows := append(journey(w, w.Trust, monday, 0, 1, 0, 1, 1, 1, 1, 1), journey(w, w.Community, monday, 0, 2)...)
	self := journey(w, w.Trust, monday, 0, 1)
	for i := range self {
		self[i].Codes.Source = "self"
	}
	rows = append(rows, self...)
	foreign := journey(w, w.Other, monday, 0, 1)
	for i := range foreign {
		foreign[i].Service = w.OtherService
	}
	within(t, db, worker, func(tx *postgres.Tx) error { return l.CopyIn(ctx, tx, append(rows, foreign...)) })
	portal := access.SystemActor(access.Portal, w.Trust, w.Service)
	within(t, db, portal, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into feedback (service_id, id, organisation_id, month, communication, specific, mattered, comment) values ($1,$2,$3,'2026-06-01',5,4,3,'words')`, w.Service, uuid.New(), w.Trust)
		return err
	})
	rebuild := func() int {
		var n int
		within(t, db, worker, func(tx *postgres.Tx) (err error) {
			n, err = activity.Rebuild(ctx, tx, w.Service, monday)
			return err
		})
		return n
	}
	if n := rebuild(); n != 25 {
		t.Errorf("%d rows read, want 24 events and 1 answer", n)
	}
	from, to := civil.MustParse("2026-01-01"), civil.MustParse("2027-01-01")
	read := func(a access.Actor) (waits []activity.Waits, counts []activity.Count, states []activity.StateTime, scores []activity.Score) {
		within(t, db, a, func(tx *postgres.Tx) (err error) {
			if waits, err = activity.ReadWaits(ctx, tx, from, to, activity.WaitTriage, activity.WaitFirstSeen); err != nil {
				return err
			}
			if counts, err = activity.ReadCounts(ctx, tx, from, to, []activity.Kind{activity.ReferralSubmitted}, []string{"all", "reason"}); err != nil {
				return err
			}
			if states, err = activity.ReadStates(ctx, tx, from, to); err != nil {
				return err
			}
			scores, err = activity.ReadScores(ctx, tx, from, to)
			return err
		})
		return
	}
	lead := w.OHLead.As(access.Lead, access.Growth)
	waits, counts, states, scores := read(lead)
	june := civil.MustParse("2026-06-01")
	var wantWaits []activity.Waits
	for _, w := range []struct {
		measure       activity.Measure
		employer, own activity.Histogram
	}{
		{activity.WaitFirstSeen, activity.Histogram{3: 1, 4: 1}, activity.Histogram{2: 1}},
		{activity.WaitTriage, activity.Histogram{1: 1, 2: 1}, activity.Histogram{1: 1}},
	} {
		for _, clock := range []activity.Clock{activity.Adjusted, activity.Raw} {
			wantWaits = append(wantWaits,
				activity.Waits{Month: june, Measure: w.measure, Clock: clock, Side: activity.SideEmployer, Priority: "P2", Lengths: w.employer},
				activity.Waits{Month: june, Measure: w.measure, Clock: clock, Side: activity.SideOwn, Priority: "P2", Lengths: w.own})
		}
	}
	if d := cmp.Diff(wantWaits, waits); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]activity.Count{{june, activity.ReferralSubmitted, "all", "all", 3}, {june, activity.ReferralSubmitted, "reason", "LTS", 3}}, counts); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]activity.Score{{june, "communication", 5, 1}, {june, "mattered", 3, 1}, {june, "specific", 4, 1}}, scores); d != "" {
		t.Error(d)
	}
	if len(states) == 0 || states[0].State != activity.StateAttended || states[0].Cases != 3 || states[0].Hours != 96 {
		t.Errorf("states %+v", states)
	}
	if n := rebuild(); n != 25 {
		t.Errorf("again: %d rows", n)
	}
	again, _, _, _ := read(lead)
	if d := cmp.Diff(waits, again); d != "" {
		t.Error("a second rebuild differs", d)
	}

	// Without a service, an organisation sees its own part only, and of that no self-referral: no count, no wait,
	// no time in a state, no answer.
	hr := w.HR.As(access.HR, access.Growth)
	hr.Service = uuid.Nil
	waits, counts, states, scores = read(hr)
	if len(counts) != 2 || counts[0].N != 1 || len(waits) == 0 || waits[0].Lengths.N() != 1 || states[0].Cases != 1 || len(scores) != 0 {
		t.Errorf("HR of the trust: %+v %+v %+v %+v", counts, waits, states, scores)
	}
	_, counts, _, _ = read(w.Foreign.As(access.Lead, access.Growth))
	if len(counts) != 0 {
		t.Errorf("the other service sees %+v", counts)
	}
}

func TestCopyInChecks(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	l := ledger(t)
	bad := journey(w, w.Trust, time.Now(), 0)
	bad[3].Codes.Source = ""
	err := db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error { return l.CopyIn(ctx, tx, bad) })
	if err == nil {
		t.Error("a row without its source went in")
	}
	// The clinical login may append for its own service only, in bulk too.
	err = db.InTenant(ctx, w.OHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		rows := journey(w, w.Other, time.Now(), 0)
		for i := range rows {
			rows[i].Service = w.OtherService
		}
		return l.CopyIn(ctx, tx, rows)
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("another service's ledger: %v", err)
	}
}

func TestWorkforce(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	within(t, db, access.SystemActor(access.Worker, w.Community, uuid.Nil), func(tx *postgres.Tx) error {
		return activity.CountWorkforce(ctx, tx, w.Community, time.Date(2026, 6, 15, 0, 0, 0, 0, time.UTC))
	})
	hr := access.SystemActor(access.Growth, w.Community, uuid.Nil)
	var april float64
	var months int
	within(t, db, hr, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*), sum(fte_days) filter (where month = '2026-04-01') from rollup_workforce`).Scan(&months, &april)
	})
	// Two full-time posts, 30 days; 48 months before and the one that runs.
	if april != 60 || months != 49 {
		t.Errorf("%v days in April, %d months", april, months)
	}
}

// TestTwoMillion measures a rebuild on a national size of ledger when ROWAN_PROVE is set.
func TestTwoMillion(t *testing.T) {
	cases := 2000
	if os.Getenv("ROWAN_PROVE") == "1" {
		cases = 250_000 // of eight events
	}
	db := world.Open(t)
	w := world.New(t, db)
	l := ledger(t)
	worker := access.SystemActor(access.Worker, uuid.Nil, w.Service)
	begin := time.Now()
	within(t, db, worker, func(tx *postgres.Tx) error {
		var rows []activity.Row
		for i := range cases {
			start := time.Date(2023, 1, 2, 9, 0, 0, 0, time.UTC).AddDate(0, 0, i%1000)
			rows = append(rows, journey(w, []uuid.UUID{w.Trust, w.Community, w.Practice}[i%3], start, 0, i%5, 1, i%17, i%23, 3, i%7, 1)...)
			if len(rows) > 40_000 || i == cases-1 {
				if err := l.CopyIn(ctx, tx, rows); err != nil {
					return err
				}
				rows = rows[:0]
			}
		}
		return nil
	})
	filled := time.Since(begin)
	begin = time.Now()
	var n int
	within(t, db, worker, func(tx *postgres.Tx) (err error) {
		n, err = activity.Rebuild(ctx, tx, w.Service, begin)
		return err
	})
	t.Logf("%d rows in bulk in %v, rebuilt in %v", n, filled, time.Since(begin))
	if n != 8*cases {
		t.Errorf("%d rows read", n)
	}
}

// TestRebuildCohorts: what is open is in the roll-up of the month in which it began, up to the last event of the ledger; a
// closure of the service is no working day, and the sweep sees it.
func TestRebuildCohorts(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	l := ledger(t)
	worker := access.SystemActor(access.Worker, uuid.Nil, w.Service)
	monday := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	waiting := journey(w, w.Trust, monday, 0)[:1]
	seen := journey(w, w.Trust, monday, 0, 1, 0, 1, 1, 1, 1, 1) // Monday, Tuesday, Wednesday, Thursday: seen after three days
	end := journey(w, w.Trust, monday.AddDate(0, 0, 28), 0)[:1] // Monday, 29 June
	within(t, db, worker, func(tx *postgres.Tx) error {
		return l.CopyIn(ctx, tx, append(append(waiting, seen...), end...))
	})
	read := func() (out map[string]activity.Cohort) {
		out = map[string]activity.Cohort{}
		within(t, db, worker, func(tx *postgres.Tx) error {
			_, err := activity.Rebuild(ctx, tx, w.Service, monday.AddDate(1, 0, 0))
			return err
		})
		within(t, db, w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error {
			raw := activity.Wanted{Measure: activity.WaitFirstSeen, Clock: activity.Raw, Priorities: true}
			all, _, err := activity.ReadWantedCohorts(ctx, tx, civil.MustParse("2026-06-01"), civil.MustParse("2026-07-01"), []activity.Wanted{raw})
			for _, c := range all[raw] {
				out[c.Priority] = c
			}
			return err
		})
		return out
	}
	got := read()
	if d := cmp.Diff(activity.Histogram{3: 1}, got["P2"].Ended); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(activity.Histogram{0: 1, 20: 1}, got[activity.NoPriority].Open); d != "" {
		t.Error(d)
	}
	if kept, due, undue := got[activity.NoPriority].Due(10); kept != 0 || due != 1 || undue != 1 {
		t.Errorf("%d of %d, %d undue", kept, due, undue)
	}
	within(t, db, w.OHLead.As(access.Lead, access.Growth), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into service_closure (service_id, day, reason, by, at) values ($1, '2026-06-03', 'Training day', 'Anne', now())`, w.Service)
		return err
	})
	got = read()
	if d := cmp.Diff(activity.Histogram{2: 1}, got["P2"].Ended); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(activity.Histogram{0: 1, 19: 1}, got[activity.NoPriority].Open); d != "" {
		t.Error(d)
	}
}

// TestFitsFollowTheLedger: the fits of a service come with its roll-ups, from its own ledger and as known a year ago too; an
// organisation and another service do not read them.
func TestFitsFollowTheLedger(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	l := ledger(t)
	worker := access.SystemActor(access.Worker, uuid.Nil, w.Service)
	var rows []activity.Row
	monday := time.Date(2024, 6, 3, 9, 0, 0, 0, time.UTC)
	const weeks, daily = 110, 2
	for week := range weeks {
		for day := range 5 {
			for range daily {
				j := journey(w, w.Trust, monday.AddDate(0, 0, 7*week+day), 0, 0, 0, 0, 7, 0, 0, 0)
				rows = append(rows, j...)
			}
		}
	}
	within(t, db, worker, func(tx *postgres.Tx) error { return l.CopyIn(ctx, tx, rows) })
	within(t, db, worker, func(tx *postgres.Tx) error {
		_, err := activity.Rebuild(ctx, tx, w.Service, monday.AddDate(3, 0, 0))
		return err
	})
	read := func(a access.Actor, v activity.Vintage) (f demand.Fits, ok bool) {
		within(t, db, a, func(tx *postgres.Tx) (err error) {
			f, ok, err = activity.ReadFits(ctx, tx, v)
			return err
		})
		return f, ok
	}
	growth := access.SystemActor(access.Growth, w.Trust, w.Service)
	now, ok := read(growth, activity.Now)
	if !ok || len(now.Rates) != 1 || now.Rates[0].Type != "management" {
		t.Fatalf("fits are %+v", now.Rates)
	}
	// Bank holidays count too here: the made-up referrals know none.
	if r := now.Rates[0]; math.Abs(r.Weekly-5*daily) > 0.5 || r.N < 900 || !r.Trended || !r.Monthly {
		t.Errorf("rate is %.2f a week of %d", r.Weekly, r.N)
	}
	if now.Wait.Value != 5 || now.List < daily || now.List > 7*daily {
		t.Errorf("wait %v, list %d", now.Wait.Value, now.List)
	}
	if now.Held == nil {
		t.Error("whose the open cases are was not counted")
	}
	ago, ok := read(growth, activity.YearAgo)
	if d := now.AsAt.DaysSince(ago.AsAt); !ok || d != 364 {
		t.Errorf("the fits of a year ago are %d days old", d)
	}
	for _, a := range []access.Actor{access.SystemActor(access.Growth, w.Trust, uuid.Nil), access.SystemActor(access.Growth, w.Other, w.OtherService)} {
		if _, ok := read(a, activity.Now); ok {
			t.Errorf("%s reads the fits of another service", a.Organisation)
		}
	}
}

// A file that is taken in by command rolls up while the job does: one waits for the other.
func TestRebuildTwice(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	l := ledger(t)
	worker := access.SystemActor(access.Worker, uuid.Nil, w.Service)
	begin := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	within(t, db, worker, func(tx *postgres.Tx) error { return l.CopyIn(ctx, tx, journey(w, w.Trust, begin, 0, 1)) })
	rebuild := func(tx *postgres.Tx) error {
		_, err := activity.Rebuild(ctx, tx, w.Service, begin)
		return err
	}
	second := make(chan error, 1)
	within(t, db, worker, func(tx *postgres.Tx) error {
		if err := rebuild(tx); err != nil {
			return err
		}
		go func() { second <- db.InTenant(ctx, worker, rebuild) }()
		for waits := false; !waits; {
			if err := tx.QueryRow(ctx, `select exists (select from pg_locks where not granted)`).Scan(&waits); err != nil {
				return err
			}
		}
		return nil
	})
	if err := <-second; err != nil {
		t.Error(err)
	}
}
