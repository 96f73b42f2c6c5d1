package attack

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"
)

// tables is the sample of plain tests; ROWAN_PROVE=1 runs the full figure.
func tables() int {
	if os.Getenv("ROWAN_PROVE") == "1" {
		return 10_000
	}
	return 400
}

// puzzle draws a truth and figures about it, always with a total so that every solution can be listed.
func puzzle(rng *rand.Rand) (in Input, truth []int) {
	shapes := []map[string][]string{
		{"site": {"A", "B", "C", "D", "E"}},
		{"site": {"A", "B"}, "month": {"Jan", "Feb", "Mar"}},
		{"site": {"A", "B"}, "month": {"Jan", "Feb"}, "kind": {"x", "y"}},
	}
	in.Dims = shapes[rng.IntN(len(shapes))]
	threshold := 2 + rng.IntN(4)
	in.Threshold = &threshold
	g, _ := in.grid()
	truth = make([]int, g.size)
	for c := range truth {
		truth[c] = max(0, rng.IntN(4)-1)
	}
	for i := range 1 + rng.IntN(7) {
		f := Figure{Where: map[string][]string{}}
		if i > 0 {
			for d, name := range g.names {
				if rng.IntN(2) == 0 {
					continue
				}
				values := []string{}
				for len(values) == 0 {
					for _, v := range g.values[d] {
						if rng.IntN(2) == 0 {
							values = append(values, v)
						}
					}
				}
				f.Where[name] = values
			}
		}
		b, err := g.block(f.Where)
		if err != nil {
			panic(err)
		}
		sum := 0
		for _, c := range g.cells(b) {
			sum += truth[c]
		}
		switch rng.IntN(4) {
		case 0:
			five := 5
			sum = (sum + 2) / 5 * 5
			f.Rounded = &five
		case 1:
			if i > 0 {
				in.Figures = append(in.Figures, f)
				continue
			}
		}
		f.Value = &sum
		in.Figures = append(in.Figures, f)
	}
	return in, truth
}

// enumerate goes through every table that fits the figures.
func enumerate(g *grid, regions []region, visit func([]int)) {
	inside := make([][]bool, len(regions))
	most := unlimited
	for i, r := range regions {
		inside[i] = make([]bool, g.size)
		for _, c := range g.cells(r.block) {
			inside[i][c] = true
		}
		if r.block.size() == g.size {
			most = min(most, r.known.hi)
		}
	}
	x := make([]int, g.size)
	var fill func(c, left int)
	fill = func(c, left int) {
		if c == g.size {
			for i, r := range regions {
				sum := 0
				for k, n := range x {
					if inside[i][k] {
						sum += n
					}
				}
				if sum < r.known.lo || sum > r.known.hi {
					return
				}
			}
			visit(x)
			return
		}
		for n := range left + 1 {
			x[c] = n
			fill(c+1, left-n)
		}
		x[c] = 0
	}
	fill(0, most)
}

// TestAgainstEnumeration lists every table that fits and compares what all of them have in common with what Find says.
func TestAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	pinned := 0
	for range tables() {
		in, _ := puzzle(rng)
		g, _ := in.grid()
		var regions []region // as given: newSystem would narrow them
		for i := range in.Figures {
			b, _ := g.block(in.Figures[i].Where)
			known, err := in.Figures[i].span()
			if err != nil {
				t.Fatal(err)
			}
			regions = append(regions, region{block: b, known: known})
		}
		var blocks []block
		for c := range g.size {
			blocks = append(blocks, g.cell(c))
		}
		s, err := newSystem(&in)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range s.regions {
			if r.block.size() > 1 {
				blocks = append(blocks, r.block)
			}
		}
		spans := make([]span, len(blocks))
		cells := make([][]int, len(blocks))
		for i, b := range blocks {
			spans[i], cells[i] = span{unlimited, -1}, g.cells(b)
		}
		enumerate(g, regions, func(x []int) {
			for i := range blocks {
				sum := 0
				for _, c := range cells[i] {
					sum += x[c]
				}
				spans[i] = span{min(spans[i].lo, sum), max(spans[i].hi, sum)}
			}
		})
		want := Result{Cells: []Cell{}, Warnings: []string{}}
		for i, b := range blocks {
			if spans[i].pinned(*in.Threshold) {
				want.Cells = append(want.Cells, Cell{g.where(b), spans[i].lo, &spans[i].hi})
			}
		}
		got, err := Find(in)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		if string(a) != string(b) {
			q, _ := json.Marshal(in)
			t.Fatalf("%s:\ngot  %s\nwant %s", q, a, b)
		}
		pinned += len(got.Cells)
	}
	t.Logf("%d cells and blocks pinned down", pinned)
}
