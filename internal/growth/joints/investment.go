package joints

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/measured"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/fivecase"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
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

// Brief gives the board what a business case comes to. A paper whose case is gone has none.
func Brief(cases func() *fivecase.Service) func(context.Context, access.Actor, time.Time, uuid.UUID) ([]board.Fact, error) {
	return func(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (out []board.Fact, err error) {
		lines, err := cases().BriefOf(ctx, a, now, id)
		if fault.KindOf(err) == fault.NotFound {
			return nil, nil
		}
		for _, l := range lines {
			out = append(out, board.Fact(l))
		}
		return out, err
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

// Verdicts gives an investment what the board said of its cases. An approval with conditions is one.
func Verdicts(s *board.Service) func(context.Context, access.Actor) (map[uuid.UUID]investment.Verdict, error) {
	return func(ctx context.Context, a access.Actor) (map[uuid.UUID]investment.Verdict, error) {
		all, err := s.Items(ctx, a)
		out := map[uuid.UUID]investment.Verdict{}
		for _, x := range all {
			if d, decided := x.Decided(); decided && x.OfCase() {
				out[x.ID] = investment.Verdict{Agreed: d.Choice == board.Approve || d.Choice == board.Conditions, On: d.On}
			}
		}
		return out, err
	}
}

// Waited gives an investment the median wait of quarters, as far as their months are complete. It is what the simulation foretells
// and what stands beside it: from the referral, of everybody. Who acts for no service sees nothing of it, as on the pages of capacity.
func Waited(db *postgres.DB) func(context.Context, access.Actor, time.Time, []civil.Date) ([]investment.Own, error) {
	return func(ctx context.Context, a access.Actor, now time.Time, quarters []civil.Date) (out []investment.Own, err error) {
		if a.Service == uuid.Nil {
			return nil, nil
		}
		err = db.InTenant(ctx, a, func(tx *postgres.Tx) error {
			all, err := measured.Quarters(ctx, tx, locale.Day(now), quarters)
			for _, x := range all {
				out = append(out, investment.Own{Quarter: x.Start, Value: x.Median, From: x.From, Till: x.Till, Path: "/capacity", Source: locale.T(ctx, "investment.actual.own.wait", "n", x.N)})
			}
			return err
		})
		return out, err
	}
}

// InPost gives an investment who is in the posts that an option planned, on the last day of quarters or today.
func InPost(s *workforce.Service) func(context.Context, access.Actor, time.Time, option.Option, []civil.Date) ([]investment.Own, error) {
	return func(ctx context.Context, a access.Actor, now time.Time, o option.Option, quarters []civil.Date) (out []investment.Own, err error) {
		today, days := locale.Day(now), make([]civil.Date, len(quarters))
		for i, q := range quarters {
			if days[i] = q.AddMonths(3).AddDays(-1); days[i].After(today) {
				days[i] = today
			}
		}
		wte, known, err := s.Brought(ctx, a, o, days)
		if err != nil || !known {
			return nil, err
		}
		for i, q := range quarters {
			out = append(out, investment.Own{Quarter: q, Value: wte[i], From: days[i], Till: days[i], Path: "/workforce/pipeline", Source: locale.T(ctx, "investment.actual.own.posts", "option", locale.T(ctx, "investment.option."+string(o)))})
		}
		return out, nil
	}
}
