package suppress

// demand is one half of what keeps a primary figure safe: others must be able to make up for its fall to nought, or for
// its rise to the threshold.
type demand struct {
	figure int
	rise   bool
	want   int
}

// demands lists both halves for every primary figure, the largest first: they are the hardest to meet, and what is
// hidden for them helps the others.
func (g *grid) demands() []demand {
	var out []demand
	for e, primary := range g.primary {
		if !primary {
			continue
		}
		if n := g.value[e]; n > 0 {
			out = append(out, demand{e, false, n})
		}
		if n := g.rule[e].Threshold - g.value[e]; n > 0 {
			out = append(out, demand{e, true, n})
		}
	}
	return out
}

// auditor answers demands about patterns of hidden figures, and remembers which figures each answer rested on.
type auditor struct {
	g       *grid
	demands []demand
	flow    *network[int]
	uses    [][]bool // of each demand: the figures that carried flow
}

func newAuditor(g *grid) *auditor {
	a := &auditor{g: g, demands: g.demands(), flow: newNetwork(g, 0)}
	a.uses = make([][]bool, len(a.demands))
	for d := range a.uses {
		a.uses[d] = make([]bool, len(g.value))
	}
	return a
}

// met says whether the room meets one demand, and notes the figures used.
func (a *auditor) met(d int, r room) bool {
	a.flow.load(r.down, r.up)
	q := a.demands[d]
	if a.flow.around(q.figure, q.rise, q.want) < q.want {
		return false
	}
	for e := range a.uses[d] {
		up := a.flow.toCol[e]
		if a.g.backward(e) {
			up = a.flow.toRow[e]
		}
		a.uses[d][e] = e != q.figure && up != r.up[e]
	}
	return true
}

// unmet is the first demand that the room does not meet, or -1.
func (a *auditor) unmet(r room) int {
	for d := range a.demands {
		if !a.met(d, r) {
			return d
		}
	}
	return -1
}

// interval is what fits everything published about one figure; bounded is false where there is no upper end.
func (a *auditor) interval(e int, r room) (lower, upper int, bounded bool) {
	a.flow.load(r.down, r.up)
	lower = a.g.value[e] - a.flow.around(e, false, r.down[e])
	a.flow.load(r.down, r.up)
	rise := a.flow.around(e, true, r.up[e])
	return lower, a.g.value[e] + rise, rise < unlimited
}
