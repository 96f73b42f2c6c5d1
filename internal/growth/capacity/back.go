package capacity

import (
	"context"
	"fmt"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/drift"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/hindsight"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// What a back-test says: see package hindsight.
type (
	Verdict = hindsight.Verdict
	Back    = hindsight.Back
	Tested  = hindsight.Tested
	Trust   = hindsight.Trust
)

// The verdicts.
const (
	Holds   = hindsight.Holds
	Drifted = hindsight.Drifted
	Missed  = hindsight.Missed
)

// What a test says of the model.
const (
	Passed   = hindsight.Passed
	Broken   = hindsight.Broken
	Untested = hindsight.Untested
	Old      = hindsight.Old
)

// backInputs are a back-test of what was known then by what happened since.
func backInputs(then, now demand.Fits, replications, target int) Inputs {
	in := Inputs{Option: "nothing", Fits: then, Target: target, Replications: replications, Seed: seed, Start: then.AsAt.AddDays(1)}
	in.Fits.Weeks = nil
	for _, w := range now.Weeks {
		if w.Start.After(then.AsAt) {
			in.Happened = append(in.Happened, w)
		}
	}
	in.Weeks = len(in.Happened)
	in.Before = then.Weeks[max(len(then.Weeks)-yearDays/week, 0):]
	since := now
	since.Weeks = nil
	in.Since = &since
	return in
}

// told is the model of the year with what came, what was given, and how many missed theirs, as they were.
func (in Inputs) told(calendar *workday.Calendar) (*plan.Spec, error) {
	in.Fits.DNA, in.Fits.Rebook, in.Fits.Unseen, in.Fits.FollowUps = in.Since.DNA, in.Since.Rebook, in.Since.Unseen, in.Since.FollowUps
	in.Fits.Roles = nil // which profession gave the appointments of a week is not counted
	spec, err := in.build(calendar)
	if err != nil {
		return nil, err
	}
	drift.Tell(spec, in.Happened)
	return spec, spec.Check()
}

// explain adds what was different, and the second check.
func (in Inputs) explain(ctx context.Context, b *Back, expected float64, calendar *workday.Calendar, workers int) error {
	if in.Since == nil {
		return nil
	}
	b.Drifts = drift.Of(drift.Year{Then: in.Fits, Now: *in.Since, Before: in.Before, Weeks: in.Happened, Came: expected, Low: b.CameLow, High: b.CameHigh})
	spec, err := in.told(calendar)
	if err != nil {
		return err
	}
	r, err := plan.Run(ctx, spec, in.Seed, in.Replications, workers, func(int) {})
	if err != nil {
		return err
	}
	q := drift.Lay(r, in.Happened)
	b.Queue = &q
	return nil
}

// backTest lays the band over what happened.
func (in Inputs) backTest(ctx context.Context, calendar *workday.Calendar, workers int, told func(int)) (*Back, error) {
	spec, err := in.build(calendar)
	if err != nil {
		return nil, err
	}
	r, err := plan.Run(ctx, spec, in.Seed, in.Replications, workers, told)
	if err != nil {
		return nil, err
	}
	if len(r.Weeks) != len(in.Happened) {
		return nil, fmt.Errorf("%d weeks were simulated and %d happened", len(r.Weeks), len(in.Happened))
	}
	b := &Back{Width: drift.Lay(r, in.Happened).Width}
	years := make([]float64, r.Replications)
	for i, w := range in.Happened {
		list, came := make([]float64, r.Replications), make([]float64, r.Replications)
		for k, x := range r.Weeks[i] {
			list[k], came[k] = float64(x.List), float64(x.Came)
			years[k] += came[k]
		}
		l, c := plan.Over(list), plan.Over(came)
		x := hindsight.Week{Start: w.Start, Low: l.P10, Middle: l.P50, High: l.P90, Happened: float64(w.List), CameLow: c.P10, CameHigh: c.P90, Came: float64(w.Referrals)}
		b.Weeks = append(b.Weeks, x)
		b.Came += x.Came
		if x.Happened >= x.Low && x.Happened <= x.High {
			b.Covered += 1 / float64(len(in.Happened))
		}
		if x.Came >= x.CameLow && x.Came <= x.CameHigh {
			b.CameShare += 1 / float64(len(in.Happened))
		}
	}
	slices.Sort(years)
	cut := int(hindsight.Tail * float64(len(years)))
	b.CameLow, b.CameHigh = years[cut], years[len(years)-1-cut]
	b.Verdict = b.Judge()
	return b, in.explain(ctx, b, years[len(years)/2], calendar, workers)
}

// tested is the newest back-test that has ended.
func (s *Service) tested(ctx context.Context, tx *postgres.Tx) (Tested, error) {
	_, best, can, err := s.backTests(ctx, tx)
	if err != nil || best == nil {
		return Tested{Can: can}, err
	}
	return Tested{Back: best.Result.Back, Made: best.Finished, Stale: best.Stale, Can: can}, nil
}

// backTests are the newest, and the newest that has ended; nil where there is none.
func (s *Service) backTests(ctx context.Context, tx *postgres.Tx) (last, best *Run, can bool, err error) {
	in, can, err := s.back(ctx, tx)
	if err != nil {
		return nil, nil, false, err
	}
	print, err := in.Fingerprint()
	if err != nil {
		return nil, nil, false, err
	}
	all, err := runs(ctx, tx, kindBack)
	if err != nil {
		return nil, nil, false, err
	}
	for _, r := range all {
		r.Stale = can && print != r.Fingerprint
		if last == nil {
			last = &r
		}
		if best == nil && r.State == Done {
			best = &r
		}
	}
	return last, best, can, nil
}

// BackTest asks how well the model would have done: from the fits of a year before, over what happened by now.
func BackTest(ctx context.Context, then, now demand.Fits, replications, workers int) (*Back, error) {
	const target = 10 // no part of the verdict
	in := backInputs(then, now, replications, target)
	return in.backTest(ctx, workday.England(), workers, func(int) {})
}
