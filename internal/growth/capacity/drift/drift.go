// Package drift says what was different in the year of a back-test from the year before, which is all that the model was told: each
// measure as it was known, where chance alone would have it in 98 of 100 years, and what it was. What lies outside has changed, and is
// named as what a failed test may come from; how many people a week it put on the list or took off says how much of it.
//
// Appointments given are compared at the same length of list. A team with fewer people waiting gives fewer appointments: only what
// differs from how it answered a list before is a change of how it works.
package drift

import (
	"cmp"
	"math"
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/demand"
)

// Measure is what may have changed.
type Measure string

// The measures: what is asked of the service, and how it works.
const (
	Referrals Measure = "referrals" // a week
	Unseen    Measure = "unseen"    // share of referrals that leave without having missed anything
	Given     Measure = "given"     // appointments a week, for the list that there was
	Missed    Measure = "missed"    // share of appointments
	Again     Measure = "again"     // share of those missed that are given another
	FollowUps Measure = "follow_ups"
)

// Drift is one of them.
type Drift struct {
	Measure Measure `json:"measure"`
	Before  float64 `json:"before"` // as known before the year: what it let expect
	Low     float64 `json:"low"`    // 98 in 100 years that are no different lie between
	High    float64 `json:"high"`
	Year    float64 `json:"year"`   // as it was
	People  float64 `json:"people"` // a week that the difference put on the list; negative: took off
}

// Beyond says that chance does not explain it.
func (d Drift) Beyond() bool { return d.Year < d.Low || d.Year > d.High }

// Share says that it is a share, and no number a week or a person.
func (d Drift) Share() bool { return d.Measure == Unseen || d.Measure == Missed || d.Measure == Again }

// Demand says that it is asked of the service; else it is how the service works.
func (d Drift) Demand() bool { return d.Measure == Referrals || d.Measure == Unseen }

// Beyond are those that chance does not explain, those that moved the list most first.
func Beyond(all []Drift) (out []Drift) {
	for _, d := range all {
		if d.Beyond() {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Drift) int { return cmp.Compare(math.Abs(b.People), math.Abs(a.People)) })
	return out
}

// ninetyEight is how many standard errors 98 in 100 lie within.
const ninetyEight = 2.326

// fullWeek is how many working days make a week whose appointments are compared, as the fit has it.
const fullWeek, leastDays = 5.0, 3

// Year is what is compared: the weeks and the fits of the year before, and of the year.
type Year struct {
	Then, Now       demand.Fits   // as known before the year, and after it
	Before, Weeks   []demand.Week // of the year before and of the year
	Came, Low, High float64       // referrals of the year as expected, and where 98 in 100 years have them
}

// Of compares two years.
func Of(y Year) []Drift {
	weeks := float64(len(y.Weeks))
	if weeks == 0 {
		return nil
	}
	came, given := 0.0, 0.0
	for _, w := range y.Weeks {
		came += float64(w.Referrals) / weeks
		given += float64(w.Given) / weeks
	}
	then, now := y.Then, y.Now
	first := func(fu float64) float64 { return 1 / (1 + fu) } // of the appointments attended, those that take somebody off the list
	off := (1 - then.DNA.Value) * first(then.FollowUps.Value)
	out := []Drift{
		{Measure: Referrals, Before: y.Came / weeks, Low: y.Low / weeks, High: y.High / weeks, Year: came, People: (came - y.Came/weeks) * (1 - then.Unseen.Value)},
		shares(Unseen, then.Unseen, now.Unseen, -came),
		y.given(off),
		shares(Missed, then.DNA, now.DNA, given*then.Rebook.Value*first(then.FollowUps.Value)),
		shares(Again, then.Rebook, now.Rebook, given*then.DNA.Value*first(then.FollowUps.Value)),
	}
	f := means(then.FollowUps, now.FollowUps)
	f.People = given * (1 - then.DNA.Value) * (first(then.FollowUps.Value) - first(now.FollowUps.Value))
	return append(out, f)
}

func shares(m Measure, then, now demand.Share, people float64) Drift {
	half := ninetyEight * math.Hypot(then.SE, now.SE)
	return Drift{Measure: m, Before: then.Value, Low: max(then.Value-half, 0), High: min(then.Value+half, 1), Year: now.Value, People: (now.Value - then.Value) * people}
}

// means compares follow-ups for each person, which are counts.
func means(then, now demand.Mean) Drift {
	square := 0.0
	for _, x := range []demand.Mean{then, now} {
		if x.N > 0 {
			square += x.Value / float64(x.N)
		}
	}
	half := ninetyEight * math.Sqrt(square)
	return Drift{Measure: FollowUps, Before: then.Value, Low: max(then.Value-half, 0), High: then.Value + half, Year: now.Value}
}

// given compares the appointments of the year with those that the team of the year before would have given for the same lists. The doubt
// is that of the line, further from its middle more, and of the weeks of the year, which keep something of each other.
func (y Year) given(off float64) Drift {
	g := y.Then.Given
	line := func(list float64) float64 {
		return min(max(g.Mean+g.React*(list-g.List), g.Least), g.Most)
	}
	var x, apart []float64
	d := Drift{Measure: Given}
	list := float64(y.Then.List)
	for _, w := range y.Weeks {
		if w.Days >= leastDays {
			n := float64(w.Given) * fullWeek / float64(w.Days)
			d.Before, d.Year = d.Before+line(list), d.Year+n
			x, apart = append(x, list), append(apart, n-line(list))
		}
		list = float64(w.List)
	}
	n := float64(len(x))
	if n == 0 {
		return d
	}
	d.Before, d.Year = d.Before/n, d.Year/n
	mean := 0.0
	for _, l := range x {
		mean += l / n
	}
	square := g.SE*g.SE + g.SD*g.SD/n*widened(apart)
	if s := spread(y.Before, g.List); s > 0 {
		square += g.SD * g.SD / s * (mean - g.List) * (mean - g.List)
	}
	half := ninetyEight * math.Sqrt(square)
	d.Low, d.High = max(d.Before-half, 0), d.Before+half
	d.People = (d.Before - d.Year) * off
	return d
}

// spread is the sum of squares of the lists before the weeks that a line was drawn through.
func spread(weeks []demand.Week, mean float64) (sum float64) {
	for i := 1; i < len(weeks); i++ {
		if weeks[i].Days >= leastDays {
			x := float64(weeks[i-1].List) - mean
			sum += x * x
		}
	}
	return sum
}

// widened is by how much the variance of a mean is larger than that of weeks that know nothing of each other.
func widened(x []float64) float64 {
	mean, square, lag := 0.0, 0.0, 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for i, v := range x {
		square += (v - mean) * (v - mean)
		if i > 0 {
			lag += (v - mean) * (x[i-1] - mean)
		}
	}
	if square == 0 {
		return 1
	}
	const most = 0.9
	r := min(max(lag/square, 0), most)
	return (1 + r) / (1 - r)
}
