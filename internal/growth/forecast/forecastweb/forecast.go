package forecastweb

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// longestReason keeps the reason of a withdrawal readable.
const longestReason = 2000

func (p *pages) list(c *web.Context) error {
	all, err := p.s.List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	params := c.Page("forecast.list.title", "")
	params.Wide = true
	return c.Render(listPage(params, all, c.May(forecast.Register)))
}

func (p *pages) one(c *web.Context) error {
	j, err := p.find(c)
	if err != nil {
		return err
	}
	params := c.Page("forecast.list.title", "/effect")
	params.Title = j.Title
	return c.Render(onePage(params, j, c.May(forecast.Register)))
}

func (p *pages) find(c *web.Context) (forecast.Judged, error) {
	id, err := c.ID("id")
	if err != nil {
		return forecast.Judged{}, err
	}
	return p.s.Find(c.Ctx(), c.Actor, c.Now, id)
}

func (p *pages) withdrawGet(c *web.Context) error {
	j, err := p.find(c)
	if err != nil {
		return err
	}
	return c.Render(withdrawPage(c.Page("forecast.withdraw.title", address(j)), form.Of(url.Values{}), j))
}

func (p *pages) withdrawPost(c *web.Context) error {
	j, err := p.find(c)
	if err != nil {
		return err
	}
	f := form.From(c.R)
	f.Required("reason", "forecast.withdraw.reason.empty")
	f.Limit("reason", longestReason)
	if f.Bad() {
		return c.Invalid(withdrawPage(c.FormPage("forecast.withdraw.title", address(j), f), f, j))
	}
	return c.Done(p.s.Withdraw(c.Ctx(), c.Actor, c.Now, j.ID, f.Get("reason")), "forecast.withdraw.saved", address(j))
}

func (p *pages) calibration(c *web.Context) error {
	cal, all, err := p.s.Calibration(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	params := c.Page("forecast.calibration.title", "/effect")
	params.Wide = true
	return c.Render(calibrationPage(params, cal, all))
}

func address(j forecast.Judged) string { return j.Path() }

var colour = map[forecast.Judgement]string{forecast.TooEarly: "grey", forecast.Consistent: "green", forecast.More: "aqua-green", forecast.Less: "yellow", forecast.NoClaim: "white", forecast.OtherWay: "orange", forecast.Impossible: "grey", forecast.Never: "grey", forecast.Stopped: "grey"}

func tag(ctx context.Context, j forecast.Judged) nhsuk.TagParams {
	return nhsuk.TagParams{Text: j.Word(ctx), Colour: colour[j.Outcome.Judgement]}
}

// drawn is the figure over time with its start and due month, where it would lie by chance, and where it was foretold to lie.
func drawn(ctx context.Context, j forecast.Judged) chart.Line {
	floor := 0.0
	l := chart.Line{ID: "forecast", Title: j.Cited.Title, Values: j.Series.Values, Dates: j.Series.Months, Floor: &floor, Decimals: 1}
	if l.Values == nil {
		l.Values = []spc.Number{}
	}
	for len(l.Values) > 1 && !l.Values[0].Known { // the baseline is asked for three years back; less may be there
		l.Values, l.Dates = l.Values[1:], l.Dates[1:]
	}
	start := "start"
	if j.Start().IsZero() {
		start = "planned"
	}
	l.Marks = []chart.Mark{{Date: j.Begin(), Text: locale.T(ctx, "forecast.mark."+start)}, {Date: j.Due, Text: locale.T(ctx, "forecast.mark.due")}}
	v := j.Outcome.Verdict
	if v.MonthsBefore > 0 && !v.TooFew {
		l.Bands = append(l.Bands, chart.Band{From: j.Begin(), To: j.Due, Low: max(v.Low, 0), High: max(v.High, 0),
			Text: locale.T(ctx, "forecast.band.chance", "low", amount(ctx, j, v.Low), "high", amount(ctx, j, v.High))})
	}
	if low, high, ok := j.Outcome.Band(j.Forecast); ok {
		l.Bands = append(l.Bands, chart.Band{From: j.Begin(), To: j.Due, Low: max(low, 0), High: max(high, 0), Forecast: true,
			Text: locale.T(ctx, "forecast.band.forecast", "low", amount(ctx, j, low), "high", amount(ctx, j, high))})
	}
	return l
}

// facts are what was registered, and when.
func facts(ctx context.Context, j forecast.Judged) nhsuk.SummaryListParams {
	t := func(key string, args ...any) string { return locale.T(ctx, "forecast.fact."+key, args...) }
	rows := []nhsuk.SummaryRow{nhsuk.Row(t("registered"), t("registered.value", "name", j.By, "when", locale.DateTime(j.At))), nhsuk.Row(t("starts"), j.StartsOn.Long())}
	if !j.Started.IsZero() {
		rows = append(rows, nhsuk.Row(t("started"), j.Started.Long()))
	}
	if !j.Stopped.IsZero() {
		rows = append(rows, nhsuk.Row(t("stopped"), j.Stopped.Long()))
	}
	rows = append(rows, nhsuk.Row(t("due"), j.Due.MonthYear()), nhsuk.Row(t("version"), j.Cited.Version))
	if j.Percent > 0 {
		rows = append(rows, nhsuk.Row(t("confidence"), locale.T(ctx, "forecast.confidence."+j.Confidence, "percent", j.Percent)))
	}
	if k := j.Kept; k != nil {
		rows = append(rows, nhsuk.Row(t("judged"), t("judged.value", "when", locale.DateTime(k.At), "n", len(k.Months), "fingerprint", k.Fingerprint[:shortPrint])))
	}
	if w := j.Withdrawn; w != nil {
		rows = append(rows, nhsuk.Row(t("withdrawn"), t("withdrawn.value", "name", w.By, "when", locale.DateTime(w.At), "reason", w.Reason)))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

// shortPrint is how much of a fingerprint a page shows: 16 of 64 characters are enough to compare two readings by eye.
const shortPrint = 16

// tables lists those of the plan's actions and, apart from them, those whose start somebody typed.
func tables(ctx context.Context, all []forecast.Judged) (out []nhsuk.TableParams) {
	var held, alone []forecast.Judged
	for _, j := range all {
		if j.Held() {
			held = append(held, j)
		} else {
			alone = append(alone, j)
		}
	}
	if len(held) > 0 {
		out = append(out, table(ctx, "forecast.list.caption", held))
	}
	if len(alone) > 0 {
		out = append(out, table(ctx, "forecast.list.alone", alone))
	}
	return out
}

func table(ctx context.Context, caption string, all []forecast.Judged) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, caption), Size: "m"}}
	for _, key := range []string{"title.column", "says", "registered", "outcome"} {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "forecast.list."+key)})
	}
	for _, j := range all {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: j.Title, Href: address(j)}, {Text: j.Says(ctx, j.Series.Amount)}, {HTML: when(j)}, {HTML: nhsuk.Tag(tag(ctx, j))}})
	}
	return t
}

func stepTable(ctx context.Context, steps []forecast.Step) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "forecast.calibration.steps"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "forecast.calibration.step"), locale.T(ctx, "forecast.calibration.came"))}
	for _, s := range steps {
		came := locale.T(ctx, "forecast.calibration.step.none")
		if s.Due > 0 {
			came = locale.T(ctx, "forecast.calibration.value", "true", strconv.Itoa(s.True), "n", s.Due)
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.T(ctx, "forecast.confidence."+s.Confidence.Code, "percent", s.Confidence.Percent), came))
	}
	return t
}

func outcomes(ctx context.Context, c forecast.Calibration) nhsuk.SummaryListParams {
	var rows []nhsuk.SummaryRow
	for _, j := range []forecast.Judgement{forecast.Consistent, forecast.More, forecast.Less, forecast.NoClaim, forecast.OtherWay} {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "forecast.tag."+string(j)), strconv.Itoa(c.By[j])))
	}
	for _, left := range []struct {
		key string
		n   int
	}{{"unjudged", c.Unjudged}, {"never", c.Never}, {"stopped", c.Stopped}, {"alone", c.Alone.Due + c.Alone.Unsettled()}, {"early", c.Early}, {"late", c.Late}, {"withdrawn", c.Withdrawn}} {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "forecast.calibration.left."+left.key), strconv.Itoa(left.n)))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

func brier(c forecast.Calibration) string { return fmt.Sprintf("%.2f", c.Brier) }
