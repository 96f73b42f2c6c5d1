package funnel

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// Kind is the kind of data and the method that belongs to it.
type Kind string

// The kinds.
const (
	Proportion Kind = "proportion"
	SHMI       Kind = "ratio_shmi" // observed/expected, logarithm, tails truncated
	CQC        Kind = "ratio_cqc"  // observed/expected, square root, tails winsorised
)

// Input is one figure of several organisations. For ratios the denominator is
// the expected number. Decimals are allowed: days of work are often counted so.
type Input struct {
	Type           Kind      `json:"type"`
	Unit           []string  `json:"unit"`
	Numerator      []float64 `json:"numerator"`
	Denominator    []float64 `json:"denominator"`
	Overdispersion *bool     `json:"overdispersion"` // default true
	Trim           *float64  `json:"trim"`           // share of each tail, default 0.1
	At             []float64 `json:"at"`             // sizes at which limits are wanted
}

const (
	// usualTrim is the 10% of each tail in SHMI, CQC and FunnelPlotR.
	usualTrim = 0.1
	// mostUnits is far more than there are employers in the NHS, and bounds the work.
	mostUnits = 100_000
	// biggest is far more than all days ever worked in the NHS; up to here the
	// exact Poisson limits were checked. smallest keeps 1/n and its square finite.
	biggest, smallest = 1e12, 1e-6
)

type settings struct {
	kind           Kind
	overdispersion bool
	trim           float64
}

func (in *Input) settings() (settings, error) {
	s := settings{kind: in.Type, overdispersion: true, trim: usualTrim}
	switch in.Type {
	case Proportion, SHMI, CQC:
	case "":
		return s, errors.New("type is missing: proportion, ratio_shmi or ratio_cqc")
	default:
		return s, fmt.Errorf("type %q is not proportion, ratio_shmi or ratio_cqc", in.Type)
	}
	if in.Overdispersion != nil {
		s.overdispersion = *in.Overdispersion
	}
	if in.Trim != nil {
		s.trim = *in.Trim
	}
	if !(s.trim >= 0 && s.trim < 0.5) {
		return s, fmt.Errorf("trim is %v: it is the share of each tail, from 0 to under 0.5", s.trim)
	}
	return s, in.check()
}

func (in *Input) check() error {
	n := len(in.Unit)
	switch {
	case n == 0:
		return errors.New("unit is empty: name at least one unit")
	case n > mostUnits:
		return fmt.Errorf("unit has %d entries: at most %d", n, mostUnits)
	case len(in.Numerator) != n:
		return fmt.Errorf("numerator has %d entries but unit has %d", len(in.Numerator), n)
	case len(in.Denominator) != n:
		return fmt.Errorf("denominator has %d entries but unit has %d", len(in.Denominator), n)
	case len(in.At) > mostUnits:
		return fmt.Errorf("at has %d entries: at most %d", len(in.At), mostUnits)
	}
	seen := make(map[string]bool, n)
	for i, name := range in.Unit {
		o, d := in.Numerator[i], in.Denominator[i]
		switch {
		case name == "":
			return fmt.Errorf("unit[%d] has no name", i)
		case seen[name]:
			return fmt.Errorf("unit %q appears twice", name)
		case !size(d):
			return fmt.Errorf("denominator[%d] is %v: it must lie between %v and %v", i, d, smallest, biggest)
		case !(o >= 0 && o <= biggest):
			return fmt.Errorf("numerator[%d] is %v: it must lie between 0 and %v", i, o, biggest)
		case in.Type == Proportion && o > d:
			return fmt.Errorf("numerator[%d] is %v, more than its denominator %v: that is no proportion", i, o, d)
		}
		seen[name] = true
	}
	for i, d := range in.At {
		if !size(d) {
			return fmt.Errorf("at[%d] is %v: it must lie between %v and %v", i, d, smallest, biggest)
		}
	}
	return nil
}

// size is false for NaN too.
func size(n float64) bool { return n >= smallest && n <= biggest }

// Run reads one funnel and writes its answer: the body of "rowan calc funnel".
func Run(data []byte) ([]byte, error) {
	var in Input
	if err := strict.Object(data, &in); err != nil {
		return nil, err
	}
	out, err := Compute(in)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}
