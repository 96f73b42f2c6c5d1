package demand

import (
	"math"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Closed is the eighth day of the week: one on which the service is shut though it is no weekend.
const Closed = 7

// The least that each part of a fit takes.
const (
	windowDays = 3*365 + 1
	leastDays  = 8 * 7
	leastN     = 30
	trendDays  = 52 * 7
	monthDays  = 2 * 365
	daysOfYear = 365.25
	// told is how many standard errors a growth is from none before it is carried on over years: 19 times in 20 chance alone
	// keeps inside of them.
	told = 1.96
)

// Rate is how many referrals of a type come, as fitted.
type Rate struct {
	Type    string      `json:"type"`
	From    civil.Date  `json:"from"`
	To      civil.Date  `json:"to"`
	N       int         `json:"n"`
	Weekly  float64     `json:"weekly"` // expected a week on the last day, whatever the month
	Day     [8]float64  `json:"day"`    // expected on a day, from Sunday, in a month of factor 1; Closed last
	Month   [12]float64 `json:"month"`
	Trend   float64     `json:"trend"` // growth a year of the logarithm; 0 where it cannot be told from none
	LevelSE float64     `json:"level_se"`
	TrendSE float64     `json:"trend_se"`
	Corr    float64     `json:"corr"` // of the errors of level and trend
	Weeks   Dispersion  `json:"weeks"`
	Trended bool        `json:"trended"`
	Monthly bool        `json:"monthly"`
}

// Dispersion is how much more weeks vary than chance alone explains: 1 is chance.
type Dispersion struct {
	Value float64 `json:"value"`
	Weeks int     `json:"weeks"`
}

// Quality is one word for a fit.
type Quality string

// The words. Under 1.5 the plain model is as good as any; over 3 something is going on that it does not know.
const (
	Good Quality = "good"
	Fair Quality = "fair"
	Poor Quality = "poor"
	Thin Quality = "thin" // too few to say
)

// Quality judges by the dispersion.
func (d Dispersion) Quality() Quality {
	switch {
	case d.Weeks < 8:
		return Thin
	case d.Value <= 1.5:
		return Good
	case d.Value <= 3:
		return Fair
	}
	return Poor
}

// Mean is the expected number on a day.
func (r Rate) Mean(d civil.Date, closed bool) float64 {
	day := int(d.Weekday())
	if closed {
		day = Closed
	}
	years := float64(d.DaysSince(r.To)) / daysOfYear
	return r.Day[day] * r.Month[d.Month-1] * math.Exp(r.Trend*years)
}

// fitRate fits the days from a day on. closed says which days the service is shut on, weekends apart.
func fitRate(kind string, from civil.Date, counts []int, closed func(civil.Date) bool) Rate {
	n := 0
	for _, c := range counts {
		n += c
	}
	last := len(counts) - 1
	r := Rate{Type: kind, From: from, To: from.AddDays(last), N: n}
	for m := range r.Month {
		r.Month[m] = 1
	}
	if n == 0 {
		return r
	}
	var days, seen [8]int
	which := make([]int, len(counts))
	for i, c := range counts {
		d := from.AddDays(i)
		which[i] = int(d.Weekday())
		if closed(d) {
			which[i] = Closed
		}
		days[which[i]]++
		seen[which[i]] += c
	}
	r.Trended, r.Monthly = n >= leastN && len(counts) >= trendDays, n >= leastN && len(counts) >= monthDays
	fitted := n >= leastN && len(counts) >= leastDays && r.regress(from, counts, which, seen, r.Trended)
	if fitted && r.Trended && math.Abs(r.Trend) < told*r.TrendSE {
		// Not told from no growth: none is taken, and the doubt about level and growth stays as wide as it was.
		doubt := r
		if fitted = r.regress(from, counts, which, seen, false); fitted {
			r.Trend, r.LevelSE, r.TrendSE, r.Corr = 0, doubt.LevelSE, doubt.TrendSE, doubt.Corr
		}
	}
	if !fitted {
		// Too little for a model: each day of the week as often as it came.
		r.Trended, r.Monthly, r.Trend, r.TrendSE, r.Corr = false, false, 0, 0, 0
		for k := range r.Day {
			if days[k] > 0 {
				r.Day[k] = float64(seen[k]) / float64(days[k])
			}
		}
		r.LevelSE = 1 / math.Sqrt(float64(n))
	}
	r.Weekly = r.week()
	return r
}

// week is a mean week on the last day.
func (r Rate) week() (sum float64) {
	for _, x := range r.Day[:Closed] {
		sum += x
	}
	return sum
}

// regress fills in the model; false if its columns cannot be told apart.
func (r *Rate) regress(from civil.Date, counts, which []int, seen [8]int, trended bool) bool {
	// Columns: level, trend, then the days of the week and the months but for the first that occurs.
	columns := 1
	trend := -1
	if trended {
		trend, columns = columns, columns+1
	}
	var day [8]int
	first := true
	for k, c := range seen {
		switch {
		case c == 0:
			day[k] = -1 // never any: left out, and expected never
		case first:
			first = false
		default:
			day[k], columns = columns, columns+1
		}
	}
	month := 0
	if r.Monthly {
		month, columns = columns, columns+11
	}
	var rows [][]float64
	var y []float64
	for i, c := range counts {
		if day[which[i]] < 0 {
			continue
		}
		x := make([]float64, columns)
		x[0] = 1
		if trend > 0 {
			x[trend] = float64(i-len(counts)+1) / daysOfYear
		}
		if k := day[which[i]]; k > 0 {
			x[k] = 1
		}
		if m := from.AddDays(i).Month; month > 0 && m > 1 {
			x[month+int(m)-2] = 1
		}
		rows, y = append(rows, x), append(y, float64(c))
	}
	fit, err := fitPoisson(rows, y)
	if err != nil {
		return false
	}
	for m := range r.Month {
		r.Month[m] = 1
	}
	// Months as factors whose mean over a year is 1: what is left over belongs to the level.
	scale := 0.0
	for m := range r.Month {
		if month > 0 && m > 0 {
			r.Month[m] = math.Exp(fit.coef[month+m-1])
		}
		scale += r.Month[m] / 12
	}
	contrast := make([]float64, columns) // of the logarithm of the weekly level
	contrast[0] = 1
	for m := range r.Month {
		r.Month[m] /= scale
		if month > 0 && m > 0 {
			contrast[month+m-1] = r.Month[m] / 12
		}
	}
	weight := 0.0
	for k, c := range day {
		if c < 0 {
			continue
		}
		r.Day[k] = math.Exp(fit.coef[0]) * scale
		if c > 0 {
			r.Day[k] *= math.Exp(fit.coef[c])
		}
		if k != Closed {
			weight += r.Day[k]
		}
	}
	for k, c := range day {
		if c > 0 && k != Closed {
			contrast[c] = r.Day[k] / weight
		}
	}
	r.LevelSE = math.Sqrt(quadratic(contrast, fit.cov, contrast))
	if trend > 0 {
		unit := make([]float64, columns)
		unit[trend] = 1
		r.Trend, r.TrendSE = fit.coef[trend], math.Sqrt(fit.cov[trend][trend])
		r.Corr = quadratic(contrast, fit.cov, unit) / (r.LevelSE * r.TrendSE)
	}
	return true
}

func quadratic(a []float64, m [][]float64, b []float64) (sum float64) {
	for i, x := range a {
		if x != 0 {
			sum += x * dot(m[i], b)
		}
	}
	return sum
}

// widen makes the standard errors those of weeks that vary by more than chance.
func (r *Rate) widen(factor float64) {
	r.LevelSE *= factor
	r.TrendSE *= factor
}
