package adjustment_test

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
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
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
	conn                    *pgx.Conn
	s                       *adjustment.Service
	nurse, ward, peer, boss access.Actor // boss is the manager as themselves, behind the portal
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(ctx) })
	return &desk{T: world.T{T: t}, db: db, w: w, conn: conn, s: adjustment.New(adjustment.Deps{DB: db, Box: caretest.Box(), Now: func() time.Time { return now }}), nurse: w.Nurse.As(access.Person, access.Portal),
		ward: w.Ward.As(access.Manager, access.Employer), peer: w.Peer.As(access.Manager, access.Employer), boss: w.Ward.As(access.Manager, access.Portal)}
}

func (d *desk) super(sql string, args ...any) {
	d.Helper()
	_, err := d.conn.Exec(ctx, sql, args...)
	d.OK(err)
}

func (d *desk) mine() adjustment.Passport {
	d.Helper()
	p, err := d.s.Mine(ctx, d.nurse, now)
	d.OK(err)
	return p
}

func (d *desk) member(a access.Actor) adjustment.Member {
	d.Helper()
	all, err := d.s.Team(ctx, a, now)
	d.OK(err)
	if len(all) != 1 || all[0].Person != d.w.Nurse.Person {
		d.Fatalf("the team is %+v", all)
	}
	return all[0]
}

// share writes two items and shares the first; it gives what was asked.
func (d *desk) share() adjustment.Ask {
	d.Helper()
	d.OK(d.s.Write(ctx, d.nurse, now, "breaks", "Every two hours CANARY-HOW", "Because CANARY-WHY"))
	d.OK(d.s.Write(ctx, d.nurse, now, "quiet", "By the window", "CANARY-WHY too"))
	d.OK(d.s.Share(ctx, d.nurse, now, []string{"breaks"}))
	m := d.member(d.ward)
	if len(m.Asks) != 1 || m.Asks[0].Code != "breaks" || m.Todo != adjustment.Open {
		d.Fatalf("the manager is asked %+v", m)
	}
	return m.Asks[0]
}

func yes(from civil.Date) adjustment.In {
	return adjustment.In{Answer: adjustment.Agreed, From: from, Review: today.AddMonths(6)}
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

func (d *desk) worker(do func(tx *postgres.Tx) error) {
	d.Helper()
	d.OK(d.db.InTenant(ctx, access.SystemActor(access.Worker, d.w.Trust, uuid.Nil), do))
}

func TestLife(t *testing.T) {
	d := open(t)
	x := d.share()
	d.OK(d.s.Share(ctx, d.nurse, now, []string{"breaks", "quiet"})) // and again: the first is asked once
	if m := d.member(d.ward); len(m.Asks) != 2 {
		t.Fatalf("asked %+v", m.Asks)
	}
	part := adjustment.In{Answer: adjustment.Part, Reason: "trial", From: today, Review: today.AddMonths(1)}
	d.OK(d.s.Answer(ctx, d.ward, now, x.Person, x.ID, 0, part))
	if err := d.s.Answer(ctx, d.ward, now, x.Person, x.ID, 0, yes(today)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("answered over an answer: %v", err)
	}
	d.OK(d.s.Answer(ctx, d.ward, now.Add(time.Minute), x.Person, x.ID, 1, yes(today)))
	item, _ := d.mine().Item("breaks")
	got, open := item.Now()
	if !open || len(got.Answers) != 2 || got.State() != adjustment.Agreed || got.Answers[0].Reason != "trial" || got.Answers[1].Reason != "" {
		t.Errorf("the person reads %+v", got)
	}
	d.OK(d.s.Unshare(ctx, d.nurse, now)) // what was not answered is taken back, what was agreed stays
	m := d.member(d.ward)
	if m.Count(adjustment.Ask.InPlace) != 1 || m.Count(func(a adjustment.Ask) bool { return a.State() == adjustment.Ended }) != 1 {
		t.Errorf("after: %+v", m.Asks)
	}
	d.OK(d.s.End(ctx, d.nurse, now, x.ID))
	if err := d.s.End(ctx, d.nurse, now, x.ID); fault.KindOf(err) != fault.Conflict {
		t.Errorf("ended twice: %v", err)
	}
	if err := d.s.Answer(ctx, d.ward, now, x.Person, x.ID, 2, yes(today)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("answered when it has ended: %v", err)
	}
	if err := d.db.InTenant(ctx, d.ward, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into adjustment_answer (organisation_id, ask_id, n, person_id, manager_person_id, answer, reason, at) values ($1, $2, 9, $3, $4, 'declined', 'cost', now())`, d.w.Trust, x.ID, x.Person, d.w.Ward.Person)
		return err
	}); postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("the database takes an answer to what has ended: %v", err)
	}
	// What is taken out leaves its history.
	d.OK(d.s.Remove(ctx, d.nurse, now, "breaks"))
	p := d.mine()
	if _, have := p.Item("breaks"); have || len(p.Past) != 1 || len(p.Past[0].Answers) != 2 || len(p.Items) != 1 {
		t.Errorf("taken out: %+v", p)
	}
	if n := caretest.Ask[int](t, d.db, d.nurse, `select count(*) from passport_note where code = 'breaks'`); n != 0 {
		t.Errorf("%d notes are left", n)
	}
}

// Nobody but the owner and, of what is shared and how it is done, the manager of today reads anything, in SQL too. Why it helps is read
// by nobody else, whatever is shared. What a manager is asked is read by that manager alone.
func TestOnlyTheirs(t *testing.T) {
	d := open(t)
	x := d.share()
	d.OK(d.s.Answer(ctx, d.ward, now, x.Person, x.ID, 0, yes(today.AddDays(-30))))
	d.worker(func(tx *postgres.Tx) error { return adjustment.Follow(ctx, tx, d.w.Trust, now) })
	count := func(a access.Actor, table string) int {
		return caretest.Ask[int](t, d.db, a, `select count(*) from `+table)
	}
	for table, want := range map[string][3]int{ // the owner, the manager as themselves, the manager at work
		"passport_item": {2, 1, -1}, "passport_note": {4, 1, -1}, "passport_share": {1, 1, -1}, "adjustment_ask": {1, 0, 1}, "adjustment_answer": {1, 0, 1}, "adjustment_followup": {1, 0, 0},
	} {
		for i, a := range []access.Actor{d.nurse, d.boss, d.ward} {
			if want[i] < 0 {
				d.refused(a, `select 1 from `+table, "the employer side")
			} else if n := count(a, table); n != want[i] {
				t.Errorf("%d of %s: reader %d, want %d", n, table, i, want[i])
			}
		}
		others := map[string]access.Actor{"another manager's portal": d.w.Peer.As(access.Manager, access.Portal), "a colleague": d.w.Peer.As(access.Person, access.Portal), "another organisation": d.w.Local.As(access.Person, access.Portal),
			"the house": access.SystemActor(access.Portal, d.w.Trust, d.w.Service), "a champion": d.w.HR.As(access.Person, access.Portal)}
		if want[2] >= 0 {
			others["another manager"], others["HR"], others["another organisation's manager"] = d.peer, d.w.HR.As(access.HR, access.Employer), d.w.LocalManager.As(access.Manager, access.Employer)
			others["the employer's house"] = access.SystemActor(access.Employer, d.w.Trust, d.w.Service)
		} else {
			d.refused(d.peer, `select 1 from `+table, "another manager")
			d.refused(d.w.HR.As(access.HR, access.Employer), `select 1 from `+table, "HR")
		}
		for name, a := range others {
			if n := count(a, table); n != 0 {
				t.Errorf("%s sees %d rows of %s", name, n, table)
			}
		}
		for name, a := range map[string]access.Actor{"a nurse of OH": d.w.OHNurse.As(access.Nurse, access.Clinical), "the lead": d.w.OHLead.As(access.Lead, access.Growth), "the ICS and the board": d.w.Executive.As(access.Executive, access.Growth),
			"the auditor": d.w.Caldicott.As(access.Caldicott, access.Audit), "the hall": d.nurse.At(access.Hall)} {
			d.refused(a, `select 1 from `+table, name)
		}
	}
	if n := caretest.Ask[int](t, d.db, d.boss, `select count(*) from passport_note where part = 'why' or code = 'quiet'`); n != 0 {
		t.Errorf("the manager reads %d notes that are not theirs to read", n)
	}
	worker := access.SystemActor(access.Worker, d.w.Trust, d.w.Service)
	for _, sql := range []string{`select code from adjustment_ask`, `select reason from adjustment_answer`, `select 1 from passport_note`, `select 1 from passport_item`, `select 1 from passport_share`} {
		d.refused(worker, sql, "the worker")
	}
	for _, sql := range []string{`update adjustment_answer set answer = 'declined'`, `update adjustment_ask set code = 'hours'`, `delete from adjustment_ask`} {
		d.refused(d.ward, sql, "the manager")
		d.refused(d.nurse, sql, "the person")
	}
	if err := d.s.Answer(ctx, d.peer, now, x.Person, x.ID, 1, yes(today)); err == nil {
		t.Error("another manager answers")
	}
	if was := caretest.Ask[string](t, d.db, d.nurse, `select string_agg(encode(words, 'escape'), ' ') from passport_note`); len(was) < 60 || slices.Contains([]string{was}, "CANARY") {
		t.Error("a note stands in clear")
	}
}

func (d *desk) read(a access.Actor) ([]adjustment.Item, error) {
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	r.SetPathValue("person", d.w.Nurse.Person.String())
	_, items, err := d.s.ReadShared(ctx, a, now, r)
	return items, err
}

// When somebody moves to another manager all of it rests, and stays the person's: the new one sees nothing until it is shared with them,
// and then from when it was agreed.
func TestItGoesWithThePerson(t *testing.T) {
	d := open(t)
	x := d.share()
	from := today.AddDays(-40)
	d.OK(d.s.Answer(ctx, d.ward, now, x.Person, x.ID, 0, yes(from)))
	items, err := d.read(d.boss)
	d.OK(err)
	if len(items) != 1 || items[0].How != "Every two hours CANARY-HOW" || items[0].Why != "" {
		t.Errorf("the manager reads %+v", items)
	}
	if n := caretest.Ask[int](t, d.db, d.nurse, `select count(*) from audit_event where action = 'adjustment.passport_read' and subject_person = $1`, d.w.Nurse.Person); n != 1 {
		t.Errorf("the owner sees %d looks", n)
	}
	d.super(`update post set manager_person_id = $1 where person_id = $2`, d.w.Peer.Person, d.w.Nurse.Person)
	newBoss := d.w.Peer.As(access.Manager, access.Portal)
	for name, a := range map[string]access.Actor{"the old manager": d.boss, "the new manager": newBoss} {
		if _, err := d.read(a); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s reads: %v", name, err)
		}
	}
	if m := d.member(d.peer); len(m.Asks) != 0 {
		t.Errorf("the new manager sees %+v", m.Asks)
	}
	if n := caretest.Ask[int](t, d.db, d.ward, `select (select count(*) from adjustment_ask) + (select count(*) from adjustment_answer)`); n != 0 {
		t.Errorf("the old manager sees %d rows", n)
	}
	p := d.mine()
	item, _ := p.Item("breaks")
	if p.Share == nil || !p.Share.Rests || len(item.Asks) != 1 || !item.Asks[0].Rests || item.Before() != from || item.Why != "Because CANARY-WHY" {
		t.Errorf("the owner reads %+v, %+v", p.Share, item)
	}
	d.OK(d.s.Share(ctx, d.nurse, now.Add(time.Minute), []string{"breaks"}))
	m := d.member(d.peer)
	if len(m.Asks) != 1 || m.Asks[0].Carried != from || len(m.Asks[0].Answers) != 0 {
		t.Errorf("the new manager is asked %+v", m.Asks)
	}
	if items, err := d.read(newBoss); err != nil || len(items) != 1 {
		t.Errorf("the new manager reads %+v, %v", items, err)
	}
	if item, _ := d.mine().Item("breaks"); len(item.Asks) != 2 || len(item.Asks[1].Answers) != 1 {
		t.Errorf("the history is %+v", item.Asks)
	}
	d.super(`update passport_share set until = current_date where person_id = $1`, d.w.Nurse.Person)
	if _, err := d.read(newBoss); fault.KindOf(err) != fault.NotFound {
		t.Errorf("read after its day: %v", err)
	}
	if err := d.s.Share(ctx, d.w.Peer.As(access.Person, access.Portal), now, []string{"breaks"}); err == nil {
		t.Error("shared what is not there")
	}
}

// After 4 and 12 weeks, once each, and never about what did not begin, ended, or was long ago. The manager reads what is shared.
func TestDidItHelp(t *testing.T) {
	d := open(t)
	x := d.share()
	follow := func(at time.Time) int {
		d.worker(func(tx *postgres.Tx) error { return adjustment.Follow(ctx, tx, d.w.Trust, at) })
		return caretest.Ask[int](t, d.db, d.nurse, `select count(*) from adjustment_followup`)
	}
	in := func(weeks, days int) time.Time { return now.AddDate(0, 0, 7*weeks+days) }
	if n := follow(in(4, 1)); n != 0 {
		t.Errorf("%d asked before anything was agreed", n)
	}
	d.OK(d.s.Answer(ctx, d.ward, now, x.Person, x.ID, 0, yes(today)))
	for _, c := range []struct {
		at   time.Time
		want int
	}{{in(4, -1), 0}, {in(4, 0), 1}, {in(4, 3), 1}, {in(12, 0), 2}, {in(12, 1), 2}} {
		if n := follow(c.at); n != c.want {
			t.Errorf("%d asked on %s, want %d", n, c.at, c.want)
		}
	}
	if n := caretest.Ask[int](t, d.db, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select count(*) from outbox where template = 'adjustment_helped' and to_person = $1`, d.w.Nurse.Person); n != 2 {
		t.Errorf("%d messages", n)
	}
	waiting := d.mine().Waiting()
	if len(waiting) != 2 {
		t.Fatalf("asked %+v", waiting)
	}
	d.OK(d.s.Help(ctx, d.nurse, now, waiting[0], adjustment.HelpIn{Answer: adjustment.HelpedPartly, Share: "no"}))
	if m := d.member(d.ward); len(m.Asks[0].Helped) != 0 {
		t.Errorf("the manager reads what is not shared: %+v", m.Asks[0].Helped)
	}
	d.OK(d.s.Help(ctx, d.nurse, now, waiting[0], adjustment.HelpIn{Answer: adjustment.HelpedYes, Share: "yes"}))
	if m := d.member(d.ward); len(m.Asks[0].Helped) != 1 || m.Asks[0].Helped[0].Answer != adjustment.HelpedYes {
		t.Errorf("the manager reads %+v", m.Asks[0].Helped)
	}
	if err := d.s.Help(ctx, d.w.Peer.As(access.Person, access.Portal), now, waiting[0], adjustment.HelpIn{Answer: adjustment.HelpedNo, Share: "yes"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("somebody else answers: %v", err)
	}
	// Long ago, and not asked then: not asked now.
	other := open(t)
	y := other.share()
	other.OK(other.s.Answer(ctx, other.ward, now, y.Person, y.ID, 0, yes(today.AddMonths(-12))))
	other.worker(func(tx *postgres.Tx) error { return adjustment.Follow(ctx, tx, other.w.Trust, now) })
	if n := caretest.Ask[int](t, other.db, other.nurse, `select count(*) from adjustment_followup`); n != 0 {
		t.Errorf("%d asked about a year ago", n)
	}
}

func TestUptake(t *testing.T) {
	d := open(t)
	x := d.share()
	first := time.Date(now.Year(), now.Month(), 1, 12, 0, 0, 0, time.UTC)
	d.OK(d.s.Answer(ctx, d.ward, first.AddDate(0, 0, -10), x.Person, x.ID, 0, yes(locale.Day(first).AddDays(-9))))
	for range 2 {
		d.worker(func(tx *postgres.Tx) error { return adjustment.Count(ctx, tx, d.w.Trust, now) })
	}
	lead := d.w.OHLead.As(access.Lead, access.Growth)
	b, err := d.s.Uptake(ctx, lead, now)
	if err != nil || b.Whole.Count.People != 15 || b.Whole.Count.InPlace != 0 || len(b.Teams) != 1 || b.Teams[0].Count.InPlace != 0 {
		t.Errorf("one of 15 people: %+v, %v", b, err)
	}
	if _, ok := b.Whole.Count.Placed(); ok {
		t.Error("a share of one person")
	}
	if b, err := d.s.Uptake(ctx, d.w.ForeignOHNurse.As(access.Lead, access.Growth), now); err != nil || !b.Month.IsZero() {
		t.Errorf("another organisation reads %+v, %v", b, err)
	}
}
