package capacityweb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

// backView is the page of the back-test.
type backView struct {
	Last, Best *capacity.Run
	Can        bool
	Run        string
	Writes     bool
}

func (p *pages) back(c *web.Context) error {
	run, err := uuid.NewV7()
	if err != nil {
		return err
	}
	v := backView{Run: run.String(), Writes: c.May(capacity.Write)}
	if v.Last, v.Best, v.Can, err = p.s.BackTested(c.Ctx(), c.Actor); err != nil {
		return err
	}
	params := c.Page("capacity.back.title", "/capacity")
	params.Wide = true
	return c.Render(backPage(params, v))
}

func (p *pages) backPost(c *web.Context) error {
	run, err := uuid.Parse(form.From(c.R).Get("run"))
	if err != nil {
		return fault.Missing("run")
	}
	if err := p.s.AskBack(c.Ctx(), c.Actor, c.Now, run); err != nil {
		return err
	}
	c.Flash("capacity.run.asked")
	return c.Redirect("/capacity/back-test")
}

// verdict says whether the model did well, and by what rule.
func verdict(ctx context.Context, b *capacity.Back) string {
	return locale.T(ctx, "capacity.back.verdict."+string(b.Verdict), "covered", whole(100*b.Covered), "came", whole(b.Came), "low", whole(b.CameLow), "high", whole(b.CameHigh), "share", whole(100*b.CameShare))
}

// failure says in what the model failed.
func failure(ctx context.Context, b *capacity.Back) string {
	return locale.T(ctx, "capacity.trust.failed."+string(b.Verdict), "covered", whole(100*b.Covered), "came", whole(b.Came), "low", whole(b.CameLow), "high", whole(b.CameHigh))
}

// overlaid are the bands of list and referrals with what happened.
func overlaid(ctx context.Context, b *capacity.Back) []chart.Fan {
	floor := 0.0
	list := chart.Fan{ID: "back-list", Title: locale.T(ctx, "capacity.back.list"), Unit: locale.T(ctx, "capacity.unit.people"), Floor: &floor, Says: locale.T(ctx, "capacity.back.list.says", "n", whole(100*b.Covered), "weeks", len(b.Weeks))}
	came := chart.Fan{ID: "back-came", Title: locale.T(ctx, "capacity.back.came"), Floor: &floor, Says: locale.T(ctx, "capacity.back.came.says", "n", whole(100*b.CameShare), "weeks", len(b.Weeks))}
	for _, w := range b.Weeks {
		for _, f := range []*chart.Fan{&list, &came} {
			f.Labels = append(f.Labels, locale.Date(w.Start.UTC()))
		}
		list.Points = append(list.Points, chart.FanPoint{Low: w.Low, Middle: w.Middle, High: w.High, Bare: true})
		list.Actual = append(list.Actual, spc.Some(w.Happened))
		came.Points = append(came.Points, chart.FanPoint{Low: w.CameLow, Middle: (w.CameLow + w.CameHigh) / 2, High: w.CameHigh, Bare: true})
		came.Actual = append(came.Actual, spc.Some(w.Came))
	}
	return []chart.Fan{list, came}
}
