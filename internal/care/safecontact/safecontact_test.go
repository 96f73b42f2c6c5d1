package safecontact_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/message"
	"github.com/rowan-ohwb/rowan/internal/care/safecontact"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
)

func TestClean(t *testing.T) {
	const work = "amara.okafor@wyre.example"
	for _, x := range []struct{ kind, in, out, wrong string }{
		{"email", " amara@home.example ", "amara@home.example", ""},
		{"email", "amara@WYRE.example", "", "safe_contact.address.work"},
		{"email", work, "", "safe_contact.address.work"},
		{"email", "amara", "", "safe_contact.address.email"},
		{"email", "amara@home", "", "safe_contact.address.email"},
		{"email", "Amara <amara@home.example>", "", "safe_contact.address.email"},
		{"email", "amara@home.example\r\nBcc: x@y.example", "", "safe_contact.address.email"},
		{"mobile", "07700 900123", "07700900123", ""},
		{"mobile", "+44 (0) 7700-900123", "07700900123", ""},
		{"mobile", "+44 7700 900123", "07700900123", ""},
		{"mobile", "+353 85 012 3456", "+353850123456", ""},
		{"mobile", "01234 567890", "", "safe_contact.address.mobile"},
		{"mobile", "ring me", "", "safe_contact.address.mobile"},
		{"post", "1 Mill Lane", "1 Mill Lane", ""},
		{"email", "  ", "", "safe_contact.address.empty"},
		{"post", strings.Repeat("a", 255), "", "form.too_long"},
	} {
		got, faults := safecontact.Clean(x.kind, x.in, work)
		switch {
		case x.wrong == "" && (len(faults) > 0 || got != x.out):
			t.Errorf("%s %q: %q %v, want %q", x.kind, x.in, got, faults, x.out)
		case x.wrong != "" && (len(faults) != 1 || faults[0].Key != x.wrong || faults[0].Name != "address"):
			t.Errorf("%s %q: %v, want %s", x.kind, x.in, faults, x.wrong)
		}
	}
}

type desk struct {
	*testing.T
	db   *postgres.DB
	w    *world.World
	keys *seal.Keys
	s    *safecontact.Service
	me   access.Actor
}

// open makes a world in which the nurse has no safe contact.
func open(t *testing.T) *desk {
	db := world.Open(t)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := world.New(t, db)
	caretest.Unreached(t, db, w.Nurse)
	return &desk{t, db, w, keys, safecontact.New(safecontact.Deps{DB: db, Codes: keys}), w.Nurse.As(access.Person, access.Portal)}
}

func (d *desk) ask(at time.Time, address string) uuid.UUID {
	d.Helper()
	in := safecontact.Ask{ID: uuid.New(), Kind: "email", Address: address}
	if faults, err := d.s.Ask(ctx, d.me, at, in); err != nil || len(faults) > 0 {
		d.Fatal(faults, err)
	}
	return in.ID
}

// prove types a code and gives the key of what was wrong with it.
func (d *desk) prove(at time.Time, code string) string {
	d.Helper()
	faults, err := d.s.Prove(ctx, d.me, at, code)
	if err != nil {
		d.Fatal(err)
	}
	if len(faults) == 0 {
		return ""
	}
	return faults[0].Key
}

func (d *desk) own() safecontact.Mine {
	d.Helper()
	m, err := d.s.Own(ctx, d.me)
	if err != nil {
		d.Fatal(err)
	}
	return m
}

// wrong is a code that is not the right one.
func wrong(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestProve(t *testing.T) {
	d := open(t)
	if faults, err := d.s.Prove(ctx, d.me, now, "123456"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a code that nobody asked for: %v %v", faults, err)
	}
	old := d.ask(now, "old@home.example")
	id := d.ask(now.Add(time.Minute), "amara@home.example")
	code := d.keys.Code(message.Code, id)
	if got := d.prove(now.Add(2*time.Minute), d.keys.Code(message.Code, old)); got != "safe_contact.code.wrong" {
		t.Errorf("the code of an address given before: %q", got)
	}
	if got := d.prove(now.Add(2*time.Minute), ""); got != "safe_contact.code.empty" {
		t.Errorf("no code: %q", got)
	}
	if m := d.own(); m.Address != "" || m.Last != nil {
		t.Errorf("a contact before it is proved: %+v", m)
	}
	if got := d.prove(now.Add(31*time.Minute), code); got != "safe_contact.code.expired" {
		t.Errorf("after half an hour: %q", got)
	}
	for range 2 { // a double click
		if got := d.prove(now.Add(30*time.Minute), code[:3]+" "+code[3:]); got != "" {
			t.Errorf("the right code: %q", got)
		}
	}
	m := d.own()
	if m.Address != "amara@home.example" || m.Kind != "email" || m.Last == nil || m.Last.Method != "code" || m.Last.Recorder != "" {
		t.Errorf("the contact: %+v", m)
	}
	worker := access.SystemActor(access.Worker, d.w.Trust, d.w.Service)
	if n := caretest.Ask[int](t, d.db, worker, `select count(*) from outbox where to_person = $1 and template = 'contact_code'`, d.w.Nurse.Person); n != 2 {
		t.Errorf("%d codes sent", n)
	}
	if text := caretest.Ask[string](t, d.db, worker, `select string_agg(args::text || message_key, ' ') from outbox where to_person = $1`, d.w.Nurse.Person); strings.Contains(text, code) {
		t.Error("the code is kept beside the message")
	}
}

// Guessing is bounded, whether one guess follows another or all come at once.
func TestTriesAreBounded(t *testing.T) {
	d := open(t)
	id := d.ask(now, "amara@home.example")
	code := d.keys.Code(message.Code, id)
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() {
			if faults, err := d.s.Prove(ctx, d.me, now, wrong(code)); err != nil || len(faults) != 1 {
				t.Errorf("a wrong code: %v %v", faults, err)
			}
		})
	}
	group.Wait()
	if n := caretest.Ask[int](t, d.db, d.me, `select attempts from contact_proof where id = $1`, id); n != safecontact.Tries {
		t.Errorf("%d tries counted", n)
	}
	if got := d.prove(now, code); got != "safe_contact.code.spent" {
		t.Errorf("the right code after five wrong ones: %q", got)
	}
	for n := 1; n < safecontact.PerDay; n++ {
		d.ask(now.Add(time.Duration(n)*time.Minute), "amara@home.example")
	}
	if faults, err := d.s.Ask(ctx, d.me, now.Add(time.Hour), safecontact.Ask{ID: uuid.New(), Kind: "email", Address: "amara@home.example"}); err != nil || len(faults) != 1 || faults[0].Key != "safe_contact.address.often" {
		t.Errorf("a sixth code in a day: %v %v", faults, err)
	}
	d.ask(now.Add(25*time.Hour), "amara@home.example")
}

func TestAssisted(t *testing.T) {
	d := open(t)
	kase := caretest.Managed(t, d.db, d.w.Ward, d.w.Nurse, "why", now)
	admin := d.w.OHAdmin.As(access.OHAdmin, access.Clinical)
	o, err := d.s.Find(ctx, admin, kase)
	if err != nil {
		t.Fatal(err)
	}
	c := o.Value.(safecontact.Case)
	unreached := func() (names string) {
		list, err := d.s.List(ctx, admin, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list {
			names += x.Name
		}
		return names
	}
	if got := unreached(); got != "Amara Okafor" {
		t.Errorf("the list before: %q", got)
	}
	if faults, err := d.s.Record(ctx, admin, now, c, safecontact.Heard{ID: uuid.New()}); err != nil || len(faults) != 5 {
		t.Errorf("nothing filled in: %v %v", faults, err)
	}
	in := safecontact.Heard{ID: uuid.New(), Kind: "mobile", Address: "07700 900456", Method: "telephone", Identity: "called_back", ReadBack: true}
	for range 2 {
		if faults, err := d.s.Record(ctx, admin, now, c, in); err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
	}
	m := d.own()
	if m.Address != "07700900456" || m.Last == nil || m.Last.Recorder != d.w.OHAdmin.Name || m.Last.Identity != "called_back" || m.Last.Method != "telephone" || !m.Last.At.Equal(now) {
		t.Errorf("what the person reads: %+v %+v", m, m.Last)
	}
	if got := unreached(); got != "" {
		t.Errorf("the list after: %q", got)
	}
	if n := caretest.Ask[int](t, d.db, d.me, `select count(*) from contact_event where person_id = $1`, d.w.Nurse.Person); n != 1 {
		t.Errorf("%d events", n)
	}
	err = d.db.InTenant(ctx, admin, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update contact_event set identity = 'saw_photo'`)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("an event is changed: %v", err)
	}
	if _, err := d.s.Find(ctx, d.w.ForeignOHAdmin.As(access.OHAdmin, access.Clinical), kase); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another service: %v", err)
	}
	own := caretest.Managed(t, d.db, d.w.Ward, d.w.OHAdmin, "why", now)
	if _, err := d.s.Find(ctx, admin, own); fault.KindOf(err) != fault.NotFound {
		t.Errorf("one's own: %v", err)
	}
}

// TestAgain: whichever way a contact becomes safe, what waits is queued again in the same transaction, once.
func TestAgain(t *testing.T) {
	d := open(t)
	var fails error
	d.s = safecontact.New(safecontact.Deps{DB: d.db, Codes: d.keys, Again: func(ctx context.Context, tx *postgres.Tx, who message.Again) error {
		if who.Person != d.w.Nurse.Person || who.Organisation != d.w.Trust || who.Event == uuid.Nil {
			t.Errorf("again for %+v", who)
		}
		if err := message.Queue(ctx, tx, who.Out(tx.Actor.Service, "referral_made", "x")); err != nil {
			return err
		}
		return fails
	}})
	sent := func() int {
		return caretest.Ask[int](t, d.db, access.SystemActor(access.Worker, d.w.Trust, d.w.Service), `select count(*) from outbox where to_person = $1 and template = 'referral_made'`, d.w.Nurse.Person)
	}
	code := d.keys.Code(message.Code, d.ask(now, "amara@home.example"))
	d.prove(now, wrong(code))
	if sent() != 0 {
		t.Error("a wrong code sends what waits")
	}
	fails = context.Canceled
	if _, err := d.s.Prove(ctx, d.me, now, code); err == nil || d.own().Address != "" || sent() != 0 {
		t.Errorf("a contact is verified and what waits is not queued: %v", err)
	}
	fails = nil
	for range 2 {
		d.prove(now, code)
	}
	if sent() != 1 || d.own().Address == "" {
		t.Errorf("%d messages after the code", sent())
	}
	c := safecontact.Case{ID: caretest.Managed(t, d.db, d.w.Ward, d.w.Nurse, "why", now), Organisation: d.w.Trust, Person: d.w.Nurse.Person, Ground: "case"}
	in := safecontact.Heard{ID: uuid.New(), Kind: "post", Address: "1 Mill Lane", Method: "telephone", Identity: "called_back", ReadBack: true}
	for range 2 {
		if faults, err := d.s.Record(ctx, d.w.OHNurse.As(access.Nurse, access.Clinical), now, c, in); err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
	}
	if sent() != 2 {
		t.Errorf("%d messages after OH took one down", sent())
	}
}

// TestWhoTakesItDown: any of the team until the person is seen, then who has a relation to them.
func TestWhoTakesItDown(t *testing.T) {
	d := open(t)
	kase := caretest.Managed(t, d.db, d.w.Ward, d.w.Nurse, "why", now)
	nurse := d.w.OHNurse.As(access.Nurse, access.Clinical)
	relations := func() []access.Relation {
		o, err := d.s.Find(ctx, nurse, kase)
		if err != nil {
			t.Fatal(err)
		}
		return o.Relations
	}
	if got := relations(); len(got) != 1 || got[0] != access.Care {
		t.Errorf("in the queue: %v", got)
	}
	set := `update casefile set state = 'attended', state_at = $2, owner_account = $3 where id = $1 returning 1`
	caretest.Ask[int](t, d.db, nurse, set, kase, now, nil)
	if got := relations(); len(got) != 0 {
		t.Errorf("seen by another: %v", got)
	}
	caretest.Ask[int](t, d.db, nurse, set, kase, now, nurse.Account)
	if got := relations(); len(got) != 1 || got[0] != access.Care {
		t.Errorf("of one's own case: %v", got)
	}
}
