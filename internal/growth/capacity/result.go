package capacity

import (
	"maps"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/draws"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/reckoning"
)

// Measure is what a run reports of each quarter.
type Measure string

// The measures, in the order in which they are stored.
const (
	List        Measure = "list"        // people referred and not seen, at the end of the quarter
	Median      Measure = "median"      // working days, of those seen in it
	P90         Measure = "p90"         // nine in ten waited no longer
	Within      Measure = "within"      // percent seen within the target
	Utilisation Measure = "utilisation" // percent of appointments that somebody was called to
)

// Measures lists them.
var Measures = []Measure{List, Median, P90, Within, Utilisation}

// Band is where a measure lies over the replications.
type Band struct {
	Mean float64 `json:"mean"`
	SE   float64 `json:"se"`
	P10  float64 `json:"p10"`
	P25  float64 `json:"p25"`
	P50  float64 `json:"p50"`
	P75  float64 `json:"p75"`
	P90  float64 `json:"p90"`
}

func over(x []float64) Band {
	b := plan.Over(x)
	return Band{b.Mean, b.SE, b.P10, b.P25, b.P50, b.P75, b.P90}
}

// Quarter is one quarter of a run.
type Quarter struct {
	Start    civil.Date       `json:"start"`
	Measures map[Measure]Band `json:"measures"`
	Came     float64          `json:"came"` // referrals a week
	Seen     float64          `json:"seen"`
	Given    float64          `json:"given"` // appointments a week
}

// Hours are those with patients a week that a run is made of: in the year of the fits, and in the last quarter of the plan.
type Hours struct {
	Before float64  `json:"before"`
	After  float64  `json:"after"`
	Of     []string `json:"of"` // the professions
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

// value reads a measure of a replication.
func value(m plan.Measures, k Measure) float64 {
	switch k {
	case List:
		return m.List
	case Median:
		return m.Median
	case P90:
		return m.P90
	case Within:
		return 100 * m.Within
	default:
		return 100 * m.Utilisation
	}
}

// report gathers the quarters of a result.
func (in Inputs) report(r *plan.Result) (out []Quarter, draws draws.Draws) {
	lead := len(r.Periods) - Quarters
	for q := range Quarters {
		x, rows := quarter(r.Periods[lead+q], in.Quarters[q], in.Quarters[q+1])
		out, draws = append(out, x), append(draws, rows)
	}
	return out, draws
}

// begins is what lies before the first whole quarter: where the run starts from.
func (in Inputs) begins(r *plan.Result) *Quarter {
	if len(r.Periods) == Quarters {
		return nil
	}
	x, _ := quarter(r.Periods[0], in.Start, in.Quarters[0])
	return &x
}

// quarter gathers the replications of the days from one up to another.
func quarter(reps []plan.Measures, from, to civil.Date) (x Quarter, rows [][]float64) {
	x = Quarter{Start: from, Measures: map[Measure]Band{}}
	for _, k := range Measures {
		row := make([]float64, len(reps))
		for i, m := range reps {
			row[i] = value(m, k)
		}
		x.Measures[k] = over(row)
		rows = append(rows, row)
	}
	n := float64(len(reps)) * float64(to.DaysSince(from)) / week
	for _, m := range reps {
		x.Came, x.Seen, x.Given = x.Came+m.Came/n, x.Seen+m.Seen/n, x.Given+m.Given/n
	}
	return x, rows
}

// hoursOf are those of every profession that sees people.
func (in Inputs) hoursOf() *Hours {
	if len(in.Staff) == 0 {
		return nil
	}
	out := &Hours{}
	for _, pool := range slices.Sorted(maps.Keys(in.Present)) {
		out.Before += in.Present[pool]
	}
	end := in.Staff[len(in.Staff)-1]
	last := in.Quarters[len(in.Quarters)-2]
	for _, s := range in.Staff {
		if !s.Start.After(last) {
			end = s
		}
	}
	for _, pool := range slices.Sorted(maps.Keys(end.Hours)) {
		out.After, out.Of = out.After+end.Hours[pool], append(out.Of, pool)
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

// Difference is one run less another, replication by replication.
type Difference struct {
	Start    civil.Date
	Measures map[Measure]Band
}

// differences compares as many replications as both have.
func differences(quarters []Quarter, of, against draws.Draws) (out []Difference) {
	for q := range of {
		d := Difference{Start: quarters[q].Start, Measures: map[Measure]Band{}}
		for m, k := range Measures {
			d.Measures[k] = over(of.Less(against, q, m))
		}
		out = append(out, d)
	}
	return out
}
