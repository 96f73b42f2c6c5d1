package mentoring_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
)

type desk struct {
	*testing.T
	db                             *postgres.DB
	w                              *world.World
	s                              *mentoring.Service
	nurse, colleague, doctor, lead access.Actor
	staff                          []mentoring.Member
	asked                          time.Duration
	clock                          time.Time // of the jobs
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{T: t, db: db, w: w, clock: now, nurse: w.OHNurse.As(access.Nurse, access.Clinical), colleague: w.OHNurse2.As(access.Nurse, access.Clinical),
		doctor: w.OHPhysician.As(access.Physician, access.Clinical), lead: w.OHLead.As(access.Lead, access.Clinical)}
	for _, a := range []access.Actor{d.nurse, d.colleague, d.doctor, d.lead} {
		d.staff = append(d.staff, mentoring.Member{Account: a.Account, Organisation: a.Organisation, Person: a.Person, Name: a.Name, Role: a.Role})
	}
	d.s = mentoring.New(mentoring.Deps{DB: db, Box: caretest.Box(), Links: keys, Now: func() time.Time { return d.clock }, Areas: []string{"leadership", "career"}, Named: func(key string) string { return key },
		Team: func(context.Context, uuid.UUID) ([]mentoring.Member, error) { return d.staff, nil },
		Standing: func(context.Context, access.Actor, time.Time) (mentoring.Standing, error) {
			return mentoring.Standing{Areas: []string{"career"}, Learning: []string{"triage"}, Holds: []string{"reports"}}, nil
		}})
	return d
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// offer has somebody be a mentor with so many places.
func (d *desk) offer(a access.Actor, taking string, places int) {
	d.Helper()
	d.ok(d.s.Offer(ctx, a, now, mentoring.ProfileIn{Taking: taking, Places: places, Offers: []string{"area.career", "competence.reports"}, How: []string{"online"}, Days: []string{"2"}}))
}

// ask asks and gives the mentorship as who asked sees it.
func (d *desk) ask(a, mentor access.Actor) mentoring.Mentorship {
	d.Helper()
	d.asked += time.Millisecond // who asks first is first
	m, err := d.s.Ask(ctx, a, now.Add(d.asked), uuid.New(), mentor.Account, []string{"area.career"})
	d.ok(err)
	return m
}

// seen is a mentorship as somebody sees it now.
func (d *desk) seen(a access.Actor, id uuid.UUID) mentoring.Mentorship {
	d.Helper()
	all, err := d.s.Mentorships(ctx, a)
	d.ok(err)
	i := slices.IndexFunc(all, func(m mentoring.Mentorship) bool { return m.ID == id })
	if i < 0 {
		d.Fatalf("%s does not see %s", a.Name, id)
	}
	return all[i]
}

// together begins a mentorship of two.
func (d *desk) together(mentor, mentee access.Actor) uuid.UUID {
	d.Helper()
	d.offer(mentor, "yes", 5)
	m := d.ask(mentee, mentor)
	d.ok(d.s.Answer(ctx, mentor, now, d.seen(mentor, m.ID), true))
	return m.ID
}

func (d *desk) count(a access.Actor, sql string, args ...any) int {
	d.Helper()
	return caretest.Ask[int](d.T, d.db, a, sql, args...)
}

func (d *desk) auditor() access.Actor { return d.w.Caldicott.As(access.Caldicott, access.Audit) }

// told is how often a message of a kind was queued.
func (d *desk) told(template string) (n int) {
	d.Helper()
	d.worker(func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select count(*) from outbox where service_id = $1 and template = $2`, d.w.Service, template).Scan(&n)
	})
	return n
}

// From a profile to the log: what the two keep is theirs, and an entry of the log is its writer's until it is shown.
func TestOnlyTheTwo(t *testing.T) {
	d := open(t)
	id := d.together(d.nurse, d.colleague)
	mentor, mentee := d.seen(d.nurse, id), d.seen(d.colleague, id)
	if mentor.State != mentoring.On || !mentor.Mentors || mentee.Mentors || mentee.Other() != d.nurse.Name || mentor.Other() != d.colleague.Name {
		t.Fatalf("mentor sees %+v, mentee %+v", mentor, mentee)
	}
	goal := mentoring.GoalIn{ID: uuid.New(), About: "area.career", State: mentoring.Open, Words: "Leave this place"}
	entry, own := uuid.New(), uuid.New()
	for range 2 { // a second click
		d.ok(d.s.AddGoal(ctx, d.colleague, now, mentee, goal))
		d.ok(d.s.Met(ctx, d.nurse, now, mentor, mentoring.MeetingIn{ID: id, On: civil.MustParse("2026-11-22"), Minutes: 45}))
		d.ok(d.s.Write(ctx, d.colleague, now, mentee, entry, "I cannot sleep"))
		d.ok(d.s.Write(ctx, d.nurse, now, mentor, own, "She is tired"))
	}
	d.ok(d.s.Plan(ctx, d.nurse, now, mentor, civil.MustParse("2026-12-06")))
	log := func(a access.Actor) string {
		t.Helper()
		b, err := d.s.Open(ctx, a, now, d.seen(a, id))
		d.ok(err)
		if len(b.Goals) != 1 || b.Goals[0].Words != goal.Words || len(b.Meetings) != 1 || b.Meetings[0].By != d.nurse.Name || b.Minutes() != 45 || b.Next != civil.MustParse("2026-12-06") {
			t.Errorf("%s reads %+v", a.Name, b)
		}
		var words []string
		for _, e := range b.Log {
			words = append(words, e.Words)
		}
		slices.Sort(words)
		return strings.Join(words, ", ")
	}
	if got, want := log(d.colleague)+" | "+log(d.nurse), "I cannot sleep | She is tired"; got != want {
		t.Errorf("logs are %q", got)
	}
	d.ok(d.s.Show(ctx, d.colleague, now, mentee, entry, true))
	d.ok(d.s.Show(ctx, d.nurse, now, mentor, entry, false)) // not theirs to hide
	d.ok(d.s.Forget(ctx, d.nurse, now, mentor, entry))      // nor to delete
	if got := log(d.nurse); got != "I cannot sleep, She is tired" {
		t.Errorf("the mentor reads %q of what is shown", got)
	}
	if got := log(d.colleague); got != "I cannot sleep" {
		t.Errorf("the mentee reads %q: the other shows nothing", got)
	}
	d.ok(d.s.Show(ctx, d.colleague, now, mentee, entry, false))
	if got := log(d.nurse); got != "She is tired" {
		t.Errorf("after that the mentor reads %q", got)
	}

	// Nobody else: by the service and in SQL, under each login.
	tables := []string{"mentorship", "mentoring_goal", "mentoring_meeting", "mentoring_log"}
	w := d.w
	for name, a := range map[string]access.Actor{"another professional": d.doctor, "the lead": d.lead, "an administrator": w.OHAdmin.As(access.OHAdmin, access.Clinical), "the house": access.SystemActor(access.Clinical, w.Trust, w.Service),
		"another service": w.ForeignOHNurse.As(access.Nurse, access.Clinical)} {
		for _, table := range tables {
			if n := d.count(a, `select count(*) from `+table); n != 0 {
				t.Errorf("%s sees %d rows of %s", name, n, table)
			}
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.SetPathValue("id", id.String())
		if _, err := d.s.Load(ctx, a, r); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s finds it: %v", name, err)
		}
		for what, err := range map[string]error{"a goal": d.s.AddGoal(ctx, a, now, mentee, mentoring.GoalIn{ID: uuid.New(), About: "area.career", State: mentoring.Open, Words: "Mine"}), "an entry": d.s.Write(ctx, a, now, mentee, uuid.New(), "Mine"),
			"a day": d.s.Plan(ctx, a, now, mentee, civil.MustParse("2026-12-07")), "a meeting": d.s.NotMet(ctx, a, now, mentee, id)} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s writes %s: %v", name, what, err)
			}
		}
		if err := d.s.End(ctx, a, now, mentee, "time"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s ends it: %v", name, err)
		}
	}
	for name, a := range map[string]access.Actor{"a manager": w.Ward.As(access.Manager, access.Employer), "HR": w.HR.As(access.HR, access.Employer), "the lead in growth": w.OHLead.As(access.Lead, access.Growth), "the guardian": w.Guardian.As(access.Guardian, access.Growth),
		"the person's portal": w.OHNurse.As(access.Person, access.Portal), "the hall": w.OHNurse.As(access.Nurse, access.Hall), "the auditor": d.auditor(), "the worker": access.SystemActor(access.Worker, w.Trust, w.Service)} {
		for _, table := range append(tables, "mentor", "mentoring_feed", "mentoring_voice") {
			if code := d.refused(a, `select 1 from `+table); code != postgres.PermissionDenied {
				t.Errorf("%s: select from %s answers %s", name, table, code)
			}
		}
	}
	for what, sql := range map[string]string{"the tally": `select counts from mentoring_tally`, "a place by hand": `update mentorship set mentee_account = gen_random_uuid()`, "counts by hand": `select count_mentoring(current_date)`, "who is due": `select mentoring_due(current_date, 1, 1)`,
		"another's place": `update mentor set account_id = gen_random_uuid()`} {
		if code := d.refused(d.lead, sql); code != postgres.PermissionDenied {
			t.Errorf("%s: %s", what, code)
		}
	}
	if code := d.refused(d.colleague, `insert into mentorship (service_id, id, mentor_account, mentor_name, mentee_account, mentee_name, wants, state, asked_at) select service_id, gen_random_uuid(), mentor_account, mentor_name, gen_random_uuid(), 'X', wants, 'asked', now() from mentorship`); code != postgres.PermissionDenied {
		t.Errorf("asked for somebody else: %s", code)
	}
	for _, table := range []string{"mentoring_goal", "mentoring_log"} {
		if was := caretest.Ask[[]byte](t, d.db, d.colleague, `select words from `+table+` limit 1`); strings.Contains(string(was), "place") || strings.Contains(string(was), "sleep") {
			t.Errorf("%s stands in clear", table)
		}
	}
	if n := d.count(d.auditor(), `select count(*) from audit_event where service_id = $1 and action like 'mentoring.%' and (detail::text ilike '%sleep%' or detail::text ilike '%place%' or detail::text ilike '%tired%')`, w.Service); n != 0 {
		t.Errorf("%d audit rows hold words", n)
	}
	if n := d.count(d.auditor(), `select count(*) from audit_event where service_id = $1 and action = 'mentoring.log_read'`, w.Service); n != 1 {
		t.Errorf("%d readings of what was shown are in the audit log, want 1", n)
	}

	// It ends with thanks; what was written stays with who wrote it, and nothing is added.
	d.ok(d.s.End(ctx, d.colleague, now, mentee, "listening"))
	if m := d.seen(d.nurse, id); m.State != mentoring.Ended || m.Thanks != "listening" || m.EndedBy != d.colleague.Account || !m.Next.IsZero() {
		t.Errorf("the mentor sees %+v", m)
	}
	if err := d.s.Write(ctx, d.nurse, now, mentor, uuid.New(), "More"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("written after the end: %v", err)
	}
	if code := d.refused(d.nurse, `insert into mentoring_goal (service_id, id, mentorship_id, about, state, words, added_at, changed_at) select service_id, gen_random_uuid(), id, 'area.career', 'open', '', now(), now() from mentorship`); code != postgres.PermissionDenied {
		t.Errorf("a goal by hand after the end: %s", code)
	}
	if tag := d.changed(d.nurse, `update mentorship set state = 'on'`); tag != 0 {
		t.Errorf("what is over was begun again")
	}
	d.ok(d.s.Forget(ctx, d.colleague, now, mentee, entry))
	if n := d.count(d.colleague, `select count(*) from mentoring_log`); n != 0 {
		t.Errorf("%d entries are left", n)
	}
	for template, want := range map[string]int{"mentoring_asked": 1, "mentoring_answered": 1, "mentoring_ended": 1} {
		if n := d.told(template); n != want {
			t.Errorf("%s was sent %d times", template, n)
		}
	}
}

func (d *desk) refused(a access.Actor, sql string) string {
	return postgres.Code(d.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql); return err }))
}

func (d *desk) changed(a access.Actor, sql string) (n int64) {
	d.Helper()
	d.ok(d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, sql)
		n = tag.RowsAffected()
		return err
	}))
	return n
}

// A profile is its owner's: nobody else writes it, it is seen while they take anybody, and who has left is no mentor.
func TestProfile(t *testing.T) {
	d := open(t)
	d.offer(d.nurse, "yes", 2)
	mentors := func(a access.Actor) int {
		all, err := d.s.Mentors(ctx, a)
		d.ok(err)
		return len(all)
	}
	if mentors(d.colleague) != 1 || mentors(d.w.ForeignOHNurse.As(access.Nurse, access.Clinical)) != 0 {
		t.Error("the team sees another number of mentors than one, or another service sees one")
	}
	if n := d.changed(d.colleague, `update mentor set paused = true`); n != 0 {
		t.Error("somebody else switched it off")
	}
	if err := d.s.Offer(ctx, d.nurse, now, mentoring.ProfileIn{Taking: "yes", Places: 1, Offers: []string{"competence.triage"}, How: []string{"online"}}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("offers what they are not signed off for: %v", err)
	}
	if _, err := d.s.Ask(ctx, d.nurse, now, uuid.New(), d.nurse.Account, []string{"area.career"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("asks themselves: %v", err)
	}
	d.offer(d.nurse, "no", 2)
	if mentors(d.colleague) != 0 || mentors(d.nurse) != 1 {
		t.Error("who takes nobody is seen by others, or not by themselves")
	}
	if _, err := d.s.Ask(ctx, d.colleague, now, uuid.New(), d.nurse.Account, []string{"area.career"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("asks who takes nobody: %v", err)
	}
	d.offer(d.nurse, "yes", 2)
	d.staff = d.staff[1:]
	if mentors(d.colleague) != 0 {
		t.Error("who has left is a mentor")
	}
}

// Who asks a mentor that is full waits, and gets the next place in the order of asking, however a place is freed.
func TestWaiting(t *testing.T) {
	d := open(t)
	d.offer(d.nurse, "yes", 1)
	first, second, third := d.ask(d.colleague, d.nurse), d.ask(d.doctor, d.nurse), d.ask(d.lead, d.nurse)
	states := func(want ...string) {
		t.Helper()
		for i, a := range []access.Actor{d.colleague, d.doctor, d.lead} {
			if m := d.seen(a, []uuid.UUID{first.ID, second.ID, third.ID}[i]); m.State != want[i] {
				t.Errorf("%s is %s, want %s", a.Name, m.State, want[i])
			}
		}
	}
	states(mentoring.Asked, mentoring.Waiting, mentoring.Waiting)
	if again := d.ask(d.colleague, d.nurse); again.ID != first.ID {
		t.Error("asked twice, and has two")
	}
	if err := d.s.Answer(ctx, d.nurse, now, d.seen(d.nurse, second.ID), true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("took who waits past the line: %v", err)
	}
	if err := d.s.Answer(ctx, d.colleague, now, first, true); fault.KindOf(err) != fault.Conflict {
		t.Errorf("who asked answers: %v", err)
	}
	d.ok(d.s.Answer(ctx, d.nurse, now, d.seen(d.nurse, first.ID), false))
	states(mentoring.Declined, mentoring.Asked, mentoring.Waiting)
	d.ok(d.s.Withdraw(ctx, d.doctor, now, second))
	states(mentoring.Declined, mentoring.Withdrawn, mentoring.Asked)
	d.ok(d.s.Answer(ctx, d.nurse, now, d.seen(d.nurse, third.ID), true))
	fourth := d.ask(d.colleague, d.nurse) // a declined question is no bar
	if fourth.State != mentoring.Waiting {
		t.Fatalf("asked a full mentor: %s", fourth.State)
	}
	d.offer(d.nurse, "no", 2)
	if got := d.seen(d.colleague, fourth.ID).State; got != mentoring.Waiting {
		t.Errorf("a mentor who takes nobody was given %s", got)
	}
	d.offer(d.nurse, "yes", 2)
	if got := d.seen(d.colleague, fourth.ID).State; got != mentoring.Asked {
		t.Errorf("after a second place: %s", got)
	}
	d.ok(d.s.End(ctx, d.nurse, now, d.seen(d.nurse, third.ID), "time"))
}

// Many ask at once for few places, and some take it back again: never too many, none free while somebody waits.
func TestRace(t *testing.T) {
	d := open(t)
	d.offer(d.nurse, "yes", 3)
	var many []access.Actor
	for range 16 {
		a := d.colleague
		a.Account, a.Name = uuid.New(), "Somebody"
		many = append(many, a)
	}
	each := func(list []access.Actor, do func(access.Actor) error) {
		t.Helper()
		var wg sync.WaitGroup
		for _, a := range list {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if err := do(a); err != nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
	}
	check := func(asked, waiting int) {
		t.Helper()
		if n := d.count(d.nurse, `select count(*) from mentorship where state = 'asked'`); n != asked {
			t.Errorf("%d have a place, want %d", n, asked)
		}
		if n := d.count(d.nurse, `select count(*) from mentorship where state = 'waiting'`); n != waiting {
			t.Errorf("%d wait, want %d", n, waiting)
		}
	}
	ask := func(a access.Actor) error {
		_, err := d.s.Ask(ctx, a, now, uuid.New(), d.nurse.Account, []string{"area.career"})
		return err
	}
	each(append(many, many...), ask) // each presses twice
	check(3, 13)
	back := func(a access.Actor) error {
		all, err := d.s.Mentorships(ctx, a)
		if err != nil {
			return err
		}
		return d.s.Withdraw(ctx, a, now, all[0])
	}
	each(many[:8], back)
	check(3, 5)
	each(many[8:14], back)
	check(2, 0)
}

func (d *desk) worker(fn func(*postgres.Tx) error) {
	d.Helper()
	d.ok(d.db.InTenant(ctx, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), fn))
}

// Whether it helped is counted of 8 or more, without names; the month is counted once, and few is never a number.
func TestCounts(t *testing.T) {
	d := open(t)
	d.offer(d.nurse, "yes", 5)
	var over []mentoring.Mentorship
	var who []access.Actor
	for i := range 9 {
		a := d.colleague
		a.Account, a.Name = uuid.New(), "Somebody"
		m := d.ask(a, d.nurse)
		d.ok(d.s.Answer(ctx, d.nurse, now, d.seen(d.nurse, m.ID), true))
		if i == 0 {
			if err := d.s.Say(ctx, a, now, d.seen(a, m.ID), 4); fault.KindOf(err) != fault.Conflict {
				t.Errorf("said before the end: %v", err)
			}
		}
		d.ok(d.s.End(ctx, a, now, d.seen(a, m.ID), "advice"))
		over, who = append(over, d.seen(a, m.ID)), append(who, a)
	}
	board := func() mentoring.Board {
		t.Helper()
		d.worker(func(tx *postgres.Tx) error { return mentoring.Count(ctx, tx, now) })
		b, err := d.s.Board(ctx, d.lead)
		d.ok(err)
		return b
	}
	for i := range 7 {
		for range 2 { // a second answer is none
			d.ok(d.s.Say(ctx, who[i], now, over[i], 4))
		}
	}
	if err := d.s.Say(ctx, d.nurse, now, d.seen(d.nurse, over[7].ID), 1); fault.KindOf(err) != fault.Conflict {
		t.Errorf("the mentor answers: %v", err)
	}
	if b := board(); len(b.Results) != 0 || len(b.Months) != 1 || b.Months[0].Mentorships != nil || b.Months[0].Waiting != nil || b.Months[0].Gained != nil || b.Mentors != 1 {
		t.Errorf("of seven answers the lead sees %+v", b)
	}
	d.ok(d.s.Say(ctx, who[7], now, over[7], 5))
	if b := board(); len(b.Results) != 1 || b.Results[0].Answers != 10 || b.Results[0].Mean != 4 || len(b.Months) != 1 {
		t.Errorf("of eight answers the lead sees %+v", b)
	}
	d.ok(d.s.Say(ctx, who[8], now, over[8], 1))
	if b := board(); len(b.Results) != 1 {
		t.Error("a ninth answer made a result of its own")
	}
	// Eight at once, of whom each was signed off for something: counted in the next month, once.
	for range 8 {
		d.offer(d.nurse, "yes", 5)
		a := d.colleague
		a.Account, a.Name = uuid.New(), "Somebody"
		mentor := d.doctor
		if n := len(who); n%2 == 0 {
			mentor = d.lead
		}
		d.offer(mentor, "yes", 5)
		m := d.ask(a, mentor)
		d.ok(d.s.Answer(ctx, mentor, now, d.seen(mentor, m.ID), true))
		who = append(who, a)
		d.ok(d.db.InTenant(ctx, d.lead, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `insert into practice_event (service_id, id, account_id, competence, kind, on_date, pack_version, by_account, by_name, at) values ($1, $2, $3, 'triage', 'signed_off', $4, 1, $5, 'X', $6)`, d.w.Service, uuid.New(), a.Account, now, d.lead.Account, now.Add(time.Hour))
			return err
		}))
	}
	if b := board(); len(b.Months) != 1 || b.Months[0].Mentorships != nil {
		t.Errorf("the month was counted again: %+v", b.Months)
	}
	next := now.AddDate(0, 1, 0)
	d.worker(func(tx *postgres.Tx) error { return mentoring.Count(ctx, tx, next) })
	b, err := d.s.Board(ctx, d.lead)
	d.ok(err)
	if len(b.Months) != 2 || b.Months[0].Mentorships == nil || *b.Months[0].Mentorships != 10 || b.Months[0].Waiting != nil || b.Months[0].Gained == nil || *b.Months[0].Gained != 10 {
		t.Errorf("the next month is %+v", b.Months)
	}
}

// A meeting that is near is told of once, and a long pause once in as long a while.
func TestQuietReminders(t *testing.T) {
	d := open(t)
	id := d.together(d.nurse, d.colleague)
	due := func(days int) (n int) {
		t.Helper()
		d.worker(func(tx *postgres.Tx) error {
			var ids []uuid.UUID
			err := tx.QueryRow(ctx, `select mentoring_due($1, $2, $3)`, now.AddDate(0, 0, days), d.s.Pack().Near, d.s.Pack().Quiet).Scan(&ids)
			if len(ids) > 0 && (ids[0] != id || ids[1] != d.nurse.Account || ids[2] != d.colleague.Account) {
				t.Errorf("due are %v", ids)
			}
			n = len(ids) / 3
			return err
		})
		return n
	}
	quiet := d.s.Pack().Quiet
	for _, x := range []struct{ day, want int }{{1, 0}, {quiet - 1, 0}, {quiet, 1}, {quiet, 0}, {2*quiet - 1, 0}, {2 * quiet, 1}} {
		if n := due(x.day); n != x.want {
			t.Errorf("on day %d %d are due, want %d", x.day, n, x.want)
		}
	}
	day := civil.Of(now).AddDays(100)
	m := d.seen(d.nurse, id)
	d.ok(d.s.Plan(ctx, d.nurse, now, m, day))
	for _, x := range []struct{ day, want int }{{96, 0}, {97, 1}, {97, 0}, {100, 0}, {101, 0}, {2*quiet + quiet, 1}} {
		if n := due(x.day); n != x.want {
			t.Errorf("with a meeting on day 100, on day %d %d are due, want %d", x.day, n, x.want)
		}
	}
	d.ok(d.s.End(ctx, d.nurse, now, m, "time"))
	if n := due(1000); n != 0 {
		t.Error("reminded after the end")
	}
}

// The worker looks by itself: it counts the month, and both of a mentorship that has been quiet are told, once.
func TestJobs(t *testing.T) {
	d := open(t)
	d.together(d.nurse, d.colleague)
	d.clock = now.AddDate(0, 0, d.s.Pack().Quiet+1)
	caretest.NoOtherJobs(t, d.w.Service)
	runner := job.NewRunner(d.db, slog.New(slog.DiscardHandler))
	d.s.Jobs(runner)
	d.ok(runner.Start(ctx))
	defer func() { d.ok(runner.Stop(ctx)) }()
	var told, months int
	for range 600 {
		if told, months = d.told("mentoring_due"), d.count(d.lead, `select count(*) from mentoring_month`); told >= 2 && months == 1 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	d.ok(runner.Idle(ctx))
	if told = d.told("mentoring_due"); told != 2 || months != 1 {
		t.Errorf("%d were told, and %d months counted; want two and one", told, months)
	}
}

// The link says days and no more, opens for its owner's alone, and closes.
func TestCalendar(t *testing.T) {
	d := open(t)
	id := d.together(d.nurse, d.colleague)
	d.ok(d.s.Plan(ctx, d.nurse, now, d.seen(d.nurse, id), civil.MustParse("2026-12-06")))
	words := mentoring.Words{Name: "Mentoring", Day: "Meeting"}
	if token, err := d.s.FeedToken(ctx, d.nurse); err != nil || token != "" {
		t.Errorf("a link that nobody made: %q, %v", token, err)
	}
	d.ok(d.s.MakeFeed(ctx, d.nurse, now))
	token, err := d.s.FeedToken(ctx, d.nurse)
	d.ok(err)
	c, err := d.s.Calendar(ctx, token, now, words)
	d.ok(err)
	if len(c.Events) != 1 || c.Events[0].Day != civil.MustParse("2026-12-06") || c.Events[0].Summary != "Meeting" || c.Events[0].Version != 0 {
		t.Errorf("the calendar is %+v", c)
	}
	d.ok(d.s.Plan(ctx, d.colleague, now, d.seen(d.colleague, id), civil.MustParse("2026-12-08")))
	if c, err := d.s.Calendar(ctx, token, now, words); err != nil || len(c.Events) != 1 || c.Events[0].Day != civil.MustParse("2026-12-08") || c.Events[0].Version != 1 {
		t.Errorf("moved: %+v, %v", c, err)
	}
	d.ok(d.s.MakeFeed(ctx, d.doctor, now))
	other, err := d.s.FeedToken(ctx, d.doctor)
	d.ok(err)
	if c, err := d.s.Calendar(ctx, other, now, words); err != nil || len(c.Events) != 0 {
		t.Errorf("somebody else's link shows %+v, %v", c, err)
	}
	gone := func(what, token string, at time.Time) {
		t.Helper()
		if _, err := d.s.Calendar(ctx, token, at, words); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s opens: %v", what, err)
		}
	}
	gone("an old link", token, now.AddDate(2, 0, 0))
	gone("no link of ours", "x", now)
	d.ok(d.s.MakeFeed(ctx, d.nurse, now))
	gone("a link that was replaced", token, now)
	if token, err = d.s.FeedToken(ctx, d.nurse); err != nil {
		t.Fatal(err)
	}
	staff := d.staff
	d.staff = d.staff[1:]
	gone("the link of who has left", token, now)
	d.staff = staff
	d.ok(d.s.CloseFeed(ctx, d.nurse, now))
	gone("a link that was closed", token, now)
}
