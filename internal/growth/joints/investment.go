package joints

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
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

// Proposed puts a business case before the board.
func Proposed(s *board.Service) func(context.Context, *postgres.Tx, time.Time, fivecase.Paper) error {
	return func(ctx context.Context, tx *postgres.Tx, at time.Time, p fivecase.Paper) error {
		return s.AddCase(ctx, tx, at, board.ItemIn{ID: p.ID, Title: p.Title, Meeting: p.Meeting, Recommendation: p.Recommendation, Wellbeing: p.Wellbeing})
	}
}

// Decided gives a case what the board said of it. One that was submitted before there were papers of cases has none.
func Decided(s *board.Service) func(context.Context, access.Actor, uuid.UUID) ([]fivecase.Decision, error) {
	return func(ctx context.Context, a access.Actor, id uuid.UUID) (out []fivecase.Decision, err error) {
		x, err := s.Item(ctx, a, id)
		if fault.KindOf(err) == fault.NotFound {
			return nil, nil
		}
		for _, d := range x.Decisions {
			out = append(out, fivecase.Decision{Choice: locale.T(ctx, "board.decided."+string(d.Choice)), Words: d.Words, On: d.On, By: d.By})
		}
		return out, err
	}
}
