package workday

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Between counts the working days after from, up to and including to. If to is
// before from the count is negative: Between(a, b) = -Between(b, a). known is
// false where the bank holidays of some of these days are not known.
func (c *Calendar) Between(from, to civil.Date) (days int, known bool) {
	return c.upTo(to) - c.upTo(from), c.covers(from) && c.covers(to)
}

// upTo counts working days since a fixed Monday, up to and including d. Weekdays
// come in whole weeks; the holidays, all on weekdays, are then taken off.
func (c *Calendar) upTo(d civil.Date) int {
	const monday = -3 // the day number of 29 December 1969
	n := d.DayNumber()
	weeks, day := (n-monday)/7, (n-monday)%7
	if day < 0 {
		weeks, day = weeks-1, day+7
	}
	past, found := slices.BinarySearch(c.holidays, n)
	if found {
		past++
	}
	return weeks*5 + min(day+1, 5) - past
}

// Add returns the n-th working day after d or, for a negative n, before it.
// Add(d, 0) is d itself, working day or not: the day of the event is day 0.
// The steps are walked, since clocks in occupational health count in tens.
func (c *Calendar) Add(d civil.Date, n int) (day civil.Date, known bool) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for day = d; n > 0; {
		day = day.AddDays(step)
		if c.IsWorking(day) {
			n--
		}
	}
	return day, c.covers(d) && c.covers(day)
}

func (c *Calendar) covers(d civil.Date) bool { return !d.Before(c.from) && !d.After(c.to) }
