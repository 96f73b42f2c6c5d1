package linked

import (
	"fmt"
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/lp"
)

// Shown is a group as it is published: rounded counts, nil where they are hidden.
type Shown struct{ Part, Whole *int }

// Span is what fits: from Low to High, which is Open where nothing published ends it.
type Span struct{ Low, High int }

// Open is no end.
const Open = math.MaxInt32

// Pinned says that somebody is certain to be in it, or that it is known more narrowly than the threshold: of what may hold anybody.
func (s Span) Pinned(threshold int) bool {
	return s.High > 0 && (s.Low > 0 || s.High-s.Low < threshold)
}

// Known is what can be worked out about a group.
type Known struct{ Part, Rest, Whole Span }

// Row is a further thing that a reader knows: the weighted sum of the parts and of the wholes of groups lies between two numbers.
type Row struct {
	Parts, Wholes map[[2]int]float64 // by division and group
	Low, High     float64
}

// program is the linear program of what is published: for each group its part and its rest.
type program struct {
	*lp.Problem
	first []int // the first variable of each division
	of    [][]Shown
	alike bool
}

func (p *program) part(d, g int) int { return p.first[d] + 2*g }
func (p *program) rest(d, g int) int { return p.first[d] + 2*g + 1 }

func newProgram(divisions [][]Shown, alike bool, more []Row) *program {
	p := &program{of: divisions, alike: alike}
	var lo, hi []float64
	for _, groups := range divisions {
		p.first = append(p.first, len(lo))
		for _, g := range groups {
			low, high := around(g.Part)
			lo, hi = append(lo, low, 0), append(hi, high, math.Inf(1))
		}
	}
	p.Problem = lp.New(lo, hi)
	for d, groups := range divisions {
		for k, g := range groups {
			if g.Whole != nil {
				row := make([]float64, len(lo))
				row[p.part(d, k)], row[p.rest(d, k)] = 1, 1
				low, high := around(g.Whole)
				p.AddRow(row, low, high)
			}
		}
		if d == 0 || !alike {
			continue
		}
		for _, variable := range []func(int, int) int{p.part, p.rest} {
			row := make([]float64, len(lo))
			for k := range groups {
				row[variable(d, k)] = 1
			}
			for k := range divisions[0] {
				row[variable(0, k)] = -1
			}
			p.AddRow(row, 0, 0)
		}
	}
	for _, m := range more {
		row := make([]float64, len(lo))
		for at, c := range m.Parts {
			row[p.part(at[0], at[1])] += c
		}
		for at, c := range m.Wholes {
			row[p.part(at[0], at[1])] += c
			row[p.rest(at[0], at[1])] += c
		}
		p.AddRow(row, m.Low, m.High)
	}
	return p
}

func around(n *int) (low, high float64) {
	if n == nil {
		return 0, math.Inf(1)
	}
	return float64(max(0, *n-disclosure.Rounding)), float64(*n + disclosure.Rounding)
}

const near = 1e-6

// span is between what the sum of some variables lies.
func (p *program) span(variables ...int) (s Span, err error) {
	for _, sign := range []float64{1, -1} {
		cost := make([]float64, p.first[len(p.first)-1]+2*len(p.of[len(p.of)-1]))
		for _, v := range variables {
			cost[v] = sign
		}
		p.SetObjective(cost)
		switch p.Solve() {
		case lp.Optimal:
			if sign > 0 {
				s.Low = int(math.Ceil(p.Objective() - near))
			} else {
				s.High = int(math.Floor(-p.Objective() + near))
			}
		case lp.Unbounded:
			s.High = Open
		case lp.Infeasible:
			return s, fmt.Errorf("linked: the counts contradict each other")
		default:
			return s, fmt.Errorf("linked: the program has no answer")
		}
	}
	return s, nil
}

func (p *program) known(d, g int) (k Known, err error) {
	if k.Part, err = p.span(p.part(d, g)); err != nil {
		return k, err
	}
	if k.Rest, err = p.span(p.rest(d, g)); err != nil {
		return k, err
	}
	k.Whole, err = p.span(p.part(d, g), p.rest(d, g))
	return k, err
}

// Intervals is the attack: what a reader can work out about every group of divisions of the same people, with whatever more is known.
func Intervals(divisions [][]Shown, more ...Row) ([][]Known, error) {
	return intervals(divisions, true, more)
}

// Apart is the attack on lists of groups that are not of the same people.
func Apart(divisions [][]Shown, more ...Row) ([][]Known, error) {
	return intervals(divisions, false, more)
}

func intervals(divisions [][]Shown, alike bool, more []Row) (out [][]Known, err error) {
	p := newProgram(divisions, alike, more)
	for d, groups := range divisions {
		line := make([]Known, len(groups))
		for g := range groups {
			if line[g], err = p.known(d, g); err != nil {
				return nil, err
			}
		}
		out = append(out, line)
	}
	return out, nil
}
