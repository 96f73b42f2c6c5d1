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
	*testing.T
	db                          *postgres.DB
	w                           *world.World
	s                           *champion.Service
	nurse, ward, peer, hr, lead access.Actor
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	return &desk{T: t, db: db, w: w, s: champion.New(champion.Deps{DB: db, Now: func() time.Time { return now }}), nurse: w.Nurse.As(access.Person, access.Portal), ward: w.Ward.As(access.Manager, access.Employer),
		peer: w.Peer.As(access.Manager, access.Employer), hr: w.HR.As(access.HR, access.Employer), lead: w.OHLead.As(access.Lead, access.Clinical)}
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) count(a access.Actor, sql string, args ...any) int {
	d.Helper()
	return caretest.Ask[int](d.T, d.db, a, sql, args...)
}

// asked has the nurse ask, and gives what her manager sees.
func (d *desk) asked() champion.Champion {
	d.Helper()
	d.ok(d.s.Ask(ctx, d.nurse, now, uuid.New(), uuid.Nil))
	all, err := d.s.Line(ctx, d.ward, now)
	d.ok(err)
	if len(all) != 1 || all[0].State != champion.Asked || all[0].Team != "Ward 7" {
		d.Fatalf("the manager sees %+v", all)
	}
	return all[0]
}

func (d *desk) champion() champion.Champion {
	d.Helper()
	c := d.asked()
	d.ok(d.s.Agree(ctx, d.ward, now, c, 4))
	return c
}

func (d *desk) told(template string) int {
	d.Helper()
	return d.count(access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select count(*) from outbox where template = $1 and organisation_id = $2`, template, d.w.Trust)
}

func TestLife(t *testing.T) {
	d := open(t)
	if m, err := d.s.Find(ctx, d.nurse, now); err != nil || !m.May() || m.Last != nil {
		t.Fatalf("before: %+v, %v", m, err)
	}
	c := d.asked()
	d.ok(d.s.Ask(ctx, d.nurse, now, c.ID, uuid.Nil)) // the same form again
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
		if n := d.count(a, `select count(*) from champion`); n != 0 {
			t.Errorf("%s reads %d rows of who asked", name, n)
		}
	}
	if err := d.s.Agree(ctx, d.ward, now, c, 0); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without time: %v", err)
	}
	d.ok(d.s.Agree(ctx, d.ward, now, c, 4))
	d.ok(d.s.Agree(ctx, d.ward, now.Add(time.Hour), c, 6)) // changes the time
	all, err := d.s.Line(ctx, d.ward, now)
	d.ok(err)
	d.ok(d.s.Agree(ctx, d.ward, now.Add(2*time.Hour), all[0], 6)) // the same again changes nothing
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
	d.ok(err)
	if !m.On || m.Last.Hours != 6 || m.Training != champion.NotTrained || m.May() {
		t.Fatalf("a champion: %+v", m)
	}
	if m, err := d.s.Find(ctx, d.w.Ward.As(access.Person, access.Portal), now); err != nil || len(m.Near) != 1 || m.Near[0].Name != d.w.Nurse.Name {
		t.Errorf("a colleague finds %+v, %v", m.Near, err)
	}
	// Training, thanks, and the end.
	d.ok(d.s.Train(ctx, d.lead, now, c.ID, "first", today.AddMonths(-30)))
	if err := d.s.Train(ctx, d.lead, now, c.ID, "refresher", today.AddMonths(-30)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("trained twice on a day: %v", err)
	}
	if m, _ := d.s.Find(ctx, d.nurse, now); m.Training != champion.Overdue {
		t.Errorf("after 30 months: %s", m.Training)
	}
	d.ok(d.s.Train(ctx, d.lead, now, c.ID, "refresher", today.AddDays(-1)))
	for range 2 {
		d.ok(d.s.Thank(ctx, d.lead, now, c.ID))
	}
	if m, _ := d.s.Find(ctx, d.nurse, now); m.Training != champion.Trained || m.Last.ThankedBy != d.w.OHLead.Name || d.told("champion_thanked") != 1 {
		t.Errorf("trained and thanked: %+v", m.Last)
	}
	d.ok(d.s.StepDown(ctx, d.nurse, now, today.AddDays(10)))
	if err := d.s.StepDown(ctx, d.nurse, now, today.AddDays(10)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("twice: %v", err)
	}
	if m, _ := d.s.Find(ctx, d.nurse, now.AddDate(0, 0, 11)); m.On || !m.May() {
		t.Errorf("after the end: %+v", m)
	}
	n, err := d.s.Network(ctx, d.lead, now.AddDate(0, 0, 11), uuid.Nil)
	d.ok(err)
	if len(n.All) != 0 || len(n.Left) != 1 || n.Map.Champions != 0 {
		t.Errorf("the network afterwards: %+v", n)
	}
}

func TestRefuseAndWithdraw(t *testing.T) {
	d := open(t)
	c := d.asked()
	d.ok(d.s.Refuse(ctx, d.ward, now, c))
	if m, err := d.s.Find(ctx, d.nurse, now); err != nil || m.On || m.Last.State != champion.Refused || !m.May() {
		t.Errorf("refused: %+v, %v", m, err)
	}
	c = d.asked()
	d.ok(d.s.Withdraw(ctx, d.nurse, now))
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
	d.ok(d.s.MakeLink(ctx, d.lead, now, d.w.Trust, link))
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
	d.ok(d.s.Ask(ctx, d.nurse, now, uuid.New(), link))
	all, err := d.s.Line(ctx, d.ward, now)
	d.ok(err)
	d.ok(d.s.Agree(ctx, d.ward, now, all[0], 4))
	n, err := d.s.Network(ctx, d.lead, now, d.w.Trust)
	d.ok(err)
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
	d.ok(d.s.CloseLink(ctx, d.lead, now, d.w.Trust, link))
	if _, err := d.s.Shared(ctx, anybody, now, link); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a closed link: %v", err)
	}
	foreign := d.w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical)
	for _, table := range []string{"champion", "champion_link", "champion_training", "champion_kit"} {
		if n := d.count(foreign, `select count(*) from `+table+` where `+map[bool]string{true: "service_id", false: "organisation_id"}[table == "champion_kit"]+` = any ($1)`, []uuid.UUID{d.w.Trust, d.w.Service}); n != 0 {
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
	d.ok(d.s.Count(ctx, d.nurse, now, month, map[string]int{"oh": 3, "mental": 1}))
	d.ok(d.s.Count(ctx, d.nurse, now, month, map[string]int{"oh": 4, "mental": 1}))
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
	if n := d.count(d.w.Ward.As(access.Person, access.Portal), `select count(*) from champion_count`); n != 0 {
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
	conn, err := pgx.Connect(ctx, world.Super(d.T))
	d.ok(err)
	defer func() { _ = conn.Close(ctx) }()
	month := civil.Date{Year: today.Year, Month: today.Month, Day: 1}
	shown := func(later, want int) {
		d.Helper()
		n, err := d.s.Network(ctx, d.lead, month.AddMonths(later).UTC().Add(12*time.Hour), d.w.Trust)
		d.ok(err)
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
		d.ok(err)
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
		d.ok(d.s.Publish(ctx, d.lead, now, k))
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
	d.ok(d.s.WithdrawKit(ctx, d.lead, now, k.ID))
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
		d.ok(d.db.InTenant(ctx, d.nurse, func(tx *postgres.Tx) error {
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
	d.ok(err)
	for _, r := range table.Rules() {
		if got, want := table.MayEver(access.Person, r.Permission), r.Permission == champion.Own || r.Permission == champion.Join; got != want {
			t.Errorf("a member of staff: %s is %v", r.Permission, got)
		}
	}
}
