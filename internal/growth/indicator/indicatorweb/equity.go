package indicatorweb

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// equity is the page of the one indicator that compares staff groups, not months.
func (p *pages) equity(c *web.Context, name string) error {
	e, err := p.s.FindEquity(c.Ctx(), c.Actor, name, c.Now)
	if err != nil {
		return err
	}
	params := c.Page("indicator.board.title", "/performance")
	params.Title, params.Wide = e.Words(c.Ctx(), "title"), true
	return c.Render(equityPage(params, e, definition(c.Ctx(), e.Definition, e.Set, e.MadeAt, p.s.Source())))
}

func (p *pages) missing(c *web.Context) error {
	here, nowhere, err := p.s.Lacking(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(missingPage(c.Page("indicator.missing.title", "/performance"), here, nowhere))
}

func groupTable(ctx context.Context, e indicator.Equity) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "indicator.equity.caption", "from", e.First.MonthYear(), "to", e.Last.MonthYear()), Size: "m"}}
	for _, key := range []string{"group", "staff", "rate", "rest", "ratio", "says"} {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "indicator.equity."+key)})
	}
	for _, g := range e.Groups {
		row := nhsuk.Cells(g.Name, locale.Number(g.Staff), "", "", "", locale.T(ctx, "indicator.equity.says.none"))
		switch {
		case g.State != figure.Known:
			row = nhsuk.Cells(g.Name, locale.T(ctx, "figure.state.hidden"), "", "", "", locale.T(ctx, "indicator.equity.says.hidden"))
		case g.Alone:
			row = nhsuk.Cells(g.Name, locale.Number(g.Staff), fmt.Sprintf("%.0f", g.Rate), locale.T(ctx, "figure.state.hidden"), "", locale.T(ctx, "indicator.equity.says.alone"))
		case g.Ratio > 0 || g.Rest > 0:
			says := "usual"
			if g.Flagged && g.Ratio < 1 {
				says = "low"
			} else if g.Flagged {
				says = "high"
			}
			row = nhsuk.Cells(g.Name, locale.Number(g.Staff), fmt.Sprintf("%.0f", g.Rate), fmt.Sprintf("%.0f", g.Rest),
				locale.T(ctx, "indicator.equity.interval", "ratio", signed(g.Ratio), "low", signed(g.Low), "high", signed(g.High)), locale.T(ctx, "indicator.equity.says."+says))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func missingTable(ctx context.Context, caption string, lacks []indicator.Lack) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, caption), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "indicator.missing.code"), locale.T(ctx, "indicator.missing.what"), locale.T(ctx, "indicator.missing.source"))}
	for _, l := range lacks {
		t.Rows = append(t.Rows, nhsuk.Cells(l.Code, l.What, l.Source))
	}
	return t
}
