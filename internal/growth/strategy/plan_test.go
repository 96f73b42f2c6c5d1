package strategy_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
)

var now = strategytest.Now

func TestPlan(t *testing.T) {
	h, ctx := strategytest.New(t), context.Background()
	one := h.Fill(t)
	h.Fill(t) // another of everything
	later := now.Add(time.Hour)
	want := func(kind fault.Kind, err error, what string) {
		t.Helper()
		if fault.KindOf(err) != kind || (kind == fault.Internal) != (err == nil) {
			t.Errorf("%s: %v", what, err)
		}
	}
	find := func() strategy.Plan {
		p, err := h.Plan.Find(ctx, h.Lead)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	const fine = fault.Internal // the kind of no error

	// The same page sent twice writes one thing.
	want(fine, h.Plan.ProposeNeed(ctx, h.Lead, later, strategytest.Need(one.Need)), "a need again")
	want(fine, h.Plan.SetObjective(ctx, h.Lead, later, strategytest.Objective(one.Objective)), "an objective again")
	want(fine, h.Plan.PlanAction(ctx, h.Lead, later, strategytest.Action(one.Action, one.Objective)), "an action again")
	p := find()
	if len(p.Needs) != 2 || len(p.Objectives) != 2 || len(p.Actions) != 2 {
		t.Fatalf("%d needs, %d objectives, %d actions", len(p.Needs), len(p.Objectives), len(p.Actions))
	}
	o, _ := p.Objective(one.Objective)
	if len(o.Needs) != 1 || len(o.Measures) != 1 || o.Measures[0].Source.Value != "12 days" || len(p.Answering(one.Need)) != 1 {
		t.Errorf("the objective is %+v", o)
	}

	// What has been written since is not overwritten.
	n, _ := p.Need(one.Need)
	in := strategytest.Need(one.Need)
	in.Statement = "Staff wait far too long"
	want(fine, h.Plan.ChangeNeed(ctx, h.Lead, later, n.Last.At, in), "a change")
	want(fault.Conflict, h.Plan.ChangeNeed(ctx, h.Lead, later.Add(1), n.Last.At, in), "a change of what was changed")
	oin := strategytest.Objective(one.Objective)
	want(fine, h.Plan.ChangeObjective(ctx, h.Lead, later, o.Last.At, oin), "a change of an objective")
	want(fault.Conflict, h.Plan.ChangeObjective(ctx, h.Lead, later, o.Last.At, oin), "again")
	if o, _ := find().Objective(one.Objective); len(o.Needs) != 0 {
		t.Errorf("a need that was taken out is still answered: %v", o.Needs)
	}

	// A figure stays as cited until somebody relies on the one of today.
	h.Shelf.Value = "15 days"
	n, _ = find().Need(one.Need)
	want(fine, h.Plan.ChangeNeed(ctx, h.Lead, later.Add(2*time.Second), n.Last.At, in), "a change")
	n, _ = find().Need(one.Need)
	checked, err := h.Plan.Check(ctx, h.Guardian, later, *n.Source)
	if err != nil || checked[n.Source.Citation].Standing != figure.Stale || n.Source.Value != "12 days" {
		t.Errorf("checked %+v, %v", checked, err)
	}
	want(fine, h.Plan.RenewNeed(ctx, h.Lead, later, one.Need), "renew")
	want(fine, h.Plan.RenewMeasure(ctx, h.Lead, later, one.Objective, one.Measure), "renew a measure")
	p = find()
	n, _ = p.Need(one.Need)
	o, _ = p.Objective(one.Objective)
	if n.Source.Value != "15 days" || o.Measures[0].Source.Value != "15 days" {
		t.Errorf("renewed to %q and %q", n.Source.Value, o.Measures[0].Source.Value)
	}
	in.Figure = "test/none"
	want(fault.NotFound, h.Plan.ChangeNeed(ctx, h.Lead, later, n.Last.At, in), "a figure that is not there")

	// The day of the start is the server's.
	view, err := h.Plan.Action(ctx, h.Lead, one.Action)
	if err != nil || !view.StartedOn.IsZero() || view.Indicator != (figure.Ref{Kind: "test", Name: "waits"}) || view.PlannedStart != (civil.Date{Year: 2026, Month: 12, Day: 1}) {
		t.Errorf("the action is %+v, %v", view, err)
	}
	want(fault.Conflict, h.Plan.WithdrawObjective(ctx, h.Lead, later, one.Objective, "no money"), "withdraw while something is planned")
	want(fine, h.Plan.MoveAction(ctx, h.Lead, later, one.Action, strategy.Planned, strategy.Started, ""), "start")
	want(fault.Conflict, h.Plan.MoveAction(ctx, h.Lead, later, one.Action, strategy.Planned, strategy.Started, ""), "start again")
	want(fault.Invalid, h.Plan.MoveAction(ctx, h.Lead, later, one.Action, strategy.Started, strategy.Stopped, ""), "stop without a reason")
	if view, _ = h.Plan.Action(ctx, h.Lead, one.Action); view.StartedOn != (civil.Date{Year: 2026, Month: 11, Day: 10}) {
		t.Errorf("started on %v", view.StartedOn)
	}
	want(fine, h.Plan.MoveAction(ctx, h.Lead, later.AddDate(0, 1, 0), one.Action, strategy.Started, strategy.Done, ""), "done")
	if view, _ = h.Plan.Action(ctx, h.Lead, one.Action); view.StartedOn.Month != 11 {
		t.Errorf("started on %v", view.StartedOn)
	}
	want(fine, h.Plan.WithdrawObjective(ctx, h.Lead, later, one.Objective, "reached"), "withdraw")
	want(fault.Conflict, h.Plan.Measure(ctx, h.Lead, later, uuid.New(), one.Objective, strategytest.Waits), "measure what was withdrawn")
	want(fault.Invalid, h.Plan.PlanAction(ctx, h.Lead, later, strategytest.Action(uuid.New(), one.Objective)), "plan for what was withdrawn")

	// Another trust sees nothing.
	stranger := h.W.Foreign.As(access.Lead, access.Growth)
	if p, err := h.Plan.Find(ctx, stranger); err != nil || len(p.Needs)+len(p.Objectives)+len(p.Actions) > 0 {
		t.Errorf("another trust sees %+v, %v", p, err)
	}
	_, err = h.Plan.Action(ctx, stranger, one.Action)
	want(fault.NotFound, err, "an action of another trust")
	want(fault.Conflict, h.Plan.MoveNeed(ctx, stranger, later, one.Need, strategy.Agreed, strategy.Met, ""), "a need of another trust")
}
