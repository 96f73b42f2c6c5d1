package investmentweb

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/growth/investment"
	"github.com/rowan-ohwb/rowan/internal/growth/investment/agreed"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/ask"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// agreedView is what the plan costs beside what the board agreed to.
type agreedView struct {
	agreed.Gap
	Posts  []uuid.UUID // planned since, that can be taken back in one press
	Writes bool
}

// agreedOf finds it; nil where there is nothing to say.
func (p *pages) agreedOf(c *web.Context, r investment.Record) (*agreedView, error) {
	g, ok, err := agreed.Of(r)
	if err != nil || !ok {
		return nil, err
	}
	v := &agreedView{Gap: g, Writes: c.May(investment.Write)}
	positions, err := p.s.Positions(c.Ctx(), c.Actor, c.Now)
	for _, x := range g.New() {
		if slices.ContainsFunc(positions, func(o investment.Position) bool { return o.ID == x.ID && o.Planned }) {
			v.Posts = append(v.Posts, x.ID)
		}
	}
	return v, err
}

// ways are what can be done about it, and where what the board agreed to is read.
func (v agreedView) ways(ctx context.Context, submit string) (out []ask.Link) {
	if v.Writes && v.More() > 0 && len(v.Posts) > 0 {
		var ids []string
		for _, id := range v.Posts {
			ids = append(ids, id.String())
		}
		out = append(out, ask.Link{Path: "/workforce/plan/withdraw?" + url.Values{"id": {strings.Join(ids, ",")}}.Encode(), Text: locale.T(ctx, "agreed.back", "n", len(ids))})
	}
	if v.Asked != nil {
		out = append(out, ask.Link{Path: frozenPath(v.Asked.ID), Text: locale.T(ctx, "agreed.waits")})
	}
	if v.Writes && (v.Asked == nil || investment.Pounds(v.Asked.Cost) != investment.Pounds(v.Now)) {
		out = append(out, ask.Link{Path: submit, Text: locale.T(ctx, "agreed.ask")})
	}
	return append(out, ask.Link{Path: frozenPath(v.Case), Text: locale.T(ctx, "agreed.look")})
}

// table lists what costs something else by now.
func (v agreedView) table(ctx context.Context) nhsuk.TableParams {
	head, rows := v.Table(ctx)
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Head: numericHeads(head...)}
	for _, row := range rows {
		t.Rows = append(t.Rows, numeric(row...))
	}
	return t
}
