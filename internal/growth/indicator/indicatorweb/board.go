package indicatorweb

import (
	"context"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
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
	waiting, err := p.s.Waiting(c.Ctx(), c.Actor)
	if err != nil {
		return err
	}
	params := c.Page("indicator.board.title", "")
	params.Wide = true
	return c.Render(boardPage(params, b, waiting, c.May(indicator.Annotate), c.May(indicator.SetAims)))
}

// table lists the indicators of a group.
func table(ctx context.Context, b indicator.Board, group int) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "indicator.board.group."+groups[group].key), Size: "m"}}
	for _, key := range boardColumns {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "indicator.board."+key)})
	}
	said := map[int]bool{} // columns that say something of this group
	for i, v := range b.Views {
		if !groups[group].has(v.Definition) {
			continue
		}
		var adjusted, p90, n nhsuk.TableCell
		if v.Clocked() {
			adjusted = number(ctx, b.Adjusted[i], last(ctx, b.Adjusted[i]), indicator.Adjusted)
		}
		if p, ok := v.Newest(); ok && v.Kind != indicator.KindCount {
			n = number(ctx, v, amount(p.N, func(x float64) string { return locale.Number(int(x)) }), indicator.OutOf)
			if v.P != upper {
				p90 = number(ctx, v, amount(p.P90, func(x float64) string { return v.Amount(ctx, x) }), indicator.Ninety)
			}
		}
		row := []nhsuk.TableCell{{Text: v.Words(ctx, "title"), Href: "/performance/" + v.ID}, number(ctx, v, last(ctx, v), ""), adjusted, p90, n,
			{HTML: chart.VariationIcon(v.Out.Variation)}, {HTML: chart.AssuranceIcon(v.Out.Assurance)}, {Text: v.Sentence(ctx)}}
		if !v.Enough() {
			row[5] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.run_chart")}
			row[6] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.run_chart")}
		}
		if v.Target == nil {
			row[6] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.no_target")}
		}
		for _, c := range optional {
			said[c] = said[c] || row[c].Text != "" || row[c].HTML != nil
		}
		t.Rows = append(t.Rows, row)
	}
	for _, c := range slices.Backward(optional) {
		if said[c] {
			continue
		}
		t.Head = slices.Delete(t.Head, c, c+1)
		for i := range t.Rows {
			t.Rows[i] = slices.Delete(t.Rows[i], c, c+1)
		}
	}
	return t
}

// number is a cell with a number of a view's last month, or with a part that stands beside it, which leads to where it comes
// from. A text where there is no number is a cell as it is.
func number(ctx context.Context, v indicator.View, text, part string) nhsuk.TableCell {
	p, ok := v.Newest()
	if !ok || text == "" {
		return nhsuk.TableCell{Text: text}
	}
	ref, title := v.Ref(), v.Words(ctx, "title")
	if part != "" {
		ref, title = v.Beside(part), locale.T(ctx, "indicator.figure.part."+part, "title", title)
	}
	return nhsuk.TableCell{HTML: figureview.Number(text, title, ref, p.Month)}
}

// measured lists what did not come from the ledger, with its icons.
func measured(ctx context.Context, all []indicator.Measured, aims bool) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "indicator.board.group.measured"), Size: "m"}}
	for _, key := range []string{"measure", "period", "variation", "assurance", "sentence"} {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "indicator.board."+key)})
	}
	if aims {
		t.Head = append(t.Head, nhsuk.TableHead{Text: locale.T(ctx, "indicator.aim.link")})
	}
	for _, m := range all {
		value := nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.no_value")}
		if i := m.Last(); i >= 0 {
			value = nhsuk.TableCell{HTML: figureview.Number(m.Amount(m.Values[i].Value), m.Title, m.Ref, m.Months[i])}
		}
		row := []nhsuk.TableCell{{Text: m.Title}, value, {HTML: chart.VariationIcon(m.Out.Variation)}, {HTML: chart.AssuranceIcon(m.Out.Assurance)}, {Text: m.Sentence(ctx)}}
		if !m.Enough() {
			row[2], row[3] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.few_periods")}, nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.few_periods")}
		}
		if m.Target == nil {
			row[3] = nhsuk.TableCell{Text: locale.T(ctx, "indicator.board.no_target")}
		}
		if aims {
			cell := nhsuk.TableCell{}
			if m.Direction != spc.Neutral {
				cell = nhsuk.TableCell{Text: locale.T(ctx, "indicator.aim.link.to", "name", m.Title), Href: setting("target", m.Ref)}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// boardColumns of a group; the optional ones are left out where they say nothing.
var (
	boardColumns = []string{"measure", "last", "adjusted", "p90", "n", "variation", "assurance", "sentence"}
	optional     = []int{2, 3, 4}
)
