package workday

import (
	"slices"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// Usual is how many bank holidays the quarter of a month has in the middle one of the known years: what a plan takes where nothing is
// proclaimed yet. Easter moves between two quarters and one-off days come and go, so that a mean would be of no year.
func (c *Calendar) Usual(of time.Month) int {
	var counts []int
	for y := c.from.Year; y <= c.to.Year; y++ {
		n := 0
		for d := range c.titles {
			if d.Year == y && (d.Month-1)/3 == (of-1)/3 {
				n++
			}
		}
		counts = append(counts, n)
	}
	slices.Sort(counts)
	return counts[len(counts)/2]
}

// Year is how many working days a calendar year has; known is false where its bank holidays are not, and the usual ones are taken off.
func (c *Calendar) Year(y int) (days int, known bool) {
	first, last := civil.Date{Year: y, Month: time.January, Day: 1}, civil.Date{Year: y, Month: time.December, Day: 31}
	days = c.upTo(last) - c.upTo(first.AddDays(-1))
	if known = c.covers(first) && c.covers(last); known {
		return days, true
	}
	for m := time.January; m <= time.December; m += 3 {
		days -= c.Usual(m)
	}
	return days, false
}

// Weeks are the weeks of five working days of a calendar year.
func (c *Calendar) Weeks(y int) float64 {
	days, _ := c.Year(y)
	return float64(days) / 5
}
