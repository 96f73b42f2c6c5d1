package voice_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/voice"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func entry() voice.Entry {
	return voice.Entry{ID: uuid.New(), Theme: "waiting", Said: "It took too long", Did: "We opened a clinic on Thursdays", Review: locale.Day(now).AddMonths(6)}
}

func TestCheck(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*voice.Entry)
		want   int
	}{
		"good":     {func(*voice.Entry) {}, 0},
		"empty":    {func(e *voice.Entry) { *e = voice.Entry{} }, 4},
		"theme":    {func(e *voice.Entry) { e.Theme = "diagnosis" }, 1},
		"a person": {func(e *voice.Entry) { e.Said = "Dr Smith was late" }, 1},
		"past":     {func(e *voice.Entry) { e.Review = locale.Day(now) }, 1},
		"far":      {func(e *voice.Entry) { e.Review = locale.Day(now).AddMonths(25) }, 1},
	} {
		e := entry()
		x.change(&e)
		if f := e.Check(theme.List(), locale.Day(now)); len(f) != x.want {
			t.Errorf("%s: %v", name, f)
		}
	}
	e := entry()
	e.State = voice.Published
	if e.Due(e.Review.AddDays(-1)) || !e.Due(e.Review) {
		t.Error("due on the wrong day")
	}
}

func TestLife(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), t.Context()
	action := uuid.New()
	s := voice.New(voice.Deps{DB: db, Actions: func(context.Context, access.Actor) ([]voice.Action, error) {
		return []voice.Action{{ID: action, Title: "Thursday clinic"}}, nil
	}})
	lead, staff := w.OHLead.As(access.Lead, access.Growth), w.Nurse.As(access.Person, access.Portal)
	read := func(a access.Actor) int {
		t.Helper()
		all, err := s.Published(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	e := entry()
	e.Action = uuid.New()
	if err := s.Keep(ctx, lead, now, e); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an action that is not there: %v", err)
	}
	e.Action = action
	for range 2 { // a second press
		ok(s.Keep(ctx, lead, now, e))
	}
	if n := read(staff); n != 0 {
		t.Errorf("staff read %d drafts", n)
	}
	err := db.InTenant(ctx, staff, func(tx *postgres.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `select count(id) from said_did`).Scan(&n); err != nil || n != 0 {
			t.Errorf("by SQL they read %d drafts (%v)", n, err)
		}
		_, err := tx.Exec(ctx, `select review_on from said_did`)
		return err
	})
	if postgres.Code(err) != postgres.PermissionDenied {
		t.Errorf("staff read when it is looked at again: %v", err)
	}
	e.Version, e.Did = 1, "We opened two clinics"
	ok(s.Keep(ctx, lead, now, e))
	if err := s.Keep(ctx, lead, now, e); fault.KindOf(err) != fault.Conflict {
		t.Errorf("changed over somebody else's change: %v", err)
	}
	ok(s.Publish(ctx, lead, now, e.ID))
	all, err := s.Published(ctx, staff)
	if err != nil || len(all) != 1 || all[0].Did != "We opened two clinics" || all[0].Published != locale.Day(now) {
		t.Errorf("staff read %+v, %v", all, err)
	}
	if n := read(access.Actor{Role: access.Person, Wall: access.Portal, Organisation: w.Other, Service: w.OtherService}); n != 0 {
		t.Errorf("staff of another service read %d", n)
	}
	if err := s.Publish(ctx, lead, now, e.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("published twice: %v", err)
	}
	ok(s.Withdraw(ctx, lead, now, e.ID))
	if n := read(staff); n != 0 {
		t.Errorf("staff read %d that are withdrawn", n)
	}
	e.Version = 2
	if err := s.Keep(ctx, lead, now, e); fault.KindOf(err) != fault.Conflict {
		t.Errorf("changed after it was withdrawn: %v", err)
	}
}

// What is heard is counted from the roll-ups, and nothing of a few is shown.
func TestHear(t *testing.T) {
	db := world.Open(t)
	w, ctx := world.New(t, db), t.Context()
	s := voice.New(voice.Deps{DB: db})
	conn, err := pgx.Connect(ctx, world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	for sql, rows := range map[string][][]any{
		`insert into rollup_feedback (service_id, organisation_id, month, question, score, n) values ($1, $2, '2026-10-01', $3, $4, $5)`: {
			{"invited", 0, 30}, {"communication", 5, 6}, {"communication", 4, 6}, {"mattered", 5, 9}, {"manager.mattered", 3, 20}},
		`insert into rollup_feedback_theme (service_id, organisation_id, month, audience, theme, tone, n) values ($1, $2, '2026-10-01', 'person', $3, $4, $5)`: {
			{"waiting", "better", 12}, {"waiting", "well", 3}},
	} {
		for _, r := range rows {
			if _, err := conn.Exec(ctx, sql, append([]any{w.Service, w.Trust}, r...)...); err != nil {
				t.Fatal(err)
			}
		}
	}
	h, err := s.Hear(ctx, w.OHLead.As(access.Lead, access.Growth), now)
	if err != nil {
		t.Fatal(err)
	}
	if x := h.Scores[0]; !x.Shown || x.Mean != 4.5 || x.N.String() != "10" {
		t.Errorf("kept informed: %+v", x)
	}
	if x := h.Scores[2]; x.Shown || !x.N.Hidden() {
		t.Errorf("of nine: %+v", x)
	}
	if x := h.Scores[5]; !x.Shown || x.Mean != 3 {
		t.Errorf("managers: %+v", x)
	}
	if h.Rate.String() != "33%" {
		t.Errorf("rate %s", h.Rate)
	}
	if len(h.Themes) != 2 || h.Themes[0].Tone != "well" || !h.Themes[0].N.Hidden() || h.Themes[1].N.String() != "10" {
		t.Errorf("themes %+v", h.Themes)
	}
	if h, err := s.Hear(ctx, access.Actor{Role: access.Lead, Wall: access.Growth, Organisation: w.Other, Service: w.OtherService}, now); err != nil || h.Scores[0].Shown || len(h.Themes) > 0 {
		t.Errorf("another service hears %+v, %v", h, err)
	}
}
