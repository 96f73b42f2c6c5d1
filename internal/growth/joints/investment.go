package joints

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
)

// Investable lists the actions that money may be planned for. One that was stopped stays: what was spent on it is on record.
func Investable(s *strategy.Service) func(context.Context, access.Actor) ([]investment.Action, error) {
	return func(ctx context.Context, a access.Actor) (out []investment.Action, err error) {
		plan, err := s.Find(ctx, a)
		for _, x := range plan.Actions {
			out = append(out, investment.Action{ID: x.ID, Title: x.Title})
		}
		return out, err
	}
}
