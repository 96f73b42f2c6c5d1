package joining_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/person/joining"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx   = context.Background()
	now   = time.Now().Truncate(time.Second) // row policies know the day of the database
	today = locale.Day(now)
)

// surgery is a practice that the lead brought in, and whose manager has begun the list.
type surgery struct {
	world.T
	db       *postgres.DB
	w        *world.World
	s        *joining.Service
	clients  *client.Service
	id       uuid.UUID
	lead, hr access.Actor
	link     uuid.UUID
}

func open(t *testing.T) *surgery {
	db := world.Open(t)
	w := world.New(t, db)
	accounts := account.New(account.Deps{DB: db, Now: func() time.Time { return now }})
	u := &surgery{T: world.T{T: t}, db: db, w: w, clients: client.NewService(db, accounts), id: uuid.New(), lead: w.OHLead.As(access.Lead, access.Hall),
		s: joining.New(joining.Deps{DB: db, Login: accounts.Login, Tie: accounts.TieOwn})}
	n := client.New{ID: u.id, Kind: organisation.Practice, Name: "Fell View Surgery", Given: "Jo", Family: "Bates", Email: uuid.NewString() + "@practice.example",
		Terms: client.Terms{Model: "hosted", Integration: "separate", Services: []string{"timely"}, From: today, Last: today.AddMonths(12)}}
	for range 2 { // the same form twice adds one
		bad, err := u.clients.Add(ctx, u.lead, now, n)
		u.OK(err)
		if len(bad) > 0 {
			t.Fatalf("not added: %v", bad)
		}
	}
	boss := access.Actor{Account: uuid.NewSHA1(u.id, []byte("first")), Name: "Jo Bates", Organisation: u.id, Service: w.Service, Role: access.HR, Wall: access.Employer}
	me := joining.Someone{Given: "Jo", Family: "Bates", Born: civil.MustParse("1975-02-01"), Job: "manager"}
	u.OK(u.s.Begin(ctx, boss, now, me))
	own, err := u.s.Me(ctx, boss)
	u.OK(err)
	boss.Person = own.ID
	u.hr = boss
	l, err := u.s.List(ctx, boss, now)
	u.OK(err)
	if !l.Small || l.Count != 1 || len(l.Links) != 1 {
		t.Fatalf("the list begins as %+v", l)
	}
	u.link = l.Links[0].ID
	return u
}

func (u *surgery) forward(family string) uuid.UUID {
	u.Helper()
	who := joining.Someone{ID: uuid.New(), Given: "Ali", Family: family, Born: civil.MustParse("1990-04-03"), Email: strings.ToLower(family) + "@practice.example", Job: "reception"}
	for range 2 {
		u.OK(u.s.PutForward(ctx, access.Actor{Role: access.Anonymous, Wall: access.Hall}, now, u.link, who))
	}
	return who.ID
}

// Nobody is on the list, and nobody can be found, before the manager says so.
func TestJoin(t *testing.T) {
	u := open(t)
	cole := u.forward("Cole")
	if n := caretest.Ask[int](u, u.db, u.hr, `select count(*) from person`); n != 1 {
		t.Errorf("before the manager's word %d are on the list", n)
	}
	u.OK(u.s.TakeOn(ctx, u.hr, now, cole, false))
	if n := caretest.Ask[int](u, u.db, u.hr, `select count(*) from post where manager_person_id = $1`, u.hr.Person); n != 1 {
		t.Errorf("%d report to the manager", n)
	}
	if err := u.s.TakeOn(ctx, u.hr, now, cole, false); fault.KindOf(err) != fault.NotFound {
		t.Errorf("twice: %v", err)
	}
	again := u.forward("Cole")
	if err := u.s.TakeOn(ctx, u.hr, now, again, false); fault.KeyOf(err) != "joining.there" {
		t.Errorf("somebody who is there: %v", err)
	}
	u.OK(u.s.Remove(ctx, u.hr, now, again))
	// Somebody else of the same name, or somebody who says so: the manager is told, and has to say that this is another.
	other := joining.Someone{ID: uuid.New(), Given: "Ali", Family: "Cole", Born: civil.MustParse("1971-01-01"), Email: "other@elsewhere.example", Job: "reception"}
	u.OK(u.s.PutForward(ctx, access.Actor{Role: access.Anonymous, Wall: access.Hall}, now, u.link, other))
	if l, err := u.s.List(ctx, u.hr, now); err != nil || len(l.Waiting) != 1 || !l.Waiting[0].Named {
		t.Errorf("a name that is there: %+v, %v", l.Waiting, err)
	}
	if err := u.s.TakeOn(ctx, u.hr, now, other.ID, false); fault.KeyOf(err) != "joining.named" {
		t.Errorf("a name that is there: %v", err)
	}
	u.OK(u.s.TakeOn(ctx, u.hr, now, other.ID, true))
	if n := caretest.Ask[int](u, u.db, u.hr, `select count(*) from staff_waiting`); n != 0 {
		t.Errorf("%d rows are kept of who was removed", n)
	}
	u.OK(u.s.CloseLink(ctx, u.hr, now, u.link))
	if _, _, err := u.s.Shared(ctx, access.Actor{}, now, u.link); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a closed link: %v", err)
	}
	chosen := uuid.New()
	u.OK(u.s.MakeLink(ctx, u.hr, now, chosen))
	if n := caretest.Ask[int](u, u.db, u.hr, `select count(*) from staff_link where id = $1`, chosen); n != 0 {
		t.Error("whoever makes a link chooses its id, and so could take that of somebody else's")
	}
	// A trust has a staff feed, which would take everybody for a leaver who is not in it.
	if err := u.s.MakeLink(ctx, u.w.HR.As(access.HR, access.Employer), now, uuid.New()); fault.KeyOf(err) != "joining.feed" {
		t.Errorf("a trust: %v", err)
	}
}

// Once a contract takes nothing new, its link leads nowhere; and nobody waits for ever.
func TestLinkEnds(t *testing.T) {
	u := open(t)
	dunn := u.forward("Dunn")
	worker := access.Actor{Role: access.System, Wall: access.Worker}
	forget := func(at time.Time) int {
		u.OK(u.db.InTenant(ctx, worker, func(tx *postgres.Tx) error { return u.s.Forget(ctx, tx, at) }))
		return caretest.Ask[int](u, u.db, u.hr, `select count(*) from staff_waiting where id = $1`, dunn)
	}
	days := time.Duration(u.s.Pack().WaitingDays) * 24 * time.Hour
	if n := forget(now.Add(days)); n != 1 {
		t.Error("whoever still waits is forgotten")
	}
	if n := forget(now.Add(days + time.Hour)); n != 0 {
		t.Error("somebody waits for ever")
	}
	u.OK(u.clients.End(ctx, u.lead, now, u.id, today))
	if _, _, err := u.s.Shared(ctx, access.Actor{}, now, u.link); err != nil {
		t.Errorf("on the last day: %v", err)
	}
	if _, _, err := u.s.Shared(ctx, access.Actor{}, now.AddDate(0, 0, 1), u.link); fault.KindOf(err) != fault.NotFound {
		t.Errorf("after it: %v", err)
	}
}

// The practice sees nothing of others, and others nothing of it; the service that looks after it sees its list.
func TestWalls(t *testing.T) {
	u := open(t)
	u.OK(u.s.TakeOn(ctx, u.hr, now, u.forward("Cole"), false))
	u.forward("Dunn")
	for _, table := range []string{"person", "post", "staff_link", "staff_waiting", "referral", "delegation"} {
		if n := caretest.Ask[int](u, u.db, u.hr, `select count(*) from `+table+` where organisation_id <> $1`, u.id); n != 0 {
			t.Errorf("the practice reads %d rows of others in %s", n, table)
		}
	}
	strangers := map[string]access.Actor{"HR of the trust": u.w.HR.As(access.HR, access.Employer), "a manager of the trust": u.w.Ward.As(access.Manager, access.Employer),
		"another client": u.w.LocalManager.As(access.Manager, access.Employer), "another trust": u.w.ForeignManager.As(access.Manager, access.Employer)}
	for who, a := range strangers {
		for _, table := range []string{"person", "post", "staff_link", "staff_waiting"} {
			if n := caretest.Ask[int](u, u.db, a, `select count(*) from `+table+` where organisation_id = $1`, u.id); n != 0 {
				t.Errorf("%s reads %d rows of the practice in %s", who, n, table)
			}
		}
	}
	if n := caretest.Ask[int](u, u.db, u.w.OHNurse.As(access.Nurse, access.Clinical), `select count(*) from person where organisation_id = $1`, u.id); n != 2 {
		t.Errorf("the service reads %d of its people", n)
	}
	if n := caretest.Ask[int](u, u.db, u.w.ForeignOHNurse.As(access.Nurse, access.Clinical), `select count(*) from person where organisation_id = $1`, u.id); n != 0 {
		t.Errorf("another service reads %d of its people", n)
	}
	// The hall writes who waits, and never reads it; nobody but the manager takes somebody on.
	for who, a := range map[string]access.Actor{"the hall": u.lead, "growth": u.w.OHLead.As(access.Lead, access.Growth), "the clinical side": u.w.OHNurse.As(access.Nurse, access.Clinical), "the portal": u.w.Nurse.As(access.Person, access.Portal)} {
		err := u.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `select family_name from staff_waiting`)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s reads who waits: %v", who, err)
		}
	}
	dunn := u.forward("Eden")
	for who, a := range strangers {
		if err := u.s.TakeOn(ctx, a, now, dunn, false); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s takes on: %v", who, err)
		}
	}
	// Another service's lead neither sees the contract nor ends it.
	foreign := u.w.ForeignOHAdmin.As(access.OHAdmin, access.Hall)
	if all, err := u.clients.List(ctx, foreign, now); err != nil || len(all) != 1 || all[0].Organisation != u.w.Other {
		t.Errorf("another service lists %+v, %v", all, err)
	}
	if err := u.clients.End(ctx, foreign, now, u.id, today); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another service ends it: %v", err)
	}
}

// An account that belongs elsewhere is not drawn into a practice by somebody who writes its address on their list.
func TestNobodyIsTied(t *testing.T) {
	u := open(t)
	if n := caretest.Ask[int](u, u.db, u.lead, `select count(*) from account where organisation_id = $1 and person_id is not null`, u.id); n != 1 {
		t.Errorf("%d accounts are tied, want the manager's", n)
	}
	accounts := account.New(account.Deps{DB: u.db, Now: func() time.Time { return now }})
	stranger := access.Actor{Account: uuid.New(), Organisation: u.w.Other, Role: access.HR, Wall: access.Hall}
	u.OK(accounts.Create(ctx, u.lead, now, []account.NewAccount{{ID: stranger.Account, Login: uuid.NewString() + "@trust.example", Name: "Kim Dale", Invited: true, Grants: []account.NewGrant{{Role: access.HR, Organisation: u.w.Other}}}}))
	stranger.Organisation = u.id
	u.OK(accounts.TieOwn(ctx, stranger, u.hr.Person))
	if n := caretest.Ask[int](u, u.db, u.lead, `select count(*) from account where id = $1 and person_id is not null`, stranger.Account); n != 0 {
		t.Error("an account without a role there is tied to somebody of the practice")
	}
}
