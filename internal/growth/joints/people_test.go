package joints_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/doubt"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// staffed is a team of one nurse and a lead, whose plan begins in April 2027, and an investment plan over it from a day.
type staffed struct {
	t     *testing.T
	db    *postgres.DB
	w     *world.World
	ctx   context.Context
	lead  access.Actor
	team  *workforce.Service
	money *investment.Service
	nurse workforce.ChangeIn // planned, in the preferred and the maximum option
}

func newStaffed(t *testing.T, from string) staffed {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	x := staffed{t: t, db: db, w: w, ctx: context.Background(), lead: w.OHLead.As(access.Lead, access.Growth), team: workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})}
	x.money = investment.New(investment.Deps{DB: db, Figures: figure.NewLibrary(), Posts: joints.Employed(x.team)})
	x.nurse = workforce.ChangeIn{ID: uuid.New(), Kind: outlook.New, Title: "Evening nurse", Role: "nurse", Band: "6", From: civil.MustParse("2027-04-01"), WTE: 1, Heads: 1, In: map[option.Option]bool{option.Preferred: true, option.Maximum: true}}
	x.must(x.team.AddPost(x.ctx, x.lead, now, workforce.PostIn{ID: uuid.New(), Title: "OH nurse", Role: "nurse", Band: "6", WTE: 1, Heads: 2, InPost: 2, Years: 3, Funding: "recurrent"}))
	x.must(x.team.SetPlan(x.ctx, x.lead, now, workforce.PlanIn{Start: civil.MustParse("2027-04-01"), Uplift: 2, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	x.must(x.team.PlanChange(x.ctx, x.lead, now, x.nurse))
	x.must(x.money.SavePlan(x.ctx, x.lead, now, investment.Plan{Start: civil.MustParse(from), PayUplift: 2, Inflation: 2, Chosen: option.Preferred}))
	return x
}

func (x staffed) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x staffed) record() investment.Record {
	x.t.Helper()
	r, err := x.money.Read(x.ctx, x.lead, now)
	x.must(err)
	return r
}

// TestEmployed: what the investment plan says a post costs in a quarter is what the plan for people says of that quarter,
// whether the plans begin together or apart.
func TestEmployed(t *testing.T) {
	for _, from := range []string{"2027-04-01", "2026-07-01", "2028-01-01"} {
		x := newStaffed(t, from)
		team, err := x.team.Find(x.ctx, x.lead, now)
		x.must(err)
		want, in := map[civil.Date]float64{}, map[civil.Date]float64{}
		for o, sign := range map[option.Option]float64{option.Preferred: 1, option.Nothing: -1} {
			costs, err := outlook.Costs(team.Input(), o, false, []float64{0.02}, outlook.Without{})
			x.must(err)
			for _, c := range costs {
				want[c.Start] += sign * c.Total()
				in[c.Start] += sign * c.End
			}
		}
		r := x.record()
		costs, err := r.Costs(option.Preferred, investment.Budget)
		x.must(err)
		cash := investment.Total(costs, false)
		for q, got := range cash {
			day := r.Plan.Quarter(q)
			if math.Abs(got-want[day]) > 1e-6 || math.Abs(r.Posts(q)-in[day]) > 1e-9 {
				t.Errorf("from %s: the quarter from %s costs %.2f with %.3f in post, want %.2f and %.3f", from, day, got, r.Posts(q), want[day], in[day])
			}
		}
		if cash.Sum() == 0 {
			t.Errorf("from %s: nothing costs anything", from)
		}
		if _, _, apart := r.Uncovered(); apart != (from != "2027-04-01") {
			t.Errorf("from %s: the page says that quarters are not covered: %v", from, apart)
		}
	}
}

// TestAwards: an award of one year rises what both plans say of a post, by the same, from that year on; a plan that says one figure for
// every year is what it was, and where the two say otherwise of a year, the page doubts it.
func TestAwards(t *testing.T) {
	x := newStaffed(t, "2027-04-01")
	cash := func() investment.Cash {
		t.Helper()
		costs, err := x.record().Costs(option.Preferred, investment.Budget)
		x.must(err)
		return investment.Total(costs, false)
	}
	before := cash()
	plan := x.record().Plan
	plan.Awards = map[int]float64{2029: 7}
	x.must(x.money.SavePlan(x.ctx, x.lead, now, plan))
	after := cash()
	for q := range before {
		switch rise := after[q] / before[q]; {
		case q < 8 && math.Abs(rise-1) > 1e-12:
			t.Errorf("quarter %d moves by %v before the award", q, rise)
		case q >= 8 && (rise < 1.049 || rise > 1.06): // 1.07/1.02 is 4.9% on pay, and more with National Insurance above a threshold that stays
			t.Errorf("quarter %d rises by %v", q, rise)
		}
	}
	doubted := func() bool {
		t.Helper()
		all, err := doubt.Of(x.record())
		x.must(err)
		return slices.ContainsFunc(all, func(d doubt.Doubt) bool {
			text := d.Text(x.ctx)
			return strings.Contains(text, "with a pay award of 2% a year; the") && strings.Contains(text, "with 2% in 2027/28, 2% in 2028/29, 7% in 2029/30, 2% in 2030/31 and 2% in 2031/32.")
		})
	}
	if !doubted() {
		t.Error("the plans say otherwise of 2029/30, and nobody doubts it")
	}
	x.must(x.team.SetPlan(x.ctx, x.lead, now, workforce.PlanIn{Start: civil.MustParse("2027-04-01"), Uplift: 2, Awards: map[int]float64{2029: 7}, Leave: 29, Study: 5, Sickness: 5, RampMonths: 6}))
	if doubted() {
		t.Error("the plans say the same, and they are doubted")
	}
	team, err := x.team.Find(x.ctx, x.lead, now)
	x.must(err)
	own := investment.Cash{}
	for o, sign := range map[option.Option]float64{option.Preferred: 1, option.Nothing: -1} {
		costs, err := outlook.Costs(team.Input(), o, false, nil, outlook.Without{})
		x.must(err)
		for _, c := range costs {
			own[plan.QuarterOf(c.Start)] += sign * c.Total()
		}
	}
	for q := range own {
		if math.Abs(own[q]-after[q]) > 1e-6 {
			t.Errorf("quarter %d costs %.2f in the plan for people and %.2f in the investment plan", q, own[q], after[q])
		}
	}
}

// TestStarted: a post is worth the same to the case the day before somebody starts in it, as agreed, and the day after, in
// every quarter, view and option; a post in which somebody started is not what doing nothing costs.
func TestStarted(t *testing.T) {
	course := workforce.ChangeIn{ID: uuid.New(), Kind: outlook.Develop, Title: "Development nurse", From: civil.MustParse("2027-04-01"), WTE: 1, Heads: 2, In: map[option.Option]bool{option.Preferred: true},
		Development: &workforce.Development{Months: 12, Study: 40, Supervision: 2, Backfill: 4, Fee: 5000, CompleteLow: 80, CompleteHigh: 95, RetainLow: 60, RetainHigh: 85, Pay: outlook.Annex21}}
	for name, c := range map[string]struct{ planned, agreed, started string }{
		"within the plan":                   {"2027-04-01", "2027-08-09", "2027-08-09"},
		"in its first quarter":              {"2027-04-01", "2027-04-05", "2027-04-05"},
		"before the plan begins":            {"2027-04-01", "2027-02-01", "2027-02-01"},
		"another day of the agreed quarter": {"2027-04-01", "2027-08-09", "2027-09-01"}, // costs less of that quarter
		"sooner than planned":               {"2027-10-01", "2027-08-09", "2027-08-09"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newStaffed(t, "2027-04-01")
			course.From = civil.MustParse(c.planned)
			x.must(x.team.PlanChange(x.ctx, x.lead, now, course))
			at := civil.MustParse(c.started).UTC().Add(12 * time.Hour)
			var vacancies []uuid.UUID
			move := func(v uuid.UUID, at time.Time, m workforce.Move) {
				team, err := x.team.Find(x.ctx, x.lead, now)
				x.must(err)
				as, _ := team.Vacancy(v)
				x.must(x.team.MoveVacancy(x.ctx, x.lead, at, as.Changed, v, m))
			}
			planned := x.record()
			for _, change := range []uuid.UUID{x.nurse.ID, course.ID} {
				v := uuid.New()
				vacancies = append(vacancies, v)
				x.must(x.team.OpenVacancy(x.ctx, x.lead, now, workforce.VacancyIn{ID: v, Change: change, Source: "national", Advertised: civil.MustParse("2026-11-01")}))
				move(v, now, workforce.Move{To: workforce.Offered, On: civil.MustParse("2026-11-09"), Starts: civil.MustParse(c.agreed)})
			}
			before := x.record()
			for _, v := range vacancies {
				move(v, at, workforce.Move{To: workforce.Started, On: civil.MustParse(c.started)})
			}
			after := x.record()
			for _, o := range option.All {
				for _, view := range []investment.View{investment.Budget, investment.Full, investment.Social} {
					was, err := before.Costs(o, view)
					x.must(err)
					is, err := after.Costs(o, view)
					x.must(err)
					if a, b := investment.Total(was, true), investment.Total(is, true); o == option.Nothing && b.Sum() != 0 || (o == option.Preferred) != (len(is) == 2) {
						t.Errorf("%s costs %v in %d lines", o, b.Sum(), len(is))
					} else {
						for q := range a {
							if c.agreed != c.started {
								if q == 1 && o != option.Nothing && o != option.Minimum && b[q] >= a[q]-1 {
									t.Errorf("%s, %s: a start that is %s in place of %s costs %.2f of the quarter in place of %.2f", o, view, c.started, c.agreed, b[q], a[q])
								}
							} else if math.Abs(a[q]-b[q]) > 1e-6 {
								t.Errorf("%s, %s: quarter %d cost %.2f and costs %.2f", o, view, q, a[q], b[q])
							}
						}
					}
				}
				was, err := before.Appraise(o, investment.Budget)
				x.must(err)
				is, err := after.Appraise(o, investment.Budget)
				x.must(err)
				if c.agreed == c.started && math.Abs(was.Central.NPSV-is.Central.NPSV) > 1e-6 {
					t.Errorf("%s: the net present value was %v and is %v", o, was.Central.NPSV, is.Central.NPSV)
				}
			}
			for q := range investment.Quarters {
				if a, b := before.Posts(q), after.Posts(q); math.Abs(a-b) > 1e-9 {
					t.Errorf("quarter %d: %v were in post and %v are", q, a, b)
				}
			}
			assumed, err := planned.Appraise(option.Preferred, investment.Budget)
			x.must(err)
			known, err := after.Appraise(option.Preferred, investment.Budget)
			x.must(err)
			t.Logf("net present value: planned %.0f, started %.0f; posts of the second quarter: planned %.2f, started %.2f", assumed.Central.NPSV, known.Central.NPSV, planned.Posts(1), after.Posts(1))
		})
	}
}

// TestKept: what was frozen with the case stays what actual is held against, whoever starts and whatever is changed, until
// the board agrees to another; and who is in post on the last day of a quarter is taken from the posts.
func TestKept(t *testing.T) {
	x := newStaffed(t, "2027-04-01")
	papers := board.New(board.Deps{DB: x.db, Plan: strategy.New(strategy.Deps{DB: x.db, Figures: figure.NewLibrary()})})
	library := figure.NewLibrary()
	x.money = investment.New(investment.Deps{DB: x.db, Figures: library, Posts: joints.Employed(x.team), Verdicts: joints.Verdicts(papers), InPost: joints.InPost(x.team)})
	library.Add(x.money.Book())
	cases := fivecase.New(fivecase.Deps{Plan: x.money, Paper: joints.Proposed(papers)})
	compare := func(at time.Time, q int) (investment.Promise, []investment.Compared) {
		t.Helper()
		r, err := x.money.Followed(x.ctx, x.lead, at)
		x.must(err)
		against, err := r.Against()
		x.must(err)
		rows, err := r.Compare(q)
		x.must(err)
		return against, rows
	}
	living, rows := compare(now, 1)
	if living.Case != uuid.Nil || *rows[1].Plan == 0 || *rows[0].Plan == 0 {
		t.Fatalf("the plan as it stands: %+v", rows)
	}
	spend, posts := *rows[0].Plan, *rows[1].Plan
	submit := func(at time.Time) uuid.UUID {
		t.Helper()
		id := uuid.New()
		x.must(cases.Submit(x.ctx, x.lead, at, fivecase.Paper{ID: id, Meeting: locale.Day(at), Recommendation: "Agree", Wellbeing: "Better"}))
		return id
	}
	for _, part := range x.money.Pack().Parts {
		x.must(cases.Write(x.ctx, x.lead, now, part.Code, 0, "The words.", nil))
	}
	first := submit(now)
	if p, _ := compare(now, 1); p.Case != first || !p.Agreed.IsZero() {
		t.Errorf("a submitted case: %+v", p)
	}
	executive := x.w.Executive.As(access.Executive, access.Growth)
	x.must(papers.Decide(x.ctx, executive, now, uuid.New(), first, board.Decision{Choice: board.Conditions, Words: "Agreed", On: locale.Day(now)}))

	// Somebody starts without an agreed day in the plan, and the plan is written otherwise.
	v := uuid.New()
	x.must(x.team.OpenVacancy(x.ctx, x.lead, now, workforce.VacancyIn{ID: v, Change: x.nurse.ID, Source: "national", Advertised: civil.MustParse("2026-11-01")}))
	later := time.Date(2027, 8, 20, 9, 0, 0, 0, time.UTC)
	for _, m := range []workforce.Move{{To: workforce.Offered, On: civil.MustParse("2026-11-09"), Starts: civil.MustParse("2027-08-09")}, {To: workforce.Started, On: civil.MustParse("2027-08-09")}} {
		team, err := x.team.Find(x.ctx, x.lead, now)
		x.must(err)
		as, _ := team.Vacancy(v)
		x.must(x.team.MoveVacancy(x.ctx, x.lead, later, as.Changed, v, m))
	}
	x.must(x.money.WriteLine(x.ctx, x.lead, later, investment.Line{ID: uuid.New(), Title: "Licence", Kind: "licence", Treatment: "revenue", Pence: 1_000_000, Recurrent: true, Start: civil.MustParse("2027-04-01"), In: investment.In{Preferred: true}, Type: "fixed"}))
	p, rows := compare(later, 1)
	if p.Case != first || p.Agreed != locale.Day(now) || *rows[0].Plan != spend || *rows[1].Plan != posts {
		t.Errorf("the agreed case said %v and %v, and says %v and %v", spend, posts, *rows[0].Plan, *rows[1].Plan)
	}
	r := func() investment.Record { r, err := x.money.Read(x.ctx, x.lead, later); x.must(err); return r }()
	if costs, err := r.Costs(option.Preferred, investment.Budget); err != nil || investment.Total(costs, false)[1] == spend {
		t.Errorf("the plan itself has not moved, %v", err)
	}
	if *rows[1].Actual != 1 || rows[1].Own.Till != locale.Day(later) || rows[1].Typed != nil || rows[1].Own.Path != "/workforce/pipeline" {
		t.Errorf("in post: %+v", rows[1].Own)
	}
	if _, before := compare(later, 0); *before[1].Actual != 0 || before[1].Own.Till.String() != "2027-06-30" {
		t.Errorf("in post a quarter before: %+v", before[1].Own)
	}

	// A case on which the board says nothing yet does not take the place of one that it agreed to, nor does one it declined.
	second := submit(later)
	if p, _ := compare(later, 1); p.Case != first {
		t.Errorf("held against %+v", p)
	}
	x.must(papers.Decide(x.ctx, executive, later, uuid.New(), second, board.Decision{Choice: board.Decline, Words: "No", On: locale.Day(later)}))
	if p, _ := compare(later, 1); p.Case != first {
		t.Errorf("held against %+v", p)
	}
	third := submit(later)
	x.must(papers.Decide(x.ctx, executive, later, uuid.New(), third, board.Decision{Choice: board.Approve, Words: "Yes", On: locale.Day(later)}))
	if p, rows := compare(later, 1); p.Case != third || p.N != 3 || *rows[0].Plan == spend {
		t.Errorf("held against %+v", p)
	}
}

// TestPlannedPosts: posts that an answer proposes are planned all or none, in the preferred and the maximum option, once; and what is added
// is told by role.
func TestPlannedPosts(t *testing.T) {
	x := newStaffed(t, "2027-04-01")
	plan, added := joints.PlannedPosts(x.team), joints.Added(x.team)
	in := func(fn func(tx *postgres.Tx) error) error { return x.db.InTenant(x.ctx, x.lead, fn) }
	tell := func(o option.Option) (out map[string]float64) {
		t.Helper()
		x.must(in(func(tx *postgres.Tx) (err error) {
			out, err = added(x.ctx, tx, o)
			return err
		}))
		return out
	}
	if got := tell(option.Preferred); len(got) != 1 || got["nurse"] != 1 {
		t.Fatalf("the option adds %v", got)
	}
	nurses, doctor := capacity.More{ID: uuid.New(), Role: "nurse", Band: "6", Heads: 2}, capacity.More{ID: uuid.New(), Role: "counsellor", Band: "11", Heads: 1}
	try := func(all ...capacity.More) (n int, err error) {
		err = in(func(tx *postgres.Tx) (err error) {
			n, err = plan(x.ctx, tx, now, option.Preferred, all)
			return err
		})
		return n, err
	}
	if _, err := try(nurses, doctor); fault.KindOf(err) != fault.Invalid || tell(option.Preferred)["nurse"] != 1 {
		t.Fatalf("one is refused (%v), and there are %v", err, tell(option.Preferred))
	}
	doctor.Band = "7"
	for again, want := range []int{2, 0} {
		if n, err := try(nurses, doctor); err != nil || n != want {
			t.Errorf("time %d: %d planned, %v", again, n, err)
		}
	}
	for o, want := range map[option.Option][2]float64{option.Nothing: {0, 0}, option.Minimum: {0, 0}, option.Preferred: {3, 1}, option.Maximum: {3, 1}} {
		if got := tell(o); got["nurse"] != want[0] || got["counsellor"] != want[1] {
			t.Errorf("%s adds %v, want %v", o, got, want)
		}
	}
	team, err := x.team.Find(x.ctx, x.lead, now)
	x.must(err)
	for _, c := range team.Changes {
		if c.From.String() != "2027-04-01" || c.Title == "" || c.By != x.lead.Name {
			t.Errorf("planned: %+v", c)
		}
	}
	owner, err := pgx.Connect(x.ctx, world.Super(t))
	x.must(err)
	defer owner.Close(x.ctx)
	n := 0
	if err := owner.QueryRow(x.ctx, `select count(*) from audit_event where action = 'workforce.change_planned' and object_id in ($1, $2)`, nurses.ID, doctor.ID).Scan(&n); err != nil || n != 2 {
		t.Errorf("%d audit rows, %v", n, err)
	}
}
