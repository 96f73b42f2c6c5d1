package e2e

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkMentor goes from what somebody offers to a mentorship that ends with thanks, and from a programme in house to its sign-off.
func walkMentor(t *testing.T) { each(t, (*journey).mentor) }

func (j *journey) mentor() {
	lead := j.as(j.w.OHLead, access.Lead).Visit("/mentoring/counts").Want(200).Says("Nothing has been counted yet", "Too few have answered").Shot("mentor-counts")
	nurse := j.as(j.w.OHNurse, access.Nurse).Visit("/practice/competencies/triage").Want(200).Click("Ask to be signed off").Want(200)
	lead.Visit("/practice/sign-off").Want(200).Click("Triage").Want(200).Click("Sign off").Want(200)

	// What the nurse offers.
	nurse.Visit("/mentoring").Want(200).Says("You are not a mentor", "You have no mentor").Shot("mentor-begin").Click("What you offer as a mentor").Want(200)
	j.refused(nurse, "Save", "Select yes or no", "Select at least one thing that you can help with", "Enter a whole number from 1 to 5", "Select how you can meet").Shot("mentor-profile-refused")
	nurse.ChooseIn("Do you take people at the moment?", "Yes").ChooseIn("Parts of a career that you can help with", "Leadership").ChooseIn("Competencies that you can help with", "Triage").ChooseIn("Interests that you can help with", "Leading change").
		Fill("For how many people at once do you have time?", "1").ChooseIn("How can you meet?", "Online").ChooseIn("On which days do you usually have time?", "Tuesday").Shot("mentor-profile").Click("Save").At("/mentoring").Says("You offer to be a mentor to one person at once")

	// A colleague finds the nurse, with the reason, and asks.
	ruth := j.as(j.w.OHNurse2, access.Nurse).Visit("/development/goals/add").Want(200).ChooseIn("Area", "Leadership").Fill("What do you want to reach?", "Chair the team meeting").Fill("Why does it matter to you?", "I want to be heard").Fill("What is your first step?", "Ask to take turns")
	j.date(ruth, "By when?", 90)
	ruth.Click("Save").Want(200).Visit("/mentoring").Click("Find a mentor").Want(200).Says("Helen Marsh", "You have open goals in: Leadership", "You are not signed off yet for: Triage", "1 place free").Hides("You look for:").Unfold()
	ruth.Choose("Leading change").Click("Look again").Want(200).Says("You look for: Leading change").Shot("mentor-find").Click("Ask Helen Marsh to be your mentor").Want(200)
	j.refused(ruth, "Ask", "Select what you would like help with").Shot("mentor-ask-refused")
	with := ruth.Choose("Leadership").Choose("Triage").Click("Ask").Want(200).Says("You have asked", "There is no answer yet").Shot("mentor-asked").Path

	// The one place is taken: the doctor waits, and has second thoughts.
	doctor := j.as(j.w.OHPhysician, access.Physician).Visit("/mentoring/find").Want(200).Says("Full").Shot("mentor-full").Click("Wait for a place with Helen Marsh").Want(200).Says("Nobody waits yet")
	doctor.Choose("Leading change").Click("Wait for a place").Want(200).Says("You wait for a place").Shot("mentor-waiting").Visit("/mentoring/find").Want(200).Click("See what you asked Helen Marsh").Want(200).Visit("/mentoring").Says("You have asked").Click("Helen Marsh").Want(200).Click("Take this back").At("/mentoring").Says("You have taken it back")
	doctor.Visit("/mentoring/find").Click("Wait for a place with Helen Marsh").Want(200).Choose("Leading change").Click("Wait for a place").Want(200)
	doctors := doctor.Path

	nurse.Visit("/mentoring").Want(200).Says("They ask you to be their mentor", "They wait until you have a place").Shot("mentor-home").Click("Ruth Vale").Want(200).Says("Leadership, Triage").Shot("mentor-answer").Click("Be the mentor of Ruth Vale").Want(200).Says("You are their mentor now", "There is no goal yet")
	j.together(nurse, ruth, with)
	j.outside(lead, doctor, with)

	// The end, with thanks; the place goes to the doctor, who is declined without a reason.
	ruth.Visit(with).Want(200).Click("End the mentorship with Helen Marsh").Want(200)
	j.refused(ruth, "End it with thanks", "Select what you thank them for").Shot("mentor-end-refused")
	ruth.Choose("For listening").Click("End it with thanks").At(with).Says("The mentorship has ended", "You thanked Helen Marsh", "Chair the meeting").Hides("Add a goal").Shot("mentor-ended").Click("Say whether it helped").Want(200)
	j.refused(ruth, "Send your answer", "Select a number from 1 to 5").Shot("mentor-help-refused")
	ruth.Choose("4").Click("Send your answer").At(with).Says("You have said whether it helped")
	ruth.Visit(with + "/help").Want(409)
	ruth.Visit(with + "/goals/add").Want(409)
	nurse.Visit(with).Want(200).Says("Ruth Vale ended it and thanks you", "For listening").Hides("Say whether it helped").Visit("/mentoring").Says("They ask you to be their mentor").Visit(doctors).Want(200).Click("Decline").Want(200).Says("You have declined")
	doctor.Visit(doctors).Want(200).Says("A mentor gives no reason").Shot("mentor-declined")
	j.programme(lead, nurse, ruth)
	j.h.at(j.day)
}

// together is what the two keep: goals, meetings, the next one in a calendar, and each their log.
func (j *journey) together(nurse, ruth *browser.Visitor, with string) {
	ruth.Visit(with).Want(200).Click("Add a goal").Want(200).Fill("What do you want to reach?", long(201))
	j.refused(ruth, "Save", "Select what it is about", "Shorten this to 200 characters or fewer").Shot("mentor-goal-refused")
	ruth.Choose("Leadership").Fill("What do you want to reach?", "Chair the meeting").Click("Save").At(with).Says("Chair the meeting", "Under way")
	nurse.Visit(with).Want(200).Says("Chair the meeting").Click("Change this goal").Want(200).Fill("What do you want to reach?", "")
	j.refused(nurse, "Save", "Enter what you want to reach")
	nurse.Fill("What do you want to reach?", "Chair the meeting").ChooseIn("How far is it?", "Reached").Click("Save").At(with).Says("Reached")

	nurse.Click("Write down a meeting").Want(200)
	j.refused(nurse, "Save", "Enter when you met", "Enter minutes, from 1 to 480").Shot("mentor-meeting-refused")
	j.date(nurse, "When did you meet?", 0)
	nurse.Fill("For how many minutes?", "45").Click("Save").At(with).Says("You have met once, 45 minutes in all").Click("Write down a meeting").Want(200).Fill("For how many minutes?", "5")
	j.date(nurse, "When did you meet?", 0)
	nurse.Click("Save").At(with).Says("You have met 2 times").Press("(//form[contains(@action,'/meetings/')]//button)[1]").Want(200).Says("You have met once")
	ruth.Visit(with).Want(200).Says("You have met once", "written down by Helen Marsh").Click("Plan the next meeting").Want(200)
	j.date(ruth, "On which day do you meet next?", -1)
	j.refused(ruth, "Save", "Enter a day from today on, within a year").Shot("mentor-next-refused")
	j.date(ruth, "On which day do you meet next?", 9)
	ruth.Click("Save").At(with).Says("You meet next on")

	// Each log is its writer's alone, entry by entry.
	ruth.Click("Write in your log").Want(200)
	j.refused(ruth, "Save", "Enter what you want to remember").Shot("mentor-log-refused")
	ruth.Fill("What do you want to remember?", "I find it hard to be heard").Click("Save").At(with).Says("I find it hard to be heard", "Only you").Shot("mentor-with")
	nurse.Visit(with).Want(200).Hides("I find it hard to be heard").Says("There is nothing here yet")
	ruth.Click("Show Helen Marsh the entry").Want(200).Says("They can read this entry now")
	nurse.Visit(with).Want(200).Says("I find it hard to be heard", "Ruth Vale shows you this").Shot("mentor-shown")
	ruth.Click("Stop showing Helen Marsh").Want(200).Says("They can no longer read this entry")
	nurse.Visit(with).Want(200).Hides("I find it hard to be heard")
	ruth.Click("Remove the entry").Want(200).Says("It is deleted").Shot("mentor-log-remove").Click("Remove").At(with).Hides("I find it hard to be heard")
	ruth.Click("Write in your log").Want(200).Fill("What do you want to remember?", "I find it hard to be heard").Click("Save").At(with)

	ruth.Visit("/mentoring").Want(200).Click("Make a calendar link").Want(200).Says("The link is made").Shot("mentor-calendar")
	link, words := "", ""
	for _, line := range ruth.Lines("main p a") {
		if _, token, found := strings.Cut(line, "/mentoring-days/"); found {
			link, words = "/mentoring-days/"+token, line
		}
	}
	if got := string(ruth.Download(words)); !strings.Contains(got, "SUMMARY:Mentoring") || strings.Contains(got, "Helen") {
		j.t.Errorf("the calendar says %q", got)
	}
	ruth.Visit("/mentoring").Click("Close the link").Want(200).Says("The link opens no more")
	j.h.visitor(j.t, j.view).Visit(link).Want(404)
}

// outside is what others find: nothing.
func (j *journey) outside(lead, doctor *browser.Visitor, with string) {
	for _, v := range []*browser.Visitor{lead, doctor, j.as(j.w.Ward, access.Manager), j.as(j.w.OHNurse, access.Person), j.as(j.w.OHAdmin, access.OHAdmin)} {
		for _, path := range []string{with, with + "/goals/add", with + "/log/add", with + "/end"} {
			v.Visit(path).Want(404).Hides("Chair the meeting", "I find it hard to be heard")
		}
	}
	lead.Visit("/mentoring").Want(200).Hides("Ruth Vale", "Chair the meeting").Click("Mentoring in numbers").Want(200).Says("1 mentor takes people at the moment").Hides("Ruth Vale", "Helen Marsh")
	doctor.Visit("/mentoring/counts").Want(404)
}

// programme is a course of the team: who holds its competence signs a colleague off after it.
func (j *journey) programme(lead, nurse, ruth *browser.Visitor) {
	lead.Visit("/training/add").Want(200).ChooseIn("Which course?", "Triage in this service").Click("Add the course").At("/training")
	j.lesson(lead, "Triage in this service", "2")
	for _, v := range []*browser.Visitor{nurse, ruth} {
		v.Visit("/team-training").Want(200).Press("//main//td//a | //main//th//a").Want(200).Click("Take a place").Want(200).Says("You have a place")
	}
	j.h.idle(j.t)
	j.h.at(j.day.AddDate(0, 0, 11))
	j.as(j.w.OHLead, access.Lead).Visit("/training").Want(200).Press("(//main//table//a)[1]").Want(200).Click("Say who came").Want(200).Choose("Ruth Vale").Choose("Helen Marsh").Choose("I have gone through the whole list").Click("Save who came").Want(200)
	ruth = j.as(j.w.OHNurse2, access.Nurse).Visit("/team-training/assess").Want(200).Says("Nobody waits for your sign-off")
	nurse = j.as(j.w.OHNurse, access.Nurse).Visit("/team-training").Want(200).Click("Colleagues whom you may sign off").Want(200).Says("Ruth Vale").Shot("mentor-assess").Press("//main//table//a").Want(200).Date("When did you see that they are ready?", "", "", "")
	j.refused(nurse, "Sign off", "Enter the day you saw that they are ready").Shot("mentor-assess-refused")
	j.date(nurse, "When did you see that they are ready?", 11)
	signed := nurse.Path
	nurse.Click("Sign off").At("/team-training/assess").Says("They may now practise this unsupervised", "Nobody waits").Visit(signed).Want(404)
	ruth.Visit("/practice/competencies/triage").Want(200).Says("Helen Marsh")
}
