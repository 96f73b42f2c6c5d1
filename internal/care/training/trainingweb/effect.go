package trainingweb

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/contrast"
	"github.com/rowan-ohwb/rowan/internal/care/training"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
)

type effectView struct {
	training.Outcome
	Window int // days before and after
}

// measures are those by which the course is judged.
func (v effectView) measures() []string {
	if !v.Judged {
		return nil
	}
	return training.Measures
}

func (p *pages) effect(c *web.Context) error {
	id, err := c.ID("course")
	if err != nil {
		return err
	}
	o, err := p.s.Outcome(c.Ctx(), c.Actor, id)
	if err != nil {
		return err
	}
	return c.Render(effectPage(c.Page("training.effect.title", coursePath(id)), effectView{o, p.s.Pack().Window}))
}

// sentence is the verdict in plain words.
func (v effectView) sentence(ctx context.Context, measure string) string {
	j, shown := v.Judgements[measure]
	if !shown {
		return locale.T(ctx, "training.effect.few")
	}
	return verdict(ctx, j.Verdict())
}

func verdict(ctx context.Context, v contrast.Verdict) string {
	return locale.T(ctx, "training.effect."+string(v))
}

func tenths(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// signed writes a difference so that its direction is seen.
func signed(x float64) string {
	if x > 0 {
		return "+" + tenths(x)
	}
	return tenths(x)
}

// figures tells both groups and the difference with its interval.
func figures(ctx context.Context, j training.Judgement) string {
	return locale.T(ctx, "training.effect."+j.Measure+".figures", "trained", j.Trained, "others", j.Others, "tb", tenths(j.TrainedBefore), "ta", tenths(j.TrainedAfter), "ob", tenths(j.OthersBefore), "oa", tenths(j.OthersAfter),
		"difference", signed(j.Difference), "low", signed(j.Low), "high", signed(j.High), "day", locale.Date(j.At))
}

// beforeAfter draws both groups: two lines that run side by side tell of no effect, two that part or meet of one.
func beforeAfter(ctx context.Context, j training.Judgement) chart.Several {
	at := locale.Day(j.At)
	names := map[civil.Date]string{at.AddMonths(-12): locale.T(ctx, "training.effect.before"), at: locale.T(ctx, "training.effect.after")}
	return chart.Several{ID: j.Measure, Title: locale.T(ctx, "training.effect."+j.Measure), Unit: locale.T(ctx, "training.effect."+j.Measure+".unit"), Decimals: 1, Says: locale.T(ctx, "training.effect.chart"), Ends: true,
		Dates: []civil.Date{at.AddMonths(-12), at}, Head: locale.T(ctx, "training.effect.time"), Name: func(d civil.Date) string { return names[d] },
		Lines: []chart.Named{{Label: locale.T(ctx, "training.effect.trained", "n", j.Trained), Values: []float64{j.TrainedBefore, j.TrainedAfter}}, {Label: locale.T(ctx, "training.effect.others", "n", j.Others), Values: []float64{j.OthersBefore, j.OthersAfter}}}}
}
