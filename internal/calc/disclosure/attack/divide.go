package attack

import "slices"

// divide makes the parts: unknowns joined by figures that say something about them. An unknown in no part is fixed, or
// free within bounds that are its ends.
func (s *system) divide() []*part {
	root := make([]int, len(s.bounds))
	for k := range root {
		root[k] = k
	}
	find := func(k int) int {
		for root[k] != k {
			root[k] = root[root[k]]
			k = root[k]
		}
		return k
	}
	joined := make([]bool, len(s.bounds))
	for i := range s.regions {
		r := &s.regions[i]
		if !s.informs(r) {
			continue
		}
		unknowns := s.free(r)
		for _, k := range unknowns {
			joined[k] = true
			root[find(k)] = find(unknowns[0])
		}
	}
	var out []*part
	at, column := map[int]*part{}, make([]int, len(s.bounds))
	for k, b := range s.bounds {
		if !joined[k] {
			continue
		}
		p := at[find(k)]
		if p == nil {
			p = &part{}
			at[find(k)], out = p, append(out, p)
		}
		column[k] = len(p.unknowns)
		p.unknowns, p.lo, p.hi = append(p.unknowns, k), append(p.lo, b.lo), append(p.hi, b.hi)
	}
	for i := range s.regions {
		r := &s.regions[i]
		var p *part
		for _, k := range s.free(r) {
			if !joined[k] {
				continue
			}
			p = at[find(k)]
			if n := len(p.shares); n == 0 || p.shares[n-1].region != i {
				p.shares = append(p.shares, share{region: i})
			}
			last := &p.shares[len(p.shares)-1]
			last.columns = append(last.columns, column[k])
		}
		if p != nil && s.informs(r) { // then it lies in one part
			p.rows = append(p.rows, line{p.shares[len(p.shares)-1].columns, s.remainder(r)})
		}
	}
	return out
}

// informs says whether a region tells more than the bounds of its unknowns do.
func (s *system) informs(r *region) bool { return r.known != s.sum(r.unknowns).span() }

// free lists the unknowns of a region that are not fixed.
func (s *system) free(r *region) []int {
	return slices.DeleteFunc(slices.Clone(r.unknowns), func(k int) bool { return s.bounds[k].lo == s.bounds[k].hi })
}

// remainder is what a region leaves for its free unknowns.
func (s *system) remainder(r *region) span {
	rest, fixed := r.known, 0
	for _, k := range r.unknowns {
		if b := s.bounds[k]; b.lo == b.hi {
			fixed += b.lo
		}
	}
	return span{max(0, rest.lo-fixed), less(rest.hi, fixed)}
}
