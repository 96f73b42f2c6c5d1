package attack

import (
	"errors"
	"fmt"
	"slices"
)

// unlimited stands for no upper bound: above any sum of counts, and low enough to be added up.
const unlimited = 1 << 50

// span is an interval of whole numbers, ends included.
type span struct{ lo, hi int }

func (s span) meet(t span) span { return span{max(s.lo, t.lo), min(s.hi, t.hi)} }

// pinned says whether a reader who knows this much knows too much.
func (s span) pinned(threshold int) bool {
	small := s.lo < threshold && s.hi > 0 && threshold > 1
	return small && (s.lo > 0 || s.hi-s.lo < threshold)
}

// region is a block that figures speak of, and what they say together.
type region struct {
	block    block
	known    span
	unknowns []int // what it adds up
}

// system is all that is known, in as few unknowns as there are sets of figures that cover the same cells.
type system struct {
	grid    *grid
	regions []region
	of      []int // of each cell: its unknown
	members []int // of each unknown: how many cells it adds up
	bounds  []span
}

var errContradiction = errors.New("the figures contradict each other: no whole numbers fit them all")

func newSystem(in *Input) (*system, error) {
	g, err := in.grid()
	if err != nil {
		return nil, err
	}
	if in.Figures == nil {
		return nil, errors.New("figures is missing")
	}
	if n := len(in.Figures); n > mostFigures {
		return nil, fmt.Errorf("figures has %d entries: at most %d", n, mostFigures)
	}
	s, found, cover := &system{grid: g, of: make([]int, g.size), members: []int{g.size}}, map[string]int{}, 0
	for i := range in.Figures {
		f := &in.Figures[i]
		known, err := f.span()
		if err != nil {
			return nil, fmt.Errorf("figures[%d].%w", i, err)
		}
		b, err := g.block(f.Where)
		if err != nil {
			return nil, fmt.Errorf("figures[%d].%w", i, err)
		}
		key := fmt.Sprint(b)
		r, ok := found[key]
		if !ok {
			if cover += b.size(); cover > mostCover {
				return nil, fmt.Errorf("figures[%d]: the figures so far cover more than %d cells", i, mostCover)
			}
			r = len(s.regions)
			found[key] = r
			s.regions = append(s.regions, region{block: b, known: span{0, unlimited}})
		}
		if s.regions[r].known = s.regions[r].known.meet(known); s.regions[r].known.lo > s.regions[r].known.hi {
			return nil, fmt.Errorf("figures[%d] contradicts an earlier figure for the same cells", i)
		}
	}
	s.split()
	return s, s.propagate()
}

// split makes the unknowns: at first all cells are one, then each region parts those it covers from those it does not.
func (s *system) split() {
	for _, r := range s.regions {
		fresh := map[int]int{}
		for _, c := range s.grid.cells(r.block) {
			old := s.of[c]
			k, ok := fresh[old]
			if !ok {
				k = len(s.members)
				fresh[old] = k
				s.members = append(s.members, 0)
			}
			s.of[c] = k
			s.members[old]--
			s.members[k]++
		}
	}
	// number them again without the empty ones
	number, n := make([]int, len(s.members)), 0
	for k, size := range s.members {
		if size > 0 {
			number[k], s.members[n] = n, size
			n++
		}
	}
	s.members = s.members[:n]
	for c, k := range s.of {
		s.of[c] = number[k]
	}
	s.bounds = make([]span, n)
	for k := range s.bounds {
		s.bounds[k] = span{0, unlimited}
	}
	for i := range s.regions {
		r := &s.regions[i]
		for _, c := range s.grid.cells(r.block) {
			r.unknowns = append(r.unknowns, s.of[c])
		}
		slices.Sort(r.unknowns)
		r.unknowns = slices.Clip(slices.Compact(r.unknowns))
	}
}

// mostRounds bounds the passing of bounds: on real tables it ends after a few rounds, but figures can be made up that
// would lower a bound by 1 at a time.
const mostRounds = 50

// propagate narrows each unknown by what each figure leaves for it.
func (s *system) propagate() error {
	for range mostRounds {
		changed := false
		for i := range s.regions {
			r := &s.regions[i]
			all := s.sum(r.unknowns)
			if r.known = r.known.meet(all.span()); r.known.lo > r.known.hi {
				return errContradiction
			}
			for _, k := range r.unknowns {
				b := s.bounds[k]
				all.take(b, -1)
				rest := all.span()
				n := b.meet(span{r.known.lo - rest.hi, less(r.known.hi, rest.lo)})
				if n.lo > n.hi {
					return errContradiction
				}
				all.take(n, 1)
				changed = changed || n != b
				s.bounds[k] = n
			}
		}
		if !changed {
			return nil
		}
	}
	return nil
}

// less takes n from an upper end, if there is one.
func less(upper, n int) int {
	if upper >= unlimited {
		return unlimited
	}
	return upper - n
}

// total adds spans up, those without an upper end apart.
type total struct{ lo, hi, open int }

func (t *total) take(b span, sign int) {
	t.lo += sign * b.lo
	if b.hi >= unlimited {
		t.open += sign
	} else {
		t.hi += sign * b.hi
	}
}

func (t total) span() span {
	if t.open > 0 {
		return span{t.lo, unlimited}
	}
	return span{t.lo, t.hi}
}

// sum adds the bounds of unknowns up.
func (s *system) sum(unknowns []int) total {
	var all total
	for _, k := range unknowns {
		all.take(s.bounds[k], 1)
	}
	return all
}
