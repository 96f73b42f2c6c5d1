package indicatorweb

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/chart"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

func (p *pages) board(c *web.Context) error {
	b, err := p.s.Overview(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	params := c.Page("indicator.board.title", "")
	params.Wide = true
	return c.Render(boardPage(params, b, c.May(indicator.Annotate)))
}

// table lists the indicators of a group.
func table(ctx context.Context, b indicator.Board, group int) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true,
		Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "indicator.board.group."+groups[group].key), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "indicator.board.measure"), locale.T(ctx, "indicator.board.last"), locale.T(ctx, "indicator.board.adjusted"),
			locale.T(ctx, "indicator.board.variation"), locale.T(ctx, "indicator.board.assurance"), locale.T(ctx, "indicator.board.sentence"))}
	clocked := false
	for i, v := range b.Views {
		if !groups[group].has(v.Definition) {
			continue
		}
		adjusted := ""
		if v.Clocked() {
			clocked, adjusted = true, last(ctx, b.Adjusted[i])
		}
		row := []nhsuk.TableCell{{Text: v.Words(ctx, "title"), Href: "/performance/" + v.ID}, {Text: last(ctx, v)}, {Text: adjusted},
			{HTML: chart.VariationIcon(v.Out.Variation)}, {HTML: chart.AssuranceIcon(v.Out.Assurance)}, {Text: v.Sentence(ctx)}}
		if !v.Enough() {
			row[3] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.run_chart")}
			row[4] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.run_chart")}
		}
		if v.Target == nil {
			row[4] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.no_target")}
		}
		t.Rows = append(t.Rows, row)
	}
	if clocked {
		return t
	}
	const adjusted = 2 // the column that says nothing where there is no clock
	t.Head = slices.Delete(t.Head, adjusted, adjusted+1)
	for i := range t.Rows {
		t.Rows[i] = slices.Delete(t.Rows[i], adjusted, adjusted+1)
	}
	return t
}
