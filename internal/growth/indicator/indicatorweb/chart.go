package indicatorweb

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) chart(c *web.Context) error {
	clock := activity.Raw
	if c.R.URL.Query().Get("clock") == string(activity.Adjusted) {
		clock = activity.Adjusted
	}
	v, err := p.s.Find(c.Ctx(), c.Actor, c.R.PathValue("indicator"), clock, c.Now)
	if err != nil {
		return err
	}
	source, from := p.s.Source()
	return c.Render(chartPage(c.Page("indicator."+v.ID+".title", "/performance"), v, definition(c.Ctx(), v, source, from), c.May(indicator.Annotate)))
}

// definition is what stands behind the chart.
func definition(ctx context.Context, v indicator.View, source, from string) nhsuk.SummaryListParams {
	var rows []nhsuk.SummaryRow
	row := func(key, value string) {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "indicator.page."+key), value))
	}
	for _, part := range []string{"question", "numerator", "denominator", "clock", "exclusions"} {
		row(part, locale.T(ctx, "indicator."+v.ID+"."+part))
	}
	row("direction", locale.T(ctx, "indicator.direction."+string(v.Direction)))
	if v.Target != nil {
		row("target", locale.T(ctx, "indicator.page.target.value", "x", amount(ctx, v.Definition, *v.Target)))
	} else {
		row("target", locale.T(ctx, "indicator.page.target.none"))
	}
	row("source", source)
	day := from
	if d, err := civil.Parse(from); err == nil {
		day = d.Long()
	}
	row("version", locale.T(ctx, "indicator.page.version.value", "n", v.Version, "date", day))
	return nhsuk.SummaryListParams{Rows: rows}
}

func signed(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
