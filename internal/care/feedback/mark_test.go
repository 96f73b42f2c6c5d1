package feedback_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// written gives a comment to the service by a link, and what the team then sees of it.
func written(t *testing.T, s *feedback.Service, keys *seal.Keys, w *world.World, lead access.Actor, now time.Time, a feedback.Answer) feedback.Comment {
	t.Helper()
	if st, f, err := s.Give(t.Context(), link(t, keys, w, now.Add(time.Hour)), now, a); st != feedback.Open || len(f) > 0 || err != nil {
		t.Fatalf("give: %v %v %v", st, f, err)
	}
	r, err := s.Read(t.Context(), lead, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Comments {
		if c.Text == a.Comment {
			return c
		}
	}
	t.Fatalf("%q is not among %+v", a.Comment, r.Comments)
	return feedback.Comment{}
}

func rebuild(t *testing.T, db *postgres.DB, w *world.World, now time.Time) {
	t.Helper()
	err := db.InTenant(t.Context(), access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		_, err := activity.Rebuild(t.Context(), tx, w.Service, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMarkAndQuote(t *testing.T) {
	s, keys, db, w := open(t)
	ctx, now := t.Context(), time.Now()
	lead := w.OHLead.As(access.Lead, access.Clinical)
	said := good
	said.Quotable = true
	c := written(t, s, keys, w, lead, now, said)
	private := written(t, s, keys, w, lead, now, feedback.Answer{Communication: 2, Specific: 2, Mattered: 2, Comment: "Please do not quote me"})
	reading := feedback.Reading{Themes: []string{"respect", "waiting"}, Tone: theme.Well}

	if err := s.Release(ctx, lead, now, c.ID, uuid.New(), "Kind"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("quoted before it was read: %v", err)
	}
	if err := s.Mark(ctx, lead, now, c.ID, 0, reading); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"beside another":   s.Mark(ctx, lead, now, c.ID, 0, reading),
		"ahead of it":      s.Mark(ctx, lead, now, c.ID, 4, reading),
		"of another house": s.Mark(ctx, w.ForeignOHNurse.As(access.Nurse, access.Clinical), now, c.ID, 1, reading),
		"without a theme":  s.Mark(ctx, lead, now, c.ID, 1, feedback.Reading{Tone: theme.Well}),
		"other words":      s.Release(ctx, lead, now, c.ID, uuid.New(), "Slow"),
	} {
		if err == nil {
			t.Errorf("%s: nothing refuses it", name)
		}
	}
	if err := s.Release(ctx, lead, now, c.ID, uuid.New(), "Kind …"); err != nil {
		t.Fatal(err)
	}
	growth := w.OHLead.As(access.Lead, access.Growth)
	if got := caretest.Ask[string](t, db, growth, `select theme || ': ' || words from feedback_quote`); got != "respect: Kind …" {
		t.Errorf("growth reads %q", got)
	}
	if n := caretest.Ask[int](t, db, w.ForeignOHAdmin.As(access.Lead, access.Growth), `select count(id) from feedback_quote where service_id = $1`, w.Service); n != 0 {
		t.Errorf("another service's growth reads %d quotes", n)
	}

	// Who did not agree is not quoted, by the page or by hand.
	if err := s.Mark(ctx, lead, now, private.ID, 0, reading); err != nil {
		t.Fatal(err)
	}
	if err := s.Release(ctx, lead, now, private.ID, uuid.New(), "Please do not quote me"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("quoted without consent: %v", err)
	}
	err := db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into feedback_quote (service_id, id, organisation_id, feedback_id, quotable, month, audience, theme, words, released_at, released_by)
 values ($1, gen_random_uuid(), $2, $3, true, '2026-01-01', 'person', 'waiting', 'x', now(), 'x')`, w.Service, w.Trust, private.ID)
		return err
	})
	if postgres.Code(err) != "23503" {
		t.Errorf("the database lets a quote without consent in: %v", err)
	}

	// Themes are counted once; a comment set aside counts and is shown no more, and its quote goes.
	rebuild(t, db, w, now)
	sum := `select coalesce(sum(n), 0)::int from rollup_feedback_theme`
	if n := caretest.Ask[int](t, db, growth, sum); n != 4 {
		t.Errorf("two comments with two themes each: growth counts %d", n)
	}
	if err := s.Mark(ctx, lead, now, c.ID, 1, feedback.Reading{Aside: true, Themes: []string{"waiting"}}); err != nil {
		t.Fatal(err)
	}
	rebuild(t, db, w, now)
	if n := caretest.Ask[int](t, db, growth, sum); n != 2 {
		t.Errorf("one set aside: growth counts %d", n)
	}
	if n := caretest.Ask[int](t, db, growth, `select count(id) from feedback_quote`); n != 0 {
		t.Errorf("%d quotes of it stand", n)
	}
	r, err := s.Read(ctx, lead, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Comments {
		if x.ID == c.ID && (x.Text != "" || !x.Aside) {
			t.Errorf("shown although set aside: %+v", x)
		}
	}
	for _, x := range r.Themes {
		if !x.N.Hidden() {
			t.Errorf("a count of one comment is shown: %+v", x)
		}
	}
}

// Who is missing is counted in groups; nobody reads which invitation was answered, and by which answer nobody knows.
func TestWhoIsMissing(t *testing.T) {
	s, keys, db, w := open(t)
	ctx, now := t.Context(), time.Now()
	lead := w.OHLead.As(access.Lead, access.Clinical)
	managed := caretest.Managed(t, db, w.Ward, w.Nurse, "back pain", now)
	self := caretest.Self(t, db, w.Peer, "CANARY", now)
	for range 2 { // an appointment and a report ask both
		for id, who := range map[uuid.UUID]world.Who{managed: w.Nurse, self: w.Peer} {
			err := db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
				c := invite.Case{Organisation: w.Trust, Service: w.Service, ID: id, Person: who.Person}
				if err := invite.AskReferrer(ctx, tx, c, []uuid.UUID{w.Ward.Person, w.HR.Person}, now); err != nil {
					return err
				}
				return invite.Ask(ctx, tx, c, now)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	worker := access.SystemActor(access.Worker, w.Trust, w.Service)
	if n := caretest.Ask[int](t, db, worker, `select count(*) from outbox where template = 'feedback_manager_asked' and to_person = $1`, w.Ward.Person); n != 1 {
		t.Errorf("the manager is asked %d times", n)
	}
	if n := caretest.Ask[int](t, db, worker, `select count(*) from outbox where template = 'feedback_manager_asked'`); n != 1 {
		t.Errorf("managers are asked %d times, about a self-referral too", n)
	}
	object := caretest.Ask[uuid.UUID](t, db, worker, `select link_object from outbox where template = 'feedback_manager_asked'`)
	token, err := keys.MintLink(seal.Link{ID: uuid.New(), Purpose: invite.ManagerLink, Organisation: w.Trust, Service: w.Service, Object: object, Expires: now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if x, err := s.Look(ctx, token, now); err != nil || x.State != feedback.Open || x.Audience != invite.Manager {
		t.Fatalf("the manager's link: %+v, %v", x, err)
	}
	if st, f, err := s.Give(ctx, token, now, good); st != feedback.Open || len(f) > 0 || err != nil {
		t.Fatalf("the manager answers: %v %v %v", st, f, err)
	}
	rebuild(t, db, w, now)
	for sql, want := range map[string]int{
		`select sum(asked)::int from rollup_feedback_asked where audience = 'person' and dimension = 'all'`:                      2,
		`select coalesce(sum(answered), 0)::int from rollup_feedback_asked where audience = 'person'`:                            0,
		`select sum(asked)::int from rollup_feedback_asked where audience = 'person' and dimension = 'source' and code = 'self'`: 1,
		`select sum(answered)::int from rollup_feedback_asked where audience = 'manager'`:                                        1,
		`select count(*)::int from rollup_feedback_asked where audience = 'manager' and dimension <> 'all'`:                      0,
	} {
		if n := caretest.Ask[int](t, db, lead, sql); n != want {
			t.Errorf("%s: %d, want %d", sql, n, want)
		}
	}
	// A manager's marks stay apart from those of who was seen.
	if n := caretest.Ask[int](t, db, w.OHLead.As(access.Lead, access.Growth), `select coalesce(sum(n), 0)::int from rollup_feedback where question = 'mattered'`); n != 0 {
		t.Errorf("%d marks of managers are taken for those of who was seen", n)
	}
	r, err := s.Read(ctx, lead, now)
	if err != nil || len(r.Audiences) != 2 || r.Audiences[1].Answers != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, a := range r.Audiences {
		for _, g := range a.Asked {
			if !g.Asked.Hidden() {
				t.Errorf("a group of one is shown: %+v", g)
			}
		}
	}
}

// TestFeedbackWalls knocks at every new table by SQL.
func TestFeedbackWalls(t *testing.T) {
	_, _, db, w := open(t)
	ctx := context.Background()
	employer, growth, portal := w.Ward.As(access.Manager, access.Employer), w.OHLead.As(access.Lead, access.Growth), w.Nurse.As(access.Person, access.Portal)
	clinical := w.OHLead.As(access.Lead, access.Clinical)
	for _, x := range []struct {
		who access.Actor
		sql string
	}{
		{clinical, `select 1 from feedback_asked`}, {clinical, `update feedback_asked set answered = true`},
		{access.SystemActor(access.Hall, w.Trust, w.Service), `select answered from feedback_asked`},
		{access.SystemActor(access.Worker, w.Trust, w.Service), `select id from feedback_asked`},
		{access.SystemActor(access.Worker, w.Trust, w.Service), `select by_name from feedback_reading`},
		{access.SystemActor(access.Worker, w.Trust, w.Service), `select comment from feedback`},
		{clinical, `update feedback_reading set aside = false`}, {clinical, `delete from feedback_reading`},
		{clinical, `update feedback_quote set words = 'x'`},
		{growth, `select feedback_id from feedback_quote`}, {growth, `select released_by from feedback_quote`},
		{growth, `select 1 from rollup_feedback_asked`}, {growth, `select 1 from feedback_reading`}, {growth, `select 1 from feedback`},
		{employer, `select 1 from feedback_quote`}, {employer, `select 1 from rollup_feedback_theme`}, {employer, `select 1 from rollup_feedback_asked`}, {employer, `select 1 from feedback_asked`},
		{portal, `select 1 from feedback_asked`}, {portal, `select 1 from feedback_quote`}, {portal, `select 1 from feedback_reading`},
	} {
		err := db.InTenant(ctx, x.who, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, x.sql)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %s: %v", x.who.Wall, x.sql, err)
		}
	}
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	if _, err := conn.Exec(ctx, `insert into rollup_feedback_asked (service_id, organisation_id, month, audience, dimension, code, asked, answered) values ($1, $2, '2026-06-01', 'person', 'all', '', 9, 1)`, w.Service, w.Trust); err != nil {
		t.Fatal(err)
	}
	if n := caretest.Ask[int](t, db, w.ForeignOHNurse.As(access.Nurse, access.Clinical), `select count(*) from rollup_feedback_asked`); n != 0 {
		t.Errorf("another service reads %d rows of who was asked", n)
	}
}
