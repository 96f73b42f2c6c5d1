package plan

// hold gives the appointments of a pool on a working day.
func (s *sim) hold(i, d int) {
	p, spec := &s.pools[i], &s.Spec.Pools[i]
	gives := spec.Slots[d] + p.extra
	if p.team != nil {
		gives += p.team[s.at[d]]
	}
	p.carry += max(gives, 0)
	slots := int(p.carry + 1e-9)
	p.carry -= float64(slots)
	s.tally.given += float64(slots)
	left := slots - s.follow(p, spec, d, slots)
	left -= s.choose(p, d, left)
	for k := range s.Classes {
		s.call(p, k, d)
	}
	s.tally.used += float64(slots - left)
	if d >= s.year {
		p.given, p.used = p.given+int32(slots), p.used+int32(slots-left) //nolint:gosec // the limits of a plan keep them small
	}
}

// follow sees those who are due; who finds no room is due on the next day. It says how many appointments that took.
func (s *sim) follow(p *pool, spec *Pool, d, slots int) int {
	if d < s.Gap { // appointments of before the plan have follow-ups too
		p.owed += spec.Due
		whole := int32(p.owed)
		p.owed -= float64(whole)
		p.due[d] += whole
	}
	n := min(int(p.due[d]), slots)
	p.due[d+1] += p.due[d] - int32(n) //nolint:gosec // n is at most due
	p.due[d] = 0
	missed := binomial(p.draws.Float(), n, s.DNA)
	again := binomial(p.draws.Float(), missed, s.Rebook)
	next := binomial(p.draws.Float(), n-missed, s.again)
	s.later(p, d, again+next)
	return n
}

// later spreads appointments over the days about the gap, each day of the plan otherwise than the one before.
func (s *sim) later(p *pool, d, n int) {
	spread := s.Gap / 2
	for j := range n {
		offset := s.Gap
		if spread > 0 {
			offset += (d*5+j*3)%(2*spread+1) - spread
		}
		p.due[d+max(offset, 1)]++
	}
}

// choose says how many of each class are called: who is due first. It tells how many that are.
func (s *sim) choose(p *pool, d, slots int) int {
	left := slots
	for k := range s.Classes {
		l := &p.lists[k]
		kept := l.back[:0]
		for _, r := range l.back {
			if r.day <= d {
				l.add(r.referred, r.n)
			} else {
				kept = append(kept, r)
			}
		}
		l.back = kept
		l.called, l.next = 0, l.head
	}
	for left > 0 {
		first, due := -1, 0
		for k, c := range s.Classes {
			l := &p.lists[k]
			last := d - c.Lead + past
			for l.next <= last && l.on[l.next] == 0 {
				l.next++
			}
			if l.next <= last && (first < 0 || l.next+c.Due < due) {
				first, due = k, l.next+c.Due
			}
		}
		if first < 0 {
			break
		}
		l := &p.lists[first]
		n := min(int(l.on[l.next]), left)
		l.called += n
		left -= n
		l.next++
	}
	return slots - left
}

// call sees those of a class who were chosen, first come first seen.
func (s *sim) call(p *pool, k, d int) {
	l := &p.lists[k]
	called := l.called
	missed := binomial(p.draws.Float(), called, s.DNA)
	again := binomial(p.draws.Float(), missed, s.Rebook)
	next := binomial(p.draws.Float(), called-missed, s.again)
	// Those who do not come are spread over those called, as evenly as whole people allow.
	done, absent, back := 0, 0, 0
	for at := l.head; done < called; at++ {
		n := min(int(l.on[at]), called-done)
		if n == 0 {
			l.head = at + 1
			continue
		}
		done += n
		gone := missed*done/called - absent
		absent += gone
		asks := 0
		if missed > 0 {
			asks = again*absent/missed - back
		}
		back += asks
		l.on[at] -= int32(n) //nolint:gosec // n is at most what is there
		if l.on[at] == 0 {
			l.head = at + 1
		} else {
			l.head = at
		}
		if asks > 0 {
			l.back = append(l.back, returned{d + max(s.Classes[k].Lead, 1), at - past, int32(asks)}) //nolint:gosec // as above
		}
		s.seen(p, at-past, d, n-gone)
	}
	p.list -= called - again
	s.later(p, d, next)
}

// seen notes the waits of people referred on a day.
func (s *sim) seen(p *pool, referred, d, n int) {
	if n == 0 {
		return
	}
	wait := s.worked[d+1]
	if referred >= 0 {
		wait -= s.worked[referred+1]
	} else { // before the plan every week has five working days
		wait += (-referred - 1) * workdays / week
	}
	s.waits[min(max(wait, 0), longest)] += int32(n)         //nolint:gosec // as above
	p.waits[min(max(wait, 0), LongestTarget+1)] += int32(n) //nolint:gosec // as above
	s.tally.waited += float64(wait * n)
	s.tally.seen += n
	s.out.seen += int32(n) //nolint:gosec // as above
}

// close ends a period.
func (s *sim) close() {
	m := Measures{List: float64(s.list()), Came: float64(s.tally.came), Seen: float64(s.tally.seen), Given: s.tally.given, Waited: s.tally.waited}
	if s.tally.worked > 0 {
		m.Mean = s.tally.listed / float64(s.tally.worked)
	}
	if s.tally.given > 0 {
		m.Utilisation = s.tally.used / s.tally.given
	}
	if n := s.tally.seen; n > 0 {
		m.Median, m.P90 = s.quantile(0.5), s.quantile(0.9)
		within := int32(0)
		for _, c := range s.waits[:min(s.Target, longest)+1] {
			within += c
		}
		m.Within = float64(within) / float64(n)
	}
	if len(s.out.Periods)+1 == len(s.Periods) {
		s.out.Within, s.out.Pools = s.cumulative(), s.parts()
	}
	for i := range s.pools {
		clear(s.pools[i].waits[:])
	}
	s.out.Periods = append(s.out.Periods, m)
	s.tally, s.waits = period{}, [longest + 1]int32{}
}

// cumulative is the share of the people seen in the period who had waited at most so many working days.
func (s *sim) cumulative() []float64 {
	out, sum := make([]float64, LongestTarget+1), int32(0)
	for d := range out {
		sum += s.waits[d]
		if s.tally.seen > 0 {
			out[d] = float64(sum) / float64(s.tally.seen)
		}
	}
	return out
}

// parts are what each pool has of the period.
func (s *sim) parts() []Part {
	out := make([]Part, len(s.pools))
	for i := range s.pools {
		p, sum := &s.pools[i], int32(0)
		out[i].List = int32(p.list) //nolint:gosec // the limits of a plan keep it small
		out[i].Given, out[i].Used = p.given, p.used
		for _, n := range p.waits {
			sum += n
			out[i].Seen = append(out[i].Seen, sum)
		}
	}
	return out
}

// quantile is the wait that so many of the people seen had at most.
func (s *sim) quantile(p float64) float64 {
	left := int32(p*float64(s.tally.seen)) + 1 //nolint:gosec // as above
	for days, n := range s.waits {
		if left -= n; left <= 0 {
			return float64(days)
		}
	}
	return longest
}
