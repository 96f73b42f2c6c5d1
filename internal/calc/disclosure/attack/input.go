package attack

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
)

// Input is what was published. Dims and Figures are required.
type Input struct {
	Threshold *int                `json:"threshold"` // least count that may be known; default 8
	Dims      map[string][]string `json:"dims"`
	Figures   []Figure            `json:"figures"`
}

// Figure is one published number, or the place of one that was hidden.
type Figure struct {
	Table   string              `json:"table"` // for whoever reads the input; it changes nothing
	Where   map[string][]string `json:"where"`
	Value   *int                `json:"value"`
	Rounded *int                `json:"rounded"` // 5, or nil for an exact value
}

const (
	// mostCells, mostFigures and mostCover (cells covered, summed over figures) bound memory and the time to read.
	mostCells   = 100_000
	mostFigures = 10_000
	mostCover   = 20_000_000
	// mostCount keeps sums of weights times counts far inside 64 bits.
	mostCount     = 1_000_000_000
	mostThreshold = 1000
	roundedTo     = 5
)

func (in *Input) threshold() (int, error) {
	if in.Threshold == nil {
		return disclosure.General.Rule().Threshold, nil
	}
	if n := *in.Threshold; n < 1 || n > mostThreshold {
		return 0, fmt.Errorf("threshold is %d: give 1 to %d", n, mostThreshold)
	}
	return *in.Threshold, nil
}

// grid is the product of the dimensions, in the order of their names; the last changes fastest.
type grid struct {
	names  []string
	values [][]string
	index  []map[string]int
	size   int
}

func (in *Input) grid() (*grid, error) {
	if in.Dims == nil {
		return nil, errors.New("dims is missing")
	}
	if len(in.Dims) == 0 {
		return nil, errors.New("dims is empty: name at least one dimension")
	}
	g := &grid{names: slices.Sorted(maps.Keys(in.Dims)), size: 1}
	for _, name := range g.names {
		values, index := in.Dims[name], map[string]int{}
		if len(values) == 0 {
			return nil, fmt.Errorf("dims.%s has no values", name)
		}
		for i, v := range values {
			if _, twice := index[v]; twice {
				return nil, fmt.Errorf("dims.%s has the value %q twice", name, v)
			}
			index[v] = i
		}
		if g.size *= len(values); g.size > mostCells {
			return nil, fmt.Errorf("dims span more than %d cells", mostCells)
		}
		g.values, g.index = append(g.values, values), append(g.index, index)
	}
	return g, nil
}

// block is a set of cells: for each dimension the values it covers, in order.
type block [][]int

// block reads where.
func (g *grid) block(where map[string][]string) (block, error) {
	for _, name := range slices.Sorted(maps.Keys(where)) {
		if !slices.Contains(g.names, name) {
			return nil, fmt.Errorf("where names %q, which is no dimension", name)
		}
	}
	b := make(block, len(g.names))
	for d, name := range g.names {
		values, given := where[name]
		if !given {
			values = g.values[d]
		}
		if len(values) == 0 {
			return nil, fmt.Errorf("where.%s has no values: leave it out to mean all", name)
		}
		for _, v := range values {
			i, ok := g.index[d][v]
			if !ok {
				return nil, fmt.Errorf("where.%s has %q, which is not in dims.%s", name, v, name)
			}
			b[d] = append(b[d], i)
		}
		slices.Sort(b[d])
		if n := len(b[d]); len(slices.Compact(b[d])) < n {
			return nil, fmt.Errorf("where.%s has a value twice", name)
		}
	}
	return b, nil
}

func (b block) size() int {
	n := 1
	for _, values := range b {
		n *= len(values)
	}
	return n
}

// cells lists the cells of a block.
func (g *grid) cells(b block) []int {
	out := []int{0}
	for d, values := range b {
		next := make([]int, 0, len(out)*len(values))
		for _, base := range out {
			for _, v := range values {
				next = append(next, base*len(g.values[d])+v)
			}
		}
		out = next
	}
	return out
}

// where writes a block as a figure would; a dimension covered whole is left out unless the block is a cell.
func (g *grid) where(b block) map[string][]string {
	out := map[string][]string{}
	for d, values := range b {
		if len(values) == len(g.values[d]) && b.size() > 1 {
			continue
		}
		for _, v := range values {
			out[g.names[d]] = append(out[g.names[d]], g.values[d][v])
		}
	}
	return out
}

// cell is the block of one cell.
func (g *grid) cell(c int) block {
	b := make(block, len(g.names))
	for d := len(b) - 1; d >= 0; d-- {
		n := len(g.values[d])
		b[d], c = []int{c % n}, c/n
	}
	return b
}

// span is what a figure says of its block.
func (f *Figure) span() (span, error) {
	if r := f.Rounded; r != nil && *r != roundedTo {
		return span{}, fmt.Errorf("rounded is %d: give 5, or null for an exact value", *r)
	}
	if f.Value == nil {
		return span{0, unlimited}, nil
	}
	n := *f.Value
	switch {
	case n < 0:
		return span{}, fmt.Errorf("value is %d: a count cannot be negative", n)
	case n > mostCount:
		return span{}, fmt.Errorf("value is %d: at most %d", n, mostCount)
	case f.Rounded == nil:
		return span{n, n}, nil
	case n%roundedTo != 0:
		return span{}, fmt.Errorf("value is %d, which is not rounded to 5", n)
	}
	return span{max(0, n-disclosure.Rounding), n + disclosure.Rounding}, nil
}
