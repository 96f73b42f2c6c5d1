package workforce_test

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// TestYears: the years in a band grow from the day on which somebody wrote them down, are the same after a page that left them alone,
// and are a mean with who has come since.
func TestYears(t *testing.T) {
	database := world.Open(t)
	w, ctx := world.New(t, database), context.Background()
	s := workforce.New(workforce.Deps{DB: database, Now: func() time.Time { return now }})
	lead := w.OHLead.As(access.Lead, access.Growth)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	day := func(on string) time.Time { return d(on).UTC().Add(10 * time.Hour) }
	find := func(id uuid.UUID) workforce.Post {
		t.Helper()
		team, err := s.Find(ctx, lead, now)
		must(err)
		p, _ := team.Post(id)
		return p
	}
	has := func(what string, id uuid.UUID, on string, years float64) {
		t.Helper()
		if got := find(id).YearsAt(d(on)); math.Abs(got-years) > 1e-9 {
			t.Errorf("%s: %v years on %s, want %v", what, got, on, years)
		}
	}
	post := workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 4, InPost: 3, VacantSince: d("2026-05-01"), Years: 1.75, Funding: "recurrent"}
	must(s.AddPost(ctx, lead, day("2026-05-01"), post))
	has("as written", post.ID, "2026-05-01", 1.75)
	has("half a year later", post.ID, "2026-11-01", 2.25)
	has("long before", post.ID, "2020-01-01", 0)

	// A page shows 2.25 years on 1 November. Whoever changes the title leaves the day on which 1.75 was true as it is.
	p := find(post.ID)
	in := p.PostIn
	in.Title, in.Years, in.YearsOn = "Nurse adviser", p.YearsShown(d("2026-11-03")), civil.Date{}
	must(s.ChangePost(ctx, lead, day("2026-11-03"), p.Changed, in))
	if p = find(post.ID); p.Title != "Nurse adviser" || p.Years != 1.75 || p.YearsOn != d("2026-05-01") {
		t.Errorf("another title: %+v", p.PostIn)
	}
	in.Years = 3
	must(s.ChangePost(ctx, lead, day("2026-11-04"), p.Changed, in))
	if p = find(post.ID); p.Years != 3 || p.YearsOn != d("2026-11-04") {
		t.Errorf("other years: %+v", p.PostIn)
	}
	in.YearsOn = d("2026-11-20")
	if err := s.ChangePost(ctx, lead, day("2026-11-04"), p.Changed, in); fault.KindOf(err) != fault.Invalid {
		t.Errorf("years of a day to come: %v", err)
	}
	in.YearsOn, in.Years = d("2026-05-01"), 2
	must(s.ChangePost(ctx, lead, day("2026-11-05"), p.Changed, in))

	start := func(post uuid.UUID, at, on string, years float64) error {
		t.Helper()
		left, v := true, workforce.VacancyIn{ID: uuid.New(), Post: post, Source: "national", Advertised: d("2026-05-01")}
		v.Left = &left
		must(s.OpenVacancy(ctx, lead, day(at), v))
		for i, m := range []workforce.Move{{To: workforce.Offered, On: d("2026-05-02"), Starts: d(on)}, {To: workforce.Started, On: d(on), Years: years}} {
			team, err := s.Find(ctx, lead, now)
			must(err)
			x, _ := team.Vacancy(v.ID)
			if err := s.MoveVacancy(ctx, lead, day(at).Add(time.Duration(i+1)*time.Minute), x.Changed, v.ID, m); err != nil {
				return err
			}
		}
		return nil
	}
	// Three nurses of two years on 1 May have 2.5 on 1 November, when a fourth comes.
	must(start(post.ID, "2026-11-09", "2026-11-01", 0))
	has("with a newcomer", post.ID, "2026-11-01", 3*2.5/4)
	has("and on", post.ID, "2027-11-01", 3*2.5/4+1)
	// One leaves: the mean stays. Another comes who had four years in the band elsewhere.
	p = find(post.ID)
	in = p.PostIn
	in.InPost, in.VacantSince, in.Years, in.YearsOn = 3, d("2026-11-08"), p.YearsShown(d("2026-11-09")), civil.Date{}
	must(s.ChangePost(ctx, lead, day("2026-11-09").Add(time.Hour), p.Changed, in))
	has("with one less", post.ID, "2026-11-01", 3*2.5/4)
	must(start(post.ID, "2026-11-10", "2026-11-01", 4))
	has("with an old hand", post.ID, "2026-11-01", (3*(3*2.5/4)+4)/4)

	// Nobody was there: who comes has the years that they bring, not those of the last holder.
	empty := workforce.PostIn{ID: uuid.New(), Title: "Senior OH nurse", Role: "nurse", Band: "7", WTE: 1, Heads: 2, InPost: 0, VacantSince: d("2026-05-01"), Years: 3, Funding: "recurrent"}
	must(s.AddPost(ctx, lead, day("2026-11-09"), empty))
	has("empty", empty.ID, "2026-11-09", 0)
	must(start(empty.ID, "2026-11-09", "2026-08-01", 0))
	has("filled in August", empty.ID, "2026-11-01", 0.25)
	// Somebody whose start is written down late has come before the others' years were: all are reckoned on that later day.
	must(s.ChangePost(ctx, lead, day("2026-11-10"), find(empty.ID).Changed, workforce.PostIn{ID: empty.ID, Title: "Senior OH nurse", Role: "nurse", Band: "7", WTE: 1, Heads: 2, InPost: 1, VacantSince: d("2026-05-01"), Years: 2, YearsOn: d("2026-11-01"), Funding: "recurrent"}))
	must(start(empty.ID, "2026-11-10", "2026-08-01", 0))
	has("a start that was written down late", empty.ID, "2026-11-01", (2+0.25)/2)

	other := workforce.PostIn{ID: uuid.New(), Title: "Bank nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 1, VacantSince: d("2026-05-01"), Funding: "recurrent"}
	must(s.AddPost(ctx, lead, day("2026-11-09"), other))
	if err := start(other.ID, "2026-11-10", "2026-08-01", -1); fault.KindOf(err) != fault.Invalid {
		t.Errorf("less than no years: %v", err)
	}
}
