package catalogueweb

import (
	"context"
	"net/url"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) list(c *web.Context) error {
	class := c.R.URL.Query().Get("class")
	return c.Render(listPage(c.Page("improvement.catalogue.title", "/plan"), p.s.Pack(), class))
}

func catalogueTable(ctx context.Context, list []catalogue.Intervention) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "improvement.catalogue.caption", "n", len(list)), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "improvement.catalogue.one"), locale.T(ctx, "improvement.class"), locale.T(ctx, "improvement.catalogue.whom"), locale.T(ctx, "improvement.evidence"))}
	for _, x := range list {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: x.Name, Href: "/plan/catalogue/" + x.Code}, {Text: classes(ctx, x)}, {Text: x.Whom}, {Text: locale.T(ctx, "improvement.evidence."+x.Evidence)}})
	}
	return t
}

func classes(ctx context.Context, x catalogue.Intervention) string {
	var out []string
	for _, c := range x.Classes {
		out = append(out, locale.T(ctx, "improvement.class."+c))
	}
	return strings.Join(out, ", ")
}

func (p *pages) one(c *web.Context) error {
	x, ok := p.s.Pack().Find(c.R.PathValue("code"))
	if !ok {
		return fault.Missing("intervention")
	}
	planned, err := p.s.Planned(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	params := c.Page("improvement.catalogue.title", "/plan/catalogue")
	params.Title = x.Name
	return c.Render(onePage(params, x, facts(c.Ctx(), x, p.s.Pack()), planned.By(x.Code), c.May(improvement.Write)))
}

func facts(ctx context.Context, x catalogue.Intervention, pack catalogue.Pack) nhsuk.SummaryListParams {
	return nhsuk.SummaryListParams{Rows: []nhsuk.SummaryRow{
		nhsuk.Row(locale.T(ctx, "improvement.catalogue.code"), x.Code),
		nhsuk.Row(locale.T(ctx, "improvement.class"), classes(ctx, x)),
		nhsuk.Row(locale.T(ctx, "improvement.catalogue.what"), x.What),
		nhsuk.Row(locale.T(ctx, "improvement.catalogue.whom"), x.Whom),
		nhsuk.Row(locale.T(ctx, "improvement.evidence"), locale.T(ctx, "improvement.evidence."+x.Evidence)),
		nhsuk.Row(locale.T(ctx, "improvement.catalogue.basis"), x.Basis),
		nhsuk.Row(locale.T(ctx, "improvement.catalogue.measures"), strings.Join(x.Measures, "; ")),
		nhsuk.Row(locale.T(ctx, "improvement.source"), locale.T(ctx, "improvement.catalogue.source", "source", pack.Source, "n", pack.Version)),
	}}
}

// plan is where an action from an intervention is planned. Where it has one class, that is chosen.
func plan(x catalogue.Intervention) string {
	q := url.Values{"catalogue": {x.Code}, "title": {x.Name}}
	if len(x.Classes) == 1 {
		q.Set("class", x.Classes[0])
	}
	return "/plan/actions/add?" + q.Encode()
}
