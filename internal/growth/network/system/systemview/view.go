// Package systemview draws what an ICS and its organisations both see: a comparison, never a ranking.
package systemview

import (
	"context"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// Label is what an organisation is called: its name where it agreed to be named, else its pseudonym.
func Label(ctx context.Context, name, code string) string {
	if name != "" {
		return name
	}
	return locale.T(ctx, "network.pseudonym", "code", code)
}

// Title is what a metric is called.
func Title(ctx context.Context, metric string) string {
	return locale.T(ctx, "network.metric."+metric)
}

// Item is what an item of a metric is called: a group by its words, anything else by its code.
func Item(ctx context.Context, m release.Metric, item string) string {
	if division, code, ok := m.InGroups(item); ok {
		return locale.T(ctx, "equity.item", "division", locale.T(ctx, "equity.division."+division), "group", Group(ctx, division, code))
	}
	return item
}

// Group is what a group of a division is called.
func Group(ctx context.Context, division, code string) string {
	return locale.T(ctx, "equity.group."+division+"."+code)
}

// Model is how a service is provided, in words.
func Model(ctx context.Context, model string) string {
	if model == "" {
		return locale.T(ctx, "network.model.none")
	}
	return locale.T(ctx, "network.model."+model)
}

// Value is a figure in words: a share with its counts, a score, or why there is none.
func Value(ctx context.Context, m release.Metric, f release.Figure) string {
	if f.State != release.Known {
		return locale.T(ctx, "network.state."+string(f.State))
	}
	if rate, ok := f.Rate(m); ok {
		x, of, _ := m.Item(f.Item)
		return locale.T(ctx, "network.rate."+x.ID, "value", strconv.FormatFloat(rate, 'f', -1, 64), "of", of)
	}
	x, ok := f.Percent(m)
	switch {
	case f.Score != nil:
		return locale.T(ctx, "network.value.score", "n", *f.Score)
	case m.People() && !ok:
		return locale.T(ctx, "network.value.counts", "part", *f.Part, "whole", *f.Whole)
	case m.People():
		return locale.T(ctx, "network.value.share", "percent", strconv.FormatFloat(x, 'f', 1, 64), "part", *f.Part, "whole", *f.Whole)
	}
	return locale.T(ctx, "network.value.things", "part", *f.Part, "whole", *f.Whole)
}

// months names the months of a comparison.
func months(ctx context.Context, all []civil.Date) string {
	switch len(all) {
	case 0:
		return ""
	case 1:
		return all[0].MonthYear()
	}
	return locale.T(ctx, "network.months", "from", all[0].MonthYear(), "to", all[len(all)-1].MonthYear())
}

// says is the plain sentence of a funnel: how many lie outside, and which way; never which is best.
func says(ctx context.Context, v system.View) string {
	high, low := 0, 0
	for _, u := range v.Units {
		switch {
		case strings.HasPrefix(string(u.Label), "high"):
			high++
		case strings.HasPrefix(string(u.Label), "low"):
			low++
		}
	}
	all := strconv.FormatFloat(100*v.Funnel.Target, 'f', 1, 64)
	if high+low == 0 {
		return locale.T(ctx, "network.says.none", "n", len(v.Units), "all", all)
	}
	return locale.T(ctx, "network.says.outside", "n", len(v.Units), "all", all, "high", high, "low", low)
}

func drawing(ctx context.Context, v system.View) chart.Funnel {
	f := chart.Funnel{ID: "funnel", Title: locale.T(ctx, "network.funnel.title", "metric", Title(ctx, v.Metric.ID), "months", months(ctx, v.Comparison.Months)), Says: says(ctx, v),
		Size: locale.T(ctx, "network.size."+v.Metric.ID), Target: v.Funnel.Target, Limits: v.Funnel.Limits}
	for _, u := range v.Units {
		f.Points = append(f.Points, chart.FunnelPoint{Name: Label(ctx, u.Name, u.Code), Part: u.Part, Size: u.Whole, Percent: u.Percent, Label: u.Label, Own: u.Own})
	}
	return f
}

// models lists how the services of a comparison are provided.
func models(ctx context.Context, v system.View) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "network.models"), Size: "s"},
		Head: nhsuk.Heads(locale.T(ctx, "network.organisation"), locale.T(ctx, "network.model"))}
	for _, u := range v.Units {
		t.Rows = append(t.Rows, nhsuk.Cells(Label(ctx, u.Name, u.Code), Model(ctx, u.Model)))
	}
	return t
}

// shownMonths is how many months a page offers; earlier ones have an address of the same form.
const shownMonths = 12

// Recent are the months that a page offers.
func Recent(all []civil.Date) []civil.Date { return all[:min(shownMonths, len(all))] }

// Query is a month in an address.
func Query(m civil.Date) string { return m.String()[:7] }

// Month reads it; "" is the zero month.
func Month(text string) (civil.Date, bool) {
	if text == "" {
		return civil.Date{}, true
	}
	m, err := civil.Parse(text + "-01")
	return m, err == nil
}
