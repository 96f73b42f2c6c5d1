package workforceweb_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestTwice plans the same posts twice: the second time it is asked, and said where the effect is seen.
func TestTwice(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead := webtest.New(t, now, workforceweb.Routes(s), workforce.Rules).As(actor)

	// What a link proposes stands in the form; what is none of ours does not.
	f := lead.Get("/workforce/changes/add?role=nurse&band=6&number=2&wte=0.8&from=2027-10-01").Want(200).Hides("Planned already").Form()
	for name, want := range map[string]string{"kind": "new", "title": "Occupational health nurse", "role": "nurse", "band": "6", "heads": "2", "wte": "0.8", "from": "2027-10-01"} {
		if got := f.Get(name); got != want {
			t.Errorf("%s begins with %q, want %q", name, got, want)
		}
	}
	if got := lead.Get("/workforce/changes/add?kind=new&role=nurse").Form().Get("title"); got != "Occupational health nurse" {
		t.Errorf("the title begins with %q", got)
	}
	if got := lead.Get("/workforce/changes/add?role=nurse&from=2027-10-02").Form().Get("from"); got != "2027-04-01" {
		t.Errorf("a day that begins no quarter is offered: %s", got)
	}
	if got := lead.Get("/workforce/changes/add?role=development-nurse&number=3").Want(200).Says("Length of the course").Form(); got.Get("kind") != "development" || got.Get("heads") != "3" {
		t.Errorf("a trainee begins with %v", got)
	}
	lead.Get("/workforce/changes/add?role=cook").Want(200).Says("What kind of change do you plan?")

	f["in"] = []string{"preferred", "maximum"}
	f = with(f, "from", "2027-04-01")
	to := lead.Post("/workforce/changes/add", f).To("/workforce/plan?saved=")
	page := lead.Get(to).Want(200).Says("Saved", "2 new posts: Occupational health nurse, Band 6, 0.8 WTE each: April to June 2027, Preferred, Do maximum", "See the wait that it brings", "See the cost", "Update the case")
	for _, link := range []string{"/capacity?option=preferred", "/workforce/costs?option=preferred", "/investment/case"} {
		if !slices.Contains(page.Links(), link) {
			t.Errorf("no link to %s in %q", link, page.Links())
		}
	}
	lead.Get("/workforce/plan").Want(200).Hides("See the wait")
	lead.Post("/workforce/changes/add", f).To(to) // the same form again is the same posts

	again := with(lead.Get("/workforce/changes/add?kind=new").Want(200).Says("Planned already", "2 new posts: Occupational health nurse").Hides("on top of what is planned").Form(),
		"title", "Another title", "role", "nurse", "band", "6", "heads", "1", "wte", "1", "in", "preferred")
	asked := lead.Post("/workforce/changes/add", again).Want(422)
	if got, want := asked.Errors(), []string{"Occupational health nurse, 1.6 WTE, is already planned in Preferred from April 2027. Change that post, or say that this one comes on top of it"}; !slices.Equal(got, want) {
		t.Fatalf("errors %q, want %q", got, want)
	}
	page = asked.Says("Is the new post on top of what is planned?", "The post that is already planned")
	for _, path := range []string{strings.Replace(to, "/workforce/plan?saved=", "/workforce/changes/", 1)} {
		if n := strings.Count(strings.Join(page.Links(), " "), path); n != 2 { // among all, and by itself
			t.Errorf("%d links to %s in %q", n, path, page.Links())
		}
	}
	change := workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "Another title", Role: "nurse", Band: "6", From: civil.MustParse("2027-04-01"), WTE: 1, Heads: 1, In: map[option.Option]bool{option.Preferred: true}}
	if err := s.PlanChange(t.Context(), actor, now, change); fault.KindOf(err) != fault.Invalid {
		t.Errorf("the command takes it in silence: %v", err)
	}
	for name, other := range map[string][]string{"another band": {"band", "7"}, "another quarter": {"from", "2028-04-01"}, "another role": {"role", "physiotherapist"}, "another option": {"in", "minimum"}} {
		form := with(again, append(other, "id", uuid.NewString())...)
		if p := lead.Post("/workforce/changes/add", form); p.Status != 303 {
			t.Errorf("%s is asked about: %q", name, p.Errors())
		}
	}
	lead.Post("/workforce/changes/add", with(asked.Form(), "more", "yes")).To("/workforce/plan?saved=")
	if n := strings.Count(lead.Get("/workforce/plan").Text(), "1 new post: Another title, Band 6, 1 WTE"); n != 4 { // with another quarter, role and option
		t.Errorf("%d posts are planned", n)
	}
}

// TestEmptyFor: a post that was advertised again a week ago has been empty since its seat was.
func TestEmptyFor(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	actor := w.OHLead.As(access.Lead, access.Growth)
	post := nurses(2, "OH nurse", "6", 3)
	post.InPost, post.VacantSince = 1, civil.MustParse("2025-05-01")
	if err := s.AddPost(t.Context(), actor, now, post); err != nil {
		t.Fatal(err)
	}
	left := false
	if err := s.OpenVacancy(t.Context(), actor, now, workforce.VacancyIn{ID: uuid.New(), Post: post.ID, Left: &left, Source: "national", Advertised: civil.MustParse("2026-11-03")}); err != nil {
		t.Fatal(err)
	}
	webtest.New(t, now, workforceweb.Routes(s), workforce.Rules).As(actor).Get("/workforce/pipeline").Want(200).Says("Days the post has been empty", "558").Hides("Days since advert")
}

// TestDay: a planned change may say the day within its quarter; another quarter's day is refused and kept, and the plan shows the day.
func TestDay(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead := webtest.New(t, now, workforceweb.Routes(s), workforce.Rules).As(actor)
	f := lead.Get("/workforce/changes/add?role=nurse&band=6&number=1&wte=1").Want(200).Says("On which day of that quarter?").Form()
	f["in"] = []string{"preferred"}
	for _, bad := range [][3]string{{"1", "7", "2027"}, {"31", "3", "2027"}, {"31", "4", "2027"}} {
		f = with(with(with(f, "from_day-day", bad[0]), "from_day-month", bad[1]), "from_day-year", bad[2])
		if got := lead.Post("/workforce/changes/add", f).Want(422).Form(); got.Get("from_day-day") != bad[0] {
			t.Errorf("what was typed is lost: %v", got)
		}
	}
	f = with(with(f, "from_day-day", "17"), "from_day-month", "5")
	to := lead.Post("/workforce/changes/add", f).To("/workforce/plan?saved=")
	lead.Get(to).Want(200).Says("17 May 2027")
	team, err := s.Find(t.Context(), actor, now)
	if err != nil || len(team.Changes) != 1 {
		t.Fatal(err, team.Changes)
	}
	c := team.Changes[0]
	if in := team.Input().Changes[0]; c.Begins() != civil.MustParse("2027-05-17") || in.From != c.Begins() || c.From != civil.MustParse("2027-04-01") {
		t.Errorf("it begins on %s, in the quarter from %s; the projection has %s", c.Begins(), c.From, in.From)
	}
	// Without the day it counts from the first of the quarter again.
	edit := lead.Get(c.Path()).Want(200).Form()
	if edit.Get("from_day-day") != "17" || edit.Get("from_day-month") != "5" || edit.Get("from_day-year") != "2027" {
		t.Errorf("the form has forgotten the day: %v", edit)
	}
	lead.Post(c.Path(), with(with(with(edit, "from_day-day", ""), "from_day-month", ""), "from_day-year", "")).To("/workforce/plan?saved=")
	lead.Get("/workforce/plan").Want(200).Says("April to June 2027").Hides("17 May 2027")
}
