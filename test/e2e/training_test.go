package e2e

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkTraining goes from a course that is switched on to a certificate that somebody else checks.
func walkTraining(t *testing.T) { each(t, (*journey).training) }

func (j *journey) training() {
	j.h.show(j.t, j.w.Ward, access.Person)
	lead := j.as(j.w.OHLead, access.Lead).Visit("/training").Want(200).Says("No session is planned").Click("Add a course").Want(200)
	j.refused(lead, "Add the course", "Select a course").Shot("training-add-refused")
	lead.ChooseIn("Which course?", "Managing attendance").Click("Add the course").At("/training").Says("Managing attendance", "3 hours").Shot("training")
	lead.Visit("/training/own").Want(200)
	j.refused(lead, "Add the course", "Enter a title", "Enter what it is about", "Select who it is for", "Enter a whole number of minutes from 15 to 2,400").Shot("training-own-refused")
	lead.Fill("What is it called?", "Case discussion").Fill("What is it about?", "Cases of the month.").ChooseIn("Who is it for?", "For the occupational health team.").Fill("How long is it, in minutes?", "60").Click("Add the course").At("/training").Says("Case discussion")

	// A session with one place: the manager takes it, and the nurse waits.
	j.lesson(lead, "Managing attendance", "1").Shot("training-course")
	ward := j.as(j.w.Ward, access.Person).Visit("/my/training").Want(200).Says("Courses for managers come first", "1 place free").Shot("my-training").Press("//main//td//a | //main//th//a").Want(200).Shot("my-training-session")
	session := ward.Path
	ward.Click("Take a place").Want(200).Says("You have a place")
	nurse := j.as(j.w.Nurse, access.Person).Visit(session).Want(200).Says("Full").Click("Join the waiting list").Want(200).Says("On the waiting list").Shot("my-training-waiting")
	ward.Click("Give up your place").At("/my/training").Says("You have given it up")
	nurse.Visit("/my/training").Want(200).Says("You have a place")
	nurse.Visit(session).Want(200).Click("Give up your place").At("/my/training")
	ward.Visit(session).Want(200).Click("Take a place").Want(200).Says("You have a place")

	// The team's own course, and a session that is called off.
	j.lesson(lead, "Case discussion", "4")
	own := j.as(j.w.OHNurse, access.Nurse).Visit("/team-training").Want(200).Says("Case discussion").Hides("Managing attendance").Shot("team-training").Press("//main//td//a | //main//th//a").Want(200).Click("Take a place").Want(200).Says("You have a place")
	lead.Visit("/training").Click("Case discussion").Want(200).Press("//main//table//a").Want(200).Says("Helen Marsh").Shot("training-session").Click("Call this session off").Want(200).Says("1 person").Click("Call this session off").Want(200).Says("called off")
	own.Visit(own.Path).Want(200).Says("called off")
	lead.Visit("/training").Click("Case discussion").Want(200).Click("End this course").Want(200).Click("End this course").At("/training").Hides("Case discussion")

	// It was held: who came has a certificate, and says what they think.
	j.h.idle(j.t)
	j.h.at(j.day.AddDate(0, 0, 11))
	lead = j.as(j.w.OHLead, access.Lead).Visit("/training").Want(200).Says("Say who came").Press("(//main//table//a)[1]").Want(200).Click("Say who came").Want(200)
	j.refused(lead, "Save who came", "Confirm that you have gone through the whole list").Shot("training-attendance-refused")
	lead.Choose("Tom Reid").Choose("I have gone through the whole list").Click("Save who came").Want(200).Says("Came")
	ward = j.as(j.w.Ward, access.Person).Visit("/my/training").Want(200).Shot("my-training-came").Click("Say what you thought of Managing attendance").Want(200)
	const pick = "Select a number from 1 to 5"
	j.refused(ward, "Send your answers", pick, pick, pick, pick).Shot("training-evaluation-refused")
	ward.ChooseIn("How useful is it for your work?", "5, very much").ChooseIn("How clear was it?", "4").ChooseIn("How confident are you to do it now?", "4").ChooseIn("Would you tell a colleague to come?", "5, very much").Fill("Is there anything you want to say? (optional)", "The exercises helped").Choose("Yes, without my name").Shot("training-evaluation").Click("Send your answers").At("/my/training").Says("counted without your name")
	ward.Click("Certificate for Managing attendance").Want(200).Says("Tom Reid took part in Managing attendance").Shot("training-certificate")
	number := ward.Lines(".nhsuk-summary-list__value")
	v := j.h.visitor(j.t, j.view).Visit("/training/verify").Want(200).Fill("Number of the certificate", strings.ToLower(number[len(number)-1])).Click("Check").Want(200).Says("We gave this certificate", "Tom Reid took part").Shot("training-verify")
	v.Fill("Number of the certificate", "1234").Click("Check").Want(200).Says("We gave no certificate with this number")
	lead.Visit("/training").Click("Managing attendance").Want(200).Says("Too few to show").Click("Did it change referrals?").Want(200).Says("Too few to show", "Nobody was chosen by lot").Shot("training-effect")
	lead.Visit("/service/feedback").Want(200).Says("The exercises helped").Shot("training-heard")
	j.as(j.w.Nurse, access.Person).Visit("/training").Want(404)
	j.h.at(j.day)
}

// lesson plans a session of a course in ten days.
func (j *journey) lesson(v *browser.Visitor, course, places string) *browser.Visitor {
	v.Visit("/training").Want(200).Click(course).Want(200).Click("Plan a session").Want(200)
	v.Fill("How many places?", "0")
	j.refused(v, "Save the session", "Enter the day", "Enter a time such as 09:30", "Select where it is held", "Enter the room, or the address of the meeting", "Enter a whole number of places from 1 to 200", "Enter who trains").Shot("training-open-refused")
	j.date(v, "On which day?", 10)
	return v.Fill("At what time does it start?", "09:30").ChooseIn("Where is it held?", "In a room").Fill("Room, or address of the online meeting", "Room 1").Fill("How many places?", places).Fill("Who trains?", "Anne Shaw").Click("Save the session").Want(200).Says("The session is open for places")
}
