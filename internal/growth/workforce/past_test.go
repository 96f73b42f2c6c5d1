package workforce_test

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// TestGained: what the team has beyond the year before is nothing where nobody came or left; half of a newcomer of its middle, and the
// ramp on top; less what left in it, whether the seat is empty or the post has ended.
func TestGained(t *testing.T) {
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
	from, to := d("2025-11-10"), d("2026-11-08") // 52 weeks; the middle is 11 May
	gained := func() (hours map[string]float64, one float64) {
		t.Helper()
		must(database.InTenant(ctx, lead, func(tx *postgres.Tx) (err error) {
			if hours, err = s.Gained(ctx, tx, from, to); err != nil {
				return err
			}
			quarters, err := s.Staffing(ctx, tx, option.Nothing)
			for _, r := range quarters[0].Roles {
				if r.Role == "nurse" {
					one = r.ClinicalHours / r.WTE
				}
			}
			return err
		}))
		return hours, one
	}
	is := func(what string, role string, heads float64) {
		t.Helper()
		if hours, one := gained(); math.Abs(hours[role]-heads*one) > 1e-9 {
			t.Errorf("%s: %.4f hours, want %.4f", what, hours[role], heads*one)
		}
	}
	post := workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 2, InPost: 2, Years: 3, Funding: "recurrent"}
	must(s.AddPost(ctx, lead, now, post))
	must(s.SetPlan(ctx, lead, now, workforce.PlanIn{Start: d("2026-10-01"), Served: 5000, Leave: 29, Study: 5, Sickness: 5, RampMonths: 0}))
	is("nobody came or left", "nurse", 0)

	change := func(to workforce.PostIn) {
		t.Helper()
		team, err := s.Find(ctx, lead, now)
		must(err)
		p, _ := team.Post(to.ID)
		must(s.ChangePost(ctx, lead, p.Changed.Add(time.Minute), p.Changed, to))
	}
	left := post
	left.InPost, left.VacantSince = 1, d("2026-05-11")
	change(left)
	is("one left in the middle", "nurse", -0.5)

	start := func(v workforce.VacancyIn, on civil.Date) {
		t.Helper()
		must(s.OpenVacancy(ctx, lead, now, v))
		for _, m := range []workforce.Move{{To: workforce.Offered, On: v.Advertised, Starts: on}, {To: workforce.Started, On: on}} {
			team, err := s.Find(ctx, lead, now)
			must(err)
			x, _ := team.Vacancy(v.ID)
			must(s.MoveVacancy(ctx, lead, now.Add(time.Minute), x.Changed, v.ID, m))
		}
	}
	start(workforce.VacancyIn{ID: uuid.New(), Post: post.ID, Left: new(true), Source: "national", Advertised: d("2026-05-11")}, d("2026-08-10"))
	is("the seat was empty for a quarter of the year", "nurse", 0.25)
	must(s.SetPlan(ctx, lead, now, workforce.PlanIn{Start: d("2026-10-01"), Served: 5000, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	if hours, one := gained(); hours["nurse"] < 0.25*one+0.25*0.2*one || hours["nurse"] > 0.25*one+0.25*0.5*one {
		t.Errorf("with the ramp %.3f hours of %.3f", hours["nurse"], one)
	}
	must(s.SetPlan(ctx, lead, now, workforce.PlanIn{Start: d("2026-10-01"), Served: 5000, Leave: 29, Study: 5, Sickness: 5, RampMonths: 0}))

	second := workforce.PostIn{ID: uuid.New(), Title: "Bank nurse", Role: "nurse", Band: "6", WTE: 0.5, Heads: 1, InPost: 1, Funding: "recurrent"}
	must(s.AddPost(ctx, lead, now, second))
	must(s.EndPost(ctx, lead, now, second.ID, d("2026-05-11")))
	is("and a post of half the time ended in the middle", "nurse", 0.25-0.5*0.5)
	must(s.AddPost(ctx, lead, now, workforce.PostIn{ID: uuid.New(), Title: "Older", Role: "nurse", Band: "6", WTE: 1, Heads: 1, InPost: 1, Funding: "recurrent"}))
	is("one who was there is no change", "nurse", 0)

	// Somebody starts in a planned post in the middle of the year. Whatever doing nothing says of it, what the team had is half of it more.
	nothing := func() (sum float64) {
		t.Helper()
		must(database.InTenant(ctx, lead, func(tx *postgres.Tx) error {
			quarters, err := s.Staffing(ctx, tx, option.Nothing)
			for _, r := range quarters[0].Roles {
				if r.Role == "nurse" {
					sum += r.ClinicalHours
				}
			}
			return err
		}))
		return sum
	}
	before, one := gained()
	had := nothing() - before["nurse"]
	planned := workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "Planned nurse", From: d("2026-10-01"), Role: "nurse", Band: "6", WTE: 1, Heads: 1, In: map[option.Option]bool{option.Preferred: true}}
	must(s.PlanChange(ctx, lead, now, planned))
	start(workforce.VacancyIn{ID: uuid.New(), Change: planned.ID, Source: "national", Advertised: d("2026-01-05")}, d("2026-05-11"))
	after, _ := gained()
	if has := nothing() - after["nurse"]; math.Abs(has-had-0.5*one) > 1e-9 {
		t.Errorf("with who came in the middle the team had %.3f hours, without %.3f, and one has %.3f", has, had, one)
	}
}

// TestBankHolidays: a team that does not change has as many hours in a working week of the spring, with its bank holidays, as in one of
// the summer. In hours of a mean week it would have 7 in 100 fewer, and a simulation that closes on bank holidays would count them twice.
func TestBankHolidays(t *testing.T) {
	database := world.Open(t)
	w, ctx := world.New(t, database), context.Background()
	s := workforce.New(workforce.Deps{DB: database, Now: func() time.Time { return now }})
	lead := w.OHLead.As(access.Lead, access.Growth)
	for _, err := range []error{
		s.AddPost(ctx, lead, now, workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 6, InPost: 6, Years: 3, Funding: "recurrent"}),
		s.SetPlan(ctx, lead, now, workforce.PlanIn{Start: d("2026-10-01"), Served: 5000, Leave: 29, Study: 5, Sickness: 5}),
		s.SetRate(ctx, lead, now, workforce.RateIn{Role: "nurse", Clinical: 68}),
		database.InTenant(ctx, lead, func(tx *postgres.Tx) error {
			quarters, err := s.Staffing(ctx, tx, option.Nothing)
			least, most := math.Inf(1), 0.0
			for _, q := range quarters {
				least, most = min(least, q.Roles[0].ClinicalHours), max(most, q.Roles[0].ClinicalHours)
			}
			if least <= 0 || most/least > 1.015 {
				t.Errorf("from %.2f to %.2f hours", least, most)
			}
			return err
		}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestOnePosts: a nurse costs what her band does, a doctor what the establishment says that doctors earn, by the time of their posts.
func TestOnePosts(t *testing.T) {
	database := world.Open(t)
	w, ctx := world.New(t, database), context.Background()
	s := workforce.New(workforce.Deps{DB: database, Now: func() time.Time { return now }})
	lead := w.OHLead.As(access.Lead, access.Growth)
	for _, p := range []workforce.PostIn{
		{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 1, InPost: 1, Funding: "recurrent"},
		{ID: uuid.New(), Title: "Consultant", Role: "physician", Band: "medical", WTE: 1, Heads: 1, InPost: 1, Salary: 130_000, Funding: "recurrent"},
		{ID: uuid.New(), Title: "Specialty doctor", Role: "physician", Band: "medical", WTE: 0.5, Heads: 1, InPost: 1, Salary: 70_000, Funding: "recurrent"},
	} {
		if err := s.AddPost(ctx, lead, now, p); err != nil {
			t.Fatal(err)
		}
	}
	var all []workforce.OnePost
	if err := database.InTenant(ctx, lead, func(tx *postgres.Tx) (err error) {
		all, err = s.OnePosts(ctx, tx)
		return err
	}); err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	nurse, doctor := all[0], all[1]
	if nurse.Role != "nurse" || nurse.Salary != 0 || nurse.Cost < 40_000 || nurse.Cost > 80_000 {
		t.Errorf("a nurse is %+v", nurse)
	}
	// 15% National Insurance above £5,000, the pension of 14.38%, and the levy at most.
	if low, high := 110_000*1.1438+0.15*105_000, 110_000*(1.1438+0.005)+0.15*105_000; doctor.Role != "physician" || doctor.Salary != 110_000 || doctor.Hours <= 0 || doctor.Cost < low-1 || doctor.Cost > high+1 {
		t.Errorf("a doctor is %+v, want a cost of %.0f to %.0f", doctor, low, high)
	}
}

// TestSince: of a plan that has begun, who came and who left since are known by their days; what was so before it began is not told.
func TestSince(t *testing.T) {
	yes, no := true, false
	p := workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 5, InPost: 3, VacantSince: d("2027-08-11")}
	filled := func(left *bool, advertised, started string) workforce.Vacancy {
		return workforce.Vacancy{VacancyIn: workforce.VacancyIn{ID: uuid.New(), Post: p.ID, Left: left, Advertised: d(advertised)}, Started: d(started)}
	}
	team := workforce.Team{Setting: workforce.Setting{PlanIn: workforce.PlanIn{Start: d("2027-04-01")}}, Posts: []workforce.Post{{PostIn: p}},
		Vacancies: []workforce.Vacancy{filled(&yes, "2027-05-03", "2027-07-12"), filled(&no, "2027-05-04", "2027-06-01"), filled(&yes, "2027-01-04", "2027-04-19"), filled(&yes, "2026-10-01", "2027-03-01")}}
	got := team.Input().Posts[0]
	if want := []outlook.Came{{On: d("2027-07-12"), Empty: d("2027-05-03")}, {On: d("2027-06-01")}, {On: d("2027-04-19")}}; !slices.Equal(got.Came, want) {
		t.Errorf("came: %v, want %v", got.Came, want)
	}
	if want := []civil.Date{d("2027-08-11"), d("2027-08-11")}; !slices.Equal(got.Left, want) {
		t.Errorf("left: %v, want %v", got.Left, want)
	}
	team.Setting.Start = d("2027-10-01")
	if got := team.Input().Posts[0]; len(got.Came) != 0 || len(got.Left) != 0 {
		t.Errorf("before the plan: %v and %v", got.Came, got.Left)
	}
}
