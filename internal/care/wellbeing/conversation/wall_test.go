package conversation_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/uptake"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx   = context.Background()
	now   = time.Now().Truncate(time.Second) // row policies know the day of the database
	today = locale.Day(now)
)

type desk struct {
	world.T
	db                      *postgres.DB
	w                       *world.World
	s                       *conversation.Service
	nurse, ward, peer, boss access.Actor // boss is the manager as themselves, behind the portal
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	return &desk{T: world.T{T: t}, db: db, w: w, s: conversation.New(conversation.Deps{DB: db, Box: caretest.Box(), Now: func() time.Time { return now }}), nurse: w.Nurse.As(access.Person, access.Portal),
		ward: w.Ward.As(access.Manager, access.Employer), peer: w.Peer.As(access.Manager, access.Employer), boss: w.Ward.As(access.Manager, access.Portal)}
}

func (d *desk) mine() conversation.Mine {
	d.Helper()
	m, err := d.s.Mine(ctx, d.nurse, now)
	d.OK(err)
	return m
}

// told counts messages of a kind to somebody.
func (d *desk) told(template string, to world.Who) int {
	d.Helper()
	return caretest.Ask[int](d.T, d.db, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select count(*) from outbox where template = $1 and organisation_id = $2 and to_person = $3`, template, d.w.Trust, to.Person)
}

func (d *desk) member() conversation.Member {
	d.Helper()
	all, err := d.s.Team(ctx, d.ward, now)
	d.OK(err)
	if len(all) != 1 || all[0].Person != d.w.Nurse.Person {
		d.Fatalf("the team is %+v", all)
	}
	return all[0]
}

func TestLife(t *testing.T) {
	d := open(t)
	if m := d.member(); m.Standing != conversation.Due {
		t.Fatalf("before: %+v", m)
	}
	id := uuid.New()
	for range 2 {
		d.OK(d.s.Offer(ctx, d.ward, now, id, d.w.Nurse.Person))
	}
	if err := d.s.Offer(ctx, d.ward, now, uuid.New(), d.w.Nurse.Person); fault.KindOf(err) != fault.Conflict {
		t.Errorf("offered while one is open: %v", err)
	}
	m := d.member()
	if m.Standing != conversation.Asked || len(m.All) != 1 {
		t.Fatalf("offered: %+v", m)
	}
	_, seen, _ := m.Find(id)
	in := conversation.In{Outcome: conversation.Held, On: today, With: "manager", Actions: []string{"breaks", "hours"}, Signposts: []string{"money_help"}, Next: today.AddDays(60)}
	d.OK(d.s.Record(ctx, d.ward, now.Add(time.Minute), id, d.w.Nurse.Person, seen, in))
	if err := d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, seen, in); fault.KindOf(err) != fault.Conflict {
		t.Errorf("recorded over a change: %v", err)
	}
	d.OK(d.s.Done(ctx, d.ward, now, id, d.w.Nurse.Person, "breaks"))
	all := d.mine().All
	if len(all) != 1 || len(all[0].Actions) != 2 || len(all[0].Open()) != 1 || !slices.Equal(all[0].Signposts, []string{"money_help"}) {
		t.Errorf("the person reads %+v", all)
	}
	d.OK(d.s.Dispute(ctx, d.nurse, now, id))
	if m = d.member(); !m.All[0].Disputed {
		t.Error("the manager does not see that it is not right")
	}
	_, seen, _ = m.Find(id)
	d.OK(d.s.Record(ctx, d.ward, now.Add(time.Hour), id, d.w.Nurse.Person, seen, conversation.In{Outcome: conversation.Declined, On: today, With: "manager", Actions: []string{"breaks"}}))
	if m = d.member(); !m.All[0].Disputed || !m.All[0].Changed || len(m.All[0].Actions) != 0 || m.All[0].With != "" || m.All[0].Answered != today || m.Standing != conversation.Refused {
		t.Errorf("put right: %+v", m)
	}
	d.OK(d.s.Settle(ctx, d.nurse, now.Add(time.Hour), id))
	if d.member().All[0].Disputed {
		t.Error("it is right, the person says")
	}
	// The person answers an offer themselves, without a reason.
	offer := uuid.New()
	d.OK(d.s.Offer(ctx, d.ward, now.Add(2*time.Hour), offer, d.w.Nurse.Person))
	d.OK(d.s.Answer(ctx, d.nurse, now, offer, conversation.Elsewhere))
	if err := d.s.Answer(ctx, d.nurse, now, offer, conversation.Declined); fault.KindOf(err) != fault.Conflict {
		t.Errorf("answered twice: %v", err)
	}
	if x, _, _ := d.member().Find(offer); x.State != conversation.Elsewhere || !x.ByPerson {
		t.Errorf("the manager sees %+v", x)
	}
}

// A record of long ago, whose review is over, can be put right without another day.
func TestAnOldRecordIsPutRight(t *testing.T) {
	d := open(t)
	then, id := now.AddDate(0, -23, 0), uuid.New()
	in := conversation.In{Outcome: conversation.Held, On: locale.Day(then), With: "manager", Next: locale.Day(then).AddDays(90)}
	d.OK(d.s.Record(ctx, d.ward, then, id, d.w.Nurse.Person, "", in))
	_, seen, _ := d.member().Find(id)
	in.With = "educator"
	d.OK(d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, seen, in))
	x, seen, _ := d.member().Find(id)
	if x.With != "educator" {
		t.Errorf("put right: %+v", x)
	}
	for name, wrong := range map[string]conversation.In{"a day before what is read": {Outcome: conversation.Held, On: today.AddMonths(-24).AddDays(-1), With: "manager"}, "another review that is over": {Outcome: conversation.Held, On: in.On, With: "manager", Next: in.Next.AddDays(1)}} {
		if err := d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, seen, wrong); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the person answers themselves is not the manager's to change: not by a form that was made before, nor by one made after, nor by
// SQL. A conversation that took place after all is one of its own.
func TestTheirOwnAnswerStands(t *testing.T) {
	d := open(t)
	id := uuid.New()
	d.OK(d.s.Offer(ctx, d.ward, now, id, d.w.Nurse.Person))
	held := conversation.In{Outcome: conversation.Held, On: today, With: "manager"}
	_, before, _ := d.member().Find(id)
	d.OK(d.s.Answer(ctx, d.nurse, now, id, conversation.Declined))
	_, after, _ := d.member().Find(id)
	for _, seen := range []string{before, after} {
		if err := d.s.Record(ctx, d.ward, now.Add(time.Minute), id, d.w.Nurse.Person, seen, held); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over their answer: %v", err)
		}
	}
	if n := d.changed(d.ward, `update conversation set state = 'held', held_on = current_date, answered_on = null, with_role = 'manager', answered_by = 'manager'`); n != 0 {
		t.Errorf("SQL changes %d answers", n)
	}
	if x, _, _ := d.member().Find(id); x.State != conversation.Declined || !x.ByPerson || x.Answered != today {
		t.Errorf("their answer is now %+v", x)
	}
	d.OK(d.s.Record(ctx, d.ward, now.Add(time.Minute), uuid.New(), d.w.Nurse.Person, "", held))
	if all := d.mine().All; len(all) != 2 {
		t.Errorf("%+v", all)
	}
}

// An objection is the person's: however often the manager changes the record, it stands until its author settles it, and the login of
// the employer has no right to take it away.
func TestAnObjectionStands(t *testing.T) {
	d := open(t)
	id := uuid.New()
	in := conversation.In{Outcome: conversation.Held, On: today, With: "manager"}
	d.OK(d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, "", in))
	if n := d.told("conversation_recorded", d.w.Nurse); n != 1 {
		t.Errorf("they are told %d times that something is recorded of them", n)
	}
	_, before, _ := d.member().Find(id)
	d.OK(d.s.Dispute(ctx, d.nurse, now.Add(time.Minute), id))
	if err := d.s.Dispute(ctx, d.nurse, now.Add(2*time.Minute), id); fault.KindOf(err) != fault.Conflict {
		t.Errorf("said twice: %v", err)
	}
	if err := d.s.Record(ctx, d.ward, now.Add(time.Hour), id, d.w.Nurse.Person, before, in); fault.KindOf(err) != fault.Conflict {
		t.Errorf("by a form from before they said it: %v", err)
	}
	if m := d.member(); m.Standing != conversation.Objects {
		t.Errorf("the list says %s", m.Standing)
	}
	for hour := 1; hour < 3; hour++ {
		_, seen, _ := d.member().Find(id)
		d.OK(d.s.Record(ctx, d.ward, now.Add(time.Duration(hour)*time.Hour), id, d.w.Nurse.Person, seen, in))
		if x, _, _ := d.member().Find(id); !x.Disputed || !x.Changed {
			t.Fatalf("changed, and the objection is %v, %v", x.Disputed, x.Changed)
		}
	}
	for _, sql := range []string{`delete from conversation_objection`, `update conversation_objection set settled_at = now()`, `insert into conversation_objection select * from conversation_objection`} {
		d.refused(d.ward, sql, "the manager")
	}
	d.OK(d.s.Dispute(ctx, d.nurse, now.Add(4*time.Hour), id)) // still not right
	if x, _, _ := d.member().Find(id); !x.Disputed || x.Changed {
		t.Errorf("said again: %+v", x)
	}
	for name, a := range map[string]access.Actor{"a colleague": d.w.Peer.As(access.Person, access.Portal), "another organisation": d.w.Local.As(access.Person, access.Portal)} {
		if err := d.s.Settle(ctx, a, now.Add(5*time.Hour), id); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s settles it: %v", name, err)
		}
	}
	d.OK(d.s.Settle(ctx, d.nurse, now.Add(5*time.Hour), id))
	if n := caretest.Ask[int](t, d.db, d.nurse, `select count(*) from conversation_objection where settled_at is not null`); n != 2 {
		t.Errorf("%d objections are remembered", n)
	}
	if n := d.changed(d.nurse, `update conversation_objection set settled_at = now()`); n != 0 {
		t.Errorf("%d that are settled change", n)
	}
}

// The day on which somebody declined, or said that they talk with somebody else, is kept, whoever wrote it down, and put right alone.
func TestTheDayOfAnAnswer(t *testing.T) {
	d := open(t)
	for _, state := range []string{conversation.Declined, conversation.Elsewhere} {
		id, on := uuid.New(), today.AddDays(-4)
		d.OK(d.s.Offer(ctx, d.ward, now.AddDate(0, 0, -9), id, d.w.Nurse.Person))
		for _, day := range []civil.Date{on, on.AddDays(1)} {
			_, seen, _ := d.member().Find(id)
			d.OK(d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, seen, conversation.In{Outcome: state, On: day}))
			if x, _, _ := d.member().Find(id); x.On() != day || x.Offered != today.AddDays(-9) || x.Day() != day {
				t.Errorf("%s on %s is kept as %+v", state, day, x)
			}
		}
		d.OK(d.s.Offer(ctx, d.ward, now, uuid.New(), d.w.Nurse.Person))
		open, _ := d.member().Open()
		d.OK(d.s.Answer(ctx, d.nurse, now.AddDate(0, 0, 3), open.ID, state))
		if x, _, _ := d.member().Find(open.ID); x.On() != today.AddDays(3) {
			t.Errorf("%s by themselves is kept as %+v", state, x)
		}
	}
}

// Staff ask for a conversation themselves, take that back, and take an answer back: nobody needs a manager's offer to talk.
func TestAsking(t *testing.T) {
	d := open(t)
	if !d.mine().May() {
		t.Fatal("they cannot ask")
	}
	id := uuid.New()
	for range 2 {
		d.OK(d.s.Ask(ctx, d.nurse, now, id))
	}
	if err := d.s.Ask(ctx, d.nurse, now, uuid.New()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("asked twice: %v", err)
	}
	if err := d.s.Ask(ctx, d.w.Peer.As(access.Person, access.Portal), now, uuid.New()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("without a manager: %v", err)
	}
	if n := d.told("conversation_asked", d.w.Ward); n != 1 {
		t.Errorf("the manager is told %d times", n)
	}
	if m := d.member(); m.Standing != conversation.Wants || m.Due != today || d.mine().May() {
		t.Errorf("asked: %+v", m)
	}
	d.OK(d.s.TakeBack(ctx, d.nurse, now, id))
	if m := d.member(); len(m.All) != 0 {
		t.Errorf("taken back: %+v", m)
	}
	// Asked again, offered, declined, and taken back.
	id = uuid.New()
	d.OK(d.s.Ask(ctx, d.nurse, now, id))
	if err := d.s.Offer(ctx, d.ward, now, uuid.New(), d.w.Nurse.Person); fault.KindOf(err) != fault.Conflict {
		t.Errorf("offered beside what they asked for: %v", err)
	}
	for range 2 {
		d.OK(d.s.Offer(ctx, d.ward, now, id, d.w.Nurse.Person))
	}
	if x, found := d.member().Open(); !found || x.State != conversation.Offered || x.Requested != today || x.Offered != today {
		t.Errorf("offered: %+v", x)
	}
	if err := d.s.TakeBack(ctx, d.nurse, now, id); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an offer is taken back by who was offered: %v", err)
	}
	d.OK(d.s.Answer(ctx, d.nurse, now, id, conversation.Declined))
	d.OK(d.s.TakeBack(ctx, d.nurse, now.Add(time.Minute), id))
	if x, _, _ := d.member().Find(id); x.State != conversation.Offered || !x.Answered.IsZero() || x.ByPerson || d.told("conversation_asked", d.w.Ward) != 3 {
		t.Errorf("the answer is taken back: %+v", x)
	}
	// What the manager recorded is not theirs to take back, and an older answer neither.
	d.OK(d.s.Answer(ctx, d.nurse, now.AddDate(0, 0, -1), id, conversation.Elsewhere))
	d.OK(d.s.Record(ctx, d.ward, now.Add(time.Hour), uuid.New(), d.w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: today, With: "manager"}))
	for _, x := range d.mine().All {
		if err := d.s.TakeBack(ctx, d.nurse, now, x.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s is taken back: %v", x.State, err)
		}
	}
	if n := d.changed(d.nurse, `update conversation set state = 'declined', answered_by = 'person', answered_on = current_date where state = 'held'`); n != 0 {
		t.Errorf("SQL changes %d records of the manager", n)
	}
	if n := d.changed(d.nurse, `delete from conversation`); n != 0 {
		t.Errorf("SQL takes %d records away", n)
	}
}

// A form that is sent twice writes once; one that says something else under the same id is not lost in silence.
func TestTheSameFormAgain(t *testing.T) {
	d := open(t)
	id, in := uuid.New(), conversation.In{Outcome: conversation.Held, On: today, With: "manager"}
	for range 2 {
		d.OK(d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, "", in))
	}
	in.With = "educator"
	if err := d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, "", in); fault.KindOf(err) != fault.Conflict {
		t.Errorf("another record by the same form: %v", err)
	}
}

// Managers read back as many months as the pack says, by row security; the person reads all.
func TestHowLongBack(t *testing.T) {
	d := open(t)
	conn := d.super()
	months := conversation.Lists().Read.Months
	var policy string
	d.OK(conn.QueryRow(ctx, `select qual from pg_policies where tablename = 'conversation' and policyname = 'rowan_employer_select'`).Scan(&policy))
	if !strings.Contains(policy, fmt.Sprintf("'%d mons'", months)) && !strings.Contains(policy, map[int]string{24: "'2 years'"}[months]) {
		t.Errorf("the policy has another number than the pack, %d: %s", months, policy)
	}
	id := uuid.New()
	d.OK(d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: today, With: "manager", Actions: []string{"breaks"}, Signposts: []string{"learning"}}))
	d.OK(d.s.Dispute(ctx, d.nurse, now, id))
	for _, c := range []struct{ ago, want int }{{0, 1}, {1, 0}} {
		_, err := conn.Exec(ctx, `update conversation set held_on = (current_date - make_interval(months => $2))::date - $3::int where id = $1`, id, months, c.ago)
		d.OK(err)
		for _, table := range []string{"conversation", "conversation_agreed", "conversation_signpost", "conversation_objection"} {
			if n := caretest.Ask[int](t, d.db, d.ward, `select count(*) from `+table); n != c.want {
				t.Errorf("%d days before that, the manager reads %d rows of %s", c.ago, n, table)
			}
			if n := caretest.Ask[int](t, d.db, d.nurse, `select count(*) from `+table); n != 1 {
				t.Errorf("the person reads %d rows of %s", n, table)
			}
		}
	}
	if all := d.member().All; len(all) != 0 {
		t.Errorf("the list has %+v", all)
	}
}

// Who has left is on no manager's list, by row security too.
func TestWhoHasLeft(t *testing.T) {
	d := open(t)
	d.OK(d.s.Record(ctx, d.ward, now, uuid.New(), d.w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: today, With: "manager", Actions: []string{"breaks"}}))
	_, err := d.super().Exec(ctx, `update person set left_on = current_date where id = $1`, d.w.Nurse.Person)
	d.OK(err)
	if all, err := d.s.Team(ctx, d.ward, now); err != nil || len(all) != 0 {
		t.Errorf("the team is %+v, %v", all, err)
	}
	for _, table := range []string{"conversation", "conversation_agreed"} {
		if n := caretest.Ask[int](t, d.db, d.ward, `select count(*) from `+table); n != 0 {
			t.Errorf("the manager reads %d rows of %s", n, table)
		}
	}
}

func (d *desk) super() *pgx.Conn {
	d.Helper()
	conn, err := pgx.Connect(ctx, world.Super(d.T))
	d.OK(err)
	d.Cleanup(func() { _ = conn.Close(ctx) })
	return conn
}

// changed runs SQL and says how many rows it changed; a policy that refuses what a row would become changes none.
func (d *desk) changed(a access.Actor, sql string) (n int64) {
	d.Helper()
	err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, sql)
		n = tag.RowsAffected()
		return err
	})
	if err != nil && postgres.Code(err) != postgres.PermissionDenied {
		d.Errorf("%s: %v", sql, err)
	}
	return n
}

// Only who the live post or a confirmed delegation names reads or writes; every other actor of every login finds nothing, in SQL too.
func TestOnlyTheLine(t *testing.T) {
	d := open(t)
	id := uuid.New()
	d.OK(d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: today, With: "manager", Actions: []string{"breaks"}, Signposts: []string{"learning"}}))
	d.OK(d.s.Dispute(ctx, d.nurse, now, id))
	tables := []string{"conversation", "conversation_agreed", "conversation_signpost", "conversation_objection"}
	for _, table := range tables {
		for name, a := range map[string]access.Actor{"the manager": d.ward, "the person": d.nurse} {
			if n := caretest.Ask[int](t, d.db, a, `select count(*) from `+table); n != 1 {
				t.Errorf("%s sees %d rows of %s", name, n, table)
			}
		}
		for name, a := range map[string]access.Actor{"another manager": d.peer, "HR": d.w.HR.As(access.HR, access.Employer), "another organisation": d.w.LocalManager.As(access.Manager, access.Employer), "a colleague": d.w.Peer.As(access.Person, access.Portal),
			"the manager's portal": d.boss, "the house": access.SystemActor(access.Employer, d.w.Trust, d.w.Service)} {
			if n := caretest.Ask[int](t, d.db, a, `select count(*) from `+table); n != 0 {
				t.Errorf("%s sees %d rows of %s", name, n, table)
			}
		}
	}
	lead := d.w.OHLead.As(access.Lead, access.Growth)
	worker := access.SystemActor(access.Worker, d.w.Trust, d.w.Service)
	for _, table := range append(tables, "wellbeing_plan", "wellbeing_plan_share") {
		for name, a := range map[string]access.Actor{"a nurse of OH": d.w.OHNurse.As(access.Nurse, access.Clinical), "the lead": lead, "the auditor": d.w.Caldicott.As(access.Caldicott, access.Audit), "the hall": d.nurse.At(access.Hall), "the worker": worker} {
			d.refused(a, `select * from `+table, name) // the worker counts by a few columns of two of them
			d.refused(a, `delete from `+table, name)
		}
	}
	for _, a := range []access.Actor{d.ward, d.nurse, d.w.OHNurse.As(access.Nurse, access.Clinical), d.nurse.At(access.Hall)} {
		d.refused(a, `select 1 from conversation_uptake`, string(a.Wall))
	}
	for _, sql := range []string{`update conversation_uptake set held = null`, `delete from conversation_uptake`} {
		d.refused(worker, sql, "the worker")
		d.refused(lead, sql, "the lead")
	}
	d.refused(worker, `select next_on from conversation`, "the worker")
	d.refused(worker, `select said_at from conversation_objection`, "the worker")
	// What the employer's login may not write: of whom it does not lead, in another's name, in the person's own name.
	row := func(person, by uuid.UUID, answered string) string {
		return fmt.Sprintf(`insert into conversation (organisation_id, id, person_id, state, answered_on, answered_by, recorded_by, recorded_at) values ('%s', '%s', '%s', 'declined', current_date, '%s', '%s', now())`, d.w.Trust, uuid.New(), person, answered, by)
	}
	for name, c := range map[string]struct {
		a   access.Actor
		sql string
	}{
		"another's team": {d.peer, row(d.w.Nurse.Person, d.w.Peer.Person, "manager")}, "HR": {d.w.HR.As(access.HR, access.Employer), row(d.w.Nurse.Person, d.w.HR.Person, "manager")},
		"in another's name": {d.ward, row(d.w.Nurse.Person, d.w.HR.Person, "manager")}, "in the person's": {d.ward, row(d.w.Nurse.Person, d.w.Ward.Person, "person")},
		"the person as manager": {d.nurse, row(d.w.Nurse.Person, d.w.Ward.Person, "manager")},
	} {
		if n := d.changed(c.a, c.sql); n != 0 {
			t.Errorf("%s: %d rows are written", name, n)
		}
	}
	if n := d.changed(d.ward, row(d.w.Nurse.Person, d.w.Ward.Person, "manager")); n != 1 {
		t.Errorf("the manager writes %d rows", n)
	}
	for name, a := range map[string]access.Actor{"another manager": d.peer, "HR": d.w.HR.As(access.HR, access.Employer), "the person": d.w.Nurse.As(access.Manager, access.Employer)} {
		if err := d.s.Offer(ctx, a, now, uuid.New(), d.w.Nurse.Person); err == nil {
			t.Errorf("%s offers", name)
		}
	}
}

func (d *desk) refused(a access.Actor, sql, name string) {
	d.Helper()
	err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, sql)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		d.Errorf("%s: %s answers %v", name, sql, err)
	}
}

// A delegation opens what the post would, for its days.
func TestDelegate(t *testing.T) {
	d := open(t)
	d.OK(d.db.InTenant(ctx, d.w.HR.As(access.HR, access.Employer), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into delegation (organisation_id, id, manager_person_id, person_id, reason, starts_on, ends_on, state, requested_at) values ($1, $2, $3, $4, 'leave', current_date - 1, current_date + 20, 'confirmed', now())`,
			d.w.Trust, uuid.New(), d.w.Peer.Person, d.w.Nurse.Person)
		return err
	}))
	if all, err := d.s.Team(ctx, d.peer, now); err != nil || len(all) != 1 {
		t.Fatalf("who stands in sees %+v, %v", all, err)
	}
	d.OK(d.s.Offer(ctx, d.peer, now, uuid.New(), d.w.Nurse.Person))
}

func (d *desk) plan() conversation.OwnPlan {
	d.Helper()
	p, err := d.s.Plan(ctx, d.nurse, now)
	d.OK(err)
	return p
}

// write saves a part as it stands.
func (d *desk) write(at time.Time, part, words string) {
	d.Helper()
	had, _ := d.plan().Part(part)
	d.OK(d.s.Write(ctx, d.nurse, at, had.Changed, part, words))
}

// Two windows: whoever saves later has seen what the other saved, or is told. That holds for a part that is new, changed or taken away,
// for what is shared and with whom, and when both save at the same moment.
func TestTwoWindows(t *testing.T) {
	d := open(t)
	save := func(at, seen time.Time, words string) error { return d.s.Write(ctx, d.nurse, at, seen, "hard", words) }
	late := func(name string, err error) {
		t.Helper()
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.OK(save(now, time.Time{}, "One"))
	late("two new ones", save(now.Add(time.Second), time.Time{}, "Two"))
	first, _ := d.plan().Part("hard")
	d.OK(save(now.Add(time.Minute), first.Changed, "Three"))
	late("over a change", save(now.Add(time.Hour), first.Changed, "Two"))
	late("taken away over a change", save(now.Add(time.Hour), first.Changed, ""))
	second, _ := d.plan().Part("hard")
	d.OK(save(now.Add(time.Hour), second.Changed, ""))
	late("over what was taken away", save(now.Add(2*time.Hour), second.Changed, "Two"))
	if parts := d.plan().Parts; len(parts) != 0 {
		t.Errorf("%+v", parts)
	}

	results := make(chan error, 8)
	for i := range cap(results) {
		go func() { results <- save(now.Add(time.Duration(i)*time.Second), time.Time{}, fmt.Sprint(i)) }()
	}
	saved := 0
	for range cap(results) {
		if err := <-results; err == nil {
			saved++
		} else {
			late("at once", err)
		}
	}
	if saved != 1 {
		t.Errorf("%d of %d windows saved at once", saved, cap(results))
	}

	seen := d.plan().Mark()
	d.OK(d.s.Share(ctx, d.nurse, now, seen, []string{"hard"}))
	late("shared over a choice", d.s.Share(ctx, d.nurse, now, seen, []string{"hard", "well"}))
	seen = d.plan().Mark()
	d.OK(d.s.Unshare(ctx, d.nurse, now))
	late("shared over a stop", d.s.Share(ctx, d.nurse, now, seen, []string{"hard"}))
	seen = d.plan().Mark()
	_, err := d.super().Exec(ctx, `update post set manager_person_id = $2 where person_id = $1`, d.w.Nurse.Person, d.w.Peer.Person)
	d.OK(err)
	late("shared with another than the page said", d.s.Share(ctx, d.nurse, now, seen, []string{"hard"}))
}

func TestPlan(t *testing.T) {
	d := open(t)
	d.write(now, "well", "A walk CANARY")
	d.write(now, "hard", "Nights")
	d.write(now.Add(time.Second), "hard", "Nights, and CANARY")
	if err := d.s.Write(ctx, d.nurse, now, time.Time{}, "diagnosis", "x"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a part that is none: %v", err)
	}
	read := func() ([]conversation.Part, error) {
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
		r.SetPathValue("person", d.w.Nurse.Person.String())
		_, parts, err := d.s.ReadShared(ctx, d.boss, now, r)
		return parts, err
	}
	if _, err := read(); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the manager reads what is not shared: %v", err)
	}
	d.OK(d.s.Share(ctx, d.nurse, now, d.plan().Mark(), []string{"hard"}))
	parts, err := read()
	d.OK(err)
	if len(parts) != 1 || parts[0].Words != "Nights, and CANARY" {
		t.Errorf("the manager reads %+v", parts)
	}
	if n := caretest.Ask[int](t, d.db, d.nurse, `select count(*) from audit_event where action = 'conversation.plan_read' and subject_person = $1`, d.w.Nurse.Person); n != 1 {
		t.Errorf("the owner sees %d looks", n)
	}
	for name, a := range map[string]access.Actor{"another manager": d.w.Peer.As(access.Manager, access.Portal), "another organisation": d.w.LocalManager.As(access.Manager, access.Portal), "the person's link": d.w.HR.As(access.Person, access.Portal)} {
		if n := caretest.Ask[int](t, d.db, a, `select (select count(*) from wellbeing_plan) + (select count(*) from wellbeing_plan_share)`); n != 0 {
			t.Errorf("%s sees %d rows", name, n)
		}
	}
	d.refused(d.ward, `select 1 from wellbeing_plan`, "the employer side")
	if err := d.db.InTenant(ctx, d.boss, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, `update wellbeing_plan set words = ''`)
		if err == nil && tag.RowsAffected() > 0 {
			t.Error("the manager writes in it")
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	d.OK(d.s.Unshare(ctx, d.nurse, now))
	if _, err := read(); fault.KindOf(err) != fault.NotFound {
		t.Errorf("taken back, the manager still reads: %v", err)
	}
	d.write(now, "hard", " ")
	if p, err := d.s.Plan(ctx, d.nurse, now); err != nil || len(p.Parts) != 1 || p.Share != nil {
		t.Errorf("the plan: %+v, %v", p, err)
	}
	if was := caretest.Ask[string](t, d.db, d.nurse, `select encode(words, 'escape') from wellbeing_plan`); len(was) < 20 || slices.Contains([]string{"A walk CANARY"}, was) {
		t.Error("a part stands in clear")
	}
	if err := d.s.Share(ctx, d.w.Peer.As(access.Person, access.Portal), now, d.plan().Mark(), []string{"well"}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("shared with nobody: %v", err)
	}
}

// A share is read by the manager of today alone: not by who was it, nor of who has left, nor by who stands in, nor after its day.
func TestASharedPlanRests(t *testing.T) {
	d := open(t)
	conn := d.super()
	d.write(now, "hard", "CANARY")
	d.OK(d.s.Share(ctx, d.nurse, now, d.plan().Mark(), []string{"hard"}))
	_, err := conn.Exec(ctx, `insert into delegation (organisation_id, id, manager_person_id, person_id, reason, starts_on, ends_on, state, requested_at) values ($1, $2, $3, $4, 'leave', current_date - 1, current_date + 20, 'confirmed', now())`,
		d.w.Trust, uuid.New(), d.w.Peer.Person, d.w.Nurse.Person)
	d.OK(err)
	standIn := d.w.Peer.As(access.Manager, access.Portal)
	reads := func(when string, a access.Actor, want int) {
		t.Helper()
		for _, table := range []string{"wellbeing_plan", "wellbeing_plan_share"} {
			if n := caretest.Ask[int](t, d.db, a, `select count(*) from `+table); n != want {
				t.Errorf("%s: %d rows of %s", when, n, table)
			}
		}
		if p, err := d.s.Plan(ctx, d.nurse, now); err != nil || len(p.Parts) != 1 {
			t.Errorf("%s, the owner reads %+v, %v", when, p, err)
		}
	}
	reads("the manager", d.boss, 1)
	reads("who stands in", standIn, 0)
	for _, c := range []struct{ name, change, back string }{
		{"a former manager", `update post set manager_person_id = '` + d.w.Peer.Person.String() + `'`, `update post set manager_person_id = '` + d.w.Ward.Person.String() + `'`},
		{"a post that is over", `update post set ends_on = current_date`, `update post set ends_on = null`},
	} {
		where := ` where person_id = '` + d.w.Nurse.Person.String() + `'`
		_, err := conn.Exec(ctx, c.change+where)
		d.OK(err)
		reads(c.name, d.boss, 0)
		if p, err := d.s.Plan(ctx, d.nurse, now); err != nil || p.Share == nil || !p.Share.Rests {
			t.Errorf("%s: the owner is told %+v, %v", c.name, p.Share, err)
		}
		_, err = conn.Exec(ctx, c.back+where)
		d.OK(err)
		reads("the manager again", d.boss, 1)
	}
	for _, c := range []struct{ name, change, back string }{
		{"who has left", `update person set left_on = current_date where id = $1`, `update person set left_on = null where id = $1`},
		{"its day is come", `update wellbeing_plan_share set until = current_date where person_id = $1`, `update wellbeing_plan_share set until = current_date + 5 where person_id = $1`},
	} {
		_, err := conn.Exec(ctx, c.change, d.w.Nurse.Person)
		d.OK(err)
		reads(c.name, d.boss, 0)
		_, err = conn.Exec(ctx, c.back, d.w.Nurse.Person)
		d.OK(err)
		reads("the manager again", d.boss, 1)
	}
}

func TestUptake(t *testing.T) {
	d := open(t)
	then := now.AddDate(0, -1, -now.Day()+3)
	d.OK(d.s.Record(ctx, d.ward, then, uuid.New(), d.w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: locale.Day(then), With: "manager"}))
	for range 2 {
		d.OK(d.db.InTenant(ctx, access.SystemActor(access.Worker, d.w.Trust, uuid.Nil), func(tx *postgres.Tx) error { return conversation.Count(ctx, tx, d.w.Trust, now) }))
	}
	for name, a := range map[string]access.Actor{"HR": d.w.HR.As(access.HR, access.Growth), "the guardian": d.w.Guardian.As(access.Guardian, access.Growth)} {
		b, err := d.s.Uptake(ctx, a, now)
		if err != nil || b.Whole.Count.People != 15 || b.Whole.Count.Held != 0 || b.Whole.Count.Nearly || len(b.Teams) != 1 || b.Teams[0].Count.Held != 0 {
			t.Errorf("%s reads %+v, %v", name, b, err)
		}
		if _, ok := b.Whole.Count.Share(); ok {
			t.Errorf("%s reads a share of one person", name)
		}
	}
	if b, err := d.s.Uptake(ctx, d.w.ForeignOHNurse.As(access.HR, access.Growth), now); err != nil || !b.Month.IsZero() {
		t.Errorf("another organisation reads %+v, %v", b, err)
	}
}

// What is counted: of twelve who had one, the one who says that it is not right, and the one who has left, are not; who has no team is
// counted with the rest of their department, and no row is lost.
func TestUptakeCounts(t *testing.T) {
	d := open(t)
	conn := d.super()
	then := now.AddDate(0, -1, -now.Day()+3)
	staff := make([]uuid.UUID, 24)
	for i := range staff {
		staff[i] = uuid.New()
		_, err := conn.Exec(ctx, `insert into person (organisation_id, id, employee_number, family_name, given_name, name_key, date_of_birth, work_email) select organisation_id, $2, $3, 'X', 'Y', 'x y', date_of_birth, $3 || '@x.example' from person where id = $1`, d.w.Nurse.Person, staff[i], fmt.Sprint(30000000+i))
		d.OK(err)
		department, team := "Medicine", "Ward 8"
		if i >= 14 { // nobody knows of which team
			team = ""
		}
		if i >= 22 {
			department = ""
		}
		_, err = conn.Exec(ctx, `insert into post (organisation_id, id, person_id, assignment_number, is_primary, title, band, staff_group, site, department, team, hours, manager_person_id, patient_contact, starts_on)
 select organisation_id, $2, $3, $6, true, title, band, staff_group, site, $4, $5, hours, manager_person_id, patient_contact, starts_on from post where person_id = $1`, d.w.Nurse.Person, uuid.New(), staff[i], department, team, fmt.Sprint(30000000+i))
		d.OK(err)
	}
	for i, id := range staff[:12] {
		x := uuid.New()
		d.OK(d.s.Record(ctx, d.ward, then, x, id, "", conversation.In{Outcome: conversation.Held, On: locale.Day(then), With: "manager"}))
		if i < 3 {
			person := access.Actor{Account: uuid.New(), Name: "Y X", Organisation: d.w.Trust, Service: d.w.Service, Person: id, Role: access.Person, Wall: access.Portal}
			d.OK(d.s.Dispute(ctx, person, then.Add(time.Hour), x))
			if i == 0 {
				d.OK(d.s.Settle(ctx, person, then.Add(2*time.Hour), x))
			}
		}
	}
	_, err := conn.Exec(ctx, `update person set left_on = $2 where id = $1`, staff[11], then.AddDate(0, 0, 5))
	d.OK(err)
	d.OK(d.db.InTenant(ctx, access.SystemActor(access.Worker, d.w.Trust, uuid.Nil), func(tx *postgres.Tx) error { return conversation.Count(ctx, tx, d.w.Trust, now) }))
	b, err := d.s.Uptake(ctx, d.w.HR.As(access.HR, access.Growth), now)
	d.OK(err)
	// 9 of 13 in Ward 8: nine say so, and four are too few to be a number.
	want := []uptake.Unit[conversation.Shown]{{Place: uptake.Place{Part: uptake.Rest, Department: ""}}, {Place: uptake.Place{Part: uptake.Rest, Department: "Medicine"}, Count: conversation.Shown{People: 10}},
		{Place: uptake.Place{Part: uptake.ATeam, Department: "Medicine", Team: "Ward 7"}, Count: conversation.Shown{People: 15}},
		{Place: uptake.Place{Part: uptake.ATeam, Department: "Medicine", Team: "Ward 8"}, Count: conversation.Shown{People: 15, Nearly: true}}}
	if !slices.Equal(b.Teams, want) || b.Whole.Count.People != 40 || b.Whole.Count.Held != 10 {
		t.Errorf("%+v of %+v", b.Teams, b.Whole)
	}
}
