package appraisal

import "fmt"

// Figures are the results of one set of flows. What does not exist is nil.
type Figures struct {
	Factors              []float64 `json:"factors"`
	PVCosts              float64   `json:"pv_costs"`
	PVBenefits           float64   `json:"pv_benefits"`
	NPSV                 float64   `json:"npsv"`
	BCR                  *float64  `json:"bcr"`
	ROI                  *float64  `json:"roi"`
	IRR                  *float64  `json:"irr"`
	PaybackYears         *float64  `json:"payback_years"`
	EquivalentAnnualCost *float64  `json:"equivalent_annual_cost"`
}

// Output is an appraisal, and again with optimism when that is given.
type Output struct {
	Figures
	Adjusted *Figures `json:"adjusted,omitempty"`
	Warnings []string `json:"warnings"`
}

// Compute appraises the input by the newest rates.
func Compute(in Input) (Output, error) {
	e := Rates()
	steps, err := in.steps(e)
	if err != nil {
		return Output{}, err
	}
	n, err := in.years(e.LastYear)
	if err != nil {
		return Output{}, err
	}
	factors := Factors(steps, n)
	var out Output
	out.Figures, out.Warnings = figures(in.flows(Optimism{}, n), factors)
	if in.Optimism != nil {
		adjusted, warnings := figures(in.flows(*in.Optimism, n), factors)
		out.Adjusted = &adjusted
		for _, w := range warnings {
			out.Warnings = append(out.Warnings, "adjusted: "+w)
		}
		if in.negative() {
			out.Warnings = append(out.Warnings, "adjusted: optimism scales negative flows too; write a saving as a benefit and a loss as a cost")
		}
	}
	return out, nil
}

// flows are costs and benefits by year.
type flows struct{ costs, benefits []float64 }

func (in *Input) flows(o Optimism, n int) flows {
	f := flows{make([]float64, n), make([]float64, n)}
	for t, x := range in.Capital {
		f.costs[t] += x * (1 + o.Capital)
	}
	for t, x := range in.Running {
		f.costs[t] += x * (1 + o.Running)
	}
	for t, x := range in.Benefits {
		f.benefits[t] = x * (1 - o.Benefits)
	}
	return f
}

func (in *Input) negative() bool {
	for _, flows := range [][]float64{in.Capital, in.Running, in.Benefits} {
		for _, x := range flows {
			if x < 0 {
				return true
			}
		}
	}
	return false
}

func figures(f flows, factors []float64) (Figures, []string) {
	out, warnings := Figures{Factors: factors}, []string{}
	warn := func(format string, args ...any) { warnings = append(warnings, fmt.Sprintf(format, args...)) }
	net := make([]float64, len(factors))
	annuity := 0.0
	for t, factor := range factors {
		out.PVCosts += f.costs[t] * factor
		out.PVBenefits += f.benefits[t] * factor
		net[t] = f.benefits[t] - f.costs[t]
		if t > 0 {
			annuity += factor
		}
	}
	out.NPSV = out.PVBenefits - out.PVCosts
	if out.PVCosts > 0 {
		bcr, roi := finite(out.PVBenefits/out.PVCosts), finite(out.NPSV/out.PVCosts)
		out.BCR, out.ROI = bcr, roi
	}
	if out.BCR == nil || out.ROI == nil {
		warn("bcr and roi do not exist: the present value of the costs is %v", out.PVCosts)
	}
	if annuity > 0 {
		eac := out.PVCosts / annuity
		out.EquivalentAnnualCost = &eac
	} else {
		warn("equivalent_annual_cost does not exist: there is no year after year 0")
	}
	irr, why := rateOfReturn(net)
	if out.IRR = irr; irr == nil {
		warn("irr does not exist: %s", why)
	}
	payback, again := paybackOf(net)
	switch out.PaybackYears = payback; {
	case payback == nil:
		warn("payback_years does not exist: the net flows do not add up to the outlay within the years given")
	case again:
		warn("payback_years is the first time: later costs take the sum of the net flows under 0 again")
	}
	return out, warnings
}

// paybackOf is the first time at which the sum of the net flows is not under 0,
// and whether it falls under 0 afterwards.
func paybackOf(net []float64) (at *float64, again bool) {
	sum := 0.0
	for t, x := range net {
		before := sum
		sum += x
		switch {
		case at == nil && sum >= 0:
			years := 0.0
			if t > 0 {
				years = float64(t-1) + -before/x
			}
			at = &years
		case at != nil && sum < 0:
			again = true
		}
	}
	return at, again
}
