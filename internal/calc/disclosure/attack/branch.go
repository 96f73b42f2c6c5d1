package attack

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/lp"
)

const (
	// mostNodes bounds the branching for one end of one interval.
	mostNodes = 300
	// near is how close to whole a column must be to be tried as whole.
	near = 1e-6
)

// branching looks for the least value of an objective in whole numbers.
type branching struct {
	p         *part
	objective []int
	best      int // least value reached by whole numbers; unlimited if none
	floor     int // what the root proves the value cannot be below, if proved
	proved    bool
	endless   bool // there is no least
	gaveUp    bool
	spent     bool // the work of the program is done
	nodes     int
}

// end narrows one end of the outer span of a target as far as it can be proved. exact says that the proof went all the
// way: whole numbers reach the end, or there is no end.
func (p *part) end(t *target, upper bool, work int) (exact bool, err error) {
	b := branching{p: p, objective: make([]int, len(p.unknowns)), best: unlimited}
	p.program.StopAt(p.program.Work() + work)
	sign, costs := 1, make([]float64, len(p.unknowns))
	if upper {
		sign = -1
	}
	for _, j := range t.columns {
		b.objective[j], costs[j] = sign, float64(sign)
	}
	if t.reached {
		if b.best = t.inner.lo; upper {
			b.best = -t.inner.hi
		}
	}
	p.program.SetObjective(costs)
	b.node()
	if b.endless {
		return true, nil
	}
	if !b.gaveUp {
		if b.best == unlimited {
			return false, errContradiction
		}
		b.floor, b.proved = b.best, true
	}
	if b.proved && upper {
		t.outer.hi = min(t.outer.hi, -b.floor)
	} else if b.proved {
		t.outer.lo = max(t.outer.lo, b.floor)
	}
	return !b.gaveUp, nil
}

// node searches below the bounds of the columns as they stand.
func (b *branching) node() {
	p := b.p
	b.nodes++
	if b.nodes > mostNodes || b.spent {
		b.gaveUp = true
		return
	}
	switch p.program.Solve() {
	case lp.Infeasible:
		if least, ok := p.prove(make([]int, len(p.unknowns)), p.program.Conflict); !ok || least < 1 {
			b.gaveUp = true // no proof: the simplex may have been deceived
		}
		return
	case lp.Unbounded:
		b.endless = true
		return
	case lp.Stuck:
		b.gaveUp, b.spent = true, true
		return
	}
	floor, ok := p.prove(b.objective, p.program.Duals)
	if b.nodes == 1 {
		b.floor, b.proved = floor, ok
	}
	if ok && floor >= b.best {
		return
	}
	x, broken := p.whole()
	if broken < 0 {
		value := 0
		if p.fits(x) {
			p.attained(x)
			for j, c := range b.objective {
				value += c * x[j]
			}
			b.best = min(b.best, value)
		}
		if !ok || floor < b.best {
			b.gaveUp = true
		}
		return
	}
	lo, hi, at := p.lo[broken], p.hi[broken], int(math.Floor(p.program.Value(broken)))
	for _, side := range [...]span{{lo, at}, {at + 1, hi}} {
		p.bound(broken, side)
		if !b.endless {
			b.node()
		}
	}
	p.bound(broken, span{lo, hi})
}

// bound narrows a column, or widens it again.
func (p *part) bound(j int, to span) {
	p.lo[j], p.hi[j] = to.lo, to.hi
	p.program.Bound(j, float64(to.lo), limit(to.hi))
}

// whole is the solution in whole numbers, or the column furthest from whole.
func (p *part) whole() (x []int, broken int) {
	x, broken = make([]int, len(p.unknowns)), -1
	furthest := near
	for j := range x {
		v := p.program.Value(j)
		x[j] = int(math.Round(v))
		if d := math.Abs(v - math.Round(v)); d > furthest {
			broken, furthest = j, d
		}
	}
	return x, broken
}
