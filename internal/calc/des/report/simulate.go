package report

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// Model is what can be simulated. It is shared by all workers.
type Model interface {
	Layout() *Layout
	Worker() Worker
}

// Worker runs one replication after another in memory of its own, and tells now and then which part of it is done.
// When ctx ends a replication, its outcome so far comes with Cut set.
type Worker interface {
	Run(ctx context.Context, seed uint64, replication int, tell func(part float64)) (*Outcome, error)
}

// Meter says how far a run is. One may watch it while the run goes on.
type Meter struct{ parts atomic.Int64 }

// partsEach is how finely a replication is metered.
const partsEach = 1 << 20

// Replications is the number done, unfinished ones in part.
func (m *Meter) Replications() float64 { return float64(m.parts.Load()) / partsEach }

// Options say how a model is run.
type Options struct {
	Replications int
	Seed         uint64
	Workers      int
	Meter        *Meter // may be nil
}

// ErrNothing means that a run was stopped before anything could be said.
var ErrNothing = errors.New("stopped before the warm-up of the first replication was over")

// Outcomes that wait to be merged, for each worker: more of them keep workers busy while one is held up, and they may
// take some 20 kB for each class at each station.
const (
	fewestAhead, mostAhead = 8, 64
	cellsAhead             = 512
)

// Simulate runs the replications. When ctx ends, the summary holds those that were finished, or, where there is none,
// what the first had seen so far.
func Simulate(ctx context.Context, m Model, opt Options) (*Summary, error) {
	workers := make([]Worker, max(1, min(opt.Workers, opt.Replications)))
	for i := range workers {
		workers[i] = m.Worker()
	}
	s := NewSummary(m.Layout())
	var partial *Outcome
	ahead := min(max(cellsAhead/len(s.cells), fewestAhead), mostAhead)
	err := des.Replicate(ctx, opt.Replications, len(workers), ahead, func(inner context.Context, w, r int) (*Outcome, error) {
		told := int64(0)
		tell := func(part float64) {
			if opt.Meter != nil {
				now := int64(part * partsEach)
				opt.Meter.parts.Add(now - told)
				told = now
			}
		}
		o, err := workers[w].Run(inner, opt.Seed, r, tell)
		tell(1)
		return o, err
	}, func(r int, o *Outcome) {
		if o.Cut && ctx.Err() != nil {
			if partial == nil && o.Elapsed > 0 {
				partial = o
			}
			return
		}
		s.Add(o)
	})
	if err != nil {
		return nil, err
	}
	if s.Count() == 0 {
		if partial == nil {
			return nil, ErrNothing
		}
		s.Add(partial)
	}
	return s, nil
}
