package report

import (
	"math"
	"slices"
)

// Delta is a scenario minus its base, in pairs of replications that share their random numbers.
type Delta struct {
	Mean *float64 `json:"mean"`
	SE   *float64 `json:"se"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// StationDelta is what changes at a station. Wait is the mean wait.
type StationDelta struct {
	Wait        Delta `json:"wait"`
	Queue       Delta `json:"queue"`
	Utilisation Delta `json:"utilisation"`
	Throughput  Delta `json:"throughput"`
	Abandoned   Delta `json:"abandoned"`
}

// WeekDelta is what changes at the end of a week.
type WeekDelta struct {
	Week   int   `json:"week"`
	List   Delta `json:"list"`
	Within Delta `json:"within"`
}

// Deltas are all differences of a scenario from the base. A station that only one of them has is left out.
type Deltas struct {
	Stations map[string]StationDelta `json:"stations"`
	Sojourn  Delta                   `json:"sojourn"`
	Series   []WeekDelta             `json:"series,omitempty"`
}

func (p *Paired) delta() Delta {
	mean, se, low, high := p.Delta()
	return Delta{finite(mean), finite(se), finite(low), finite(high)}
}

// Compare gives the differences of a scenario from the base.
func (s *Summary) Compare(base *Summary) *Deltas {
	n := min(s.count, base.count)
	pair := func(i, j int) Delta {
		var p Paired
		for r := range n {
			p.Add(s.means[r][i] - base.means[r][j])
		}
		return p.delta()
	}
	d := &Deltas{Stations: map[string]StationDelta{}}
	for i, name := range s.layout.Stations {
		j := slices.Index(base.layout.Stations, name)
		if j < 0 {
			continue
		}
		at := func(which int) Delta { return pair(perStation*i+which, perStation*j+which) }
		d.Stations[name] = StationDelta{Wait: at(0), Queue: at(1), Utilisation: at(2), Throughput: at(3), Abandoned: at(4)}
	}
	d.Sojourn = pair(perStation*len(s.layout.Stations), perStation*len(base.layout.Stations))
	for w := range min(s.layout.Weeks, base.layout.Weeks) {
		line := WeekDelta{Week: w + 1, List: pairWeek(s.list, base.list, w, n)}
		if s.layout.Target && base.layout.Target {
			line.Within = pairWeek(s.within, base.within, w, n)
		}
		d.Series = append(d.Series, line)
	}
	return d
}

func pairWeek(a, b [][]float64, w, n int) Delta {
	var p Paired
	for r := range n {
		x, y := math.NaN(), math.NaN()
		if w < len(a[r]) {
			x = a[r][w]
		}
		if w < len(b[r]) {
			y = b[r][w]
		}
		p.Add(x - y)
	}
	return p.delta()
}
