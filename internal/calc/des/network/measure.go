package network

import (
	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// passLeft is called when so many people have left: the end of the warm-up or of the run.
func (s *Sim) passLeft() {
	if s.left == s.customers {
		s.over = true
		return
	}
	s.endWarmup()
	s.leftMark = s.customers
}

// passMark is called when the clock reaches the end of a week, of the warm-up or of all time.
func (s *Sim) passMark() error {
	if s.mark == des.Never {
		return des.ErrTooLong
	}
	s.now = s.mark
	if s.Network.week == 0 { // only the warm-up is in weeks
		s.endWarmup()
		s.mark = des.Never
		return nil
	}
	s.week.List = s.unseen
	s.out.Weeks = append(s.out.Weeks, s.week)
	s.week = report.Week{}
	if s.now == s.warmup {
		s.endWarmup()
	}
	s.over = s.now >= s.end
	s.mark += s.Network.week
	return nil
}

// endWarmup forgets what was seen. Waits and services under way will count in full when they end, so what lies before
// this moment is taken off now.
func (s *Sim) endWarmup() {
	s.out.Reset()
	s.warm, s.from = true, s.now
	s.unfinished(-1)
}

// unfinished adds the waits and services under way so far, or takes them off.
func (s *Sim) unfinished(sign float64) {
	for i := range s.people {
		p := &s.people[i]
		c := &s.out.Cells[int(p.station)*s.classes+int(p.class)]
		switch p.state {
		case queueing:
			c.Waiting += sign * float64(s.now-p.since)
		case served:
			c.Busy += sign * float64(s.now-p.since)
		}
	}
}

// part is how much of the replication is done.
func (s *Sim) part() float64 {
	if s.customers > 0 {
		return float64(s.left) / float64(s.customers)
	}
	return float64(s.now) / float64(s.end)
}

// stop closes the books of a replication.
func (s *Sim) stop(cut bool) *report.Outcome {
	if cut && !s.warm {
		s.out.Reset() // all of it was warm-up
		s.from = s.now
	} else {
		s.unfinished(1)
	}
	o := s.out
	o.Cut, o.Elapsed, o.Left = cut, float64(s.now-s.from), o.Sojourn.N()
	for i := range o.Capacity {
		o.Capacity[i] = float64(s.servers[i]) * o.Elapsed
	}
	return o
}
