package network

import (
	"context"
	"errors"
	"fmt"
	"math/bits"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// nobody ends a list through the arena.
const nobody = int32(-1)

// person is a place in the arena.
type person struct {
	arrived, since int64 // in the network; in the queue or in service
	next, prev     int32 // in a queue; next also in the list of free places
	class          uint8
	state          state
	seen           bool // has had a service begin
	station        int16
}

type state uint8

const (
	queueing state = iota
	served
	free
)

// The payload of an event: a person whose service ends or, above arrival, a class of which somebody arrives.
const arrival = 1 << 27

// station is what changes at a station.
type station struct {
	idle    int32
	waiting int32
	busy    uint32  // ranks with somebody in the queue, as bits
	heads   []int32 // by rank
	tails   []int32
}

// Sim runs replications of a network one after another and keeps its memory between them. It is for one worker.
type Sim struct {
	*Network
	now       int64
	seq       uint64
	heap      des.Heap
	deadlines des.Deadlines
	people    []person
	vacant    int32
	inside    int
	stations  []station
	out       *report.Outcome
	sharp     bool // one class: a cell is its station

	arrive, startAt, serve, routing, leaving, balking []des.Stream
	due                                               []int // by class: index of the next given time

	left     int64
	leftMark int64 // number of people who left at which something happens
	unseen   int64 // waiting for their first service
	week     report.Week
	mark     int64 // moment at which something happens
	from     int64 // of the measured time
	warm     bool
	over     bool
}

// Worker makes a Sim.
func (n *Network) Worker() report.Worker { return NewSim(n) }

// NewSim makes room for one worker.
func NewSim(n *Network) *Sim {
	s := &Sim{Network: n, stations: make([]station, n.stations)}
	for i := range s.stations {
		s.stations[i].heads, s.stations[i].tails = make([]int32, n.ranks), make([]int32, n.ranks)
	}
	return s
}

// reset starts a replication.
func (s *Sim) reset(seed uint64, replication int) {
	n := s.Network
	s.now, s.seq, s.vacant, s.inside = 0, 0, nobody, 0
	s.heap.Reset()
	s.deadlines.Reset()
	s.people = s.people[:0]
	for i := range s.stations {
		st := &s.stations[i]
		st.idle, st.waiting, st.busy = n.servers[i], 0, 0
		for r := range st.heads {
			st.heads[r], st.tails[r] = nobody, nobody
		}
	}
	streams := func(to *[]des.Stream, names []string) {
		*to = (*to)[:0]
		for _, name := range names {
			*to = append(*to, des.NewStream(seed, replication, name))
		}
	}
	p := &n.purposes
	streams(&s.arrive, p.arrive)
	streams(&s.startAt, p.start)
	streams(&s.serve, p.service)
	streams(&s.routing, p.route)
	streams(&s.leaving, p.patience)
	streams(&s.balking, p.balk)
	s.due = append(s.due[:0], make([]int, n.classes)...)
	s.out, s.sharp = n.layout.NewOutcome(), n.classes == 1
	s.left, s.unseen, s.week, s.from, s.over = 0, 0, report.Week{}, 0, false
	s.warm = n.warmup == 0 && n.warmupCustomers == 0
	s.leftMark = n.customers // 0 is never met: left is counted up first
	if n.warmupCustomers > 0 {
		s.leftMark = n.warmupCustomers
	}
	s.mark = des.Never
	switch {
	case n.week > 0:
		s.mark = n.week
	case n.warmup > 0:
		s.mark = n.warmup
	}
}

// often is how many events pass between looks at the context: some ten milliseconds.
const often = 1 << 16

// Run is one replication. When ctx ends it, the outcome so far comes with cut set; an error is of the model.
func (s *Sim) Run(ctx context.Context, seed uint64, replication int, tell func(float64)) (*report.Outcome, error) {
	s.reset(seed, replication)
	s.open()
	for countdown := often; !s.over; countdown-- {
		if countdown == 0 {
			countdown = often
			if ctx.Err() != nil {
				return s.stop(true), nil
			}
			tell(s.part())
			if s.inside > MostInside {
				return nil, s.overfull()
			}
		}
		e, ok := s.heap.Min()
		if s.impatient {
			if d, waits := s.deadlines.Min(); waits && (!ok || d.Before(e)) {
				if d.At < s.mark {
					s.now = d.At
					s.renege(int32(d.Who()))
				} else if err := s.passMark(); err != nil {
					return nil, err
				}
				continue
			}
		}
		if !ok || e.At >= s.mark {
			if !ok && s.end == des.Never {
				return s.stop(true), nil // the given arrivals came to an end
			}
			if err := s.passMark(); err != nil {
				return nil, err
			}
			continue
		}
		s.now = e.At
		s.heap.Pop()
		if who := e.Who(); who < arrival {
			s.finish(int32(who))
		} else {
			s.arriveOne(int(who - arrival))
		}
	}
	if !s.warm {
		return nil, errors.New("the horizon was over before the warm-up: make the one longer or the other shorter")
	}
	return s.stop(false), nil
}

func (s *Sim) overfull() error {
	worst := 0
	for i := range s.stations {
		if s.stations[i].waiting > s.stations[worst].waiting {
			worst = i
		}
	}
	return fmt.Errorf("more than %d people are in the network at once, %d of them waiting at %s: it has too little capacity for so long a run",
		MostInside, s.stations[worst].waiting, s.layout.Stations[worst])
}

// open plans the first arrivals and puts the backlog in its queues.
func (s *Sim) open() {
	for k, n := range s.backlog {
		for range n {
			s.enter(k)
		}
	}
	for k := range s.sources {
		s.planArrival(k)
	}
}

func (s *Sim) plan(at int64, who uint32) {
	s.seq++
	s.heap.Push(des.Event{At: at, Key: des.Pack(s.seq, who)})
}

// arriveOne lets somebody in and plans the next of the class.
func (s *Sim) arriveOne(class int) {
	s.planArrival(class)
	s.enter(class)
}

func (s *Sim) planArrival(class int) {
	src := &s.sources[class]
	switch {
	case !src.gap.IsZero():
		s.plan(des.After(s.now, s.layout.Ticks.Of(src.gap.Draw(&s.arrive[class]))), arrival+uint32(class))
	case src.times != nil:
		if i := s.due[class]; i < len(src.times) {
			s.due[class]++
			s.plan(src.times[i], arrival+uint32(class))
		}
	case src.daily != nil:
		if at := src.next(s.now, s.arrive[class].Exp()); at < des.Never {
			s.plan(at, arrival+uint32(class))
		}
	}
}

// next is when the expected number of arrivals since now reaches a standard exponential time.
func (src *source) next(now int64, e float64) int64 {
	t := float64(now) / src.day
	for day := int(t); day < len(src.daily); day++ {
		rest := float64(day+1) - t // of the day
		if rate := src.daily[day]; e < rate*rest {
			return max(now, int64((t+e/rate)*src.day))
		}
		e -= src.daily[day] * rest
		t = float64(day + 1)
	}
	return des.Never
}

// enter lets somebody into the network.
func (s *Sim) enter(class int) {
	i := s.vacant
	if i == nobody {
		i = int32(len(s.people))
		s.people = append(s.people, person{})
	} else {
		s.vacant = s.people[i].next
	}
	s.inside++
	s.unseen++
	s.people[i] = person{arrived: s.now, class: uint8(class)}
	o := &s.start[class]
	to := o.to[0]
	if len(o.to) > 1 {
		to, _ = o.pick(&s.startAt[class])
	}
	s.join(i, to)
}

// pick draws a destination; false leaves.
func (o *options) pick(r *des.Stream) (int32, bool) {
	u := r.Float()
	for i, c := range o.cum {
		if u < c {
			return o.to[i], true
		}
	}
	return nobody, false
}

// join comes to a station.
func (s *Sim) join(i, at int32) {
	p, st := &s.people[i], &s.stations[at]
	cell := int(at)*s.classes + int(p.class)
	c := &s.out.Cells[cell]
	c.Came++
	p.station, p.since = int16(at), s.now
	if st.idle > 0 {
		st.idle--
		s.begin(i, p, cell)
		return
	}
	if least := s.balkAt[at]; least >= 0 && st.waiting >= least && (s.balkP[at] == 1 || s.balking[at].Float() < s.balkP[at]) {
		c.Lost++
		s.leave(i)
		return
	}
	p.state = queueing
	rank := s.rank[p.class]
	p.next, p.prev = nobody, st.tails[rank]
	if p.prev == nobody {
		st.heads[rank] = i
		st.busy |= 1 << rank
	} else {
		s.people[p.prev].next = i
	}
	st.tails[rank] = i
	st.waiting++
	if s.impatient && !s.patience[cell].IsZero() {
		s.seq++
		at := des.After(s.now, s.layout.Ticks.Of(s.patience[cell].Draw(&s.leaving[cell])))
		s.deadlines.Push(des.Event{At: at, Key: des.Pack(s.seq, uint32(i))})
	}
}

// begin starts the service of somebody who has a server.
func (s *Sim) begin(i int32, p *person, cell int) {
	c := &s.out.Cells[cell]
	wait := s.now - p.since
	c.Wait.Add(float64(wait))
	c.Waits.Add(wait)
	c.Waiting += float64(wait)
	if !s.sharp {
		s.out.Wait[p.station].Add(float64(wait))
	}
	if !p.seen {
		p.seen = true
		s.unseen--
		s.week.First++
		if s.now-p.arrived <= s.target {
			s.week.Within++
		}
	}
	p.state, p.since = served, s.now
	s.plan(des.After(s.now, s.layout.Ticks.Of(s.service[cell].Draw(&s.serve[cell]))), uint32(i))
}

// finish ends a service: the server turns to the next, the person goes on or leaves.
func (s *Sim) finish(i int32) {
	p := &s.people[i]
	at := int32(p.station)
	st, cell := &s.stations[at], int(at)*s.classes+int(p.class)
	c := &s.out.Cells[cell]
	c.Served++
	c.Busy += float64(s.now - p.since)
	if st.busy == 0 {
		st.idle++
	} else {
		rank := bits.TrailingZeros32(st.busy)
		j := st.heads[rank]
		q := &s.people[j]
		jcell := int(at)*s.classes + int(q.class)
		s.unlink(st, j, q)
		if s.impatient && !s.patience[jcell].IsZero() {
			s.deadlines.Remove(uint32(j))
		}
		s.begin(j, q, jcell)
	}
	o := &s.onward[cell]
	if len(o.to) == 0 {
		s.leave(i)
		return
	}
	to, on := o.to[0], true
	if o.cum[0] != everybody {
		to, on = o.pick(&s.routing[cell])
	}
	if !on {
		s.leave(i)
		return
	}
	s.join(i, to)
}

// unlink takes somebody out of the queue.
func (s *Sim) unlink(st *station, i int32, p *person) {
	rank := s.rank[p.class]
	if p.prev == nobody {
		st.heads[rank] = p.next
	} else {
		s.people[p.prev].next = p.next
	}
	if p.next == nobody {
		st.tails[rank] = p.prev
	} else {
		s.people[p.next].prev = p.prev
	}
	if st.heads[rank] == nobody {
		st.busy &^= 1 << rank
	}
	st.waiting--
}

// renege loses patience.
func (s *Sim) renege(i int32) {
	p := &s.people[i]
	st, c := &s.stations[p.station], &s.out.Cells[int(p.station)*s.classes+int(p.class)]
	s.deadlines.Remove(uint32(i))
	s.unlink(st, i, p)
	c.Lost++
	c.Waiting += float64(s.now - p.since)
	s.leave(i)
}

// leave gives the place in the arena back.
func (s *Sim) leave(i int32) {
	p := &s.people[i]
	stay := s.now - p.arrived
	s.out.Sojourn.Add(float64(stay))
	s.out.Sojourns.Add(stay)
	if !p.seen {
		s.unseen--
	}
	p.state, p.next = free, s.vacant
	s.vacant = i
	s.inside--
	if s.left++; s.left == s.leftMark {
		s.passLeft()
	}
}
