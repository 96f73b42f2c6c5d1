package demand

import (
	"errors"
	"math"
)

// regression is a Poisson log-linear fit: log mean = rows times coef.
type regression struct {
	coef []float64
	cov  [][]float64 // of coef, if the counts are Poisson
}

var errSingular = errors.New("the columns of the fit cannot be told apart")

const (
	mostSteps = 50
	// settled is the Newton decrement at which a fit is at its optimum to the last digits that matter.
	settled = 1e-10
)

// fitPoisson maximises the likelihood by Newton's method. The likelihood is concave, so a step that overshoots is halved
// until it climbs.
func fitPoisson(rows [][]float64, counts []float64) (regression, error) {
	k := len(rows[0])
	r := regression{coef: make([]float64, k)}
	total := 0.0
	for _, y := range counts {
		total += y
	}
	r.coef[0] = math.Log(total / float64(len(counts))) // column 0 is the level
	likelihood := func(coef []float64) float64 {
		sum := 0.0
		for i, x := range rows {
			eta := dot(x, coef)
			sum += counts[i]*eta - math.Exp(eta)
		}
		return sum
	}
	now := likelihood(r.coef)
	for range mostSteps {
		gradient, info := make([]float64, k), square(k)
		for i, x := range rows {
			mean := math.Exp(dot(x, r.coef))
			for a, xa := range x {
				if xa == 0 {
					continue
				}
				gradient[a] += xa * (counts[i] - mean)
				for b := 0; b <= a; b++ {
					info[a][b] += mean * xa * x[b]
				}
			}
		}
		if !cholesky(info) {
			return r, errSingular
		}
		step := solve(info, gradient)
		decrement := dot(step, gradient)
		next, part := make([]float64, k), 1.0
		for {
			for a := range next {
				next[a] = r.coef[a] + part*step[a]
			}
			if then := likelihood(next); then >= now || part < 1e-6 {
				now = then
				break
			}
			part /= 2
		}
		copy(r.coef, next)
		if decrement < settled {
			r.cov = invert(info)
			return r, nil
		}
	}
	return r, errSingular
}

func dot(a, b []float64) (sum float64) {
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func square(k int) [][]float64 {
	m := make([][]float64, k)
	for i := range m {
		m[i] = make([]float64, k)
	}
	return m
}

// cholesky turns the lower half of a symmetric matrix into its factor; false if it is not positive definite.
func cholesky(m [][]float64) bool {
	for i := range m {
		for j := 0; j <= i; j++ {
			sum := m[i][j]
			for k := range j {
				sum -= m[i][k] * m[j][k]
			}
			if i != j {
				m[i][j] = sum / m[j][j]
				continue
			}
			if sum <= 1e-12*max(1, m[i][i]) {
				return false
			}
			m[i][i] = math.Sqrt(sum)
		}
	}
	return true
}

// solve gives x with L L' x = b.
func solve(l [][]float64, b []float64) []float64 {
	x := make([]float64, len(b))
	for i := range b {
		x[i] = (b[i] - dot(l[i][:i], x[:i])) / l[i][i]
	}
	for i := len(b) - 1; i >= 0; i-- {
		for j := i + 1; j < len(b); j++ {
			x[i] -= l[j][i] * x[j]
		}
		x[i] /= l[i][i]
	}
	return x
}

func invert(l [][]float64) [][]float64 {
	out := square(len(l))
	for i := range l {
		unit := make([]float64, len(l))
		unit[i] = 1
		out[i] = solve(l, unit)
	}
	return out
}
