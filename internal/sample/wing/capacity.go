package wing

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// simulatedAgo is how many days ago the options were simulated: before the case is written.
const simulatedAgo = 14

// simulateOptions has the four options simulated as they could be then, and the model tested: the case rests on it. What it says is kept for the words of the case.
func (t *story) simulateOptions(ctx context.Context) error {
	at := t.ago(simulatedAgo)
	if err := t.refit(ctx, locale.Day(at).AddDays(-1), at); err != nil {
		return err
	}
	finished := func() time.Time { return at.Add(10 * time.Minute) }
	for i, x := range []capacity.Scenario{
		{Title: "Nothing changes", Option: option.Nothing},
		{Title: "The minimum: a nurse for the evening", Option: option.Minimum},
		{Title: "The preferred plan for people", Option: option.Preferred},
		{Title: "The most: a senior nurse on top", Option: option.Maximum},
	} {
		x.ID = t.Next()
		run, asked := t.Next(), at.Add(time.Duration(i)*time.Minute)
		if err := all(
			func() error { return t.future.Add(ctx, t.lead, asked, x) },
			func() error { return t.future.Ask(ctx, t.lead, asked, x.ID, run) },
			func() error { return t.future.Do(ctx, t.lead, run, finished) },
		); err != nil {
			return err
		}
	}
	test := t.Next()
	return all(
		func() error { return t.future.AskBack(ctx, t.lead, at, test) },
		func() error { return t.future.Do(ctx, t.lead, test, finished) },
		func() error { return t.readOutcomes(ctx) },
	)
}

// readOutcomes keeps how many of 100 people are seen in time at the end of the plan, by option.
func (t *story) readOutcomes(ctx context.Context) error {
	t.inTime = map[option.Option]string{}
	t.late = map[option.Option]string{}
	return t.DB.InTenant(ctx, t.lead, func(tx *postgres.Tx) error {
		all, err := t.future.Outcomes(ctx, tx)
		if err != nil {
			return err
		}
		for _, x := range all.Outcomes { // the last quarter of each is the last
			share := x.Measures[capacity.Within].P50
			t.inTime[x.Option] = capacity.Whole(share)
			t.late[x.Option] = capacity.Whole(100 - share)
		}
		if len(t.inTime) != len(option.All) {
			return fmt.Errorf("%d options were simulated", len(t.inTime))
		}
		return nil
	})
}

// knowAll lets everybody know what has happened since.
func (t *story) knowAll(ctx context.Context) error { return t.refit(ctx, civil.Date{}, t.Now) }

func (t *story) refit(ctx context.Context, day civil.Date, at time.Time) error {
	service := t.lead.Service
	return t.In(ctx, access.SystemActor(access.Worker, uuid.Nil, service), func(tx *postgres.Tx) error {
		return activity.Refit(ctx, tx, service, day, at)
	})
}

// scenarios has the options simulated again with what is known by now, besides a future in which the trust grows, with nobody added and with
// the least that helps, and the model tested on the last year: the one in which the initiative began, of which the model knew nothing.
func (t *story) scenarios(ctx context.Context) error {
	for i, role := range []string{"nurse", capacity.Several} { // the first has the options run again too; the newest is the first that is shown
		if err := t.future.AskPosts(ctx, t.lead, t.ago(1).Add(-time.Duration(i)*time.Minute), role, t.Next()); err != nil {
			return err
		}
	}
	for i, x := range []capacity.Scenario{
		{Title: "The trust grows, the team does not", Option: option.Nothing, Terms: capacity.Terms{Population: 3}},
		{Title: "The trust grows, and we do the minimum: evening clinics, and shorter letters", Option: option.Minimum, Terms: capacity.Terms{Population: 3, Productivity: 8}},
	} {
		x.ID = t.Next()
		at := t.ago(4 - i)
		if err := t.future.Add(ctx, t.lead, at, x); err != nil {
			return err
		}
		if err := t.future.Ask(ctx, t.lead, at, x.ID, t.Next()); err != nil {
			return err
		}
	}
	return t.future.AskBack(ctx, t.lead, t.ago(2), t.Next())
}
