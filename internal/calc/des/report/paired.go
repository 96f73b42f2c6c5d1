package report

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Paired gathers the differences between two scenarios, replication by replication.
type Paired struct {
	n          int
	mean, sqrs float64
}

// Add takes one difference. One that does not exist (NaN) does not count.
func (p *Paired) Add(d float64) {
	if math.IsNaN(d) {
		return
	}
	p.n++
	step := d - p.mean
	p.mean += step / float64(p.n)
	p.sqrs += step * (d - p.mean)
}

// Delta is a mean difference, its standard error, and a 95% interval by Student's t; NaN where there is too little.
func (p *Paired) Delta() (mean, se, low, high float64) {
	if p.n == 0 {
		return math.NaN(), math.NaN(), math.NaN(), math.NaN()
	}
	if p.n == 1 {
		return p.mean, math.NaN(), math.NaN(), math.NaN()
	}
	se = math.Sqrt(p.sqrs / float64(p.n-1) / float64(p.n))
	half := se * studentT(p.n-1)
	return p.mean, se, p.mean - half, p.mean + half
}

// studentT is the two-sided 95% point of Student's t.
func studentT(freedom int) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: float64(freedom)}.Quantile(0.975)
}
