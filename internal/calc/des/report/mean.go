package report

import "math"

// acrossFrom is the number of replications from which their own spread is a better standard error than batch means:
// with fewer, the spread of so few numbers is itself uncertain.
const acrossFrom = 10

// Mean gathers one mean over replications, each given as a sum and a count. The zero value is empty.
type Mean struct {
	replications       int
	sum, count         float64
	sumSq, cross, cnt2 float64
	within             float64 // variance of the total sum by batch means
}

// Add takes the sum and the count of one replication, and the squared standard error of its mean by batch means.
func (m *Mean) Add(sum, count, variance float64) {
	m.replications++
	m.sum += sum
	m.count += count
	m.sumSq += sum * sum
	m.cross += sum * count
	m.cnt2 += count * count
	if count > 0 {
		m.within += variance * count * count
	}
}

// Value is the mean over all observations; NaN without any.
func (m *Mean) Value() float64 { return m.sum / m.count }

// SE is the standard error of Value; NaN where there is too little to tell.
func (m *Mean) SE() float64 {
	r := float64(m.replications)
	if m.replications < acrossFrom {
		return math.Sqrt(m.within) / m.count
	}
	v := m.Value()
	squares := m.sumSq - 2*v*m.cross + v*v*m.cnt2 // of sum - v count, whose mean is zero
	return math.Sqrt(max(0, squares)*r/(r-1)) / m.count
}
