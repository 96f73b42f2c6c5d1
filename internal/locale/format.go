package locale

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// London is where the service is: civil dates and times are shown there, instants are stored in UTC.
var London = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // the binary embeds time/tzdata
	}
	return l
}()

// Day is the day that London shows at an instant.
func Day(t time.Time) civil.Date { return civil.Of(t.In(London)) }

// DayIf is Day of a moment that may be missing; without one the zero day.
func DayIf(t *time.Time) civil.Date {
	if t == nil {
		return civil.Date{}
	}
	return Day(*t)
}

// Date gives "7 March 2026".
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(London).Format("2 January 2006")
}

// DayDate gives "Monday 7 March 2026".
func DayDate(t time.Time) string { return t.In(London).Format("Monday 2 January 2006") }

// Time gives "9:30am", "midday", "midnight" as the NHS service manual writes times.
func Time(t time.Time) string {
	t = t.In(London)
	switch {
	case t.Hour() == 12 && t.Minute() == 0:
		return "midday"
	case t.Hour() == 0 && t.Minute() == 0:
		return "midnight"
	case t.Minute() == 0:
		return t.Format("3pm")
	}
	return t.Format("3:04pm")
}

// DateTime gives "7 March 2026 at 9:30am".
func DateTime(t time.Time) string { return Date(t) + " at " + Time(t) }

// Month gives "March 2026".
func Month(t time.Time) string { return t.In(London).Format("January 2006") }

// Quarter names the quarter that begins on a day: "April to June 2026". It is the one name of a quarter on pages, whatever year
// it is counted in: "Q1" is January to some and April to others.
func Quarter(first civil.Date) string {
	return first.Month.String() + " to " + first.AddMonths(2).MonthYear()
}

// Ordinal gives "1st", "2nd", "3rd", "11th".
func Ordinal(n int) string {
	ending := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return Number(n) + ending
}

// Number gives "12,345".
func Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Plain gives "1234.5": a number as a field of a form or a file takes it, with no more digits than it needs.
func Plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Percent gives "14.38" of a share of 0.1438: to a hundredth, with no more digits than it needs.
func Percent(share float64) string { return Plain(math.Round(share*1e4) / 100) }

// CivilDate makes the instant that stands for a civil date: midnight in London.
func CivilDate(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, London)
}
