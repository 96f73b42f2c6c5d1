package appraisal

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// Input is an investment: real flows by year, year 0 first.
type Input struct {
	Capital  []float64 `json:"capital"`
	Running  []float64 `json:"running"`
	Benefits []float64 `json:"benefits"`
	Rate     Rate      `json:"rate"`     // default standard
	Optimism *Optimism `json:"optimism"` // when given, everything is computed again with it
}

// Optimism is how much forecasts are usually too rosy: 0.24 on capital means 24%
// more cost, 0.15 on benefits 15% less.
type Optimism struct {
	Capital  float64 `json:"capital"`
	Running  float64 `json:"running"`
	Benefits float64 `json:"benefits"`
}

// Rate is the name of a schedule, or a constant rate.
type Rate struct {
	Schedule string
	Constant *float64
}

// UnmarshalJSON reads a name or a number.
func (r *Rate) UnmarshalJSON(data []byte) error {
	*r = Rate{}
	if string(data) == "null" || json.Unmarshal(data, &r.Schedule) == nil {
		return nil
	}
	if err := json.Unmarshal(data, &r.Constant); err != nil {
		return errors.New("give the name of a schedule or a number, not " + string(data[:min(len(data), 40)]))
	}
	return nil
}

const (
	standard = "standard"
	// biggest is far beyond any budget and keeps sums and products finite.
	biggest = 1e15
	// At rates under -50% factors grow beyond sense. A rate over 100% a year is one given in percent.
	lowestRate, highestRate = -0.5, 1
	// mostOptimism is 1000%: the supplementary guidance goes up to 200%, and
	// whoever writes 24 for 24% is told.
	mostOptimism = 10
)

// steps is the schedule that the input asks for.
func (in *Input) steps(e Edition) ([]Step, error) {
	if c := in.Rate.Constant; c != nil {
		if !(*c >= lowestRate && *c <= highestRate) {
			return nil, fmt.Errorf("rate is %v: it must lie between %v and %v, a share and not a percentage: 0.035 for 3.5%%", *c, lowestRate, highestRate)
		}
		return []Step{{Rate: *c}}, nil
	}
	name := in.Rate.Schedule
	if name == "" {
		name = standard
	}
	steps, ok := e.Schedules[name]
	if !ok {
		return nil, fmt.Errorf("rate %q is neither a number nor %s", name, strings.Join(slices.Sorted(maps.Keys(e.Schedules)), " or "))
	}
	return steps, nil
}

// years checks the flows and gives the number of years, year 0 included.
func (in *Input) years(last int) (int, error) {
	n := 0
	for _, f := range []struct {
		name  string
		flows []float64
	}{{"capital", in.Capital}, {"running", in.Running}, {"benefits", in.Benefits}} {
		if len(f.flows) > last+1 {
			return 0, fmt.Errorf("%s has %d years: the rates are known for years 0 to %d only", f.name, len(f.flows), last)
		}
		for t, x := range f.flows {
			if !(math.Abs(x) <= biggest) {
				return 0, fmt.Errorf("%s of year %d is %v: at most %v", f.name, t, x, biggest)
			}
		}
		n = max(n, len(f.flows))
	}
	if n == 0 {
		return 0, errors.New("there are no flows: give capital, running or benefits by year")
	}
	if o := in.Optimism; o != nil {
		for _, f := range []struct {
			name        string
			share, most float64
		}{{"capital", o.Capital, mostOptimism}, {"running", o.Running, mostOptimism}, {"benefits", o.Benefits, 1}} {
			if !(f.share >= 0 && f.share <= f.most) {
				return 0, fmt.Errorf("optimism on %s is %v: it must lie between 0 and %v, 0.24 meaning 24%%", f.name, f.share, f.most)
			}
		}
	}
	return n, nil
}

// Run reads one appraisal and writes its answer: the body of "rowan calc appraisal".
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
