package investment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Actual is what became of one thing in a quarter.
type Actual struct {
	Quarter civil.Date
	Kind    string    // spend, posts, wait or benefit
	Benefit uuid.UUID // nil unless it is one
	Value   float64   // pounds, whole-time equivalents, working days, units
	At      time.Time
	By      string
}

// Measures are the kinds of actual besides benefits.
var Measures = []string{"spend", "posts", "wait"}

const benefitKind = "benefit"

func actuals(ctx context.Context, q *db.Queries, org uuid.UUID) (out []Actual, err error) {
	rows, err := q.ListActual(ctx, org)
	if err != nil {
		return nil, fmt.Errorf("list actual: %w", err)
	}
	for _, x := range rows {
		out = append(out, Actual{civil.Of(x.Quarter), x.Kind, x.BenefitID, x.Value, x.ChangedAt, x.ChangedBy})
	}
	return out, nil
}

// Compared is one thing of a quarter: what was planned and what came. Nil is what nobody knows.
type Compared struct {
	Kind          string
	Benefit       Benefit // of kind benefit
	Plan, Actual  *float64
	At            time.Time
	By            string
	PlanOf        string
	ToDate        *float64 // actual less plan, of all quarters so far in which both are known
	QuartersKnown int
}

// Variance is actual less plan.
func (c Compared) Variance() (float64, bool) {
	if c.Plan == nil || c.Actual == nil {
		return 0, false
	}
	return *c.Actual - *c.Plan, true
}

// Compare lays actual beside the plan of the chosen option for quarter q.
func (r Record) Compare(q int) ([]Compared, error) {
	var out []Compared
	costs, err := r.Costs(r.Plan.Chosen, Budget)
	if err != nil {
		return nil, err
	}
	spend := Total(costs, false)
	plan := func(kind string, b Benefit, q int) *float64 {
		switch kind {
		case "spend":
			return &spend[q]
		case "posts":
			return some64(r.Posts(q))
		case "wait":
			for _, w := range r.Waits[r.Plan.Chosen] {
				if w.Start == r.Plan.Quarter(q) {
					return some64(w.Median)
				}
			}
			return nil
		}
		return some64(r.Plan.units(b, q))
	}
	one := func(kind string, b Benefit) Compared {
		c := Compared{Kind: kind, Benefit: b, Plan: plan(kind, b, q)}
		for _, x := range r.Actual {
			if x.Kind != kind || x.Benefit != b.ID {
				continue
			}
			at := r.Plan.QuarterOf(x.Quarter)
			if at == q {
				c.Actual, c.At, c.By = some64(x.Value), x.At, x.By
			}
			if p := planned(plan, kind, b, at); p != nil && at <= q {
				c.ToDate, c.QuartersKnown = some64(or0(c.ToDate)+x.Value-*p), c.QuartersKnown+1
			}
		}
		return c
	}
	for _, kind := range Measures {
		out = append(out, one(kind, Benefit{}))
	}
	for _, b := range r.Benefits {
		if b.In.Has(r.Plan.Chosen) {
			out = append(out, one(benefitKind, b))
		}
	}
	return out, nil
}

func planned(plan func(string, Benefit, int) *float64, kind string, b Benefit, q int) *float64 {
	if q < 0 || q >= Quarters {
		return nil
	}
	return plan(kind, b, q)
}

// Posts are the whole-time equivalents that the chosen option has in post in quarter q, beyond today's.
func (r Record) Posts(q int) (sum float64) {
	for _, l := range r.Lines {
		if l.Priced() && l.In.Has(r.Plan.Chosen) && r.Plan.QuarterOf(l.Start) <= q && (l.End.IsZero() || r.Plan.Quarter(q).Before(l.End)) {
			sum += float64(l.Heads) * l.WTE
		}
	}
	for _, x := range r.posts[r.Plan.Chosen][Budget] {
		if x.Quarter == r.Plan.Quarter(q) {
			sum += x.On
		}
	}
	return sum
}

// units are what a benefit should bring in quarter q as foretold: neither late nor shared out over a year's end.
func (p Plan) units(b Benefit, q int) float64 {
	since := q - p.QuarterOf(b.Start)
	if since < 0 {
		return 0
	}
	return b.Mode / perYear * b.Attribution / 100 * b.Share / 100 * float64(b.Ramp[min(since, len(b.Ramp)-1)]) / 100
}

// Over lists the quarters of the plan that have begun on a day: those of which there may be an actual, newest first.
func (p Plan) Over(today civil.Date) (out []int) {
	for q := range Quarters {
		if !p.Quarter(q).After(today) {
			out = append(out, q)
		}
	}
	slices.Reverse(out)
	return out
}

// Enter keeps what became of a quarter. A thing that is entered again takes the place of what was there.
func (s *Service) Enter(ctx context.Context, a access.Actor, now time.Time, q int, all []Actual) error {
	return s.change(ctx, a, now, "investment.actual_entered", "invest_plan", a.Organisation, func(tx *postgres.Tx, r Record) (bool, error) {
		if !slices.Contains(r.Plan.Over(locale.Day(now)), q) {
			return false, fault.New(fault.Invalid, "investment.actual.quarter.empty")
		}
		for _, x := range all {
			if _, there := r.Benefit(x.Benefit); x.Value < 0 || (x.Kind == benefitKind) != there {
				return false, fault.New(fault.Invalid, "investment.actual.value.bad")
			}
			if err := db.New(tx).SaveActual(ctx, db.SaveActualParams{OrganisationID: a.Organisation, Quarter: r.Plan.Quarter(q).UTC(), Kind: x.Kind, BenefitID: x.Benefit, Value: x.Value,
				ChangedAt: now.UTC(), ChangedBy: a.Name}); err != nil {
				return false, fmt.Errorf("save actual: %w", err)
			}
		}
		return len(all) > 0, nil
	})
}

func some64(x float64) *float64 { return &x }

func or0(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}
