package clinic

import (
	"context"
	"fmt"
	"math"
	"math/bits"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// nobody ends a list through the arena.
const nobody = int32(-1)

// person is a place in the arena.
type person struct {
	referred int32 // day
	asked    int32 // day of joining the list
	next     int32
	left     int16 // follow-ups to come
	group    uint8
	seen     bool
}

// queue is a list through the arena.
type queue struct{ head, tail int32 }

// Sim runs replications of a clinic one after another and keeps its memory between them. It is for one worker.
type Sim struct {
	*Clinic
	diary
	day      int
	kinds    int
	opened   int // days before it are open for booking
	people   []person
	vacant   int32
	inside   int
	lists    []queue // by group: without an appointment
	booked   []int32 // by day and kind: heads of the appointments, the latest first
	due      []int32 // by day: heads of the follow-ups
	unseen   []int64 // by class: waiting for their first appointment
	out      *report.Outcome
	week     report.Week
	referral []des.Stream // by class
	attend   []des.Stream
	followUp []des.Stream
}

// Worker makes a Sim.
func (c *Clinic) Worker() report.Worker { return NewSim(c) }

// NewSim makes room for one worker.
func NewSim(c *Clinic) *Sim {
	kinds := len(c.minutes)
	return &Sim{Clinic: c, kinds: kinds, lists: make([]queue, len(c.groups)), booked: make([]int32, c.days*kinds), due: make([]int32, c.days)}
}

func (s *Sim) reset(seed uint64, replication int) {
	s.diary.reset(s.days, s.kinds)
	for i := range s.posts {
		s.draw(s.Clinic, &s.posts[i], seed, replication)
	}
	s.day, s.opened, s.people, s.vacant, s.inside, s.week = 0, s.notice, s.people[:0], nobody, 0, report.Week{}
	for i := range s.lists {
		s.lists[i] = queue{nobody, nobody}
	}
	for i := range s.booked {
		s.booked[i] = nobody
	}
	for i := range s.due {
		s.due[i] = nobody
	}
	s.referral, s.attend, s.followUp, s.unseen = s.referral[:0], s.attend[:0], s.followUp[:0], s.unseen[:0]
	for i := range s.classes {
		s.referral = append(s.referral, des.NewStream(seed, replication, s.arrive[i]))
		s.attend = append(s.attend, des.NewStream(seed, replication, s.dna[i]))
		s.followUp = append(s.followUp, des.NewStream(seed, replication, s.follow[i]))
		s.unseen = append(s.unseen, 0)
	}
	s.out = s.layout.NewOutcome()
}

// Run is one replication. When ctx ends it, the outcome so far comes with cut set.
func (s *Sim) Run(ctx context.Context, seed uint64, replication int, tell func(float64)) (*report.Outcome, error) {
	s.reset(seed, replication)
	for k, c := range s.classes {
		for range c.Backlog {
			s.refer(k)
		}
	}
	for s.day = 0; s.day < s.days; s.day++ {
		if s.day == s.warmup {
			s.out.Reset()
		}
		s.oneDay()
		if s.day%7 != 6 {
			continue
		}
		for _, n := range s.unseen {
			s.week.List += n
		}
		s.out.Weeks = append(s.out.Weeks, s.week)
		s.week = report.Week{}
		switch {
		case s.inside > MostInside:
			return nil, fmt.Errorf("more than %d people are in the service at once: it has too few slots for so long a run", MostInside)
		case ctx.Err() != nil:
			s.close(s.day + 1)
			s.out.Cut = true
			return s.out, nil
		}
		tell(float64(s.day) / float64(s.days))
	}
	s.close(s.days)
	return s.out, nil
}

func (s *Sim) close(days int) {
	if days <= s.warmup {
		s.out.Reset()
		return
	}
	s.out.Elapsed, s.out.Left = float64(days-s.warmup), s.out.Sojourn.N()
}

// oneDay is a day, as the package comment tells it.
func (s *Sim) oneDay() {
	for i := s.due[s.day]; i != nobody; {
		next := s.people[i].next
		s.people[i].asked = int32(s.day)
		s.ask(i, s.day+s.notice, false)
		i = next
	}
	for k := range s.classes {
		for range s.referral[k].Poisson(s.classes[k].Daily[s.day]) {
			s.refer(k)
		}
	}
	for ; s.opened <= s.day+s.horizon && s.opened < s.days; s.opened++ {
		s.openDay(s.opened)
	}
	s.hold()
	for k, n := range s.unseen {
		s.out.Cells[k].Waiting += float64(n)
	}
}

// refer lets somebody in.
func (s *Sim) refer(class int) {
	i := s.vacant
	if i == nobody {
		i = int32(len(s.people))
		s.people = append(s.people, person{})
	} else {
		s.vacant = s.people[i].next
	}
	s.inside++
	s.people[i] = person{referred: int32(s.day), asked: int32(s.day), group: uint8(2 * class)}
	s.unseen[class]++
	s.out.Cells[class].Came++
	s.ask(i, s.day+s.notice, false)
}

// ask gives the first free slot from a day on, of the skill preferred most, or else a place on the list: its head for
// somebody whose appointment the clinic cancelled. Where others of the group are on the list already nothing is free,
// because what opens is offered to them.
func (s *Sim) ask(i int32, from int, first bool) {
	p := &s.people[i]
	list := &s.lists[p.group]
	if list.head == nobody {
		kinds := s.groups[p.group].kinds
		for a := 0; a < len(kinds); {
			// The kinds of one skill compete by day, skills by preference.
			best, at := math.MaxInt, -1
			for skill := s.skills[kinds[a]]; a < len(kinds) && s.skills[kinds[a]] == skill; a++ {
				if d := s.firstFree(int(kinds[a]), from); d < best {
					best, at = d, int(kinds[a])
				}
			}
			if at >= 0 {
				s.take(i, best, at)
				return
			}
		}
	}
	switch {
	case list.head == nobody:
		p.next, list.head, list.tail = nobody, i, i
	case first:
		p.next, list.head = list.head, i
	default:
		p.next = nobody
		s.people[list.tail].next, list.tail = i, i
	}
}

// firstFree is the first open day from a day on that has a free slot of a kind.
func (s *Sim) firstFree(kind, from int) int {
	to := s.opened
	if from >= to {
		return math.MaxInt
	}
	words := s.room[kind*s.words : (kind+1)*s.words]
	mask := ^uint64(0) << (from & 63)
	for w := from >> 6; w<<6 < to; w++ {
		if found := words[w] & mask; found != 0 {
			if d := w<<6 + bits.TrailingZeros64(found); d < to {
				return d
			}
			return math.MaxInt
		}
		mask = ^uint64(0)
	}
	return math.MaxInt
}

// take makes an appointment.
func (s *Sim) take(i int32, day, kind int) {
	at := day*s.kinds + kind
	if s.free[at]--; s.free[at] == 0 {
		s.room[kind*s.words+day>>6] &^= 1 << (day & 63)
	}
	s.people[i].next = s.booked[at]
	s.booked[at] = i
}

// openDay offers a day to the list.
func (s *Sim) openDay(day int) {
	left := 0
	for k := range s.kinds {
		at := day*s.kinds + k
		s.free[at] = s.slots[at] + s.extra[at]
		if s.free[at] > 0 {
			s.room[k*s.words+day>>6] |= 1 << (day & 63)
			left += int(s.free[at])
		}
	}
	full := uint64(0) // groups for which the day has nothing left
	for left > 0 {
		best := -1
		for g := range s.groups {
			if full>>g&1 != 0 || s.lists[g].head == nobody {
				continue
			}
			if best < 0 || s.before(g, best) {
				best = g
			}
		}
		if best < 0 {
			return
		}
		kind := -1
		for _, k := range s.groups[best].kinds {
			if s.free[day*s.kinds+int(k)] > 0 {
				kind = int(k)
				break
			}
		}
		if kind < 0 {
			full |= 1 << best
			continue
		}
		i := s.lists[best].head
		s.lists[best].head = s.people[i].next
		s.take(i, day, kind)
		left--
	}
}

// before orders the heads of two lists.
func (s *Sim) before(a, b int) bool {
	if x, y := s.groups[a].rank, s.groups[b].rank; x != y {
		return x < y
	}
	return s.people[s.lists[a].head].asked < s.people[s.lists[b].head].asked
}
