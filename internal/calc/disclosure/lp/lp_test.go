package lp

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestByHand(t *testing.T) {
	// Minimise -3x-2y with x+y <= 4, x+3y <= 6, 0 <= x <= 3: x = 3 and y = 1, so -11.
	p := New([]float64{0, 0}, []float64{3, math.Inf(1)})
	first := p.AddRow([]float64{1, 1}, math.Inf(-1), 4)
	p.AddRow([]float64{1, 3}, math.Inf(-1), 6)
	p.SetObjective([]float64{-3, -2})
	if s := p.Solve(); s != Optimal || p.Objective() != -11 || p.Value(0) != 3 || p.Value(1) != 1 || p.Value(first) != 4 {
		t.Fatal(s, p.value)
	}
	// The dual simplex goes on from there: y >= 1.2 leaves x+3.6 <= 6, so x = 2.4 and -9.6.
	p.Bound(1, 1.2, math.Inf(1))
	if s := p.Solve(); s != Optimal || math.Abs(p.Objective()+9.6) > 1e-12 {
		t.Fatal(s, p.value)
	}
	p.AddRow([]float64{1, 1}, 5, math.Inf(1))
	if s := p.Solve(); s != Infeasible {
		t.Fatal(s)
	}
	q := New([]float64{0, 0}, []float64{math.Inf(1), math.Inf(1)})
	q.AddRow([]float64{1, -1}, 0, 0)
	q.SetObjective([]float64{-1, 0})
	if s := q.Solve(); s != Unbounded {
		t.Fatal(s)
	}
}

// TestDuality: on random programs over a box, the bound that the duals prove is the value reached, and what is called
// infeasible is proved so by the conflict.
func TestDuality(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 6))
	counts := map[Status]int{}
	for range 2000 {
		n, m := 1+rng.IntN(8), 1+rng.IntN(8)
		lo, hi, c := make([]float64, n), make([]float64, n), make([]float64, n)
		for j := range hi {
			hi[j], c[j] = float64(1+rng.IntN(9)), float64(rng.IntN(9)-4)
		}
		p := New(lo, hi)
		p.SetObjective(c)
		rows, bounds := map[int][]float64{}, map[int][2]float64{}
		for range m {
			a, from := make([]float64, n), float64(rng.IntN(12)-2)
			for j := range a {
				a[j] = float64(rng.IntN(4) - 1)
			}
			to := from + float64(rng.IntN(4))
			v := p.AddRow(a, from, to)
			rows[v], bounds[v] = a, [2]float64{from, to}
			if rng.IntN(2) == 0 {
				p.Solve() // rows come between solutions, as cuts do
			}
		}
		status := p.Solve()
		counts[status]++
		prove := func(objective []float64, weights func(func(int, float64))) float64 {
			rest, sum := append([]float64(nil), objective...), 0.0
			weights(func(v int, w float64) {
				sum += math.Min(w*bounds[v][0], w*bounds[v][1])
				for j, a := range rows[v] {
					rest[j] -= w * a
				}
			})
			for j, r := range rest {
				sum += math.Min(0, r*hi[j])
			}
			return sum
		}
		switch status {
		case Optimal:
			if bound := prove(c, p.Duals); math.Abs(bound-p.Objective()) > 1e-6 {
				t.Fatalf("reached %v, proved %v", p.Objective(), bound)
			}
			for v, b := range bounds {
				if x := p.Value(v); x < b[0]-1e-6 || x > b[1]+1e-6 {
					t.Fatalf("row %d is %v, outside %v", v, x, b)
				}
			}
		case Infeasible:
			if gap := prove(make([]float64, n), p.Conflict); gap < 1e-9 {
				t.Fatalf("nothing proves it infeasible: %v", gap)
			}
		default:
			t.Fatal(status)
		}
	}
	t.Log(counts)
}
