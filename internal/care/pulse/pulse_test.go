package pulse_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/pulse"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx  = context.Background()
	now  = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	over = now.AddDate(0, 0, 14)
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
	today := civil.MustParse("2026-11-22")
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
	d := &desk{t, db, w, pulse.New(db), pulse.QuestionIn{ID: uuid.New(), Text: "How are you?", Opens: civil.MustParse("2026-11-22"), Closes: civil.MustParse("2026-12-05")}}
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
	d.count(over.AddDate(0, 0, -1)) // its last day
	if len(d.results(over)) != 0 {
		t.Error("a result before the period is over")
	}
	d.count(over)
	got := d.results(over)
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
	d.count(over)
	got := d.results(over)
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
	if n := caretest.Ask[[]int32](t, d.db, access.SystemActor(access.Worker, w.Trust, w.Service), `select counts from pulse_tally where pulse_id = $1`, d.q.ID); !slices.Equal(n, []int32{9, 0, 0, 0, 0}) {
		t.Errorf("the tally is %v", n)
	}
	// The function works in the service of the transaction alone.
	err = d.db.InTenant(ctx, w.ForeignOHNurse.As(access.Nurse, access.Clinical), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `select answer_pulse($1, 5)`, d.q.ID)
		return err
	})
	if err == nil {
		t.Error("another service adds to the tally")
	}
	nurse := clinical(w.OHNurse, access.Nurse)
	for name, x := range map[string]struct {
		at    time.Time
		id    uuid.UUID
		score int
		want  fault.Kind
	}{"no score": {now, d.q.ID, 0, fault.Invalid}, "6": {now, d.q.ID, 6, fault.Invalid}, "before it opens": {now.AddDate(0, 0, -1), d.q.ID, 3, fault.Conflict}, "after it closed": {over, d.q.ID, 3, fault.Conflict}, "no such question": {now, uuid.New(), 3, fault.NotFound}} {
		if err := d.s.Give(ctx, nurse, x.at, x.id, x.score); fault.KindOf(err) != x.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	overlap := pulse.QuestionIn{ID: uuid.New(), Text: "Again?", Opens: civil.MustParse("2026-12-05"), Closes: civil.MustParse("2026-12-20")}
	if f, err := d.s.Ask(ctx, clinical(w.OHLead, access.Lead), now, overlap); err != nil || len(f) != 1 || f[0].Key != "pulse.opens.overlap" {
		t.Errorf("two at a time: %v, %v", f, err)
	}
	overlap.Opens = civil.MustParse("2026-12-06")
	overlap.Closes = civil.MustParse("2026-12-19")
	if f, err := d.s.Ask(ctx, clinical(w.OHLead, access.Lead), now, overlap); err != nil || len(f) != 0 {
		t.Errorf("one after the other: %v, %v", f, err)
	}
}
