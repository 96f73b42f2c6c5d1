package report

import (
	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// Layout says what the outcomes of a model hold.
type Layout struct {
	Stations []string
	Classes  []string
	Ticks    des.Ticks // in a unit of the model's time
	Weeks    int       // length of the series; 0 for none
	Target   bool      // a target is set, so the series tells the share within it
}

// Cell is one class at one station in one replication. Times are in ticks.
type Cell struct {
	Wait    des.Tally
	Waits   des.Histogram
	Came    int64   // joined, or balked
	Lost    int64   // balked or lost patience
	Served  int64   // completed
	Waiting float64 // integral of the number waiting
	Busy    float64 // time worked
}

// Reset forgets what was seen.
func (c *Cell) Reset() {
	c.Wait.Reset()
	c.Waits.Reset()
	c.Came, c.Lost, c.Served, c.Waiting, c.Busy = 0, 0, 0, 0, 0
}

// Week is what the end of a week shows.
type Week struct {
	List   int64 // waiting for their first service
	First  int64 // had their first service begin in the week
	Within int64 // of these, within the target
}

// Outcome is what one replication saw after its warm-up.
type Outcome struct {
	Cells    []Cell      // station by station, class by class
	Wait     []des.Tally // by station over all classes; empty where there is one class
	Capacity []float64   // by station: time that could have been worked
	Sojourn  des.Tally
	Sojourns des.Histogram
	Elapsed  float64 // ticks measured
	Left     int64   // people who left while it was measured
	Weeks    []Week
	Cut      bool // ended early, by the user or because the arrivals ended
}

// NewOutcome makes an empty one.
func (l *Layout) NewOutcome() *Outcome {
	o := &Outcome{Cells: make([]Cell, len(l.Stations)*len(l.Classes)), Capacity: make([]float64, len(l.Stations)), Weeks: make([]Week, 0, l.Weeks)}
	if len(l.Classes) > 1 {
		o.Wait = make([]des.Tally, len(l.Stations))
	}
	return o
}

// Reset forgets all but the weeks: the warm-up is over.
func (o *Outcome) Reset() {
	for i := range o.Cells {
		o.Cells[i].Reset()
	}
	for i := range o.Wait {
		o.Wait[i].Reset()
	}
	clear(o.Capacity)
	o.Sojourn.Reset()
	o.Sojourns.Reset()
	o.Elapsed, o.Left = 0, 0
}
