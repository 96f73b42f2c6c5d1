package investmentweb

import (
	"context"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/effect"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// effectPath is the page of the costs with what a line, or a post of the plan for people, does to them.
func effectPath(id uuid.UUID) string { return "/investment?effect=" + id.String() }

// effectOf is what the address asks for; nil where it asks for none, or for what costs nothing here.
func effectOf(c *web.Context, r investment.Record) (*effect.Effect, error) {
	id, err := uuid.Parse(c.R.URL.Query().Get("effect"))
	if err != nil {
		return nil, nil //nolint:nilnil // the page is there without it
	}
	e, ok, err := effect.Of(r, id)
	if !ok {
		return nil, err
	}
	return &e, nil
}

// effectCosts says what it costs.
func effectCosts(ctx context.Context, e effect.Effect) string {
	text := locale.T(ctx, "investment.effect.costs", "sum", investment.Pounds(e.Costs.Sum()), "last", investment.Pounds(e.Costs.Year(investment.Years-1)), "option", optionName(ctx, e.Option))
	if len(e.Others) == 0 {
		return text
	}
	return text + " " + locale.T(ctx, "investment.effect.others", "options", names(ctx, e.Others))
}

// effectTable lays the option without it beside the option with it.
func effectTable(ctx context.Context, e effect.Effect) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: caption(locale.T(ctx, "investment.effect.caption", "option", optionName(ctx, e.Option))),
		Head: numericHeads(locale.T(ctx, "investment.actual.what"), locale.T(ctx, "investment.effect.without"), locale.T(ctx, "investment.effect.with"), locale.T(ctx, "investment.effect.change"))}
	sum := func(key string, of func(effect.Worth) float64) {
		a, b := of(e.Without), of(e.With)
		t.Rows = append(t.Rows, numeric(locale.T(ctx, key), investment.Pounds(a), investment.Pounds(b), investment.Pounds(b-a)))
	}
	sum("investment.effect.cost", func(w effect.Worth) float64 { return w.Cost })
	sum("investment.appraisal.npsv.budget", func(w effect.Worth) float64 { return w.NPV })
	sum("investment.appraisal.npsv.social", func(w effect.Worth) float64 { return w.NPSV })
	ratio := func(x *float64) string {
		if x == nil {
			return locale.T(ctx, "investment.appraisal.none")
		}
		return investment.Ratio(*x)
	}
	change := locale.T(ctx, "investment.appraisal.none")
	if a, b := e.Without.BCR, e.With.BCR; a != nil && b != nil {
		change = investment.Ratio(*b - *a)
	}
	t.Rows = append(t.Rows, numeric(locale.T(ctx, "investment.appraisal.bcr"), ratio(e.Without.BCR), ratio(e.With.BCR), change))
	return t
}
