package suppress

import (
	"cmp"
	"slices"
)

// cost of a pattern: the number of hidden figures, then their sum.
type cost struct{ count, sum int }

func (a cost) less(b cost) bool {
	return a.count < b.count || a.count == b.count && a.sum < b.sum
}

func (g *grid) cost(hidden []bool) cost {
	var c cost
	for e, h := range hidden {
		if h {
			c.count++
			c.sum += g.value[e]
		}
	}
	return c
}

// greedy finds a safe pattern: cheapest detours for each unmet demand, then whatever is not needed is shown again, then
// each hidden figure in turn is forbidden to see whether a cheaper pattern does without it. effort bounds that last part,
// in paths sent through the network.
func (a *auditor) greedy(effort int) []bool {
	g := a.g
	hidden, allowed := slices.Clone(g.primary), make([]bool, len(g.value))
	for e := range allowed {
		allowed[e] = true
	}
	a.extend(hidden, allowed) // cannot fail: with everything hidden any figure can rise and fall
	a.trim(hidden)
	best := g.cost(hidden)
	for better := true; better; {
		better = false
		for _, e := range g.secondary(hidden) {
			if a.flow.augmentations > effort {
				return hidden
			}
			if !hidden[e] {
				continue
			}
			try := slices.Clone(hidden)
			try[e], allowed[e] = false, false
			ok := a.extend(try, allowed)
			allowed[e] = true
			if !ok {
				continue
			}
			a.trim(try)
			if c := g.cost(try); c.less(best) {
				hidden, best, better = try, c, true
			}
		}
	}
	return hidden
}

// secondary lists what is hidden only for the sake of others, the dearest first.
func (g *grid) secondary(hidden []bool) []int {
	var out []int
	for e, h := range hidden {
		if h && !g.primary[e] {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(x, y int) int { return cmp.Compare(g.value[y], g.value[x]) })
	return out
}

// extend hides allowed figures until all demands are met, or reports that it cannot.
func (a *auditor) extend(hidden, allowed []bool) bool {
	for d := range a.demands {
		if a.met(d, a.g.roomOf(hidden)) {
			continue
		}
		q := a.demands[d]
		r := a.g.roomOf(hidden)
		for e := range hidden {
			if allowed[e] {
				r.hide(a.g, e) // open to the detour, at its price
			}
		}
		a.flow.load(r.down, r.up)
		a.flow.toCol[q.figure], a.flow.toRow[q.figure] = 0, 0
		from, to := a.g.ends(q.figure, q.rise)
		for left := q.want; left > 0; {
			// One detour that carries all of it is better than two that share it.
			if !a.cheapest(hidden, from, to, left) && !a.cheapest(hidden, from, to, 1) {
				return false
			}
			for at := to; at != from; {
				e := a.flow.via[at]
				hidden[e] = true
				if at >= a.g.rows {
					at = e / a.g.cols
				} else {
					at = a.g.rows + e%a.g.cols
				}
			}
			left -= a.flow.send(from, to, left)
		}
	}
	return true
}

// cheapest finds the path of least cost with room for so many people: hidden figures are free. It is Dijkstra's
// algorithm on a dense graph, and leaves the path in via.
func (a *auditor) cheapest(hidden []bool, from, to, people int) bool {
	g, w := a.g, a.flow
	nodes := g.rows + g.cols
	price := make([]cost, nodes)
	done := make([]bool, nodes)
	for i := range price {
		price[i].count = nodes * nodes
	}
	price[from] = cost{}
	for {
		at := -1
		for i, p := range price {
			if !done[i] && p.count < nodes*nodes && (at < 0 || p.less(price[at])) {
				at = i
			}
		}
		if at < 0 || at == to {
			return at == to
		}
		done[at] = true
		relax := func(node, e, has int) {
			if has < people || done[node] {
				return
			}
			p := price[at]
			if !hidden[e] {
				p.count++
				p.sum += g.value[e]
			}
			if p.less(price[node]) {
				price[node], w.via[node] = p, e
			}
		}
		if at < g.rows {
			for j := range g.cols {
				e := g.at(at, j)
				relax(g.rows+j, e, w.toCol[e])
			}
		} else {
			for i := range g.rows {
				e := g.at(i, at-g.rows)
				relax(i, e, w.toRow[e])
			}
		}
	}
}

// trim shows again whatever is not needed, the dearest first.
func (a *auditor) trim(hidden []bool) {
	if a.unmet(a.g.roomOf(hidden)) >= 0 {
		return
	}
	for _, e := range a.g.secondary(hidden) {
		hidden[e] = false
		r := a.g.roomOf(hidden)
		for d := range a.demands {
			if a.uses[d][e] && !a.met(d, r) {
				hidden[e] = true
				break
			}
		}
	}
}
