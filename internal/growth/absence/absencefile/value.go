package absencefile

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// dateLayouts are tried in order; the reports write dd/mm/yyyy with or without
// a time, published files have also used the others.
var dateLayouts = []string{"02/01/2006", "02/01/2006 15:04", "2/1/2006", "2/1/2006 15:04", "02/01/2006 15:04:05",
	"2006-01-02", "2006-01-02 15:04:05", "02-Jan-2006", "02-Jan-06", "02Jan2006"}

// monthLayouts are of the column "Month" in the oldest files.
var monthLayouts = []string{"2006-01", "2006-Jan", "Jan-2006", "Jan-06", "January 2006", "Jan 2006"}

// Dates outside these years are typing errors: the NHS began in 1948, and
// nobody has been absent since.
const firstYear, lastYear = 1948, 2100

// openYear: ESR ends an open absence in 4712, HealthRoster in 9999.
const openYear = 4712

// day reads a date without its time of day.
func day(s string) (time.Time, bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), true
		}
	}
	return time.Time{}, false
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// monthOf reads a date or a month and gives the month's last day.
func monthOf(s string) (time.Time, bool) {
	t, ok := day(s)
	for _, layout := range monthLayouts {
		if ok {
			break
		}
		var err error
		t, err = time.Parse(layout, s)
		ok = err == nil
	}
	return monthEnd(t), ok && plausible(t)
}

func monthEnd(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
}

// number reads a plain number that is not negative, with or without commas at
// the thousands. Whatever else strconv takes (inf, 0x1p4) is not one.
func number(s string) (float64, bool) {
	s = strings.ReplaceAll(s, ",", "")
	if s == "" || strings.Trim(s, "0123456789.eE+-") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	// A thousand million days in a row of a file is no number of days.
	return n, err == nil && n >= 0 && n < 1e9 && !math.IsNaN(n)
}

// clock reads hours as "hh:mm" or as a number.
func clock(s string) (float64, bool) {
	hours, minutes, ok := strings.Cut(s, ":")
	if !ok {
		return number(s)
	}
	h, okHours := number(hours)
	m, okMinutes := number(minutes)
	return h + m/60, okHours && okMinutes && m < 60
}

// daysBetween counts calendar days, first and last included.
func daysBetween(first, last time.Time) int {
	return int(last.Sub(first)/(24*time.Hour)) + 1 // all in UTC, so every day has 24 hours
}
