// Package figureweb is the list of figures, a figure as it is now, and a figure as it was relied on.
package figureweb

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type pages struct{ s *figure.Service }

// Routes of the slice.
func Routes(s *figure.Service) []web.Route {
	p := &pages{s}
	on := web.Route{Wall: access.Growth, Permission: figure.Read, Load: web.NoObject}.On
	return []web.Route{
		on("GET", "/figures", p.list),
		on("GET", "/figures/{kind}/{name...}", p.now),
		on("GET", "/figures/cited/{id}", p.cited),
	}
}

func (p *pages) list(c *web.Context) error {
	all, err := p.s.Library().List(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(listPage(c.Page("figure.list.title", ""), all))
}

func (p *pages) now(c *web.Context) error {
	var period civil.Date
	if text := c.R.URL.Query().Get("period"); text != "" {
		var err error
		if period, err = civil.Parse(text); err != nil {
			return fault.Missing("period")
		}
	}
	f, err := p.s.Library().Find(c.Ctx(), c.Actor, c.Now, figure.Ref{Kind: c.R.PathValue("kind"), Name: c.R.PathValue("name")}, period)
	if err != nil {
		return err
	}
	params := c.Page("figure.list.title", "/figures")
	params.Title = f.Title
	return c.Render(nowPage(params, f, period))
}

func (p *pages) cited(c *web.Context) error {
	id, err := c.ID("id")
	if err != nil {
		return err
	}
	checked, err := p.s.Cited(c.Ctx(), c.Actor, c.Now, id)
	if err != nil {
		return err
	}
	params := c.Page("figure.list.title", "/figures")
	params.Title = c.T("figure.cited.title", "title", checked.Title)
	return c.Render(citedPage(params, checked))
}

func table(ctx context.Context, all []figure.Figure) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "figure.list.what"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "figure.list.what"), locale.T(ctx, "figure.list.value"), locale.T(ctx, "figure.list.period"), locale.T(ctx, "figure.list.source"))}
	for _, f := range all {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: f.Title, Href: f.Ref.Path()}, {HTML: figureview.Number(figureview.Value(ctx, f), f.Title, f.Ref, f.Period)}, {Text: f.PeriodText}, {Text: f.Source}})
	}
	return t
}

// facts are what stands behind a figure.
func facts(ctx context.Context, f figure.Figure) nhsuk.SummaryListParams {
	rows := []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "figure.now.value"), figureview.Value(ctx, f)),
		nhsuk.Row(locale.T(ctx, "figure.now.period"), f.PeriodText),
		nhsuk.Row(locale.T(ctx, "figure.now.definition"), f.Definition),
		nhsuk.Row(locale.T(ctx, "figure.now.version"), f.Version),
		nhsuk.Row(locale.T(ctx, "figure.now.source"), f.Source),
	}
	if !f.SourceAt.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "figure.now.source_at"), locale.DateTime(f.SourceAt)))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}
