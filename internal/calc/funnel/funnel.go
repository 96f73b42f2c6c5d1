package funnel

import (
	"fmt"
	"math"
)

// The figures that UKHSA and FunnelPlotR print for 95% and 99.8%.
const (
	z95  = 1.959964
	z998 = 3.090232
)

// tail95 and tail998 are the chances beyond one limit.
const (
	tail95  = 0.025
	tail998 = 0.001
)

// Label says where a unit lies.
type Label string

// The labels, from the lowest to the highest.
const (
	Low998  Label = "low_998"
	Low95   Label = "low_95"
	Within  Label = "within"
	High95  Label = "high_95"
	High998 Label = "high_998"
)

// Unit is one organisation. Y, S and Z are on the transformed scale.
type Unit struct {
	Unit  string   `json:"unit"`
	Y     *float64 `json:"y"`
	S     float64  `json:"s"`
	Z     *float64 `json:"z"`
	ZUsed *float64 `json:"z_used"` // null when trimmed away
	Label Label    `json:"label"`
}

// Limits are the limits for a unit of size N, on the scale of the data.
type Limits struct {
	N                  float64 `json:"n"`
	Lower95            float64 `json:"lower95"`
	Upper95            float64 `json:"upper95"`
	Lower998           float64 `json:"lower998"`
	Upper998           float64 `json:"upper998"`
	Lower95Unadjusted  float64 `json:"lower95_unadjusted"`
	Upper95Unadjusted  float64 `json:"upper95_unadjusted"`
	Lower998Unadjusted float64 `json:"lower998_unadjusted"`
	Upper998Unadjusted float64 `json:"upper998_unadjusted"`
}

// Output is a funnel. Phi and Tau2 measure over-dispersion; Tau2 is 0 when it is
// not asked for.
type Output struct {
	Target   float64  `json:"target"`
	Phi      *float64 `json:"phi"`
	Tau2     float64  `json:"tau2"`
	NUsed    int      `json:"n_used"`
	Units    []Unit   `json:"units"`
	Limits   []Limits `json:"limits"`
	Warnings []string `json:"warnings"`
}

// Compute draws the funnel of the input.
func Compute(in Input) (Output, error) {
	s, err := in.settings()
	if err != nil {
		return Output{}, err
	}
	f := s.scale(in.Numerator, in.Denominator)
	out := Output{Target: f.natural, Units: make([]Unit, len(in.Unit)), Limits: make([]Limits, len(in.At)), Warnings: []string{}}
	z := make([]float64, len(in.Unit))
	for i := range z {
		y, sd := f.transform(in.Numerator[i], in.Denominator[i]), f.sd(in.Denominator[i])
		z[i] = (y - f.target) / sd
		out.Units[i] = Unit{Unit: in.Unit[i], S: sd}
		if math.IsInf(y, 0) {
			out.Warnings = append(out.Warnings, fmt.Sprintf("unit %q has nothing observed: its logarithm does not exist, so it is not used and is labelled by the exact Poisson rule", in.Unit[i]))
			continue
		}
		out.Units[i].Y, out.Units[i].Z = &y, &z[i]
	}
	d := disperse(z, out.Units, s)
	out.Phi, out.NUsed = d.phi, d.n
	if s.overdispersion {
		out.Tau2 = d.tau2
		if d.warning != "" {
			out.Warnings = append(out.Warnings, d.warning)
		}
	}
	for i := range out.Units {
		out.Units[i].Label = f.label(in.Numerator[i], in.Denominator[i], out.Units[i].Y, out.Tau2, s.overdispersion)
	}
	for i, n := range in.At {
		out.Limits[i] = f.limits(n, out.Tau2, s.overdispersion)
	}
	return out, nil
}

// limits are adjusted by tau2, or the same twice when no adjustment is wanted.
func (f scale) limits(n, tau2 float64, adjust bool) Limits {
	l := Limits{N: n}
	l.Lower95Unadjusted, l.Upper95Unadjusted = f.unadjusted(n, z95, tail95)
	l.Lower998Unadjusted, l.Upper998Unadjusted = f.unadjusted(n, z998, tail998)
	if !adjust {
		l.Lower95, l.Upper95, l.Lower998, l.Upper998 = l.Lower95Unadjusted, l.Upper95Unadjusted, l.Lower998Unadjusted, l.Upper998Unadjusted
		return l
	}
	sd := math.Sqrt(square(f.sd(n)) + tau2)
	l.Lower95, l.Upper95 = f.back(f.target-z95*sd), f.back(f.target+z95*sd)
	l.Lower998, l.Upper998 = f.back(f.target-z998*sd), f.back(f.target+z998*sd)
	return l
}

func (f scale) label(observed, n float64, y *float64, tau2 float64, adjust bool) Label {
	if adjust && y != nil {
		sd := math.Sqrt(square(f.sd(n)) + tau2)
		return labelOf(*y < f.target-z998*sd, *y < f.target-z95*sd, *y > f.target+z95*sd, *y > f.target+z998*sd)
	}
	if f.kind == Proportion {
		lower95, upper95 := f.unadjusted(n, z95, tail95)
		lower998, upper998 := f.unadjusted(n, z998, tail998)
		p := observed / n
		return labelOf(p < lower998, p < lower95, p > upper95, p > upper998)
	}
	few, many := atMost(observed, n), atLeast(observed, n)
	return labelOf(few < tail998, few < tail95, many < tail95, many < tail998)
}

func labelOf(low998, low95, high95, high998 bool) Label {
	switch {
	case low998:
		return Low998
	case high998:
		return High998
	case low95:
		return Low95
	case high95:
		return High95
	}
	return Within
}

func square(x float64) float64 { return x * x }
