package investment

import (
	"context"

	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Funding is what an option costs and what of it has to be found: the same on the page, in the paper and in the sentence that is repeated.
type Funding struct {
	Lines   []Flow // as planned
	Planned Cash   // their sum
	Bias    Cash   // optimism bias on top
	Costs   Cash   // with it
	Brings  Cash   // what releases cash, as late as the plan assumes
	Net     Cash   // to be funded: costs with optimism bias less what releases cash
}

// Funding adds an option up in a view. What comes back is what releases cash, in every view.
func (r Record) Funding(o option.Option, v View) (f Funding, err error) {
	if f.Lines, err = r.Costs(o, v); err != nil {
		return f, err
	}
	f.Planned, f.Costs, f.Brings = Total(f.Lines, false), Total(f.Lines, true), Total(r.Brings(o, Budget, r.Plan.Delay), false)
	for q := range f.Net {
		f.Bias[q], f.Net[q] = f.Costs[q]-f.Planned[q], f.Costs[q]-f.Brings[q]
	}
	return f, nil
}

// Sum is a row below the lines of a funding.
type Sum struct {
	Title string
	Cash  Cash
}

// Sums are those rows in their order: each follows from those above it.
func (f Funding) Sums(ctx context.Context) []Sum {
	row := func(key string, c Cash) Sum { return Sum{locale.T(ctx, "investment.cash."+key), c} }
	return []Sum{row("out", f.Planned), row("bias", f.Bias), row("biased", f.Costs), row("in", f.Brings), row("net", f.Net)}
}
