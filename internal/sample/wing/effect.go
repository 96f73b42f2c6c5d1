package wing

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func points(x float64) *float64 { return &x }

// register writes down what the actions should change: the first three weeks before it starts, the second a month
// after its start, the third for one that is to come.
func (t *story) register(ctx context.Context) error {
	return all(
		func() error {
			return t.forecasts.Register(ctx, t.lead, t.at(0, -20), forecast.Registration{ID: t.Next(), Action: t.waits.action, Ref: figure.Ref{Kind: "indicator", Name: "K02"}, Direction: spc.Decrease,
				Points: points(3), Due: t.begin.AddMonths(8), Confidence: "medium", Explanations: []string{"Fewer referrals in spring than in winter", "A physician who was on leave comes back in March"}})
		},
		func() error {
			return t.forecasts.Register(ctx, t.lead, t.at(1, 5), forecast.Registration{ID: t.Next(), Title: "Reminders by text", StartsOn: t.begin, Ref: figure.Ref{Kind: "indicator", Name: "K10"}, Direction: spc.Decrease,
				Points: points(4), Due: t.begin.AddMonths(8), Confidence: "high", Explanations: []string{"Shorter waits alone make it more likely that people come"}})
		},
		func() error {
			return t.forecasts.Register(ctx, t.lead, t.ago(12), forecast.Registration{ID: t.Next(), Action: t.msk.action, Ref: figure.Ref{Kind: "indicator", Name: "first_seen_within"}, Direction: spc.Increase,
				Points: points(10), Due: locale.Day(t.Now).AddMonths(9).AddDays(1 - locale.Day(t.Now).Day), Confidence: "low",
				Explanations: []string{"More self-referrals in winter make the list longer", "A second physiotherapist is in post from January"}})
		},
	)
}

// review decides about the findings of the last two whole months: the first that missed is answered by an action, the
// next are watched, and the first that got better becomes the draft of a story.
func (t *story) review(ctx context.Context) error {
	for back := 2; back >= 1; back-- {
		month := t.begin.AddMonths(12 - back)
		at := t.at(13-back, 6)
		if !at.Before(t.Now) { // the running month has not come so far
			at = t.Now
		}
		r, err := t.forecasts.Review(ctx, t.lead, at, month)
		if err != nil {
			return err
		}
		acted, told := false, false
		for _, f := range r.Found {
			d := forecast.Decision{ID: t.Next(), Month: month}
			switch {
			case (f.Missed || f.Concern) && !acted:
				acted = true
				d.Choice, d.Reason = forecast.Act, "Agreed with the clinic manager; an action will say how."
			case f.Missed || f.Concern:
				d.Choice, d.Reason = forecast.Watch, "One more month before we do anything."
			case !told:
				told = true
				d.Choice, d.StoryTitle, d.StoryText = forecast.Story, "Seen sooner", "Three more clinics a week, one of them in the evening, and a reminder by text two days before."
			default:
				continue
			}
			if err := t.forecasts.Decide(ctx, t.lead, at, f.Ref, d); err != nil {
				return err
			}
		}
	}
	return nil
}
