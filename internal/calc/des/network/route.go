package network

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// total adds in the order of the names: the sum of a map in random order would differ in the last bit.
func total(shares map[string]float64) (sum float64) {
	for _, name := range slices.Sorted(maps.Keys(shares)) {
		sum += shares[name]
	}
	return sum
}

func (s *Spec) checkShares(what string, shares map[string]float64) error {
	for _, name := range slices.Sorted(maps.Keys(shares)) {
		if s.station(name) < 0 {
			return fmt.Errorf("%s names the station %q, which is not there", what, name)
		}
		if p := shares[name]; !(p >= 0 && p <= 1) {
			return fmt.Errorf("%s: the probability %g of %s is not from 0 to 1", what, p, name)
		}
	}
	if sum := total(shares); sum > 1+1e-9 {
		return fmt.Errorf("%s: the probabilities add up to %g, more than 1", what, sum)
	}
	return nil
}

func (s *Spec) checkRoutes() error {
	type key struct{ from, class string }
	seen, count := map[key]bool{}, 0
	for _, r := range s.Routes {
		switch {
		case s.station(r.From) < 0:
			return fmt.Errorf("route from %q: there is no such station", r.From)
		case r.Class != "" && s.class(r.Class) < 0:
			return fmt.Errorf("route from %s: there is no class %q", r.From, r.Class)
		case seen[key{r.From, r.Class}]:
			return fmt.Errorf("route from %s: given twice for the same class", r.From)
		}
		seen[key{r.From, r.Class}] = true
		if err := s.checkShares("to", r.To); err != nil {
			return fmt.Errorf("route from %s: %w", r.From, err)
		}
		if count += len(r.To); count > MostRoutes {
			return fmt.Errorf("the routes have more than %d destinations", MostRoutes)
		}
	}
	return s.checkVisits()
}

// route is where a class goes from a station: its own route, or the one of all classes.
func (s *Spec) route(station, class int) map[string]float64 {
	var common map[string]float64
	for _, r := range s.Routes {
		if r.From != s.Stations[station].Name {
			continue
		}
		if r.Class == s.Classes[class].Name {
			return r.To
		}
		if r.Class == "" {
			common = r.To
		}
	}
	return common
}

// start gives the probabilities with which a class begins at each station.
func (s *Spec) start(class int) map[string]float64 {
	if shares := s.Classes[class].Start; len(shares) > 0 {
		return shares
	}
	return map[string]float64{s.Stations[0].Name: 1}
}

// checkVisits refuses routes on which people go round for ever, and more work than is allowed.
func (s *Spec) checkVisits() error {
	work := 0.0
	for k := range s.Classes {
		v, err := s.visits(k)
		if err != nil {
			return err
		}
		if s.Customers > 0 {
			work = max(work, floats.Sum(v)*float64(s.Customers)) // whichever class they are of
		} else {
			work += floats.Sum(v) * s.expected(k)
		}
	}
	if work > MostServices {
		return fmt.Errorf("about %.2g services in a replication are too many: at most %.2g", work, float64(MostServices))
	}
	return nil
}

// visits is how often somebody of a class comes to each station: the traffic equations v = e + v P.
func (s *Spec) visits(k int) ([]float64, error) {
	n := len(s.Stations)
	a, e := mat.NewDense(n, n, nil), mat.NewVecDense(n, nil)
	reached := make([]bool, n)
	for name, p := range s.start(k) {
		e.SetVec(s.station(name), p)
		reached[s.station(name)] = p > 0
	}
	next := make([][]int, n)
	for i := range n {
		a.Set(i, i, 1)
		for name, p := range s.route(i, k) {
			j := s.station(name)
			a.Set(j, i, a.At(j, i)-p)
			if p > 0 {
				next[i] = append(next[i], j)
			}
		}
	}
	spread(reached, next)
	for i := range n { // a closed loop that nobody gets to harms nobody, but would make the matrix singular
		if !reached[i] {
			for j := range n {
				a.Set(j, i, 0)
			}
			a.Set(i, i, 1)
		}
	}
	var v mat.VecDense
	if err := v.SolveVec(a, e); err != nil {
		var ill mat.Condition
		if !errors.As(err, &ill) || math.IsInf(float64(ill), 0) {
			return nil, fmt.Errorf("class %s: people cannot get out of the network", s.Classes[k].Name)
		}
	}
	all := make([]float64, n)
	for i := range all {
		all[i] = v.AtVec(i)
	}
	if !(floats.Sum(all) <= MostVisits && floats.Min(all) >= -1e-6) {
		return nil, fmt.Errorf("class %s: people go round more than %d times before they leave", s.Classes[k].Name, MostVisits)
	}
	return all, nil
}

// spread marks all that can be reached.
func spread(reached []bool, next [][]int) {
	var todo []int
	for i, r := range reached {
		if r {
			todo = append(todo, i)
		}
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, j := range next[i] {
			if !reached[j] {
				reached[j] = true
				todo = append(todo, j)
			}
		}
	}
}

// expected is about how many people of a class come within a horizon in weeks.
func (s *Spec) expected(class int) float64 {
	c := &s.Classes[class]
	time, n := float64(s.Weeks)*s.Week, float64(c.Backlog)
	switch {
	case c.Arrivals.Rate != 0:
		n += c.Arrivals.Rate * time
	case !c.Arrivals.Gap.IsZero():
		n += time / c.Arrivals.Gap.Mean()
	default:
		for _, x := range c.Arrivals.Daily {
			n += x
		}
		n += float64(len(c.Arrivals.Times))
	}
	return n
}
