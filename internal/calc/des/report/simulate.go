package report

import (
	"context"
	"errors"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// Model is what can be simulated. It is shared by all workers.
type Model interface {
	Layout() *Layout
	Worker() Worker
}

// Worker runs one replication after another in memory of its own. When ctx ends a replication, its outcome so far
// comes with Cut set.
type Worker interface {
	Run(ctx context.Context, seed uint64, replication int) (*Outcome, error)
}

// Options say how a model is run.
type Options struct {
	Replications int
	Seed         uint64
	Workers      int
	Progress     func(done int) // after each replication; may be nil
}

// ErrNothing means that a run was stopped before anything could be said.
var ErrNothing = errors.New("stopped before the warm-up of the first replication was over")

// Simulate runs the replications. When ctx ends, the summary holds those that were finished, or, where there is none,
// what the first had seen so far.
func Simulate(ctx context.Context, m Model, opt Options) (*Summary, error) {
	workers := make([]Worker, max(1, min(opt.Workers, opt.Replications)))
	for i := range workers {
		workers[i] = m.Worker()
	}
	s := NewSummary(m.Layout())
	var partial *Outcome
	err := des.Replicate(ctx, opt.Replications, len(workers), func(inner context.Context, w, r int) (*Outcome, error) {
		return workers[w].Run(inner, opt.Seed, r)
	}, func(r int, o *Outcome) {
		if o.Cut && ctx.Err() != nil {
			if partial == nil && o.Elapsed > 0 {
				partial = o
			}
			return
		}
		s.Add(o)
		if opt.Progress != nil {
			opt.Progress(s.Count())
		}
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
