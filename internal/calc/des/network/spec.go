package network

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// The limits of a model.
const (
	MostStations  = 100
	MostClasses   = 20
	MostCells     = 1000           // stations x classes: each holds up to 60 kB of statistics
	MostServers   = 10_000         // at a station
	MostRoutes    = 10_000         // destinations over all routes
	MostCustomers = 1_000_000_000  // in a replication
	MostWeeks     = 5_200          // a century
	MostInside    = 2_000_000      // people in the network at one time
	MostVisits    = 1_000          // expected visits to stations of one person
	MostTimes     = 10_000_000     // given arrival times of a class
	MostServices  = 10_000_000_000 // expected services in a replication
)

// A service goes with three events at most (an arrival, the end of patience, its own end), so that the sequence numbers
// of the events suffice.
const _ uint64 = des.MaxEvents - 3*MostServices

// Spec is a model. Times are in any unit; Week says how many of it make a week.
type Spec struct {
	Classes  []Class
	Stations []Station
	Routes   []Route
	// Either Customers or Weeks says when a replication ends; the warm-up, in customers or weeks too, is the first part of it.
	Customers, WarmupCustomers int64
	Weeks, WarmupWeeks         int
	Week                       float64
	Target                     float64 // of the wait for the first service; 0 for none
}

// Class is a kind of person.
type Class struct {
	Name     string
	Arrivals Arrivals
	Priority int                // the lowest number goes first
	Start    map[string]float64 // probability by station; empty: the first station
	Patience des.Dist           // how long they wait at a station; none: for ever
	Backlog  int                // people who wait at their start at time 0
}

// Arrivals says when people come: exactly one of the fields is set, or none where a backlog is all.
type Arrivals struct {
	Rate  float64   // Poisson, in a unit of time
	Gap   des.Dist  // independent times between arrivals
	Daily []float64 // Poisson: the number expected on each day from the start; a week has seven
	Times []float64 // exactly then, in order
}

// Station is a queue with servers.
type Station struct {
	Name     string
	Servers  int
	Service  des.Dist
	Services map[string]des.Dist // where a class has its own
	Patience des.Dist            // in place of the classes' own
	Balk     *Balk
}

// Balk turns people away who find at least Queue waiting, with the probability given.
type Balk struct {
	Queue       int
	Probability float64
}

// Route sends people of a class (or of all, when it is empty) on after service.
type Route struct {
	From, Class string
	To          map[string]float64
}

// Check says in one sentence what is wrong.
func (s *Spec) Check() error {
	switch {
	case len(s.Stations) == 0 || len(s.Stations) > MostStations:
		return fmt.Errorf("stations has %d entries: a model has 1 to %d", len(s.Stations), MostStations)
	case len(s.Classes) == 0 || len(s.Classes) > MostClasses:
		return fmt.Errorf("classes has %d entries: a model has 1 to %d", len(s.Classes), MostClasses)
	case len(s.Stations)*len(s.Classes) > MostCells:
		return fmt.Errorf("%d stations for %d classes are too many: the product may be %d", len(s.Stations), len(s.Classes), MostCells)
	case (s.Customers == 0) == (s.Weeks == 0):
		return errors.New("horizon needs either customers or weeks")
	case s.Customers < 0 || s.Customers > MostCustomers:
		return fmt.Errorf("horizon: customers is %d: from 1 to %d", s.Customers, MostCustomers)
	case s.Weeks < 0 || s.Weeks > MostWeeks:
		return fmt.Errorf("horizon: weeks is %d: from 1 to %d", s.Weeks, MostWeeks)
	case s.WarmupCustomers < 0 || s.WarmupWeeks < 0:
		return errors.New("warmup is negative")
	case s.WarmupCustomers > 0 && s.WarmupWeeks > 0:
		return errors.New("warmup needs customers or weeks, not both")
	case s.Customers > 0 && s.WarmupCustomers >= s.Customers, s.Weeks > 0 && s.WarmupWeeks >= s.Weeks, s.WarmupWeeks > MostWeeks:
		return errors.New("warmup must be shorter than the horizon")
	case s.Weeks+s.WarmupWeeks > 0 && !(s.Week > 0 && s.Week <= des.MostTime):
		return errors.New("the length of a week in the unit of time is missing")
	case !(s.Target >= 0 && s.Target <= des.MostTime):
		return fmt.Errorf("target is not from 0 to %g", des.MostTime)
	}
	for i, c := range s.Classes {
		if err := s.checkClass(i, c); err != nil {
			return fmt.Errorf("class %s: %w", c.Name, err)
		}
	}
	backlog := 0
	for _, c := range s.Classes {
		backlog += c.Backlog
	}
	if backlog > MostInside {
		return fmt.Errorf("the backlogs add up to %d: at most %d", backlog, MostInside)
	}
	for i, st := range s.Stations {
		if err := s.checkStation(i, st); err != nil {
			return fmt.Errorf("station %s: %w", st.Name, err)
		}
	}
	if !slices.ContainsFunc(s.Classes, func(c Class) bool { return c.Backlog > 0 || c.Arrivals.ways() > 0 }) {
		return errors.New("nobody ever arrives: no class has arrivals or a backlog")
	}
	return s.checkRoutes()
}

func (s *Spec) checkClass(i int, c Class) error {
	if c.Name == "" || s.class(c.Name) != i {
		return errors.New("each class needs a name of its own")
	}
	if c.Backlog < 0 || c.Backlog > MostInside {
		return fmt.Errorf("backlog is %d: from 0 to %d", c.Backlog, MostInside)
	}
	if !c.Patience.IsZero() {
		if err := c.Patience.Check(); err != nil {
			return fmt.Errorf("patience (%s) %w", c.Patience, err)
		}
	}
	if err := s.checkShares("start", c.Start); err != nil {
		return err
	}
	if sum := total(c.Start); len(c.Start) > 0 && math.Abs(sum-1) > 1e-9 {
		return fmt.Errorf("start: the probabilities add up to %g, not to 1", sum)
	}
	if err := c.Arrivals.check(s.Weeks); err != nil {
		return fmt.Errorf("arrivals: %w", err)
	}
	return nil
}

// ways counts the ways of arriving that are set.
func (a *Arrivals) ways() (n int) {
	for _, set := range []bool{a.Rate != 0, !a.Gap.IsZero(), a.Daily != nil, a.Times != nil} {
		if set {
			n++
		}
	}
	return n
}

func (a *Arrivals) check(weeks int) error {
	if a.ways() > 1 {
		return errors.New("give one way of arriving only")
	}
	if a.Rate != 0 && !(1/a.Rate >= des.LeastMean && 1/a.Rate <= des.MostTime) {
		return fmt.Errorf("the rate %g is not from %g to %g", a.Rate, 1/des.MostTime, 1/des.LeastMean)
	}
	if !a.Gap.IsZero() {
		if err := a.Gap.Check(); err != nil {
			return fmt.Errorf("the time between arrivals (%s) %w", a.Gap, err)
		}
	}
	if a.Daily != nil && (weeks == 0 || len(a.Daily) < 7*weeks) {
		return errors.New("a profile by weekday or month needs a horizon in weeks")
	}
	for _, x := range a.Daily {
		if !(x >= 0 && x <= des.MostTime) {
			return fmt.Errorf("%g arrivals in a day are not from 0 to %g", x, des.MostTime)
		}
	}
	if len(a.Times) > MostTimes {
		return fmt.Errorf("%d times are given: at most %d", len(a.Times), MostTimes)
	}
	before := 0.0
	for i, t := range a.Times {
		if !(t >= before && t <= des.MostTime) {
			return fmt.Errorf("time %d is wrong: times run from 0 to %g and never go back", i+1, des.MostTime)
		}
		before = t
	}
	return nil
}

func (s *Spec) checkStation(i int, st Station) error {
	if st.Name == "" || s.station(st.Name) != i {
		return errors.New("each station needs a name of its own")
	}
	if st.Servers < 1 || st.Servers > MostServers {
		return fmt.Errorf("servers is %d: from 1 to %d", st.Servers, MostServers)
	}
	if len(st.Services) < len(s.Classes) || !st.Service.IsZero() {
		if err := st.Service.Check(); err != nil {
			return fmt.Errorf("service (%s) %w", st.Service, err)
		}
	}
	for name, d := range st.Services {
		if s.class(name) < 0 {
			return fmt.Errorf("services names the class %q, which is not there", name)
		}
		if err := d.Check(); err != nil {
			return fmt.Errorf("services of %s (%s) %w", name, d, err)
		}
	}
	if !st.Patience.IsZero() {
		if err := st.Patience.Check(); err != nil {
			return fmt.Errorf("patience (%s) %w", st.Patience, err)
		}
	}
	if b := st.Balk; b != nil && (b.Queue < 0 || !(b.Probability >= 0 && b.Probability <= 1)) {
		return errors.New("balking needs a queue of 0 or more and a probability from 0 to 1")
	}
	return nil
}

func (s *Spec) class(name string) int {
	for i := range s.Classes {
		if s.Classes[i].Name == name {
			return i
		}
	}
	return -1
}

func (s *Spec) station(name string) int {
	for i := range s.Stations {
		if s.Stations[i].Name == name {
			return i
		}
	}
	return -1
}
