package des

// Event is a moment and who it is about: 16 bytes, kept by value. What packs Who into Key is Pack.
type Event struct {
	At  int64
	Key uint64 // sequence number above, who below: events of one tick come in the order they were planned
}

// whoBits leaves 36 bits for the sequence number: 68 billion events in a replication.
const (
	whoBits = 28
	// MaxWho is the largest payload of an event.
	MaxWho = 1<<whoBits - 1
	// MaxEvents is how many events one replication may plan.
	MaxEvents = 1<<(64-whoBits) - 1
)

// Pack makes the key of an event.
func Pack(seq uint64, who uint32) uint64 { return seq<<whoBits | uint64(who) }

// Who is the payload.
func (e Event) Who() uint32 { return uint32(e.Key & MaxWho) }

// Before orders events.
func (e Event) Before(f Event) bool { return e.At < f.At || e.At == f.At && e.Key < f.Key }

// Heap is a 4-ary implicit heap of events: half the depth of a binary one, and the four children lie in one cache
// line. The root that was popped stays as a hole until the next push fills it, since nearly every event plans another:
// one walk down in place of two.
type Heap struct {
	events []Event
	hole   bool
}

// Reset empties the heap and keeps its memory.
func (h *Heap) Reset() { h.events, h.hole = h.events[:0], false }

// Len is the number of events planned.
func (h *Heap) Len() int {
	if h.hole {
		return len(h.events) - 1
	}
	return len(h.events)
}

// Push plans an event.
func (h *Heap) Push(e Event) {
	if h.hole {
		h.hole = false
		h.down(e)
		return
	}
	h.events = append(h.events, e)
	ev := h.events
	i := len(ev) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if !e.Before(ev[parent]) {
			break
		}
		ev[i] = ev[parent]
		i = parent
	}
	ev[i] = e
}

// Min is the next event; false when there is none.
func (h *Heap) Min() (Event, bool) {
	if h.hole {
		h.hole = false
		last := len(h.events) - 1
		e := h.events[last]
		h.events = h.events[:last]
		if last > 0 {
			h.down(e)
		}
	}
	if len(h.events) == 0 {
		return Event{}, false
	}
	return h.events[0], true
}

// Pop takes the event that Min just gave.
func (h *Heap) Pop() { h.hole = true }

// down puts an event in at the root.
func (h *Heap) down(e Event) {
	ev := h.events
	n, i := len(ev), 0
	for {
		child := 4*i + 1
		if child >= n {
			break
		}
		least := child
		if child+4 <= n {
			four := ev[child : child+4 : child+4]
			a, b := 0, 2
			if four[1].Before(four[0]) {
				a = 1
			}
			if four[3].Before(four[2]) {
				b = 3
			}
			if four[b&3].Before(four[a&3]) {
				a = b
			}
			least += a
		} else {
			for k := child + 1; k < n; k++ {
				if ev[k].Before(ev[least]) {
					least = k
				}
			}
		}
		if !ev[least].Before(e) {
			break
		}
		ev[i] = ev[least]
		i = least
	}
	ev[i] = e
}
