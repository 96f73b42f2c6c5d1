package report

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// Summary adds up outcomes. Add them in the order of the replications: floating-point sums depend on it.
type Summary struct {
	layout   *Layout
	count    int
	cut      int
	cells    []sums
	stations []sums
	sojourn  Mean
	sojourns des.Histogram
	left     int64
	elapsed  float64
	// By replication: the list and the share within target of each week (NaN where nobody began), and the means that
	// differences between scenarios are made of.
	list, within [][]float64
	means        [][]float64
}

// sums are the means of one station, or of one class at one.
type sums struct {
	wait, queue, busy, served, lost Mean
	waits                           des.Histogram
}

// NewSummary makes an empty one.
func NewSummary(l *Layout) *Summary {
	return &Summary{layout: l, cells: make([]sums, len(l.Stations)*len(l.Classes)), stations: make([]sums, len(l.Stations))}
}

// perStation is how many means of a station are compared between scenarios.
const perStation = 5

// Means is how many numbers a summary keeps of each replication.
func (l *Layout) Means() int { return perStation*len(l.Stations) + 1 + 2*l.Weeks }

// Add takes the next replication.
func (s *Summary) Add(o *Outcome) {
	s.count++
	if o.Cut {
		s.cut++
	}
	classes, ticks := len(s.layout.Classes), s.layout.Ticks
	means := make([]float64, 0, perStation*len(s.stations)+1)
	for i := range s.stations {
		st := &s.stations[i]
		var all Cell
		for k := range classes {
			c := &o.Cells[i*classes+k]
			s.cells[i*classes+k].add(c, &c.Wait, o.Capacity[i], o.Elapsed)
			st.waits.Merge(&c.Waits)
			all.Came, all.Lost, all.Served = all.Came+c.Came, all.Lost+c.Lost, all.Served+c.Served
			all.Waiting, all.Busy = all.Waiting+c.Waiting, all.Busy+c.Busy
		}
		wait := &o.Cells[i*classes].Wait
		if classes > 1 {
			wait = &o.Wait[i]
		}
		st.add(&all, wait, o.Capacity[i], o.Elapsed)
		means = append(means, ticks.Time(wait.Sum()/float64(wait.N())), all.Waiting/o.Elapsed, all.Busy/o.Capacity[i],
			float64(all.Served)/ticks.Time(o.Elapsed), float64(all.Lost)/float64(all.Came))
	}
	s.sojourn.Add(o.Sojourn.Sum(), float64(o.Sojourn.N()), o.Sojourn.Variance())
	s.sojourns.Merge(&o.Sojourns)
	s.left += o.Left
	s.elapsed += o.Elapsed
	s.means = append(s.means, append(means, ticks.Time(o.Sojourn.Sum()/float64(o.Sojourn.N()))))
	if s.layout.Weeks == 0 {
		return
	}
	list, within := make([]float64, len(o.Weeks)), make([]float64, len(o.Weeks))
	for i, w := range o.Weeks {
		list[i], within[i] = float64(w.List), 100*float64(w.Within)/float64(w.First)
	}
	s.list, s.within = append(s.list, list), append(s.within, within)
}

func (u *sums) add(c *Cell, wait *des.Tally, capacity, elapsed float64) {
	u.wait.Add(wait.Sum(), float64(wait.N()), wait.Variance())
	u.queue.Add(c.Waiting, elapsed, 0)
	u.busy.Add(c.Busy, capacity, 0)
	u.served.Add(float64(c.Served), elapsed, 0)
	u.lost.Add(float64(c.Lost), float64(c.Came), 0)
	u.waits.Merge(&c.Waits)
}

// Count is the number of replications added.
func (s *Summary) Count() int { return s.count }

// Left is the number of people who left in them.
func (s *Summary) Left() int64 { return s.left }

// week gathers one value of a week over the replications that have it.
func week(rows [][]float64, w int) []float64 {
	values := make([]float64, 0, len(rows))
	for _, row := range rows {
		if w < len(row) && !math.IsNaN(row[w]) {
			values = append(values, row[w])
		}
	}
	return values
}
