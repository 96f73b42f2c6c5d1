package training_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/contrast"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx = context.Background()
	now = time.Now().Truncate(time.Second) // row policies know the day of the database
)

type desk struct {
	world.T
	db                           *postgres.DB
	w                            *world.World
	s                            *training.Service
	nurse, ward, peer, lead, own access.Actor // own: a nurse of the team, at work
	course                       uuid.UUID
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	d := &desk{T: world.T{T: t}, db: db, w: w, s: training.New(training.Deps{DB: db, Keys: caretest.Keys{}, Now: func() time.Time { return now }}), course: uuid.New(),
		nurse: w.Nurse.As(access.Person, access.Portal), ward: w.Ward.As(access.Person, access.Portal), peer: w.Peer.As(access.Person, access.Portal), lead: w.OHLead.As(access.Lead, access.Clinical), own: w.OHNurse.As(access.Nurse, access.Clinical)}
	d.OK(d.s.SwitchOn(ctx, d.lead, now, d.course, "attendance", "Managing attendance", "About it."))
	return d
}

func (d *desk) is(err error, kind fault.Kind, what string) {
	d.Helper()
	if fault.KindOf(err) != kind {
		d.Errorf("%s: %v", what, err)
	}
}

// session plans one of a course, so many days from a moment.
func (d *desk) session(course uuid.UUID, at time.Time, days, places int) uuid.UUID {
	d.Helper()
	id := uuid.New()
	d.OK(d.s.Open(ctx, d.lead, at, course, training.SessionIn{ID: id, On: locale.Day(at).AddDays(days), At: "10:00", Online: "no", Place: "Room 1", Places: places, Trainer: "Anne Shaw"}))
	return id
}

func (d *desk) take(a access.Actor, at time.Time, session uuid.UUID) string {
	d.Helper()
	state, err := d.s.Take(ctx, a, at, session, uuid.New())
	d.OK(err)
	return state
}

func (d *desk) places(session uuid.UUID) (out []string) {
	d.Helper()
	r, err := d.s.Register(ctx, d.lead, session)
	d.OK(err)
	for _, p := range r.Places {
		out = append(out, p.Name+" "+p.State)
	}
	return out
}

func (d *desk) worker(fn func(*postgres.Tx) error) {
	d.Helper()
	d.OK(d.db.InTenant(ctx, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), fn))
}

func (d *desk) told(template string) (n int) {
	d.Helper()
	d.worker(func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from outbox where template = $1 and service_id = $2`, template, d.w.Service).Scan(&n)
	})
	return n
}

// crowd are more members of staff.
func (d *desk) crowd(n int) (out []access.Actor) {
	d.Helper()
	conn, err := pgx.Connect(ctx, world.Super(d.T))
	d.OK(err)
	defer func() { _ = conn.Close(ctx) }()
	for i := range n {
		a := access.Actor{Organisation: d.w.Trust, Service: d.w.Service, Person: uuid.New(), Name: fmt.Sprintf("Person %02d", i), Role: access.Person, Wall: access.Portal}
		_, err := conn.Exec(ctx, `insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth)
 values ($1, $2, $3, $4, 'Person', $4 || ' person', '1980-01-01')`, d.w.Trust, a.Person, a.Person.String()[:8], fmt.Sprintf("%02d", i))
		d.OK(err)
		out = append(out, a)
	}
	return out
}

func TestLife(t *testing.T) {
	d := open(t)
	d.OK(d.s.SwitchOn(ctx, d.lead, now, uuid.New(), "attendance", "Again", "x")) // is on already
	if b, err := d.s.Board(ctx, d.lead, now); err != nil || len(b.Courses) != 1 || !b.On["attendance"] {
		t.Fatalf("%+v, %v", b, err)
	}
	one := d.session(d.course, now, 10, 1)
	if got := d.take(d.nurse, now, one); got != training.Booked {
		t.Fatal(got)
	}
	d.take(d.nurse, now, one) // again
	if got := d.take(d.ward, now, one) + d.take(d.peer, now, one); got != training.Waiting+training.Waiting {
		t.Fatal(got)
	}
	if got := d.places(one); !slices.Equal(got, []string{"Amara Okafor booked", d.ward.Name + " waiting", d.peer.Name + " waiting"}) {
		t.Error(got)
	}
	// A place at the same time is one too many.
	other := d.session(d.course, now, 10, 5)
	_, err := d.s.Take(ctx, d.nurse, now, other, uuid.New())
	d.is(err, fault.Conflict, "two at once")
	// Who leads sees what is for managers first.
	d.OK(d.s.Make(ctx, d.lead, now, training.CourseIn{ID: uuid.New(), Title: "A first one", About: "x", Audience: training.Everyone, Minutes: 30}))
	for who, want := range map[*access.Actor]string{&d.ward: "Managing attendance", &d.nurse: "A first one"} {
		p, err := d.s.Own(ctx, *who, now)
		if d.OK(err); len(p.Offers) != 2 || p.Offers[0].Title != want {
			t.Errorf("%s sees %+v", who.Name, p.Offers)
		}
	}
	// The place is given up: whoever waits longest has it, and is told by the worker.
	d.OK(d.s.Leave(ctx, d.nurse, now, one))
	if got := d.places(one); !slices.Equal(got, []string{d.ward.Name + " booked", d.peer.Name + " waiting"}) {
		t.Error(got)
	}
	tell := func(at time.Time) {
		t.Helper()
		d.OK(d.db.InTenant(ctx, access.SystemActor(access.Clinical, d.w.Trust, d.w.Service), func(tx *postgres.Tx) error { return d.s.Tell(ctx, tx, one, at) }))
	}
	tell(now)
	tell(now)
	if n := d.told("training_place"); n != 1 {
		t.Errorf("%d were told", n)
	}
	// They are reminded, once, and not long before.
	remind := func(at time.Time, want int) {
		t.Helper()
		tell(at)
		if n := d.told("training_soon"); n != want {
			t.Errorf("at %v %d are reminded, want %d", at, n, want)
		}
	}
	remind(now.AddDate(0, 0, 5), 0)
	remind(now.AddDate(0, 0, 8), 1)
	remind(now.AddDate(0, 0, 9), 1)
	// Who came.
	held := now.AddDate(0, 0, 11)
	d.is(d.s.Mark(ctx, d.lead, now, one, nil), fault.Conflict, "marked before")
	r, err := d.s.Register(ctx, d.lead, one)
	d.OK(err)
	d.OK(d.s.Mark(ctx, d.lead, held, one, []uuid.UUID{r.Places[0].ID}))
	d.is(d.s.Mark(ctx, d.lead, held, one, nil), fault.Conflict, "marked twice")
	d.is(d.s.Leave(ctx, d.ward, held, one), fault.Conflict, "left afterwards")
	c, err := d.s.Certificate(ctx, d.ward, r.Places[0].ID)
	if d.OK(err); c.Name != d.ward.Name || c.Course != "Managing attendance" || c.Provider != "Wyre Valley Staff Health" || c.Until.IsZero() {
		t.Errorf("%+v", c)
	}
	_, err = d.s.Certificate(ctx, d.nurse, r.Places[0].ID)
	d.is(err, fault.NotFound, "another's certificate")
	anybody := access.Actor{Role: access.Anonymous, Wall: access.Hall}
	if x, found, err := d.s.Check(ctx, anybody, c.Number); err != nil || !found || x != c {
		t.Errorf("checked: %+v, %v, %v", x, found, err)
	}
	if _, found, err := d.s.Check(ctx, anybody, training.Number([10]byte{})); err != nil || found {
		t.Errorf("a number that nobody has: %v, %v", found, err)
	}
	// A session that is called off, and a course that ends.
	d.is(d.s.End(ctx, d.lead, now, d.course), fault.Conflict, "ended with a session to come")
	d.take(d.peer, now, other)
	d.OK(d.s.Cancel(ctx, d.lead, now, other))
	if d.told("training_off") != 1 || len(d.places(other)) != 0 {
		t.Errorf("called off: %v", d.places(other))
	}
	d.OK(d.s.End(ctx, d.lead, held, d.course))
	d.is(d.s.Open(ctx, d.lead, held, d.course, training.SessionIn{ID: uuid.New(), On: locale.Day(held).AddDays(9), At: "10:00", Online: "yes", Place: "x", Places: 1, Trainer: "x"}), fault.Conflict, "planned after its end")
}

func TestTeam(t *testing.T) {
	d := open(t)
	course := uuid.New()
	d.OK(d.s.SwitchOn(ctx, d.lead, now, course, "triage", "Triage in this service", "x"))
	in := d.session(course, now, 5, 3)
	_, err := d.s.Take(ctx, d.nurse, now, in, uuid.New())
	d.is(err, fault.NotFound, "somebody outside the team")
	_, err = d.s.Take(ctx, d.w.OHPhysio.As(access.Physio, access.Clinical), now, in, uuid.New())
	d.is(err, fault.NotFound, "another profession")
	_, err = d.s.Take(ctx, d.own, now, d.session(d.course, now, 6, 3), uuid.New())
	d.is(err, fault.NotFound, "a course for managers, at the team's door")
	if got := d.take(d.own, now, in); got != training.Booked {
		t.Error(got)
	}
	p, err := d.s.Own(ctx, d.own, now)
	if d.OK(err); len(p.Offers) != 1 || len(p.Places) != 1 {
		t.Errorf("%+v", p)
	}
	// The database holds the doors apart too, whatever the program asks.
	var state string
	d.OK(d.db.InTenant(ctx, d.nurse, func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select take_training($1, $2, 'X', now())`, in, uuid.New()).Scan(&state)
	}))
	if state != "" {
		t.Errorf("the portal gives a place of the team's: %s", state)
	}
	d.OK(d.s.Leave(ctx, d.own, now, in))
	if got := d.places(in); len(got) != 0 {
		t.Error(got)
	}
}

// TestRace: forty people press at once, some of them give up again at once; there are never more places given than there are, and
// none is free while somebody waits. Who waits is who asked last.
func TestRace(t *testing.T) {
	d := open(t)
	const people, places = 40, 7
	one := d.session(d.course, now, 10, places)
	all := d.crowd(people)
	each := func(list []access.Actor, do func(access.Actor) error) {
		t.Helper()
		errs := make([]error, len(list))
		var wg sync.WaitGroup
		for i, a := range list {
			wg.Go(func() { errs[i] = do(a) })
		}
		wg.Wait()
		for _, err := range errs {
			d.OK(err)
		}
	}
	take := func(a access.Actor) error { _, err := d.s.Take(ctx, a, now, one, uuid.New()); return err }
	check := func(left int) {
		t.Helper()
		r, err := d.s.Register(ctx, d.lead, one)
		d.OK(err)
		booked := 0
		for i, p := range r.Places {
			if p.State == training.Booked {
				booked++
				if i != booked-1 {
					t.Errorf("%s has a place before somebody who asked sooner", p.Name)
				}
			}
		}
		if len(r.Places) != left || booked != min(places, left) {
			t.Errorf("%d asked, %d have a place; want %d and %d", len(r.Places), booked, left, min(places, left))
		}
	}
	each(all, take)
	check(people)
	half, rest := all[:people/2], all[people/2:]
	var mixed []access.Actor
	for i := range half {
		mixed = append(mixed, half[i], rest[i])
	}
	each(mixed, func(a access.Actor) error { // one half leaves while the other presses again
		if slices.ContainsFunc(half, func(b access.Actor) bool { return a.Person == b.Person }) {
			return d.s.Leave(ctx, a, now, one)
		}
		return take(a)
	})
	check(people / 2)
	each(rest[:people/2-3], func(a access.Actor) error { return d.s.Leave(ctx, a, now, one) })
	check(3)
}

// TestWalls: who is not allowed is refused by the database too.
func TestWalls(t *testing.T) {
	d := open(t)
	one := d.session(d.course, now, 10, 5)
	d.take(d.nurse, now, one)
	ask := func(a access.Actor, sql string) string {
		err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err })
		return postgres.Code(err)
	}
	count := func(a access.Actor, table string) int {
		return caretest.Ask[int](t, d.db, a, `select count(*) from `+table)
	}
	tables := []string{"training_course", "training_session", "training_booking", "training_certificate", "training_tally", "training_result", "training_effect"}
	for name, a := range map[string]access.Actor{"their manager": d.w.Ward.As(access.Manager, access.Employer), "HR": d.w.HR.As(access.HR, access.Employer), "growth": d.w.OHLead.As(access.Lead, access.Growth), "the auditor": d.w.Caldicott.As(access.Caldicott, access.Audit)} {
		for _, table := range tables {
			if code := ask(a, `select 1 from `+table); code != postgres.PermissionDenied {
				t.Errorf("%s reads %s: %s", name, table, code)
			}
		}
	}
	foreign := d.w.ForeignOHNurse.As(access.OHAdmin, access.Clinical)
	for _, table := range []string{"training_course", "training_session", "training_booking"} {
		if n := caretest.Ask[int](t, d.db, foreign, `select count(*) from `+table+` where service_id = $1`, d.w.Service); n != 0 {
			t.Errorf("another service reads %d rows of %s", n, table)
		}
	}
	if n := count(d.peer, "training_booking"); n != 0 {
		t.Errorf("a colleague reads %d places", n)
	}
	for what, sql := range map[string]string{
		"a place by hand":            `insert into training_booking (service_id, id, organisation_id, session_id, person_id, name, turn, state, asked_at) select service_id, gen_random_uuid(), organisation_id, session_id, person_id, 'X', 99, 'booked', now() from training_booking`,
		"came, by their own word":    `update training_booking set state = 'attended'`,
		"a certificate by hand":      `delete from training_certificate`,
		"a session of their own":     `update training_session set places = 200`,
		"the answers of all":         `select counts from training_tally`,
		"places given past the line": `select settle_training(gen_random_uuid())`,
	} {
		if code := ask(d.nurse, sql); code != postgres.PermissionDenied {
			t.Errorf("%s: %s", what, code)
		}
	}
	for what, sql := range map[string]string{"who said what they think": `select evaluated from training_booking`, "the answers": `select counts from training_tally`, "an answer": `select evaluate_training(gen_random_uuid(), '{1,1,1,1}')`} {
		if code := ask(d.lead, sql); code != postgres.PermissionDenied {
			t.Errorf("the lead, %s: %s", what, code)
		}
	}
	if n := caretest.Ask[int](t, d.db, d.nurse, `with x as (update training_booking set evaluated = true returning 1) select count(*) from x`); n != 0 {
		t.Errorf("said what they think of what they have not been to: %d", n)
	}
	if code := ask(access.Actor{Role: access.Anonymous, Wall: access.Hall}, `select person_id from training_certificate`); code != postgres.PermissionDenied {
		t.Errorf("the hall learns whose a certificate is: %s", code)
	}
}

// hold has people come to a session of a course, so many days before now, and gives their places.
func (d *desk) hold(course uuid.UUID, all []access.Actor, ago int) map[uuid.UUID]uuid.UUID {
	d.Helper()
	planned := now.AddDate(0, 0, -ago-10)
	id := d.session(course, planned, 10, max(1, len(all)))
	for _, a := range all {
		d.take(a, planned, id)
	}
	r, err := d.s.Register(ctx, d.lead, id)
	d.OK(err)
	of, came := map[uuid.UUID]uuid.UUID{}, []uuid.UUID{}
	for _, p := range r.Places {
		of[p.Person], came = p.ID, append(came, p.ID)
	}
	d.OK(d.s.Mark(ctx, d.lead, planned.AddDate(0, 0, 11), id, came))
	return of
}

// TestEvaluationIsHeard: what people think of courses is feedback of the service: who was asked and answered is counted, what they wrote is
// read without them, and marks are told of a month that is over and has ten.
func TestEvaluationIsHeard(t *testing.T) {
	d := open(t)
	heard := feedback.New(feedback.Deps{DB: d.db})
	d.s = training.New(training.Deps{DB: d.db, Keys: caretest.Keys{}, Now: func() time.Time { return now }, Feedback: heard})
	all := d.crowd(12)
	places := d.hold(d.course, all, 20)
	give := func(list []access.Actor, said training.Said) {
		t.Helper()
		for _, a := range list {
			d.OK(d.s.Evaluate(ctx, a, now, places[a.Person], map[string]int{"useful": 5, "clear": 4, "confident": 3, "recommend": 1}, said))
		}
	}
	read := func(at time.Time) (answers int, marks map[string][5]int, comments []feedback.Comment) {
		t.Helper()
		r, err := heard.Read(ctx, d.lead, at)
		d.OK(err)
		for _, x := range r.Audiences {
			if x.Audience == invite.Course {
				answers, marks = x.Answers, x.Marks
			}
		}
		return answers, marks, r.Comments
	}
	d.is(d.s.Evaluate(ctx, all[0], now, places[all[0].Person], map[string]int{"useful": 5, "clear": 4, "confident": 3, "recommend": 1}, training.Said{Comment: strings.Repeat("x", feedback.MaxComment+1)}), fault.Invalid, "too much")
	month := time.Date(now.Year(), now.Month(), 1, 12, 0, 0, 0, locale.London)
	give(all[:1], training.Said{Comment: "The exercises helped", Quotable: true})
	give(all[1:9], training.Said{})
	if n, _, _ := read(month.AddDate(0, 1, 1)); n != 0 {
		t.Errorf("marks of nine are told: %d", n)
	}
	give(all[9:11], training.Said{})
	if n, _, _ := read(now); n != 0 {
		t.Errorf("marks of a month that is not over are told: %d", n)
	}
	n, marks, comments := read(month.AddDate(0, 1, 1))
	if n != 11 || marks["communication"] != [5]int{0, 0, 0, 11, 0} || marks["specific"] != [5]int{0, 0, 0, 0, 11} || marks["mattered"] != [5]int{0, 0, 11, 0, 0} {
		t.Errorf("%d answers, %v", n, marks)
	}
	if len(comments) != 1 || comments[0].Text != "The exercises helped" || comments[0].Audience != invite.Course || !comments[0].Quotable {
		t.Errorf("comments are %+v", comments)
	}
	var asked, answered int
	d.worker(func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*), count(*) filter (where answered) from feedback_asked where service_id = $1 and audience = 'course'`, d.w.Service).Scan(&asked, &answered)
	})
	if asked != 12 || answered != 11 {
		t.Errorf("%d asked, %d answered", asked, answered)
	}
}

func TestEvaluation(t *testing.T) {
	d := open(t)
	all := d.crowd(17)
	places := d.hold(d.course, all, 20)
	scores := map[string]int{"useful": 5, "clear": 4, "confident": 3, "recommend": 1}
	results := func(want int) training.View {
		t.Helper()
		d.worker(func(tx *postgres.Tx) error { return training.Count(ctx, tx, now) })
		v, err := d.s.Course(ctx, d.lead, now, d.course)
		if d.OK(err); len(v.Results) != want {
			t.Fatalf("%d results, want %d", len(v.Results), want)
		}
		return v
	}
	give := func(list []access.Actor) {
		t.Helper()
		for _, a := range list {
			d.OK(d.s.Evaluate(ctx, a, now, places[a.Person], scores, training.Said{}))
		}
	}
	d.is(d.s.Evaluate(ctx, all[0], now, places[all[0].Person], map[string]int{"useful": 5}, training.Said{}), fault.Invalid, "one answer of four")
	d.is(d.s.Evaluate(ctx, all[0], now, places[all[1].Person], scores, training.Said{}), fault.NotFound, "for somebody else")
	d.is(d.s.Evaluate(ctx, all[0], now.AddDate(0, 0, 90), places[all[0].Person], scores, training.Said{}), fault.Conflict, "long after")
	give(all[:7])
	results(0)
	d.is(d.s.Evaluate(ctx, all[0], now, places[all[0].Person], scores, training.Said{}), fault.Conflict, "twice")
	give(all[7:8])
	v := results(1)
	if r := v.Results[0]; r.Answers != 10 || !slices.Equal(r.Means, []float64{5, 4, 3, 1}) {
		t.Errorf("%+v", r)
	}
	// The next seven wait for an eighth: no result differs from another by one person.
	scores["useful"] = 1
	give(all[8:15])
	results(1)
	give(all[15:16])
	if r := results(2).Results[0]; r.N != 2 || r.Means[0] != 1 {
		t.Errorf("the second: %+v", r)
	}
	// An answer without somebody who answers is refused by the database.
	err := d.db.InTenant(ctx, access.SystemActor(access.Portal, d.w.Trust, d.w.Service), func(tx *postgres.Tx) error {
		for range 18 {
			if _, err := tx.Exec(ctx, `select evaluate_training($1, '{5,5,5,5}')`, d.course); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		t.Error("eighteen answers of sixteen people")
	}
}

// TestEffect: of two courses, after one of which managers refer better and after the other not, the page says so of each; with seven
// who came there is nothing to say.
func TestEffect(t *testing.T) {
	d := open(t)
	plain, few := uuid.New(), uuid.New()
	d.OK(d.s.SwitchOn(ctx, d.lead, now, plain, "quality", "Better referrals", "x"))
	all := d.crowd(60)
	helped, not, others := all[:14], all[14:28], all[28:]
	held := now.AddDate(0, 0, -200)
	d.hold(d.course, helped, 200)
	d.hold(plain, not, 200)
	var rows []activity.Row
	for i, a := range all {
		for k := range 8 {
			at := held.AddDate(0, 0, -160+40*k+i%7)
			complete, off := 20*(1+(i+2*k)%4), 12+(3*i+k)%14
			if i < len(helped) && at.After(held) {
				complete, off = complete+20, off-8
			}
			rows = append(rows, activity.Row{Kind: activity.ReferralSubmitted, At: at, Organisation: d.w.Trust, Service: d.w.Service, Person: uuid.New(), Case: uuid.New(), Actor: a.Person,
				Codes: activity.Codes{Source: "management", Reason: "LTS", Completeness: complete, AbsentDays: off}})
		}
	}
	d.OK(d.db.InTenant(ctx, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), func(tx *postgres.Tx) error {
		return activity.Ledger{Keys: caretest.Keys{}}.CopyIn(ctx, tx, rows)
	}))
	d.OK(d.s.Make(ctx, d.lead, now, training.CourseIn{ID: few, Title: "Few", About: "x", Audience: training.Managers, Minutes: 60}))
	d.hold(few, helped[:7], 150)
	judge := func() {
		t.Helper()
		for _, c := range []uuid.UUID{d.course, plain, few} {
			d.worker(func(tx *postgres.Tx) error { return d.s.Judge(ctx, tx, d.w.Service, c, now) })
		}
	}
	judge()
	verdicts := func(course uuid.UUID) (out []contrast.Verdict) {
		t.Helper()
		o, err := d.s.Outcome(ctx, d.lead, course)
		d.OK(err)
		for _, m := range training.Measures {
			if j, shown := o.Judgements[m]; shown {
				out = append(out, j.Verdict())
				t.Logf("%s, %s: %+v", o.Title, m, j)
				if j.Trained != 15 || j.Others%5 != 0 {
					t.Errorf("numbers of people are not rounded: %+v", j)
				}
			}
		}
		return out
	}
	if got := verdicts(d.course); !slices.Equal(got, []contrast.Verdict{contrast.Consistent, contrast.Consistent}) {
		t.Errorf("the one that helps: %v", got)
	}
	if got := verdicts(plain); !slices.Equal(got, []contrast.Verdict{contrast.NotShown, contrast.NotShown}) {
		t.Errorf("the one that does not: %v", got)
	}
	if got := verdicts(few); len(got) != 0 {
		t.Errorf("of seven: %v", got)
	}
	// One more who came changes nothing that is shown; eight more do, and what rounding may hide.
	rowsOf := func() int {
		return caretest.Ask[int](t, d.db, d.lead, `select count(*) from training_effect where course_id = $1 and measure = 'completeness'`, d.course)
	}
	d.hold(d.course, others[:1], 190)
	judge()
	if n := rowsOf(); n != 1 {
		t.Errorf("judged anew for one more: %d", n)
	}
	d.hold(d.course, others[1:12], 190)
	judge()
	if n := rowsOf(); n != 2 {
		t.Errorf("not judged anew for twelve more: %d", n)
	}
}
