package joints_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// The waits of the slow history, in working days: managers' referrals lie two weeks before somebody accepts them, and are seen a
// week after; people who come themselves are seen four weeks after.
const (
	triaged, employers, themselves = 10, 15, 20
)

// slow is twelve months of that: 20 referrals by managers and 11 of people themselves, all on a Monday.
func slow(t *testing.T, db *postgres.DB, w *world.World) {
	t.Helper()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var rows []activity.Row
	for month := range 12 {
		monday := time.Date(2025, time.November, 1, 9, 0, 0, 0, time.UTC).AddDate(0, month, 0)
		for monday.Weekday() != time.Monday {
			monday = monday.AddDate(0, 0, 1)
		}
		for i := range 31 {
			c, source, wait := uuid.New(), "management", employers
			if i >= 20 {
				source, wait = "self", themselves
			}
			add := func(kind activity.Kind, working int, codes activity.Codes) {
				codes.Source = source
				rows = append(rows, activity.Row{Kind: kind, At: monday.AddDate(0, 0, working/5*7).Add(time.Duration(len(rows)) * time.Second), Organisation: w.Trust, Service: w.Service, Person: w.Nurse.Person, Case: c, Actor: w.OHNurse.Account, Codes: codes})
			}
			add(activity.ReferralSubmitted, 0, activity.Codes{Reason: "LTS"})
			add(activity.ReferralTriaged, triaged, activity.Codes{Priority: "P2", Outcome: "ACCEPT-OHN"})
			add(activity.ReferralAccepted, triaged, activity.Codes{Priority: "P2"})
			add(activity.AppointmentBooked, triaged, activity.Codes{})
			add(activity.AppointmentHeld, wait, activity.Codes{})
		}
	}
	if err := db.InTenant(context.Background(), access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		if err := (activity.Ledger{Keys: keys}).CopyIn(context.Background(), tx, rows); err != nil {
			return err
		}
		_, err := activity.Rebuild(context.Background(), tx, w.Service, growthtest.Now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// TestWaited: the wait of a quarter begins with the referral, not with its acceptance, and is that of everybody, as the year beside
// the simulation is. A quarter whose months are not all complete says of which days it is; in one of few people nothing is said.
func TestWaited(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	slow(t, db, w)
	ctx, lead, at := context.Background(), w.OHLead.As(access.Lead, access.Growth), growthtest.Now
	running := civil.Date{Year: locale.Day(at).Year, Month: (locale.Day(at).Month-1)/3*3 + 1, Day: 1}
	quarters := []civil.Date{running.AddMonths(-6), running.AddMonths(-3), running, running.AddMonths(3)}
	own, err := joints.Waited(db)(ctx, lead, at, quarters)
	if err != nil || len(own) != 3 {
		t.Fatalf("%+v, %v", own, err)
	}
	for i, x := range own {
		if math.Abs(x.Value-employers) > 1 || x.Quarter != quarters[i] || x.From != quarters[i] || x.Path != "/capacity" || !strings.Contains(x.Source, "from referral") {
			t.Errorf("%+v, want %d working days from the referral", x, employers)
		}
		if whole := x.Till == quarters[i].AddMonths(3).AddDays(-1); whole != (i < 2) || i == 2 && x.Till.String() != "2026-10-31" {
			t.Errorf("%s is until %s", x.Quarter, x.Till)
		}
	}
	// K02 is another wait: from acceptance, which came two weeks later, and without who came themselves.
	k02, err := indicator.New(indicator.Deps{DB: db}).History(ctx, lead, at, "K02", "", quarters[1])
	if err != nil || len(k02.Values) == 0 || !k02.Values[0].Known || math.Abs(k02.Values[0].Value-(employers-triaged)) > 1 {
		t.Errorf("K02 is %+v, %v", k02, err)
	}
	// One definition: the year beside the simulation has the same median, and its quarters the same people.
	if err := db.InTenant(ctx, lead, func(tx *postgres.Tx) error {
		year, err := measured.Read(ctx, tx, demand.Fits{AsAt: locale.Day(at).AddDays(-1)}, 10)
		if err != nil {
			return err
		}
		four, err := measured.Quarters(ctx, tx, locale.Day(at), []civil.Date{year.From, year.From.AddMonths(3), year.From.AddMonths(6), year.From.AddMonths(9)})
		n := 0
		for _, q := range four {
			n += q.N
		}
		if len(four) != 4 || n != year.Seen.N || math.Abs(year.Seen.Median-employers) > 1 || four[0].From != year.From || four[3].Till != year.Till {
			t.Errorf("the year is %+v of %d people, its quarters %+v", year.Seen, n, four)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	// Who acts for no service sees one organisation alone, which is not what was simulated.
	lead.Service = uuid.Nil
	if own, err := joints.Waited(db)(ctx, lead, at, quarters); err != nil || own != nil {
		t.Errorf("without a service: %+v, %v", own, err)
	}
}

// TestTied: a line belongs to a post of the plan for people. Pay of one that is planned is paid twice, and so is the course of a
// development post; what else belongs to it is not, nor the pay of another. One that was planned stays the same post once somebody has started.
func TestTied(t *testing.T) {
	x := newStaffed(t, "2027-04-01")
	x.money = investment.New(investment.Deps{DB: x.db, Figures: figure.NewLibrary(), Posts: joints.Employed(x.team), Positions: joints.Positions(x.team)})
	course := workforce.ChangeIn{ID: uuid.New(), Kind: outlook.Develop, Title: "Development nurse", From: civil.MustParse("2027-04-01"), WTE: 0.8, Heads: 1, In: map[option.Option]bool{option.Preferred: true},
		Development: &workforce.Development{Months: 12, Study: 40, Fee: 4000, CompleteLow: 80, CompleteHigh: 95, RetainLow: 60, RetainHigh: 85, Pay: outlook.Annex21}}
	x.must(x.team.PlanChange(x.ctx, x.lead, now, course))
	all, err := x.money.Positions(x.ctx, x.lead, now)
	if err != nil || len(all) != 3 || all[0].Title != "OH nurse" || all[0].Planned || !all[1].Planned || !all[2].Planned {
		t.Fatalf("%+v, %v", all, err)
	}
	line := func(title, kind string, post uuid.UUID, in investment.In) {
		t.Helper()
		l := investment.Line{ID: uuid.New(), Title: title, Kind: kind, Treatment: "revenue", Pence: 500_000, Recurrent: true, Start: civil.MustParse("2027-04-01"), In: in, Type: "fixed", Tied: post}
		if kind == "people" {
			l.Role = "nurse"
		}
		x.must(x.money.WriteLine(x.ctx, x.lead, now, l))
	}
	preferred, minimum := investment.In{Preferred: true}, investment.In{Minimum: true}
	line("Pay", "people", x.nurse.ID, investment.In{Preferred: true, Maximum: true})
	line("Pay where the post is not", "people", x.nurse.ID, minimum)
	line("Pay of a post that is there", "people", all[0].ID, preferred)
	line("Pay of nobody's post", "people", uuid.Nil, preferred)
	line("Course fees", "training", course.ID, preferred)
	line("A day of training", "training", x.nurse.ID, preferred)
	line("Laptop", "estate", x.nurse.ID, preferred)
	said := func() string {
		t.Helper()
		found, err := doubt.Of(x.record())
		x.must(err)
		var out []string
		for _, d := range found {
			if d.Key == "paid" {
				out = append(out, d.Text(x.ctx))
			}
		}
		return strings.Join(out, "\n")
	}
	const want = "The line “Course fees” belongs to the post “Development nurse”, which the plan for people already pays for in Preferred."
	text := said()
	if strings.Count(text, "The line") != 2 || !strings.Contains(text, "“Pay” belongs to the post “Evening nurse”, which the plan for people already pays for in Do maximum") || !strings.Contains(text, want) {
		t.Error(text)
	}
	v := uuid.New()
	x.must(x.team.OpenVacancy(x.ctx, x.lead, now, workforce.VacancyIn{ID: v, Change: x.nurse.ID, Source: "national", Advertised: civil.MustParse("2026-11-01")}))
	for _, m := range []workforce.Move{{To: workforce.Offered, On: civil.MustParse("2026-11-09"), Starts: civil.MustParse("2027-05-03")}, {To: workforce.Started, On: civil.MustParse("2027-05-03")}} {
		team, err := x.team.Find(x.ctx, x.lead, now)
		x.must(err)
		as, _ := team.Vacancy(v)
		x.must(x.team.MoveVacancy(x.ctx, x.lead, civil.MustParse("2027-05-03").UTC().Add(12*time.Hour), as.Changed, v, m))
	}
	if again := said(); again != text {
		t.Errorf("once somebody has started: %s", again)
	}
	if all, err := x.money.Positions(x.ctx, x.lead, now); err != nil || len(all) != 3 || !slices.Contains(all, investment.Position{ID: x.nurse.ID, Title: "Evening nurse"}) {
		t.Errorf("%+v, %v", all, err)
	}
	err = x.money.WriteLine(x.ctx, x.lead, now, investment.Line{ID: uuid.New(), Title: "Forged", Kind: "licence", Treatment: "revenue", Pence: 100, Recurrent: true, Start: civil.MustParse("2027-04-01"), In: preferred, Type: "fixed", Tied: uuid.New()})
	if fault.KindOf(err) != fault.NotFound {
		t.Errorf("a post that is none: %v", err)
	}
}

// TestPosts: what is promised and what came are the same posts: those that the option followed adds. What it changes about a post
// that was there anyway is in neither, a post of another option neither; another WTE or the end of a post that it brought is in both.
func TestPosts(t *testing.T) {
	x := newStaffed(t, "2027-04-01")
	x.money = investment.New(investment.Deps{DB: x.db, Figures: figure.NewLibrary(), Posts: joints.Employed(x.team), InPost: joints.InPost(x.team)})
	team := func() workforce.Team {
		t.Helper()
		out, err := x.team.Find(x.ctx, x.lead, now)
		x.must(err)
		return out
	}
	preferred, maximum := map[option.Option]bool{option.Preferred: true}, map[option.Option]bool{option.Maximum: true}
	there := team().Posts[0]
	old := workforce.PostIn{ID: uuid.New(), Title: "Old nurse", Role: "nurse", Band: "7", WTE: 1, Heads: 1, InPost: 1, Funding: "recurrent"}
	x.must(x.team.AddPost(x.ctx, x.lead, now, old))
	in := func(q int, c workforce.ChangeIn) workforce.ChangeIn {
		t.Helper()
		c.ID, c.From = uuid.New(), civil.MustParse("2027-04-01").AddMonths(3*q)
		x.must(x.team.PlanChange(x.ctx, x.lead, now, c))
		return c
	}
	course := in(0, workforce.ChangeIn{Kind: outlook.Develop, Title: "Development nurse", WTE: 0.8, Heads: 1, In: preferred,
		Development: &workforce.Development{Months: 12, Study: 40, CompleteLow: 80, CompleteHigh: 95, RetainLow: 60, RetainHigh: 85, Pay: outlook.Annex21}})
	other := in(0, workforce.ChangeIn{Kind: outlook.New, Title: "Third nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 1, In: maximum, More: true})
	read := func(at string) ([]investment.Compared, []investment.Compared, investment.Record) {
		t.Helper()
		day := civil.MustParse(at).UTC().Add(12 * time.Hour)
		r, err := x.money.Followed(x.ctx, x.lead, day)
		x.must(err)
		first, err := r.Compare(0)
		x.must(err)
		fourth, err := r.Compare(4)
		x.must(err)
		return first, fourth, r
	}
	const late = "2028-06-10" // in the fifth quarter
	_, before, r := read(late)
	adds := *before[1].Plan
	if adds < 1.2 || adds > 1.8 || *before[1].Actual != 0 {
		t.Fatalf("a nurse and a trainee of 0.8 are promised as %v, and %v came", adds, *before[1].Actual)
	}
	staff := r.StaffIn(option.Preferred, 4)

	// A cut, shorter hours and hours to lead, of posts that were there: neither promised nor counted.
	in(1, workforce.ChangeIn{Kind: outlook.End, Post: old.ID, In: preferred})
	in(1, workforce.ChangeIn{Kind: outlook.Alter, Post: there.ID, WTE: 0.5, In: preferred})
	in(1, workforce.ChangeIn{Kind: outlook.Leadership, Post: there.ID, Band: "7", Hours: 4, In: preferred})
	_, cut, r := read(late)
	if *cut[1].Plan != adds || *cut[1].Actual != 0 || r.StaffIn(option.Preferred, 4) > staff-1.2 {
		t.Errorf("after a cut %v are promised, not %v; %v in all, were %v", *cut[1].Plan, adds, r.StaffIn(option.Preferred, 4), staff)
	}
	x.must(x.team.EndPost(x.ctx, x.lead, civil.MustParse("2027-05-02").UTC(), old.ID, civil.MustParse("2027-05-01")))

	// Three start: one is another option's.
	posts := map[uuid.UUID]workforce.Post{}
	for _, c := range []uuid.UUID{x.nurse.ID, course.ID, other.ID} {
		v := uuid.New()
		x.must(x.team.OpenVacancy(x.ctx, x.lead, now, workforce.VacancyIn{ID: v, Change: c, Source: "national", Advertised: civil.MustParse("2026-11-01")}))
		for _, m := range []workforce.Move{{To: workforce.Offered, On: civil.MustParse("2026-11-09"), Starts: civil.MustParse("2027-08-09")}, {To: workforce.Started, On: civil.MustParse("2027-08-09")}} {
			as, _ := team().Vacancy(v)
			x.must(x.team.MoveVacancy(x.ctx, x.lead, civil.MustParse("2027-08-09").UTC().Add(12*time.Hour), as.Changed, v, m))
		}
		for _, p := range team().Posts {
			if p.Change == c {
				posts[c] = p
			}
		}
	}
	early, now4, _ := read(late)
	if *early[1].Actual != 0 || *now4[1].Actual != 1.8 || *now4[1].Plan == 0 || !strings.Contains(now4[1].Own.Source, "Preferred") {
		t.Errorf("in the first quarter %v, in the fifth %v of %v: %+v", *early[1].Actual, *now4[1].Actual, *now4[1].Plan, now4[1].Own)
	}

	// Shorter hours of the post that the plan brought are planned, and then made: on both sides.
	brought := posts[x.nurse.ID]
	promised := *now4[1].Plan
	in(3, workforce.ChangeIn{Kind: outlook.Alter, Post: brought.ID, WTE: 0.6, In: preferred})
	shorter := brought.PostIn
	shorter.WTE = 0.6
	x.must(x.team.ChangePost(x.ctx, x.lead, civil.MustParse("2028-01-10").UTC(), brought.Changed, shorter))
	_, altered, _ := read(late)
	if math.Abs(*altered[1].Actual-1.4) > 1e-9 || *altered[1].Plan >= promised-0.3 {
		t.Errorf("with 0.6 in place of 1: %v came of %v, which were %v", *altered[1].Actual, *altered[1].Plan, promised)
	}
	// And so is its end.
	in(3, workforce.ChangeIn{Kind: outlook.End, Post: brought.ID, In: preferred})
	x.must(x.team.EndPost(x.ctx, x.lead, civil.MustParse("2028-01-10").UTC(), brought.ID, civil.MustParse("2028-01-10")))
	_, ended, _ := read(late)
	if math.Abs(*ended[1].Actual-0.8) > 1e-9 || *ended[1].Plan >= *altered[1].Plan-0.3 {
		t.Errorf("after its end: %v came of %v, which were %v", *ended[1].Actual, *ended[1].Plan, *altered[1].Plan)
	}
}
