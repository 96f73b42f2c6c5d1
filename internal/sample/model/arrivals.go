package model

import (
	"math"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// weekday and month are how much of the average arrives: Mondays and the end of the winter are busy, Fridays,
// August and December are not.
var (
	weekdayShare = [7]float64{0, 1.22, 1.08, 1.0, 0.95, 0.75, 0}
	monthShare   = [13]float64{0, 1.06, 1.04, 1.03, 0.98, 1.0, 0.99, 0.97, 0.94, 1.01, 1.04, 1.03, 0.93}
)

const (
	// The level wanders: a week keeps this much of the last week's deviation (of the logarithm).
	levelMemory = 0.5
	levelShock  = 0.03
	// workdaysAYear turns a yearly rate into one for a working day.
	workdaysAYear = 252.5
)

var sources = []weighted[string]{{Management, 0.76}, {HR, 0.09}, {Self, 0.15}}

// reasons by source; a self-referral uses the codes that packs/referral-reasons.yaml lets a person choose.
var (
	reasons = []weighted[string]{{"LTS", 24}, {"STS", 10}, {"RTW", 8}, {"FFW", 7}, {"WRH", 4}, {"STR", 17}, {"MSK", 12}, {"INC", 3},
		{"ADJ", 7}, {"PREG", 2}, {"PERF", 2}, {"SUB", 0.6}, {"CHG", 1}, {"IHR", 1}, {"FIT", 0.8}, {"SAF", 0.6}, {"INF", 1}}
	ownReasons = []weighted[string]{{"STR", 38}, {"MSK", 26}, {"FFW", 10}, {"WRH", 8}, {"ADJ", 9}, {"INC", 4}, {"PREG", 3}, {"OTH", 2}}
	fitness    = []weighted[string]{{"FIT", 21}, {"FIT_ADJ_TEMP", 39}, {"FIT_ADJ_PERM", 12}, {"UNFIT_TEMP", 22}, {"UNFIT_PERM_ROLE", 3}, {"FIT_PENDING", 3}}
)

// arrive draws how many come on each day of the run.
func (q *queue) arrive() {
	c := newChance(q.plan.Seed, ofArrivals)
	level, week := 0.0, -1
	for n, day := range q.days.dates {
		if n == q.days.duty {
			continue
		}
		if w := day.DayNumber() / 7; w != week {
			week, level = w, levelMemory*level+levelShock*c.NormFloat64()
		}
		mean := q.plan.PerYear / workdaysAYear * weekdayShare[day.Weekday()] * monthShare[day.Month] * math.Exp(level)
		for range c.poisson(mean) {
			q.arrivals[n] = append(q.arrivals[n], day)
		}
	}
}

func (q *queue) newCase(day civil.Date) {
	c := &Case{N: len(q.cases), luck: newChance(q.plan.Seed, ofCases+len(q.cases))}
	c.Source = of(c.luck, sources)
	c.Reason = of(c.luck, reasons)
	if c.Source == Self {
		c.Reason = of(c.luck, ownReasons)
	}
	c.Priority, c.Pathway = c.priority(), c.pathway()
	c.Fitness = of(c.luck, fitness)
	c.Complete = 20 * (1 + c.luck.IntN(5))
	at := onDay(day, c.luck.office())
	if c.Source == Self && c.luck.yes(0.4) { // in the evening, at home
		at = onDay(day, 18*time.Hour+time.Duration(c.luck.IntN(4*3600))*time.Second)
	}
	c.happened(Submitted, at)
	q.cases = append(q.cases, c)
	q.intake(c)
}

func (c *Case) priority() string {
	switch c.Reason {
	case "PREG", "SAF", "FIT":
		return "P1"
	case "IHR", "CHG", "REV":
		return "P3"
	}
	return of(c.luck, []weighted[string]{{"P0", 0.5}, {"P1", 7.5}, {"P2", 78}, {"P3", 14}})
}

func (c *Case) pathway() string {
	switch c.Reason {
	case "IHR", "SAF", "INF", "SUB":
		return Physician
	case "MSK":
		return of(c.luck, []weighted[string]{{Physio, 55}, {Nurse, 37}, {Physician, 8}})
	case "STR", "INC":
		return of(c.luck, []weighted[string]{{Counsellor, 14}, {Nurse, 74}, {Physician, 12}})
	}
	return of(c.luck, []weighted[string]{{Nurse, 82}, {Physician, 18}})
}
