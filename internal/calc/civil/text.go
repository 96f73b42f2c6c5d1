package civil

import (
	"fmt"
	"strings"
	"time"
)

// String writes YYYY-MM-DD, the form of files and of the database.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Long writes "7 March 2026", the form of pages and letters.
func (d Date) Long() string {
	return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year)
}

// MonthYear writes "March 2026", for a point that stands for a month.
func (d Date) MonthYear() string {
	return fmt.Sprintf("%s %d", d.Month, d.Year)
}

// MarshalText writes YYYY-MM-DD, and nothing for no date.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Problem says what is wrong with the three boxes of a date question, so that a
// page can mark the right box and pick the right sentence.
type Problem struct {
	Kind             ProblemKind
	Day, Month, Year bool // the boxes to mark
}

// ProblemKind is the sort of mistake; the page has one message for each.
type ProblemKind string

// The mistakes that the NHS date input distinguishes.
const (
	NoProblem   ProblemKind = ""
	Empty       ProblemKind = "empty"         // nothing was entered
	Incomplete  ProblemKind = "incomplete"    // the marked boxes are empty
	YearNotFour ProblemKind = "year_not_four" // the year needs four digits
	NotReal     ProblemKind = "not_real"      // the day does not exist
)

// ParseInput reads the three boxes of the NHS date input. Months may be written
// in figures, in full or by their first three letters, as people do type them.
func ParseInput(day, month, year string) (Date, Problem) {
	day, month, year = strings.TrimSpace(day), strings.TrimSpace(month), strings.TrimSpace(year)
	blank := Problem{Kind: Incomplete, Day: day == "", Month: month == "", Year: year == ""}
	switch {
	case blank.Day && blank.Month && blank.Year:
		blank.Kind = Empty
		return Date{}, blank
	case blank.Day || blank.Month || blank.Year:
		return Date{}, blank
	}
	d, okDay := digits(day)
	m, okMonth := monthNumber(month)
	y, okYear := digits(year)
	wrong := Problem{
		Kind:  NotReal,
		Day:   !okDay || len(day) > 2 || d < 1 || d > 31,
		Month: !okMonth || m < 1 || m > 12,
		Year:  !okYear || len(year) != 4,
	}
	switch {
	case wrong.Year && !wrong.Day && !wrong.Month:
		wrong.Kind = YearNotFour
		return Date{}, wrong
	case wrong.Day || wrong.Month || wrong.Year:
		return Date{}, wrong
	}
	date := Date{y, time.Month(m), d}
	if !date.Valid() {
		return Date{}, Problem{Kind: NotReal, Day: true, Month: true, Year: true}
	}
	return date, Problem{}
}

func monthNumber(s string) (int, bool) {
	if n, ok := digits(s); ok {
		return n, len(s) <= 2
	}
	for m := time.January; m <= time.December; m++ {
		name := m.String()
		if strings.EqualFold(s, name) || strings.EqualFold(s, name[:3]) {
			return int(m), true
		}
	}
	return 0, false
}
