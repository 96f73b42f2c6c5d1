// Package figureweb is the list of figures, a figure as it is now, and a figure as it was relied on.
package figureweb

import (
	"context"
	"net/http"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

type pages struct {
	s   *figure.Service
	ask access.Permission
}

// Routes of the slice. Whoever may use ask finds on the page of a figure the way to a question about it.
func Routes(s *figure.Service, ask access.Permission) []web.Route {
	p := &pages{s, ask}
	route := func(path string, h web.Handler) web.Route {
		return web.Route{Method: http.MethodGet, Path: path, Wall: access.Growth, Permission: figure.Read, Load: web.NoObject, Handle: h}
	}
	return []web.Route{
		route("/figures", p.list),
		route("/figures/{kind}/{name...}", p.now),
		route("/figures/cited/{id}", p.cited),
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
	ref := figure.Ref{Kind: c.R.PathValue("kind"), Name: c.R.PathValue("name")}
	f, err := p.s.Library().Find(c.Ctx(), c.Actor, c.Now, ref, civil.Date{})
	if err != nil {
		return err
	}
	params := c.Page("figure.list.title", "/figures")
	params.Title = f.Title
	return c.Render(nowPage(params, f, p.askPath(c, figureview.AskPath(ref))))
}

// askPath leaves the way to a question to those who may ask one; "" for the others.
func (p *pages) askPath(c *web.Context, path string) string {
	if !c.May(p.ask) {
		return ""
	}
	return path
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
	return c.Render(citedPage(params, checked, p.askPath(c, figureview.AskCitedPath(id))))
}

func table(ctx context.Context, all []figure.Figure) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "figure.list.what"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "figure.list.what"), locale.T(ctx, "figure.list.value"), locale.T(ctx, "figure.list.period"), locale.T(ctx, "figure.list.source"))}
	for _, f := range all {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: f.Title, Href: f.Ref.Path()}, {Text: figureview.Value(ctx, f)}, {Text: f.PeriodText}, {Text: f.Source}})
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
