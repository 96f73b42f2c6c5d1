package model

import (
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

var london = locale.London

func midnight(d civil.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, london)
}

// days are the working days of the run, by number; the queue counts in them.
type days struct {
	dates []civil.Date
	cal   *workday.Calendar
	// duty is the number of a day that is no working day and has a clinic all the same: today, when the
	// demonstration is opened at a weekend. Without it the clinicians' first page would be empty.
	duty int
}

func newDays(from, to, today civil.Date) *days {
	d := &days{cal: workday.England(), duty: -1}
	for day := from; !to.Before(day); day = day.AddDays(1) {
		switch {
		case d.cal.IsWorking(day):
		case day == today:
			d.duty = len(d.dates)
		default:
			continue
		}
		d.dates = append(d.dates, day)
	}
	return d
}

// at is a time of day on the n-th day.
func (d *days) at(n int, sinceMidnight time.Duration) time.Time {
	return onDay(d.dates[min(max(n, 0), len(d.dates)-1)], sinceMidnight)
}

// onDay is a time on the clock of that day, summer time or not.
func onDay(day civil.Date, sinceMidnight time.Duration) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, 0, int(sinceMidnight/time.Second), 0, london)
}

// number gives the first day of the run on or after t.
func (d *days) number(t time.Time) int {
	day := locale.Day(t)
	lo, hi := 0, len(d.dates)
	for lo < hi {
		if mid := (lo + hi) / 2; d.dates[mid].Before(day) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
