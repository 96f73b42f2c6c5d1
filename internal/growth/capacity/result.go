package capacity

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/des/plan"
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

// Result is what a run of a scenario says.
type Result struct {
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

// Draws are the measures of each replication: by quarter, measure and replication.
type Draws [][][]float64

// report gathers the quarters of a result; what lies before the first whole quarter is left out.
func (in Inputs) report(r *plan.Result) (out []Quarter, draws Draws) {
	lead := len(r.Periods) - Quarters
	for q := range Quarters {
		reps := r.Periods[lead+q]
		x := Quarter{Start: in.Quarters[q], Measures: map[Measure]Band{}}
		weeks := float64(in.Quarters[q+1].DaysSince(in.Quarters[q])) / week
		var rows [][]float64
		for _, k := range Measures {
			row := make([]float64, len(reps))
			for i, m := range reps {
				row[i] = value(m, k)
			}
			x.Measures[k] = over(row)
			rows = append(rows, row)
		}
		for _, m := range reps {
			n := float64(len(reps)) * weeks
			x.Came, x.Seen, x.Given = x.Came+m.Came/n, x.Seen+m.Seen/n, x.Given+m.Given/n
		}
		out, draws = append(out, x), append(draws, rows)
	}
	return out, draws
}

// Encode writes draws as 32-bit floats: seven digits are more than any wait has.
func (d Draws) Encode() []byte {
	var out []byte
	for _, q := range d {
		for _, m := range q {
			for _, x := range m {
				out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x)))
			}
		}
	}
	return out
}

// decodeDraws reads them back.
func decodeDraws(b []byte, replications int) (Draws, error) {
	if len(b) != 4*Quarters*len(Measures)*replications {
		return nil, fmt.Errorf("draws have %d bytes, not those of %d replications", len(b), replications)
	}
	d := make(Draws, Quarters)
	for q := range d {
		d[q] = make([][]float64, len(Measures))
		for m := range d[q] {
			d[q][m] = make([]float64, replications)
			for i := range d[q][m] {
				d[q][m][i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
				b = b[4:]
			}
		}
	}
	return d, nil
}

// Difference is one run less another, replication by replication.
type Difference struct {
	Start    civil.Date
	Measures map[Measure]Band
}

// differences compares as many replications as both have.
func differences(quarters []Quarter, of, against Draws) (out []Difference) {
	for q := range of {
		d := Difference{Start: quarters[q].Start, Measures: map[Measure]Band{}}
		for m, k := range Measures {
			n := min(len(of[q][m]), len(against[q][m]))
			x := make([]float64, n)
			for i := range x {
				x[i] = of[q][m][i] - against[q][m][i]
			}
			d.Measures[k] = over(x)
		}
		out = append(out, d)
	}
	return out
}
