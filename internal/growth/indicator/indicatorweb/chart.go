package indicatorweb

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
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
	version := 0
	if text := c.R.URL.Query().Get("version"); text != "" {
		var err error
		if version, err = strconv.Atoi(text); err != nil || version < 1 {
			return fault.Missing("version")
		}
	}
	name := c.R.PathValue("indicator")
	if all := p.s.Versions(name); len(all) > 0 && !all[0].Charted() {
		return p.equity(c, name)
	}
	v, err := p.s.Find(c.Ctx(), c.Actor, name, version, clock, c.Now)
	if err != nil {
		return err
	}
	params := c.Page("indicator.board.title", "/performance")
	params.Title = v.Words(c.Ctx(), "title")
	return c.Render(chartPage(params, v, p.s.Versions(v.ID), definition(c.Ctx(), v.Definition, v.Set, v.MadeAt, p.s.Source()),
		v.To.IsZero() && c.May(indicator.Annotate), v.Direction != spc.Neutral && c.May(indicator.SetAims)))
}

// address is the page of a version under a clock; what is usual is left out.
func address(d indicator.Definition, clock activity.Clock) string {
	q := url.Values{}
	if clock == activity.Adjusted {
		q.Set("clock", string(clock))
	}
	if !d.To.IsZero() {
		q.Set("version", strconv.Itoa(d.Version))
	}
	u := url.URL{Path: "/performance/" + d.ID, RawQuery: q.Encode()}
	return u.String()
}

// version says which version, and when it held.
func version(ctx context.Context, d indicator.Definition) string {
	if d.To.IsZero() {
		return locale.T(ctx, "indicator.page.version.value", "n", d.Version, "date", d.From.Long())
	}
	return locale.T(ctx, "indicator.page.version.old", "n", d.Version, "from", d.From.Long(), "to", d.To.Long())
}

// outside says what somebody outside the service sees.
func outside(ctx context.Context, whole bool) string {
	if whole {
		return locale.T(ctx, "indicator.board.outside.whole")
	}
	return locale.T(ctx, "indicator.board.outside")
}

// definition is what stands behind the chart.
func definition(ctx context.Context, d indicator.Definition, set indicator.Set, made time.Time, source string) nhsuk.SummaryListParams {
	var rows []nhsuk.SummaryRow
	row := func(key, value string) {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "indicator.page."+key), value))
	}
	for _, part := range []string{"question", "numerator", "denominator", "clock", "exclusions"} {
		row(part, d.Words(ctx, part))
	}
	row("direction", locale.T(ctx, "indicator.direction."+string(d.Direction)))
	row("target", target(ctx, d, set))
	row("owner", set.Owner)
	if d.Code != "" {
		row("code", d.Code)
	}
	row("data", locale.T(ctx, "indicator.figure.source"))
	if made.IsZero() {
		row("made_at", locale.T(ctx, "indicator.page.made_at.none"))
	} else {
		row("made_at", locale.DateTime(made))
	}
	row("source", source)
	row("version", version(ctx, d))
	return nhsuk.SummaryListParams{Rows: rows}
}

// target says what is aimed at now, and whether the organisation said so.
func target(ctx context.Context, d indicator.Definition, set indicator.Set) string {
	if d.Target == nil {
		return locale.T(ctx, "indicator.page.target.none")
	}
	x := d.Amount(ctx, *d.Target)
	for _, a := range set.Aims { // newest first
		if a.Value != nil && *a.Value == *d.Target {
			return locale.T(ctx, "indicator.page.target.set", "x", x, "month", a.From.MonthYear(), "by", a.By, "reason", a.Reason)
		}
	}
	return locale.T(ctx, "indicator.page.target.value", "x", x)
}

func signed(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }
