package report

import (
	"fmt"
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/des"
)

// Spread is a mean with its standard error and percentiles, in the model's unit of time.
type Spread struct {
	Mean *float64 `json:"mean"`
	SE   *float64 `json:"se"`
	P50  *float64 `json:"p50"`
	P90  *float64 `json:"p90"`
	P95  *float64 `json:"p95"`
}

// Station is the answer for a station or, without Classes, for one class at it.
type Station struct {
	Wait        Spread             `json:"wait"`
	Queue       *float64           `json:"queue"`
	Utilisation *float64           `json:"utilisation"`
	Throughput  *float64           `json:"throughput"`
	Abandoned   *float64           `json:"abandoned"`
	Classes     map[string]Station `json:"classes,omitempty"`
}

// Range is a mean over replications and where 95% of them lie.
type Range struct {
	Mean *float64 `json:"mean"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// Point is the end of a week.
type Point struct {
	Week   int   `json:"week"`
	List   Range `json:"list"`
	Within Range `json:"within"`
}

// Result is the whole answer.
type Result struct {
	Stations     map[string]Station `json:"stations"`
	Sojourn      Spread             `json:"sojourn"`
	Series       []Point            `json:"series,omitempty"`
	Replications int                `json:"replications"`
	Customers    int64              `json:"customers"` // who left while it was measured, over all replications
	Time         *float64           `json:"time"`      // measured, over all replications
	Warnings     []string           `json:"warnings"`
}

// finite makes what does not exist null.
func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// Result gives the answer so far.
func (s *Summary) Result() *Result {
	r := &Result{Stations: map[string]Station{}, Replications: s.count, Customers: s.left, Warnings: []string{},
		Sojourn: s.spread(&s.sojourn, &s.sojourns), Time: finite(s.layout.Ticks.Time(s.elapsed))}
	if s.cut > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d of %d replications ended before the horizon", s.cut, s.count))
	}
	if s.left == 0 {
		r.Warnings = append(r.Warnings, "nobody left in the time measured, so there is no sojourn")
	}
	if s.layout.Weeks > 0 && !s.layout.Target {
		r.Warnings = append(r.Warnings, "no target is given, so the series has no share within it")
	}
	classes := len(s.layout.Classes)
	for i, name := range s.layout.Stations {
		st := s.station(&s.stations[i])
		st.Classes = map[string]Station{}
		for k, class := range s.layout.Classes {
			st.Classes[class] = s.station(&s.cells[i*classes+k])
		}
		if s.stations[i].waits.N() == 0 {
			r.Warnings = append(r.Warnings, "no service began at "+name+", so there is no wait")
		} else if st.Wait.SE == nil {
			r.Warnings = append(r.Warnings, "too few people at "+name+" for a standard error")
		}
		r.Stations[name] = st
	}
	empty := 0
	for w := range s.layout.Weeks {
		lists := week(s.list, w)
		if len(lists) == 0 {
			break
		}
		p := Point{Week: w + 1, List: rangeOf(lists)}
		if s.layout.Target {
			p.Within = rangeOf(week(s.within, w))
		}
		if s.layout.Target && p.Within.Mean == nil {
			empty++
		}
		r.Series = append(r.Series, p)
	}
	if empty > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("nobody's first service began in %d of the weeks, so they have no share within the target", empty))
	}
	return r
}

func rangeOf(values []float64) Range {
	if len(values) == 0 {
		return Range{}
	}
	b := bandOf(values)
	return Range{finite(b.Mean), finite(b.Low), finite(b.High)}
}

func (s *Summary) station(u *sums) Station {
	perTime := func(x float64) *float64 { return finite(x * float64(s.layout.Ticks)) }
	return Station{Wait: s.spread(&u.wait, &u.waits), Queue: finite(u.queue.Value()), Utilisation: finite(u.busy.Value()),
		Throughput: perTime(u.served.Value()), Abandoned: finite(u.lost.Value())}
}

func (s *Summary) spread(m *Mean, h *des.Histogram) Spread {
	if h.N() == 0 {
		return Spread{}
	}
	time := func(ticks float64) *float64 { return finite(s.layout.Ticks.Time(ticks)) }
	return Spread{Mean: time(m.Value()), SE: time(m.SE()), P50: time(h.Quantile(0.5)), P90: time(h.Quantile(0.9)), P95: time(h.Quantile(0.95))}
}
