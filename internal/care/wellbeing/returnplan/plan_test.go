package returnplan_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/phased"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/returnplan"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/icalendar"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx      = context.Background()
	now      = time.Now().Truncate(time.Second) // row policies know the day of the database
	today    = locale.Day(now)
	weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
)

func TestPack(t *testing.T) {
	p, err := returnplan.LoadPack(content.FS)
	if err != nil || !slices.Equal(p.Usual, []int{50, 60, 75, 100}) {
		t.Fatal(p.Usual, err)
	}
	for _, code := range p.Reasons {
		if !locale.English().Has("returnplan.reason." + code) {
			t.Errorf("%s has no words", code)
		}
	}
	if _, err := returnplan.LoadPack(fstest.MapFS{"packs/adjustments.yaml": {Data: []byte("phased_return: [50]")}, "packs/return-plan.yaml": {Data: []byte("version: 1")}}); err == nil {
		t.Error("half a pack is one")
	}
}

// What a page can say of a problem has words, and each problem stands beside a field.
func TestMake(t *testing.T) {
	p, day := returnplan.Lists(), civil.MustParse("2026-11-23")
	for _, c := range []struct {
		name     string
		in       returnplan.First
		contract int
		want     string // field
		weeks    []int
	}{
		{"usual", returnplan.First{Start: day, Shape: "usual", Days: weekdays}, 2250, "", []int{1125, 1350, 1680, 2250}},
		{"even", returnplan.First{Start: day, Shape: "even", Hours: 900, Weeks: 3, Days: weekdays}, 2250, "", []int{900, 1575, 2250}},
		{"no shape", returnplan.First{Start: day, Days: weekdays}, 2250, "shape", nil},
		{"no start", returnplan.First{Shape: "usual", Days: weekdays}, 2250, "start", nil},
		{"long ago", returnplan.First{Start: day.AddDays(-90), Shape: "usual", Days: weekdays}, 2250, "start", nil},
		{"far away", returnplan.First{Start: day.AddDays(200), Shape: "usual", Days: weekdays}, 2250, "start", nil},
		{"no days", returnplan.First{Start: day, Shape: "usual"}, 2250, "days", nil},
		{"days too long", returnplan.First{Start: day, Shape: "usual", Days: weekdays[:1]}, 2250, "days", nil},
		{"no weeks", returnplan.First{Start: day, Shape: "even", Hours: 900, Days: weekdays}, 2250, "weeks", nil},
		{"too many hours", returnplan.First{Start: day, Shape: "even", Hours: 2400, Weeks: 3, Days: weekdays}, 2250, "first", nil},
		{"no contract", returnplan.First{Start: day, Shape: "usual", Days: weekdays}, 0, "week-1", nil},
	} {
		plan, f := p.Make(c.in, c.contract, day)
		got := ""
		if len(f) > 0 {
			got = f[0].Name
		}
		if got != c.want || c.weeks != nil && !slices.Equal(plan.Weeks, c.weeks) {
			t.Errorf("%s: %q %v", c.name, got, plan.Weeks)
		}
	}
	for _, x := range []phased.Problem{phased.NoContract, phased.TooLong, phased.NoHours, phased.TooMuch, phased.Falls, phased.NotWhole, phased.NotQuarter} {
		if !locale.English().Has("returnplan.week." + string(x)) {
			t.Errorf("%s has no words", x)
		}
	}
	for typed, want := range map[string]int{"18.75": 1125, "18:45": 1125, " 37.5 ": 2250, "0": 0, "": -1, "many": -1, "NaN": -1, "1e9": -1, "-3": -1, "7:75": -1, "a:10": -1} {
		got, ok := returnplan.Minutes(typed)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d minutes, want %d", typed, got, want)
		}
	}
}

type desk struct {
	world.T
	db          *postgres.DB
	w           *world.World
	s           *returnplan.Service
	nurse, ward access.Actor
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := world.New(t, db)
	return &desk{world.T{T: t}, db, w, returnplan.New(returnplan.Deps{DB: db, Links: keys, Calendar: workday.England(), Now: func() time.Time { return now }}), w.Nurse.As(access.Person, access.Portal), w.Ward.As(access.Manager, access.Employer)}
}

func (d *desk) mine() returnplan.View {
	d.Helper()
	v, err := d.s.Mine(ctx, d.nurse, now)
	d.OK(err)
	return v
}

func (d *desk) usual() returnplan.First {
	return returnplan.First{Start: today.AddDays(3), Shape: returnplan.Usual, Days: weekdays}
}

func TestLife(t *testing.T) {
	d, id := open(t), uuid.New()
	person := d.w.Nurse.Person
	for range 2 {
		d.OK(d.s.Propose(ctx, d.ward, now, person, id, d.usual()))
	}
	if err := d.s.Propose(ctx, d.nurse, now, person, uuid.New(), d.usual()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("two plans at once: %v", err)
	}
	v := d.mine()
	waits, open := v.Plan.Waiting()
	if who, _ := waits.Waits(); !open || who != returnplan.ByPerson || waits.By != returnplan.ByManager || v.Contract != 2250 {
		t.Fatalf("proposed: %+v", v)
	}
	if err := d.s.Agree(ctx, d.ward, now, person, 1); fault.KindOf(err) != fault.Conflict {
		t.Errorf("the manager agrees for the person: %v", err)
	}
	if err := d.s.Change(ctx, d.ward, now, person, 1, waits.Plan, "slower"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("changed while one waits: %v", err)
	}
	d.OK(d.s.Agree(ctx, d.nurse, now, person, 1))
	if err := d.s.Refuse(ctx, d.nurse, now, person, 1); fault.KindOf(err) != fault.Conflict {
		t.Errorf("refused after agreeing: %v", err)
	}
	held, ok := d.mine().Plan.Holds()
	if !ok || held.N != 1 || held.Plan.Full() != today.AddDays(3+21) {
		t.Fatalf("held %+v", held)
	}
	// A change has a reason, and what was agreed holds until both agree to it.
	slower := held.Plan
	slower.Weeks = []int{1125, 1125, 1350, 1680, 2250}
	if err := d.s.Change(ctx, d.nurse, now, person, 1, slower, "because I feel worse"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a reason in words: %v", err)
	}
	d.OK(d.s.Change(ctx, d.nurse, now, person, 1, slower, "slower"))
	d.OK(d.s.Refuse(ctx, d.ward, now, person, 2))
	if held, _ := d.mine().Plan.Holds(); held.N != 1 {
		t.Errorf("after a no, version %d holds", held.N)
	}
	d.OK(d.s.Change(ctx, d.nurse, now, person, 2, slower, "slower"))
	d.OK(d.s.Refuse(ctx, d.nurse, now, person, 3)) // taken back
	d.OK(d.s.Change(ctx, d.ward, now, person, 3, slower, "slower"))
	d.OK(d.s.Agree(ctx, d.nurse, now, person, 4))
	if held, _ := d.mine().Plan.Holds(); held.N != 4 || len(held.Plan.Weeks) != 5 {
		t.Errorf("held %+v", held)
	}
	if err := d.s.End(ctx, d.ward, now, person); fault.KindOf(err) != fault.Conflict {
		t.Errorf("the manager ends what both agreed: %v", err)
	}
	if err := d.db.InTenant(ctx, d.ward, func(tx *postgres.Tx) error {
		tag, err := tx.Exec(ctx, `update return_plan set ended_at = now()`)
		if tag.RowsAffected() > 0 {
			t.Error("the database lets the manager end what both agreed")
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	d.OK(d.s.End(ctx, d.nurse, now, person))
	if v := d.mine(); v.Plan != nil || len(v.Past) != 1 || len(v.Past[0].Versions) != 4 {
		t.Errorf("ended: %+v", v)
	}
	queued := caretest.Ask[string](t, d.db, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select string_agg(template || ':' || capacity, ' ' order by id) from outbox where template like 'hours_%' and to_person in ($1, $2)`, person, d.w.Ward.Person)
	if want := "hours_offered:self hours_agreed:work hours_asked:work hours_refused:self hours_asked:work hours_offered:self hours_agreed:work hours_ended:work"; queued != want {
		t.Errorf("told %q, want %q", queued, want)
	}
}

// Only the two and who stands in read or write, in SQL too; neither says yes for the other, and what both said stands.
func TestOnlyTheTwo(t *testing.T) {
	d := open(t)
	person := d.w.Nurse.Person
	d.OK(d.s.Propose(ctx, d.nurse, now, person, uuid.New(), d.usual()))
	d.OK(d.s.MakeFeed(ctx, d.nurse, now))
	count := func(a access.Actor, table string) int {
		return caretest.Ask[int](t, d.db, a, `select count(*) from `+table)
	}
	tried := func(a access.Actor, sql string) string {
		return postgres.Code(d.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		}))
	}
	for _, table := range []string{"return_plan", "return_hours"} {
		for name, a := range map[string]access.Actor{"the person": d.nurse, "the manager": d.ward} {
			if n := count(a, table); n != 1 {
				t.Errorf("%s sees %d of %s", name, n, table)
			}
		}
		for name, a := range map[string]access.Actor{"another manager": d.w.Peer.As(access.Manager, access.Employer), "HR": d.w.HR.As(access.HR, access.Employer), "another organisation": d.w.LocalManager.As(access.Manager, access.Employer),
			"a colleague": d.w.Peer.As(access.Person, access.Portal), "the manager's portal": d.w.Ward.As(access.Manager, access.Portal), "the house": access.SystemActor(access.Employer, d.w.Trust, d.w.Service)} {
			if n := count(a, table); n != 0 {
				t.Errorf("%s sees %d of %s", name, n, table)
			}
		}
	}
	for _, table := range []string{"return_plan", "return_hours", "return_feed"} {
		for name, a := range map[string]access.Actor{"a nurse of OH": d.w.OHNurse.As(access.Nurse, access.Clinical), "the lead": d.w.OHLead.As(access.Lead, access.Growth), "the ICS and the board": d.w.Executive.As(access.Executive, access.Growth), "the hall": d.nurse.At(access.Hall)} {
			if code := tried(a, `select 1 from `+table); code != postgres.PermissionDenied {
				t.Errorf("%s: %s answers %q", name, table, code)
			}
		}
	}
	if code := tried(d.ward, `select 1 from return_feed`); code != postgres.PermissionDenied {
		t.Errorf("the manager reads the link: %q", code)
	}
	for name, sql := range map[string]string{"a yes for the person": `update return_hours set person_at = now()`, "other hours": `update return_hours set weeks = '{60}'`} {
		if code := tried(d.ward, sql); code != postgres.PermissionDenied {
			t.Errorf("the manager writes %s: %q", name, code)
		}
	}
	if code := tried(d.nurse, `update return_hours set manager_at = now()`); code != postgres.PermissionDenied {
		t.Errorf("the person says yes for the manager: %q", code)
	}
	if code := tried(d.nurse, `update return_hours set person_at = null`); code != "RW001" {
		t.Errorf("a yes is taken back: %q", code)
	}
	d.OK(d.s.Agree(ctx, d.ward, now, person, 1))
	if code := tried(d.nurse, `update return_hours set refused_at = now(), refused_by = 'person'`); code != "RW001" {
		t.Errorf("what both agreed is refused: %q", code)
	}
	if err := d.s.End(ctx, d.w.Peer.As(access.Manager, access.Employer), now, person); err != nil || d.mine().Plan == nil {
		t.Errorf("another manager ended it: %v", err)
	}
	if err := d.s.Propose(ctx, d.w.Peer.As(access.Manager, access.Employer), now, person, uuid.New(), d.usual()); err == nil {
		t.Error("another manager proposes")
	}
}

var words = returnplan.Words{Name: "Working hours", Day: func(h string) string { return "Working hours: " + h }}

// The link opens the hours that hold, and no more: not what is proposed, not after it is closed, and nobody else's. No word of it names
// health.
func TestFeed(t *testing.T) {
	d := open(t)
	person, first := d.w.Nurse.Person, d.usual()
	if token, err := d.s.FeedToken(ctx, d.nurse); err != nil || token != "" {
		t.Errorf("a link that nobody made: %q, %v", token, err)
	}
	d.OK(d.s.MakeFeed(ctx, d.nurse, now))
	token, err := d.s.FeedToken(ctx, d.nurse)
	d.OK(err)
	feed := func(token string) (icalendar.Calendar, error) { return d.s.Feed(ctx, token, now, words) }
	d.OK(d.s.Propose(ctx, d.ward, now, person, uuid.New(), first))
	if c, err := feed(token); err != nil || len(c.Events) != 0 {
		t.Errorf("what is only proposed: %d days, %v", len(c.Events), err)
	}
	d.OK(d.s.Agree(ctx, d.nurse, now, person, 1))
	c, err := feed(token)
	d.OK(err)
	held, _ := d.mine().Plan.Holds()
	days, _ := d.s.Calendar(held.Plan)
	worked := slices.DeleteFunc(days, func(x phased.Day) bool { return x.Holiday != "" })
	if len(c.Events) != len(worked) || len(worked) == 0 {
		t.Fatalf("%d days, want %d", len(c.Events), len(worked))
	}
	slower := held.Plan
	slower.Weeks, slower.Start = []int{1125, 1125, 1350, 1680, 2250}, slower.Start.AddDays(7)
	d.OK(d.s.Change(ctx, d.nurse, now, person, 1, slower, "later_start"))
	if again, _ := feed(token); len(again.Events) != len(c.Events) || again.Events[0] != c.Events[0] {
		t.Error("a proposal moved the calendar")
	}
	d.OK(d.s.Agree(ctx, d.ward, now.Add(time.Minute), person, 2))
	moved, err := feed(token)
	d.OK(err)
	same := 0
	for _, e := range moved.Events {
		if e.Day.Before(slower.Start) || e.Version != 1 {
			t.Fatalf("moved: %+v", e)
		}
		if slices.ContainsFunc(c.Events, func(o icalendar.Event) bool { return o.UID == e.UID && o.Day == e.Day }) {
			same++
		}
	}
	if same == 0 {
		t.Error("no day kept its UID")
	}
	var b strings.Builder
	d.OK(icalendar.Write(&b, moved))
	for _, word := range []string{"health", "sick", "return", "phased", "adjust", "absence", "occupational", "Amara", "Okafor"} {
		if strings.Contains(strings.ToLower(b.String()), strings.ToLower(word)) {
			t.Errorf("the calendar says %q", word)
		}
	}
	old := token
	d.OK(d.s.MakeFeed(ctx, d.nurse, now))
	token, err = d.s.FeedToken(ctx, d.nurse)
	d.OK(err)
	for name, x := range map[string]string{"the link before": old, "nonsense": "x", "nothing": "", "a changed link": token[:len(token)-1]} {
		if _, err := feed(x); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s opens: %v", name, err)
		}
	}
	if _, err := d.s.Feed(ctx, token, now.AddDate(2, 0, 0), words); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a link of two years ago opens: %v", err)
	}
	d.OK(d.s.CloseFeed(ctx, d.nurse, now))
	if _, err := feed(token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a closed link opens: %v", err)
	}
}

// The line reads hours as it reads rotas: a new manager, and who stands in; a former one no more.
func TestTheLine(t *testing.T) {
	d := open(t)
	person := d.w.Nurse.Person
	d.OK(d.s.Propose(ctx, d.nurse, now, person, uuid.New(), d.usual()))
	conn, err := pgx.Connect(ctx, world.Super(t))
	d.OK(err)
	t.Cleanup(func() { _ = conn.Close(ctx) })
	_, err = conn.Exec(ctx, `update post set manager_person_id = $1 where person_id = $2`, d.w.Peer.Person, person)
	d.OK(err)
	d.OK(d.s.Agree(ctx, d.w.Peer.As(access.Manager, access.Employer), now, person, 1))
	if err := d.s.End(ctx, d.ward, now, person); errors.Is(err, nil) && d.mine().Plan == nil {
		t.Error("a former manager ends it")
	}
	if held, ok := d.mine().Plan.Holds(); !ok || held.Manager != d.w.Peer.Person {
		t.Errorf("held %+v", held)
	}
}
