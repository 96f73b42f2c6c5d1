package des_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// Events come in the order of their times, and of one time in the order of planning, however pushes and pops mix.
func TestHeapSorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h des.Heap
		var want []des.Event
		seq := uint64(0)
		for range rapid.IntRange(1, 300).Draw(t, "steps") {
			if rapid.IntRange(0, 2).Draw(t, "what") > 0 {
				seq++
				e := des.Event{At: int64(rapid.IntRange(0, 20).Draw(t, "at")), Key: des.Pack(seq, uint32(seq%7))}
				h.Push(e)
				want = append(want, e)
				continue
			}
			got, ok := h.Min()
			if ok != (len(want) > 0) || h.Len() != len(want) {
				t.Fatalf("min %v, %d planned, want %d", ok, h.Len(), len(want))
			}
			if !ok {
				continue
			}
			h.Pop()
			i := least(want)
			if got != want[i] {
				t.Fatalf("popped %v, want %v", got, want[i])
			}
			want = slices.Delete(want, i, i+1)
		}
	})
}

func least(events []des.Event) (at int) {
	for i, e := range events {
		if e.Before(events[at]) {
			at = i
		}
	}
	return at
}

func TestDeadlines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d des.Deadlines
		planned := map[uint32]des.Event{}
		for seq := uint64(1); seq <= 200; seq++ {
			who := uint32(rapid.IntRange(0, 40).Draw(t, "who"))
			if _, there := planned[who]; there {
				d.Remove(who)
				delete(planned, who)
			} else {
				e := des.Event{At: int64(rapid.IntRange(0, 9).Draw(t, "at")), Key: des.Pack(seq, who)}
				d.Push(e)
				planned[who] = e
			}
			got, ok := d.Min()
			if ok != (len(planned) > 0) {
				t.Fatalf("min %v of %d", ok, len(planned))
			}
			for _, e := range planned {
				if e.Before(got) {
					t.Fatalf("min %v, but %v is before it", got, e)
				}
			}
		}
	})
}

// The histogram's percentiles are within 0.5% of the exact ones, at any size.
func TestHistogramIsClose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h, a, b des.Histogram
		values := rapid.SliceOfN(rapid.Int64Range(0, 1<<rapid.IntRange(1, 62).Draw(t, "bits")), 1, 200).Draw(t, "values")
		for i, v := range values {
			h.Add(v)
			if i%2 == 0 {
				a.Add(v)
			} else {
				b.Add(v)
			}
		}
		a.Merge(&b)
		slices.Sort(values)
		for _, p := range []float64{0.01, 0.5, 0.9, 0.95, 1} {
			want := float64(values[max(0, int(math.Ceil(p*float64(len(values))))-1)])
			if got := h.Quantile(p); math.Abs(got-want) > 0.005*want || a.Quantile(p) != got {
				t.Fatalf("quantile %g is %g (merged %g), exactly %g", p, got, a.Quantile(p), want)
			}
		}
	})
}

// TestDistributions compares means and variances with the formulae, within 5 standard errors.
func TestDistributions(t *testing.T) {
	for _, c := range []struct {
		d              des.Dist
		mean, variance float64
	}{
		{des.Exponential(3), 3, 9},
		{des.Deterministic(2), 2, 0},
		{des.Erlang(4, 8), 4, 2},
		{des.Gamma(2, 0.25), 2, 1},
		{des.Gamma(2, 4), 2, 16},
		{des.Lognormal(2, 0.5), 2, 2},
		{des.Uniform(1, 4), 2.5, 0.75},
		{des.Triangular(1, 2, 6), 3, (1 + 4 + 36 - 2 - 6 - 12) / 18.0},
		{des.PERT(1, 2, 6), 2.5, 1.5 * 3.5 / 7},
		{des.Empirical([]float64{1, 1, 4}), 2, 2},
		{des.Gamma(2, 0.25).Times(3), 6, 9},
		{des.Lognormal(2, 0.5).Times(3), 6, 18},
		{des.Uniform(1, 4).Times(2), 5, 3},
	} {
		if err := c.d.Check(); err != nil {
			t.Fatalf("%v: %v", c.d, err)
		}
		if math.Abs(c.d.Mean()-c.mean) > 1e-12 {
			t.Errorf("%v: mean %g, want %g", c.d, c.d.Mean(), c.mean)
		}
		r := des.NewStream(1, 2, c.d.String())
		const n = 300_000
		var sum, squares, fourth float64
		for range n {
			x := c.d.Draw(&r)
			if x < 0 {
				t.Fatalf("%v drew %g", c.d, x)
			}
			e := x - c.mean
			sum += e
			squares += e * e
			fourth += e * e * e * e
		}
		v := squares / n
		if z := sum / math.Sqrt(n*max(c.variance, 1e-18)); math.Abs(z) > 5 {
			t.Errorf("%v: mean %g, want %g", c.d, c.mean+sum/n, c.mean)
		}
		if se := math.Sqrt(max(fourth/n-v*v, 0) / n); math.Abs(v-c.variance) > 5*se+1e-12 {
			t.Errorf("%v: variance %g, want %g", c.d, v, c.variance)
		}
	}
}

// The ziggurats follow their distribution functions in the body, at the edge of the tail and in it.
func TestZiggurats(t *testing.T) {
	const n = 2_000_000
	r := des.NewStream(7, 0, "ziggurat")
	var below [2][5]int
	exps, normals := []float64{0.01, 0.5, 2, 7.697, 9}, []float64{-3.7, -1, 0.1, 2, 3.654}
	for range n {
		e, z := r.Exp(), r.Normal()
		for i := range exps {
			if e < exps[i] {
				below[0][i]++
			}
			if z < normals[i] {
				below[1][i]++
			}
		}
	}
	for i := range exps {
		for which, p := range []float64{-math.Expm1(-exps[i]), math.Erfc(-normals[i]/math.Sqrt2) / 2} {
			if z := (float64(below[which][i]) - n*p) / math.Sqrt(n*p*(1-p)); math.Abs(z) > 4.5 {
				t.Errorf("ziggurat %d, point %d: %.1f standard errors from the distribution function", which, i, z)
			}
		}
	}
}

// The merge sees every replication in order, whatever the number of workers; an error ends the run.
func TestReplicate(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		var order []int
		err := des.Replicate(context.Background(), 100, workers, 8, func(_ context.Context, _, r int) (int, error) { return r * r, nil },
			func(r, v int) {
				if v != r*r {
					t.Errorf("replication %d gave %d", r, v)
				}
				order = append(order, r)
			})
		if err != nil || len(order) != 100 || !slices.IsSorted(order) {
			t.Errorf("%d workers: %v %v", workers, order, err)
		}
	}
	broken := errors.New("broken")
	err := des.Replicate(context.Background(), 1000, 3, 8, func(_ context.Context, _, r int) (int, error) {
		if r == 5 {
			return 0, broken
		}
		return 0, nil
	}, func(int, int) {})
	if !errors.Is(err, broken) {
		t.Errorf("%v, want the model's error", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var ran, merged atomic.Int64
	err = des.Replicate(ctx, 1000, 2, 8, func(_ context.Context, _, r int) (int, error) {
		if ran.Add(1) == 10 {
			cancel()
		}
		return 0, nil
	}, func(int, int) { merged.Add(1) })
	if err != nil || merged.Load() < 9 || merged.Load() > 12 {
		t.Errorf("stopped: %d merged of %d, %v", merged.Load(), ran.Load(), err)
	}
}

// A worker that is held up holds nobody up before the others are as far ahead as they may be, and no farther.
func TestReplicateAhead(t *testing.T) {
	const workers, ahead = 2, 5
	var began atomic.Int64
	free := make(chan struct{})
	err := des.Replicate(context.Background(), 100, workers, ahead, func(_ context.Context, _, r int) (int, error) {
		if n := began.Add(1); n == workers*ahead {
			close(free)
		}
		if r == 0 {
			<-free // only the last of those allowed opens it
			if n := began.Load(); n != workers*ahead {
				t.Errorf("%d replications began before the first was over, %d may", n, workers*ahead)
			}
		}
		return 0, nil
	}, func(int, int) {})
	if err != nil || began.Load() != 100 {
		t.Errorf("%d replications: %v", began.Load(), err)
	}
}

// BenchmarkHeap holds so many events and replaces the next one: the engine cannot be faster than this.
func BenchmarkHeap(b *testing.B) {
	for _, size := range []int{11, 1000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			var h des.Heap
			r := des.NewStream(1, 0, "heap")
			seq := uint64(0)
			push := func(at int64) {
				seq++
				h.Push(des.Event{At: at, Key: des.Pack(seq, 1)})
			}
			for range size {
				push(int64(r.Exp() * 1e9))
			}
			for b.Loop() {
				e, _ := h.Min()
				h.Pop()
				push(e.At + int64(r.Exp()*1e9))
			}
		})
	}
}
