package staff

import (
	"encoding/csv"
	"fmt"
	"io"
	"time"
)

var heading = []string{"employee_number", "assignment_number", "primary", "family_name", "given_name", "date_of_birth", "work_email", "mobile", "personal_email",
	"job_title", "band", "staff_group", "site", "department", "team", "contracted_hours", "shift_pattern", "manager_employee_number", "start_date", "end_date",
	"epp", "patient_contact", "drives", "lone_worker", "safety_critical", "sex", "ethnic_group", "disability"}

// Feed writes the people as a staff feed (person/staffcsv).
func Feed(w io.Writer, domain string, people []Person) error {
	out := csv.NewWriter(w)
	if err := out.Write(heading); err != nil {
		return fmt.Errorf("write staff feed: %w", err)
	}
	for _, p := range people {
		row := []string{p.Number, p.Number, "Y", p.Family, p.Given, p.Born.Format(time.DateOnly), p.Email(domain), p.Mobile(), p.Email("home.example"),
			p.Title, p.Band, p.Group, p.Site, p.Department, p.Team, p.Hours, p.Shifts, p.Manager, p.Start.Format(time.DateOnly), "",
			yes(p.EPP), yes(p.Patients), yes(p.Drives), yes(p.Alone), yes(p.Critical), p.Sex, p.Ethnic, p.Disability}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write staff feed: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}

// Mobile is one of the thousand numbers that Ofcom keeps for drama.
func (p Person) Mobile() string { return "+447700900" + p.Number[len(p.Number)-3:] }

func yes(b bool) string {
	if b {
		return "Y"
	}
	return "N"
}
