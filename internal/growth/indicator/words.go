package indicator

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Words gives a part of the definition in words (title, question, numerator, denominator, clock, exclusions). An old
// version has its own words where they differ from the newest one's.
func (d Definition) Words(ctx context.Context, part string) string {
	own := fmt.Sprintf("indicator.%s.v%d.%s", d.ID, d.Version, part)
	if w := locale.From(ctx); w.Has(own) {
		return w.T(own)
	}
	return locale.T(ctx, "indicator."+d.ID+"."+part)
}

// Amount writes a value with its unit.
func (d Definition) Amount(ctx context.Context, x float64) string {
	text := strings.TrimSuffix(strconv.FormatFloat(x, 'f', d.Decimals, 64), ".0")
	if d.Decimals == 0 {
		text = locale.Number(int(x + 0.5)) // no indicator is negative
	}
	return locale.T(ctx, "indicator.value."+d.Unit, "n", text)
}

// Sentence says in one line how the measure stands and whether chance explains it.
func (v View) Sentence(ctx context.Context) string {
	i := len(v.Points) - 1
	for i >= 0 && !v.Points[i].Value.Known {
		i--
	}
	switch {
	case i < 0 && v.SmallSkips > 0:
		return locale.T(ctx, "indicator.sentence.too_few")
	case i < 0:
		return locale.T(ctx, "indicator.sentence.none")
	}
	value, month := v.Amount(ctx, v.Points[i].Value.Value), v.Points[i].Month.MonthYear()
	if !v.Enough() {
		return locale.T(ctx, "indicator.sentence.short", "value", value, "month", month)
	}
	variation := v.Out.Variation
	if variation == "" {
		variation = spc.VariationCommonCause
	}
	text := locale.T(ctx, "indicator.sentence."+string(variation), "title", v.Words(ctx, "title"), "value", value, "month", month, "mean", v.Amount(ctx, v.Out.Mean[i].Value))
	if v.Target != nil && v.Out.Assurance != "" {
		text += " " + locale.T(ctx, "indicator.sentence.target."+string(v.Out.Assurance), "target", v.Amount(ctx, *v.Target))
	}
	return text
}
