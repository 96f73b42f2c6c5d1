package lp

import "math"

// Solve minimises. Rows and bounds that are missed are mended first by the dual simplex; if the objective was already
// optimal without them it stays so, otherwise the primal simplex finishes.
func (p *Problem) Solve() Status {
	for i, v := range p.basic { // what rounding has gathered since the last time
		sum := 0.0
		for k, t := range p.row[i] {
			sum += t * p.value[p.nonbasic[k]]
		}
		p.value[v] = sum
	}
	p.work += len(p.row) * p.columns
	if s := p.mend(); s != Optimal {
		return s
	}
	return p.improve()
}

func (p *Problem) steps() int { return stepsPerLine * (len(p.row) + p.columns + 10) }

// mend is the dual simplex: it takes the basic variable furthest outside its bounds out of the basis.
func (p *Problem) mend() Status {
	limit := p.steps()
	for step := range limit {
		if p.work > p.stop {
			return Stuck
		}
		i, gap := p.worst(step > limit/2)
		if i < 0 {
			return Optimal
		}
		k := p.entering(i, gap, step > limit/2)
		if k < 0 {
			p.conflict = i
			return Infeasible
		}
		p.move(k, gap/p.row[i][k])
		p.pivot(i, k)
	}
	return Stuck
}

// worst is the row whose basic variable misses a bound most, and by how much it must rise.
func (p *Problem) worst(cautious bool) (row int, gap float64) {
	row = -1
	for i, v := range p.basic {
		miss := 0.0
		if x := p.value[v]; x < p.lo[v] {
			miss = p.lo[v] - x
		} else if x > p.hi[v] {
			miss = p.hi[v] - x
		}
		allowed := tolerance * (1 + math.Abs(p.value[v])/1e3)
		if math.Abs(miss) <= allowed {
			continue
		}
		better := math.Abs(miss) > math.Abs(gap)
		if cautious {
			better = row < 0 || v < p.basic[row]
		}
		if better {
			row, gap = i, miss
		}
	}
	return row, gap
}

// entering chooses the nonbasic variable that can move row i by gap at the least loss of the objective.
func (p *Problem) entering(i int, gap float64, cautious bool) int {
	best, bestRatio := -1, math.Inf(1)
	for k, t := range p.row[i] {
		v := p.nonbasic[k]
		if math.Abs(t) < smallestPivot || !p.mayMove(v, gap*t) {
			continue
		}
		ratio := math.Abs(p.reduced[k] / t)
		better := ratio < bestRatio-tolerance
		if !better && ratio <= bestRatio+tolerance {
			if cautious {
				better = v < p.nonbasic[best]
			} else {
				better = math.Abs(t) > math.Abs(p.row[i][best])
			}
		}
		if better {
			best, bestRatio = k, ratio
		}
	}
	return best
}

// mayMove says whether a nonbasic variable has room in the direction of the sign.
func (p *Problem) mayMove(v int, direction float64) bool {
	if direction > 0 {
		return p.value[v] < p.hi[v]
	}
	return p.value[v] > p.lo[v]
}

// improve is the primal simplex, from a point that keeps all bounds.
func (p *Problem) improve() Status {
	limit := p.steps()
	for step := range limit {
		if p.work > p.stop {
			return Stuck
		}
		k, best := -1, tolerance
		for j, d := range p.reduced {
			if math.Abs(d) > best && p.mayMove(p.nonbasic[j], -d) {
				k = j
				if step > limit/2 {
					break
				}
				best = math.Abs(d)
			}
		}
		if k < 0 {
			return Optimal
		}
		i, length := p.leaving(k, -p.reduced[k])
		if math.IsInf(length, 1) {
			return Unbounded
		}
		if p.reduced[k] > 0 {
			length = -length
		}
		p.move(k, length)
		if i >= 0 {
			p.pivot(i, k)
		} else { // it went to its other bound: put it there exactly
			v := p.nonbasic[k]
			p.value[v] = p.lo[v]
			if length > 0 {
				p.value[v] = p.hi[v]
			}
		}
	}
	return Stuck
}

// leaving is the row that stops the nonbasic variable first, or -1 where its own other bound does, and how far it goes.
func (p *Problem) leaving(k int, direction float64) (row int, length float64) {
	v := p.nonbasic[k]
	row, length = -1, p.hi[v]-p.lo[v]
	for i, b := range p.basic {
		t := p.row[i][k]
		if math.Abs(t) < smallestPivot {
			continue
		}
		room := p.hi[b] - p.value[b]
		if (t > 0) != (direction > 0) {
			room = p.value[b] - p.lo[b]
		}
		reach := max(room, 0) / math.Abs(t)
		if reach < length-tolerance || row >= 0 && reach < length+tolerance && math.Abs(t) > math.Abs(p.row[row][k]) {
			row, length = i, min(reach, length)
		}
	}
	return row, length
}

// pivot exchanges the basic variable of row i with the nonbasic variable of column k.
func (p *Problem) pivot(i, k int) {
	out, in, line := p.basic[i], p.nonbasic[k], p.row[i]
	// The leaving variable stands on a bound; say so exactly.
	if math.Abs(p.value[out]-p.lo[out]) <= math.Abs(p.value[out]-p.hi[out]) {
		p.value[out] = p.lo[out]
	} else {
		p.value[out] = p.hi[out]
	}
	inverse := 1 / line[k]
	for j := range line {
		line[j] *= -inverse
	}
	line[k] = inverse
	eliminate := func(other []float64) {
		f := other[k]
		if f == 0 {
			return
		}
		other[k] = 0
		for j, t := range line {
			other[j] += f * t
			if math.Abs(other[j]) < 1e-12 {
				other[j] = 0
			}
		}
		p.work += len(line)
	}
	for r, other := range p.row {
		if r != i {
			eliminate(other)
		}
	}
	eliminate(p.reduced)
	p.basic[i], p.nonbasic[k] = in, out
	p.place[in], p.place[out] = i, -1-k
}
