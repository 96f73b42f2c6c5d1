// Package agreedview draws what a plan costs beside what the board agreed to, wherever the cost stands, with the ways on.
package agreedview

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

// View is a gap with what can be done about it.
type View struct {
	agreed.Gap
	Posts  []uuid.UUID // planned since, that can be taken back in one press
	Writes bool
}

// Of finds it; nil where the plan costs what the board agreed to, or it has agreed to nothing.
func Of(c *web.Context, s *investment.Service, r investment.Record) (*View, error) {
	g, ok, err := agreed.Of(r)
	if err != nil || !ok {
		return nil, err
	}
	v := &View{Gap: g, Writes: c.May(investment.Write)}
	positions, err := s.Positions(c.Ctx(), c.Actor, c.Now)
	for _, x := range g.New() {
		if slices.ContainsFunc(positions, func(o investment.Position) bool { return o.ID == x.ID && o.Planned }) {
			v.Posts = append(v.Posts, x.ID)
		}
	}
	return v, err
}

// frozen is the page of a case that went to the board.
func frozen(id uuid.UUID) string { return "/investment/case/frozen/" + id.String() }

// ways are what can be done about it, and where what the board agreed to is read. submit is where the board is asked again.
func (v View) ways(ctx context.Context, submit string) (out []ask.Link) {
	if v.Writes && v.More() > 0 && len(v.Posts) > 0 {
		var ids []string
		for _, id := range v.Posts {
			ids = append(ids, id.String())
		}
		out = append(out, ask.Link{Path: "/workforce/plan/withdraw?" + url.Values{"id": {strings.Join(ids, ",")}}.Encode(), Text: locale.T(ctx, "agreed.back")})
	}
	if v.Asked != nil {
		out = append(out, ask.Link{Path: frozen(v.Asked.ID), Text: locale.T(ctx, "agreed.waits")})
	}
	if v.Writes && (v.Asked == nil || investment.Pounds(v.Asked.Cost) != investment.Pounds(v.Now)) {
		out = append(out, ask.Link{Path: submit, Text: locale.T(ctx, "agreed.ask")})
	}
	return append(out, ask.Link{Path: frozen(v.Case), Text: locale.T(ctx, "agreed.look")})
}

// table lists what costs something else by now.
func (v View) table(ctx context.Context) nhsuk.TableParams {
	head, rows := v.Table(ctx)
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Head: nhsuk.Heads(head...)}
	for _, row := range rows {
		t.Rows = append(t.Rows, nhsuk.Cells(row...))
	}
	return t
}
