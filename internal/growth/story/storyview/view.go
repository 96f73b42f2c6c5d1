// Package storyview draws a case study where it is read: inside, and on the public site of the service.
package storyview

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/story"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Tag is what came of a forecast, in few words. Good and bad outcomes have no colour of their own: each is worth reading.
func Tag(e story.Effect) nhsuk.TagParams { return nhsuk.TagParams{Text: e.Tag, Colour: "white"} }

// Drawn is the figure by which an effect was judged, month by month, with the start, and where its mean would lie by chance and as
// foretold. Months without a figure are gaps.
func Drawn(ctx context.Context, e story.Effect) chart.Line {
	floor := 0.0
	l := chart.Line{ID: "effect-" + e.Forecast.String(), Title: e.Figure, Values: []spc.Number{}, Floor: &floor, Decimals: 1}
	at := map[civil.Date]float64{}
	for i, m := range e.Months {
		at[m] = e.Readings[i]
	}
	all := slices.SortedFunc(slices.Values(slices.Concat(e.Months, e.Withheld)), civil.Date.Compare)
	if n := len(all); n > 0 {
		for m := all[0]; !m.After(all[n-1]); m = m.AddMonths(1) {
			v, known := at[m]
			number := spc.Number{}
			if known {
				number = spc.Some(v)
			}
			l.Dates, l.Values = append(l.Dates, m), append(l.Values, number)
		}
	}
	l.Marks = []chart.Mark{{Date: e.Start, Text: locale.T(ctx, "forecast.mark.start")}, {Date: e.Due, Text: locale.T(ctx, "forecast.mark.due")}}
	if e.ChanceText != "" { // where a month is withheld, the means and bands are too
		l.Bands = []chart.Band{{From: e.Start, To: e.Due, Low: max(e.Low, 0), High: max(e.High, 0), Text: e.ChanceText}}
	}
	if e.ForetoldText != "" {
		l.Bands = append(l.Bands, chart.Band{From: e.Start, To: e.Due, Low: max(e.ForetoldLow, 0), High: max(e.ForetoldHigh, 0), Forecast: true, Text: e.ForetoldText})
	}
	return l
}

// facts say by what an effect was judged.
func facts(ctx context.Context, e story.Effect) nhsuk.SummaryListParams {
	t := func(key string) string { return locale.T(ctx, "story.effect."+key) }
	rows := []nhsuk.SummaryRow{nhsuk.Row(t("foretold"), e.Foretold)}
	if e.ChanceText != "" {
		rows = append(rows, nhsuk.Row(t("chance"), e.ChanceText))
	}
	if e.ForetoldText != "" {
		rows = append(rows, nhsuk.Row(t("band"), e.ForetoldText))
	}
	rows = append(rows, nhsuk.Row(t("figure"), locale.T(ctx, "story.effect.figure.is", "figure", e.Figure, "version", e.Version, "source", e.Source)), nhsuk.Row(t("judged"), locale.Date(e.Judged)))
	return nhsuk.SummaryListParams{Rows: rows}
}
