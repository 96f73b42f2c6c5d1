package model

import (
	"fmt"
	"math"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// distributions are the ways to write one, by key.
var distributions = map[string]func(*yaml.Node) (des.Dist, error){
	"exponential":   func(n *yaml.Node) (des.Dist, error) { return scalar(n, des.Exponential) },
	"deterministic": func(n *yaml.Node) (des.Dist, error) { return scalar(n, des.Deterministic) },
	"erlang":        readErlang,
	"gamma":         func(n *yaml.Node) (des.Dist, error) { return spread(n, "gamma", des.Gamma) },
	"lognormal":     func(n *yaml.Node) (des.Dist, error) { return spread(n, "lognormal", des.Lognormal) },
	"uniform": func(n *yaml.Node) (des.Dist, error) {
		x, err := bounds(n, "uniform", "min", "max")
		return des.Uniform(x[0], x[1]), err
	},
	"triangular": func(n *yaml.Node) (des.Dist, error) {
		x, err := bounds(n, "triangular", "min", "mode", "max")
		return des.Triangular(x[0], x[1], x[2]), err
	},
	"pert": func(n *yaml.Node) (des.Dist, error) {
		x, err := bounds(n, "pert", "min", "mode", "max")
		return des.PERT(x[0], x[1], x[2]), err
	},
	"empirical": func(n *yaml.Node) (des.Dist, error) {
		var values []float64
		err := numbers(&values, "empirical", 0)(n)
		return des.Empirical(values), err
	},
}

func scalar(n *yaml.Node, of func(float64) des.Dist) (des.Dist, error) {
	var x float64
	err := number(&x, "the mean")(n)
	return of(x), err
}

func readErlang(n *yaml.Node) (des.Dist, error) {
	mean, shape := math.NaN(), 0
	err := object(n, "erlang", fields{"mean": number(&mean, "mean"), "shape": whole(&shape, "shape")})
	if err == nil && (math.IsNaN(mean) || shape < 1) {
		err = wrong(n, "erlang needs a mean and a shape of 1 or more")
	}
	return des.Erlang(mean, max(shape, 1)), err
}

// spread reads a mean and one of the ways to say how much a time varies.
func spread(n *yaml.Node, what string, of func(mean, cv2 float64) des.Dist) (des.Dist, error) {
	mean, cv, cv2, sd, shape := math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()
	f := fields{"mean": number(&mean, "mean"), "cv": number(&cv, "cv"), "cv2": number(&cv2, "cv2"), "sd": number(&sd, "sd")}
	if what == "gamma" {
		f["shape"] = number(&shape, "shape")
	}
	if err := object(n, what, f); err != nil {
		return des.Dist{}, err
	}
	given := 0
	for _, way := range []float64{cv2, cv * cv, sd * sd / (mean * mean), 1 / shape} {
		if !math.IsNaN(way) {
			cv2 = way
			given++
		}
	}
	if math.IsNaN(mean) || given != 1 || cv < 0 || sd < 0 {
		return des.Dist{}, wrong(n, "%s needs a mean and one of cv, cv2, sd%s", what, map[string]string{"gamma": ", shape"}[what])
	}
	return of(mean, cv2), nil
}

// bounds reads its values by name, or as a list in that order.
func bounds(n *yaml.Node, what string, names ...string) ([3]float64, error) {
	var values [3]float64
	if n.Kind == yaml.SequenceNode {
		var got []float64
		err := numbers(&got, what, len(names))(n)
		copy(values[:], got)
		return values, err
	}
	f, given := fields{}, 0
	for i, name := range names {
		read := number(&values[i], name)
		f[name] = func(n *yaml.Node) error { given++; return read(n) }
	}
	err := object(n, what, f)
	if err == nil && given != len(names) {
		err = wrong(n, "%s needs %v", what, names)
	}
	return values, err
}

// distribution reads {kind: how}.
func distribution(to *des.Dist, what string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.MappingNode || len(n.Content) != 2 {
			return wrong(n, "%s is %s: write one distribution, such as {exponential: 6}", what, describe(n))
		}
		f := fields{}
		for kind, read := range distributions {
			f[kind] = func(n *yaml.Node) error {
				d, err := read(n)
				if err != nil {
					return err
				}
				if err := d.Check(); err != nil {
					return fmt.Errorf("%s: %s %w", what, kind, err)
				}
				*to = d
				return nil
			}
		}
		return object(n, what, f)
	}
}
