package demand

import (
	"errors"
	"maps"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// Fits are what a history says of the demand on a service and of what it gets done, as known on a day.
type Fits struct {
	AsAt      civil.Date `json:"as_at"` // the last day that was known: a Sunday
	Rates     []Rate     `json:"rates"`
	Level     Level      `json:"level"`
	Given     Given      `json:"given"`
	DNA       Share      `json:"dna"`        // of appointments given
	Rebook    Share      `json:"rebook"`     // of those missed of which it is known, that were followed by another one
	Unseen    Share      `json:"unseen"`     // of referrals, that leave the list and have missed no appointment
	FollowUps Mean       `json:"follow_ups"` // for each person seen first
	Gap       Mean       `json:"gap"`        // days from an appointment to the next
	UnseenFor Mean       `json:"unseen_for"` // days that those who leave unseen are on the list
	Lead      Mean       `json:"lead"`       // working days in which one in ten is seen: no list makes it shorter
	Wait      Mean       `json:"wait"`       // median working days of the last year
	List      int        `json:"list"`       // people on it
	Roles     []Part     `json:"roles"`
	Priority  []Part     `json:"priority"`
	Held      []Part     `json:"held"`    // open cases by the role that saw them last; nil in a fit from before this was counted
	Lengths   []Length   `json:"lengths"` // minutes of a contact by role, of the last year
	Weeks     []Week     `json:"weeks"`   // as they were: the last three years
}

// Level is how the demand of a week differs from its expectation beyond chance: by how much, and how much of that the next
// week keeps.
type Level struct {
	SD     float64 `json:"sd"`
	Memory float64 `json:"memory"`
	Weeks  int     `json:"weeks"`

	SDRange     Range `json:"sd_range,omitzero"`
	MemoryRange Range `json:"memory_range,omitzero"`
}

// Given is how many appointments the service gives in a week of five working days.
type Given struct {
	Mean  float64 `json:"mean"`
	SE    float64 `json:"se"`
	SD    float64 `json:"sd"`    // of a week, about what its list lets expect
	React float64 `json:"react"` // more for each person on the list above List
	List  float64 `json:"list"`  // the mean list of these weeks
	Least float64 `json:"least"` // 5th and 95th percentile of the weeks
	Most  float64 `json:"most"`
	Weeks int     `json:"weeks"`

	ReactSE    float64 `json:"react_se,omitempty"`
	Explains   float64 `json:"explains,omitempty"` // share of how the weeks differ that the list before them explains
	LeastRange Range   `json:"least_range,omitzero"`
	MostRange  Range   `json:"most_range,omitzero"`
}

// Share is a part of N.
type Share struct {
	Value float64 `json:"value"`
	SE    float64 `json:"se"`
	N     int     `json:"n"`
}

// Mean is a mean over N. SE is 0 in a fit from before it was worked out.
type Mean struct {
	Value float64 `json:"value"`
	N     int     `json:"n"`
	SE    float64 `json:"se,omitempty"`
}

// Part is a share with a name. Wait is the mean of the working days that those waited whose first appointment was with that role, of
// a role that was so for leastFirst people; else 0.
type Part struct {
	Name   string  `json:"name"`
	Share  float64 `json:"share"`
	N      int     `json:"n"`
	SE     float64 `json:"se,omitempty"`
	Wait   float64 `json:"wait,omitempty"`
	First  int     `json:"first,omitempty"` // of how many Wait is
	WaitSE float64 `json:"wait_se,omitempty"`
}

// leastFirst is of how many people a mean wait is told: the usual 30.
const leastFirst = 30

// Length is how many minutes the contacts of a role took, and of how many of them anybody said.
type Length struct {
	Role string  `json:"role"`
	Mean float64 `json:"mean"`
	SE   float64 `json:"se"`
	SD   float64 `json:"sd"`
	N    int     `json:"n"`
}

// ErrShort says that there is too little to fit anything.
var ErrShort = errors.New("fewer than eight weeks of referrals")

const (
	yearDays = 52 * 7
	// longestMemory keeps the wandering level a level: at 1 it would walk away.
	longestMemory = 0.9
)

// Fit fits what was known at the end of a day; it looks no further than the last whole week.
func (h *History) Fit(asAt civil.Date, calendar *workday.Calendar) (Fits, error) {
	last := asAt.DayNumber() - int(asAt.Weekday()) // Sunday
	begin, ok := h.first(last)
	if !ok || last-begin+1 < leastDays {
		return Fits{}, ErrShort
	}
	f := Fits{AsAt: civilOf(last)}
	from := max(begin, last-windowDays+1)
	closed := func(d civil.Date) bool { return calendar.Holiday(d) != "" }
	for _, kind := range slices.Sorted(maps.Keys(h.Referrals)) {
		counts := make([]int, last-from+1)
		for i := range counts {
			counts[i] = h.Referrals[kind][from+i]
		}
		if r := fitRate(kind, civilOf(from), counts, closed); r.N > 0 {
			r.Weeks = dispersion(r, counts, closed)
			f.Rates = append(f.Rates, r)
		}
	}
	f.weeks(h, begin, last, calendar)
	f.level(closed)
	year := max(begin, last-yearDays+1)
	f.Given = given(f.Weeks)
	missed, attended := h.Missed.between(year, last), h.Attended.between(year, last)
	f.DNA = share(missed, missed+attended)
	f.Rebook = again(h.CameBack.between(year, last), h.Lost.between(year, last), missed)
	seen, dropped := h.Seen.between(year, last), h.Dropped.between(year, last)
	gone := h.GaveUp.between(year, last) - dropped // who leaves after missing an appointment is not asked again: once is enough
	f.Unseen = share(gone, seen+dropped+gone)
	f.UnseenFor = meanOf(h.GaveUpDays.between, func(a, b int) int { return h.GaveUp.between(a, b) - h.Dropped.between(a, b) }, year, last)
	f.FollowUps = meanOf(h.Follow.between, h.Seen.between, year, last)
	f.Gap = meanOf(h.FollowDays.between, h.Follow.between, year, last)
	f.Roles, f.Priority = parts(h.Roles, year, last), parts(h.Priority, year, last)
	doubt(f.Roles, h.Roles, year, last)
	doubt(f.Priority, h.Priority, year, last)
	first(f.Roles, h, year, last)
	f.Held = append([]Part{}, parts(h.Held, slices.Min(append(days(h.Held), last)), last)...)
	f.waits(h, year, last)
	f.Lengths = lengths(h.Lengths, year, last)
	return f, nil
}

// weeks lays out the weeks from the first Monday of a full history on, at most three years of them.
func (f *Fits) weeks(h *History, begin, last int, calendar *workday.Calendar) {
	list := 0
	for _, s := range h.Referrals { // whoever came before is on it too
		for d, n := range s {
			if d < begin {
				list += n
			}
		}
	}
	for _, left := range []Series{h.Seen, h.GaveUp} {
		for d, n := range left {
			if d < begin {
				list -= n
			}
		}
	}
	for monday := begin; monday < last; monday += 7 {
		w := Week{Start: civilOf(monday)}
		for d := monday; d < monday+7; d++ {
			if calendar.IsWorking(civilOf(d)) {
				w.Days++
			}
			for _, s := range h.Referrals {
				w.Referrals += s[d]
			}
			w.Seen += h.Seen[d]
			w.Given += h.Attended[d] + h.Missed[d]
			list -= h.Seen[d] + h.GaveUp[d]
		}
		list += w.Referrals
		w.List = max(list, 0)
		if last-monday < windowDays {
			f.Weeks = append(f.Weeks, w)
		}
	}
	f.List = max(list, 0)
}

// expected is the mean of all types on the days of a week.
func (f Fits) expected(w Week, closed func(civil.Date) bool) (sum float64) {
	for i := range 7 {
		d := w.Start.AddDays(i)
		for _, r := range f.Rates {
			sum += r.Mean(d, closed(d))
		}
	}
	return sum
}

// level finds what of the weeks' deviation is more than chance, and widens the errors of the rates by it.
func (f *Fits) level(closed func(civil.Date) bool) {
	var off []float64
	chance := 0.0
	for _, w := range f.Weeks {
		if mu := f.expected(w, closed); mu > 0 {
			off = append(off, float64(w.Referrals)/mu-1)
			chance += 1 / mu
		}
	}
	f.Level.Weeks = len(off)
	if len(off) < leastDays/7 {
		return
	}
	n := float64(len(off))
	chance /= n
	var square, lag float64
	for i, x := range off {
		square += x * x
		if i > 0 {
			lag += x * off[i-1]
		}
	}
	extra := square/n - chance
	if extra <= 0 {
		f.Level.SDRange.High = math.Sqrt(max(extra+told*chance*math.Sqrt(2/n), 0))
		return
	}
	memory := min(max(lag/(n-1)/extra, 0), longestMemory)
	f.Level.SD, f.Level.Memory = math.Sqrt(extra), memory
	f.Level.doubt(chance, extra, f.fitted())
	widen := math.Sqrt((chance + extra*(1+memory)/(1-memory)) / chance)
	for i := range f.Rates {
		f.Rates[i].widen(widen)
	}
}

// dispersion is of the whole weeks of a rate.
func dispersion(r Rate, counts []int, closed func(civil.Date) bool) Dispersion {
	var sum float64
	weeks := 0
	for end := len(counts); end >= 7; end -= 7 {
		mean, n := 0.0, 0
		for i := end - 7; i < end; i++ {
			d := r.From.AddDays(i)
			mean += r.Mean(d, closed(d))
			n += counts[i]
		}
		if mean > 0 {
			sum += (float64(n) - mean) * (float64(n) - mean) / mean
			weeks++
		}
	}
	if weeks == 0 {
		return Dispersion{}
	}
	return Dispersion{sum / float64(weeks), weeks}
}

// given regresses the appointments of a week on the list before it, over the last year.
func given(weeks []Week) (g Given) {
	const year, fewestDays = 52, 3 // a week of two days says little about one of five
	var x, y []float64
	for i := max(1, len(weeks)-year); i < len(weeks); i++ {
		if w := weeks[i]; w.Days >= fewestDays {
			x, y = append(x, float64(weeks[i-1].List)), append(y, float64(w.Given)*5/float64(w.Days))
		}
	}
	n := float64(len(y))
	g.Weeks = len(y)
	if len(y) == 0 {
		return g
	}
	for i := range y {
		g.List += x[i] / n
		g.Mean += y[i] / n
	}
	var xx, xy float64
	for i := range y {
		xx += (x[i] - g.List) * (x[i] - g.List)
		xy += (x[i] - g.List) * (y[i] - g.Mean)
	}
	// A service cannot see more people for a longer list than there are on it, and none sees fewer.
	if xx > 0 {
		g.React = min(max(xy/xx, 0), 1)
	}
	var all float64
	for i := range y {
		e := y[i] - g.Mean - g.React*(x[i]-g.List)
		g.SD += e * e / n
		all += (y[i] - g.Mean) * (y[i] - g.Mean) / n
	}
	if len(y) >= fewestWeeks && xx > 0 && all > 0 {
		g.ReactSE, g.Explains = math.Sqrt(g.SD*n/(n-2)/xx), max(1-g.SD/all, 0)
	}
	g.SD = math.Sqrt(g.SD)
	g.SE = g.SD / math.Sqrt(n)
	slices.Sort(y)
	at := func(p float64) float64 { return y[int(math.Round(p*(n-1)))] }
	const least, most = 0.05, 0.95
	g.Least, g.Most = at(least), at(most)
	if len(y) >= fewestWeeks {
		g.LeastRange, g.MostRange = bounds(least, len(y), at), bounds(most, len(y), at)
	}
	return g
}

// again is the share of missed appointments after which the person was given another. What will become of the last ones is not known
// yet: they are left out, unless nothing is known of any.
func again(back, lost, missed int) Share {
	if back+lost == 0 {
		return share(0, missed)
	}
	return share(back, back+lost)
}

func share(part, all int) Share {
	if all == 0 {
		return Share{}
	}
	n := float64(all)
	p := float64(part) / n
	return Share{p, math.Sqrt(p * (1 - p) / n), all}
}

func mean(sum, n int) Mean {
	if n == 0 {
		return Mean{}
	}
	return Mean{Value: float64(sum) / float64(n), N: n}
}

// parts are the shares of named series, the largest first.
func parts(m map[string]Series, from, to int) (out []Part) {
	total := 0
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if n := m[name].between(from, to); n > 0 {
			out = append(out, Part{Name: name, N: n})
			total += n
		}
	}
	for i := range out {
		out[i].Share = float64(out[i].N) / float64(total)
	}
	slices.SortStableFunc(out, func(a, b Part) int { return b.N - a.N })
	return out
}

// days lists those of several series.
func days(m map[string]Series) (out []int) {
	for _, s := range m {
		out = slices.AppendSeq(out, maps.Keys(s))
	}
	return out
}

// lengths are the means of the minutes by role.
func lengths(m map[string]Lengths, from, to int) (out []Length) {
	for _, role := range slices.Sorted(maps.Keys(m)) {
		var sum, square float64
		n := 0
		for d := from; d <= to; d++ {
			for minutes, k := range m[role][d] {
				x := float64(minutes)
				n, sum, square = n+k, sum+x*float64(k), square+x*x*float64(k)
			}
		}
		if n < 2 {
			continue
		}
		mean := sum / float64(n)
		sd := math.Sqrt(max(square-sum*mean, 0) / float64(n-1))
		out = append(out, Length{Role: role, Mean: mean, SE: sd / math.Sqrt(float64(n)), SD: sd, N: n})
	}
	return out
}

// waits are quantiles of the last year's.
func (f *Fits) waits(h *History, from, to int) {
	all := Series{}
	n := 0
	for d := from; d <= to; d++ {
		for days, k := range h.Waits[d] {
			all[days] += k
			n += k
		}
	}
	at := func(p float64) float64 {
		left := int(math.Ceil(p * float64(n)))
		for _, days := range slices.Sorted(maps.Keys(all)) {
			if left -= all[days]; left <= 0 {
				return float64(days)
			}
		}
		return 0
	}
	quantile := func(p float64) Mean {
		m := Mean{Value: at(p), N: n}
		if n >= leastN {
			r := bounds(p, n, within(all, n))
			m.SE = (r.High - r.Low) / 2 / told
		}
		return m
	}
	f.Lead, f.Wait = quantile(0.1), quantile(0.5)
}
