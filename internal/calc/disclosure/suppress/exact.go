package suppress

import (
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/lp"
)

const (
	// mostExact is the longest side, margins left out, for which the cheapest pattern is searched for to the end: the
	// search nearly always ends within a twentieth of mostWork, which is counted in multiplications and steps of flow.
	mostExact = 6
	mostWork  = 400_000_000
	// mostTried is the longest side for which it is tried, within lightWork: some milliseconds.
	mostTried = 12
	lightWork = 2_000_000
	// mostRows is when cuts that hold nothing up are thrown away.
	mostRows = 250
	// slack is how far below 1 or above 0 a share counts as whole.
	slack = 1e-6
)

// search is a branch and cut. Each unmet demand has a narrowest cut: of the figures that cross it, enough must be
// hidden to carry what is wanted. The linear program over those cuts bounds the cost from below, with each figure
// hidden by a share from 0 to 1; cuts that its answer breaks are found by maximum flow in shares of people, and added
// until none is broken; then a figure with a broken share is branched on. All cuts hold in the whole tree.
//
// It runs twice: for the least number of figures, then with that number for the least sum.
type search struct {
	a       *auditor
	flow    *network[float64]
	figures []int // that may be hidden besides the primary: the columns of the program
	column  []int // of each figure, or -1
	program *lp.Problem
	weight  []float64
	fixed   int // rows that are not cuts
	value   int // best total weight found
	hidden  []bool
	work    int // with that of the program, up to limit
	limit   int
	proved  bool
	down    []float64 // shares of people, as cut needs them
	up      []float64
}

// exact improves a safe pattern to the cheapest one and says whether it proved that.
func (a *auditor) exact(hidden []bool, limit int) ([]bool, bool) {
	g := a.g
	s := &search{a: a, flow: newNetwork(g, 1e-9), hidden: hidden, limit: limit, column: make([]int, len(g.value)), proved: true}
	s.down, s.up = make([]float64, len(g.value)), make([]float64, len(g.value))
	for e, primary := range g.primary {
		s.column[e] = -1
		if !primary {
			s.column[e] = len(s.figures)
			s.figures = append(s.figures, e)
		}
	}
	zeros, ones := make([]float64, len(s.figures)), make([]float64, len(s.figures))
	for k := range ones {
		ones[k] = 1
	}
	s.program, s.weight = lp.New(zeros, ones), ones
	s.noLoneFigures()
	s.fixed = s.program.Rows()
	s.minimise()
	if !s.proved {
		return s.hidden, false
	}
	s.program.AddRow(ones, math.Inf(-1), float64(s.value))
	s.weight = make([]float64, len(s.figures))
	for k, e := range s.figures {
		s.weight[k] = float64(g.value[e])
	}
	s.fixed = s.program.Rows()
	s.minimise()
	return s.hidden, s.proved
}

// noLoneFigures: a secondary figure alone in its row or column is given back by its neighbours, so that no cheapest
// pattern has one.
func (s *search) noLoneFigures() {
	g := s.a.g
	for k, e := range s.figures {
		for _, line := range [...][]int{g.rowOf(e), g.columnOf(e)} {
			row, company := make([]float64, len(s.figures)), false
			for _, other := range line {
				if other == e {
					continue
				}
				if c := s.column[other]; c >= 0 {
					row[c] = 1
				} else {
					company = true
				}
			}
			if !company {
				row[k] = -1
				s.program.AddRow(row, 0, math.Inf(1))
			}
		}
	}
}

func (g *grid) rowOf(e int) []int {
	var out []int
	for j := range g.cols {
		out = append(out, g.at(e/g.cols, j))
	}
	return out
}

func (g *grid) columnOf(e int) []int {
	var out []int
	for i := range g.rows {
		out = append(out, g.at(i, e%g.cols))
	}
	return out
}

// minimise searches for a pattern of less weight than the one at hand.
func (s *search) minimise() {
	s.value = 0
	for k, e := range s.figures {
		if s.hidden[e] {
			s.value += int(s.weight[k])
		}
	}
	s.program.SetObjective(s.weight)
	s.branch()
}

// branch searches below the bounds set so far.
func (s *search) branch() {
	for {
		if s.work+s.program.Work() > s.limit {
			s.proved = false
			return
		}
		if s.program.Rows() > mostRows {
			s.program.Drop(s.fixed)
		}
		s.program.StopAt(s.limit - s.work)
		switch s.program.Solve() {
		case lp.Infeasible:
			return
		case lp.Stuck, lp.Unbounded:
			s.proved = false
			return
		}
		bound := s.program.Objective()
		if math.Ceil(bound-1e-6-1e-9*math.Abs(bound)) >= float64(s.value) {
			return
		}
		if !s.cut() {
			break
		}
	}
	k := s.broken()
	if k < 0 {
		s.keep()
		return
	}
	for _, share := range [...]float64{1, 0} {
		s.program.Bound(k, share, share)
		s.branch()
	}
	s.program.Bound(k, 0, 1)
}

// broken is the column whose share is nearest to a half, or -1 if all are whole.
func (s *search) broken() int {
	best, distance := -1, 0.5-slack
	for k := range s.figures {
		if d := math.Abs(s.program.Value(k) - 0.5); d < distance {
			best, distance = k, d
		}
	}
	return best
}

// keep takes a whole answer as the best so far. The audit that cut has just made in shares is made again in people.
func (s *search) keep() {
	hidden, value := slices.Clone(s.a.g.primary), 0
	for k, e := range s.figures {
		if s.program.Value(k) > 0.5 {
			hidden[e] = true
			value += int(s.weight[k])
		}
	}
	if value >= s.value {
		return
	}
	if s.a.unmet(s.a.g.roomOf(hidden)) >= 0 {
		s.proved = false // rounding deceived the search: it cannot vouch for what it left out
		return
	}
	s.value, s.hidden = value, hidden
}

// cut adds the narrowest cut of every demand that the shares at hand break, and says whether there was one.
func (s *search) cut() bool {
	g, found := s.a.g, false
	for _, q := range s.a.demands {
		want := float64(q.want)
		for e := range g.value {
			share := 1.0
			if k := s.column[e]; k >= 0 {
				share = s.program.Value(k)
			}
			s.up[e] = share * want // more than is wanted need not be carried
			s.down[e] = share * math.Min(want, float64(g.value[e]))
		}
		s.flow.load(s.down, s.up)
		before := s.flow.augmentations
		carried := s.flow.around(q.figure, q.rise, want)
		s.work += (s.flow.augmentations - before + 1) * 4 * len(g.value)
		if carried >= want-slack*want {
			continue
		}
		if from, to := g.ends(q.figure, q.rise); s.flow.search(from, to) {
			continue
		}
		if s.add(q) {
			found = true
		}
	}
	return found
}

// add makes a row of the cut between the nodes reached and the others.
func (s *search) add(q demand) bool {
	g := s.a.g
	// carries is how many people a hidden figure takes across, of at most so many wanted.
	carries := func(e, wanted int) int {
		near, far := s.flow.reached[e/g.cols], s.flow.reached[g.rows+e%g.cols]
		switch {
		case e == q.figure || near == far:
			return 0
		case near == g.backward(e): // across means falling
			return min(wanted, g.value[e])
		}
		return wanted
	}
	want := q.want
	for e, k := range s.column {
		if k < 0 {
			want -= carries(e, q.want)
		}
	}
	if want <= 0 {
		return false
	}
	row, sum := make([]float64, len(s.figures)), 0.0
	for k, e := range s.figures {
		row[k] = float64(carries(e, want)) / float64(want)
		sum += row[k] * s.program.Value(k)
	}
	if sum >= 1-slack/2 {
		return false
	}
	s.program.AddRow(row, 1, math.Inf(1))
	return true
}
