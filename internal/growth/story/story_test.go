package story_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storytest"
	"github.com/rowan-ohwb/rowan/internal/growth/story/storyview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var now = storytest.Now

func TestCheckWords(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*story.In)
		want   string
	}{
		"good":                       {func(*story.In) {}, ""},
		"empty":                      {func(in *story.In) { *in = story.In{} }, "place driver title need done failed contact review ends"},
		"nothing failed":             {func(in *story.In) { in.Failed = " " }, "failed"},
		"a person":                   {func(in *story.In) { in.Done = "Dr Smith saw them" }, "done"},
		"a person to ask":            {func(in *story.In) { in.Contact = "Dr Smith" }, "contact"},
		"an address of a team":       {func(in *story.In) { in.Contact = "Staff Health, staff.health@example.org, 01632 960001" }, ""},
		"looked at today":            {func(in *story.In) { in.Review = locale.Day(now) }, "review"},
		"ends before it is reviewed": {func(in *story.In) { in.Ends = in.Review.AddDays(-1) }, "ends"},
		"ends in four years":         {func(in *story.In) { in.Ends = locale.Day(now).AddMonths(48) }, "ends"},
		"long":                       {func(in *story.In) { in.Need = strings.Repeat("x", story.MostWords+1) }, "need"},
	} {
		in := storytest.In()
		x.change(&in)
		var got []string
		for _, f := range in.Check(locale.Day(now)) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	s := story.Story{In: storytest.In(), State: story.Published}
	if s.Due(s.Review.AddDays(-1)) || !s.Due(s.Review) || s.Lapsed(s.Ends) || !s.Lapsed(s.Ends.AddDays(1)) || s.Soon(s.Ends.AddDays(-31)) || !s.Soon(s.Ends.AddDays(-30)) || s.Shown(s.Ends.AddDays(1)) {
		t.Error("due, soon or lapsed on the wrong day")
	}
}

// TestLife: what is written by one is checked by another, and published as it was checked.
func TestLife(t *testing.T) {
	h := storytest.New(t)
	ctx, in := t.Context(), storytest.In()
	in.Place = story.Public
	for range 2 { // a second press
		h.OK(h.S.Save(ctx, h.Lead, now, in))
	}
	h.OK(h.S.Measure(ctx, h.Lead, now, in.ID, story.MeasureIn{Ref: storytest.Waits, Action: h.Action, Version: 1}))
	x := h.Find(in.ID)
	if len(x.Effects) != 2 || x.Cost != "£1,000" || x.ActionTitle != "Thursday clinic" || !strings.Contains(x.Cited, "Waits: 15 days (January 2026)") {
		t.Fatalf("measured: %+v", x)
	}
	if err := h.S.Check(ctx, h.Lead, now, in.ID, 2); fault.KeyOf(err) != "story.own" {
		t.Errorf("checked by who wrote it: %v", err)
	}
	if err := h.S.Publish(ctx, h.Lead, now, in.ID, 2); fault.KindOf(err) != fault.Conflict {
		t.Errorf("published unchecked: %v", err)
	}
	h.OK(h.S.Check(ctx, h.Admin, now, in.ID, 2))
	in.Version = 3
	if err := h.S.Save(ctx, h.Lead, now, in); fault.KindOf(err) != fault.Conflict {
		t.Errorf("changed after it was checked: %v", err)
	}
	// given back, who wrote the first part may check what the other changes
	h.OK(h.S.Return(ctx, h.Admin, now, in.ID, 3, "Say how many clinics"))
	in.Version, in.Done = 4, "Three more clinics a week"
	h.OK(h.S.Save(ctx, h.Admin, now, in))
	if err := h.S.Check(ctx, h.Admin, now, in.ID, 5); fault.KeyOf(err) != "story.own" {
		t.Errorf("checked by who changed it: %v", err)
	}
	h.OK(h.S.Check(ctx, h.Lead, now, in.ID, 5))
	if n := len(h.Public(now)); n != 0 {
		t.Errorf("%d are public before they are published", n)
	}
	h.OK(h.S.Publish(ctx, h.Lead, now, in.ID, 6))
	all := h.Public(now)
	if len(all) != 1 || all[0].Done != in.Done || len(all[0].Effects) != 2 || all[0].By != "" {
		t.Fatalf("public: %+v", all)
	}
	if e, ok := all[0].Main(); !ok || e.Sentence != "It fell." || len(e.Months) != 3 || e.Readings[2] != 8 {
		t.Errorf("its chart: %+v", e)
	}
	if n := len(h.Public(now.AddDate(2, 0, 1))); n != 0 {
		t.Errorf("%d are public after their last day", n)
	}

	// another follows it
	next := uuid.New()
	h.OK(h.S.Follow(ctx, h.Lead, now, in.ID, next))
	if err := h.S.Follow(ctx, h.Lead, now, in.ID, uuid.New()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("two follow one: %v", err)
	}
	h.OK(h.S.Check(ctx, h.Admin, now, next, 1))
	if all := h.Public(now); len(all) != 1 || all[0].ID != in.ID {
		t.Errorf("the first is gone before the second is there")
	}
	h.OK(h.S.Publish(ctx, h.Lead, now, next, 2))
	if all := h.Public(now); len(all) != 1 || all[0].ID != next || len(all[0].Effects) != 2 {
		t.Errorf("after the second: %+v", all)
	}
	h.OK(h.S.Withdraw(ctx, h.Lead, now, next, "The clinic is closed"))
	if n := len(h.Public(now)); n != 0 {
		t.Errorf("%d are public that are withdrawn", n)
	}
	if x := h.Find(in.ID); x.State != story.Replaced {
		t.Errorf("the first is %s", x.State)
	}
}

// TestNoneIsLeftOut: every judged forecast of the action is shown, and one that is judged meanwhile sends the story back.
func TestNoneIsLeftOut(t *testing.T) {
	h := storytest.New(t)
	ctx, in := t.Context(), storytest.In()
	h.OK(h.S.Save(ctx, h.Lead, now, in))
	h.OK(h.S.Measure(ctx, h.Lead, now, in.ID, story.MeasureIn{Action: h.Action, Forecast: h.Effects[2].Forecast, Version: 1}))
	if x := h.Find(in.ID); len(x.Effects) != 3 {
		t.Fatalf("%d effects, want the two of the action and the one that was chosen", len(x.Effects))
	}
	if e, _ := h.Find(in.ID).Main(); e.Forecast != h.Effects[2].Forecast {
		t.Error("the chart is not of the one that was chosen")
	}
	late := h.Judge(h.Action, "no_claim")
	if err := h.S.Check(ctx, h.Admin, now, in.ID, 2); fault.KeyOf(err) != "story.judged" {
		t.Errorf("checked without a forecast that was judged since: %v", err)
	}
	if x := h.Find(in.ID); len(x.Effects) != 4 || x.State != story.Drafted {
		t.Errorf("%d effects, %s", len(x.Effects), x.State)
	}
	h.OK(h.S.Check(ctx, h.Admin, now, in.ID, 2))
	h.Judge(h.Action, "other_way")
	if err := h.S.Publish(ctx, h.Lead, now, in.ID, 3); fault.KeyOf(err) != "story.since" {
		t.Errorf("published without a forecast that was judged since: %v", err)
	}
	h.Effects[3].Today = "It would now say more"
	x := h.Find(in.ID)
	for _, e := range x.Effects {
		if (e.Today != "") != (e.Forecast == late) {
			t.Errorf("what the months say today: %+v", e)
		}
	}
	for name, in := range map[string]story.MeasureIn{"action": {Action: uuid.New()}, "forecast": {Forecast: uuid.New()}, "figure": {Ref: figure.Ref{Kind: "test", Name: "none"}}} {
		if err := h.S.Measure(ctx, h.Lead, now, x.ID, in); fault.KindOf(err) != fault.NotFound {
			t.Errorf("measured by %s that is not there: %v", name, err)
		}
	}
}

// TestNotMadeBetter: by SQL neither the verdict nor what was checked can be made better.
func TestNotMadeBetter(t *testing.T) {
	h := storytest.New(t)
	ctx, in := t.Context(), storytest.In()
	h.OK(h.S.Save(ctx, h.Lead, now, in))
	h.OK(h.S.Measure(ctx, h.Lead, now, in.ID, story.MeasureIn{Action: h.Action, Version: 1}))
	tried := func(sql string, args ...any) string {
		t.Helper()
		return postgres.Code(h.DB.InTenant(ctx, h.Lead, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql, args...)
			return err
		}))
	}
	if code := tried(`update story_effect set mean_after = 1`); code != postgres.PermissionDenied {
		t.Errorf("a mean changed: %q", code)
	}
	const better = `insert into story_effect (organisation_id, story_id, forecast_id, shown, judgement, fingerprint, mean_before, mean_after, low, high, title, foretold, tag, sentence, caution, explanations, figure, version, source, months,
		readings, withheld, start_on, due_month, foretold_low, foretold_high, chance_text, foretold_text, judged_at) select organisation_id, story_id, $2, shown, judgement, fingerprint, mean_before, mean_after - 1, low, high, title, foretold, tag, sentence, caution, explanations, figure, version, source, months,
		readings, withheld, start_on, due_month, foretold_low, foretold_high, chance_text, foretold_text, judged_at from story_effect where story_id = $1 limit 1`
	if code := tried(better, in.ID, h.Effects[2].Forecast); code != "23503" {
		t.Errorf("a verdict that nobody gave: %q", code)
	}
	if code := tried(`update story set state = 'checked', checked_at = now(), checked_by = 'me', checker = $2 where id = $1`, in.ID, h.Lead.Account); code != "23514" {
		t.Errorf("checked by who wrote it: %q", code)
	}
	h.OK(h.S.Check(ctx, h.Admin, now, in.ID, 2))
	for name, sql := range map[string]string{"words": `update story set failed = 'Nothing' where id = $1`, "an effect": `delete from story_effect where story_id = $1`} {
		if code := tried(sql, in.ID); code != postgres.Locked {
			t.Errorf("%s changed after the check: %q", name, code)
		}
	}
}

// TestWhoReads: communications see what is meant for the public, others what is published, another service nothing, and whoever is
// not signed in no draft and no name.
func TestWhoReads(t *testing.T) {
	h := storytest.New(t)
	ctx := t.Context()
	inside, public := storytest.In(), storytest.In()
	public.Place = story.Public
	h.OK(h.S.Save(ctx, h.Lead, now, inside))
	h.OK(h.S.Save(ctx, h.Comms, now, public))
	seen := func(a access.Actor) (n int) {
		t.Helper()
		all, err := h.S.List(ctx, a, now)
		h.OK(err)
		return len(all)
	}
	for name, x := range map[string]struct {
		a    access.Actor
		want int
	}{"lead": {h.Lead, 2}, "communications": {h.Comms, 1}, "guardian": {h.Guardian, 0}} {
		if n := seen(x.a); n != x.want {
			t.Errorf("%s sees %d drafts", name, n)
		}
	}
	if _, err := h.S.Find(ctx, h.Comms, now, inside.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("communications open a story for inside: %v", err)
	}
	own := storytest.In()
	if err := h.S.Save(ctx, h.Comms, now, own); fault.KindOf(err) != fault.NotFound {
		t.Errorf("communications write for inside: %v", err)
	}
	public.Version, public.Place = 1, story.Inside
	if err := h.S.Save(ctx, h.Comms, now, public); fault.KindOf(err) != fault.NotFound {
		t.Errorf("communications move a story inside: %v", err)
	}
	for _, id := range []uuid.UUID{inside.ID, public.ID} {
		h.OK(h.S.Check(ctx, h.Admin, now, id, 1))
		h.OK(h.S.Publish(ctx, h.Lead, now, id, 2))
	}
	if n := seen(h.Guardian); n != 2 {
		t.Errorf("the guardian reads %d", n)
	}
	if n := seen(access.Actor{Role: access.Lead, Wall: access.Growth, Organisation: h.W.Other, Service: h.W.OtherService}); n != 0 {
		t.Errorf("another service reads %d", n)
	}
	hall := access.Actor{Role: access.Anonymous, Wall: access.Hall}
	h.OK(h.DB.InTenant(ctx, hall, func(tx *postgres.Tx) error {
		var n int
		err := tx.QueryRow(ctx, `select count(id) from story where service_id = $1`, h.W.Service).Scan(&n)
		if n != 1 {
			t.Errorf("whoever is not signed in reads %d by SQL", n)
		}
		return err
	}))
	for _, sql := range []string{`select changed_by from story`, `select state from story`, `select fingerprint from story_effect`, `update story set shown = true`} {
		err := h.DB.InTenant(ctx, hall, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for _, wall := range []access.Wall{access.Employer, access.Clinical, access.Portal, access.Worker, access.Audit} {
		err := h.DB.InTenant(ctx, h.Lead.At(wall), func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, `select id from story`)
			return err
		})
		if postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s reads stories: %v", wall, err)
		}
	}
}

// TestWithheld: months that are not told are not on the chart, and take with them what was made of all months; a check sees when they are others; a
// figure that would tell a small number is no need.
func TestWithheld(t *testing.T) {
	h := storytest.New(t)
	ctx, in := t.Context(), storytest.In()
	in.Place = story.Public
	e := h.Effects[0]
	if same := e.Without(nil, "x", "y"); same.Sentence != e.Sentence || !same.Means() {
		t.Errorf("nothing is withheld: %+v", same)
	}
	h.OK(h.S.Save(ctx, h.Lead, now, in))
	h.OK(h.S.Measure(ctx, h.Lead, now, in.ID, story.MeasureIn{Action: h.Action, Version: 1}))
	h.Effects[0] = e.Without(e.Months[:1], "Judged by all months.", "Not on the chart: January 2026")
	if err := h.S.Check(ctx, h.Admin, now, in.ID, 2); fault.KeyOf(err) != "story.judged" {
		t.Errorf("a month is withheld since: %v", err)
	}
	h.OK(h.S.Check(ctx, h.Admin, now, in.ID, h.Find(in.ID).Version))
	h.OK(h.S.Publish(ctx, h.Lead, now, in.ID, h.Find(in.ID).Version))
	all := h.Public(now)
	i := slices.IndexFunc(all[0].Effects, func(x story.Effect) bool { return x.Forecast == e.Forecast })
	got := all[0].Effects[i]
	if got.Means() || got.Low != 0 || got.High != 0 || got.ChanceText != "" || len(got.Months) != 2 || got.Readings[0] != 11 || got.Sentence != "Judged by all months." || !slices.Contains(got.Caution, "Not on the chart: January 2026") {
		t.Errorf("public: %+v", got)
	}
	line := storyview.Drawn(ctx, got)
	if len(line.Bands) != 0 || len(line.Dates) != 4 || line.Values[0].Known || !line.Values[1].Known {
		t.Errorf("drawn: %+v", line)
	}
	small := story.New(story.Deps{DB: h.DB, Figures: h.Library, Citable: func(context.Context, access.Actor, figure.Figure) (bool, error) { return false, nil },
		Actions: func(context.Context, access.Actor) ([]story.Action, error) { return nil, nil },
		Effects: func(context.Context, access.Actor, time.Time) ([]story.Effect, error) { return nil, nil }})
	next := storytest.In()
	h.OK(small.Save(ctx, h.Lead, now, next))
	if err := small.Measure(ctx, h.Lead, now, next.ID, story.MeasureIn{Ref: storytest.Waits, Version: 1}); fault.KeyOf(err) != story.ErrSmall {
		t.Errorf("a need that tells a small number: %v", err)
	}
}
