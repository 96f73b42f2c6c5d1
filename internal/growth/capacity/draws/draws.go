// Package draws keeps the measures of each replication of a run, so that two runs can be compared replication by replication.
package draws

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Draws are the measures of each replication: by quarter, measure and replication.
type Draws [][][]float64

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

// Decode reads back those of so many quarters, measures and replications.
func Decode(b []byte, quarters, measures, replications int) (Draws, error) {
	if len(b) != 4*quarters*measures*replications {
		return nil, fmt.Errorf("draws have %d bytes, not those of %d replications", len(b), replications)
	}
	d := make(Draws, quarters)
	for q := range d {
		d[q] = make([][]float64, measures)
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

// Less is a measure of a quarter of one run less that of another, for as many replications as both have.
func (d Draws) Less(against Draws, quarter, measure int) []float64 {
	of, less := d[quarter][measure], against[quarter][measure]
	out := make([]float64, min(len(of), len(less)))
	for i := range out {
		out[i] = of[i] - less[i]
	}
	return out
}
