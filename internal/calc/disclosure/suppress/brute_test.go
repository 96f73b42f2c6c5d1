package suppress

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

// tables is the sample of plain tests; ROWAN_PROVE=1 runs the full figure.
func tables(few, all int) int {
	if os.Getenv("ROWAN_PROVE") == "1" {
		return all
	}
	return few
}

func ptr[T any](x T) *T { return &x }

func names(prefix string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("%s%d", prefix, i+1)
	}
	return out
}

// drawTable makes a table with many small counts and noughts, now and then a special row or column.
func drawTable(rng *rand.Rand, rows, cols, threshold, most int) Table {
	cells := make([][]int, rows)
	for i := range cells {
		cells[i] = make([]int, cols)
		for j := range cells[i] {
			switch rng.IntN(5) {
			case 0:
				cells[i][j] = rng.IntN(threshold + 1)
			case 1:
			default:
				cells[i][j] = rng.IntN(most + 1)
			}
		}
	}
	t := Table{Rows: names("r", rows), Cols: names("c", cols), Cells: Counts(cells), Threshold: &threshold}
	if rng.IntN(8) == 0 {
		t.Special = append(t.Special, t.Rows[rng.IntN(rows)])
	}
	if rng.IntN(8) == 0 {
		t.Special = append(t.Special, t.Cols[rng.IntN(cols)])
	}
	return t
}

// allTables calls visit with every table (and margins) of cells from 0 to most, in the order of a grid.
func allTables(g *grid, most int, visit func(x []int)) {
	x := make([]int, len(g.value))
	var fill func(c int)
	fill = func(c int) {
		if c == len(x) {
			visit(x)
			return
		}
		if g.margin(c) {
			fill(c + 1)
			return
		}
		sums := [...]int{g.at(c/g.cols, g.cols-1), g.at(g.rows-1, c%g.cols), len(x) - 1}
		for n := range most + 1 {
			x[c] = n
			for _, e := range sums {
				x[e] += n
			}
			fill(c + 1)
			for _, e := range sums {
				x[e] -= n
			}
		}
		x[c] = 0
	}
	fill(0)
}

// TestOptimalAgainstEveryPattern tries every pattern of hidden figures, margins too, on tables so small that what a
// reader can imagine can be listed: for a demand of at most T people no cell need rise by more than T. It shares no
// code with the flows.
func TestOptimalAgainstEveryPattern(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 2))
	dearer := 0
	for k := range tables(300, 3000) {
		rows, cols, threshold, most := 2, 2, 2+rng.IntN(3), 5
		if k%3 == 0 {
			rows, cols, threshold, most = 1+rng.IntN(2), 3, 2, 3
		}
		table := drawTable(rng, rows, cols, threshold, most)
		table.Special = nil // its threshold of 10 would take too long to list
		g := newGrid(&table)
		n := len(g.value)
		largest := 0
		for e := range g.value {
			if !g.margin(e) {
				largest = max(largest, g.value[e])
			}
		}
		// imagined[d][m]: demand d is met by some table that differs from the truth in the figures m only
		demands := g.demands()
		imagined := make([][]bool, len(demands))
		for d := range imagined {
			imagined[d] = make([]bool, 1<<n)
		}
		allTables(g, largest+threshold, func(x []int) {
			differs := 0
			for e := range x {
				if x[e] != g.value[e] {
					differs |= 1 << e
				}
			}
			for d, q := range demands {
				if q.rise && x[q.figure] >= g.value[q.figure]+q.want || !q.rise && x[q.figure] == 0 {
					imagined[d][differs] = true
				}
			}
		})
		for d := range imagined { // what fewer hidden figures allow, more do
			for e := range n {
				for m := range imagined[d] {
					if m&(1<<e) != 0 && imagined[d][m&^(1<<e)] {
						imagined[d][m] = true
					}
				}
			}
		}
		want, found := cost{}, false
		for m := range 1 << n {
			hidden, ok := make([]bool, n), true
			for e := range n {
				hidden[e] = m&(1<<e) != 0
				ok = ok && (hidden[e] || !g.primary[e])
			}
			for d := range imagined {
				ok = ok && imagined[d][m]
			}
			if c := g.cost(hidden); ok && (!found || c.less(want)) {
				want, found = c, true
			}
		}
		hidden, optimal := g.pattern()
		if got := g.cost(hidden); !found || !optimal || got != want {
			t.Fatalf("%v: cost %v (optimal %v), want %v", g.value, got, optimal, want)
		}
		if a := newAuditor(g); len(demands) > 0 && want.less(g.cost(a.greedy(localEffort))) {
			dearer++
		}
	}
	t.Logf("greedy alone was dearer in %d", dearer)
}

// TestIntervalsAgainstEnumeration lists all tables that fit what is published.
func TestIntervalsAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 3))
	for k := range tables(100, 1000) {
		table := drawTable(rng, 2, 2, 2+rng.IntN(2), 4)
		table.Special = nil
		table.Method = []Method{Suppress, Round5}[k%2]
		table.Margins = ptr(rng.IntN(5) > 0)
		out, err := Protect(table)
		if err != nil {
			t.Fatal(err)
		}
		g := newGrid(&table)
		total := g.value[len(g.value)-1]
		most := total + 9 // beyond what rounding two totals can add; whatever reaches it has no upper bound
		shown, status := flatten(out)
		low, high := make([]int, len(shown)), make([]int, len(shown))
		for e := range low {
			low[e], high[e] = most*9, -1
		}
		allTables(g, most, func(x []int) {
			for e, n := range x {
				s := shown[e]
				if s != nil && (status[e] == Shown && n != *s || status[e] == Rounded && (n < *s-2 || n > *s+2)) {
					return
				}
			}
			for e, n := range x {
				low[e], high[e] = min(low[e], n), max(high[e], n)
			}
		})
		i := 0
		for e, s := range status {
			if s != Primary && s != Secondary {
				continue
			}
			v := out.Intervals[i]
			i++
			if v.Lower != low[e] || (v.Upper == nil) != (high[e] >= most) || v.Upper != nil && *v.Upper != high[e] {
				t.Fatalf("%v %s figure %d: %s, want %d to %d of %d", g.value, table.Method, e, text(v), low[e], high[e], most)
			}
		}
		if i != len(out.Intervals) {
			t.Fatalf("%d intervals for %d hidden figures", len(out.Intervals), i)
		}
	}
}

// flatten lays a result out as a grid.
func flatten(out Result) (shown []*int, status []Status) {
	for i := range out.Cells {
		shown = append(append(shown, out.Cells[i]...), out.RowTotals[i])
		status = append(append(status, out.Status[i]...), out.RowStatus[i])
	}
	return append(append(shown, out.ColTotals...), out.Total), append(append(status, out.ColStatus...), out.TotalStatus)
}

// text is the interval for a message.
func text(v Interval) string {
	if v.Upper == nil {
		return fmt.Sprintf("%d or more", v.Lower)
	}
	return fmt.Sprintf("%d to %d", v.Lower, *v.Upper)
}
