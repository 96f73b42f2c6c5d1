package investment

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/appraisal"
	"github.com/rowan-ohwb/rowan/internal/calc/montecarlo"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// Appraised is what an option is worth against doing nothing, in prices of the first year.
type Appraised struct {
	Option option.Option
	View   View // Budget: the financial case. Social: the economic one
	// Central is with optimism bias and late benefits, Hoped without either.
	Central, Hoped    appraisal.Figures
	Costs, Benefits   [Years]float64 // of the central case, real
	Capital           float64        // of the costs, at present value
	Warnings          []string
	Beyond            []Published // published returns that the benefit over cost is above
	PVByClass         map[string]float64
	inflation         float64
	costs, benefits   []Flow
	discountedFactors []float64
}

// Appraise works out an option in a view.
func (r Record) Appraise(o option.Option, v View) (Appraised, error) {
	out := Appraised{Option: o, View: v, inflation: r.Plan.Inflation, PVByClass: map[string]float64{}}
	var err error
	if out.costs, err = r.Costs(o, v); err != nil {
		return out, err
	}
	out.benefits = r.Brings(o, v, r.Plan.Delay)
	central, err := r.compute(out.costs, out.benefits, true)
	if err != nil {
		return out, err
	}
	hoped, err := r.compute(out.costs, r.Brings(o, v, 0), false)
	if err != nil {
		return out, err
	}
	out.Central, out.Hoped, out.Warnings, out.discountedFactors = central.Figures, hoped.Figures, central.Warnings, central.Factors
	out.Costs, out.Benefits = Total(out.costs, true).Real(r.Plan.Inflation), Total(out.benefits, false).Real(r.Plan.Inflation)
	for _, f := range out.benefits {
		out.PVByClass[f.Kind] += out.present(f.Cash)
	}
	for _, f := range out.costs {
		if f.Capital {
			out.Capital += out.present(f.Cash) * (1 + f.Chosen/100)
		}
	}
	for _, x := range r.pack.Published {
		if out.Central.BCR != nil && *out.Central.BCR > x.Ratio {
			out.Beyond = append(out.Beyond, x)
		}
	}
	return out, nil
}

func (r Record) compute(costs, benefits []Flow, bias bool) (appraisal.Output, error) {
	var running, building []Flow
	for _, f := range costs {
		if f.Capital {
			building = append(building, f)
		} else {
			running = append(running, f)
		}
	}
	real := func(c Cash) []float64 { y := c.Real(r.Plan.Inflation); return y[:] }
	out, err := appraisal.Compute(appraisal.Input{Capital: real(Total(building, bias)), Running: real(Total(running, bias)), Benefits: real(Total(benefits, false))})
	if p := out.PaybackYears; p != nil && *p > 0 {
		*p++ // it is counted from the first flow, which is a moment there and the whole first year of this plan
	}
	return out, err
}

// present is the present value of cash.
func (a Appraised) present(c Cash) (sum float64) {
	for t, x := range c.Real(a.inflation) {
		sum += x * a.discountedFactors[t]
	}
	return sum
}

// Keeps says down to which share of the benefits the option is still worth what it costs; false where it costs or brings nothing.
func (a Appraised) Keeps() (share float64, ok bool) {
	if a.Central.PVBenefits <= 0 || a.Central.PVCosts <= 0 {
		return 0, false
	}
	return a.Central.PVCosts / a.Central.PVBenefits, true
}

// Risk is what may become of the net present value.
type Risk struct {
	montecarlo.Output
	Names map[string]Uncertain
}

// Uncertain is one thing that may come out otherwise.
type Uncertain struct {
	Title string
	Cost  bool   // a percentage on top of the cost of a type of project; else a benefit
	Unit  string // of a benefit
	Mode  float64
}

// draws are those of the page: the standard error of a chance of one half is 0.16 percentage points.
const draws = 100_000

// Risk draws costs between the ends of their bias and benefits between low and high. Benefits that share a measure, a
// population and a range are one draw. ok is false where nothing is uncertain.
func (r Record) Risk(a Appraised) (out Risk, ok bool, err error) {
	inputs, terms := montecarlo.Variables{}, []string{}
	out.Names = map[string]Uncertain{}
	type cost struct{ present, biased float64 }
	byType := map[string]cost{}
	for _, f := range a.costs {
		pv := a.present(f.Cash)
		c := byType[f.Bias.Code]
		byType[f.Bias.Code] = cost{c.present + pv, c.biased + pv*(1+f.Chosen/100)}
	}
	for _, t := range r.pack.Optimism {
		c := byType[t.Code]
		if c.present == 0 {
			continue
		}
		name := "c_" + t.Code
		mode := min(max(c.biased/c.present, 1+t.Lower/100), 1+t.Upper/100)
		inputs[name] = montecarlo.Variable{Min: 1 + t.Lower/100, Mode: mode, Max: 1 + t.Upper/100}
		terms = append(terms, "- "+name+"*"+locale.Plain(c.present))
		out.Names[name] = Uncertain{Title: t.Name, Cost: true, Mode: mode}
	}
	drawn := map[string]string{} // by what is measured, for whom, and how far it may move
	for i, f := range a.benefits {
		b, _ := r.Benefit(f.ID)
		pv := a.present(f.Unit)
		if pv == 0 {
			continue
		}
		same := strings.Join([]string{fold(b.Measure), fold(b.Population), fold(b.Unit), locale.Plain(b.Low), locale.Plain(b.Mode), locale.Plain(b.High)}, "\x1f")
		name, there := drawn[same]
		if there { // the same days, shared: they come or they do not
			x := out.Names[name]
			x.Title += "; " + b.Title
			out.Names[name] = x
		} else {
			name = "b_" + strconv.Itoa(i)
			drawn[same], inputs[name] = name, montecarlo.Variable{Min: b.Low, Mode: b.Mode, Max: b.High}
			out.Names[name] = Uncertain{Title: b.Title, Unit: b.Unit, Mode: b.Mode}
		}
		terms = append(terms, "+ "+name+"*"+locale.Plain(pv))
	}
	if len(terms) == 0 {
		return out, false, nil
	}
	n := float64(draws)
	if out.Output, err = drawnBefore.draw(montecarlo.Input{Inputs: inputs, Expression: "0 " + strings.Join(terms, " "), Draws: &n}); err != nil {
		return out, false, fmt.Errorf("draw the net present value: %w", err)
	}
	return out, true, nil
}

// kept is what was drawn last. The same input gives the same draws, each page that offers figures asks for those of three
// options, and an input takes a core some 20 ms.
type kept struct {
	mu sync.Mutex
	by map[string]montecarlo.Output // nobody writes into them
}

// keptMost is how many are kept before all are forgotten: the options of ten services, under 2 kB each.
const keptMost = 30

var drawnBefore = kept{by: map[string]montecarlo.Output{}}

func (k *kept) draw(in montecarlo.Input) (montecarlo.Output, error) {
	key := fmt.Sprint(in.Inputs, in.Expression) // maps are written in the order of their keys
	k.mu.Lock()
	out, ok := k.by[key]
	k.mu.Unlock()
	if ok {
		return out, nil
	}
	out, err := montecarlo.Compute(in)
	if err != nil {
		return out, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.by) >= keptMost {
		clear(k.by)
	}
	k.by[key] = out
	return out, nil
}

// Without is the record without a line, or without what a post of the plan for people costs; false where neither costs anything here.
func (r Record) Without(id uuid.UUID) (out Record, ok bool) {
	out = r
	out.Lines = slices.DeleteFunc(slices.Clone(r.Lines), func(l Line) bool { return l.ID == id })
	ok = len(out.Lines) < len(r.Lines)
	out.posts = map[option.Option]map[View][]PostCost{}
	for o, views := range r.posts {
		out.posts[o] = map[View][]PostCost{}
		for v, all := range views {
			left := slices.DeleteFunc(slices.Clone(all), func(x PostCost) bool { return x.Post == id })
			ok = ok || len(left) < len(all)
			out.posts[o][v] = left
		}
	}
	return out, ok
}

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
