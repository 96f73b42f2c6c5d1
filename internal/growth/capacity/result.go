package capacity

import (
	"maps"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/draws"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/people"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/quarters"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/reckoning"
)

// What a run says of a quarter: see package quarters.
type (
	Measure    = quarters.Measure
	Band       = quarters.Band
	Quarter    = quarters.Quarter
	Difference = quarters.Difference
)

// The measures.
const (
	List        = quarters.List
	Median      = quarters.Median
	P90         = quarters.P90
	Within      = quarters.Within
	Utilisation = quarters.Utilisation
)

// Measures lists them.
var Measures = quarters.Measures

// Hours are those with patients a week that a run is made of: in the year of the fits, and in the last quarter of the plan.
type Hours struct {
	Before float64  `json:"before"`
	After  float64  `json:"after"`
	Of     []string `json:"of"` // the professions
	// Where 8 of 10 runs have After; 0 where every run has the same team.
	Low  float64 `json:"low,omitempty"`
	High float64 `json:"high,omitempty"`
}

// Result is what a run of a scenario says.
type Result struct {
	Begins   *Quarter           `json:"begins,omitempty"` // from the first day to the first whole quarter; nil where that is the same day
	Hours    *Hours             `json:"hours,omitempty"`  // nil without a plan for people
	Quarters []Quarter          `json:"quarters,omitempty"`
	Formula  *reckoning.Formula `json:"reckoned,omitempty"`
	Back     *Back              `json:"back,omitempty"`
	Staffed  *Staffed           `json:"staffed,omitempty"`
}

// report gathers the quarters of a result.
func (in Inputs) report(r *plan.Result) (out []Quarter, draws draws.Draws) {
	lead := len(r.Periods) - Quarters
	for q := range Quarters {
		x, rows := quarters.Of(r.Periods[lead+q], in.Quarters[q], in.Quarters[q+1])
		out, draws = append(out, x), append(draws, rows)
	}
	return out, draws
}

// begins is what lies before the first whole quarter: where the run starts from.
func (in Inputs) begins(r *plan.Result) *Quarter {
	if len(r.Periods) == Quarters {
		return nil
	}
	x, _ := quarters.Of(r.Periods[0], in.Start, in.Quarters[0])
	return &x
}

// hoursOf are those of every profession that sees people.
func (s *Service) hoursOf(in Inputs, f people.Futures) *Hours {
	if len(in.Staff) == 0 {
		return nil
	}
	out := &Hours{}
	for _, pool := range slices.Sorted(maps.Keys(in.Present)) {
		out.Before += in.Present[pool]
	}
	end := in.Staff[len(in.Staff)-1]
	last := in.Quarters[len(in.Quarters)-2]
	for _, x := range in.Staff {
		if !x.Start.After(last) {
			end = x
		}
	}
	for _, pool := range slices.Sorted(maps.Keys(end.Hours)) {
		out.After, out.Of = out.After+end.Hours[pool], append(out.Of, pool)
	}
	if low, high := f.Around(end.Start, func(role string) bool { return s.pack.Of(role) != nil }); low < high {
		out.Low, out.High = max(out.After+low, 0), out.After+high
	}
	return out
}

// quartersOfYear is how many of them make one.
const quartersOfYear = 4

// Year is the middle future of a measure in a year of the plan, from 0: the mean of its four quarters.
func (r Result) Year(n int, m Measure) (sum float64) {
	for _, q := range r.Quarters[n*quartersOfYear : (n+1)*quartersOfYear] {
		sum += q.Measures[m].P50 / quartersOfYear
	}
	return sum
}

// Flow is how many a week come, and how many appointments there are for them, on average over a year of the plan.
func (r Result) Flow(n int) (came, given float64) {
	for _, q := range r.Quarters[n*quartersOfYear : (n+1)*quartersOfYear] {
		came, given = came+q.Came/quartersOfYear, given+q.Given/quartersOfYear
	}
	return came, given
}
