package joints

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
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

// Costed says what an action is planned to cost: what the strategy says of it, and its lines in the option that the investment plan chose. A line
// that begins later than now pays for what is still to come, and a case study tells what was done. "" where neither says anything.
func Costed(plan *strategy.Service, s *investment.Service) func(context.Context, access.Actor, time.Time, uuid.UUID) (string, error) {
	return func(ctx context.Context, a access.Actor, now time.Time, action uuid.UUID) (string, error) {
		all, err := plan.Find(ctx, a)
		if err != nil {
			return "", err
		}
		var said []string
		for _, x := range all.Actions {
			if cost := strings.TrimSpace(x.Cost); x.ID == action && cost != "" {
				said = append(said, locale.T(ctx, "story.cost.strategy", "cost", strings.TrimSuffix(cost, ".")))
			}
		}
		r, err := s.Written(ctx, a)
		if err != nil {
			return "", err
		}
		lines, err := begun(r, action, locale.Day(now))
		if err != nil {
			return "", err
		}
		if len(lines) > 0 {
			sum, titles := 0.0, []string(nil)
			for _, f := range lines {
				sum, titles = sum+f.Cash.Sum(), append(titles, "“"+f.Title+"”")
			}
			said = append(said, locale.T(ctx, "story.cost.is", "sum", investment.Pounds(sum), "n", len(lines), "titles", strings.Join(titles, ", "), "from", r.Plan.Start.Long(), "option", locale.T(ctx, "investment.option."+string(r.Plan.Chosen))))
		}
		return strings.Join(said, " "), nil
	}
}

// begun are the costs of an action in the option that is followed which have begun by a day.
func begun(r investment.Record, action uuid.UUID, today civil.Date) (out []investment.Flow, err error) {
	if !r.Plan.Set() {
		return nil, nil
	}
	flows, err := r.Costs(r.Plan.Chosen, investment.Budget)
	for _, f := range flows {
		first := slices.IndexFunc(f.Cash[:], func(x float64) bool { return x != 0 })
		if f.Action == action && first >= 0 && !r.Plan.Quarter(first).After(today) {
			out = append(out, f)
		}
	}
	return out, err
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
