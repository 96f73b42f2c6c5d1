package attack

import (
	"encoding/json"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// Cell is a cell or a block that the figures pin down. Upper is nil where nothing published sets an upper end.
type Cell struct {
	Where map[string][]string `json:"where"`
	Lower int                 `json:"lower"`
	Upper *int                `json:"upper"`
}

// Result lists what is pinned down: cells in the order of the dimensions, then blocks in the order of the figures.
type Result struct {
	Cells    []Cell   `json:"cells"`
	Warnings []string `json:"warnings"`
}

// Run reads one set of figures and writes its answer: the body of "rowan calc attack".
func Run(data []byte) ([]byte, error) {
	var in Input
	if err := strict.Object(data, &in); err != nil {
		return nil, err
	}
	out, err := Find(in)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

// Find works out what the figures give away.
func Find(in Input) (Result, error) {
	threshold, err := in.threshold()
	if err != nil {
		return Result{}, err
	}
	s, err := newSystem(&in)
	if err != nil {
		return Result{}, err
	}
	a := &attack{system: s, threshold: threshold, work: mostWork, single: make([]*target, len(s.bounds)), blocks: make([][]*target, len(s.regions))}
	for _, p := range s.divide() {
		a.aim(p)
		if err := a.solve(p); err != nil {
			return Result{}, err
		}
	}
	return a.result(), nil
}

// attack holds the targets: one for each unknown in a part, and for each block those of its parts.
type attack struct {
	*system
	threshold int
	work      int // left
	single    []*target
	blocks    [][]*target
	loose     int // targets whose ends may be too wide
}

// aim makes the targets of a part.
func (a *attack) aim(p *part) {
	for j, k := range p.unknowns {
		a.single[k] = &target{columns: []int{j}, outer: a.bounds[k]}
		p.targets = append(p.targets, a.single[k])
	}
	for _, share := range p.shares {
		r := &a.regions[share.region]
		if r.known.lo == r.known.hi || r.block.size() == 1 {
			continue
		}
		t := &target{columns: share.columns}
		if len(t.columns) == 1 {
			t = p.targets[t.columns[0]]
		} else {
			var all total
			for _, j := range t.columns {
				all.take(span{p.lo[j], p.hi[j]}, 1)
			}
			t.outer = all.span()
			p.targets = append(p.targets, t)
		}
		t.wanted = true
		a.blocks[share.region] = append(a.blocks[share.region], t)
	}
}

// solve finds the ends of the targets of a part, as far as they matter.
func (a *attack) solve(p *part) error {
	if a.work <= 0 || !p.open() {
		a.loose += len(p.targets)
		return nil
	}
	for _, t := range p.targets {
		if a.work <= 0 {
			a.loose++
			continue
		}
		before := p.program.Work()
		exact := true
		for _, upper := range [...]bool{true, false} {
			if a.settled(t) || t.reached && (upper && t.inner.hi == t.outer.hi || !upper && t.inner.lo == t.outer.lo) {
				continue
			}
			found, err := p.end(t, upper, min(targetWork, a.work))
			if err != nil {
				return err
			}
			exact = exact && found
		}
		a.work -= p.program.Work() - before
		if !exact && !a.settled(t) {
			a.loose++
		}
	}
	return nil
}

// settled says whether it is already certain that a target is not pinned down, and nothing else wants its ends.
func (a *attack) settled(t *target) bool {
	return !t.wanted && (t.outer.lo >= a.threshold || t.outer.hi == 0 ||
		t.reached && t.inner.lo == 0 && t.inner.hi >= a.threshold)
}

func (a *attack) result() Result {
	out := Result{Cells: []Cell{}, Warnings: []string{}}
	open := false
	add := func(b block, s span) {
		if !s.pinned(a.threshold) {
			return
		}
		c := Cell{Where: a.grid.where(b), Lower: s.lo}
		if s.hi < unlimited {
			c.Upper = &s.hi
		} else {
			open = true
		}
		out.Cells = append(out.Cells, c)
	}
	for c, k := range a.of {
		s := a.bounds[k]
		if t := a.single[k]; t != nil {
			s = t.outer
		}
		if a.members[k] > 1 {
			s.lo = 0 // another cell may have them all
		}
		if s.pinned(a.threshold) {
			add(a.grid.cell(c), s)
		}
	}
	for i, r := range a.regions {
		if r.block.size() > 1 {
			add(r.block, a.span(i))
		}
	}
	if open {
		out.Warnings = append(out.Warnings, "an upper bound of null means that nothing published limits the cell")
	}
	if a.loose > 0 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("the limit of work was reached: bounds of %d cells or blocks hold, "+
			"but may be wider than what whole numbers allow, and some may be missing", a.loose))
	}
	return out
}

// span is what is known of a block: what each part adds, and the unknowns in no part.
func (a *attack) span(i int) span {
	r := &a.regions[i]
	if r.known.lo == r.known.hi {
		return r.known
	}
	var all total
	for _, k := range r.unknowns {
		if a.single[k] == nil {
			all.take(a.bounds[k], 1)
		}
	}
	for _, t := range a.blocks[i] {
		all.take(t.outer, 1)
	}
	return r.known.meet(all.span())
}
