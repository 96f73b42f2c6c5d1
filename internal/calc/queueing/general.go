package queueing

import (
	"errors"
	"fmt"
)

// MG1 is one server with any service time.
type MG1 struct {
	Lambda float64 `json:"lambda"`
	Mean   float64 `json:"mean"` // of the service
	CV2    float64 `json:"cv2"`  // variance over squared mean of the service
}

// MG1Answer is what mean and variance of the service tell.
type MG1Answer struct {
	Rho float64 `json:"rho"`
	Means
	Percentiles
	Warnings []string `json:"warnings"`
}

// Solve gives the steady state. A percentile exists where it is certainly zero, since
// a share 1 - rho of arrivals never waits, and for cv2 = 0, which is a service that
// never varies.
func (in MG1) Solve() (MG1Answer, error) {
	var c check
	c.notNegative("lambda", in.Lambda)
	c.above("mean", in.Mean)
	c.notNegative("cv2", in.CV2)
	if c.err != nil {
		return MG1Answer{}, c.err
	}
	out := MG1Answer{Rho: in.Lambda * in.Mean, Warnings: []string{}}
	if out.Rho >= 1 {
		out.Warnings = append(out.Warnings, overloaded(out.Rho))
		return out, nil
	}
	if in.CV2 == 0 {
		same, err := MDC{in.Lambda, in.Mean, 1}.Solve()
		out.Percentiles, out.Warnings = same.Percentiles, same.Warnings
		if err != nil {
			return out, err
		}
	} else {
		unknown := false
		zero := func(tail float64) *float64 {
			if out.Rho <= tail {
				return some(0)
			}
			unknown = true
			return nil
		}
		out.Percentiles = Percentiles{zero(0.5), zero(0.1), zero(0.05)}
		if unknown {
			out.Warnings = append(out.Warnings, "percentiles of the wait depend on the whole distribution of the service, not only on its mean and cv2: only those that are 0 are given")
		}
	}
	out.Means = little(in.Lambda, out.Rho*in.Mean*(1+in.CV2)/(2*(1-out.Rho)), in.Mean)
	return out, nil
}

// Kingman is one server with any arrivals and any service, known by their squared
// coefficients of variation.
type Kingman struct {
	Rho  float64 `json:"rho"`
	CA2  float64 `json:"ca2"`
	CS2  float64 `json:"cs2"`
	Mean float64 `json:"mean"`
}

// KingmanAnswer is an approximation, good near a load of 1 and exact for M/G/1.
type KingmanAnswer struct {
	Rho float64 `json:"rho"`
	Means
	Warnings []string `json:"warnings"`
}

// Solve gives wq = rho/(1-rho) (ca2+cs2)/2 mean.
func (in Kingman) Solve() (KingmanAnswer, error) {
	var c check
	c.notNegative("rho", in.Rho)
	c.notNegative("ca2", in.CA2)
	c.notNegative("cs2", in.CS2)
	c.above("mean", in.Mean)
	out := KingmanAnswer{Rho: in.Rho, Warnings: []string{}}
	if c.err == nil && in.Rho >= 1 {
		out.Warnings = append(out.Warnings, overloaded(in.Rho))
	} else if c.err == nil {
		out.Means = little(in.Rho/in.Mean, in.Rho/(1-in.Rho)*(in.CA2+in.CS2)/2*in.Mean, in.Mean)
	}
	return out, c.err
}

// mostClasses bounds the classes of priority.
const mostClasses = 1000

// Priority is one exponential server of rate Mu; the first class goes first, and
// nobody is interrupted.
type Priority struct {
	Lambda []float64 `json:"lambda"`
	Mu     float64   `json:"mu"`
}

// PriorityAnswer gives the wait of each class; L, W and LQ are of all classes together.
type PriorityAnswer struct {
	Rho      float64    `json:"rho"`
	LQ       *float64   `json:"lq"`
	WQ       []*float64 `json:"wq"`
	L        *float64   `json:"l"`
	W        *float64   `json:"w"`
	Warnings []string   `json:"warnings"`
}

// Solve gives Cobham's waits: the rest of the service in hand over (1-above)(1-here), with
// "above" the load of better classes and "here" that and its own. In an overloaded queue
// the better classes may still have a mean: the server is then always busy.
func (in Priority) Solve() (PriorityAnswer, error) {
	var c check
	if len(in.Lambda) == 0 {
		c.err = errors.New("lambda is empty: give one rate for each class")
	}
	c.between("the number of classes", max(len(in.Lambda), 1), 1, mostClasses)
	total := 0.0
	for i, x := range in.Lambda {
		c.notNegative(fmt.Sprintf("lambda[%d]", i), x)
		total += x
	}
	c.above("mu", in.Mu)
	if c.err != nil {
		return PriorityAnswer{}, c.err
	}
	out := PriorityAnswer{Rho: total / in.Mu, WQ: make([]*float64, len(in.Lambda)), Warnings: []string{}}
	rest := min(out.Rho, 1) / in.Mu
	above, waiting := 0.0, 0.0
	for i, x := range in.Lambda {
		here := above + x/in.Mu
		if here >= 1 {
			out.Warnings = append(out.Warnings, fmt.Sprintf("the load down to class %d is %.6g: from there on the queue grows without end and has no mean", i+1, here))
			return out, nil
		}
		wait := rest / ((1 - above) * (1 - here))
		out.WQ[i] = some(wait)
		waiting += x * wait
		above = here
	}
	out.LQ, out.L = some(waiting), some(waiting+out.Rho)
	if total > 0 {
		out.W = some((waiting + out.Rho) / total)
	} else {
		out.Warnings = append(out.Warnings, "nobody arrives: there is no mean time over all classes")
	}
	return out, nil
}
