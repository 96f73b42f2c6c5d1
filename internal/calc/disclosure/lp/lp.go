// Package lp is a small dense simplex for the disclosure calculators: minimise c·x where every x lies between bounds
// and every row a·x lies between bounds. It exists because both calculators solve long families of problems that differ
// by one row, one bound or one objective, and go on from the last answer: a dual simplex after a new row or bound, a
// primal simplex after a new objective.
//
// A row is a variable like any other (its activity a·x). At any time as many variables are basic as there are rows; the
// others, the nonbasic, each rest on one of their bounds, and every basic variable is kept as a combination of them.
//
// It computes in float64, so an answer is a proposal: callers who must be certain check what they are given (Duals is
// there for that). On rows of noughts and ones with whole-number data, as in tables of counts, nearly every step is
// exact.
package lp

import "math"

// Status is the outcome of a solution.
type Status int

// The outcomes. Stuck means that the limit of steps or of work was reached: nothing is known.
const (
	Optimal Status = iota
	Infeasible
	Unbounded
	Stuck
)

const (
	// tolerance is how far a bound may be missed. Data are counts, so anything near 1e-9 is rounding.
	tolerance = 1e-9
	// smallestPivot keeps the combinations from blowing up.
	smallestPivot = 1e-7
	// stepsPerLine bounds the steps by the size of the problem; half-way the rule changes to one that cannot cycle.
	stepsPerLine = 40
)

// Problem holds the rows and where the variables rest.
type Problem struct {
	columns  int // structural variables; variable columns+i is the activity of the i-th row ever added
	lo, hi   []float64
	value    []float64
	cost     []float64
	row      [][]float64 // each basic variable as a combination of the nonbasic ones
	basic    []int       // the variable of each row
	nonbasic []int       // the variable of each column
	place    []int       // of each variable: its row, or -1-its column
	reduced  []float64   // the objective as a combination of the nonbasic variables
	conflict int         // the row that Solve found no way to satisfy
	work     int
	stop     int // the work at which Solve gives up
}

// New has one variable for each pair of bounds, no rows, and nothing to minimise. A lower bound is finite; an upper
// bound may be +Inf.
func New(lo, hi []float64) *Problem {
	n := len(lo)
	p := &Problem{columns: n, cost: make([]float64, n), reduced: make([]float64, n), stop: math.MaxInt}
	p.lo, p.hi = append(p.lo, lo...), append(p.hi, hi...)
	p.value = append(p.value, lo...)
	for v := range n {
		p.nonbasic = append(p.nonbasic, v)
		p.place = append(p.place, -1-v)
	}
	return p
}

// Value is where a variable stands.
func (p *Problem) Value(v int) float64 { return p.value[v] }

// Objective is c·x where it stands.
func (p *Problem) Objective() float64 {
	sum := 0.0
	for v, c := range p.cost {
		sum += c * p.value[v]
	}
	return sum
}

// Rows is the number of rows.
func (p *Problem) Rows() int { return len(p.row) }

// Work counts the multiplications so far, so that callers can bound their time without a clock.
func (p *Problem) Work() int { return p.work }

// StopAt makes Solve give up when that much work is done.
func (p *Problem) StopAt(work int) { p.stop = work }

// AddRow demands lo <= a·x <= hi and returns the variable of the row.
func (p *Problem) AddRow(a []float64, lo, hi float64) int {
	v, row, sum := len(p.value), make([]float64, p.columns), 0.0
	for x, c := range a {
		if c == 0 {
			continue
		}
		sum += c * p.value[x]
		if i := p.place[x]; i < 0 {
			row[-1-i] += c
		} else {
			for k, t := range p.row[i] {
				row[k] += c * t
			}
			p.work += p.columns
		}
	}
	p.place = append(p.place, len(p.row))
	p.row, p.basic = append(p.row, row), append(p.basic, v)
	p.lo, p.hi, p.value = append(p.lo, lo), append(p.hi, hi), append(p.value, sum)
	return v
}

// Drop forgets the basic rows added after the first keep that are slack by more than 1: they hold nothing up.
func (p *Problem) Drop(keep int) {
	kept := 0
	for i, v := range p.basic {
		if v >= p.columns+keep && p.value[v] > p.lo[v]+1 && p.value[v] < p.hi[v]-1 {
			continue
		}
		p.row[kept], p.basic[kept], p.place[v] = p.row[i], v, kept
		kept++
	}
	p.row, p.basic = p.row[:kept], p.basic[:kept]
}

// Bound gives a variable new bounds.
func (p *Problem) Bound(v int, lo, hi float64) {
	p.lo[v], p.hi[v] = lo, hi
	if k := -1 - p.place[v]; k >= 0 {
		p.rest(k)
	}
}

// rest puts a nonbasic variable on the bound that its reduced cost prefers.
func (p *Problem) rest(k int) {
	v := p.nonbasic[k]
	at := p.lo[v]
	if math.IsInf(at, -1) || p.reduced[k] < 0 && !math.IsInf(p.hi[v], 1) {
		at = p.hi[v]
	}
	if step := at - p.value[v]; step != 0 {
		p.move(k, step)
	}
}

// move shifts a nonbasic variable and with it all basic ones.
func (p *Problem) move(k int, step float64) {
	p.value[p.nonbasic[k]] += step
	for i, v := range p.basic {
		p.value[v] += p.row[i][k] * step
	}
}

// SetObjective changes what is minimised. Solve goes on from where the variables stand.
func (p *Problem) SetObjective(c []float64) {
	copy(p.cost, c)
	clear(p.reduced)
	for v, c := range p.cost {
		if c == 0 {
			continue
		}
		if i := p.place[v]; i < 0 {
			p.reduced[-1-i] += c
		} else {
			for k, t := range p.row[i] {
				p.reduced[k] += c * t
			}
			p.work += p.columns
		}
	}
}

// Duals are the weights with which the rows prove the bound: c = sum of weight × row + what is left, and the minimum is
// at least that of each term by itself. The key is the variable of the row.
func (p *Problem) Duals(each func(row int, weight float64)) {
	for k, v := range p.nonbasic {
		if v >= p.columns && p.reduced[k] != 0 {
			each(v, p.reduced[k])
		}
	}
}

// Conflict is Duals for the claim that nothing fits: weights with which rows and bounds add up to 0 and yet must come
// to more than 0. It holds after Infeasible.
func (p *Problem) Conflict(each func(row int, weight float64)) {
	i, sign := p.conflict, 1.0
	if v := p.basic[i]; p.value[v] > p.hi[v] {
		sign = -1
	}
	// The basic variable is short of its lower bound (sign 1) whatever the others do: it minus their combination is 0.
	if v := p.basic[i]; v >= p.columns {
		each(v, sign)
	}
	for k, v := range p.nonbasic {
		if v >= p.columns && p.row[i][k] != 0 {
			each(v, -sign*p.row[i][k])
		}
	}
}
