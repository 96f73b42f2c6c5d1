package main

import (
	"context"
	"fmt"
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/calc/queueing"
	"github.com/rowan-ohwb/rowan/test/bench/plans"
)

// planWorkers is how many simulate at once.
const planWorkers = 2

// capacity checks the simulator of plans against what is known exactly, and times a scenario as its job runs it.
func capacity(b *bed) error {
	if err := planIsRight(b.ctx); err != nil {
		return err
	}
	return plans.Runs(b.ctx, b.dir, line)
}

// planIsRight compares with the weekly clinic, whose list is known exactly.
func planIsRight(ctx context.Context) error {
	const weeks, referrals, slots, backlog, replications = 26, 30.0, 32, 40, 2000
	days := weeks * 7
	s := &plan.Spec{Working: make([]bool, days), Periods: []int{days}, Gap: 1, Demand: []plan.Demand{{Daily: make([]float64, days)}}, Classes: []plan.Class{{Share: 1}},
		Pools: []plan.Pool{{Name: "clinic", Share: []float64{1}, Backlog: backlog, Slots: make([]float64, days)}}}
	for d := range days {
		s.Working[d] = d%7 < 5
		if s.Working[d] {
			s.Demand[0].Daily[d] = referrals / 5
		}
		if d%7 == 4 {
			s.Pools[0].Slots[d] = slots
		}
	}
	r, err := plan.Run(ctx, s, 1, replications, planWorkers, func(int) {})
	if err != nil {
		return err
	}
	list := make([]float64, replications)
	for i, w := range r.Weeks[weeks-1] {
		list[i] = float64(w.List)
	}
	exact, err := queueing.Clinic{Referrals: referrals, Slots: slots, Initial: backlog, Weeks: []int{weeks}}.Solve()
	if err != nil {
		return err
	}
	got, want := plan.Over(list), exact.Weeks[0]
	se := want.SD / math.Sqrt(replications)
	if math.Abs(got.Mean-want.Mean) > 4*se {
		return fmt.Errorf("list after %d weeks is %.3f, exactly %.3f (standard error %.3f)", weeks, got.Mean, want.Mean, se)
	}
	line(fmt.Sprintf("list of a weekly clinic after %d weeks", weeks), fmt.Sprintf("%.2f, exactly %.2f, standard error %.2f", got.Mean, want.Mean, se))
	return nil
}
