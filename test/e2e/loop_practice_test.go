package e2e

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// practice has a nurse keep a registration, learning and supervision, and be signed off by the lead; the lead sees the team.
func (p *planner) practice() {
	v := p.asNurse().Visit("/practice").Want(200).Says("Nothing is due within 90 days", "Not given")
	p.shot(v, "practice-begin")
	p.giveRegistration(v)
	p.learn(v)
	p.beSupervised(v)
	p.competence(v)
	v = p.asLead()
	p.signOff(v)
	p.team(v)
	p.giveBack()
	if p.care {
		p.signedByColleague()
	}
}

func (p *planner) giveRegistration(v *browser.Visitor) {
	p.t.Helper()
	const ends, again = "Registration ends on", "Revalidation is due on (optional)"
	v.Click("Give your registration, so that we can remind you").Want(200)
	p.refused(v, "Save", "Select a register", "Enter your number", "Enter the day your registration ends")
	p.shot(v, "practice-registration-refused")
	v.Select("Register", "NMC (Nursing and Midwifery Council)").Fill("Number", "1234567").Date(ends, "31", "3", "2062").Date(again, "40", "3", "2028")
	p.refused(v, "Save", "Enter a number that the NMC could have given", "Check the year", "Revalidation: enter the day as a number from 1 to 31")
	v.Fill("Number", "00a 0000e")
	p.date(v, ends, judgedIn+1, 1)
	p.date(v, again, judgedIn+20, 1)
	v.Click("Save").Want(200).At("/practice/registration").Says("00A0000E")
	p.shot(v, "practice-registration")
	v.Visit("/practice").Want(200).Says("Due soon, or ended", "Registration (NMC)")
	v.Visit("/practice/registration").Click("NMC").Want(200).Click("I am no longer registered with the NMC").Want(200)
	p.shot(v, "practice-registration-end").Click("Remove this registration").Want(200).Says("You have given no entry").Click("Give a registration").Want(200)
	v.Select("Register", "NMC (Nursing and Midwifery Council)").Fill("Number", "00A0000E")
	p.date(v, ends, judgedIn+1, 1)
	v.Click("Save").Want(200).Says("00A0000E")
}

func (p *planner) learn(v *browser.Visitor) {
	p.t.Helper()
	v.Visit("/practice/cpd").Want(200).Says("There is nothing here yet").Click("Add learning").Want(200)
	p.refused(v, "Save", "Enter what it was", "Enter when it was", "Select a kind", "Enter hours, for example 1.5, at most 100")
	p.shot(v, "practice-cpd-refused")
	v.Fill("What was it?", long(201)).Select("Kind", "Reading").Fill("Hours", "two").Fill("Your reflection (optional)", long(4001))
	p.date(v, "When was it?", judgedIn, 20)
	p.refused(v, "Save", "Shorten this to 200 characters or fewer", "The day must be today or in the past", "Enter hours, for example 1.5, at most 100", "Shorten this to 4,000 characters or fewer")
	v.Fill("What was it?", "Guidance on long absence").Fill("Hours", "1.5").Fill("Your reflection (optional)", "Ask at the first contact.")
	p.date(v, "When was it?", judgedIn, 2)
	v.Click("Save").Want(200).At("/practice/cpd").Says("1.5 hours in the last 12 months")
	p.shot(v, "practice-cpd").Click("Guidance on long absence").Want(200).Fill("What was it?", "")
	p.refused(v, "Save", "Enter what it was")
	v.Fill("What was it?", "Guidance read again").Click("Save").Want(200).Says("Guidance read again")
	v.Click("Add learning").Want(200).Fill("What was it?", "Entered twice").Select("Kind", "Course").Fill("Hours", "1")
	p.date(v, "When was it?", judgedIn, 2)
	v.Click("Save").Want(200).Click("Entered twice").Want(200).Click("Remove this entry").Want(200)
	p.shot(v, "practice-cpd-remove").Click("Remove").Want(200).Says("It has been removed").Hides("Entered twice")
}

func (p *planner) beSupervised(v *browser.Visitor) {
	p.t.Helper()
	v.Visit("/practice/supervision").Want(200).Says("There is nothing here yet").Click("Add supervision").Want(200)
	p.refused(v, "Save", "Enter when it was", "Select with whom it was", "Enter minutes, from 1 to 480")
	p.shot(v, "practice-supervision-refused")
	v.Select("With whom?", "Somebody outside the service").Fill("Name of the person outside the service", "A colleague elsewhere").Fill("Minutes", "481").Date("When was it?", "1", "1", "2001")
	if got := v.Click("Save").Want(422).Lines(".nhsuk-error-summary__list a"); len(got) != 2 {
		p.t.Errorf("reasons %q", got)
	}
	v.Fill("Minutes", "60")
	p.date(v, "When was it?", judgedIn, 3)
	v.Click("Save").Want(200).At("/practice/supervision").Says("60 minutes", "1 hour in the last 12 months")
	p.shot(v, "practice-supervision").Click("Remove").Want(200).Says("Remove supervision of").Click("Remove").Want(200).Hides("60 minutes")

	// With a colleague both see it, until its supervisee takes it out.
	v.Click("Add supervision").Want(200).Select("With whom?", p.lead.Name).Fill("Minutes", "30")
	p.date(v, "When was it?", judgedIn, 3)
	v.Click("Save").Want(200).Says(p.lead.Name, "30 minutes")
	p.shot(p.asLead().Visit("/practice/supervision").Want(200).Says("Supervision you gave", "30 minutes"), "practice-supervision-given")
	p.asNurse().Visit("/practice/supervision").Click("Remove").Want(200).Click("Remove").Want(200).Hides("30 minutes")
}

// competence begins one and asks for its sign-off; nobody signs for themselves.
func (p *planner) competence(v *browser.Visitor) {
	p.t.Helper()
	v.Visit("/practice/competencies").Want(200).Says("Not a national framework", "Not begun")
	p.shot(v, "practice-competencies").Click("Triage").Want(200)
	p.shot(v, "practice-competence").Click("I have begun to learn this").Want(200).Says("Learning: practise with supervision")
	v.Click("Ask to be signed off").Want(200).Says("You have asked to be signed off", "Began to learn it")
	v.Visit("/practice/competencies/triage/stop").Want(409)
	v.Visit("/practice/sign-off").Want(200).Says("Nobody waits for your sign-off")
	v.Visit("/practice/sign-off/" + p.nurse.Account.String() + "/triage").Want(404)
	v.Visit("/practice/team").Want(404)
	v.Visit("/practice/due").Want(404)
}

func (p *planner) signOff(v *browser.Visitor) {
	p.t.Helper()
	const on, until = "When did you see that they are ready?", "Until when does it count? (optional)"
	v.Visit("/practice").Want(200).Click("1 colleague waits for your sign-off").Want(200)
	p.shot(v, "practice-asking").Click("Triage").Want(200).Date(on, "", "", "").Date(until, "1", "x", "2030")
	p.refused(v, "Sign off", "Enter the day you saw that they are ready", "End of the sign-off: enter the month as a number, or its name")
	p.shot(v, "practice-sign-refused")
	p.date(v, on, judgedIn, 20)
	p.date(v, until, judgedIn, 1)
	p.refused(v, "Sign off", "The day must be today or in the past", "The end must be after today and after the day you saw it")
	p.date(v, on, judgedIn, 5)
	p.date(v, until, judgedIn+72, 1)
	p.refused(v, "Sign off", "The end must be within five years")
	p.date(v, until, judgedIn+2, 1)
	v.Click("Sign off").Want(200).Says("They may now practise this unsupervised", "May practise unsupervised until")
	p.shot(v, "practice-member")
}

// team is what the lead sees: who may do what, hours, what is due; and never what somebody wrote.
func (p *planner) team(v *browser.Visitor) {
	p.t.Helper()
	v.Visit("/practice/team").Want(200).Says("Hangs on "+p.nurse.Name, "1.5 hours").Hides("Guidance read again")
	p.shot(v, "practice-team")
	v.Visit("/practice/due").Want(200).Says("Registration (NMC)", "Sign-off: Triage")
	p.shot(v, "practice-due").Click(p.nurse.Name).Want(200).Hides("Guidance read again").Click("Change").Want(200)
	p.refused(v, "Save", "Select a role")
	p.shot(v, "practice-role").Choose("Nurse in a development post").Click("Save").Want(200).Says("Nurse in a development post")
	v.Click("Change").Want(200).Choose("Occupational health nurse").Click("Save").Want(200)
	v.Click("Withdraw").Want(200)
	p.refused(v, "Withdraw", "Enter why")
	p.shot(v, "practice-withdraw-refused")
	v.Fill("Why?", "Three referrals were misread").Click("Withdraw").Want(200).Says("The sign-off has been withdrawn")
}

// giveBack is a sign-off that its holder gives up.
func (p *planner) giveBack() {
	p.t.Helper()
	p.asNurse().Visit("/practice/competencies/reports").Want(200).Click("Ask to be signed off").Want(200)
	p.asLead().Visit("/practice/sign-off").Want(200).Click("Reports and consent").Want(200).Click("Sign off").Want(200).Says("They may now practise this unsupervised")
	v := p.asNurse().Visit("/practice/competencies/reports").Want(200).Click("I should no longer do this unsupervised").Want(200)
	p.refused(v, "Give it back", "Enter why")
	p.shot(v, "practice-stop-refused")
	v.Fill("Why?", "A year without it").Click("Give it back").Want(200).Says("The sign-off was withdrawn", "A year without it")
}

// signedByColleague has somebody who practises unsupervised sign for the next.
func (p *planner) signedByColleague() {
	p.t.Helper()
	p.as(p.colleague, access.Nurse).Visit("/practice/competencies/assessment").Want(200).Click("Ask to be signed off").Want(200)
	p.asLead().Visit("/practice/sign-off").Want(200).Click("Assessment").Want(200).Click("Sign off").Want(200)
	p.asNurse().Visit("/practice/competencies/assessment").Want(200).Click("Ask to be signed off").Want(200)
	v := p.as(p.colleague, access.Nurse).Visit("/practice").Want(200).Click("1 colleague waits for your sign-off").Want(200).Click("Assessment").Want(200)
	v.Click("Sign off").Want(200).At("/practice/sign-off").Says("They may now practise this unsupervised", "Nobody waits")
}
