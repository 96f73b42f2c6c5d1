package attack

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/lp"
)

// part is a set of unknowns that share figures with no unknown outside it; what is fixed is left out.
type part struct {
	unknowns []int // columns
	lo, hi   []int // of each column, as branching narrows them
	rows     []line
	shares   []share
	program  *lp.Problem
	variable map[int]int // from the program's variable of a row to the row
	targets  []*target
}

// share is what a part holds of a region.
type share struct {
	region  int
	columns []int
}

// line is one figure, less what is fixed.
type line struct {
	columns []int
	known   span
}

// target is a sum of columns of a part whose ends are wanted: outer is proved to hold whatever fits, and the ends of
// inner were both reached by whole numbers that fit.
type target struct {
	columns      []int
	outer, inner span
	reached      bool // there is an inner span
	wanted       bool // both ends are wanted, because a block adds them up
}

const (
	// mostEntries bounds the table of one linear program (8 bytes each).
	mostEntries = 4_000_000
	// mostWork bounds all of them together, and targetWork the ends of one interval, in multiplications: a second or two,
	// and a tenth of one.
	mostWork   = 1_000_000_000
	targetWork = 100_000_000
)

// open makes the linear program, and says whether it is small enough.
func (p *part) open() bool {
	if len(p.rows)*len(p.unknowns) > mostEntries {
		return false
	}
	lo, hi := make([]float64, len(p.lo)), make([]float64, len(p.hi))
	for j := range lo {
		lo[j], hi[j] = float64(p.lo[j]), limit(p.hi[j])
	}
	p.program, p.variable = lp.New(lo, hi), map[int]int{}
	row := make([]float64, len(lo))
	for i, r := range p.rows {
		for _, j := range r.columns {
			row[j] = 1
		}
		p.variable[p.program.AddRow(row, float64(r.known.lo), limit(r.known.hi))] = i
		for _, j := range r.columns {
			row[j] = 0
		}
	}
	return true
}

func limit(n int) float64 {
	if n >= unlimited {
		return math.Inf(1)
	}
	return float64(n)
}

// attained notes a solution in whole numbers for every target.
func (p *part) attained(x []int) {
	for _, t := range p.targets {
		sum := 0
		for _, j := range t.columns {
			sum += x[j]
		}
		if !t.reached {
			t.inner, t.reached = span{sum, sum}, true
		}
		t.inner = span{min(t.inner.lo, sum), max(t.inner.hi, sum)}
	}
}

// fits checks a solution figure by figure.
func (p *part) fits(x []int) bool {
	for j, n := range x {
		if n < p.lo[j] || n > p.hi[j] {
			return false
		}
	}
	for _, r := range p.rows {
		sum := 0
		for _, j := range r.columns {
			sum += x[j]
		}
		if sum < r.known.lo || sum > r.known.hi {
			return false
		}
	}
	return true
}

const (
	// parts is what weights are rounded to the nearest of: it holds the denominators 1 to 10 exactly.
	parts = 5040
	// mostWeight and mostProof keep a proof inside 64 bits.
	mostWeight = 100
	mostProof  = 1 << 62
)

// prove is a whole number that the objective cannot be below while every figure and every bound of a column holds: add
// the figures up with the weights, and take what is left of each column at its bound. It is true of any weights, so that
// rounding can make it weaker but never wrong. ok is false where it proves nothing.
func (p *part) prove(objective []int, weights func(func(variable int, weight float64))) (least int, ok bool) {
	rest, sum, size := make([]int, len(objective)), 0, 0.0
	for j, c := range objective {
		rest[j] = c * parts
	}
	add := func(weight, n int) {
		sum += weight * n
		size += math.Abs(float64(weight) * float64(n))
	}
	weights(func(variable int, weight float64) {
		i, isRow := p.variable[variable]
		w := int(math.Round(min(max(weight, -mostWeight), mostWeight) * parts))
		if !isRow || w == 0 {
			return
		}
		at := p.rows[i].known.lo
		if w < 0 {
			at = p.rows[i].known.hi
		}
		if at >= unlimited {
			return
		}
		add(w, at)
		for _, j := range p.rows[i].columns {
			rest[j] -= w
		}
	})
	for j, w := range rest {
		switch {
		case w > 0:
			add(w, p.lo[j])
		case w < 0 && p.hi[j] >= unlimited:
			return 0, false
		case w < 0:
			add(w, p.hi[j])
		}
	}
	if size > mostProof {
		return 0, false
	}
	least = sum / parts
	if sum > least*parts {
		least++
	}
	return least, true
}
