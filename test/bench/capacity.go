package main

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/calc/queueing"
)

const (
	planWeeks        = 5 * 52
	planReplications = 500
	planWorkers      = 2
)

// aPlan is a service of 45 referrals a week in four professions, with everything that a scenario of five years has.
func aPlan() *plan.Spec {
	days := planWeeks * 7
	weekdays := func(x float64) []float64 {
		out := make([]float64, days)
		for d := range out {
			if d%7 < 5 {
				out[d] = x
			}
		}
		return out
	}
	s := &plan.Spec{Working: make([]bool, days), Target: 10, Unseen: 0.08, UnseenFor: 6, DNA: 0.09, Rebook: 0.8, FollowUps: 0.7, Gap: 28, Level: plan.Level{SD: 0.1, Memory: 0.5},
		Demand:  []plan.Demand{{Daily: weekdays(6), LevelSE: 0.02, TrendSE: 0.01}, {Daily: weekdays(2), LevelSE: 0.03, TrendSE: 0.02}, {Daily: weekdays(1), LevelSE: 0.04}},
		Classes: []plan.Class{{Share: 0.05}, {Share: 0.15, Lead: 1}, {Share: 0.5, Lead: 3}, {Share: 0.3, Lead: 3}}}
	for d := range days {
		s.Working[d] = d%7 < 5
		if d%91 == 90 {
			s.Periods = append(s.Periods, d+1)
		}
	}
	for i, share := range []float64{0.6, 0.2, 0.12, 0.08} {
		name := [...]string{"nurse", "physician", "physiotherapist", "counsellor"}[i]
		weekly := 78 * share
		s.Pools = append(s.Pools, plan.Pool{Name: name, Share: []float64{share, share, share}, Backlog: int(90 * share), Due: 5 * share, Slots: weekdays(weekly / 5), Weekly: weekly, React: 0.2, Mean: 90 * share,
			SD: 4 * math.Sqrt(share), SE: math.Sqrt(share), Least: 0.8 * weekly, Most: 1.2 * weekly})
	}
	return s
}

// capacity checks the simulator of plans against what is known exactly, and times a scenario.
func capacity(b *bed) error {
	if err := planIsRight(b.ctx); err != nil {
		return err
	}
	s := aPlan()
	begin, busy := time.Now(), processor()
	r, err := plan.Run(b.ctx, s, 1, planReplications, planWorkers, func(int) {})
	if err != nil {
		return err
	}
	took, used := time.Since(begin), processor()-busy
	again, err := plan.Run(b.ctx, s, 1, planReplications, 1, func(int) {})
	if err != nil {
		return err
	}
	alone := time.Since(begin) - took
	for q := range r.Periods {
		for i := range r.Periods[q] {
			if r.Periods[q][i] != again.Periods[q][i] {
				return fmt.Errorf("replication %d differs with the number of workers", i)
			}
		}
	}
	line(fmt.Sprintf("5 years x %d replications, %d workers (aim: under 5 s)", planReplications, planWorkers), fmt.Sprintf("%.2f s", took.Seconds()))
	line("processor time of that", fmt.Sprintf("%.2f s", used.Seconds()))
	line("the same with 1 worker", fmt.Sprintf("%.2f s", alone.Seconds()))
	return nil
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
