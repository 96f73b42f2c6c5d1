package spc

import "math"

// Autocorrelation is the lag-1 autocorrelation of the known values,
//
//	r1 = Σ (x[t]-m)(x[t+1]-m) / Σ (x[t]-m)²,
//
// with products only where two neighbours are both known. warn is true where
// |r1| exceeds 2/√n, the usual 95% bound for a series without memory. Limits
// from moving ranges assume no memory: where it is positive they are too narrow
// and the chart signals too often. A series under 13 points or without variation
// gives 0 and no warning.
func Autocorrelation(values []Number) (r1 float64, warn bool) {
	var mean float64
	n := 0
	for _, v := range values {
		if v.Known {
			n++
			mean += (v.Value - mean) / float64(n)
		}
	}
	if n < chartMinimum {
		return 0, false
	}
	var products, squares, largest float64
	for i, v := range values {
		if !v.Known {
			continue
		}
		d := v.Value - mean
		squares += d * d
		largest = max(largest, math.Abs(v.Value))
		if i+1 < len(values) && values[i+1].Known {
			products += d * (values[i+1].Value - mean)
		}
	}
	if math.Sqrt(squares/float64(n)) <= largest*relativeTolerance || math.IsInf(squares, 0) {
		return 0, false
	}
	r1 = products / squares
	return r1, math.Abs(r1) > 2/math.Sqrt(float64(n))
}
