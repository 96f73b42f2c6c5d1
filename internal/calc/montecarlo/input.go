package montecarlo

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// Input is a calculation with uncertain inputs.
type Input struct {
	Inputs     Variables `json:"inputs"`
	Expression string    `json:"expression"`
	Draws      *float64  `json:"draws"` // a whole number, default 100,000
	Seed       *float64  `json:"seed"`  // a whole number, default 1
}

// Variables are the inputs by name.
type Variables map[string]Variable

// Variable is one input. A number has its min, mode and max at one place.
type Variable struct{ Min, Mode, Max float64 }

// fixed says that there is nothing to draw.
func (v Variable) fixed() bool { return v.Min == v.Max }

// UnmarshalJSON reads a number or {"min", "mode", "max"}.
func (v *Variable) UnmarshalJSON(data []byte) error {
	var number float64
	if string(data) != "null" && json.Unmarshal(data, &number) == nil {
		*v = Variable{number, number, number}
		return nil
	}
	var in struct {
		Min  *float64 `json:"min"`
		Mode *float64 `json:"mode"`
		Max  *float64 `json:"max"`
	}
	if len(data) == 0 || data[0] != '{' {
		return errors.New("give a number or min, mode and max, not " + string(data[:min(len(data), 40)]))
	}
	if err := strict.Object(data, &in); err != nil {
		return err
	}
	if in.Min == nil || in.Mode == nil || in.Max == nil {
		return errors.New("min, mode and max are all needed: " + string(data[:min(len(data), 40)]))
	}
	*v = Variable{*in.Min, *in.Mode, *in.Max}
	return nil
}

const (
	usualDraws = 100_000
	usualSeed  = 1
	// mostDraws is the figure.
	mostDraws = 100_000_000
	mostInput = 100
	// mostWork is the number of draws times the time that each takes, in units of
	// about a nanosecond: half a minute on one core.
	mostWork = 3e10
	// What a part of one draw takes, in the same units.
	drawCost, stepCost, powerCost, otherCost = 4, 1, 60, 6
	// biggest keeps products of two inputs finite.
	biggest = 1e150
	// Beyond 2^53 not every whole number is a float.
	biggestWhole = 1 << 53
)

// task is a checked input.
type task struct {
	names   []string // in order
	values  []Variable
	program *program
	draws   int
	seed    uint64
}

func (in *Input) task() (*task, error) {
	switch n := len(in.Inputs); {
	case n == 0:
		return nil, errors.New("inputs is empty: name at least one input")
	case n > mostInput:
		return nil, fmt.Errorf("inputs has %d entries: at most %d", n, mostInput)
	}
	t := &task{names: slices.Sorted(maps.Keys(in.Inputs))}
	work := otherCost
	for _, name := range t.names {
		v := in.Inputs[name]
		switch {
		case !isName(name):
			return nil, fmt.Errorf("input %q cannot be named in an expression: use letters, digits and _, and no word of its language such as in, not or and", name)
		case !(math.Abs(v.Min) <= biggest && math.Abs(v.Mode) <= biggest && math.Abs(v.Max) <= biggest):
			return nil, fmt.Errorf("input %s is not a usable number", name)
		case v.Min > v.Mode || v.Mode > v.Max:
			return nil, fmt.Errorf("input %s: its mode %v does not lie between its min %v and its max %v", name, v.Mode, v.Min, v.Max)
		case !v.fixed():
			work += drawCost
		}
		t.values = append(t.values, v)
	}
	var err error
	if t.program, err = compile(in.Expression, t.names); err != nil {
		return nil, err
	}
	for _, c := range t.program.code {
		work += stepCost
		if c.do == power {
			work += powerCost
		}
	}
	draws, err := whole("draws", in.Draws, usualDraws, 1, mostDraws)
	if err != nil {
		return nil, err
	}
	seed, err := whole("seed", in.Seed, usualSeed, -biggestWhole, biggestWhole)
	if err != nil {
		return nil, err
	}
	if most := int(mostWork) / work; int(draws) > most {
		return nil, fmt.Errorf("draws is %.0f: for so long an expression at most %d", draws, most)
	}
	t.draws, t.seed = int(draws), uint64(int64(seed))
	return t, nil
}

func whole(name string, given *float64, usual, least, most float64) (float64, error) {
	if given == nil {
		return usual, nil
	}
	if x := *given; !(x >= least && x <= most) || x != math.Trunc(x) {
		return 0, fmt.Errorf("%s is %v: it must be a whole number from %.0f to %.0f", name, x, least, most)
	}
	return *given, nil
}

// Run reads one simulation and writes its answer: the body of "rowan calc montecarlo".
func Run(data []byte) ([]byte, error) {
	var in Input
	if err := strict.Object(data, &in); err != nil {
		return nil, err
	}
	out, err := Compute(in)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}
