package queueing

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Jackson is a network of stations. Whoever is not routed on after a service leaves.
type Jackson struct {
	Stations []Station          `json:"stations"`
	External map[string]float64 `json:"external"` // Poisson arrivals from outside
	Routes   []Route            `json:"routes"`
}

// Station has exponential servers of one mean service time.
type Station struct {
	Name    string  `json:"name"`
	Servers int     `json:"servers"`
	Mean    float64 `json:"mean"`
}

// Route is where a station sends people, with what probability.
type Route struct {
	From string             `json:"from"`
	To   map[string]float64 `json:"to"`
}

// JacksonAnswer has each station by name and the whole network.
type JacksonAnswer struct {
	Stations map[string]StationAnswer `json:"stations"`
	Sojourn  *float64                 `json:"sojourn"` // mean time in the network over all visits
	L        *float64                 `json:"l"`
	Warnings []string                 `json:"warnings"`
}

// StationAnswer is one visit to a station.
type StationAnswer struct {
	Lambda *float64 `json:"lambda"` // visits, from outside and inside
	WQ     *float64 `json:"wq"`
	W      *float64 `json:"w"`
	L      *float64 `json:"l"`
}

const (
	// mostStations keeps the equations, a cube of it, under a second.
	mostStations = 500
	// leak is the smallest chance of leaving that is meant: less is the rounding of
	// probabilities that add up to 1.
	leak = 1e-9
)

// network is a Jackson with stations by number.
type network struct {
	to       [][]float64 // chances of going on
	external []float64
	outside  float64 // all arrivals
}

// Solve gives the steady state: the traffic equations, then each station as M/M/c (Jackson 1957).
func (in Jackson) Solve() (JacksonAnswer, error) {
	n, err := in.network()
	if err != nil {
		return JacksonAnswer{}, err
	}
	out := JacksonAnswer{Stations: map[string]StationAnswer{}, Warnings: []string{}}
	stays := n.closed()
	lambda, err := n.traffic(stays)
	if err != nil {
		return JacksonAnswer{}, err
	}
	answers, spoilt, people := make([]MMCAnswer, len(in.Stations)), make([]bool, len(in.Stations)), 0.0
	for i, s := range in.Stations {
		switch {
		case stays[i]:
			out.Warnings = append(out.Warnings, fmt.Sprintf("nobody who comes to %s can ever leave the network: it has no steady state", s.Name))
			continue
		case lambda[i]*s.Mean >= float64(s.Servers):
			out.Warnings = append(out.Warnings, s.Name+": "+overloaded(lambda[i]*s.Mean/float64(s.Servers)))
			n.spoil(i, spoilt)
			continue
		case lambda[i] > biggest:
			return JacksonAnswer{}, fmt.Errorf("%s has %g arrivals: at most %g", s.Name, lambda[i], biggest)
		}
		if answers[i], err = (MMC{lambda[i], 1 / s.Mean, s.Servers}).Solve(); err != nil {
			return JacksonAnswer{}, fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	whole := true
	for i, s := range in.Stations {
		a := StationAnswer{Lambda: some(lambda[i])}
		if stays[i] {
			a.Lambda = nil
		}
		switch {
		case spoilt[i] && answers[i].WQ != nil:
			out.Warnings = append(out.Warnings, s.Name+" is fed by a station that cannot keep up: fewer arrive than lambda says, and not at random")
		case answers[i].WQ != nil:
			a.WQ, a.W, a.L = answers[i].WQ, answers[i].W, answers[i].L
			people += *a.L
		}
		whole = whole && a.L != nil
		out.Stations[s.Name] = a
	}
	if whole {
		out.L = some(people)
		if n.outside > 0 {
			out.Sojourn = some(people / n.outside)
		} else {
			out.Warnings = append(out.Warnings, "nobody arrives from outside: there is no sojourn")
		}
	}
	return out, nil
}

// network checks the names and numbers.
func (in Jackson) network() (network, error) {
	var n network
	if len(in.Stations) == 0 {
		return n, errors.New("stations is empty")
	}
	var c check
	c.between("the number of stations", len(in.Stations), 1, mostStations)
	at := map[string]int{}
	for i, s := range in.Stations {
		if s.Name == "" {
			c.fail("stations[%d] has no name", i)
		}
		if _, twice := at[s.Name]; twice {
			c.fail("station %s appears twice", s.Name)
		}
		at[s.Name] = i
		c.servers("servers of "+s.Name, s.Servers)
		c.above("mean of "+s.Name, s.Mean)
	}
	if c.err != nil {
		return n, c.err
	}
	n.external, n.to = make([]float64, len(at)), make([][]float64, len(at))
	for name, rate := range in.External {
		i, ok := at[name]
		if !ok {
			return n, fmt.Errorf("external names %q, which is no station", name)
		}
		c.notNegative("external "+name, rate)
		n.external[i] = rate
	}
	for _, rate := range n.external { // in order: maps have none, and sums should not change between runs
		n.outside += rate
	}
	for _, r := range in.Routes {
		from, ok := at[r.From]
		if !ok {
			return n, fmt.Errorf("a route is from %q, which is no station", r.From)
		}
		if n.to[from] != nil {
			return n, fmt.Errorf("two routes are from %s: give one with all its chances", r.From)
		}
		n.to[from] = make([]float64, len(at))
		sum := 0.0
		for name, p := range r.To {
			to, ok := at[name]
			if !ok {
				return n, fmt.Errorf("the route from %s goes to %q, which is no station", r.From, name)
			}
			if !(p >= 0 && p <= 1) {
				return n, fmt.Errorf("the chance to go from %s to %s is %v: it must be from 0 to 1", r.From, name, p)
			}
			n.to[from][to] = p
			sum += p
		}
		if sum > 1+leak {
			return n, fmt.Errorf("the chances from %s add up to %g, more than 1", r.From, sum)
		}
	}
	for i := range n.to {
		if n.to[i] == nil {
			n.to[i] = make([]float64, len(at))
		}
	}
	return n, c.err
}

// closed marks the stations from which no way leads out.
func (n network) closed() []bool {
	stays := make([]bool, len(n.to))
	for i := range stays {
		sum := 0.0
		for _, p := range n.to[i] {
			sum += p
		}
		stays[i] = sum > 1-leak
	}
	for changed := true; changed; {
		changed = false
		for i := range stays {
			for j, p := range n.to[i] {
				if stays[i] && p > leak && !stays[j] {
					stays[i], changed = false, true
				}
			}
		}
	}
	return stays
}

// traffic solves lambda = external + routes' lambda among the stations that can be left.
func (n network) traffic(stays []bool) ([]float64, error) {
	size := len(n.to)
	a := mat.NewDense(size, size, nil)
	b := mat.NewVecDense(size, nil)
	for i := range n.to {
		a.Set(i, i, 1)
		if stays[i] {
			continue // nothing comes back from there
		}
		b.SetVec(i, n.external[i])
		for j := range n.to {
			if !stays[j] {
				a.Set(i, j, a.At(i, j)-n.to[j][i])
			}
		}
	}
	var x mat.VecDense
	if err := x.SolveVec(a, b); err != nil {
		return nil, errors.New("almost nobody ever leaves the network: the traffic equations cannot be solved exactly")
	}
	lambda := make([]float64, size)
	for i := range lambda {
		lambda[i] = max(x.AtVec(i), 0)
	}
	return lambda, nil
}

// spoil marks the stations that get people from station i, at once or later.
func (n network) spoil(i int, spoilt []bool) {
	for j, p := range n.to[i] {
		if p > 0 && !spoilt[j] {
			spoilt[j] = true
			n.spoil(j, spoilt)
		}
	}
}
