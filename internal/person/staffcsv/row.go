package staffcsv

import (
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// row is a row that was read, with the first fault that was found in it.
type row struct {
	line   int
	cells  []string
	person Person // without posts
	post   Post
	column string // of the fault
	reason string // empty when the row is good
}

func (r *row) reject(column, reason string) {
	if r.reason == "" {
		r.column, r.reason = column, reason
	}
}

var (
	employeeNumber   = regexp.MustCompile(`^\d{8}$`)
	assignmentNumber = regexp.MustCompile(`^\d{8}(-\d{1,2})?$`)
	international    = regexp.MustCompile(`^\+[1-9]\d{7,14}$`) // E.164: at most 15 digits
	hoursPattern     = regexp.MustCompile(`^\d{1,2}(\.\d{1,2})?$`)
)

const (
	maxText = 100 // characters of a name or title; longer is a column mix-up
	maxMail = 254 // RFC 5321 with its erratum 1690
	// Nobody is contracted for more than 80 hours a week, even out of the
	// 48-hour average; more is a monthly figure in the wrong column.
	maxHours = 80
	// Work under 13 is unlawful, and the oldest staff are in their nineties.
	youngest, oldest = 13, 100
)

// field reads one cell after the other and keeps the first fault.
type field struct {
	*row
	at map[string]int
}

func readRow(line int, cells []string, at map[string]int, today time.Time) row {
	r := row{line: line, cells: cells}
	f := field{&r, at}
	p, q := &r.person, &r.post
	q.Line = line
	p.EmployeeNumber = f.pattern("employee_number", employeeNumber, true, "the employee number is not eight digits (put back any leading zeros)")
	q.AssignmentNumber = f.pattern("assignment_number", assignmentNumber, true, "the assignment number is not eight digits, or eight digits, a hyphen and a number")
	if stem, _, _ := strings.Cut(q.AssignmentNumber, "-"); stem != p.EmployeeNumber {
		r.reject("assignment_number", "the assignment number does not begin with the employee number")
	}
	q.Primary = f.yes("primary", true)
	p.FamilyName = f.text("family_name", true)
	p.GivenName = f.text("given_name", false)
	p.DateOfBirth = f.date("date_of_birth", true)
	if p.DateOfBirth.After(today.AddDate(-youngest, 0, 0)) || p.DateOfBirth.Before(today.AddDate(-oldest, 0, 0)) {
		r.reject("date_of_birth", "the date of birth is not that of someone of working age")
	}
	p.WorkEmail = f.mail("work_email")
	p.Mobile = f.mobile("mobile")
	p.PersonalEmail = f.mail("personal_email")
	q.JobTitle = f.text("job_title", true)
	q.Band = f.text("band", false)
	q.StaffGroup = f.text("staff_group", false)
	q.Site = f.text("site", false)
	q.Department = f.text("department", false)
	q.Team = f.text("team", false)
	q.ContractedHours = f.hours("contracted_hours")
	q.ShiftPattern = f.text("shift_pattern", false)
	q.ManagerEmployeeNumber = f.pattern("manager_employee_number", employeeNumber, false, "the manager's employee number is not eight digits")
	if q.ManagerEmployeeNumber != "" && q.ManagerEmployeeNumber == p.EmployeeNumber {
		r.reject("manager_employee_number", "people cannot be their own manager")
	}
	q.Start = f.date("start_date", true)
	q.End = f.date("end_date", false)
	if !q.End.IsZero() && q.End.Before(q.Start) {
		r.reject("end_date", "the post ends before it starts")
	}
	q.Hazards = Hazards{
		EPP: f.yes("epp", false), PatientContact: f.yes("patient_contact", false), Drives: f.yes("drives", false),
		LoneWorker: f.yes("lone_worker", false), SafetyCritical: f.yes("safety_critical", false),
	}
	return r
}

// cell is a cell without the guard that our own rejects file puts before it.
func (f field) cell(column string) string {
	i, ok := f.at[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(sheet.Unguard(f.cells[i]))
}

func (f field) text(column string, required bool) string {
	s := f.cell(column)
	switch {
	case !utf8.ValidString(s):
		f.reject(column, "it has characters that are not UTF-8; save the file as \"CSV UTF-8\"")
	case strings.ContainsFunc(s, unicode.IsControl):
		f.reject(column, "it has a line break or another control character")
	case utf8.RuneCountInString(s) > maxText:
		f.reject(column, "it is longer than "+strconv.Itoa(maxText)+" characters")
	case s == "" && required:
		f.reject(column, "it is empty")
	}
	return s
}

func (f field) pattern(column string, pattern *regexp.Regexp, required bool, reason string) string {
	s := f.cell(column)
	if s == "" && !required || pattern.MatchString(s) {
		return s
	}
	f.reject(column, reason)
	return s
}

func (f field) yes(column string, required bool) bool {
	s := strings.ToUpper(f.cell(column))
	if s != "Y" && s != "N" && (s != "" || required) {
		f.reject(column, "it is neither Y nor N")
	}
	return s == "Y"
}

func (f field) date(column string, required bool) time.Time {
	s := f.cell(column)
	if s == "" && !required {
		return time.Time{}
	}
	for _, layout := range []string{time.DateOnly, "02/01/2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1900 {
			return t
		}
	}
	f.reject(column, "it is not a date such as 2026-03-07 or 07/03/2026")
	return time.Time{}
}

func (f field) mail(column string) string {
	s := f.cell(column)
	if s == "" {
		return ""
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || address.Name != "" || len(s) > maxMail || strings.ContainsFunc(s, unicode.IsControl) {
		f.reject(column, "it is not an email address")
	}
	return s
}

// mobile gives a number in its international form.
func (f field) mobile(column string) string {
	s := strings.NewReplacer(" ", "", "-", "", "(0)", "", "(", "", ")", "").Replace(f.cell(column))
	switch {
	case s == "":
		return ""
	case strings.HasPrefix(s, "00"):
		s = "+" + s[2:]
	case strings.HasPrefix(s, "0"):
		s = "+44" + s[1:]
	}
	uk := strings.HasPrefix(s, "+44")
	if !international.MatchString(s) || uk && (len(s) != len("+447700900123") || s[3] != '7') {
		f.reject(column, "it is not a mobile number such as 07700 900123")
	}
	return s
}

func (f field) hours(column string) float64 {
	s := f.cell(column)
	n, err := strconv.ParseFloat(s, 64)
	if !hoursPattern.MatchString(s) || err != nil || n > maxHours {
		f.reject(column, "it is not a number of hours a week from 0 to "+strconv.Itoa(maxHours))
	}
	return n
}
