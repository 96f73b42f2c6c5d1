package champion_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion"
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
	db                          *postgres.DB
	w                           *world.World
	s                           *champion.Service
	nurse, ward, peer, hr, lead access.Actor
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	return &desk{T: world.T{T: t}, db: db, w: w, s: champion.New(champion.Deps{DB: db, Now: func() time.Time { return now }}), nurse: w.Nurse.As(access.Person, access.Portal), ward: w.Ward.As(access.Manager, access.Employer),
		peer: w.Peer.As(access.Manager, access.Employer), hr: w.HR.As(access.HR, access.Employer), lead: w.OHLead.As(access.Lead, access.Clinical)}
}

// asked has the nurse ask, and gives what her manager sees.
func (d *desk) asked() champion.Champion {
	d.Helper()
	d.OK(d.s.Ask(ctx, d.nurse, now, uuid.New(), uuid.Nil))
	all, err := d.s.Line(ctx, d.ward, now)
	d.OK(err)
	if len(all) != 1 || all[0].State != champion.Asked || all[0].Team != "Ward 7" {
		d.Fatalf("the manager sees %+v", all)
	}
	return all[0]
}

func (d *desk) champion() champion.Champion {
	d.Helper()
	c := d.asked()
	d.OK(d.s.Agree(ctx, d.ward, now, c, 4))
	return c
}

func (d *desk) told(template string) int {
	d.Helper()
	return caretest.Ask[int](d, d.db, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select count(*) from outbox where template = $1 and organisation_id = $2`, template, d.w.Trust)
}

func TestLife(t *testing.T) {
	d := open(t)
	if m, err := d.s.Find(ctx, d.nurse, now); err != nil || !m.May() || m.Last != nil {
		t.Fatalf("before: %+v, %v", m, err)
	}
	c := d.asked()
	d.OK(d.s.Ask(ctx, d.nurse, now, c.ID, uuid.Nil)) // the same form again
	if err := d.s.Ask(ctx, d.nurse, now, uuid.New(), uuid.Nil); fault.KindOf(err) != fault.Conflict {
		t.Errorf("asked twice: %v", err)
	}
	if n := d.told("champion_asked"); n != 1 {
		t.Errorf("the manager is told %d times", n)
	}
	// Nobody but the line agrees, and nobody for themselves.
	for name, a := range map[string]access.Actor{"another manager": d.peer, "HR": d.hr, "the champion": d.w.Nurse.As(access.Manager, access.Employer), "another organisation": d.w.LocalManager.As(access.Manager, access.Employer)} {
		if err := d.s.Agree(ctx, a, now, c, 4); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s agrees: %v", name, err)
		}
		if all, err := d.s.Line(ctx, a, now); err != nil || len(all) > 0 {
			t.Errorf("%s sees %+v, %v", name, all, err)
		}
		if n := caretest.Ask[int](d, d.db, a, `select count(*) from champion`); n != 0 {
			t.Errorf("%s reads %d rows of who asked", name, n)
		}
	}
	if err := d.s.Agree(ctx, d.ward, now, c, 0); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without time: %v", err)
	}
	d.OK(d.s.Agree(ctx, d.ward, now, c, 4))
	d.OK(d.s.Agree(ctx, d.ward, now.Add(time.Hour), c, 6)) // changes the time
	all, err := d.s.Line(ctx, d.ward, now)
	d.OK(err)
	d.OK(d.s.Agree(ctx, d.ward, now.Add(2*time.Hour), all[0], 6)) // the same again changes nothing
	if n := d.told("champion_agreed"); n != 2 {
		t.Errorf("agreed and changed: they are told %d times", n)
	}
	if err := d.s.Refuse(ctx, d.ward, now, c); fault.KindOf(err) != fault.Conflict {
		t.Errorf("refused afterwards: %v", err)
	}
	if err := d.s.Withdraw(ctx, d.nurse, now); fault.KindOf(err) != fault.Conflict {
		t.Errorf("withdrawn afterwards: %v", err)
	}
	m, err := d.s.Find(ctx, d.nurse, now)
	d.OK(err)
	if !m.On || m.Last.Hours != 6 || m.Training != champion.NotTrained || m.May() {
		t.Fatalf("a champion: %+v", m)
	}
	if m, err := d.s.Find(ctx, d.w.Ward.As(access.Person, access.Portal), now); err != nil || len(m.Near) != 1 || m.Near[0].Name != d.w.Nurse.Name {
		t.Errorf("a colleague finds %+v, %v", m.Near, err)
	}
	// Training, thanks, and the end.
	d.OK(d.s.Train(ctx, d.lead, now, c.ID, "first", today.AddMonths(-30)))
	if err := d.s.Train(ctx, d.lead, now, c.ID, "refresher", today.AddMonths(-30)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("trained twice on a day: %v", err)
	}
	if m, _ := d.s.Find(ctx, d.nurse, now); m.Training != champion.Overdue {
		t.Errorf("after 30 months: %s", m.Training)
	}
	d.OK(d.s.Train(ctx, d.lead, now, c.ID, "refresher", today.AddDays(-1)))
	for range 2 {
		d.OK(d.s.Thank(ctx, d.lead, now, c.ID))
	}
	if m, _ := d.s.Find(ctx, d.nurse, now); m.Training != champion.Trained || m.Last.ThankedBy != d.w.OHLead.Name || d.told("champion_thanked") != 1 {
		t.Errorf("trained and thanked: %+v", m.Last)
	}
	d.OK(d.s.StepDown(ctx, d.nurse, now, civil.Date{}, today.AddDays(10)))
	if m, _ := d.s.Find(ctx, d.nurse, now.AddDate(0, 0, 11)); m.On || !m.May() {
		t.Errorf("after the end: %+v", m)
	}
	n, err := d.s.Network(ctx, d.lead, now.AddDate(0, 0, 11), uuid.Nil)
	d.OK(err)
	if len(n.All) != 0 || len(n.Left) != 1 || n.Map.Champions != 0 {
		t.Errorf("the network afterwards: %+v", n)
	}
}

// A last day can be moved and taken back until it has come, by who set it, from the day that they saw.
func TestALastDayMoves(t *testing.T) {
	d := open(t)
	c := d.champion()
	none, ten, five := civil.Date{}, today.AddDays(10), today.AddDays(5)
	ends := func(want civil.Date) {
		t.Helper()
		if m, err := d.s.Find(ctx, d.nurse, now); err != nil || m.Last.Ends != want || !m.On {
			t.Fatalf("ends %s: %+v, %v", want, m.Last, err)
		}
	}
	conflict := func(name string, err error) {
		t.Helper()
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.OK(d.s.StepDown(ctx, d.nurse, now, none, ten))
	ends(ten)
	conflict("by a form that showed another day", d.s.StepDown(ctx, d.nurse, now, none, five))
	conflict("the service moves theirs", d.s.End(ctx, d.lead, now, c.ID, ten, five))
	conflict("the service takes theirs back", d.s.Keep(ctx, d.lead, now, c.ID))
	d.OK(d.s.StepDown(ctx, d.nurse, now, ten, five))
	ends(five)
	for range 2 {
		d.OK(d.s.StayOn(ctx, d.nurse, now))
	}
	ends(none)
	d.OK(d.s.End(ctx, d.lead, now, c.ID, none, ten))
	conflict("they move the service's", d.s.StepDown(ctx, d.nurse, now, ten, five))
	conflict("they take the service's back", d.s.StayOn(ctx, d.nurse, now))
	if n := d.changed(d.nurse, `update champion set ends_on = null, ended_by = null`); n != 0 {
		t.Errorf("SQL takes %d of the service's days back", n)
	}
	d.OK(d.s.End(ctx, d.lead, now.Add(time.Hour), c.ID, ten, five))
	ends(five)
	if n := d.told("champion_ended"); n != 2 {
		t.Errorf("set and moved: they are told %d times", n)
	}
	for range 2 {
		d.OK(d.s.Keep(ctx, d.lead, now.Add(2*time.Hour), c.ID))
	}
	ends(none)
	if n := d.told("champion_stays"); n != 1 {
		t.Errorf("they are told %d times that they stay", n)
	}
	// Once it has come, it is over.
	d.OK(d.s.StepDown(ctx, d.nurse, now, none, today))
	if err := d.s.StepDown(ctx, d.nurse, now, today, ten); fault.KindOf(err) != fault.NotFound {
		t.Errorf("moved after it came: %v", err)
	}
	if n := d.changed(d.nurse, `update champion set ends_on = null, ended_by = null`); n != 0 {
		t.Errorf("SQL undoes %d that are over", n)
	}
}

// Who has left is on no list: not of colleagues, nor of the manager, nor of the network, but for a year among those who stopped.
func TestWhoHasLeft(t *testing.T) {
	d := open(t)
	c := d.champion()
	conn := d.super()
	colleague := d.w.Peer.As(access.Person, access.Portal)
	seen := func(when string, want int) {
		t.Helper()
		m, err := d.s.Find(ctx, colleague, now)
		d.OK(err)
		line, err := d.s.Line(ctx, d.ward, now)
		d.OK(err)
		n, err := d.s.Network(ctx, d.lead, now, d.w.Trust)
		d.OK(err)
		if len(m.Near)+len(m.Others) != want || len(line) != want || len(n.All) != want || n.Map.Champions != want {
			t.Errorf("%s: colleagues see %+v and %+v, the manager %+v, the network %+v of %d", when, m.Near, m.Others, line, n.All, n.Map.Champions)
		}
		for name, a := range map[string]access.Actor{"colleagues": colleague, "the manager": d.ward, "HR": d.hr} {
			if n := caretest.Ask[int](d, d.db, a, `select count(*) from champion`); n != want {
				t.Errorf("%s: %s read %d rows", when, name, n)
			}
		}
	}
	seen("a champion", 1)
	_, err := conn.Exec(ctx, `update person set left_on = current_date where id = $1`, c.Person)
	d.OK(err)
	seen("who has left", 0)
	if n, err := d.s.Network(ctx, d.lead, now, d.w.Trust); err != nil || len(n.Left) != 1 || n.Left[0].Over() != today {
		t.Errorf("among those who stopped: %+v, %v", n.Left, err)
	}
	for name, err := range map[string]error{"thanked": d.s.Thank(ctx, d.lead, now, c.ID), "trained": d.s.Train(ctx, d.lead, now, c.ID, "first", today)} {
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s after they left: %v", name, err)
		}
	}
	_, err = conn.Exec(ctx, `update champion set state = 'asked', hours = null where id = $1`, c.ID)
	d.OK(err)
	seen("who asked and has left", 0)
	_, err = conn.Exec(ctx, `update champion set state = 'agreed', hours = 4 where id = $1`, c.ID)
	d.OK(err)
	_, err = conn.Exec(ctx, `update person set left_on = null where id = $1`, c.Person)
	d.OK(err)
	seen("who is back", 1)
}

// Each login reads and writes of each table what its pages need, in SQL too, and nothing else.
func TestWalls(t *testing.T) {
	d := open(t)
	link := uuid.New()
	d.OK(d.s.MakeLink(ctx, d.lead, now, d.w.Trust, link))
	c := d.champion()
	d.OK(d.s.Train(ctx, d.lead, now, c.ID, "first", today))
	d.OK(d.s.Count(ctx, d.nurse, now, civil.Date{Year: today.Year, Month: today.Month, Day: 1}, map[string]int{"oh": 3}))
	d.OK(d.s.Publish(ctx, d.lead, now, champion.Kit{ID: uuid.New(), Kind: "message", Title: "A", Words: "B"}))
	colleague, admin := d.w.Peer.As(access.Person, access.Portal), d.w.OHAdmin.As(access.OHAdmin, access.Clinical)
	foreign := d.w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical)
	everybody := map[string]access.Actor{"the champion": d.nurse, "a colleague": colleague, "another organisation": d.w.Local.As(access.Person, access.Portal), "the manager": d.ward, "another manager": d.peer, "HR": d.hr, "OH": admin, "another OH": foreign,
		"the hall": d.nurse.At(access.Hall), "growth": d.w.OHLead.As(access.Lead, access.Growth), "the auditor": d.w.Caldicott.As(access.Caldicott, access.Audit), "the worker": access.SystemActor(access.Worker, d.w.Trust, d.w.Service)}
	const no = -1 // no right at all
	for table, want := range map[string]map[string]int{
		"champion where organisation_id = $1":          {"the champion": 1, "a colleague": 1, "another organisation": 0, "the manager": 1, "another manager": 1, "HR": 1, "OH": 1, "another OH": 0},
		"champion_training where organisation_id = $1": {"the champion": 1, "a colleague": 0, "another organisation": 0, "the manager": 1, "another manager": 0, "HR": 0, "OH": 1, "another OH": 0},
		"champion_link where organisation_id = $1":     {"the champion": 1, "a colleague": 1, "another organisation": 0, "OH": 1, "another OH": 0, "the hall": 1},
		"champion_count where organisation_id = $1":    {"the champion": len(champion.Lists().Counts), "a colleague": 0, "another organisation": 0, "OH": len(champion.Lists().Counts), "another OH": 0},
		"champion_kit where $1::uuid is not null":      {"the champion": 1, "a colleague": 0, "another organisation": 0, "OH": 1, "another OH": 0},
	} {
		for name, a := range everybody {
			n, right := want[name]
			if !right {
				n = no
			}
			got := no
			err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
				return tx.QueryRow(ctx, `select count(*) from `+table, d.w.Trust).Scan(&got)
			})
			if err != nil && postgres.Code(err) != postgres.PermissionDenied {
				t.Fatal(err)
			}
			if got != n {
				t.Errorf("%s reads %d of %s, want %d", name, got, table, n)
			}
		}
	}
	for name, c := range map[string]struct {
		a   access.Actor
		sql string
	}{
		"agrees for themselves":         {d.nurse, `update champion set hours = 4`},
		"asks in another's name":        {d.nurse, `insert into champion (organisation_id, id, person_id, name, department, team, state, asked_at) select organisation_id, gen_random_uuid(), '` + d.w.Peer.Person.String() + `', name, department, team, 'asked', asked_at from champion`},
		"makes themselves one":          {colleague, `insert into champion (organisation_id, id, person_id, name, department, team, state, asked_at, hours, manager_person_id, decided_at) select organisation_id, gen_random_uuid(), '` + d.w.Peer.Person.String() + `', name, department, team, 'agreed', asked_at, 4, manager_person_id, now() from champion`},
		"another manager decides":       {d.peer, `update champion set hours = 9`},
		"in another's name":             {d.ward, `update champion set manager_person_id = '` + d.w.Peer.Person.String() + `'`},
		"HR decides":                    {d.hr, `update champion set hours = 9`},
		"the manager ends it":           {d.ward, `update champion set ends_on = current_date, ended_by = 'self'`},
		"OH changes the time":           {d.lead, `update champion set hours = 9`},
		"another OH ends it":            {foreign, `update champion set ends_on = current_date, ended_by = 'service' where organisation_id = '` + d.w.Trust.String() + `'`},
		"a colleague ends it":           {colleague, `update champion set ends_on = current_date, ended_by = 'self'`},
		"who is none counts":            {colleague, `insert into champion_count (organisation_id, person_id, month, code, n) values ('` + d.w.Trust.String() + `', '` + d.w.Peer.Person.String() + `', date_trunc('month', now())::date, 'oh', 5)`},
		"OH counts":                     {d.lead, `update champion_count set n = 5`},
		"the manager trains":            {d.ward, `insert into champion_training select * from champion_training`},
		"the champion makes a link":     {d.nurse, `update champion_link set closed_at = now()`},
		"the champion withdraws a kit":  {d.nurse, `update champion_kit set withdrawn_at = now()`},
		"another OH withdraws a kit":    {foreign, `update champion_kit set withdrawn_at = now()`},
		"OH takes a champion away":      {d.lead, `delete from champion`},
		"the manager takes one away":    {d.ward, `delete from champion`},
		"the champion takes it away":    {d.nurse, `delete from champion`},
		"another OH closes a link":      {foreign, `update champion_link set closed_at = now() where organisation_id = '` + d.w.Trust.String() + `'`},
		"the champion counts for other": {d.nurse, `insert into champion_count (organisation_id, person_id, month, code, n) values ('` + d.w.Trust.String() + `', '` + d.w.Peer.Person.String() + `', date_trunc('month', now())::date, 'oh', 5)`},
	} {
		if n := d.changed(c.a, c.sql); n != 0 {
			t.Errorf("%s: %d rows", name, n)
		}
	}
	// Who was refused, and who took it back, is not the OH team's to know.
	conn := d.super()
	for _, state := range []string{"refused", "withdrawn"} {
		_, err := conn.Exec(ctx, `update champion set state = $2, hours = null where id = $1`, c.ID, state)
		d.OK(err)
		for name, want := range map[string]int{"OH": 0, "the champion": 1, "the manager": 1, "HR": 0, "a colleague": 0} {
			if n := caretest.Ask[int](d, d.db, everybody[name], `select count(*) from champion`); n != want {
				t.Errorf("%s reads %d that are %s", name, n, state)
			}
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

// changed runs SQL and says how many rows it changed; what a grant or a policy refuses changes none.
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

func TestRefuseAndWithdraw(t *testing.T) {
	d := open(t)
	c := d.asked()
	d.OK(d.s.Refuse(ctx, d.ward, now, c))
	if m, err := d.s.Find(ctx, d.nurse, now); err != nil || m.On || m.Last.State != champion.Refused || !m.May() {
		t.Errorf("refused: %+v, %v", m, err)
	}
	c = d.asked()
	d.OK(d.s.Withdraw(ctx, d.nurse, now))
	if err := d.s.Agree(ctx, d.ward, now, c, 4); fault.KindOf(err) != fault.Conflict {
		t.Errorf("agreed after it was taken back: %v", err)
	}
	// Somebody without a manager is told so, and asks nobody.
	if err := d.s.Ask(ctx, d.w.Peer.As(access.Person, access.Portal), now, uuid.New(), uuid.Nil); fault.KindOf(err) != fault.Conflict {
		t.Errorf("without a manager: %v", err)
	}
}

func TestLinksAndCoverage(t *testing.T) {
	d := open(t)
	link := uuid.New()
	d.OK(d.s.MakeLink(ctx, d.lead, now, d.w.Trust, link))
	if err := d.s.MakeLink(ctx, d.lead, now, d.w.Other, uuid.New()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a link for a stranger: %v", err)
	}
	anybody := access.Actor{Role: access.Anonymous, Wall: access.Hall}
	if o, err := d.s.Shared(ctx, anybody, now, link); err != nil || o.Name != "Wyre Valley Hospitals" {
		t.Errorf("the link leads to %+v, %v", o, err)
	}
	if _, err := d.s.Shared(ctx, anybody, now.AddDate(0, 0, 91), link); fault.KindOf(err) != fault.NotFound {
		t.Errorf("after its day: %v", err)
	}
	d.OK(d.s.Ask(ctx, d.nurse, now, uuid.New(), link))
	all, err := d.s.Line(ctx, d.ward, now)
	d.OK(err)
	d.OK(d.s.Agree(ctx, d.ward, now, all[0], 4))
	n, err := d.s.Network(ctx, d.lead, now, d.w.Trust)
	d.OK(err)
	if len(n.Links) != 1 || n.Links[0].Asked != 1 || n.Map.Champions != 1 || n.Map.Units != 1 || n.Map.With != 1 || n.Map.People < 10 {
		t.Errorf("the network: %+v", n)
	}
	if m, err := d.s.Covered(ctx, d.hr, now); err != nil || m.People != n.Map.People || m.Champions != 1 {
		t.Errorf("HR reads %+v, %v", m, err)
	}
	if n, err := d.s.Network(ctx, d.lead, now, d.w.Community); err != nil || n.Of.Name != "Wyre Community Health" || len(n.All) != 0 || len(n.Clients) != 3 {
		t.Errorf("another client: %+v, %v", n, err)
	}
	if _, err := d.s.Network(ctx, d.lead, now, d.w.Other); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a stranger's network: %v", err)
	}
	d.OK(d.s.CloseLink(ctx, d.lead, now, d.w.Trust, link))
	if _, err := d.s.Shared(ctx, anybody, now, link); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a closed link: %v", err)
	}
	foreign := d.w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical)
	for _, table := range []string{"champion", "champion_link", "champion_training", "champion_kit"} {
		if n := caretest.Ask[int](d, d.db, foreign, `select count(*) from `+table+` where `+map[bool]string{true: "service_id", false: "organisation_id"}[table == "champion_kit"]+` = any ($1)`, []uuid.UUID{d.w.Trust, d.w.Service}); n != 0 {
			t.Errorf("another service reads %d rows of %s", n, table)
		}
	}
}

// What a champion counts is a number, which nobody can lead back to them; nobody else writes it.
func TestCounts(t *testing.T) {
	d := open(t)
	month := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	if err := d.s.Count(ctx, d.nurse, now, month, map[string]int{"oh": 1}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("counted by who is no champion: %v", err)
	}
	d.champion()
	d.OK(d.s.Count(ctx, d.nurse, now, month, map[string]int{"oh": 3, "mental": 1}))
	d.OK(d.s.Count(ctx, d.nurse, now, month, map[string]int{"oh": 4, "mental": 1}))
	if err := d.s.Count(ctx, d.nurse, now, month.AddMonths(-2), map[string]int{"oh": 4}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a month long over: %v", err)
	}
	if err := d.s.Count(ctx, d.nurse, now, month, map[string]int{"oh": 201}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("too many: %v", err)
	}
	d.sums()
	err := d.db.InTenant(ctx, d.lead, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `select person_id from champion_count`)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("whose they are: %v", err)
	}
	if n := caretest.Ask[int](d, d.db, d.w.Ward.As(access.Person, access.Portal), `select count(*) from champion_count`); n != 0 {
		t.Errorf("a colleague reads %d", n)
	}
	for name, a := range map[string]access.Actor{"a manager": d.ward, "growth": d.w.OHLead.As(access.Lead, access.Growth), "the auditor": d.w.Caldicott.As(access.Caldicott, access.Audit)} {
		err := d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `select n from champion_count`)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// sums: the network shows what enough champions counted, once the month is closed, and the numbers of none of them by subtraction.
func (d *desk) sums() {
	d.Helper()
	conn := d.super()
	month := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	shown := func(later, want int) {
		d.Helper()
		n, err := d.s.Network(ctx, d.lead, month.AddMonths(later).UTC().Add(12*time.Hour), d.w.Trust)
		d.OK(err)
		if want == 0 && len(n.Counts) == 0 {
			return
		}
		if len(n.Counts) != 1 || len(n.Counts[0].N) != 1 || n.Counts[0].N["oh"] != want {
			d.Errorf("after %d months: %+v, want %d", later, n.Counts, want)
		}
	}
	add := func(champions int) {
		d.Helper()
		_, err := conn.Exec(ctx, `insert into champion_count (organisation_id, person_id, month, code, n) select $1, id, $2, 'oh', 20 from person where organisation_id = $1 and not id = any ($3) order by id limit $4 on conflict do nothing`, d.w.Trust, month.UTC(), []uuid.UUID{d.w.Nurse.Person, d.w.Ward.Person}, champions)
		d.OK(err)
	}
	shown(2, 0) // one champion's own
	add(6)
	shown(2, 0) // of seven, though the sum is large
	add(7)
	for later, want := range []int{0, 0, 144, 144} { // open this month and the next
		shown(later, want)
	}
}

func TestKits(t *testing.T) {
	d := open(t)
	d.champion()
	k := champion.Kit{ID: uuid.New(), Kind: "kit", Title: "Winter", Words: "Put the poster up.", Link: "https://staff.example/winter"}
	for range 2 {
		d.OK(d.s.Publish(ctx, d.lead, now, k))
	}
	if n := d.told("champion_news"); n != 1 {
		t.Errorf("the champion is told %d times", n)
	}
	if m, err := d.s.Find(ctx, d.nurse, now); err != nil || len(m.Kits) != 1 || m.Kits[0].Words != k.Words {
		t.Errorf("the champion reads %+v, %v", m.Kits, err)
	}
	if m, err := d.s.Find(ctx, d.w.Ward.As(access.Person, access.Portal), now); err != nil || len(m.Kits) != 0 {
		t.Errorf("who is no champion reads %+v, %v", m.Kits, err)
	}
	d.OK(d.s.WithdrawKit(ctx, d.lead, now, k.ID))
	if m, _ := d.s.Find(ctx, d.nurse, now); len(m.Kits) != 0 {
		t.Errorf("withdrawn: %+v", m.Kits)
	}
}

// A champion sees no case: whoever is one reads, behind every login that they can come by, exactly what they read before, and of
// nobody else a row that is about a person, but who else is a champion.
func TestAChampionSeesNoCase(t *testing.T) {
	d := open(t)
	caretest.Managed(t, d.db, d.w.Ward, d.w.Nurse, "CANARY", now)
	caretest.Self(t, d.db, d.w.Peer, "CANARY", now) // a colleague told OH alone
	look := func() map[string]int {
		out := map[string]int{}
		d.OK(d.db.InTenant(ctx, d.nurse, func(tx *postgres.Tx) error {
			rows, err := tx.Query(ctx, `select c.table_name from information_schema.columns c join pg_class k on k.relname = c.table_name and k.relnamespace = 'public'::regnamespace
 where c.table_schema = 'public' and c.column_name = 'person_id' and k.relkind = 'r' and has_table_privilege(k.oid, 'select') and c.table_name not like 'champion%'`)
			if err != nil {
				return err
			}
			tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				return err
			}
			if len(tables) < 5 {
				return fmt.Errorf("only %v", tables)
			}
			for _, table := range tables {
				var all, others int
				if err := tx.QueryRow(ctx, `select count(*), count(*) filter (where person_id <> $1) from `+table, d.w.Nurse.Person).Scan(&all, &others); err != nil {
					return fmt.Errorf("%s: %w", table, err)
				}
				if others > 0 {
					t.Errorf("a champion reads %d rows about others in %s", others, table)
				}
				out[table] = all
			}
			return nil
		}))
		return out
	}
	before := look()
	d.champion()
	after := look()
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("before %v, as a champion %v", before, after)
	}
	table, err := access.NewTable(champion.Rules)
	d.OK(err)
	for _, r := range table.Rules() {
		if got, want := table.MayEver(access.Person, r.Permission), r.Permission == champion.Own || r.Permission == champion.Join; got != want {
			t.Errorf("a member of staff: %s is %v", r.Permission, got)
		}
	}
}
