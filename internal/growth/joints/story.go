package joints

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/growth/story/award"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Tellable lists the actions that a case study may be about. One that is over or was stopped stays: what failed is worth telling.
func Tellable(s *strategy.Service) func(context.Context, access.Actor) ([]story.Action, error) {
	return func(ctx context.Context, a access.Actor) ([]story.Action, error) {
		plan, err := s.Find(ctx, a)
		out := make([]story.Action, len(plan.Actions))
		for i, x := range plan.Actions {
			out[i] = story.Action{ID: x.ID, Title: x.Title}
		}
		return out, err
	}
}

// Judged gives case studies every verdict that was kept, in its own words, with what makes a reader careful.
func Judged(s *forecast.Service) func(context.Context, access.Actor, time.Time) ([]story.Effect, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (out []story.Effect, err error) {
		all, err := s.List(ctx, a, now)
		if err != nil {
			return nil, err
		}
		for _, j := range all {
			if j.Kept != nil {
				out = append(out, judgedEffect(ctx, j))
			}
		}
		return out, nil
	}
}

func judgedEffect(ctx context.Context, j forecast.Judged) story.Effect {
	k, amount := j.Kept, func(x float64) string { return j.Series.Write(ctx, x) }
	v := k.Outcome.Verdict
	e := story.Effect{Forecast: j.ID, Action: j.Action, Judgement: string(k.Outcome.Judgement), Fingerprint: k.Fingerprint, Before: v.Before, After: v.After, Low: v.Low, High: v.High, Title: j.Title,
		Foretold: j.Says(ctx, j.Series.Amount), Tag: k.Outcome.Word(ctx, j), Sentence: k.Outcome.Sentence(ctx, j), Explanations: j.Explanations, Figure: j.Cited.Title, Version: j.Cited.Version, Source: j.Cited.Source,
		Months: k.Months, Readings: k.Values, Start: k.Start, Due: j.Due, Judged: k.At, ChanceText: locale.T(ctx, "forecast.band.chance", "low", amount(v.Low), "high", amount(v.High))}
	if low, high, ok := k.Outcome.Band(j.Forecast); ok {
		e.ForetoldLow, e.ForetoldHigh = low, high
		e.ForetoldText = locale.T(ctx, "forecast.band.forecast", "low", amount(low), "high", amount(high))
	}
	if k.Outcome.Season() {
		e.Caution = append(e.Caution, locale.T(ctx, "forecast.season", "n", v.MonthsAfter))
	}
	if !j.Held() {
		e.Caution = append(e.Caution, locale.T(ctx, "forecast.alone.says"))
	}
	if j.Late() {
		e.Caution = append(e.Caution, locale.T(ctx, "forecast.late.says"))
	}
	if j.Withdrawn != nil {
		e.Caution = append(e.Caution, locale.T(ctx, "forecast.withdrawn.says"))
	}
	if j.Today != nil {
		e.Today = locale.T(ctx, "forecast.today", "when", locale.Date(k.At), "word", j.Today.Word(ctx, j), "sentence", j.Today.Sentence(ctx, j))
	}
	return e
}

// Costed says what an action is planned to cost in the option that the investment plan chose; "" where it has no line.
func Costed(s *investment.Service) func(context.Context, access.Actor, uuid.UUID) (string, error) {
	return func(ctx context.Context, a access.Actor, action uuid.UUID) (string, error) {
		r, err := s.Written(ctx, a)
		if err != nil || r.Plan.Start.IsZero() {
			return "", err
		}
		flows, err := r.Costs(r.Plan.Chosen, investment.Budget)
		if err != nil {
			return "", err
		}
		n, sum := 0, 0.0
		for _, f := range flows {
			if f.Action == action {
				n++
				sum += f.Cash.Sum()
			}
		}
		if n == 0 {
			return "", nil
		}
		return locale.T(ctx, "story.cost.is", "sum", investment.Pounds(sum), "n", n, "from", r.Plan.Start.Long(), "option", locale.T(ctx, "investment.option."+string(r.Plan.Chosen))), nil
	}
}

// Evident lists what is in use in the evidence room, for nominations.
func Evident(s *evidence.Service) func(context.Context, access.Actor, time.Time) ([]award.Item, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (out []award.Item, err error) {
		room, err := s.Read(ctx, a, now)
		for _, x := range room.Items {
			if x.Standing(room.Today) == evidence.Accepted {
				out = append(out, award.Item{ID: x.ID, Title: x.Title})
			}
		}
		return out, err
	}
}
