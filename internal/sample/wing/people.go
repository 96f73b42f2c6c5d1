package wing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// The establishment is a year and a half old; what was vacant then has mostly been filled since, one vacancy after another.
// Two posts were written down when they fell vacant, this autumn.
const (
	establishedAgo = 540
	autumnAgo      = 75
)

// people keeps the posts of the clinics for people who are referred, of about as many hours as these record, so that a post more brings
// what a post brings; counsellors see most of theirs elsewhere, and the pages say so. It fills some, and plans five years: a nurse in every option but to do nothing, a doctor's
// sessions for the list that holds most people up, a development post and a nurse who teaches in the preferred one, and a senior nurse on top at the most.
func (t *story) people(ctx context.Context) error {
	posts := map[string]uuid.UUID{}
	for _, x := range []struct {
		key string
		in  workforce.PostIn
		up  string // key of the post that could act up
	}{
		{"senior", workforce.PostIn{Title: "Senior OH nurse", Role: "nurse", Band: "7", WTE: 0.5, Heads: 1, InPost: 1, Years: 4, Skills: []string{"surveillance", "mental-health"}}, ""},
		{"lead", workforce.PostIn{Title: "Lead OH nurse", Role: "manager", Band: "8a", WTE: 1, Heads: 1, InPost: 1, Years: 3, Skills: []string{"ill-health", "prescribing"}, Ready: "now"}, "senior"},
		{"head", workforce.PostIn{Title: "Head of occupational health", Role: "manager", Band: "8c", WTE: 1, Heads: 1, InPost: 1, Years: 6, Ready: "year"}, "lead"},
		{"havs", workforce.PostIn{Title: "OH nurse, hand-arm vibration", Role: "nurse", Band: "7", WTE: 0.2, Heads: 1, InPost: 1, Years: 8, Skills: []string{"havs", "audiometry"}}, ""},
		{"nurse", workforce.PostIn{Title: "OH nurse, two days a week", Role: "nurse", Band: "6", WTE: 0.4, Heads: 4, InPost: 1, Years: 3, Skills: []string{"surveillance", "immunisation", "skin"}}, ""},
		{"part", workforce.PostIn{Title: "OH nurse, Fridays", Role: "nurse", Band: "6", WTE: 0.2, Heads: 2, InPost: 1, Years: 6, Skills: []string{"surveillance"}}, ""},
		{"consultant", workforce.PostIn{Title: "Consultant occupational physician, one day a week", Role: "physician", Band: outlook.Medical, Salary: 132000, WTE: 0.2, Heads: 1, InPost: 1, Years: 7, Skills: []string{"ill-health", "mental-health"}}, ""},
		{"doctor", workforce.PostIn{Title: "Specialty doctor, three sessions a week", Role: "physician", Band: outlook.Medical, Salary: 84000, WTE: 0.3, Heads: 1, InPost: 1, Years: 4}, ""},
		{"physio", workforce.PostIn{Title: "OH physiotherapist, one day a week", Role: "physiotherapist", Band: "7", WTE: 0.2, Heads: 1, InPost: 0, Years: 3, Skills: []string{"ergonomics"}}, ""},
		{"counsellor", workforce.PostIn{Title: "Staff counsellor", Role: "counsellor", Band: "7", WTE: 0.6, Heads: 2, InPost: 2, Years: 4, Skills: []string{"mental-health"}}, ""},
		{"technician", workforce.PostIn{Title: "OH technician", Role: "technician", Band: "4", WTE: 1, Heads: 2, InPost: 1, Years: 2, Skills: []string{"spirometry", "audiometry"}}, ""},
		{"administrator", workforce.PostIn{Title: "Occupational health administrator", Role: "administrator", Band: "4", WTE: 1, Heads: 3, InPost: 3, Years: 3, Skills: []string{"systems"}}, ""},
	} {
		x.in.ID, x.in.Funding, x.in.Successor = t.Next(), "recurrent", posts[x.up]
		ago := establishedAgo
		if x.key == "part" || x.key == "technician" {
			ago = autumnAgo
		}
		if x.in.InPost < x.in.Heads {
			x.in.VacantSince = locale.Day(t.ago(ago + 10))
		}
		posts[x.key] = x.in.ID
		if err := t.staff.AddPost(ctx, t.lead, t.ago(ago), x.in); err != nil {
			return err
		}
	}
	return all(
		func() error { return t.assumptions(ctx) },
		func() error { return t.changes(ctx, posts) },
		func() error { return t.recruit(ctx, posts) },
	)
}

// planned is the first day of the five years, of the plan for people and of what it costs: half a year ago, so that two quarters have an actual.
func (t *story) planned() civil.Date { return outlook.QuarterOf(locale.Day(t.Now)).AddMonths(-6) }

// spring is the first day of the next financial year, from which new posts are funded.
func (t *story) spring() civil.Date {
	d := outlook.QuarterOf(locale.Day(t.Now)).AddMonths(3)
	for d.Month != time.April {
		d = d.AddMonths(3)
	}
	return d
}

func (t *story) assumptions(ctx context.Context) error {
	if err := t.staff.SetPlan(ctx, t.lead, t.ago(40), workforce.PlanIn{Start: t.planned(), Served: 11000, Uplift: 2.5, Leave: 29, Study: 5, Sickness: 4.5, RampMonths: 6}); err != nil {
		return err
	}
	for _, r := range []workforce.RateIn{{Role: "nurse", Clinical: 60, Leavers: 12, Retire: 1}, {Role: "physician", Clinical: 60, Leavers: 6}, {Role: "administrator", Leavers: 15}} {
		if err := t.staff.SetRate(ctx, t.lead, t.ago(40), r); err != nil {
			return err
		}
	}
	return nil
}

func (t *story) changes(ctx context.Context, posts map[string]uuid.UUID) error {
	start := t.spring()
	in := func(some ...option.Option) map[option.Option]bool {
		out := map[option.Option]bool{}
		for _, o := range some {
			out[o] = true
		}
		return out
	}
	for _, c := range []workforce.ChangeIn{
		{Kind: outlook.New, Title: "OH nurse, evening clinics", From: start, Role: "nurse", Band: "6", WTE: 0.4, Heads: 1, Action: t.more, In: in(option.Minimum, option.Preferred, option.Maximum)},
		{Kind: outlook.New, Title: "Specialty doctor, four more sessions a week", From: start, Role: "physician", Band: outlook.Medical, Salary: 84000, WTE: 0.4, Heads: 1, Action: t.more, In: in(option.Preferred, option.Maximum)},
		{Kind: outlook.Develop, Title: "Development nurse, Band 5 to 6", From: start, WTE: 0.4, Heads: 1, Action: t.more, In: in(option.Preferred, option.Maximum),
			Development: &workforce.Development{Months: 18, Study: 45, Supervision: 2, Backfill: 4, Fee: 5200, CompleteLow: 75, CompleteHigh: 95, RetainLow: 60, RetainHigh: 85, Pay: outlook.Completion}},
		{Kind: outlook.Leadership, Post: posts["havs"], From: start.AddMonths(3), Hours: 2, In: in(option.Preferred, option.Maximum)},
		{Kind: outlook.New, Title: "Senior OH nurse, surveillance", From: start.AddMonths(12), Role: "nurse", Band: "7", WTE: 0.4, Heads: 1, In: in(option.Maximum)},
	} {
		c.ID = t.Next()
		if err := t.staff.PlanChange(ctx, t.lead, t.ago(30), c); err != nil {
			return err
		}
	}
	return nil
}

// vacancy is a vacancy by days before today, and days from advert to each step; 0 for a step that it has not come to.
type vacancy struct {
	post, source                      string
	ago, closed, offered, starts, end int
	applicants                        int
	stopped                           string
	again, funded                     bool // advertised again for the same leaving; or nobody left: it was newly funded
}

func (t *story) recruit(ctx context.Context, posts map[string]uuid.UUID) error {
	for _, v := range []vacancy{
		{post: "nurse", source: "national", ago: 430, closed: 21, offered: 38, starts: 129, end: 131, applicants: 4},
		{post: "physio", source: "national", ago: 400, closed: 18, offered: 33, starts: 95, end: 95, applicants: 14},
		{post: "nurse", source: "national", ago: 300, closed: 28, end: 61, applicants: 1, stopped: "Nobody met the requirements"},
		{post: "nurse", source: "inside", ago: 230, closed: 14, offered: 24, starts: 80, end: 82, applicants: 3, again: true},
		{post: "nurse", source: "national", ago: 24, closed: 21, applicants: 3},
		{post: "part", source: "national", ago: 70, closed: 21, offered: 44, starts: 112, applicants: 2},
		{post: "technician", source: "national", ago: 9, funded: true},
	} {
		if err := t.fill(ctx, posts[v.post], v); err != nil {
			return err
		}
	}
	return nil
}

func (t *story) fill(ctx context.Context, post uuid.UUID, v vacancy) error {
	id := t.Next()
	day := func(after int) time.Time { return t.ago(v.ago - after) }
	left := !v.again && !v.funded
	if err := t.staff.OpenVacancy(ctx, t.lead, day(0), workforce.VacancyIn{ID: id, Post: post, Left: &left, Source: v.source, Advertised: locale.Day(day(0))}); err != nil {
		return err
	}
	seen := day(0)
	move := func(after int, m workforce.Move) error {
		m.On = locale.Day(day(after))
		err := t.staff.MoveVacancy(ctx, t.lead, day(after), seen, id, m)
		seen = day(after)
		return err
	}
	steps := []struct {
		after int
		move  workforce.Move
	}{
		{v.closed, workforce.Move{To: workforce.Closed, Applicants: &v.applicants}},
		{v.offered, workforce.Move{To: workforce.Offered, Starts: locale.Day(day(v.starts))}},
		{v.end, workforce.Move{To: workforce.Started}},
	}
	if v.stopped != "" {
		steps[2].move = workforce.Move{To: workforce.Stopped, Reason: v.stopped}
	}
	for _, s := range steps {
		if s.after == 0 {
			continue
		}
		if err := move(s.after, s.move); err != nil {
			return err
		}
	}
	return nil
}
