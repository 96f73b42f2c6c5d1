// Package civil holds calendar dates without a clock or a time zone.
//
// Rowan counts days, months and working days; it never needs to know at what
// moment a day began. A Date is therefore three numbers, comparable with ==,
// and usable as a map key. The zero Date is "no date". Arithmetic is on the
// proleptic Gregorian calendar.
//
// Dates are written as YYYY-MM-DD in files and as "7 March 2026" on pages,
// the form that the NHS content style guide asks for.
package civil

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the calendar.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Of returns the date that t shows in its own location.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Parse reads YYYY-MM-DD and refuses anything else, an impossible day included.
func Parse(s string) (Date, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return Date{}, fmt.Errorf("%q is not a date written YYYY-MM-DD", s)
	}
	y, okY := digits(s[:4])
	m, okM := digits(s[5:7])
	d, okD := digits(s[8:])
	date := Date{y, time.Month(m), d}
	if !okY || !okM || !okD || !date.Valid() {
		return Date{}, fmt.Errorf("%q is not a real date", s)
	}
	return date, nil
}

// MustParse is Parse for constants in tests and tables; it panics.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func digits(s string) (int, bool) {
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(s) > 0
}

// UTC is midnight UTC of the date, the form in which pgx writes and reads a date. It is no instant of anybody's day.
func (d Date) UTC() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// Null is UTC for a column that may be empty: nil for the zero date. FromNull reads it back.
func (d Date) Null() *time.Time {
	if d.IsZero() {
		return nil
	}
	t := d.UTC()
	return &t
}

// FromNull returns the date of what Null wrote.
func FromNull(t *time.Time) Date {
	if t == nil {
		return Date{}
	}
	return Of(*t)
}

// Valid reports whether the day exists. Years run from 1 to 9999, the range
// that four digits can write.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 &&
		d.Month >= time.January && d.Month <= time.December &&
		d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == Date{} }

// Compare orders dates as cmp.Compare does.
func (d Date) Compare(e Date) int {
	switch {
	case d.Year != e.Year:
		return cmp.Compare(d.Year, e.Year)
	case d.Month != e.Month:
		return cmp.Compare(d.Month, e.Month)
	}
	return cmp.Compare(d.Day, e.Day)
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays moves by n days.
func (d Date) AddDays(n int) Date { return fromDayNumber(d.DayNumber() + n) }

// AddMonths moves by n months to the corresponding day; where the month is too
// short, to its last day (31 January plus one month is 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	months := d.Year*12 + int(d.Month) - 1 + n
	year, month := months/12, time.Month(months%12+1)
	return Date{year, month, min(d.Day, daysIn(year, month))}
}

// DaysSince is the number of days from e to d.
func (d Date) DaysSince(e Date) int { return d.DayNumber() - e.DayNumber() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday {
	// Day 0 is Thursday 1 January 1970.
	return time.Weekday(((d.DayNumber()+4)%7 + 7) % 7)
}

// EndOfMonth reports whether d is the last day of its month.
func (d Date) EndOfMonth() bool { return d.Day == daysIn(d.Year, d.Month) }

// DayNumber counts days from 1 January 1970. It is the usual shift of the year
// to March, so that the leap day comes last and months follow one linear rule.
func (d Date) DayNumber() int {
	y, m := d.Year, int(d.Month)
	if m <= 2 {
		y--
		m += 12
	}
	return 365*y + floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400) + (153*(m-3)+2)/5 + d.Day - 719469
}

func fromDayNumber(n int) Date {
	return Of(time.Unix(int64(n)*86400, 0).UTC())
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.April, time.June, time.September, time.November:
		return 30
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
