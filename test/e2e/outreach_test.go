package e2e

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// walkOutreach goes from an open day that is planned to what became of who came.
func walkOutreach(t *testing.T) { each(t, (*journey).outreach) }

func (j *journey) outreach() {
	lead := j.as(j.w.OHLead, access.Lead).Visit("/outreach").Want(200).Says("No event is planned").Click("Plan an event").Want(200)
	j.refused(lead, "Save the plan", "Select what it is", "Enter a title", "Say what happens there", "Enter the day", "Enter a time, such as 10:00", "Enter a whole number of minutes from 15 to 1,440", "Enter where it is", "Enter a whole number from 1 to 500").Shot("outreach-add-refused")
	lead.ChooseIn("What is it?", "Recruitment open day").Fill("What is it called?", "Meet occupational health").Fill("What happens there, and for whom?", "For nurses and students.\n\nCome and ask.").Fill("At what time does it begin?", "10:00").
		Fill("How long is it, in minutes?", "120").Fill("Where is it?", "Education centre").Fill("How many people can come?", "1")
	j.date(lead, "Which day?", 10)
	lead.Click("Save the plan").Want(200).Says("Planned", "Book the place", "Late", "Leads the day", "Nobody yet").Shot("outreach-planned")
	event := lead.Path
	lead.Click("Done: Book the place").Want(200).Says("Done on").Click("Change who does what").Want(200).Fill("Leads the day", strings.Repeat("x", 101))
	j.refused(lead, "Save", "Shorten this to 100 characters or fewer").Shot("outreach-roles-refused")
	lead.Fill("Leads the day", "Ola Berg").Click("Save").At(event).Says("Ola Berg").Click("Change the event").Want(200).Fill("Where is it?", "")
	j.refused(lead, "Save", "Enter where it is").Shot("outreach-change-refused")
	lead.Fill("Where is it?", "Education centre, hall 2").Click("Save").At(event).Click("Open sign-up").Want(200).Says("Sign-up is open", "hall 2").Click("Poster with a QR code").Want(200).Says("Point your phone").Shot("outreach-poster")
	sign := "/events" + event[len("/outreach"):]

	// Anybody with the link takes the place, gives it up, and somebody else has it.
	ann := j.h.visitor(j.t, j.view).Visit(sign).Want(200).Says("hall 2", "deleted 6 months after")
	j.refused(ann, "Take a place", "Enter your name", "Enter an e-mail address, for example name@example.com").Shot("outreach-sign-refused")
	ann.Fill("Your name", "Ann Doe").Fill("Your e-mail address", "ann@example.org").Shot("outreach-sign").Click("Take a place").At("/event-places/").Says("You have a place").Shot("outreach-ticket")
	if file := string(ann.Download("Add it to your calendar")); !strings.Contains(file, "SUMMARY:Meet occupational health\r\nLOCATION:Education centre\\, hall 2\r\n") {
		j.t.Errorf("the calendar says %q", file)
	}
	j.h.visitor(j.t, j.view).Visit(sign).Want(200).Says("All places are taken").Hides("Your name")
	ann.Click("Give up your place").Want(200).Says("You have given up your place").Click("Take a place").Want(200).Fill("Your name", "Ben Roe").Fill("Your e-mail address", "ben@example.org").Choose("Yes, you may write to me")
	j.refused(ann, "Take a place", "Select what interests you")
	ann.Select("If yes: what interests you?", "Nursing").Click("Take a place").At("/event-places/").Says("You have a place")

	// The day comes.
	j.h.idle(j.t)
	j.h.at(j.day.AddDate(0, 0, 11))
	lead = j.as(j.w.OHLead, access.Lead).Visit("/outreach").Want(200).Says("Not said yet").Shot("outreach").Click("Meet occupational health").Want(200).Says("Ben Roe", "Gave it up", "Nursing").Click("Say who came").Want(200)
	j.refused(lead, "Save who came", "Enter a whole number from 0 to 10,000").Shot("outreach-attendance-refused")
	lead.Choose("Ben Roe").Fill("How many came who had not signed up?", "12").Click("Save who came").At(event).Says("Held", "13").Click("Say what it cost").Want(200)
	j.refused(lead, "Save", "Enter a whole number of pounds from 0 to 1,000,000", "Enter a number of hours from 0 to 10,000").Shot("outreach-cost-refused")
	lead.Fill("Money spent, in pounds", "160").Fill("Hours of the team, together", "10").Click("Save").At(event).Says("£440").Click("Follow up those who agreed").Want(200).Shot("outreach-leads").
		Select("Ben Roe, ben@example.org: Nursing", "Applied").Click("Save").At(event).Says("Applied (").Shot("outreach-held")
	j.as(j.w.Ward, access.Manager).Visit(event).Want(404)
	lead.Visit("/outreach").Want(200).Says("£440").Shot("outreach-board").Click("Plan an event").Want(200).ChooseIn("What is it?", "Wellbeing event").Fill("What is it called?", "Lunch walk").Fill("What happens there, and for whom?", "For all staff.").
		Fill("At what time does it begin?", "12:00").Fill("How long is it, in minutes?", "45").Fill("Where is it?", "Front door").Fill("How many people can come?", "30")
	j.date(lead, "Which day?", 30)
	lead.Click("Save the plan").Want(200).Says("Prepare where to send somebody who needs help now").Click("Call the event off").Want(200).Says("0 people have a place").Click("Call the event off").Want(200).Says("Called off")
	j.h.at(j.day)
}
