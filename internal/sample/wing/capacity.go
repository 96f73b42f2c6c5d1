package wing

import (
	"context"
	"time"

	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
)

// scenarios has the plan simulated, besides a future in which the trust grows, with nobody added and with the least that helps, and the model tested on
// the last year: the one in which the initiative began, of which the model knew nothing.
func (t *story) scenarios(ctx context.Context) error {
	s := capacity.New(capacity.Deps{DB: t.DB, Staffing: joints.Staffing(t.staff), Futures: joints.Futures(t.staff), Gained: t.staff.Gained, Posts: joints.One(t.staff), Added: joints.Added(t.staff), Plan: joints.PlannedPosts(t.staff)})
	for i, x := range []capacity.Scenario{
		{Title: "Nothing changes", Option: option.Nothing},
		{Title: "The preferred plan for people", Option: option.Preferred},
		{Title: "The trust grows, the team does not", Option: option.Nothing, Terms: capacity.Terms{Population: 3}},
		{Title: "The trust grows, and we do the minimum: evening clinics, and shorter letters", Option: option.Minimum, Terms: capacity.Terms{Population: 3, Productivity: 8}},
	} {
		x.ID = t.Next()
		at := t.ago(6 - i)
		if err := s.Add(ctx, t.lead, at, x); err != nil {
			return err
		}
		if err := s.Ask(ctx, t.lead, at, x.ID, t.Next()); err != nil {
			return err
		}
	}
	for i, role := range []string{capacity.Several, "nurse"} { // the last that was asked is the first that is shown
		if err := s.AskPosts(ctx, t.lead, t.ago(1).Add(time.Duration(i)*time.Minute), role, t.Next()); err != nil {
			return err
		}
	}
	return s.AskBack(ctx, t.lead, t.ago(2), t.Next())
}
