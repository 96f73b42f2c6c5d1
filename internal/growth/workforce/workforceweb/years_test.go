package workforceweb_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestYearsInTheBand: the form asks for the years as at today, and leaves alone what its reader does not change; whoever fills a post may
// say what years the newcomer brings.
func TestYearsInTheBand(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	actor := w.OHLead.As(access.Lead, access.Growth)
	lead := webtest.New(t, now, workforceweb.Routes(s), workforce.Rules).As(actor)
	d := civil.MustParse
	post := workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 2, InPost: 1, VacantSince: d("2026-05-10"), Years: 1.75, YearsOn: d("2026-05-10"), Funding: "recurrent"}
	if err := s.AddPost(t.Context(), actor, now.Add(-time.Hour), post); err != nil {
		t.Fatal(err)
	}
	is := func(years float64, on string) {
		t.Helper()
		team, err := s.Find(t.Context(), actor, now)
		if err != nil {
			t.Fatal(err)
		}
		if p, _ := team.Post(post.ID); p.Years != years || p.YearsOn != d(on) {
			t.Errorf("%v years on %s, want %v on %s", p.Years, p.YearsOn, years, on)
		}
	}
	path := "/workforce/posts/" + post.ID.String()
	lead.Get("/workforce").Want(200).Says("Years in the band, on average", "2.3")
	f := lead.Get(path).Want(200).Says("as at today").Form()
	if f.Get("years") != "2.25" {
		t.Errorf("the form begins with %s years", f.Get("years"))
	}
	lead.Post(path, with(f, "title", "Nurse adviser")).To("/workforce")
	is(1.75, "2026-05-10")
	lead.Post(path, with(lead.Get(path).Form(), "years", "3")).To("/workforce")
	is(3, "2026-11-10")

	f = lead.Get("/workforce/pipeline/add").Want(200).Form()
	lead.Post("/workforce/pipeline/add", with(f, append(date("advertised", "11", "5", "2026"), "for", "post "+post.ID.String(), "left", "yes", "source", "national")...)).To("/workforce/pipeline")
	team, err := s.Find(t.Context(), actor, now)
	if err != nil || len(team.Vacancies) != 1 {
		t.Fatal(team.Vacancies, err)
	}
	path = team.Vacancies[0].Path()
	f = lead.Get(path).Want(200).Hides("Years in the band already").Form()
	lead.Post(path, with(f, append(append(date("on", "1", "6", "2026"), date("starts", "9", "11", "2026")...), "to", "offered")...)).To("/workforce/pipeline")
	f = with(lead.Get(path).Want(200).Says("Years in the band already").Form(), append(date("on", "10", "11", "2026"), "to", "started", "entry", "sixty")...)
	if got := lead.Post(path, f).Want(422).Errors(); len(got) != 1 || got[0] != "Enter the years in the band, from 0 to 50" {
		t.Errorf("errors %q", got)
	}
	lead.Post(path, with(f, "entry", "5")).To("/workforce/pipeline")
	is(4, "2026-11-10")
}
