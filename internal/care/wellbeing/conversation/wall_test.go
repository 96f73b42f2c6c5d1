package conversation_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/conversation"
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
	*testing.T
	db                      *postgres.DB
	w                       *world.World
	s                       *conversation.Service
	nurse, ward, peer, boss access.Actor // boss is the manager as themselves, behind the portal
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	return &desk{T: t, db: db, w: w, s: conversation.New(conversation.Deps{DB: db, Box: caretest.Box(), Now: func() time.Time { return now }}), nurse: w.Nurse.As(access.Person, access.Portal),
		ward: w.Ward.As(access.Manager, access.Employer), peer: w.Peer.As(access.Manager, access.Employer), boss: w.Ward.As(access.Manager, access.Portal)}
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) member() conversation.Member {
	d.Helper()
	all, err := d.s.Team(ctx, d.ward, now)
	d.ok(err)
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
		d.ok(d.s.Offer(ctx, d.ward, now, id, d.w.Nurse.Person))
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
	d.ok(d.s.Record(ctx, d.ward, now.Add(time.Minute), id, d.w.Nurse.Person, seen, in))
	if err := d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, seen, in); fault.KindOf(err) != fault.Conflict {
		t.Errorf("recorded over a change: %v", err)
	}
	d.ok(d.s.Done(ctx, d.ward, now, id, d.w.Nurse.Person, "breaks"))
	all, err := d.s.Mine(ctx, d.nurse)
	d.ok(err)
	if len(all) != 1 || len(all[0].Actions) != 2 || len(all[0].Open()) != 1 || !slices.Equal(all[0].Signposts, []string{"money_help"}) {
		t.Errorf("the person reads %+v", all)
	}
	d.ok(d.s.Dispute(ctx, d.nurse, now, id))
	if m = d.member(); !m.All[0].Disputed {
		t.Error("the manager does not see that it is not right")
	}
	_, seen, _ = m.Find(id)
	d.ok(d.s.Record(ctx, d.ward, now.Add(time.Hour), id, d.w.Nurse.Person, seen, conversation.In{Outcome: conversation.Declined, On: today, With: "manager", Actions: []string{"breaks"}}))
	if m = d.member(); m.All[0].Disputed || len(m.All[0].Actions) != 0 || m.All[0].With != "" || m.Standing != conversation.Refused {
		t.Errorf("put right: %+v", m)
	}
	// The person answers an offer themselves, without a reason.
	offer := uuid.New()
	d.ok(d.s.Offer(ctx, d.ward, now.Add(2*time.Hour), offer, d.w.Nurse.Person))
	d.ok(d.s.Answer(ctx, d.nurse, now, offer, conversation.Elsewhere))
	if err := d.s.Answer(ctx, d.nurse, now, offer, conversation.Declined); fault.KindOf(err) != fault.Conflict {
		t.Errorf("answered twice: %v", err)
	}
	if x, _, _ := d.member().Find(offer); x.State != conversation.Elsewhere || !x.ByPerson {
		t.Errorf("the manager sees %+v", x)
	}
}

// A record of years ago, whose review is over, can be put right without another day.
func TestAnOldRecordIsPutRight(t *testing.T) {
	d := open(t)
	then, id := now.AddDate(-3, 0, 0), uuid.New()
	in := conversation.In{Outcome: conversation.Held, On: locale.Day(then), With: "manager", Next: locale.Day(then).AddDays(90)}
	d.ok(d.s.Record(ctx, d.ward, then, id, d.w.Nurse.Person, "", in))
	_, seen, _ := d.member().Find(id)
	in.With = "educator"
	d.ok(d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, seen, in))
	x, seen, _ := d.member().Find(id)
	if x.With != "educator" {
		t.Errorf("put right: %+v", x)
	}
	for name, wrong := range map[string]conversation.In{"another day as old": {Outcome: conversation.Held, On: in.On.AddDays(-1), With: "manager"}, "another review that is over": {Outcome: conversation.Held, On: in.On, With: "manager", Next: in.Next.AddDays(1)}} {
		if err := d.s.Record(ctx, d.ward, now, id, d.w.Nurse.Person, seen, wrong); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the person says themselves is not wiped by a form that was made before they said it.
func TestTheirOwnWordStands(t *testing.T) {
	d := open(t)
	id := uuid.New()
	d.ok(d.s.Offer(ctx, d.ward, now, id, d.w.Nurse.Person))
	held := conversation.In{Outcome: conversation.Held, On: today, With: "manager"}
	save := func(seen string) error {
		return d.s.Record(ctx, d.ward, now.Add(time.Minute), id, d.w.Nurse.Person, seen, held)
	}
	_, seen, _ := d.member().Find(id)
	d.ok(d.s.Answer(ctx, d.nurse, now, id, conversation.Declined))
	if err := save(seen); fault.KindOf(err) != fault.Conflict {
		t.Errorf("over their answer: %v", err)
	}
	if x, _, _ := d.member().Find(id); x.State != conversation.Declined || !x.ByPerson {
		t.Errorf("their answer is now %+v", x)
	}
	_, seen, _ = d.member().Find(id)
	d.ok(d.s.Dispute(ctx, d.nurse, now, id))
	if err := save(seen); fault.KindOf(err) != fault.Conflict {
		t.Errorf("over their objection: %v", err)
	}
	_, seen, _ = d.member().Find(id)
	d.ok(save(seen))
}

// Only who the live post or a confirmed delegation names reads or writes; every other actor of every login finds nothing, in SQL too.
func TestOnlyTheLine(t *testing.T) {
	d := open(t)
	d.ok(d.s.Record(ctx, d.ward, now, uuid.New(), d.w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: today, With: "manager", Actions: []string{"breaks"}, Signposts: []string{"learning"}}))
	tables := []string{"conversation", "conversation_agreed", "conversation_signpost"}
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
	for _, table := range append(tables, "wellbeing_plan", "wellbeing_plan_share") {
		for name, a := range map[string]access.Actor{"a nurse of OH": d.w.OHNurse.As(access.Nurse, access.Clinical), "the lead": d.w.OHLead.As(access.Lead, access.Growth), "the auditor": d.w.Caldicott.As(access.Caldicott, access.Audit), "the hall": d.nurse.At(access.Hall)} {
			d.refused(a, `select 1 from `+table, name)
		}
	}
	d.refused(access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select next_on from conversation`, "the worker")
	d.refused(access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select 1 from conversation_agreed`, "the worker")
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
	d.ok(d.db.InTenant(ctx, d.w.HR.As(access.HR, access.Employer), func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into delegation (organisation_id, id, manager_person_id, person_id, reason, starts_on, ends_on, state, requested_at) values ($1, $2, $3, $4, 'leave', current_date - 1, current_date + 20, 'confirmed', now())`,
			d.w.Trust, uuid.New(), d.w.Peer.Person, d.w.Nurse.Person)
		return err
	}))
	if all, err := d.s.Team(ctx, d.peer, now); err != nil || len(all) != 1 {
		t.Fatalf("who stands in sees %+v, %v", all, err)
	}
	d.ok(d.s.Offer(ctx, d.peer, now, uuid.New(), d.w.Nurse.Person))
}

func TestPlan(t *testing.T) {
	d := open(t)
	d.ok(d.s.Write(ctx, d.nurse, now, "well", "A walk CANARY"))
	d.ok(d.s.Write(ctx, d.nurse, now, "hard", "Nights"))
	d.ok(d.s.Write(ctx, d.nurse, now, "hard", "Nights, and CANARY"))
	if err := d.s.Write(ctx, d.nurse, now, "diagnosis", "x"); fault.KindOf(err) != fault.NotFound {
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
	d.ok(d.s.Share(ctx, d.nurse, now, []string{"hard"}))
	parts, err := read()
	d.ok(err)
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
	d.ok(d.s.Unshare(ctx, d.nurse, now))
	if _, err := read(); fault.KindOf(err) != fault.NotFound {
		t.Errorf("taken back, the manager still reads: %v", err)
	}
	d.ok(d.s.Write(ctx, d.nurse, now, "hard", " "))
	if p, err := d.s.Plan(ctx, d.nurse, now); err != nil || len(p.Parts) != 1 || p.Share != nil {
		t.Errorf("the plan: %+v, %v", p, err)
	}
	if was := caretest.Ask[string](t, d.db, d.nurse, `select encode(words, 'escape') from wellbeing_plan`); len(was) < 20 || slices.Contains([]string{"A walk CANARY"}, was) {
		t.Error("a part stands in clear")
	}
	if err := d.s.Share(ctx, d.w.Peer.As(access.Person, access.Portal), now, []string{"well"}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("shared with nobody: %v", err)
	}
}

// A share is read by the manager of today alone: not by who was it, nor of who has left, nor by who stands in, nor after its day.
func TestASharedPlanRests(t *testing.T) {
	d := open(t)
	conn, err := pgx.Connect(ctx, world.Super(t))
	d.ok(err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	d.ok(d.s.Write(ctx, d.nurse, now, "hard", "CANARY"))
	d.ok(d.s.Share(ctx, d.nurse, now, []string{"hard"}))
	_, err = conn.Exec(ctx, `insert into delegation (organisation_id, id, manager_person_id, person_id, reason, starts_on, ends_on, state, requested_at) values ($1, $2, $3, $4, 'leave', current_date - 1, current_date + 20, 'confirmed', now())`,
		d.w.Trust, uuid.New(), d.w.Peer.Person, d.w.Nurse.Person)
	d.ok(err)
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
		d.ok(err)
		reads(c.name, d.boss, 0)
		if p, err := d.s.Plan(ctx, d.nurse, now); err != nil || p.Share == nil || !p.Share.Rests {
			t.Errorf("%s: the owner is told %+v, %v", c.name, p.Share, err)
		}
		_, err = conn.Exec(ctx, c.back+where)
		d.ok(err)
		reads("the manager again", d.boss, 1)
	}
	for _, c := range []struct{ name, change, back string }{
		{"who has left", `update person set left_on = current_date where id = $1`, `update person set left_on = null where id = $1`},
		{"its day is come", `update wellbeing_plan_share set until = current_date where person_id = $1`, `update wellbeing_plan_share set until = current_date + 5 where person_id = $1`},
	} {
		_, err := conn.Exec(ctx, c.change, d.w.Nurse.Person)
		d.ok(err)
		reads(c.name, d.boss, 0)
		_, err = conn.Exec(ctx, c.back, d.w.Nurse.Person)
		d.ok(err)
		reads("the manager again", d.boss, 1)
	}
}

func TestUptake(t *testing.T) {
	d := open(t)
	then := now.AddDate(0, -1, -now.Day()+3)
	d.ok(d.s.Record(ctx, d.ward, then, uuid.New(), d.w.Nurse.Person, "", conversation.In{Outcome: conversation.Held, On: locale.Day(then), With: "manager"}))
	for range 2 {
		d.ok(d.db.InTenant(ctx, access.SystemActor(access.Worker, d.w.Trust, uuid.Nil), func(tx *postgres.Tx) error { return conversation.Count(ctx, tx, d.w.Trust, now) }))
	}
	for name, a := range map[string]access.Actor{"HR": d.w.HR.As(access.HR, access.Growth), "the guardian": d.w.Guardian.As(access.Guardian, access.Growth)} {
		b, err := d.s.Uptake(ctx, a, now)
		if err != nil || b.Whole.People != 15 || !b.Whole.Few || len(b.Teams) != 1 || !b.Teams[0].Few {
			t.Errorf("%s reads %+v, %v", name, b, err)
		}
		if _, ok := b.Whole.Share(); ok {
			t.Errorf("%s reads a share of one person", name)
		}
	}
	if b, err := d.s.Uptake(ctx, d.w.ForeignOHNurse.As(access.HR, access.Growth), now); err != nil || !b.Month.IsZero() {
		t.Errorf("another organisation reads %+v, %v", b, err)
	}
}
