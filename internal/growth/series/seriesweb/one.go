package seriesweb

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesfile"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// oneView is the page /data/{code}.
type oneView struct {
	Title   string
	Gaps    string
	About   nhsuk.SummaryListParams
	Chart   chart.XmR
	Periods nhsuk.TableParams
	Others  []series.Part
	Series  series.Series
	Control string
	Ref     figure.Ref
}

func (p *pages) one(c *web.Context) error {
	s, err := p.s.Find(c.Ctx(), c.Actor, c.R.PathValue("code"))
	if err != nil {
		return err
	}
	part, ok := s.Part(c.R.URL.Query().Get("group"))
	if !ok && c.R.URL.Query().Get("group") == "" { // only groups were sent
		part, ok = s.Parts[0], true
	}
	if !ok {
		return fault.Missing("group")
	}
	v := oneView{Title: name(s, part), Gaps: gaps(c.Ctx(), s, part, c.Now), Series: s, Control: "series.control." + s.Control,
		Ref: figure.Ref{Kind: series.FigureKind, Name: s.Name(part.Part)}}
	for _, x := range s.Parts {
		if x.Part != part.Part {
			v.Others = append(v.Others, x)
		}
	}
	n, of := part.Coverage()
	row := func(key, value string) nhsuk.SummaryRow { return nhsuk.Row(c.T("series.about."+key), value) }
	v.About = nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{row("counts", s.Counts), row("direction", c.T("series.direction."+s.Direction)), row("source", s.Source),
		row("filled", locale.DateTime(s.Filled)), row("version", c.T("series.about.version.value", "version", s.Version, "at", locale.Date(s.At))),
		row("coverage", c.T("series.coverage", "n", n, "of", of)), row("missing", v.Gaps)}}
	if v.Chart, err = xmr(s, part, v.Title); err != nil {
		return err
	}
	v.Periods = periods(c.Ctx(), s, part)
	return c.Render(onePage(c.Page("series.one.title", "/data", "name", v.Title), v))
}

// xmr draws a series; whatever has no value is a gap.
func xmr(s series.Series, p series.Part, title string) (chart.XmR, error) {
	floor := 0.0
	x := chart.XmR{ID: "series", Title: title, Unit: s.Unit, Decimals: s.Decimals(), Floor: &floor, In: spc.Input{Profile: spc.MDC, Direction: spc.Direction(s.Direction)}}
	x.In.Dates, x.In.Values = p.Numbers()
	if s.Per == 100 {
		ceiling := 100.0
		x.Ceiling = &ceiling
	}
	var err error
	if x.Out, err = spc.Compute(x.In); err != nil {
		return x, fmt.Errorf("chart %s: %w", s.Code, err)
	}
	return x, nil
}

// periods lists every period with its numbers or the reason why there are none, newest first.
func periods(ctx context.Context, s series.Series, p series.Part) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "series.one.periods"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "series.one.period"), locale.T(ctx, "series.one.value"), locale.T(ctx, "series.one.numerator"), locale.T(ctx, "series.one.denominator"))}
	blank := func(text string) string {
		if text == "" {
			return locale.T(ctx, "series.one.no_number")
		}
		return text
	}
	for i := len(p.Periods) - 1; i >= 0; i-- {
		x := p.Periods[i]
		t.Rows = append(t.Rows, nhsuk.Cells(seriesfile.PeriodText(s.Frequency, x.Start), value(ctx, s, x), blank(x.Numerator), blank(x.Denominator)))
	}
	return t
}
