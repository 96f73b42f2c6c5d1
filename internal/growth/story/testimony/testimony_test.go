package testimony_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func words() testimony.Testimonial {
	return testimony.Testimonial{ID: uuid.New(), Words: "They listened, and I came back two weeks sooner", Audience: "manager", Named: "role", Giver: "Ward manager, surgery", Places: []string{testimony.Inside, testimony.Public}, Ends: locale.Day(now).AddMonths(12)}
}

func TestCheck(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*testimony.Testimonial)
		want   string
	}{
		"good":              {func(*testimony.Testimonial) {}, ""},
		"empty":             {func(x *testimony.Testimonial) { *x = testimony.Testimonial{} }, "words audience named places ends"},
		"no role":           {func(x *testimony.Testimonial) { x.Giver = " " }, "giver"},
		"a name for nobody": {func(x *testimony.Testimonial) { x.Named = testimony.Nobody }, "giver"},
		"a forged place":    {func(x *testimony.Testimonial) { x.Places = []string{"press"} }, "places"},
		"over today":        {func(x *testimony.Testimonial) { x.Ends = locale.Day(now) }, "ends"},
		"three years":       {func(x *testimony.Testimonial) { x.Ends = locale.Day(now).AddMonths(36) }, "ends"},
	} {
		in := words()
		x.change(&in)
		var got []string
		for _, f := range in.Check(locale.Day(now)) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// desk is a service with its testimonials.
type desk struct {
	t                            *testing.T
	db                           *postgres.DB
	w                            *world.World
	s                            *testimony.Service
	lead, admin, guardian, comms access.Actor
}

func open(t *testing.T) *desk {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t, db, w, testimony.New(db, keys), w.OHLead.As(access.Lead, access.Growth), w.OHAdmin.As(access.OHAdmin, access.Growth), w.Guardian.As(access.Guardian, access.Growth), w.HR.As(access.Communications, access.Growth)}
	d.guardian.Service, d.comms.Service = w.Service, w.Service
	return d
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) link(id uuid.UUID) string {
	d.t.Helper()
	x, err := d.s.Find(d.t.Context(), d.lead, now, id)
	d.ok(err)
	token, err := d.s.Token(d.lead, x, locale.Day(now))
	d.ok(err)
	return token
}

func (d *desk) read(a access.Actor) int {
	d.t.Helper()
	all, err := d.s.List(d.t.Context(), a, now)
	d.ok(err)
	return len(all)
}

func (d *desk) public(at time.Time) int {
	d.t.Helper()
	all, err := d.s.Published(d.t.Context(), d.w.Trust, d.w.Service, at)
	d.ok(err)
	return len(all)
}

// TestConsent: nothing is shown before the giver agreed, only where they did, until their last day, and no longer once they take it back.
func TestConsent(t *testing.T) {
	d, x := open(t), words()
	ctx := t.Context()
	for range 2 { // a second press
		d.ok(d.s.Ask(ctx, d.lead, now, x))
	}
	if d.read(d.guardian) != 0 || d.public(now) != 0 {
		t.Error("shown before anybody agreed")
	}
	token := d.link(x.ID)
	g, err := d.s.Given(ctx, token, now)
	if err != nil || g.Words != x.Words || g.Giver != x.Giver {
		t.Fatalf("the giver reads %+v, %v", g, err)
	}
	for name, places := range map[string][]string{"nowhere": nil, "where nobody asked": {testimony.Partners}} {
		if err := d.s.Agree(ctx, token, now, places); fault.KindOf(err) != fault.Invalid {
			t.Errorf("agreed to %s: %v", name, err)
		}
	}
	d.ok(d.s.Agree(ctx, token, now, []string{testimony.Public}))
	if d.read(d.guardian) != 1 || d.read(d.comms) != 1 || d.public(now) != 1 {
		t.Error("not shown where the giver agreed")
	}
	got, err := d.s.Find(ctx, d.lead, now, x.ID)
	if err != nil || got.ShownIn(testimony.Inside, locale.Day(now)) || !got.ShownIn(testimony.Public, x.Ends) || got.ShownIn(testimony.Public, x.Ends.AddDays(1)) || got.On(x.Ends.AddDays(1)) != testimony.Lapsed {
		t.Errorf("shown elsewhere or too long: %+v, %v", got, err)
	}
	if n := d.public(now.AddDate(1, 0, 1)); n != 0 {
		t.Error("public after its last day")
	}
	if _, err := d.s.Given(ctx, token, now.AddDate(1, 0, 2)); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the link opens after its last day: %v", err)
	}
	if err := d.s.Agree(ctx, token, now, []string{testimony.Inside}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("agreed twice: %v", err)
	}
	d.ok(d.s.TakeBack(ctx, token, now))
	if d.read(d.guardian) != 0 || d.read(d.comms) != 0 || d.public(now) != 0 {
		t.Error("shown after it was taken back")
	}
	if err := d.s.Agree(ctx, token, now, []string{testimony.Public}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("agreed after it was taken back: %v", err)
	}
	if _, err := d.s.Given(ctx, token+"x", now); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a link that nobody made: %v", err)
	}
	y := words()
	d.ok(d.s.Ask(ctx, d.lead, now, y))
	token = d.link(y.ID)
	d.ok(d.s.TakeBack(ctx, token, now))
	if got, err := d.s.Find(ctx, d.lead, now, y.ID); err != nil || got.State != testimony.Refused {
		t.Errorf("who said no: %+v, %v", got, err)
	}
	z := words()
	d.ok(d.s.Ask(ctx, d.lead, now, z))
	d.ok(d.s.Agree(ctx, d.link(z.ID), now, []string{testimony.Inside}))
	if d.read(d.guardian) != 1 || d.read(d.comms) != 0 || d.public(now) != 0 {
		t.Error("inside is not inside")
	}
	d.ok(d.s.Withdraw(ctx, d.admin, now, z.ID))
	if d.read(d.guardian) != 0 {
		t.Error("shown after staff withdrew it")
	}
}

// TestHeld: words that look like a person are put to nobody until somebody else has looked.
func TestHeld(t *testing.T) {
	d, x := open(t), words()
	ctx := t.Context()
	x.Words = "Dr Smith listened"
	d.ok(d.s.Ask(ctx, d.lead, now, x))
	if token := d.link(x.ID); token != "" {
		t.Error("there is a link to words that are held")
	}
	if err := d.s.Clear(ctx, d.lead, now, x.ID, "A name of a book"); fault.KeyOf(err) != "testimony.own" {
		t.Errorf("cleared by who wrote it: %v", err)
	}
	err := d.db.InTenant(ctx, d.lead, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update testimonial set held = false, clearer = maker, cleared_by = 'me', cleared_why = 'x' where id = $1`, x.ID)
		return err
	})
	if postgres.Code(err) != "23514" {
		t.Errorf("cleared by who wrote it, by SQL: %v", err)
	}
	d.ok(d.s.Clear(ctx, d.admin, now, x.ID, "A name of a book"))
	d.ok(d.s.Agree(ctx, d.link(x.ID), now, []string{testimony.Public}))
	if d.public(now) != 1 {
		t.Error("cleared and agreed, and not shown")
	}
}

// TestQuote: a quote of feedback is shown as far as its tick says, and goes when the team withdraws it.
func TestQuote(t *testing.T) {
	d := open(t)
	ctx := t.Context()
	conn, err := pgx.Connect(ctx, world.Super(t))
	d.ok(err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	feedback, quote := uuid.New(), uuid.New()
	_, err = conn.Exec(ctx, `insert into feedback (service_id, id, organisation_id, month, communication, specific, mattered, comment, quotable) values ($1, $2, $3, '2026-10-01', 5, 5, 5, 'They listened to me', true)`, d.w.Service, feedback, d.w.Trust)
	d.ok(err)
	_, err = conn.Exec(ctx, `insert into feedback_quote (service_id, id, organisation_id, feedback_id, quotable, month, audience, theme, words, released_at, released_by) values ($1, $2, $3, $4, true, '2026-10-01', 'person', 'respect', 'They listened', $5, 'x')`,
		d.w.Service, quote, d.w.Trust, feedback, now)
	d.ok(err)
	all, err := d.s.Quotes(ctx, d.lead)
	if err != nil || len(all) != 1 || all[0].Words != "They listened" {
		t.Fatalf("quotes %+v, %v", all, err)
	}
	id := uuid.New()
	if err := d.s.Adopt(ctx, d.lead, now, id, uuid.New(), locale.Day(now).AddMonths(6)); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a quote that is not there: %v", err)
	}
	d.ok(d.s.Adopt(ctx, d.lead, now, id, quote, locale.Day(now).AddMonths(6)))
	if left, _ := d.s.Quotes(ctx, d.lead); len(left) != 0 {
		t.Error("it could be used twice")
	}
	if d.read(d.guardian) != 1 || d.read(d.comms) != 0 || d.public(now) != 0 {
		t.Error("shown elsewhere than its tick says")
	}
	if token := d.link(id); token != "" {
		t.Error("there is a link to a giver whom nobody knows")
	}
	for _, sql := range []string{`update testimonial set asked = '{inside,public}'`, `update testimonial set agreed = '{inside,public}'`, `update testimonial set words = 'x'`} {
		err := d.db.InTenant(ctx, d.lead, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", sql, err)
		}
	}
	if _, err := conn.Exec(ctx, `update testimonial set asked = '{inside,public}' where id = $1`, id); postgres.Code(err) != "23514" {
		t.Errorf("a quote asked for the public: %v", err)
	}
	_, err = conn.Exec(ctx, `update feedback_quote set withdrawn_at = now(), withdrawn_by = 'x' where id = $1`, quote)
	d.ok(err)
	if d.read(d.guardian) != 0 {
		t.Error("shown after the team withdrew the quote")
	}
	if x, err := d.s.Find(ctx, d.lead, now, id); err != nil || !x.Gone || x.Words != "" {
		t.Errorf("its words stay: %+v, %v", x, err)
	}
}

// TestWalls: whoever is not signed in reads none by themselves, and no link who wrote it down; other walls and services nothing.
func TestWalls(t *testing.T) {
	d, x, y := open(t), words(), words()
	ctx := t.Context()
	d.ok(d.s.Ask(ctx, d.lead, now, x))
	d.ok(d.s.Ask(ctx, d.lead, now, y))
	d.ok(d.s.Agree(ctx, d.link(x.ID), now, []string{testimony.Public}))
	hall := access.Actor{Role: access.Anonymous, Wall: access.Hall}
	d.ok(d.db.InTenant(ctx, hall, func(tx *postgres.Tx) error {
		var n int
		err := tx.QueryRow(ctx, `select count(id) from testimonial where service_id = $1`, d.w.Service).Scan(&n)
		if n != 0 {
			t.Errorf("whoever is not signed in reads %d by SQL", n)
		}
		return err
	}))
	for wall, sql := range map[access.Wall]string{access.Hall: `select made_by from testimonial`, access.Employer: `select id from testimonial`, access.Clinical: `select id from testimonial`, access.Portal: `select id from testimonial`, access.Worker: `select id from testimonial`} {
		err := d.db.InTenant(ctx, d.lead.At(wall), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", wall, err)
		}
	}
	if n := d.read(access.Actor{Role: access.Lead, Wall: access.Growth, Organisation: d.w.Other, Service: d.w.OtherService}); n != 0 {
		t.Errorf("another service reads %d", n)
	}
}
