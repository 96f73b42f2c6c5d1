package joints_test

import (
	"context"
	"math"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/outlook"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"time"
)

// staffed is a team of one nurse and a lead, whose plan begins in April 2027, and an investment plan over it from a day.
type staffed struct {
	t     *testing.T
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
	x := staffed{t: t, ctx: context.Background(), lead: w.OHLead.As(access.Lead, access.Growth), team: workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})}
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
				in[c.Start] += sign * c.WTE
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
