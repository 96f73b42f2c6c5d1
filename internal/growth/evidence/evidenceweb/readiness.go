package evidenceweb

import (
	"context"
	"strconv"

	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/nhsuk"
)

// The drawing: each domain has a line of text and a bar under it, as long as 320 pixels leave no room beside it.
const (
	chartWidth = 480
	rowHeight  = 46
	barHeight  = 18
	textLine   = 18 // baseline of the text within its row
	barLine    = 24
)

// segment is a part of a bar; its class is the tone of the state.
type segment struct {
	X, W  int
	Class string
}

// tones are the fills of the style sheet, dark to light. The table says the numbers.
var tones = map[evidence.State]string{evidence.Met: "tone-1", evidence.Partly: "tone-3", evidence.Missing: "tone-4"}

// segments divides the width by the counts of a domain.
func segments(t evidence.Tally) (out []segment) {
	x, done := 0, 0
	for _, part := range []struct {
		n     int
		state evidence.State
	}{{t.Met, evidence.Met}, {t.Partly, evidence.Partly}, {t.Missing, evidence.Missing}} {
		done += part.n
		end := chartWidth * done / max(t.All(), 1)
		if end > x {
			out = append(out, segment{x, end - x, "rowan-chart__piece--" + tones[part.state]})
		}
		x = end
	}
	return out
}

func px(n int) string { return strconv.Itoa(n) }

// label names a domain with the framework where several stand side by side.
func label(all []evidence.Domain, d evidence.Domain) string {
	if all[0].Framework == all[len(all)-1].Framework {
		return d.Name
	}
	return d.Framework + ": " + d.Name
}

func readinessTable(ctx context.Context, all []evidence.Domain) nhsuk.TableParams {
	heads := nhsuk.Heads(locale.T(ctx, "evidence.domain"), locale.T(ctx, "evidence.state.met"), locale.T(ctx, "evidence.state.partly"), locale.T(ctx, "evidence.state.missing"), locale.T(ctx, "evidence.ready"))
	for i := range heads[1:] {
		heads[i+1].Format = "numeric"
	}
	t := nhsuk.TableParams{Responsive: true, FirstCellIsHeader: true, Caption: nhsuk.HeadingParams{Text: locale.T(ctx, "evidence.readiness.table"), Size: "s"}, Head: heads}
	for _, d := range all {
		t.Rows = append(t.Rows, []nhsuk.TableCell{{Text: label(all, d)}, count(d.Tally.Met), count(d.Tally.Partly), count(d.Tally.Missing),
			{Text: strconv.Itoa(d.Tally.Percent()) + "%", Format: "numeric"}})
	}
	return t
}

func count(n int) nhsuk.TableCell { return nhsuk.TableCell{Text: strconv.Itoa(n), Format: "numeric"} }
