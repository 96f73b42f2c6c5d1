package random_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/random"
)

// The first numbers of the authors' own program, whose state is filled by splitmix64 from 0 as here.
func TestNew(t *testing.T) {
	s := random.New(0)
	for i, want := range []uint64{0x53175d61490b23df, 0x61da6f3dc380d507, 0x5c0fdf91ec9a7bfc, 0x02eebf8c3bbe5e1a} {
		if got := s.Uint64(); got != want {
			t.Errorf("number %d: %#x, want %#x", i, got, want)
		}
	}
}

// Float is never 1, and is as often in each tenth.
func TestFloat(t *testing.T) {
	s, n := random.New(42), [10]int{}
	for range 100_000 {
		x := s.Float()
		if x < 0 || x >= 1 {
			t.Fatalf("%v", x)
		}
		n[int(x*10)]++
	}
	for i, k := range n { // five standard deviations of 95 each
		if k < 9_525 || k > 10_475 {
			t.Errorf("%d draws in tenth %d", k, i)
		}
	}
}
