package report

import "slices"

// Band is the mean of a value over replications and the range that holds the middle 95% of them.
type Band struct{ Mean, Low, High float64 }

// bandOf sorts the values; there must be one at least. The ends are interpolated between order statistics.
func bandOf(values []float64) Band {
	sum := 0.0
	for _, v := range values {
		sum += v // in the order of the replications, before they are sorted
	}
	slices.Sort(values)
	at := func(p float64) float64 {
		x := p * float64(len(values)-1)
		i := int(x)
		if i+1 >= len(values) {
			return values[len(values)-1]
		}
		return values[i] + (x-float64(i))*(values[i+1]-values[i])
	}
	return Band{sum / float64(len(values)), at(0.025), at(0.975)}
}
