package e2e

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/template"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// clinics plans one in a service that keeps its diary here, as its administrator would, and counts it as the job would.
func (p *planner) clinics() {
	admin := p.nurse.As(access.OHAdmin, access.Clinical)
	if err := p.h.db.InTenant(p.t.Context(), admin, func(tx *postgres.Tx) error {
		_, err := tx.Exec(p.t.Context(), `insert into clinic (service_id, id, name, site, mode, role, weekday, starts_at, slot_minutes, slots, clinician_account, clinician_name, valid_from)
 values ($1, $2, 'Nurse clinic, Monday', 'Main site', 'phone', 'oh_nurse', 1, '09:00', 60, 6, $3, 'A nurse', '2020-01-01')`, p.service, uuid.New(), p.nurse.Account)
		return err
	}); err != nil {
		p.t.Fatal(err)
	}
	if err := p.h.db.InTenant(p.t.Context(), access.SystemActor(access.Worker, uuid.Nil, p.service), func(tx *postgres.Tx) error {
		return template.Roll(p.t.Context(), tx, p.service, time.Now())
	}); err != nil {
		p.t.Fatal(err)
	}
}

// capacity looks at the fits, replaces one, and asks for simulations; every form is refused once. simulated sees what came.
func (p *planner) capacity() {
	if p.care {
		p.clinics()
	}
	v := p.asLead().Visit("/capacity").Want(200)
	short := strings.Contains(v.Text(), "too little activity")
	v.Visit("/capacity/demand").Want(200)
	p.shot(v, "capacity-demand")
	v.Visit("/capacity/back-test").Want(200)
	v.Visit("/capacity").Click("How many people do we need?").Want(200)
	if !short {
		v.Select("Which profession?", "nurse").Click("Show what it takes").Want(200).Click("Run the simulation").Want(200)
	}
	v.Visit("/capacity").Click("Add a scenario").Want(200)
	p.refused(v, "Add the scenario", "Enter a name", "Select an option")
	const from, to, contract = "First day of the campaign", "Last day of the campaign", "First day of the contract"
	v.Fill("What do you call it?", long(201)).Choose("Do nothing").Fill("Growth of the staff you serve, percent a year", "much").Fill("More referrals a week because of a campaign", "5").
		Fill("More referrals a week because of a new contract", "5").Fill("More appointments from the same hours, percent", "900")
	reasons := []string{"Shorten this to 200 characters or fewer", "Enter a number, like 4 or 2.5", "Enter the first and the last day of the campaign", "Enter the first day of the contract", "Productivity must be between -50 and 100 percent"}
	if !short {
		v.Fill("Sessions a week", "4")
		reasons = append(reasons, "Select whose clinics these are, or leave their numbers empty")
	}
	p.refused(v, "Add the scenario", reasons...)
	if !short {
		v.Fill("Sessions a week", "")
	}
	if !short && p.care {
		const clinic = ": Nurse clinic (nurse), 6 of 60 minutes"
		v.Unfold().Fill("Sessions a week"+clinic, "900").Fill("Minutes of an appointment"+clinic, "4")
		v.Fill("Sessions a week of the new clinic", "1").Fill("Appointments in a session of the new clinic", "6").Fill("Minutes of an appointment of the new clinic", "45")
		p.refused(v, "Add the scenario", append(reasons[:5:5], "Sessions a week must be from 0 to 500", "Minutes of an appointment must be a whole number from 5 to 240", "Select whose clinic the new one is")...)
		p.shot(v, "capacity-clinics-refused").Fill("Sessions a week"+clinic, "2").Fill("Minutes of an appointment"+clinic, "45").Select("Whose clinic is it?", "physician")
	}
	p.shot(v, "capacity-refused").Fill("What do you call it?", "The trust grows").Fill("Growth of the staff you serve, percent a year", "2").Fill("More appointments from the same hours, percent", "0")
	p.date(v, from, judgedIn, 20)
	p.date(v, to, judgedIn, 1)
	p.date(v, contract, judgedIn, 20)
	p.refused(v, "Add the scenario", "The last day of the campaign must not be before the first")
	p.date(v, to, judgedIn, 27)
	v.Click("Add the scenario").Want(200).At("/capacity/scenarios/").Says("Not run")
	if short {
		v.Click("Run the simulation").Want(409)
		return
	}
	v.Click("Run the simulation").Want(200).Says("running in the background")
	v.Visit("/capacity/add").Want(200).Fill("What do you call it?", "Nothing changes").Choose("Do nothing").Click("Add the scenario").Want(200).Click("Run the simulation").Want(200)
	v.Visit("/capacity/demand/dna").Want(200)
	p.refused(v, "Save", "Enter why")
	v.Fill("Your number", "90").Fill("Why?", "Reminders by text")
	p.refused(v, "Save", "The number must be between 0 and 50")
	p.shot(v, "capacity-replace-refused").Fill("Your number", "4").Click("Save").Want(200).Says("Reminders by text")
	v.Visit("/capacity/demand/weekday.management").Want(200)
	for day, n := range map[string]string{"Monday": "90", "Tuesday": "20", "Wednesday": "0", "Thursday": "0", "Friday": "0", "Saturday": "0", "Sunday": "0"} {
		v.Fill(day+", percent", n)
	}
	p.refused(v, "Save", "The seven days must add up to 100. Yours add up to 110.0", "Enter why")
	p.shot(v, "capacity-days-refused").Fill("Monday, percent", "")
	p.refused(v, "Save", "Enter a number in every field, or clear them all", "Enter why")
	v.Visit("/capacity/demand/month.management").Want(200)
	p.shot(v, "capacity-months")
	v.Visit("/capacity/demand/given_range").Want(200).Fill("least, a week", "40").Fill("most, a week", "20").Fill("Why?", "There are three rooms")
	p.refused(v, "Save", "The most must not be less than the least")
	p.shot(v, "capacity-range-refused").Visit("/capacity/demand/trend.management").Want(200).Fill("Your number", "60")
	p.refused(v, "Save", "The number must be between -50 and 50", "Enter why")
	v.Visit("/capacity/back-test").Want(200)
	if !strings.Contains(v.Text(), "needs a year and eight weeks") {
		v.Click("Test the model on the last year").Want(200)
	}
}

// simulated sees the waits, compares two futures, and takes one off the list.
func (p *planner) simulated() {
	v := p.asLead().Visit("/capacity").Want(200)
	p.shot(v, "capacity")
	if strings.Contains(v.Text(), "too little activity") {
		return
	}
	v.Click("The trust grows").Want(200).Says("If we do nothing, half of the people seen in", "What the formula says").Select("Compare with", "Nothing changes").Click("Compare").Want(200).Says("Compared with Nothing changes")
	p.shot(v, "capacity-scenario").Visit("/capacity/posts").Want(200).Says("With the team as it is,", "More nurses")
	p.shot(v, "capacity-posts").Fill("Seen within how many working days?", "61").Fill("How many in 100 people?", "0")
	p.refused(v, "Show what it takes", "Working days must be a whole number from 0 to 60", "People in 100 must be a whole number from 1 to 100")
	p.shot(v, "capacity-posts-refused").Fill("Seen within how many working days?", "15").Fill("How many in 100 people?", "80").Click("Show what it takes").Want(200).Says("within 15 working days")
	v.Visit("/capacity?option=nothing").Want(200).At("/capacity/scenarios/")
	if v.Visit("/capacity/posts?role=several&days=60&percent=10").Want(200); strings.Contains(v.Text(), "nobody is needed on top of what") {
		p.shot(v, "capacity-several")
	}
	v.Visit("/capacity/back-test").Want(200)
	p.shot(v, "capacity-back-test")
	p.asExecutive().Visit("/capacity").Want(200).Click("The trust grows").Want(200).Hides("Run the simulation")
	v.Visit("/capacity").Click("The trust grows").Want(200).Click("Take this scenario off the list").Want(200).Click("Take it off").Want(200).Says("taken off the list")
}
