package pulse_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx   = context.Background()
	now   = time.Now() // the database asks its own clock whether a question is open
	today = locale.Day(now)
)

// Whatever is answered: of fewer than 8 nothing is told, and what is told of more is a half step and a multiple of 5.
func TestTell(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(rt, "n")
		sum := 0
		for range n {
			sum += rapid.IntRange(1, 5).Draw(rt, "score")
		}
		answers, mean := pulse.Tell(n, sum)
		if n < 8 {
			if answers != nil || mean != nil {
				rt.Fatalf("%d answers are told", n)
			}
			return
		}
		if *answers%5 != 0 || *answers < 10 || *mean*2 != float64(int(*mean*2)) || *mean < 1 || *mean > 5 {
			rt.Fatalf("%d answers with sum %d: %d, %v", n, sum, *answers, *mean)
		}
	})
}

func TestCheckQuestion(t *testing.T) {
	in := func(text string, opens, days int) pulse.QuestionIn {
		return pulse.QuestionIn{Text: text, Opens: today.AddDays(opens), Closes: today.AddDays(opens + days - 1)}
	}
	for name, x := range map[string]struct {
		in   pulse.QuestionIn
		want []string
	}{
		"two weeks from today": {in("x", 0, 14), nil},
		"six weeks":            {in("x", 3, 42), nil},
		"nothing":              {pulse.QuestionIn{}, []string{"pulse.question.empty", "pulse.opens.empty", "pulse.closes.empty"}},
		"too short":            {in("x", 0, 13), []string{"pulse.closes.bad"}},
		"too long":             {in("x", 0, 43), []string{"pulse.closes.bad"}},
		"from yesterday":       {in("x", -1, 20), []string{"pulse.opens.past"}},
		"a long text":          {in(string(make([]rune, 200))+"xx", 0, 14), []string{"form.too_long"}},
	} {
		f := pulse.Board{}.CheckQuestion(x.in, today)
		if len(f) != len(x.want) {
			t.Errorf("%s: %v, want %v", name, f, x.want)
			continue
		}
		for i := range f {
			if f[i].Key != x.want[i] {
				t.Errorf("%s: %v, want %v", name, f, x.want)
			}
		}
	}
}

type desk struct {
	*testing.T
	db *postgres.DB
	w  *world.World
	s  *pulse.Service
	q  pulse.QuestionIn
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	d := &desk{t, db, w, pulse.New(db), pulse.QuestionIn{ID: uuid.New(), Text: "How are you?", Opens: today, Closes: today.AddDays(13)}}
	for range 2 { // a second click
		if f, err := d.s.Ask(ctx, w.OHLead.As(access.Lead, access.Clinical), now, d.q); err != nil || len(f) > 0 {
			t.Fatal(f, err)
		}
	}
	return d
}

// answer has n accounts of the service answer, each as often as it likes.
func (d *desk) answer(n, score int) {
	d.Helper()
	for range n {
		who := d.w.OHNurse
		who.Account = uuid.New()
		for range 2 {
			if err := d.s.Give(ctx, who.As(access.Nurse, access.Clinical), now, d.q.ID, score); err != nil {
				d.Fatal(err)
			}
		}
	}
}

// past runs a statement past every wall.
func (d *desk) past(sql string, args ...any) error {
	d.Helper()
	conn, err := pgx.Connect(ctx, world.Super(d))
	if err != nil {
		d.Fatal(err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql, args...)
	return err
}

func (d *desk) super(sql string, args ...any) {
	d.Helper()
	if err := d.past(sql, args...); err != nil {
		d.Fatal(err)
	}
}

// later has days pass: the question was asked so many before.
func (d *desk) later(days int) {
	d.Helper()
	d.super(`update pulse set opens_on = opens_on - $2::int, closes_on = closes_on - $2::int where id = $1`, d.q.ID, days)
}

// run does something behind an actor's wall.
func (d *desk) run(a access.Actor, sql string, args ...any) error {
	return d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
}

// left counts the tallies and voices of the question, past every wall.
func (d *desk) left() (tallies, voices int) {
	d.Helper()
	conn, err := pgx.Connect(ctx, world.Super(d))
	if err != nil {
		d.Fatal(err)
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, `select (select coalesce(sum(n), 0) from pulse_tally, unnest(counts) n where pulse_id = $1), (select count(*) from pulse_voice where pulse_id = $1)`, d.q.ID).Scan(&tallies, &voices)
	if err != nil {
		d.Fatal(err)
	}
	return tallies, voices
}

func (d *desk) count(at time.Time) {
	d.Helper()
	for range 2 { // the worker looks every hour
		if err := d.db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error { return pulse.Count(ctx, tx, at) }); err != nil {
			d.Fatal(err)
		}
	}
}

func (d *desk) results(at time.Time) []pulse.Result {
	d.Helper()
	b, err := d.s.Find(ctx, d.w.OHLead.As(access.Lead, access.Clinical), at)
	if err != nil {
		d.Fatal(err)
	}
	return b.Results
}

// Seven answers leave nothing behind, under any login: not a mean, a number or an answer. While the period runs, nor do many.
func TestFewAnswersAreNotTold(t *testing.T) {
	d := open(t)
	d.answer(7, 2)
	d.later(13)
	d.count(now) // its last day
	if len(d.results(now)) != 0 {
		t.Error("a result before the period is over")
	}
	d.later(1)
	d.count(now)
	got := d.results(now)
	if len(got) != 1 || !got[0].Few || got[0].Answers != 0 || got[0].Mean != 0 {
		t.Errorf("told %+v", got)
	}
	w := d.w
	for _, a := range []access.Actor{w.OHLead.As(access.Lead, access.Growth), w.OHLead.As(access.Lead, access.Clinical), access.SystemActor(access.Worker, w.Trust, w.Service)} {
		if a.Wall != access.Worker {
			if n := caretest.Ask[int](t, d.db, a, `select count(*) from pulse_result where pulse_id = $1 and (answers is not null or mean is not null)`, d.q.ID); n != 0 {
				t.Errorf("%s reads a result of 7 answers", a.Wall)
			}
		}
	}
	// Whatever the worker came to write, the table holds no number for fewer than 8.
	err := d.db.InTenant(ctx, access.SystemActor(access.Worker, w.Trust, w.Service), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into pulse_result (service_id, organisation_id, pulse_id, question, opens_on, closes_on, answers, mean, counted_at) values ($1,$2,$3,'x',now(),now(),5,3,now())`, w.Service, w.Trust, uuid.New())
		return err
	})
	if err == nil {
		t.Error("a result of five answers was kept")
	}
	if n := caretest.Ask[int](t, d.db, access.SystemActor(access.Worker, w.Trust, w.Service), `select count(*) from pulse_tally where pulse_id = $1`, d.q.ID); n != 0 {
		t.Errorf("%d tallies are left", n)
	}
}

func TestEnoughAnswersAreTold(t *testing.T) {
	d := open(t)
	d.answer(6, 4)
	d.answer(2, 3) // 30 of 8: 3.75
	d.later(14)
	d.count(now)
	got := d.results(now)
	if len(got) != 1 || got[0].Few || got[0].Answers != 10 || got[0].Mean != 4 {
		t.Errorf("told %+v", got)
	}
	if n := caretest.Ask[int](t, d.db, d.w.OHLead.As(access.Lead, access.Growth), `select answers from pulse_result where pulse_id = $1`, d.q.ID); n != 10 {
		t.Errorf("growth reads %d", n)
	}
	if n := caretest.Ask[int](t, d.db, d.w.ForeignOHNurse.As(access.Nurse, access.Clinical), `select count(*) from pulse_result`); n != 0 {
		t.Errorf("another service reads %d results", n)
	}
}

// Nobody reads an answer, who else has answered, or changes what was set; nothing joins the two tables, and no audit row tells of an
// answer.
func TestNobodyReadsAnAnswer(t *testing.T) {
	d := open(t)
	d.answer(9, 1)
	w := d.w
	clinical := func(who world.Who, r access.Role) access.Actor { return who.As(r, access.Clinical) }
	for table, actors := range map[string][]access.Actor{
		"pulse_tally": {clinical(w.OHNurse, access.Nurse), clinical(w.OHLead, access.Lead), w.OHLead.As(access.Lead, access.Growth), w.OHNurse.As(access.Person, access.Portal), w.Ward.As(access.Manager, access.Employer),
			w.Caldicott.As(access.Caldicott, access.Audit), w.OHNurse.As(access.Nurse, access.Hall)},
		"pulse_voice": {w.OHLead.As(access.Lead, access.Growth), w.OHNurse.As(access.Person, access.Portal), w.Ward.As(access.Manager, access.Employer), w.Caldicott.As(access.Caldicott, access.Audit), access.SystemActor(access.Worker, w.Trust, w.Service)},
		"pulse":       {w.OHLead.As(access.Lead, access.Growth), w.Ward.As(access.Manager, access.Employer), w.OHNurse.As(access.Person, access.Portal)},
	} {
		for _, a := range actors {
			err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
				_, err := tx.Exec(ctx, `select 1 from `+table)
				return err
			})
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s reads %s: %v", a.Wall, table, err)
			}
		}
	}
	for _, a := range []access.Actor{clinical(w.OHLead, access.Lead), clinical(w.OHNurse, access.Nurse), access.SystemActor(access.Clinical, w.Trust, w.Service)} {
		if n := caretest.Ask[int](t, d.db, a, `select count(*) from pulse_voice`); n != 0 {
			t.Errorf("%s sees who answered: %d", a.Role, n)
		}
	}
	if n := caretest.Ask[int](t, d.db, w.Caldicott.As(access.Caldicott, access.Audit), `select count(*) from audit_event where service_id = $1 and action like 'pulse.%'`, w.Service); n != 1 {
		t.Errorf("%d audit rows, want the question's alone", n)
	}
	err := d.db.InTenant(ctx, clinical(w.OHLead, access.Lead), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update pulse set closes_on = current_date - 1`)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("a period was cut short: %v", err)
	}
	nurse := clinical(w.OHNurse, access.Nurse)
	for name, x := range map[string]struct {
		at    time.Time
		id    uuid.UUID
		score int
		want  fault.Kind
	}{"no score": {now, d.q.ID, 0, fault.Invalid}, "6": {now, d.q.ID, 6, fault.Invalid}, "before it opens": {now.AddDate(0, 0, -1), d.q.ID, 3, fault.Conflict}, "after it closed": {now.AddDate(0, 0, 14), d.q.ID, 3, fault.Conflict}, "no such question": {now, uuid.New(), 3, fault.NotFound}} {
		if err := d.s.Give(ctx, nurse, x.at, x.id, x.score); fault.KindOf(err) != x.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	overlap := pulse.QuestionIn{ID: uuid.New(), Text: "Again?", Opens: d.q.Closes, Closes: d.q.Closes.AddDays(15)}
	if f, err := d.s.Ask(ctx, clinical(w.OHLead, access.Lead), now, overlap); err != nil || len(f) != 1 || f[0].Key != "pulse.opens.overlap" {
		t.Errorf("two at a time: %v, %v", f, err)
	}
	overlap.Opens = d.q.Closes.AddDays(1)
	overlap.Closes = d.q.Closes.AddDays(14)
	if f, err := d.s.Ask(ctx, clinical(w.OHLead, access.Lead), now, overlap); err != nil || len(f) != 0 {
		t.Errorf("one after the other: %v, %v", f, err)
	}
}

// Whoever has a login and comes past the commands meets the same rules: the worker sees no tally of a question that is open, and what
// is added is a score, to a question that is open today, for somebody who answers.
func TestDatabaseRefuses(t *testing.T) {
	d := open(t)
	d.answer(7, 2)
	w := d.w
	worker, clinical := access.SystemActor(access.Worker, w.Trust, w.Service), access.SystemActor(access.Clinical, w.Trust, w.Service)
	if n := caretest.Ask[int](t, d.db, worker, `select count(*) from pulse_tally where pulse_id = $1`, d.q.ID); n != 0 {
		t.Error("the worker reads the tally of a question that is open")
	}
	if err := d.run(worker, `delete from pulse_tally where pulse_id = $1`, d.q.ID); err != nil {
		t.Fatal(err)
	}
	coming := uuid.New()
	if err := d.run(clinical, `insert into pulse (service_id, id, organisation_id, question, opens_on, closes_on, set_at, by_name) values ($1,$2,$3,'x',$4,$5,now(),'x')`,
		w.Service, coming, w.Trust, today.AddDays(14).UTC(), today.AddDays(28).UTC()); err != nil {
		t.Fatal(err)
	}
	add := func(a access.Actor, id uuid.UUID, score any) error {
		return d.run(a, `select answer_pulse($1, $2)`, id, score)
	}
	refused := func(name string, err error, code string) {
		t.Helper()
		if postgres.Code(err) != code {
			t.Errorf("%s: %v, want %s", name, err, code)
		}
	}
	const check = "23514"
	refused("an answer of nobody", add(clinical, d.q.ID, 5), check)
	if err := d.run(access.SystemActor(access.Clinical, w.Trust, w.Service), `insert into pulse_voice (service_id, pulse_id, account_id) values ($1,$2,$3)`, w.Service, d.q.ID, uuid.New()); err == nil {
		t.Error("somebody answers as another")
	}
	nurse := w.OHNurse.As(access.Nurse, access.Clinical)
	if err := d.run(nurse, `insert into pulse_voice (service_id, pulse_id, account_id) values ($1,$2,$3)`, w.Service, d.q.ID, nurse.Account); err != nil {
		t.Fatal(err)
	}
	for _, score := range []any{9, 0, -1, nil} {
		refused("no score", add(clinical, d.q.ID, score), check)
	}
	refused("before it opens", add(clinical, coming, 3), postgres.PulseOver)
	refused("another service", add(w.ForeignOHNurse.As(access.Nurse, access.Clinical), d.q.ID, 3), postgres.PulseOver)
	refused("an older snapshot", d.past(fmt.Sprintf(`begin isolation level repeatable read; set local role rowan_clinical; set local app.service = '%s'; select answer_pulse('%s', 3)`, w.Service, d.q.ID)), postgres.ReleaseRefused)
	for _, a := range []access.Actor{worker, w.OHLead.As(access.Lead, access.Growth), w.Ward.As(access.Manager, access.Employer), w.OHNurse.As(access.Person, access.Portal)} {
		refused(string(a.Wall), add(a, d.q.ID, 3), postgres.PermissionDenied)
	}
	if tallies, voices := d.left(); tallies != 7 || voices != 8 {
		t.Fatalf("%d answers of %d people, want 7 of 8", tallies, voices)
	}
	d.later(14)
	refused("after it is over", add(clinical, d.q.ID, 3), postgres.PulseOver)
	if n := caretest.Ask[[]int32](t, d.db, worker, `select counts from pulse_tally where pulse_id = $1`, d.q.ID); !slices.Equal(n, []int32{0, 7, 0, 0, 0}) {
		t.Errorf("the tally is %v", n)
	}
}

// The period may end between the two steps of an answer, or the worker may count then: nothing is half done, the person is told, and no
// tally of one answer stays behind.
func TestPeriodEndsWhileSomebodyAnswers(t *testing.T) {
	d := open(t)
	d.answer(8, 2)
	d.later(14)
	nurse := d.w.OHNurse.As(access.Nurse, access.Clinical)
	late := func() error { return d.s.Give(ctx, nurse, now.AddDate(0, 0, -1), d.q.ID, 5) } // it was open when the page was sent
	if err := late(); fault.KindOf(err) != fault.Conflict {
		t.Errorf("after midnight: %v", err)
	}
	if tallies, voices := d.left(); tallies != 8 || voices != 8 {
		t.Errorf("%d answers of %d people, want 8 of 8", tallies, voices)
	}
	// Where past questions may be answered, as an installation of invented data does, the count alone ends it.
	d.super(`insert into installation (demo) values (true)`)
	defer d.super(`delete from installation`)
	answered := make(chan error)
	err := d.db.InTenant(ctx, access.SystemActor(access.Worker, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		if err := pulse.Count(ctx, tx, now); err != nil {
			return err
		}
		go func() { answered <- late() }()
		time.Sleep(200 * time.Millisecond) // it waits for the count meanwhile
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-answered; fault.KindOf(err) != fault.Conflict {
		t.Errorf("beside the count: %v", err)
	}
	if tallies, voices := d.left(); tallies != 0 || voices != 8 {
		t.Errorf("%d answers of %d people, want 0 of 8", tallies, voices)
	}
	if got := d.results(now); len(got) != 1 || got[0].Few || got[0].Mean != 2 {
		t.Errorf("told %+v", got)
	}
}
