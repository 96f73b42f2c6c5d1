package seriesfile

import (
	"strconv"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// layouts of a date are tried in order; a month is its first day.
var layouts = []string{"2006-01-02", "02/01/2006", "2/1/2006", "02-Jan-2006", "2006-01", "01/2006", "January 2006", "Jan 2006", "Jan-06", "2006"}

// Dates outside these years are typing errors: no series of a service is older, none is of the next century.
const firstYear, lastYear = 1980, 2100

// Date reads a day, month, quarter ("2026 Q2", of the calendar year), year or financial year ("2025/26", which begins
// in April).
func Date(s string) (civil.Date, bool) {
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			d := civil.Of(t)
			return d, d.Year >= firstYear && d.Year <= lastYear
		}
	}
	if year, quarter, ok := strings.Cut(strings.ToUpper(strings.ReplaceAll(s, " ", "")), "Q"); ok {
		y, e1 := strconv.Atoi(year)
		q, e2 := strconv.Atoi(quarter)
		if e1 == nil && e2 == nil && q >= 1 && q <= 4 && y >= firstYear && y <= lastYear {
			return civil.Date{Year: y, Month: time.Month(3*q - 2), Day: 1}, true
		}
	}
	if from, to, ok := strings.Cut(s, "/"); ok && len(from) == 4 && (len(to) == 2 || len(to) == 4) {
		y, e1 := strconv.Atoi(from)
		z, e2 := strconv.Atoi(to)
		if e1 == nil && e2 == nil && y >= firstYear && y <= lastYear && (z == y+1 || z == (y+1)%100 && len(to) == 2) {
			return civil.Date{Year: y, Month: time.April, Day: 1}, true
		}
	}
	return civil.Date{}, false
}

// Months is the length of a period of a frequency.
func Months(frequency string) int {
	switch frequency {
	case "quarter":
		return 3
	case "year", "financial_year":
		return 12
	}
	return 1
}

// Start is the first day of the period that holds a day.
func Start(frequency string, d civil.Date) civil.Date {
	first := civil.Date{Year: d.Year, Month: d.Month, Day: 1}
	switch frequency {
	case "quarter":
		first.Month = (d.Month-1)/3*3 + 1
	case "year":
		first.Month = time.January
	case "financial_year":
		if d.Month < time.April {
			first.Year--
		}
		first.Month = time.April
	}
	return first
}

// PeriodText names a period: "March 2026", "April to June 2026", "2026", "2025/26".
func PeriodText(frequency string, d civil.Date) string {
	switch frequency {
	case "quarter":
		return locale.Quarter(d)
	case "year":
		return strconv.Itoa(d.Year)
	case "financial_year":
		next := strconv.Itoa((d.Year + 1) % 100)
		if len(next) == 1 {
			next = "0" + next
		}
		return strconv.Itoa(d.Year) + "/" + next
	}
	return d.MonthYear()
}
