package clientweb

import (
	"context"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type showView struct {
	client.Contract
	Invited []account.Invited
	Base    string
	Today   civil.Date
}

// said is a list in words, or that nothing is said.
func said(ctx context.Context, prefix string, codes ...string) string {
	var out []string
	for _, c := range codes {
		if c != "" {
			out = append(out, locale.T(ctx, prefix+"."+c))
		}
	}
	if len(out) == 0 {
		return locale.T(ctx, "client.unsaid")
	}
	return strings.Join(out, "; ")
}

func lastDay(ctx context.Context, c client.Contract, today civil.Date) string {
	switch {
	case c.Terms.Last.IsZero():
		return locale.T(ctx, "client.last.none")
	case c.Soon(today):
		return locale.T(ctx, "client.last.soon", "day", day(c.Terms.Last))
	}
	return day(c.Terms.Last)
}

func contractTable(ctx context.Context, all []client.Contract, today civil.Date) nhsuk.TableParams {
	t := nhsuk.TableParams{Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "client.table"), Size: "m"}, Responsive: true,
		Head: nhsuk.Heads(locale.T(ctx, "client.col.name"), locale.T(ctx, "client.col.model"), locale.T(ctx, "client.col.from"), locale.T(ctx, "client.col.last"), locale.T(ctx, "client.col.state"))}
	for _, c := range all {
		row := nhsuk.Cells(c.Name, said(ctx, "client.model", c.Terms.Model), day(c.Terms.From), lastDay(ctx, c, today), locale.T(ctx, "client.state."+c.State(today)))
		row[0].Href = pathOf(c.Organisation)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func rows(ctx context.Context, v showView) nhsuk.SummaryListParams {
	ods := v.ODS
	if ods == "" {
		ods = locale.T(ctx, "client.unsaid")
	}
	list := []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "client.col.state"), locale.T(ctx, "client.state."+v.State(v.Today))),
		nhsuk.Row(locale.T(ctx, "client.kind"), locale.T(ctx, "client.kind."+string(v.Kind))),
		nhsuk.Row(locale.T(ctx, "client.col.ods"), ods),
		nhsuk.Row(locale.T(ctx, "client.model"), said(ctx, "client.model", v.Terms.Model)),
		nhsuk.Row(locale.T(ctx, "client.integration"), said(ctx, "client.integration", v.Terms.Integration)),
		nhsuk.Row(locale.T(ctx, "client.services"), said(ctx, "client.service", v.Terms.Services...)),
		nhsuk.Row(locale.T(ctx, "client.from"), day(v.Terms.From)),
		nhsuk.Row(locale.T(ctx, "client.last"), lastDay(ctx, v.Contract, v.Today)),
	}
	if !v.Until.IsZero() {
		list = append(list, nhsuk.Row(locale.T(ctx, "client.until"), day(v.Until)))
	}
	return nhsuk.SummaryListParams{Rows: list}
}
