package joints

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
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

// Judged gives case studies every verdict that was kept, in its own words, with what makes a reader careful, and without the months that
// would tell a small number beside what the organisation shares.
func Judged(s *forecast.Service, i *indicator.Service) func(context.Context, access.Actor, time.Time) ([]story.Effect, error) {
	return func(ctx context.Context, a access.Actor, now time.Time) (out []story.Effect, err error) {
		all, err := s.List(ctx, a, now)
		if err != nil {
			return nil, err
		}
		for _, j := range all {
			if j.Kept == nil {
				continue
			}
			e := judgedEffect(ctx, j)
			if j.Cited.Ref.Kind == indicator.FigureKind {
				readings := map[civil.Date]float64{}
				for k, m := range e.Months {
					readings[m] = e.Readings[k]
				}
				held, err := withheld(ctx, i, a, j.Cited.Ref.Name, readings)
				if err != nil {
					return nil, err
				}
				if len(held) > 0 {
					var names []string
					for _, m := range held {
						names = append(names, m.MonthYear())
					}
					e = e.Without(held, locale.T(ctx, "story.effect.withheld"), locale.T(ctx, "story.effect.withheld.why", "n", len(held), "months", strings.Join(names, ", ")))
				}
			}
			out = append(out, e)
		}
		return out, nil
	}
}

// Citable says whether a figure may be told to everybody: one of an indicator may where its month would tell nothing small.
func Citable(i *indicator.Service) func(context.Context, access.Actor, figure.Figure) (bool, error) {
	return func(ctx context.Context, a access.Actor, f figure.Figure) (bool, error) {
		if f.Ref.Kind != indicator.FigureKind || f.Number == nil {
			return true, nil
		}
		held, err := withheld(ctx, i, a, f.Ref.Name, map[civil.Date]float64{f.Period: *f.Number})
		return len(held) == 0, err
	}
}

// withheld are the months in which a figure of an indicator says more than what leaves of them: of a share those in which it is not what the
// counts make that leave (or would, were it shared), of any figure those in which a part is hidden of a share of the same events.
func withheld(ctx context.Context, i *indicator.Service, a access.Actor, name string, readings map[civil.Date]float64) ([]civil.Date, error) {
	base, part, _ := strings.Cut(name, ".")
	of, p := i.Versions(base), release.BuiltIn()
	months := slices.SortedFunc(maps.Keys(readings), civil.Date.Compare)
	if len(of) == 0 || len(months) == 0 {
		return nil, nil
	}
	held := map[civil.Date]bool{}
	own, _ := p.Find(base)
	if part == "" && of[0].Share() {
		tallies, err := i.Tallies(ctx, a, base, own.Topic(), months)
		if err != nil {
			return nil, err
		}
		for m := range readings {
			held[m] = true
		}
		for _, t := range tallies {
			held[t.Month] = !disclosure.Tells(readings[t.Month], t.Part, t.Whole)
		}
	}
	for _, m := range p.Metrics {
		if m.Kind != release.Share || m.ID == base && part == "" || !slices.ContainsFunc(i.Versions(m.ID), func(x indicator.Definition) bool { return alike(x, of) }) {
			continue
		}
		tallies, err := i.Tallies(ctx, a, m.ID, m.Topic(), months)
		if err != nil {
			return nil, err
		}
		for _, t := range tallies {
			held[t.Month] = held[t.Month] || t.Part.Hidden()
		}
	}
	return slices.DeleteFunc(months, func(m civil.Date) bool { return !held[m] }), nil
}

// alike says whether a definition is of events that one of others is of too. A quantile says nothing of how the waits of a side that it does not
// keep to are divided.
func alike(x indicator.Definition, others []indicator.Definition) bool {
	return slices.ContainsFunc(others, func(y indicator.Definition) bool {
		events := slices.Concat(y.Events, y.Of)
		return x.Measure != "" && x.Measure == y.Measure && (y.Kind != indicator.KindQuantile || x.Side == y.Side) || x.Question != "" && x.Question == y.Question || slices.ContainsFunc(slices.Concat(x.Events, x.Of), func(k activity.Kind) bool { return slices.Contains(events, k) })
	})
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
