package funnel

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// scale is a kind of data with its target: how values are transformed and back.
type scale struct {
	kind    Kind
	natural float64 // the target as people read it
	target  float64 // the same, transformed
}

func (s settings) scale(numerator, denominator []float64) scale {
	f := scale{kind: s.kind, natural: 1}
	if s.kind == Proportion {
		var observed, n float64
		for i := range numerator {
			observed += numerator[i]
			n += denominator[i]
		}
		// Sums of decimals may round to a hair above 1.
		f.natural = min(1, observed/n)
	}
	f.target = f.transform(f.natural, 1)
	return f
}

// transform is infinite for a SHMI ratio of 0.
func (f scale) transform(observed, n float64) float64 {
	switch f.kind {
	case Proportion:
		return math.Asin(math.Sqrt(observed / n))
	case SHMI:
		return math.Log(observed / n)
	}
	return math.Sqrt(observed / n)
}

// sd is the standard deviation of a transformed value by chance alone.
func (f scale) sd(n float64) float64 {
	if f.kind == SHMI {
		return 1 / math.Sqrt(n)
	}
	return 1 / (2 * math.Sqrt(n))
}

// back undoes the transformation. Beyond its range a square or a sine would turn
// round and the limit would come back in: there it stays at the end.
func (f scale) back(y float64) float64 {
	switch {
	case f.kind == SHMI:
		return math.Exp(min(y, mostLog))
	case y <= 0:
		return 0
	case f.kind == CQC:
		return y * y
	case y >= math.Pi/2:
		return 1
	}
	return square(math.Sin(y))
}

// mostLog keeps the limit of a tiny expected number within float64.
const mostLog = 700

// unadjusted are the limits of chance alone.
func (f scale) unadjusted(n, z, tail float64) (lower, upper float64) {
	if f.kind == Proportion {
		half := z * math.Sqrt(f.natural*(1-f.natural)/n)
		return max(0, f.natural-half), min(1, f.natural+half)
	}
	// The lower limit by the upper tail too: that inverse is Newton's, the other a search.
	return mathext.GammaIncRegCompInv(n, 1-tail) / n, mathext.GammaIncRegCompInv(n+1, tail) / n
}

// atMost is the chance of so many cases or fewer, when n are expected.
func atMost(observed, n float64) float64 { return mathext.GammaIncRegComp(observed+1, n) }

// atLeast is the chance of so many cases or more, when n are expected. Nought or
// more is certain.
func atLeast(observed, n float64) float64 {
	if observed == 0 {
		return 1
	}
	return mathext.GammaIncReg(observed, n)
}
