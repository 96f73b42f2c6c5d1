package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/session"
)

// from is a request before anybody has signed in.
var from = access.Actor{Role: access.Anonymous, RequestID: "r", Channel: access.Browser, Address: "192.0.2.7"}

// door is the hall with a clock that a test moves.
type door struct {
	t        *testing.T
	db       *postgres.DB
	w        *world.World
	keys     *seal.Keys
	sessions *scs.SessionManager
	s        *account.Service
	now      time.Time
	renewed  []seal.Link // links in whose place a new one was sent
}

func newDoor(t *testing.T) *door {
	db := world.Open(t)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d := &door{t: t, db: db, w: world.New(t, db), keys: keys, sessions: session.NewManager(db), now: time.Now().Truncate(time.Second)}
	d.s = account.New(account.Deps{DB: db, Sessions: d.sessions, Keys: keys, Now: func() time.Time { return d.now },
		NewLink: func(_ context.Context, _ *postgres.Tx, old seal.Link, _ time.Time) error {
			d.renewed = append(d.renewed, old)
			return nil
		}})
	return d
}

// visit gives a fresh session.
func (d *door) visit() context.Context {
	d.t.Helper()
	ctx, err := d.sessions.Load(context.Background(), "")
	if err != nil {
		d.t.Fatal(err)
	}
	return ctx
}

const secret = "correct horse battery"

// ready gives somebody a password and an authenticator.
func (d *door) ready(who world.Who) (login string, c account.Credentials) {
	d.t.Helper()
	login = "door-" + who.Account.String() + "@example.org"
	err := d.db.InTenant(context.Background(), access.SystemActor(access.Hall, who.Organisation, who.Service), func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), `update account set login = $2, state = 'invited' where id = $1`, who.Account, login)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	c, err = d.s.MakeReady(context.Background(), who.Account, login, secret)
	if err != nil {
		d.t.Fatal(err)
	}
	return login, c
}

// Of two who press at the same time one gets the account.
func TestInvitationOpensOnce(t *testing.T) {
	d := newDoor(t)
	login, first := d.ready(d.w.OHNurse)
	if _, err := d.s.MakeReady(context.Background(), d.w.OHNurse.Account, login, "another long password"); !errors.Is(err, account.ErrLink) {
		t.Errorf("a second password: %v", err)
	}
	if err := d.s.SignIn(d.visit(), from, login, secret, d.code(first)); err != nil {
		t.Errorf("the first no longer signs in: %v", err)
	}
}

func (d *door) code(c account.Credentials) string {
	code, err := totp.GenerateCode(c.Secret, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	return code
}

func TestSignIn(t *testing.T) {
	d := newDoor(t)
	login, c := d.ready(d.w.OHNurse)
	ctx := d.visit()
	if err := d.s.SignIn(ctx, from, " "+login+" ", secret, d.code(c)); err != nil {
		t.Fatal(err)
	}
	a, err := d.s.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if a.Account != d.w.OHNurse.Account || a.Person != d.w.OHNurse.Person || a.Service != d.w.Service || a.Role != access.Nurse {
		t.Errorf("signed in as %+v", a)
	}
	t.Run("their registration goes with them", func(t *testing.T) {
		if err := d.s.SetRegistration(ctx, a, "NMC 00Z2345E"); err != nil {
			t.Fatal(err)
		}
		if a, err := d.s.Actor(ctx); err != nil || a.Registration != "NMC 00Z2345E" {
			t.Errorf("registered as %q (%v)", a.Registration, err)
		}
	})
	t.Run("a code counts once", func(t *testing.T) {
		if err := d.s.SignIn(d.visit(), from, login, secret, d.code(c)); !errors.Is(err, account.ErrWrong) {
			t.Errorf("the same code again: %v", err)
		}
	})
	t.Run("a recovery code counts once", func(t *testing.T) {
		if err := d.s.SignIn(d.visit(), from, login, secret, c.RecoveryCodes[3]); err != nil {
			t.Error(err)
		}
		if err := d.s.SignIn(d.visit(), from, login, secret, c.RecoveryCodes[3]); !errors.Is(err, account.ErrWrong) {
			t.Errorf("the same recovery code again: %v", err)
		}
	})
	t.Run("refuses what is wrong, and says no more", func(t *testing.T) {
		d.now = d.now.Add(time.Minute)
		for _, try := range [][3]string{{login, "wrong", d.code(c)}, {login, secret, "000000"}, {"nobody@example.org", secret, "000000"}, {login, secret, ""}} {
			if err := d.s.SignIn(d.visit(), from, try[0], try[1], try[2]); err != account.ErrWrong {
				t.Errorf("%v: %v", try, err)
			}
		}
	})
	t.Run("a closed account stops at the next request", func(t *testing.T) {
		err := d.db.InTenant(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `update account set state = 'closed' where id = $1`, d.w.OHNurse.Account)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.s.Actor(ctx); fault.KindOf(err) != fault.SignIn {
			t.Errorf("a closed account acts: %v", err)
		}
	})
}

func TestFiveWrongTriesWait(t *testing.T) {
	d := newDoor(t)
	login, c := d.ready(d.w.OHNurse)
	for range 5 {
		if err := d.s.SignIn(d.visit(), from, login, "wrong", "000000"); !errors.Is(err, account.ErrWrong) {
			t.Fatal(err)
		}
	}
	if err := d.s.SignIn(d.visit(), from, login, secret, d.code(c)); !errors.Is(err, account.ErrWrong) {
		t.Errorf("the right details while waiting: %v", err)
	}
	d.now = d.now.Add(16 * time.Minute)
	if err := d.s.SignIn(d.visit(), from, login, secret, d.code(c)); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestClinicalScreenLocks(t *testing.T) {
	d := newDoor(t)
	login, c := d.ready(d.w.OHNurse)
	ctx := d.visit()
	if err := d.s.SignIn(ctx, from, login, secret, d.code(c)); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(14 * time.Minute)
	if _, err := d.s.Actor(ctx); err != nil {
		t.Fatalf("after 14 minutes: %v", err)
	}
	d.now = d.now.Add(16 * time.Minute)
	if _, err := d.s.Actor(ctx); fault.KindOf(err) != fault.SignIn {
		t.Errorf("after 16 idle minutes: %v", err)
	}
}

// near says whether a session has about so long to live: a test takes some of it.
func near(got, want time.Duration) bool { return got <= want && got > want-time.Minute }

func TestStay(t *testing.T) {
	d := newDoor(t)
	login, c := d.ready(d.w.OHNurse)
	ctx := d.visit()
	if err := d.s.SignIn(ctx, from, login, secret, d.code(c)); err != nil {
		t.Fatal(err)
	}
	a, err := d.s.Actor(ctx)
	if err != nil || a.SessionLeft != 15*time.Minute {
		t.Errorf("a nurse has %v (%v)", a.SessionLeft, err)
	}
	d.now = d.now.Add(14 * time.Minute)
	if a, err = d.s.Actor(ctx); err != nil || d.s.Stay(ctx, a) != 15*time.Minute {
		t.Errorf("a nurse who stays: %v", err)
	}
	d.now = d.now.Add(14 * time.Minute)
	if a, err = d.s.Actor(ctx); err != nil {
		t.Errorf("14 minutes after staying: %v", err)
	}
	if err := d.s.Choose(ctx, a, access.Person, d.w.Trust); err != nil {
		t.Fatal(err)
	}
	if a, err = d.s.Actor(ctx); err != nil || a.SessionLeft != 30*time.Minute {
		t.Errorf("a member of staff has %v (%v)", a.SessionLeft, err)
	}

	who, visit := d.w.Nurse, d.visit()
	token, err := d.keys.MintLink(seal.Link{ID: uuid.New(), Purpose: account.LinkPurpose, Organisation: who.Organisation, Service: who.Service, Person: who.Person, Expires: d.now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.s.EnterByLink(visit, from, token, who.Born); err != nil {
		t.Fatal(err)
	}
	d.sessions.SetDeadline(visit, time.Now().Add(3*time.Minute)) // 42 minutes later
	if a, err = d.s.Actor(visit); err != nil || !near(a.SessionLeft, 3*time.Minute) {
		t.Errorf("by link, near the end: %v (%v)", a.SessionLeft, err)
	}
	if left := d.s.Stay(visit, a); left != 30*time.Minute || !near(time.Until(d.sessions.Deadline(visit)), 45*time.Minute) {
		t.Errorf("who stays has %v, at most to %v", left, d.sessions.Deadline(visit))
	}
	d.sessions.Put(visit, "link.entered", time.Now().Add(-session.Lifetime+5*time.Minute).Unix())
	if left := d.s.Stay(visit, a); !near(left, 5*time.Minute) {
		t.Errorf("no session is longer than %v, this one has %v", session.Lifetime, left)
	}
}

func TestChooseRole(t *testing.T) {
	d := newDoor(t)
	login, c := d.ready(d.w.OHNurse)
	ctx := d.visit()
	if err := d.s.SignIn(ctx, from, login, secret, d.code(c)); err != nil {
		t.Fatal(err)
	}
	a, err := d.s.Actor(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.s.Choose(ctx, a, access.Person, d.w.Trust); err != nil {
		t.Fatal(err)
	}
	if a, err = d.s.Actor(ctx); err != nil || a.Role != access.Person || a.Person != d.w.OHNurse.Person {
		t.Errorf("acts as %+v (%v)", a, err)
	}
	for _, forged := range []struct {
		role  access.Role
		place uuid.UUID
	}{{access.Caldicott, d.w.Trust}, {access.Nurse, d.w.OtherService}, {access.Person, d.w.Other}} {
		if err := d.s.Choose(ctx, a, forged.role, forged.place); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%v: %v", forged, err)
		}
	}
}

func TestOneTimeLink(t *testing.T) {
	d := newDoor(t)
	who := d.w.Nurse
	mint := func() string {
		token, err := d.keys.MintLink(seal.Link{ID: uuid.New(), Purpose: account.LinkPurpose, Organisation: who.Organisation, Service: who.Service, Person: who.Person, Expires: d.now.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	t.Run("opens one person's own pages, once", func(t *testing.T) {
		token, ctx := mint(), d.visit()
		if _, err := d.s.EnterByLink(ctx, from, token, who.Born); err != nil {
			t.Fatal(err)
		}
		a, err := d.s.Actor(ctx)
		if err != nil || a.Person != who.Person || a.Role != access.Person || !a.ByLink || a.Account != uuid.Nil {
			t.Errorf("acts as %+v (%v)", a, err)
		}
		if _, err := d.s.EnterByLink(d.visit(), from, token, who.Born); !errors.Is(err, account.ErrUsed) || !errors.Is(err, account.ErrLink) {
			t.Errorf("the second time: %v", err)
		}
	})
	t.Run("five wrong dates of birth and it is dead", func(t *testing.T) {
		token := mint()
		for range 5 {
			if _, err := d.s.EnterByLink(d.visit(), from, token, who.Born.AddDate(0, 0, 1)); !errors.Is(err, account.ErrCheck) {
				t.Fatal(err)
			}
		}
		if _, err := d.s.EnterByLink(d.visit(), from, token, who.Born); !errors.Is(err, account.ErrLink) || errors.Is(err, account.ErrUsed) {
			t.Errorf("the right date after five wrong ones: %v", err)
		}
	})
	t.Run("looking at it uses nothing", func(t *testing.T) {
		token := mint()
		for range 10 {
			if _, err := d.s.PeekLink(context.Background(), token); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.s.EnterByLink(d.visit(), from, token, who.Born); err != nil {
			t.Error(err)
		}
	})
	t.Run("ends with its hour", func(t *testing.T) {
		token := mint()
		d.now = d.now.Add(2 * time.Hour)
		if _, err := d.s.PeekLink(context.Background(), token); !errors.Is(err, account.ErrLink) {
			t.Errorf("an old link: %v", err)
		}
	})
}

// The audit says from where somebody tried to come in, and how far they proved who they are.
func TestTheAuditSaysFromWhere(t *testing.T) {
	d := newDoor(t)
	login, c := d.ready(d.w.OHNurse)
	ctx := d.visit()
	if err := d.s.SignIn(d.visit(), from, login, secret, "000000"); !errors.Is(err, account.ErrWrong) {
		t.Fatal(err)
	}
	if err := d.s.SignIn(ctx, from, login, secret, d.code(c)); err != nil {
		t.Fatal(err)
	}
	a, err := d.s.Actor(ctx)
	if err != nil || a.Strength != access.SecondFactor {
		t.Errorf("the session: %q %v", a.Strength, err)
	}
	sealer := access.SystemActor(access.Audit, d.w.Trust, d.w.Service)
	for strength, outcome := range map[access.Strength]string{access.Password: "denied", access.SecondFactor: "ok"} {
		var n int
		err := d.db.InTenant(ctx, sealer, func(tx *postgres.Tx) error {
			return tx.QueryRow(ctx, `select count(*) from audit_event where actor_account = $1 and action = 'account.signed_in' and outcome = $2 and strength = $3
 and address = '192.0.2.7' and channel = 'browser' and request_id = 'r'`, d.w.OHNurse.Account, outcome, string(strength)).Scan(&n)
		})
		if err != nil || n != 1 {
			t.Errorf("%s by %s: %d rows, %v", outcome, strength, n, err)
		}
	}
}

// TestRenewLink: a new link goes to the verified safe contact, three times a day at most, and the answer is always none.
func TestRenewLink(t *testing.T) {
	d := newDoor(t)
	mint := func(who world.Who, lasts time.Duration) string {
		token, err := d.keys.MintLink(seal.Link{ID: uuid.New(), Purpose: account.LinkPurpose, Organisation: who.Organisation, Service: who.Service, Person: who.Person, Expires: d.now.Add(lasts)})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	used, live, expired := mint(d.w.Nurse, time.Hour), mint(d.w.Nurse, time.Hour), mint(d.w.Nurse, -time.Hour)
	if _, err := d.s.EnterByLink(d.visit(), from, used, d.w.Nurse.Born); err != nil {
		t.Fatal(err)
	}
	peer := d.w.Peer
	err := d.db.InTenant(context.Background(), access.SystemActor(access.Employer, peer.Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := tx.Exec(context.Background(), `update person set safe_contact_verified_at = null where organisation_id = $1 and id = $2`, peer.Organisation, peer.Person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name, token string
		sent        int // in all, afterwards
		later       time.Duration
	}{
		{"no link of ours", "nothing", 0, 0},
		{"a link that still opens", live, 0, 0},
		{"somebody without a verified safe contact", mint(peer, -time.Hour), 0, 0},
		{"used", used, 1, 0},
		{"expired", expired, 2, 0},
		{"the third of the day", used, 3, 0},
		{"the fourth", expired, 3, 0},
		{"the next day", expired, 4, 24 * time.Hour},
	} {
		d.now = d.now.Add(x.later)
		if err := d.s.RenewLink(context.Background(), from, x.token); err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
		if len(d.renewed) != x.sent {
			t.Errorf("%s: %d sent in all, want %d", x.name, len(d.renewed), x.sent)
		}
	}
	for _, l := range d.renewed {
		if l.Person != d.w.Nurse.Person {
			t.Errorf("a new link for %s", l.Person)
		}
	}
}

// TestCountLink: what OH sends again is bounded as what the person asks for.
func TestCountLink(t *testing.T) {
	d := newDoor(t)
	for n, want := range []bool{true, true, true, false} {
		if ok, err := d.s.CountLink(context.Background(), d.w.Trust, d.w.Nurse.Person); err != nil || ok != want {
			t.Errorf("link %d: %v %v", n+1, ok, err)
		}
	}
}
