package suppress

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// localEffort bounds the improvement of a greedy pattern, in paths sent through the network.
const localEffort = 4000

// Protect makes a table fit for publication.
func Protect(t Table) (Result, error) {
	if err := t.check(); err != nil {
		return Result{}, err
	}
	g := newGrid(&t)
	if t.Method == Round5 {
		return g.round(&t), nil
	}
	return g.suppress(&t), nil
}

// Run reads one table and writes its answer: the body of "rowan calc disclosure".
func Run(data []byte) ([]byte, error) {
	var t Table
	if err := strict.Object(data, &t); err != nil {
		return nil, err
	}
	out, err := Protect(t)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

func (g *grid) suppress(t *Table) Result {
	hidden, optimal := g.pattern()
	shown, status := make([]*int, len(g.value)), make([]Status, len(g.value))
	all := true
	for e := range g.value {
		switch {
		case !g.margins && g.margin(e):
		case g.primary[e]:
			status[e] = Primary
		case hidden[e]:
			status[e] = Secondary
		default:
			status[e], shown[e], all = Shown, &g.value[e], false
		}
	}
	out := g.result(shown, status)
	out.Optimal = optimal
	g.intervals(t, &out, status, g.roomOf(hidden))
	if all {
		out.Warnings = append(out.Warnings, "everything is hidden: no other pattern protects the small counts")
	}
	return out
}

// pattern chooses what to hide.
func (g *grid) pattern() (hidden []bool, optimal bool) {
	a := newAuditor(g)
	if a.unmet(g.roomOf(g.primary)) < 0 {
		return slices.Clone(g.primary), true
	}
	hidden = a.greedy(localEffort)
	switch side := max(g.rows, g.cols) - 1; {
	case side <= mostExact:
		return a.exact(hidden, mostWork)
	case side <= mostTried:
		return a.exact(hidden, lightWork)
	}
	return hidden, false
}

// intervals fills in what a reader can work out about each hidden figure.
func (g *grid) intervals(t *Table, out *Result, status []Status, r room) {
	a, open := &auditor{g: g, flow: newNetwork(g, 0)}, false
	for e, s := range status {
		if s != Primary && s != Secondary {
			continue
		}
		lower, upper, bounded := a.interval(e, r)
		v := Interval{Lower: lower}
		v.Row, v.Col = g.names(t, e)
		if bounded {
			v.Upper = &upper
		} else {
			open = true
		}
		out.Intervals = append(out.Intervals, v)
	}
	if open {
		out.Warnings = append(out.Warnings, "an upper bound of null means that no published total limits the figure")
	}
}

func (g *grid) names(t *Table, e int) (row, col *string) {
	if i := e / g.cols; i < len(t.Rows) {
		row = &t.Rows[i]
	}
	if j := e % g.cols; j < len(t.Cols) {
		col = &t.Cols[j]
	}
	return row, col
}

// round publishes by the rule of the national data sets, and audits what the rounded figures together still say.
func (g *grid) round(t *Table) Result {
	n := len(g.value)
	shown, status, r := make([]*int, n), make([]Status, n), g.newRoom()
	for e, exact := range g.value {
		switch rounded := disclosure.Round(exact); {
		case !g.margins && g.margin(e):
			r.hide(g, e)
		case g.primary[e]:
			status[e] = Primary
			r.hide(g, e)
		case exact == 0:
			status[e], shown[e] = Shown, &g.value[e]
		default:
			status[e], shown[e] = Rounded, &rounded
			r.down[e], r.up[e] = exact-max(0, rounded-disclosure.Rounding), rounded+disclosure.Rounding-exact
		}
	}
	out := g.result(shown, status)
	out.Optimal = true
	g.intervals(t, &out, status, r)
	if g.margins {
		out.Warnings = append(out.Warnings, "each figure is rounded by itself: rows and columns need not add up to their totals")
	}
	if found := g.narrow(t, r); len(found) > 0 {
		named := strings.Join(found[:min(len(found), mostNamed)], "; ")
		if len(found) > mostNamed {
			named += " and others"
		}
		out.Warnings = append(out.Warnings,
			fmt.Sprintf("small counts that adding up the rounded figures still narrows down: %d (%s)", len(found), named))
	}
	return out
}

// mostNamed keeps a warning readable.
const mostNamed = 10

// narrow names the primary figures that the room does not keep safe.
func (g *grid) narrow(t *Table, r room) []string {
	a, last := newAuditor(g), -1
	var found []string
	for d, q := range a.demands {
		if q.figure == last || a.met(d, r) {
			continue
		}
		last = q.figure
		row, col := g.names(t, q.figure)
		name := "the total"
		switch {
		case row != nil && col != nil:
			name = *row + ", " + *col
		case row != nil:
			name = "total of " + *row
		case col != nil:
			name = "total of " + *col
		}
		found = append(found, name)
	}
	return found
}
