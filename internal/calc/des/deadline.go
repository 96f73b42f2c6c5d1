package des

// Deadlines is a binary heap of events that can be taken back, such as the end of somebody's patience when service
// begins. It is kept apart from Heap so that models without deadlines do not pay for the positions. Each payload is
// in it at most once.
type Deadlines struct {
	events []Event
	at     []int32 // position of each payload
}

// Reset empties the heap and keeps its memory.
func (d *Deadlines) Reset() { d.events = d.events[:0] }

// Min is the next deadline; false when there is none.
func (d *Deadlines) Min() (Event, bool) {
	if len(d.events) == 0 {
		return Event{}, false
	}
	return d.events[0], true
}

// Push plans a deadline.
func (d *Deadlines) Push(e Event) {
	for int(e.Who()) >= len(d.at) {
		d.at = append(d.at, 0)
	}
	d.events = append(d.events, e)
	d.up(len(d.events)-1, e)
}

// Remove takes back the deadline of a payload, which must be planned.
func (d *Deadlines) Remove(who uint32) {
	i, last := int(d.at[who]), len(d.events)-1
	e := d.events[last]
	d.events = d.events[:last]
	switch {
	case i == last:
	case i > 0 && e.Before(d.events[(i-1)/2]):
		d.up(i, e)
	default:
		d.down(i, e)
	}
}

func (d *Deadlines) put(i int, e Event) {
	d.events[i] = e
	d.at[e.Who()] = int32(i)
}

func (d *Deadlines) up(i int, e Event) {
	for i > 0 && e.Before(d.events[(i-1)/2]) {
		d.put(i, d.events[(i-1)/2])
		i = (i - 1) / 2
	}
	d.put(i, e)
}

func (d *Deadlines) down(i int, e Event) {
	for {
		child := 2*i + 1
		if child >= len(d.events) {
			break
		}
		if child+1 < len(d.events) && d.events[child+1].Before(d.events[child]) {
			child++
		}
		if !d.events[child].Before(e) {
			break
		}
		d.put(i, d.events[child])
		i = child
	}
	d.put(i, e)
}
