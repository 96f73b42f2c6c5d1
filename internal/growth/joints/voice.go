package joints

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/voice"
)

// Told lists the actions that may be told to staff as what was done. One that is over stays: what is finished is worth telling.
func Told(s *strategy.Service) func(context.Context, access.Actor) ([]voice.Action, error) {
	return func(ctx context.Context, a access.Actor) ([]voice.Action, error) {
		plan, err := s.Find(ctx, a)
		out := make([]voice.Action, len(plan.Actions))
		for i, x := range plan.Actions {
			out[i] = voice.Action{ID: x.ID, Title: x.Title}
		}
		return out, err
	}
}
