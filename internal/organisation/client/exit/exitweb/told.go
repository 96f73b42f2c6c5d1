package exitweb

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation/client/exit"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

const (
	ours = "/our-contract"
	told = ours + "/exit"
)

func (p *pages) told(c *web.Context) error {
	all, err := p.s.Ours(c.Ctx(), c.Actor, c.Now)
	if err != nil {
		return err
	}
	return c.Render(toldPage(c.Page("exit.told.title", ours), all, locale.Day(c.Now)))
}

func toldFacts(ctx context.Context, x exit.Told) nhsuk.SummaryListParams {
	who := x.Receiver
	switch {
	case x.Nobody:
		who = locale.T(ctx, "exit.who.nobody")
	case who == "":
		who = locale.T(ctx, "exit.unnamed")
	}
	rows := []nhsuk.SummaryRow{nhsuk.Row(locale.T(ctx, "client.last"), x.Last.Long()), nhsuk.Row(locale.T(ctx, "exit.who.label"), who), nhsuk.Row(locale.T(ctx, "exit.begun"), x.StartedOn.Long())}
	if !x.Until.IsZero() {
		rows = append(rows, nhsuk.Row(locale.T(ctx, "client.until"), x.Until.Long()))
	}
	return nhsuk.SummaryListParams{Rows: rows}
}

func toldSteps(ctx context.Context, x exit.Told, today civil.Date) nhsuk.TableParams {
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "exit.steps"), Size: "m"},
		Head: nhsuk.Heads(locale.T(ctx, "exit.col.step"), locale.T(ctx, "exit.owner"), locale.T(ctx, "exit.due"), locale.T(ctx, "exit.col.state"))}
	for _, s := range x.Steps {
		owner := locale.T(ctx, "exit.told.unowned")
		if s.Owned {
			owner = locale.T(ctx, "exit.told.owned")
		}
		t.Rows = append(t.Rows, nhsuk.Cells(locale.T(ctx, "exit.told.step."+s.Key), owner, s.Due.Long(), toldState(ctx, s, today)))
	}
	return t
}

// open has the words of a step that is not done, by its state.
var open = map[string]string{"late": "exit.late", "to_do": "exit.to_do"}

func toldState(ctx context.Context, s exit.ToldStep, today civil.Date) string {
	state := s.State(today)
	if state == "done" {
		return locale.T(ctx, "exit.told.done", "day", s.DoneOn.Long())
	}
	return locale.T(ctx, open[state])
}

// records says what happens with them, one thing a line.
func records(ctx context.Context, x exit.Told) (out []string) {
	if x.Nobody {
		return []string{locale.T(ctx, "exit.told.records.nobody"), locale.T(ctx, "exit.told.records.you"), locale.T(ctx, "exit.told.records.stay")}
	}
	out = []string{locale.T(ctx, "exit.told.records.who"), locale.T(ctx, "exit.told.records.say", "n", x.ObjectionDays)}
	if day := x.Earliest(); !day.IsZero() {
		out = append(out, locale.T(ctx, "exit.told.records.earliest", "day", day.Long()))
	}
	return append(out, locale.T(ctx, "exit.told.records.you"), locale.T(ctx, "exit.told.records.stay"))
}
