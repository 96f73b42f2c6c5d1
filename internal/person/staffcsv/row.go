package staffcsv

import (
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rowan-ohwb/rowan/internal/calc/identifier"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// row is a row that was read, with the first fault that was found in it.
type row struct {
	line   int
	cells  []string
	person Person // without posts
	post   Post
	column string // of the fault
	reason string // a key of words; empty when the row is good
	args   []any  // of the words
}

func (r *row) reject(column, reason string, args ...any) {
	if r.reason == "" {
		r.column, r.reason, r.args = column, reason, args
	}
}

func (r *row) rejected() Reject { return Reject{r.line, r.column, r.reason, r.args, r.cells} }

var (
	international = regexp.MustCompile(`^\+[1-9]\d{7,14}$`) // E.164: at most 15 digits
	hoursPattern  = regexp.MustCompile(`^\d{1,2}(\.\d{1,2})?$`)
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
	p.EmployeeNumber = f.identifier("employee_number", identifier.ESREmployee, true, "person.import.why.number")
	q.AssignmentNumber = f.identifier("assignment_number", identifier.ESRAssignment, true, "person.import.why.assignment")
	if stem, _, _ := strings.Cut(q.AssignmentNumber, "-"); stem != p.EmployeeNumber {
		r.reject("assignment_number", "person.import.why.stem")
	}
	q.Primary = f.yes("primary", true)
	p.FamilyName = f.text("family_name", true)
	p.GivenName = f.text("given_name", false)
	p.DateOfBirth = f.date("date_of_birth", true)
	if p.DateOfBirth.After(today.AddDate(-youngest, 0, 0)) || p.DateOfBirth.Before(today.AddDate(-oldest, 0, 0)) {
		r.reject("date_of_birth", "person.import.why.age")
	}
	p.WorkEmail = f.mail("work_email")
	p.Mobile = f.mobile("mobile")
	p.PersonalEmail = f.mail("personal_email")
	p.Declared = f.declared()
	q.JobTitle = f.text("job_title", true)
	q.Band = f.text("band", false)
	q.StaffGroup = f.text("staff_group", false)
	q.Site = f.text("site", false)
	q.Department = f.text("department", false)
	q.Team = f.text("team", false)
	q.ContractedHours = f.hours("contracted_hours")
	q.ShiftPattern = f.text("shift_pattern", false)
	q.ManagerEmployeeNumber = f.identifier("manager_employee_number", identifier.ESREmployee, false, "person.import.why.manager")
	if q.ManagerEmployeeNumber != "" && q.ManagerEmployeeNumber == p.EmployeeNumber {
		r.reject("manager_employee_number", "person.import.why.own_manager")
	}
	q.Start = f.date("start_date", true)
	q.End = f.date("end_date", false)
	if !q.End.IsZero() && q.End.Before(q.Start) {
		r.reject("end_date", "person.import.why.backward")
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
		f.reject(column, "person.import.why.encoding")
	case strings.ContainsFunc(s, unicode.IsControl):
		f.reject(column, "person.import.why.control")
	case utf8.RuneCountInString(s) > maxText:
		f.reject(column, "person.import.why.long", "n", maxText)
	case s == "" && required:
		f.reject(column, "person.import.why.empty")
	}
	return s
}

func (f field) identifier(column string, kind identifier.Kind, required bool, reason string) string {
	s := f.cell(column)
	if s == "" && !required || identifier.Is(kind, s) {
		return s
	}
	f.reject(column, reason)
	return s
}

func (f field) yes(column string, required bool) bool {
	s := strings.ToUpper(f.cell(column))
	if s != "Y" && s != "N" && (s != "" || required) {
		f.reject(column, "person.import.why.yes_no")
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
	f.reject(column, "person.import.why.date")
	return time.Time{}
}

func (f field) mail(column string) string {
	s := f.cell(column)
	if s == "" {
		return ""
	}
	address, err := mail.ParseAddress(s)
	if err != nil || address.Address != s || address.Name != "" || len(s) > maxMail || strings.ContainsFunc(s, unicode.IsControl) {
		f.reject(column, "person.import.why.email")
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
		f.reject(column, "person.import.why.mobile")
	}
	return s
}

func (f field) hours(column string) float64 {
	s := f.cell(column)
	n, err := strconv.ParseFloat(s, 64)
	if !hoursPattern.MatchString(s) || err != nil || n > maxHours {
		f.reject(column, "person.import.why.hours", "n", maxHours)
	}
	return n
}
