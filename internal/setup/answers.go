// Package setup takes an empty installation to first use: who the organisation and its OH service are, how
// long things may take, who works there. Everything is written in one transaction of the hall, with the mark
// that the installation is in use; so it happens whole or not at all, and only once.
package setup

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/organisation"
)

// Answers is what setup needs to know: the file that `rowan setup --answers` reads, and what its questions fill.
type Answers struct {
	System        string         `yaml:"system"` // the integrated care system, if any
	Nation        string         `yaml:"nation"` // the national body above it, if any
	Organisation  Organisation   `yaml:"organisation"`
	Service       Service        `yaml:"service"`
	Clients       []Organisation `yaml:"clients"` // other organisations the service serves
	Administrator Somebody       `yaml:"administrator"`
	People        []Somebody     `yaml:"people"` // the OH team and others who get a role
	Clinics       []Clinic       `yaml:"clinics"`
}

// Organisation is an employer.
type Organisation struct {
	Name string            `yaml:"name"`
	Kind organisation.Kind `yaml:"kind"`
	ODS  string            `yaml:"ods_code"`
}

// Service is the OH service that the organisation hosts.
type Service struct {
	Name       string         `yaml:"name"`
	Phone      string         `yaml:"phone"`
	UrgentText string         `yaml:"urgent_text"` // what to do out of hours
	ReviewDays int            `yaml:"review_days"` // working days a person has to answer a report
	Targets    map[string]int `yaml:"targets"`     // working days by measure; absent: the pack's
}

// Somebody gets an account by invitation.
type Somebody struct {
	Name  string      `yaml:"name"`
	Email string      `yaml:"email"`
	Role  access.Role `yaml:"role"`
	// Registration of a clinician, "NMC 00Z2345E"; they can give it themselves later.
	Registration string `yaml:"registration"`
	// Decides names a senior nurse or physician, two of whom decide on a disclosure without consent.
	Decides bool `yaml:"decides_disclosures"`
}

// Read reads a file of answers; a key it does not know is an error.
func Read(b []byte) (Answers, error) {
	var a Answers
	d := yaml.NewDecoder(strings.NewReader(string(b)))
	d.KnownFields(true)
	if err := d.Decode(&a); err != nil {
		return Answers{}, fmt.Errorf("the answers are not readable: %w", err)
	}
	return a, a.Validate()
}

// Clinic is a weekly clinic of one clinician among the people.
type Clinic struct {
	Name        string `yaml:"name"`
	Site        string `yaml:"site"`
	Mode        string `yaml:"mode"`      // face_to_face, phone or video
	Clinician   string `yaml:"clinician"` // e-mail
	Weekday     string `yaml:"weekday"`   // Monday to Friday
	Start       string `yaml:"start"`     // 09:00
	SlotMinutes int    `yaml:"slot_minutes"`
	Slots       int    `yaml:"slots"`
}

// When reads the weekday and the start, as a time after midnight.
func (c Clinic) When() (day time.Weekday, start time.Duration, err error) {
	at, err := time.Parse("15:04", c.Start)
	if err != nil {
		return 0, 0, fmt.Errorf("the start %q of the clinic %s is not a time such as 09:00", c.Start, c.Name)
	}
	for day := time.Monday; day <= time.Friday; day++ {
		if strings.EqualFold(c.Weekday, day.String()) {
			return day, time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, nil
		}
	}
	return 0, 0, fmt.Errorf("the weekday %q of the clinic %s is none from Monday to Friday", c.Weekday, c.Name)
}

// roles that setup may give. A person's and a manager's come with the workforce record.
var roles = []access.Role{access.OHAdmin, access.Nurse, access.Physician, access.Physio, access.Counsellor, access.Lead, access.HR, access.Caldicott, access.Guardian, access.Executive, access.Communications, access.SystemLead, access.NationalLead, access.Admin}

// Validate says in one sentence what is missing.
func (a *Answers) Validate() error {
	a.Administrator.Role = access.Admin
	if a.Service.ReviewDays == 0 {
		a.Service.ReviewDays = defaultReviewDays
	}
	for _, need := range []struct{ what, value string }{
		{"the organisation's name", a.Organisation.Name}, {"the name of the OH service", a.Service.Name},
		{"the phone number of the OH service", a.Service.Phone}, {"what staff do out of hours", a.Service.UrgentText},
		{"the administrator's name", a.Administrator.Name},
	} {
		if strings.TrimSpace(need.value) == "" {
			return fmt.Errorf("%s is missing", need.what)
		}
	}
	for _, o := range append([]Organisation{a.Organisation}, a.Clients...) {
		if o.Name == "" || !slices.Contains(organisation.Kinds, o.Kind) {
			return fmt.Errorf("organisation %q needs a name and a kind: one of %v", o.Name, organisation.Kinds)
		}
	}
	if a.Nation != "" && a.System == "" {
		return fmt.Errorf("the answers name a national body and no ICS (system) between it and the organisation")
	}
	seen := map[string]bool{}
	for _, p := range append([]Somebody{a.Administrator}, a.People...) {
		if err := p.validate(seen); err != nil {
			return err
		}
		if p.Role == access.SystemLead && a.System == "" {
			return fmt.Errorf("%s leads on an ICS, and the answers name none (system)", p.Name)
		}
		if p.Role == access.NationalLead && a.Nation == "" {
			return fmt.Errorf("%s leads a national programme, and the answers name no national body (nation)", p.Name)
		}
	}
	for _, c := range a.Clinics {
		if _, _, err := c.When(); err != nil {
			return err
		}
		if !slices.ContainsFunc(a.People, func(p Somebody) bool { return strings.EqualFold(p.Email, c.Clinician) && p.Role.IsClinician() }) {
			return fmt.Errorf("the clinic %s is held by %q, who is no clinician among the people", c.Name, c.Clinician)
		}
	}
	if a.Service.ReviewDays < 1 || a.Service.ReviewDays > 30 {
		return fmt.Errorf("review_days is %d: give 1 to 30 working days", a.Service.ReviewDays)
	}
	return nil
}

// defaultReviewDays a person has to answer a report, in working days (clinical.md 1.8, our own choice).
const defaultReviewDays = 5

func (p Somebody) validate(seen map[string]bool) error {
	if p.Name == "" {
		return fmt.Errorf("somebody with the e-mail %q has no name", p.Email)
	}
	if _, err := mail.ParseAddress(p.Email); err != nil {
		return fmt.Errorf("the e-mail address %q of %s is not one", p.Email, p.Name)
	}
	if key := strings.ToLower(p.Email); seen[key] {
		return fmt.Errorf("the e-mail address %s is given twice", p.Email)
	} else {
		seen[key] = true
	}
	if !slices.Contains(roles, p.Role) {
		return fmt.Errorf("the role %q of %s is none of %v", p.Role, p.Name, roles)
	}
	if p.Decides && p.Role != access.Nurse && p.Role != access.Physician {
		return fmt.Errorf("%s may not decide on disclosures: give decides_disclosures to a nurse or a physician", p.Name)
	}
	if _, ok := access.ParseRegistration(p.Registration); p.Registration != "" && (!ok || !p.Role.IsClinician()) {
		return fmt.Errorf("the registration %q of %s is none: give a clinician's as a body of %v and the number, such as NMC 00Z2345E", p.Registration, p.Name, access.Bodies)
	}
	return nil
}

// Example is a file of answers that works.
const Example = `system: Wyre Valley ICS
organisation: {name: Wyre Valley Hospitals, kind: trust, ods_code: RZ9}
service:
  name: Wyre Valley Staff Health
  phone: 01234 567890
  urgent_text: Out of hours, call the site team on 01234 567891. In danger, call 999.
  review_days: 5
clients:
  - {name: Mill Lane Surgery, kind: practice}
administrator: {name: Sam Hart, email: sam.hart@example.org}
people:
  - {name: Lucy Brand, email: lucy.brand@example.org, role: oh_admin}
  - {name: Helen Marsh, email: helen.marsh@example.org, role: oh_nurse, registration: NMC 00Z2345E, decides_disclosures: true}
  - {name: Omar Aziz, email: omar.aziz@example.org, role: oh_physician, registration: GMC 9992345, decides_disclosures: true}
  - {name: Anne Shaw, email: anne.shaw@example.org, role: oh_lead}
  - {name: David Poole, email: david.poole@example.org, role: caldicott}
clinics:
  - {name: Nurse clinic, site: Main site, mode: face_to_face, clinician: helen.marsh@example.org, weekday: Tuesday, start: "09:00", slot_minutes: 60, slots: 6}
`
