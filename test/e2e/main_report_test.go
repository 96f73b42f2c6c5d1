package e2e

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// choose is what the person says beforehand: how the report may go.
func (j *journey) choose() {
	v := j.link().Click("Reports about you, and what you decide about them").Want(200).Click("Report for").Want(200).Shot("my-report-choice")
	v.Click("Save my choice").Want(422).Choose("Do not send my report until I have read it").Click("Save my choice").Want(200).Says("Your choice is saved")
}

// report is the clinician's answer to the questions: written, previewed as its readers will see it, signed.
func (j *journey) report() {
	v := j.as(j.w.OHNurse, access.Nurse).At("/today").Visit(j.file()).Want(200).Click("Open the report").Want(200)
	v.Date("Review date", "31", "2", "2027").Click("Save and preview").Want(422).Says("Review date: enter a real date", "Enter a brief summary").Date("Review date", "", "", "")
	v.Click("Save and preview").Want(422).Shot("report-unfinished").Click("Save draft").Want(200).Visit(j.file() + "/report/sign").Want(200).Click("Sign the report").Want(422).Shot("report-refused")
	v.Fill("Brief summary of what they can do", "Amara can do light work now and all of her work in about five weeks.")
	for _, q := range []string{"When are they likely to return to their full role?", "Which temporary adjustments or phased return would help, and for how long?", "Can she work on another ward for a time?"} {
		v.Fill(q, "She can return on Monday with half shifts for four weeks, on any ward without heavy lifting.")
	}
	v.Choose("Fit with temporary adjustments")
	j.date(v, "Fit from", 7)
	v.Select("Kind", "Phased return").Fill("What is advised", "Half shifts for four weeks")
	j.date(v, "From (optional)", 7)
	j.date(v, "Until (optional)", 35)
	v.ChooseIn("Is the person likely to be covered by the Equality Act?", "Unlikely to be covered").Fill("Outlook", "Full recovery is likely.")
	v.ChooseIn("Is it related to work?", "Partly")
	j.date(v, "Review date", 35)
	v.Shot("report").Click("Save and preview").Want(200).Says("Tom Reid", "Priya Nair", "Half shifts for four weeks").Shot("report-preview")
	v.Click("Go on to sign").Want(200).Shot("report-sign").Click("Sign the report").Want(200).Says("Report signed")
}

// aside are the ways that are seldom taken, in one view: what the person says by telephone, and a disclosure without
// consent, which a second clinician decides on.
func (j *journey) aside() {
	if j.view != browser.Phone {
		return
	}
	j.as(j.w.OHAdmin, access.OHAdmin).Visit(j.file() + "/consent").Want(200).Click("Record").Want(422)
	v := j.as(j.w.OHNurse, access.Nurse).Visit(j.file() + "/disclosure").Want(200).Click("Ask a second clinician").Want(422)
	v.Fill("Who is told?", "The Driver and Vehicle Licensing Agency").Choose("The law demands it").Select("Who is asked to decide with you?", "Omar Aziz, OH physician").Fill("The statement, word for word", "She must not drive.")
	v.Fill("Why this is justified, and what you tried first", "We asked twice.").ChooseIn("Has the person been told, or will they be?", "Yes").Click("Ask a second clinician").Want(200).Says("Waits for Omar Aziz")
	j.as(j.w.OHPhysician, access.Physician).At("/today").Says("Decisions that a colleague asks of you").Click("Amara Okafor").Want(200).Says("She must not drive.").Shot("disclosure")
	v.Visit(j.file() + "/close").Want(200).Click("Close the case").Want(422).Visit(j.file() + "/review").Want(200).Click("Plan the review").Want(422)
	j.as(j.w.OHPhysician, access.Physician).Visit(j.proposal()).Want(200).Says("She must not drive.", "We asked twice.").Shot("disclosure").Click("Confirm the disclosure").Want(200)
}

// read is the person's part: they read it, and ask to have a fact corrected.
func (j *journey) read() {
	v := j.link()
	if j.view == browser.Phone { // the newest message tells of the disclosure: its link opens at home, where the report waits on top
		v.Click("Read your report").Want(200)
	}
	v = v.At("/my/reports/").Visit("/my/reports").Click("Report for").Want(200).Says("This is exactly what they will see", "Half shifts for four weeks").Shot("my-report")
	v.Click("Confirm").Want(422).Choose("I ask for a correction").Click("Confirm").Want(200).Shot("my-correction")
	v.Click("Ask for the correction").Want(422).Fill("Which fact is wrong, and what is right?", "I am back on the 12th, not the 9th.").Click("Ask for the correction").Want(200).Says("The clinician has your correction", "The clinician is looking at your correction", "Change my mind").Shot("my-report-checking")
}

// correct is the clinician's answer, and the second version.
func (j *journey) correct() {
	v := j.as(j.w.OHNurse, access.Nurse).At("/today").Shot("today-correction").Visit(j.file()).Click("Answer the request").Want(200)
	v.Says("I am back on the 12th").Click("Answer").Want(422).Fill("Your answer to the person", "Corrected: the 12th.").Click("Answer").Want(200)
	v.Fill("Outlook", "Full recovery is likely after the 12th.").Click("Save and preview").Want(200).Click("Go on to sign").Want(200).Click("Sign the report").Want(200)
}

// mostPages is how many pages somebody sees from the one-time link to the word that they have agreed, both counted
// (issue 2, section 3).
const mostPages = 3

// agree is the person's consent, straight from the link in the message.
func (j *journey) agree() {
	v := j.link().At("/my/reports/").Says("Your correction is answered", "Corrected: the 12th.", "What changed since version 1", "Full recovery is likely after the 12th.", "Version 2").Shot("my-report-answered")
	v.Choose("I have read version 2").Click("Confirm").Want(200).Says("You have agreed")
	if v.Pages > mostPages {
		j.t.Errorf("%s: %d pages from the link to consent, want %d at most", j.view.Name, v.Pages, mostPages)
	}
	j.t.Logf("%d pages from the link to consent", v.Pages)
	j.h.idle(j.t)
	v.Visit("/my/reports").Want(200).Says("Sent").Shot("my-reports").Click("Report for").Want(200).Says("Your report was sent", "You agreed to version 2").Shot("my-report-sent")
}

// receive is the manager's part at the end: the report, and an answer to each adjustment.
func (j *journey) receive() {
	v := j.as(j.w.Ward, access.Manager).At("/referrals").Shot("referrals").Click("Amara Okafor").Want(200).Says("Report ready to read", "Then record what you do about each adjustment", "I want to come back in steps.").Shot("timeline")
	v.Hides("worried about nights", "Straight leg raise", "physio").Click("Read the report").Want(200).Says("Half shifts for four weeks").Hides("Straight leg raise").Shot("received")
	v.Click("Send my answer").Want(422).Choose("Partly").Click("Send my answer").Want(200).Says("You said: Partly")
	v.Click("Say what you did with each adjustment").Want(200).Choose("Not possible").Click("Save").Want(422)
	v.Choose("Done").Click("Save").Want(200).Says("Your answers are saved")
	j.as(j.w.HR, access.HR).Visit("/referrals").Want(200).Click("Amara Okafor").Want(200).Click("Read the report").Want(200).Hides("Straight leg raise")
}

// feedback is given once, without signing in; the service reads it without a name.
func (j *journey) feedback() {
	j.h.visitor(j.t, j.view).Visit(j.mail("/feedback/")).Want(200).Says("as a manager") // who referred is asked last, once the report is out
	path := j.mailBefore("/feedback/")
	v := j.h.visitor(j.t, j.view).Visit(path).Want(200).Shot("feedback").Click("Send my answers").Want(422)
	v.ChooseIn("How well did we keep you informed?", "5").ChooseIn("Was what we did specific to you?", "4").ChooseIn("Did you feel that you mattered?", "5")
	v.Click("Send my answers").Want(200).Says("Thank you").Visit(path).Says("You have already answered")
	j.as(j.w.OHLead, access.Lead).Visit("/service/feedback").Want(200).Says("1 person answered").Hides("Okafor").Shot("feedback-read")
}
