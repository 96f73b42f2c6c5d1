package clinic

// hold holds the sessions of the day. Whoever needs another appointment gets it from tomorrow on.
func (s *Sim) hold() {
	tomorrow := s.day + max(1, s.notice)
	for k := range s.kinds {
		at := s.day*s.kinds + k
		s.out.Capacity[0] += float64((int(s.slots[at]) - int(s.ill[at])) * s.minutes[k])
		i := s.booked[at]
		if i == nobody {
			continue
		}
		bookings := int(s.slots[at]) + int(s.extra[at]) - int(s.free[at])
		cancelled := bookings - (int(s.slots[at]) + int(s.extra[at]) - int(s.ill[at]) - int(s.over[at]))
		for ; cancelled > 0; cancelled-- {
			next := s.people[i].next
			s.ask(i, tomorrow, true)
			i = next
		}
		for i != nobody {
			next := s.people[i].next
			s.keep(i, k)
			i = next
		}
	}
}

// keep is an appointment, kept or not.
func (s *Sim) keep(i int32, kind int) {
	p := &s.people[i]
	class := int(p.group / 2)
	c := &s.classes[class]
	if c.DNA > 0 {
		// One number for both questions, so that the stream keeps in step between scenarios.
		if u := s.attend[class].Float(); u < c.DNA {
			if u < c.DNA*c.Rebook {
				p.asked = int32(s.day)
				s.ask(i, s.day+max(1, s.notice), false)
			} else {
				s.leave(i, class)
			}
			return
		}
	}
	cell := &s.out.Cells[class]
	cell.Served++
	cell.Busy += float64(s.minutes[kind])
	if !p.seen {
		s.see(i, class)
	}
	if p.left == 0 {
		s.leave(i, class)
		return
	}
	p.left--
	p.group = uint8(2*class + 1)
	due := s.day + max(1, int(c.Gap.Draw(&s.followUp[class])+0.5))
	if due < s.days {
		p.next = s.due[due]
		s.due[due] = i
	}
}

// see is a first appointment.
func (s *Sim) see(i int32, class int) {
	p, cell := &s.people[i], &s.out.Cells[class]
	wait := s.day - int(p.referred)
	cell.Wait.Add(float64(wait))
	cell.Waits.Add(int64(wait))
	if len(s.out.Wait) > 0 {
		s.out.Wait[0].Add(float64(wait))
	}
	s.unseen[class]--
	s.week.First++
	if wait <= s.target {
		s.week.Within++
	}
	p.seen = true
	if mean := s.classes[class].FollowUps; mean > 0 {
		whole := int(mean)
		if s.followUp[class].Float() < mean-float64(whole) {
			whole++
		}
		p.left = int16(whole)
	}
}

// leave gives the place in the arena back.
func (s *Sim) leave(i int32, class int) {
	p := &s.people[i]
	if !p.seen {
		s.unseen[class]--
		s.out.Cells[class].Lost++
	}
	stay := s.day - int(p.referred)
	s.out.Sojourn.Add(float64(stay))
	s.out.Sojourns.Add(int64(stay))
	p.next = s.vacant
	s.vacant = i
	s.inside--
}
