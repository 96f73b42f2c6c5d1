package des

import (
	"context"
	"sync"
)

// Replicate runs replications 0 to n-1 on so many workers and hands the results to merge in the order of their
// numbers, one at a time, so that sums come out the same to the last bit for any number of workers. run is told which
// worker it is, to reuse that worker's memory. At most ahead results for each worker are under way or wait to be merged,
// which bounds memory; where another program keeps one worker from its processor, the others go on for so long. A
// replication that gives an error ends the rest; those that ctx ends are left out, and what others had finished is still
// merged, in order.
func Replicate[T any](ctx context.Context, n, workers, ahead int, run func(ctx context.Context, worker, replication int) (T, error), merge func(int, T)) error {
	workers = max(1, min(workers, n))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		mu      sync.Mutex
		room    = sync.NewCond(&mu)
		next    int
		merged  int
		waiting = map[int]T{}
		failed  error
		group   sync.WaitGroup
	)
	stop := context.AfterFunc(ctx, func() { mu.Lock(); room.Broadcast(); mu.Unlock() })
	defer stop()
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		for next >= merged+ahead*workers && ctx.Err() == nil {
			room.Wait()
		}
		if next >= n || ctx.Err() != nil {
			return 0, false
		}
		next++
		return next - 1, true
	}
	for w := range workers {
		group.Go(func() {
			for {
				r, ok := take()
				if !ok {
					return
				}
				result, err := run(ctx, w, r)
				mu.Lock()
				if err != nil {
					if ctx.Err() == nil {
						failed = err
						cancel()
					}
					mu.Unlock()
					return
				}
				waiting[r] = result
				for {
					ready, ok := waiting[merged]
					if !ok {
						break
					}
					delete(waiting, merged)
					merge(merged, ready)
					merged++
				}
				room.Broadcast()
				mu.Unlock()
			}
		})
	}
	group.Wait()
	for r := merged; r < next && failed == nil; r++ { // behind a replication that was cut short
		if result, ok := waiting[r]; ok {
			merge(r, result)
		}
	}
	return failed
}
