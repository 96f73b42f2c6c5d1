package suppress

import "github.com/rowan-ohwb/rowan/internal/calc/disclosure"

// unlimited stands for no upper bound. It is above any sum of counts (50 x 50 x 1e9 is 2.5e12, and a path crosses few)
// and low enough to be added up.
const unlimited = 1 << 50

// grid is the table with its margins: the last row holds the column totals, the last column the row totals. Figure e
// stands in row e/cols and column e%cols.
type grid struct {
	rows, cols int // margins included
	value      []int
	rule       []disclosure.Rule
	primary    []bool
	margins    bool // published
}

func newGrid(t *Table) *grid {
	g := &grid{rows: len(t.Rows) + 1, cols: len(t.Cols) + 1, margins: t.Margins == nil || *t.Margins}
	n := g.rows * g.cols
	g.value, g.rule, g.primary = make([]int, n), make([]disclosure.Rule, n), make([]bool, n)
	for i, row := range t.Cells {
		for j, count := range row {
			for _, e := range [...]int{g.at(i, j), g.at(i, g.cols-1), g.at(g.rows-1, j), n - 1} {
				g.value[e] += *count
			}
		}
	}
	rows, cols := t.rules()
	for e := range n {
		r, c := rows[e/g.cols], cols[e%g.cols]
		g.rule[e] = disclosure.Rule{Threshold: max(r.Threshold, c.Threshold), Zero: r.Zero || c.Zero}
		g.primary[e] = g.rule[e].Hides(g.value[e]) && (g.margins || !g.margin(e))
	}
	return g
}

func (g *grid) at(i, j int) int { return i*g.cols + j }

// margin says whether a figure is a total.
func (g *grid) margin(e int) bool { return e/g.cols == g.rows-1 || e%g.cols == g.cols-1 }

// backward says whether the arc of a figure goes from its column to its row: cells and the grand total go forward, row
// and column totals backward, so that what comes into a node goes out of it.
func (g *grid) backward(e int) bool { return (e/g.cols == g.rows-1) != (e%g.cols == g.cols-1) }

// room is how far the reader can imagine each figure lower and higher than it is.
type room struct{ down, up []int }

func (g *grid) newRoom() room {
	n := len(g.value)
	return room{make([]int, n), make([]int, n)}
}

// hide opens a figure: any count that is not negative.
func (r room) hide(g *grid, e int) { r.down[e], r.up[e] = g.value[e], unlimited }

// roomOf is the room that a pattern of hidden figures leaves. Unpublished margins are hidden whatever the pattern.
func (g *grid) roomOf(hidden []bool) room {
	r := g.newRoom()
	for e := range g.value {
		if hidden[e] || !g.margins && g.margin(e) {
			r.hide(g, e)
		}
	}
	return r
}
