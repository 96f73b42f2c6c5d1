package workday

import (
	"testing"
	"time"
)

// TestUsual: four bank holidays in spring, one in summer, two at Christmas, one at New Year; two of 2027's stand in March, and two of 2022
// were of one year only.
func TestUsual(t *testing.T) {
	c := England()
	for m, want := range map[time.Month]int{time.April: 4, time.June: 4, time.July: 1, time.October: 2, time.January: 1, time.March: 1} {
		if got := c.Usual(m); got != want {
			t.Errorf("the quarter of %s has %d bank holidays, want %d", m, got, want)
		}
	}
	for y, want := range map[int]int{2022: 250, 2026: 253, 2027: 253, 2028: 252} { // from the calendar; 2022 had two more
		if got, known := c.Year(y); got != want || !known {
			t.Errorf("%d has %d working days, want %d (known %t)", y, got, want, known)
		}
	}
	from, to := c.Known()
	for y, want := range map[int]int{from.Year - 1: 253, to.Year + 1: 253, to.Year + 4: 253} { // 2021, 2029, 2032: 261, 261 and 262 weekdays
		if got, known := c.Year(y); known || got < want || got > want+1 {
			t.Errorf("%d has %d working days, want %d or one more (known %t)", y, got, want, known)
		}
	}
	if got := c.Weeks(2026); got != 50.6 {
		t.Errorf("%v weeks", got)
	}
}
