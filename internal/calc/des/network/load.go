package network

import "fmt"

const (
	// full allows for the rounding of a load of 1.
	full = 1 - 1e-9
	// rounds bound the search for what passes a station that cannot keep up; more hardly change it.
	rounds = 200
)

// overloaded warns of stations whose queue grows as long as the run goes on: the mean wait is then a figure of the
// horizon, and not of the service. Whoever balks or loses patience relieves a station, and does not count.
func (n *Network) overloaded(s *Spec) (warnings []string) {
	flow := n.flows(s)
	for i, name := range n.layout.Stations {
		stay := 0.0
		for k := range n.classes {
			if cell := i*n.classes + k; n.patience[cell].IsZero() {
				stay += n.work(cell, flow)
			}
		}
		if n.balkAt[i] >= 0 {
			stay *= 1 - n.balkP[i]
		}
		if stay >= full {
			warnings = append(warnings, fmt.Sprintf("the load of %s is %.4g: at 1 or more its queue grows as long as the run goes on, and the waits with it", name, n.load(i, flow)))
		}
	}
	return warnings
}

// work is the part of a station's capacity that a cell asks for, if so many come to each.
func (n *Network) work(cell int, flow []float64) float64 {
	return flow[cell] * n.service[cell].Mean() / float64(n.servers[cell/n.classes])
}

func (n *Network) load(station int, flow []float64) (sum float64) {
	for k := range n.classes {
		sum += n.work(station*n.classes+k, flow)
	}
	return sum
}

// flows are the people who come to each cell in a unit of time. No more pass a station than it can serve, so that
// one that is too small does not make those behind it seem so. Given times of arrival have no rate and are left out.
func (n *Network) flows(s *Spec) []float64 {
	flow, outside := make([]float64, n.stations*n.classes), make([]float64, n.stations*n.classes)
	for k := range n.classes {
		visits, err := s.visits(k)
		if err != nil {
			return flow // the check has refused it
		}
		rate := s.rate(k)
		for i, v := range visits {
			flow[i*n.classes+k] = rate * v
		}
		n.start[k].each(func(to int32, p float64) { outside[int(to)*n.classes+k] = rate * p })
	}
	for range rounds {
		next, held := append([]float64(nil), outside...), false
		for i := range n.stations {
			pass := 1.0
			if load := n.load(i, flow); load >= full {
				pass, held = 1/load, true
			}
			for k := range n.classes {
				through := pass * flow[i*n.classes+k]
				n.onward[i*n.classes+k].each(func(to int32, p float64) { next[int(to)*n.classes+k] += through * p })
			}
		}
		if !held {
			break
		}
		flow = next
	}
	return flow
}

// each gives every destination with its probability.
func (o *options) each(give func(to int32, p float64)) {
	before := 0.0
	for i, to := range o.to {
		give(to, min(o.cum[i], 1)-before)
		before = o.cum[i]
	}
}

// rate is how many of a class arrive in a unit of time: on average, where the rate changes by the day.
func (s *Spec) rate(class int) float64 {
	a := &s.Classes[class].Arrivals
	switch {
	case a.Rate != 0:
		return a.Rate
	case !a.Gap.IsZero():
		return 1 / a.Gap.Mean()
	case a.Daily != nil:
		sum := 0.0
		for _, x := range a.Daily[:7*s.Weeks] {
			sum += x
		}
		return sum / (float64(s.Weeks) * s.Week)
	}
	return 0
}
