package des

import (
	"fmt"
	"math"
	"slices"
)

// Dist is a distribution of times that are never negative. Make one with the functions below and ask Check.
type Dist struct {
	kind    kind
	a, b, c float64
	values  []float64
}

type kind uint8

const (
	none kind = iota
	exponential
	deterministic
	erlang
	gamma
	lognormal
	uniform
	triangular
	pert
	empirical
)

var kindNames = [...]string{"none", "exponential", "deterministic", "erlang", "gamma", "lognormal", "uniform", "triangular", "pert", "empirical"}

// Exponential has the mean given.
func Exponential(mean float64) Dist { return Dist{kind: exponential, a: mean} }

// Deterministic is always the same.
func Deterministic(value float64) Dist { return Dist{kind: deterministic, a: value} }

// Erlang is the sum of shape exponential stages, with the mean of the whole.
func Erlang(mean float64, shape int) Dist {
	return Dist{kind: erlang, a: mean / float64(shape), b: float64(shape)}
}

// Gamma has a mean and a squared coefficient of variation.
func Gamma(mean, cv2 float64) Dist { return Dist{kind: gamma, a: mean * cv2, b: 1 / cv2} }

// Lognormal has a mean and a squared coefficient of variation.
func Lognormal(mean, cv2 float64) Dist {
	s2 := math.Log1p(cv2)
	return Dist{kind: lognormal, a: math.Log(mean) - s2/2, b: math.Sqrt(s2)}
}

// Uniform lies between least and most.
func Uniform(least, most float64) Dist { return Dist{kind: uniform, a: least, b: most} }

// Triangular has its peak at mode.
func Triangular(least, mode, most float64) Dist {
	return Dist{kind: triangular, a: least, b: mode, c: most}
}

// PERT is the beta distribution with alpha 1+4(mode-least)/(most-least) and beta 1+4(most-mode)/(most-least).
func PERT(least, mode, most float64) Dist { return Dist{kind: pert, a: least, b: mode, c: most} }

// Empirical draws from the values, each equally likely.
func Empirical(values []float64) Dist { return Dist{kind: empirical, values: slices.Clone(values)} }

// IsZero reports whether there is no distribution.
func (d Dist) IsZero() bool { return d.kind == none }

// Limits of times: outside of them a model is a slip of the pen, and arithmetic on ticks stays exact inside.
const (
	LeastMean = 1e-9
	MostTime  = 1e9
	// MostStages bounds the work of one Erlang draw: beyond this it is as good as a normal distribution.
	MostStages = 1000
	// leastShape and mostShape bound gamma, and mostCV2 lognormal, to what draws can represent.
	leastShape, mostShape, mostCV2 = 1e-3, 1e9, 1e4
)

// Check says in a clause what is wrong.
func (d Dist) Check() error {
	bad := func(x float64) bool { return math.IsNaN(x) || x < 0 || x > MostTime }
	switch d.kind {
	case none:
		return fmt.Errorf("is missing")
	case erlang:
		if !(d.b >= 1 && d.b <= MostStages) {
			return fmt.Errorf("needs a shape from 1 to %d", MostStages)
		}
	case gamma:
		if !(d.b >= leastShape && d.b <= mostShape) {
			return fmt.Errorf("needs a shape from %g to %g", leastShape, mostShape)
		}
	case lognormal:
		if !(d.b >= 0 && math.Expm1(d.b*d.b) <= mostCV2) {
			return fmt.Errorf("needs a coefficient of variation from 0 to %g", math.Sqrt(mostCV2))
		}
	case uniform:
		if bad(d.a) || bad(d.b) || d.a > d.b {
			return fmt.Errorf("needs 0 <= min <= max <= %g", MostTime)
		}
	case triangular, pert:
		if bad(d.a) || bad(d.b) || bad(d.c) || d.a > d.b || d.b > d.c {
			return fmt.Errorf("needs 0 <= min <= mode <= max <= %g", MostTime)
		}
	case empirical:
		if len(d.values) == 0 || slices.ContainsFunc(d.values, bad) {
			return fmt.Errorf("needs values from 0 to %g", MostTime)
		}
	}
	if m := d.Mean(); !(m >= LeastMean && m <= MostTime) {
		return fmt.Errorf("needs a mean from %g to %g", LeastMean, MostTime)
	}
	return nil
}

// Mean is the expected time.
func (d Dist) Mean() float64 {
	switch d.kind {
	case exponential, deterministic:
		return d.a
	case erlang, gamma:
		return d.a * d.b
	case lognormal:
		return math.Exp(d.a + d.b*d.b/2)
	case uniform:
		return (d.a + d.b) / 2
	case triangular:
		return (d.a + d.b + d.c) / 3
	case pert:
		return (d.a + 4*d.b + d.c) / 6
	case empirical:
		sum := 0.0
		for _, v := range d.values {
			sum += v
		}
		return sum / float64(len(d.values))
	}
	return math.NaN()
}

// String names the kind.
func (d Dist) String() string { return kindNames[d.kind] }

// Draw is one random time.
func (d *Dist) Draw(s *Stream) float64 {
	switch d.kind {
	case exponential:
		return s.Exp() * d.a
	case deterministic:
		return d.a
	}
	return d.drawOther(s)
}

func (d *Dist) drawOther(s *Stream) float64 {
	switch d.kind {
	case erlang:
		sum := 0.0
		for range int(d.b) {
			sum += s.Exp()
		}
		return sum * d.a
	case gamma:
		return s.Gamma(d.b) * d.a
	case lognormal:
		return math.Exp(d.a + d.b*s.Normal())
	case uniform:
		return d.a + (d.b-d.a)*s.Float()
	case triangular:
		u, width := s.Float(), d.c-d.a
		if width == 0 {
			return d.a
		}
		if left := d.b - d.a; u*width < left {
			return d.a + math.Sqrt(u*width*left)
		}
		return d.c - math.Sqrt((1-u)*width*(d.c-d.b))
	case pert:
		width := d.c - d.a
		if width == 0 {
			return d.a
		}
		x, y := s.Gamma(1+4*(d.b-d.a)/width), s.Gamma(1+4*(d.c-d.b)/width)
		return d.a + width*x/(x+y)
	case empirical:
		return d.values[int(s.Float()*float64(len(d.values)))]
	}
	return 0
}

// Times is the distribution of a time multiplied by a factor.
func (d Dist) Times(factor float64) Dist {
	switch d.kind {
	case erlang, gamma:
		d.a *= factor
	case lognormal:
		d.a += math.Log(factor)
	case empirical:
		d = Empirical(d.values)
		for i := range d.values {
			d.values[i] *= factor
		}
	default:
		d.a, d.b, d.c = d.a*factor, d.b*factor, d.c*factor
	}
	return d
}
