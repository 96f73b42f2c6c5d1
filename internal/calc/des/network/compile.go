package network

import (
	"maps"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

// Network is a compiled model. It is immutable: workers share it.
type Network struct {
	layout    report.Layout
	stations  int
	classes   int
	ranks     int // different priorities
	rank      []uint8
	servers   []int32
	service   []des.Dist // by cell
	patience  []des.Dist // by cell; none: for ever
	impatient bool
	balkAt    []int32 // queue length from which people balk; negative: never
	balkP     []float64
	start     []options // by class
	onward    []options // by cell
	sources   []source  // by class
	backlog   []int

	customers, warmupCustomers int64
	warmup, end, week          int64 // ticks; end is Never, and week 0, for a horizon in customers
	target                     int64
	purposes                   purposes
	warnings                   []string
}

// options are destinations with cumulative probabilities; beyond the last one leaves.
type options struct {
	to  []int32
	cum []float64
}

// source is how a class arrives, in ticks.
type source struct {
	gap   des.Dist // exponential for a rate
	daily []float64
	day   float64 // ticks of a day
	times []int64
}

// purposes names the streams.
type purposes struct{ arrive, start, service, route, patience, balk []string }

// everybody is more certain than any probability.
const everybody = 2.0

// Compile checks a model and makes it ready to run.
func Compile(s Spec) (*Network, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	n := &Network{stations: len(s.Stations), classes: len(s.Classes), customers: s.Customers, warmupCustomers: s.WarmupCustomers}
	ticks := des.TicksFor(shortest(&s))
	n.layout = report.Layout{Ticks: ticks, Weeks: s.Weeks, Target: s.Target > 0}
	n.end, n.target = des.Never, ticks.Of(s.Target)
	if weeks := max(s.Weeks, s.WarmupWeeks); weeks > 0 {
		week := ticks.Of(s.Week)
		if week >= des.Never/int64(weeks) {
			return nil, des.ErrTooLong
		}
		n.warmup = week * int64(s.WarmupWeeks)
		if s.Weeks > 0 {
			n.end, n.week = week*int64(s.Weeks), week
		}
	}
	var priorities []int
	for _, c := range s.Classes {
		priorities = append(priorities, c.Priority)
	}
	order := slices.Compact(slices.Sorted(slices.Values(priorities)))
	n.ranks = len(order)
	for k, c := range s.Classes {
		n.layout.Classes = append(n.layout.Classes, c.Name)
		n.rank = append(n.rank, uint8(slices.Index(order, priorities[k])))
		n.backlog = append(n.backlog, c.Backlog)
		n.start = append(n.start, s.options(s.start(k)))
		n.start[k].cum[len(n.start[k].cum)-1] = everybody
		n.sources = append(n.sources, c.Arrivals.compile(ticks, s.Week))
		n.purposes.arrive = append(n.purposes.arrive, "arrive "+c.Name)
		n.purposes.start = append(n.purposes.start, "start "+c.Name)
	}
	for i, st := range s.Stations {
		n.layout.Stations = append(n.layout.Stations, st.Name)
		n.servers = append(n.servers, int32(st.Servers))
		at, p := int32(-1), 0.0
		if st.Balk != nil {
			at, p = int32(min(st.Balk.Queue, MostInside)), st.Balk.Probability
		}
		n.balkAt, n.balkP = append(n.balkAt, at), append(n.balkP, p)
		n.purposes.balk = append(n.purposes.balk, "balk "+st.Name)
		for k, c := range s.Classes {
			service, own := st.Services[c.Name]
			if !own {
				service = st.Service
			}
			patience := st.Patience
			if patience.IsZero() {
				patience = c.Patience
			}
			n.impatient = n.impatient || !patience.IsZero()
			n.service, n.patience = append(n.service, service), append(n.patience, patience)
			n.onward = append(n.onward, s.options(s.route(i, k)))
			cell := " " + st.Name + " " + c.Name
			n.purposes.service = append(n.purposes.service, "service"+cell)
			n.purposes.route = append(n.purposes.route, "route"+cell)
			n.purposes.patience = append(n.purposes.patience, "patience"+cell)
		}
	}
	n.warnings = n.overloaded(&s)
	return n, nil
}

// options lists destinations in the order of the stations.
func (s *Spec) options(shares map[string]float64) (o options) {
	var stations []int
	for name := range maps.Keys(shares) {
		stations = append(stations, s.station(name))
	}
	slices.Sort(stations)
	sum := 0.0
	for _, i := range stations {
		sum += shares[s.Stations[i].Name]
		o.to, o.cum = append(o.to, int32(i)), append(o.cum, sum)
	}
	if sum >= 1-1e-9 && len(stations) > 0 {
		o.cum[len(o.cum)-1] = everybody
	}
	return o
}

// shortest is the shortest mean time in the model, which sets the size of a tick.
func shortest(s *Spec) float64 {
	least := des.MostTime
	take := func(d des.Dist) {
		if !d.IsZero() {
			least = min(least, d.Mean())
		}
	}
	for _, st := range s.Stations {
		take(st.Service)
		take(st.Patience)
		for _, d := range st.Services {
			take(d)
		}
	}
	for _, c := range s.Classes {
		take(c.Patience)
		take(c.Arrivals.Gap)
		if c.Arrivals.Rate != 0 {
			least = min(least, 1/c.Arrivals.Rate)
		}
	}
	return least
}

func (a *Arrivals) compile(ticks des.Ticks, week float64) (c source) {
	switch {
	case a.Rate != 0:
		c.gap = des.Exponential(1 / a.Rate)
	case !a.Gap.IsZero():
		c.gap = a.Gap
	case a.Daily != nil:
		c.daily, c.day = a.Daily, week/7*float64(ticks)
	case a.Times != nil:
		for _, t := range a.Times {
			c.times = append(c.times, ticks.Of(t))
		}
	}
	return c
}

// Warnings are what the model's own numbers foretell.
func (n *Network) Warnings() []string { return n.warnings }

// Layout says what the outcomes hold.
func (n *Network) Layout() *report.Layout { return &n.layout }
