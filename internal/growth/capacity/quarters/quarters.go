// Package quarters is what a run says of each quarter of a plan: where each measure lies over the replications, and what one run has less
// than another.
package quarters

import (
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/draws"
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

const week = 7

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

// Of gathers the replications of the days from one up to another.
func Of(reps []plan.Measures, from, to civil.Date) (x Quarter, rows [][]float64) {
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

// Difference is one run less another, replication by replication.
type Difference struct {
	Start    civil.Date
	Measures map[Measure]Band
}

// Differences compares as many replications as both have.
func Differences(quarters []Quarter, of, against draws.Draws) (out []Difference) {
	for q := range of {
		d := Difference{Start: quarters[q].Start, Measures: map[Measure]Band{}}
		for m, k := range Measures {
			d.Measures[k] = over(of.Less(against, q, m))
		}
		out = append(out, d)
	}
	return out
}
