package montecarlo

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/rowan-ohwb/rowan/internal/calc/random"
)

const (
	// chunk is the unit of work, with random streams of its own, so that it does not
	// matter which worker draws it. It is a whole number of blocks.
	chunk = 1 << 16
	// pilot is the number of draws that are kept, for exact quantiles or to bracket
	// them: 2 MB, sorted in some 20 ms.
	pilot = 4 * chunk
)

// simulation is a task that is being drawn.
type simulation struct {
	*task
	samplers []*pert // nil for a fixed input
	tallies  []tally // by chunk
}

// simulate draws everything, the chunks in any order, and puts it together in one.
func (t *task) simulate() (tally, []float64) {
	s := &simulation{task: t, samplers: make([]*pert, len(t.values)), tallies: make([]tally, (t.draws+chunk-1)/chunk)}
	for i, v := range t.values {
		if !v.fixed() {
			s.samplers[i] = newPERT(v.Min, v.Mode, v.Max)
		}
	}
	kept := make([]float64, min(t.draws, pilot))
	first := (len(kept) + chunk - 1) / chunk
	s.share(0, first, func() visitor {
		return func(at int, values []float64) { copy(kept[at:], values) }
	})
	var all tally
	q := newQuantiles(kept)
	if t.draws > pilot && q != nil {
		var counts []*counts
		s.share(first, len(s.tallies), func() visitor {
			c := newCounts(q)
			counts = append(counts, c)
			return func(_ int, values []float64) { c.add(values) }
		})
		for _, c := range counts {
			q.merge(c)
		}
	}
	for _, part := range s.tallies {
		all.merge(part)
	}
	if all.lost > 0 || q == nil {
		return all, nil
	}
	return all, q.values(t.draws)
}

// visitor is given the results of one block and the number of the first draw in it.
type visitor func(at int, values []float64)

// share hands the chunks from a to b to workers, each with a visitor of its own.
func (s *simulation) share(a, b int, visitor func() visitor) {
	var next atomic.Int64
	next.Store(int64(a))
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), b-a) {
		visit := visitor()
		all.Go(func() {
			m := s.machine()
			for i := int(next.Add(1)) - 1; i < b; i = int(next.Add(1)) - 1 {
				s.tallies[i] = s.chunk(m, i, visit)
			}
		})
	}
	all.Wait()
}

// machine has the fixed inputs filled in.
func (s *simulation) machine() *machine {
	m := s.program.machine(block)
	for i, v := range s.values {
		if v.fixed() {
			column := m.columns[input][i]
			for j := range column {
				column[j] = v.Mode
			}
		}
	}
	return m
}

// chunk draws one chunk. The last may be shorter: its last block is cut.
func (s *simulation) chunk(m *machine, index int, visit visitor) tally {
	streams := make([]random.Source, len(s.samplers))
	for i := range streams {
		streams[i] = newRandom(s.seed, uint64(i), uint64(index))
	}
	var t tally
	for at := index * chunk; at < min((index+1)*chunk, s.draws); at += block {
		for i, d := range s.samplers {
			if d != nil {
				d.fill(m.columns[input][i], &streams[i])
			}
		}
		values := m.run()[:min(block, s.draws-at)]
		t.add(values)
		visit(at, values)
	}
	return t
}
