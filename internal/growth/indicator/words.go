package indicator

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
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

// Changed says what the version counts differently from the one before; "" of the first.
func (d Definition) Changed(ctx context.Context) string {
	if d.Version == 1 {
		return ""
	}
	return d.Words(ctx, "changed")
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
	p, ok := v.Newest()
	switch {
	case !ok && v.SmallSkips > 0:
		return locale.T(ctx, "indicator.sentence.too_few")
	case !ok:
		return locale.T(ctx, "indicator.sentence.none")
	}
	i := slices.IndexFunc(v.Points, func(x Point) bool { return x.Month == p.Month })
	return stands(ctx, v.Words(ctx, "title"), func(x float64) string { return v.Amount(ctx, x) }, p.Value.Value, p.Month, v.Enough(), v.Out, i, v.Target)
}

// stands says how a value stands against chance and target.
func stands(ctx context.Context, title string, amount func(float64) string, x float64, at civil.Date, enough bool, out spc.Output, i int, target *float64) string {
	value, month := amount(x), at.MonthYear()
	if !enough {
		return locale.T(ctx, "indicator.sentence.short", "value", value, "month", month)
	}
	text := locale.T(ctx, "indicator.sentence."+string(cmp.Or(out.Variation, spc.VariationCommonCause)), "title", title, "value", value, "month", month, "mean", amount(out.Mean[i].Value))
	if target != nil && out.Assurance != "" {
		text += " " + locale.T(ctx, "indicator.sentence.target."+string(out.Assurance), "target", amount(*target))
	}
	return text
}
