// Package phased works out a phased return: so many hours a week from the first week to the contract, laid over days.
//
// A week of a plan is seven days from its first day on, so it may begin in the middle of a calendar week. What is worked in a week is
// spread evenly over the days that somebody works, in quarters of an hour, and what is left over goes to the first of them. A bank
// holiday is not worked and its hours are not moved to another day: the contract gives that day as it gives it to everybody.
//
//   - No week has more than the contract, and the last one has the contract: [Plan.Check].
//   - No week has less than the one before it, unless the plan says that this is meant.
//   - The hours of all days, holidays included, are the hours of all weeks.
//
// Hours are whole minutes, so that sums are exact. Nothing here knows why somebody returns.
package phased

import (
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

const (
	// Quarter is the step of hours, in minutes: rotas are made in quarters.
	Quarter = 15
	// MostWeeks bounds a plan: what takes longer than half a year is a change of contract and no phased return.
	MostWeeks = 26
	// dayLength is the most that one day can have, in minutes: the long shift of a hospital and its breaks.
	dayLength = 13 * 60
)

// Plan is one phased return.
type Plan struct {
	Start    civil.Date
	Contract int            // minutes a week
	Weeks    []int          // minutes of each week, from the first
	Days     []time.Weekday // on which they work
	Dips     bool           // a week may have less than the one before it
}

// Even rises from the first week to the contract in equal steps, each a quarter of an hour or a multiple of one.
func Even(first, contract, weeks int) []int {
	if weeks < 2 {
		return []int{contract}
	}
	out := make([]int, weeks)
	for i := range out {
		out[i] = quarters(first*(weeks-1-i)+contract*i, weeks-1)
	}
	out[0], out[weeks-1] = first, contract
	return out
}

// Shares gives percentages of the contract, week by week; the last is the contract itself.
func Shares(contract int, percent []int) []int {
	out := make([]int, len(percent))
	for i, p := range percent {
		out[i] = quarters(contract*p, 100)
	}
	if len(out) > 0 {
		out[len(out)-1] = contract
	}
	return out
}

// quarters rounds a part of minutes down to a quarter of an hour.
func quarters(minutes, parts int) int { return minutes / parts / Quarter * Quarter }

// A Problem is what is wrong with a plan.
type Problem string

// The problems, in the order in which a page tells them.
const (
	NoStart    Problem = "no_start"
	NoContract Problem = "no_contract"
	NoDays     Problem = "no_days"
	NoWeeks    Problem = "no_weeks"
	TooLong    Problem = "too_long"   // more than MostWeeks
	NoHours    Problem = "no_hours"   // a week of nothing, or less
	TooMuch    Problem = "too_much"   // a week with more than the contract
	Falls      Problem = "falls"      // a week with less than the one before it, and nobody said that it may
	NotWhole   Problem = "not_whole"  // the last week has less than the contract
	LongDays   Problem = "long_days"  // the days of a week would be longer than a day can be
	NotQuarter Problem = "no_quarter" // a week is no whole number of quarters
)

// Check says what is wrong with a plan; nothing where it can be worked. week is the first that is wrong, from 1; 0 where it is the whole.
func (p Plan) Check() (problem Problem, week int) {
	switch {
	case !p.Start.Valid():
		return NoStart, 0
	case p.Contract <= 0:
		return NoContract, 0
	case len(p.Days) == 0:
		return NoDays, 0
	case len(p.Weeks) == 0:
		return NoWeeks, 0
	case len(p.Weeks) > MostWeeks:
		return TooLong, 0
	}
	for i, m := range p.Weeks {
		switch {
		case m <= 0:
			return NoHours, i + 1
		case m > p.Contract:
			return TooMuch, i + 1
		case m%Quarter != 0 && m != p.Contract:
			return NotQuarter, i + 1
		case i > 0 && m < p.Weeks[i-1] && !p.Dips:
			return Falls, i + 1
		case m > dayLength*len(p.weekdays()):
			return LongDays, i + 1
		}
	}
	if n := len(p.Weeks); p.Weeks[n-1] != p.Contract {
		return NotWhole, n
	}
	return "", 0
}

// weekdays are the days of the plan in the order in which they come in its weeks, each once.
func (p Plan) weekdays() (out []time.Weekday) {
	for i := range 7 {
		if d := p.Start.AddDays(i).Weekday(); slices.Contains(p.Days, d) {
			out = append(out, d)
		}
	}
	return out
}

// Day is one day of a plan on which there are hours.
type Day struct {
	Date    civil.Date
	Week    int // from 1
	Minutes int
	Holiday string // the name of a bank holiday, whose hours are not worked; "" on other days
}

// Calendar lists the days of a plan. known is false where the bank holidays of some of them are not known.
func (p Plan) Calendar(c *workday.Calendar) (days []Day, known bool) {
	known = true
	first, last := c.Known()
	on := p.weekdays()
	for w, minutes := range p.Weeks {
		n := 0
		for i := range 7 {
			d := p.Start.AddDays(7*w + i)
			if !slices.Contains(on, d.Weekday()) {
				continue
			}
			days = append(days, Day{Date: d, Week: w + 1, Minutes: share(minutes, len(on), n), Holiday: c.Holiday(d)})
			known = known && !d.Before(first) && !d.After(last)
			n++
		}
	}
	return days, known
}

// share is what the n-th of so many days has of a week, from 0: quarters of an hour, the first days one more. Odd minutes, which only a
// contract has, go to the first day.
func share(minutes, days, n int) int {
	whole := minutes / Quarter
	m := whole / days * Quarter
	if n < whole%days {
		m += Quarter
	}
	if n == 0 {
		m += minutes % Quarter
	}
	return m
}

// Total is the sum of the weeks, in minutes.
func (p Plan) Total() (sum int) {
	for _, m := range p.Weeks {
		sum += m
	}
	return sum
}

// Full is the first day of the first week from which on there are no hours but those of the contract.
func (p Plan) Full() civil.Date {
	n := len(p.Weeks)
	for n > 0 && p.Weeks[n-1] == p.Contract {
		n--
	}
	return p.Start.AddDays(7 * n)
}

// End is the first day after the plan.
func (p Plan) End() civil.Date { return p.Start.AddDays(7 * len(p.Weeks)) }

// Week is the week of the plan that a day is in, from 1; 0 before it and after it.
func (p Plan) Week(d civil.Date) int {
	n := d.DaysSince(p.Start)
	if n < 0 || n >= 7*len(p.Weeks) {
		return 0
	}
	return n/7 + 1
}
