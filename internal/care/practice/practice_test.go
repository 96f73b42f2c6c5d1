package practice_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/practice"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
)

// site is a service with its people.
type site struct {
	*testing.T
	db   *postgres.DB
	w    *world.World
	s    *practice.Service
	team []practice.Member // in place of the accounts, when it is set
	told []practice.Remind
	min  int
}

// tick is a minute later each time: events are in the order of their times.
func (x *site) tick() time.Time {
	x.min++
	return now.Add(time.Duration(x.min) * time.Minute)
}

func open(t *testing.T) *site {
	db := world.Open(t)
	x := &site{T: t, db: db, w: world.New(t, db)}
	accounts := account.New(account.Deps{DB: db, Now: func() time.Time { return now }})
	x.s = practice.New(practice.Deps{DB: db, Box: caretest.Box(), Now: func() time.Time { return now },
		Team: func(ctx context.Context, service uuid.UUID) (out []practice.Member, err error) {
			if x.team != nil {
				return x.team, nil
			}
			list, err := accounts.Team(ctx, service)
			for _, h := range list {
				out = append(out, practice.Member{Account: h.Account, Organisation: h.Organisation, Person: h.Person, Name: h.Name, Acting: h.Role})
			}
			return out, err
		},
		Tell: func(_ context.Context, _ *postgres.Tx, r practice.Remind) error {
			x.told = append(x.told, r)
			return nil
		}})
	return x
}

func nurse(w world.Who) access.Actor { return w.As(access.Nurse, access.Clinical) }
func (x *site) lead() access.Actor   { return x.w.OHLead.As(access.Lead, access.Clinical) }

func (x *site) must(f fault.Fields, err error) {
	x.Helper()
	if err != nil || len(f) > 0 {
		x.Fatal(f, err)
	}
}

func (x *site) kind(err error, want fault.Kind, what string) {
	x.Helper()
	if err == nil || fault.KindOf(err) != want {
		x.Errorf("%s: %v, want kind %v", what, err, want)
	}
}

func (x *site) standing(who world.Who, key string, want practice.Standing) {
	x.Helper()
	p, err := x.s.Member(ctx, x.lead(), now, who.Account)
	if err != nil || p.State(key).Standing != want {
		x.Errorf("%s stands with %s: %q (%v), want %q", who.Name, key, p.State(key).Standing, err, want)
	}
}

func sign() practice.SignIn {
	return practice.SignIn{ID: uuid.New(), On: today, Expires: today.AddMonths(12)}
}

func TestSignOff(t *testing.T) {
	x := open(t)
	first, second := nurse(x.w.OHNurse), nurse(x.w.OHNurse2)
	x.must(nil, x.s.Move(ctx, second, x.tick(), "triage", practice.Started))
	x.must(nil, x.s.Move(ctx, second, x.tick(), "triage", practice.Started)) // a second click
	x.standing(x.w.OHNurse2, "triage", practice.Learning)
	x.kind(x.s.Move(ctx, second, x.tick(), "flying", practice.Started), fault.NotFound, "no competence")
	x.kind(x.s.Move(ctx, second, x.tick(), "triage", practice.SignedOff), fault.NotFound, "signing by a step")

	_, err := x.s.SignOff(ctx, x.lead(), x.tick(), second.Account, "triage", sign())
	x.kind(err, fault.Conflict, "nobody asked")
	x.must(nil, x.s.Move(ctx, second, x.tick(), "triage", practice.Ready))
	_, err = x.s.SignOff(ctx, first, x.tick(), second.Account, "triage", sign())
	x.kind(err, fault.NotFound, "who does not hold it")
	_, err = x.s.SignOff(ctx, second, x.tick(), second.Account, "triage", sign())
	x.kind(err, fault.NotFound, "oneself")
	_, err = x.s.SignOff(ctx, nurse(x.w.ForeignOHNurse), x.tick(), second.Account, "triage", sign())
	x.kind(err, fault.NotFound, "another service")
	if f, err := x.s.SignOff(ctx, x.lead(), x.tick(), second.Account, "triage", practice.SignIn{ID: uuid.New()}); err != nil || f.Of("on") == nil {
		t.Errorf("no day: %v %v", f, err)
	}
	in := sign()
	x.must(x.s.SignOff(ctx, x.lead(), x.tick(), second.Account, "triage", in))
	x.must(x.s.SignOff(ctx, x.lead(), x.tick(), second.Account, "triage", in)) // a second click
	x.standing(x.w.OHNurse2, "triage", practice.Unsupervised)

	// who holds it signs for the next, and sees that they wait
	x.must(nil, x.s.Move(ctx, first, x.tick(), "triage", practice.Ready))
	list, err := x.s.Asking(ctx, second, now)
	if err != nil || len(list) != 1 || list[0].Account != first.Account || list[0].Competence.Key != "triage" {
		t.Errorf("waiting: %+v %v", list, err)
	}
	if list, err := x.s.Asking(ctx, first, now); err != nil || len(list) != 0 {
		t.Errorf("one's own wish is on one's own list: %+v %v", list, err)
	}
	x.must(x.s.SignOff(ctx, second, x.tick(), first.Account, "triage", sign()))
	x.standing(x.w.OHNurse, "triage", practice.Unsupervised)
	asker := x.w.OHPhysician.As(access.Physician, access.Clinical)
	_, err = x.s.Withdraw(ctx, asker, x.tick(), first.Account, "triage", uuid.New(), "why")
	x.kind(err, fault.NotFound, "withdrawn by somebody else")
	if f, err := x.s.Withdraw(ctx, second, x.tick(), first.Account, "triage", uuid.New(), ""); err != nil || f.Of("reason") == nil {
		t.Errorf("no reason: %v %v", f, err)
	}
	id := uuid.New()
	x.must(x.s.Withdraw(ctx, second, x.tick(), first.Account, "triage", id, "Three referrals were misread"))
	x.must(x.s.Withdraw(ctx, second, x.tick(), first.Account, "triage", id, "Three referrals were misread")) // a second click
	x.standing(x.w.OHNurse, "triage", practice.Stopped)
	x.must(x.s.Withdraw(ctx, second, x.tick(), second.Account, "triage", uuid.New(), "I have not done it for a year"))
	x.standing(x.w.OHNurse2, "triage", practice.Stopped)

	// a lead is signed off by a colleague, not by the lead
	lead := x.lead()
	x.must(nil, x.s.Move(ctx, lead, x.tick(), "supervision", practice.Ready))
	_, err = x.s.SignOff(ctx, lead, x.tick(), lead.Account, "supervision", sign())
	x.kind(err, fault.NotFound, "the lead signs for the lead")
}

// TestDatabaseRefuses knocks past the commands, under the login of clinicians: what the rules say holds there too.
func TestDatabaseRefuses(t *testing.T) {
	x := open(t)
	try := func(a access.Actor, sql string, args ...any) error {
		return x.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, sql, args...); return err })
	}
	const insert = `insert into practice_event (service_id, id, account_id, competence, kind, on_date, pack_version, by_account, by_name, at) values ($1,$2,$3,'triage',$4,'2026-11-01',1,$5,'x',now())`
	me, other := nurse(x.w.OHNurse), nurse(x.w.OHNurse2)
	if err := try(me, insert, me.Service, uuid.New(), me.Account, "signed_off", me.Account); postgres.Constraint(err) != "practice_event_never_by_oneself" {
		t.Errorf("oneself: %v", err)
	}
	if err := try(me, insert, me.Service, uuid.New(), me.Account, "signed_off", other.Account); postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("in another's name: %v", err)
	}
	if err := try(me, insert, me.Service, uuid.New(), other.Account, "ready", me.Account); postgres.Constraint(err) != "practice_event_by_oneself" {
		t.Errorf("asking for another: %v", err)
	}
	x.must(nil, x.s.Move(ctx, me, now, "triage", practice.Ready))
	for _, sql := range []string{`update practice_event set kind = 'signed_off'`, `delete from practice_event`, `update practice_registration set number = 'x'`, `delete from practice_cpd`} {
		if err := try(me, sql); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if err := try(me, `insert into practice_registration (service_id, id, account_id, body, number, expires_on, at) values ($1,$2,$3,'NMC','00A0000E','2027-01-01',now())`, me.Service, uuid.New(), other.Account); postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("a registration for another: %v", err)
	}
}

// TestReflectionIsItsAuthors has another professional, the lead, an administrator, the house, a manager, HR and growth look
// for somebody's words.
func TestReflectionIsItsAuthors(t *testing.T) {
	x := open(t)
	me := nurse(x.w.OHNurse)
	e := practice.CPD{ID: uuid.New(), On: today, Kind: "work", Minutes: 90, What: "SECRET title", Reflection: "SECRET thought"}
	x.must(x.s.KeepCPD(ctx, me, now, e))
	x.must(x.s.KeepCPD(ctx, me, now, e)) // a second click
	if list, err := x.s.ListCPD(ctx, me); err != nil || len(list) != 1 || list[0] != e {
		t.Errorf("the author reads %+v %v", list, err)
	}
	count := func(a access.Actor) (n int, err error) {
		err = x.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from practice_reflection`).Scan(&n)
		})
		return n, err
	}
	if n, err := count(me); n != 1 || err != nil {
		t.Errorf("the author sees %d rows, %v", n, err)
	}
	for name, a := range map[string]access.Actor{"another nurse": nurse(x.w.OHNurse2), "a physician": x.w.OHPhysician.As(access.Physician, access.Clinical), "the lead": x.lead(),
		"an administrator": x.w.OHAdmin.As(access.OHAdmin, access.Clinical), "the house": access.SystemActor(access.Clinical, x.w.Trust, x.w.Service), "another service": nurse(x.w.ForeignOHNurse)} {
		if n, err := count(a); n != 0 || err != nil {
			t.Errorf("%s sees %d rows, %v", name, n, err)
		}
		if list, err := x.s.ListCPD(ctx, a); err != nil || len(list) > 0 {
			t.Errorf("%s lists %+v, %v", name, list, err)
		}
		_, err := x.s.FindCPD(ctx, a, e.ID)
		x.kind(err, fault.NotFound, name+" finds it")
		changed := e
		changed.What = "forged"
		_, err = x.s.ChangeCPD(ctx, a, now, changed)
		x.kind(err, fault.NotFound, name+" changes it")
		x.must(nil, x.s.RemoveCPD(ctx, a, now, e.ID))
	}
	for name, a := range map[string]access.Actor{"a manager": x.w.Ward.As(access.Manager, access.Employer), "HR": x.w.HR.As(access.HR, access.Employer), "growth": x.w.OHLead.As(access.Lead, access.Growth),
		"the person's own pages": x.w.OHNurse.As(access.Person, access.Portal), "the hall": x.w.OHNurse.As(access.Nurse, access.Hall), "the worker": access.SystemActor(access.Worker, x.w.Trust, x.w.Service)} {
		for _, table := range []string{"practice_reflection", "practice_cpd", "practice_event", "practice_registration", "practice_supervision", "practice_role", "practice_reminder"} {
			err := x.db.InTenant(ctx, a, func(tx *postgres.Tx) error { _, err := tx.Exec(ctx, "select 1 from "+table); return err })
			if postgres.Code(err) != postgres.PermissionDenied {
				t.Errorf("%s reads %s: %v", name, table, err)
			}
		}
	}
	// the lead learns hours and nothing else
	p, err := x.s.Member(ctx, x.lead(), now, me.Account)
	if err != nil || p.CPD != 90 {
		t.Errorf("the lead reads %d minutes, %v", p.CPD, err)
	}
	cell := caretest.Ask[[]byte](t, x.db, me, `select text from practice_reflection`)
	if text, err := caretest.Box().Open(sealed.CPDReflection, x.w.Service, e.ID, cell); err != nil || text != e.Reflection {
		t.Errorf("sealed: %q %v", text, err)
	}
	e.Reflection, e.Minutes = "", 30
	x.must(x.s.ChangeCPD(ctx, me, now, e))
	if got, err := x.s.FindCPD(ctx, me, e.ID); err != nil || got != e {
		t.Errorf("changed: %+v %v", got, err)
	}
	x.must(nil, x.s.RemoveCPD(ctx, me, now, e.ID))
	if n, err := count(me); n != 0 || err != nil {
		t.Errorf("removed words are still there: %d %v", n, err)
	}
}

func TestTeam(t *testing.T) {
	x := open(t)
	me := nurse(x.w.OHNurse)
	x.must(x.s.Supervised(ctx, me, now, practice.Session{ID: uuid.New(), On: today.AddDays(-3), With: "Anne Shaw", Minutes: 60}))
	wrong := practice.Session{ID: uuid.New(), On: today, With: "Anne Shaw", Minutes: 45}
	x.must(x.s.Supervised(ctx, me, now, wrong))
	x.must(nil, x.s.RemoveSupervision(ctx, nurse(x.w.OHNurse2), now, wrong.ID))
	if list, err := x.s.ListSupervision(ctx, me); err != nil || len(list) != 2 {
		t.Errorf("somebody else removed it: %+v %v", list, err)
	}
	x.must(nil, x.s.RemoveSupervision(ctx, me, now, wrong.ID))

	// A colleague who gave it sees it, nobody else does, and it goes when its supervisee takes it out. Nobody supervises themselves, and
	// nobody of another service is a colleague.
	other, session := nurse(x.w.OHNurse2), practice.Session{ID: uuid.New(), On: today.AddDays(-9), Supervisor: x.w.OHNurse2.Account, With: "not what is stored", Minutes: 30}
	x.must(x.s.Supervised(ctx, me, now, session))
	for who, want := range map[*access.Actor]int{&me: 0, &other: 1} {
		given, err := x.s.ListGiven(ctx, *who)
		if err != nil || len(given) != want || want > 0 && given[0] != (practice.Given{On: session.On, Whose: "Helen Marsh", Minutes: 30}) {
			t.Errorf("%s gave %+v, %v", who.Name, given, err)
		}
	}
	if given, err := x.s.ListGiven(ctx, x.lead()); err != nil || len(given) > 0 {
		t.Errorf("the lead gave %+v, %v", given, err)
	}
	if list, err := x.s.ListSupervision(ctx, me); err != nil || len(list) != 2 || list[1].With != "Ruth Vale" || list[1].Supervisor != other.Account {
		t.Errorf("the supervisee sees %+v, %v", list, err)
	}
	for what, account := range map[string]uuid.UUID{"oneself": me.Account, "somebody elsewhere": x.w.ForeignOHNurse.Account} {
		if f, err := x.s.Supervised(ctx, me, now, practice.Session{ID: uuid.New(), On: today, Supervisor: account, With: "A name", Minutes: 30}); err != nil || f.Of("supervisor") == nil {
			t.Errorf("supervised by %s: %v %v", what, f, err)
		}
	}
	x.must(nil, x.s.RemoveSupervision(ctx, other, now, session.ID))
	if given, err := x.s.ListGiven(ctx, other); err != nil || len(given) != 1 {
		t.Errorf("its supervisor removed it: %+v %v", given, err)
	}
	x.must(nil, x.s.RemoveSupervision(ctx, me, now, session.ID))
	if given, err := x.s.ListGiven(ctx, other); err != nil || len(given) > 0 {
		t.Errorf("it was taken out: %+v %v", given, err)
	}
	x.must(x.s.Register(ctx, me, now, practice.Registration{ID: uuid.New(), Body: "NMC", Number: "00A0000E", Expires: today.AddDays(20)}))
	x.must(x.s.Register(ctx, me, now.Add(time.Minute), practice.Registration{ID: uuid.New(), Body: "NMC", Number: "00A0000E", Expires: today.AddDays(50)}))
	x.must(x.s.SetRole(ctx, x.lead(), now, x.w.OHNurse2.Account, "development-nurse"))
	if f, err := x.s.SetRole(ctx, x.lead(), now, x.w.OHNurse2.Account, "wizard"); err != nil || f.Of("role") == nil {
		t.Errorf("an odd role: %v %v", f, err)
	}
	_, err := x.s.SetRole(ctx, x.lead(), now, x.w.ForeignOHNurse.Account, "nurse")
	x.kind(err, fault.NotFound, "a colleague elsewhere")

	team, err := x.s.Find(ctx, x.lead(), now)
	if err != nil || len(team.People) != 8 || len(team.In("nurse")) != 1 || len(team.In("development-nurse")) != 1 || len(team.In("manager")) != 1 || len(team.In("administrator")) != 1 {
		t.Fatalf("%d people, %v", len(team.People), err)
	}
	p := team.In("nurse")[0]
	if p.Supervised != 60 || p.LastSession != today.AddDays(-3) || len(p.Registrations) != 1 || p.Registrations[0].Expires != today.AddDays(50) {
		t.Errorf("%+v", p)
	}
	if due := team.Due(); len(due) != 1 || due[0].On != today.AddDays(50) {
		t.Errorf("due %+v", due)
	}
	for _, c := range team.Covers() {
		if c.Holders != 0 || c.Coming != 0 {
			t.Errorf("covered by nobody: %+v", c)
		}
	}
	foreign, err := x.s.Find(ctx, x.w.ForeignOHNurse.As(access.Lead, access.Clinical), now)
	if err != nil || slices.ContainsFunc(foreign.People, func(p practice.Person) bool { return p.Account == me.Account }) || len(foreign.Due()) > 0 {
		t.Errorf("another service sees %+v, %v", foreign.People, err)
	}
	x.must(nil, x.s.EndRegistration(ctx, me, now.Add(2*time.Minute), "NMC", uuid.New()))
	if self, err := x.s.Self(ctx, me, now); err != nil || len(self.Registrations) != 0 || !self.Unregistered() {
		t.Errorf("after its end: %+v %v", self.Registrations, err)
	}
}

// TestRemind has a year pass day by day: every band speaks once, to the person and to the lead.
func TestRemind(t *testing.T) {
	x := open(t)
	me, physician := nurse(x.w.OHNurse), x.w.OHPhysician.As(access.Physician, access.Clinical)
	x.must(x.s.Register(ctx, me, now, practice.Registration{ID: uuid.New(), Body: "NMC", Number: "00A0000E", Expires: today.AddDays(100), Revalidates: today.AddDays(45)}))
	x.must(x.s.Register(ctx, physician, now, practice.Registration{ID: uuid.New(), Body: "GMC", Number: "9990001", Expires: today.AddMonths(30)}))
	house := access.SystemActor(access.Clinical, x.w.Trust, x.w.Service)
	said := map[civil.Date][2]int{}
	for day := range 120 {
		at := now.AddDate(0, 0, day)
		for range 2 {
			if err := x.db.InTenant(ctx, house, func(tx *postgres.Tx) error { _, err := x.s.Remind(ctx, tx, at); return err }); err != nil {
				t.Fatal(err)
			}
		}
	}
	own, lead := 0, 0
	for _, r := range x.told {
		n := said[civil.Of(r.At)]
		if r.To.Account == me.Account && r.To.Person == x.w.OHNurse.Person {
			own += r.N
			n[0] = r.Days
		} else if r.To.Account == uuid.Nil {
			lead += r.N
			n[1] = r.Days
		} else {
			t.Errorf("told %+v", r)
		}
		said[civil.Of(r.At)] = n
	}
	if own != 5 || lead != 5 || len(said) != 5 {
		t.Errorf("%d told to the person, %d to the lead, on %d days; want 5: 60 and 30 days before the revalidation, 90, 60 and 30 before the end", own, lead, len(said))
	}
	for at, want := range map[civil.Date][2]int{today: {60, 60}, today.AddDays(10): {90, 90}, today.AddDays(15): {30, 30}, today.AddDays(40): {60, 60}, today.AddDays(70): {30, 30}} {
		if said[at] != want {
			t.Errorf("on %s said %v, want %v", at, said[at], want)
		}
	}
	audited := caretest.Ask[int](t, x.db, x.w.Nurse.As(access.Person, access.Audit), `select count(*) from audit_event where action = 'practice.reminded' and object_id = $1`, me.Account)
	if audited != 5 {
		t.Errorf("%d reminders audited", audited)
	}
}

// TestRemindAgain: supervision is spoken of once, two weeks before it is expected again, and again only after the next one; and the
// lead sees with whom it was.
func TestRemindAgain(t *testing.T) {
	x := open(t)
	me := nurse(x.w.OHNurse)
	take := func(on civil.Date, with string) {
		t.Helper()
		x.must(x.s.Supervised(ctx, me, x.tick(), practice.Session{ID: uuid.New(), On: on, With: with, Minutes: 60}))
	}
	take(today.AddDays(-60), "Ruth Vale")
	house := access.SystemActor(access.Clinical, x.w.Trust, x.w.Service)
	var said []civil.Date
	for day := range 50 {
		at := now.AddDate(0, 0, day)
		x.told = nil
		if err := x.db.InTenant(ctx, house, func(tx *postgres.Tx) error { _, err := x.s.Remind(ctx, tx, at); return err }); err != nil {
			t.Fatal(err)
		}
		for _, r := range x.told {
			if r.To.Account == me.Account {
				said = append(said, civil.Of(r.At))
				if r.N != 1 || r.Days != practice.AgainBand {
					t.Errorf("told %+v", r)
				}
			}
		}
	}
	if want := []civil.Date{today.AddDays(-60).AddMonths(3).AddDays(-practice.AgainBand)}; !slices.Equal(said, want) {
		t.Errorf("told on %v, want %v", said, want)
	}
	take(today, "Idris Kane")
	team, err := x.s.Find(ctx, x.lead(), now)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(team.People, func(p practice.Person) bool { return p.Account == me.Account })
	if p := team.People[i]; p.LastWith != "Idris Kane" || p.LastSession != today || len(p.Due(team.Pack, today)) > 0 {
		t.Errorf("%+v", p)
	}
}

// TestCountSupervised: growth learns how many took supervision in a whole month, from the first one that anybody wrote down on,
// and follows what is written later or taken back.
func TestCountSupervised(t *testing.T) {
	x := open(t)
	one, two := nurse(x.w.OHNurse), x.w.OHPhysician.As(access.Physician, access.Clinical)
	house, lead := access.SystemActor(access.Clinical, x.w.Trust, x.w.Service), x.w.OHLead.As(access.Lead, access.Growth)
	counted := func() []int32 {
		t.Helper()
		if err := x.db.InTenant(ctx, house, func(tx *postgres.Tx) error { return x.s.CountSupervised(ctx, tx, now) }); err != nil {
			t.Fatal(err)
		}
		return caretest.Ask[[]int32](t, x.db, lead, `select coalesce(array_agg(took order by month), '{}') from rollup_supervision where clinicians > 1`)
	}
	if got := counted(); len(got) != 0 {
		t.Errorf("nothing is written down and %v counted", got)
	}
	again, first := uuid.New(), uuid.New()
	for _, c := range []struct {
		who access.Actor
		id  uuid.UUID
		on  string
	}{{one, first, "2026-08-03"}, {one, uuid.New(), "2026-10-05"}, {one, uuid.New(), "2026-10-19"}, {two, again, "2026-10-31"}, {one, uuid.New(), "2026-11-02"}} {
		f, err := x.s.Supervised(ctx, c.who, x.tick(), practice.Session{ID: c.id, On: civil.MustParse(c.on), With: "A colleague", Minutes: 60})
		if err != nil || len(f) > 0 {
			t.Fatal(f, err)
		}
	}
	if got := counted(); !slices.Equal(got, []int32{1, 0, 2}) {
		t.Errorf("August to October: %v", got)
	}
	if err := x.s.RemoveSupervision(ctx, two, x.tick(), again); err != nil {
		t.Fatal(err)
	}
	if got := counted(); !slices.Equal(got, []int32{1, 0, 1}) {
		t.Errorf("after one was taken back: %v", got)
	}
	// An administrator and the lead write theirs down too, and are no clinicians.
	for _, a := range []access.Actor{x.w.OHAdmin.As(access.OHAdmin, access.Clinical), x.w.OHLead.As(access.Lead, access.Clinical)} {
		if f, err := x.s.Supervised(ctx, a, x.tick(), practice.Session{ID: uuid.New(), On: civil.MustParse("2026-10-08"), With: "A colleague", Minutes: 60}); err != nil || len(f) > 0 {
			t.Fatal(f, err)
		}
	}
	if got := counted(); !slices.Equal(got, []int32{1, 0, 1}) {
		t.Errorf("with people who are no clinicians: %v", got)
	}
	// The team shrinks to nobody: of how many it was then stays, and who took it is not more than that.
	of := func() []int32 {
		t.Helper()
		return caretest.Ask[[]int32](t, x.db, lead, `select coalesce(array_agg(clinicians order by month), '{}') from rollup_supervision`)
	}
	before := of()
	if len(before) != 3 || before[0] < 2 {
		t.Fatalf("of %v", before)
	}
	members := x.team
	x.team = []practice.Member{}
	if got := counted(); !slices.Equal(got, []int32{1, 0, 1}) || !slices.Equal(of(), before) {
		t.Errorf("of those who left %v took it, of %v, want of %v", got, of(), before)
	}
	x.team = members
	// Months before the first entry that stands go with it; without an entry nothing is told.
	if err := x.s.RemoveSupervision(ctx, one, x.tick(), first); err != nil {
		t.Fatal(err)
	}
	if got := counted(); !slices.Equal(got, []int32{1}) {
		t.Errorf("after the first was taken back: %v", got)
	}
	list, err := x.s.ListSupervision(ctx, one)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if err := x.s.RemoveSupervision(ctx, one, x.tick(), e.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := counted(); len(got) != 0 {
		t.Errorf("all is taken back and %v counted", got)
	}
}

// A team of one that is counted first, and three who write theirs down for that month later: 3 of 3, never 3 of 1.
func TestNeverMoreSupervisedThanThereAre(t *testing.T) {
	x := open(t)
	house, lead := access.SystemActor(access.Clinical, x.w.Trust, x.w.Service), x.w.OHLead.As(access.Lead, access.Growth)
	all := []access.Actor{nurse(x.w.OHNurse), nurse(x.w.OHNurse2), x.w.OHPhysician.As(access.Physician, access.Clinical)}
	for i, a := range all {
		x.team = nil
		if f, err := x.s.Supervised(ctx, a, x.tick(), practice.Session{ID: uuid.New(), On: civil.MustParse("2026-10-08"), With: "A colleague", Minutes: 60}); err != nil || len(f) > 0 {
			t.Fatal(f, err)
		}
		x.team = []practice.Member{{Account: a.Account, Name: a.Name, Acting: a.Role}}
		if err := x.db.InTenant(ctx, house, func(tx *postgres.Tx) error { return x.s.CountSupervised(ctx, tx, now) }); err != nil {
			t.Fatal(err)
		}
		if got := caretest.Ask[[]int32](t, x.db, lead, `select array[took, clinicians] from rollup_supervision`); !slices.Equal(got, []int32{int32(i + 1), int32(i + 1)}) {
			t.Errorf("%d of %d", got[0], got[1])
		}
	}
}
