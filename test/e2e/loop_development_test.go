package e2e

import (
	"strings"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

func (p *planner) asNurse() *browser.Visitor  { p.t.Helper(); return p.as(p.nurse, access.Nurse) }
func (p *planner) asSecond() *browser.Visitor { p.t.Helper(); return p.as(p.colleague, access.Nurse) }

// development keeps a plan, lays offers beside it, shares it and stops, and asks a colleague. An organisation that works elsewhere
// has a lead here and nobody else: what there is to see without a team.
func (p *planner) development() {
	v := p.asLead().Visit("/development").Want(200).Says("Only you can read your plan")
	p.offer(v)
	v.Visit("/development/sharing").Want(200)
	p.refused(v, "Share my goals", "Select a colleague")
	v.Visit("/development/feedback/ask").Want(200)
	p.refused(v, "Ask", "Select a colleague", "Enter a question")
	if !p.care {
		return
	}
	p.goals()
	p.shareGoals()
	p.askColleague()
	p.shot(p.asLead().Visit("/development/offers").Want(200).Click("Leading a small team").Want(200).Says(p.nurse.Name, "OH nurse"), "development-offer").Click("Withdraw this offer").Want(200).Says("The offer has been withdrawn")
}

// offer publishes one, wrongly to begin with.
func (p *planner) offer(v *browser.Visitor) {
	const closes = "Until when can people say that it interests them?"
	v.Click("See all offers").Want(200).Says("You have not published an offer").Click("Publish an offer").Want(200)
	p.refused(v, "Publish", "Select what it is", "Select an area", "Enter the title", "Enter what it is about", "Enter how many places there are, from 1 to 200", "Enter until when it is open")
	p.shot(v, "development-offer-refused")
	v.ChooseIn("What is it?", "Course").ChooseIn("Area", "Leadership").Fill("Title", long(201)).Fill("What is it about?", "Four afternoons").Fill("Places", "many")
	p.date(v, closes, judgedIn-1, 1)
	p.refused(v, "Publish", "Shorten this to 200 characters or fewer", "Enter how many places there are, from 1 to 200", "Enter a day from today on, within two years")
	v.Fill("Title", "Leading a small team").Fill("Places", "3").Choose("OH nurse").Date(closes, "31", "2", "2027")
	p.refused(v, "Publish", "Enter a real date, for example 27 3 2026")
	p.date(v, closes, judgedIn+1, 20)
	p.shot(v.Click("Publish").Want(200).Says("The offer is published", "Leading a small team"), "development-offers-lead")
}

// goals writes a goal into the nurse's own plan, changes it, looks at it again, and says that an offer interests them.
func (p *planner) goals() {
	const by, next = "By when?", "When will you look at it next?"
	v := p.asNurse().Visit("/development").Want(200).Says("No offer fits your goals").Click("Add a goal").Want(200)
	p.refused(v, "Save", "Select an area", "Enter what you want to reach", "Enter why it matters to you", "Enter your first step", "Enter by when you want to reach it")
	p.shot(v, "development-goal-refused")
	v.ChooseIn("Area", "Leadership").Fill("What do you want to reach?", long(201)).Fill("Why does it matter to you?", "I want to be heard").Fill("What is your first step?", "Ask to take turns")
	p.date(v, by, judgedIn-1, 1)
	p.refused(v, "Save", "Shorten this to 200 characters or fewer", "Enter a day that is not in the past, or say that the goal is reached or dropped")
	p.date(v, by, judgedIn+70, 1)
	v.Fill("What do you want to reach?", "Chair the team meeting")
	p.refused(v, "Save", "Enter a day within the next 5 years")
	p.date(v, by, judgedIn+8, 1)
	v.Click("Save").Want(200).At("/development").Says("Saved", "Chair the team meeting", "Not started", "Leading a small team", "It fits your goals in leadership")
	v.Click("Change this goal").Want(200).Fill("What is your first step?", "")
	p.refused(v, "Save", "Enter your first step")
	v.Fill("What is your first step?", "Ask to take turns").ChooseIn("How far is it?", "Under way").Click("Save").Want(200).Says("Under way")

	v.Click("Look at your plan again").Want(200).Date(next, "", "", "")
	p.refused(v, "Save", "Enter what you see", "Enter when you will look at it next")
	v.Fill("What do you see when you look at your plan?", "It goes slowly")
	p.date(v, next, judgedIn-1, 1)
	p.refused(v, "Save", "Enter a day after today, within a year")
	p.shot(v, "development-review-refused")
	p.date(v, next, judgedIn+3, 1)
	v.Click("Save").Want(200).Says("You last looked at it on")
	p.shot(v.Unfold().Says("It goes slowly"), "development")
	v.Click("See all offers").Want(200).Click("Tell the lead that").Want(200).Says("The lead now sees that this interests you").Click("Take back that").Want(200).Says("The lead no longer sees your name")
	p.shot(v.Click("Tell the lead that").Want(200), "development-offers")
}

// shareGoals opens the plan to the lead, and to nobody else, and closes it again.
func (p *planner) shareGoals() {
	shared := "/development/shared/" + p.nurse.Account.String()
	p.asLead().Visit(shared).Want(404).Hides("Chair the team meeting")
	v := p.asNurse().Visit("/development").Click("Who can read my plan").Want(200).Select("Share your goals with a colleague", p.lead.Name+", OH lead").Click("Share my goals").Want(200).Says("You now share your goals")
	p.shot(v, "development-sharing")
	p.shot(p.asLead().Visit("/development").Want(200).Click(p.nurse.Name+"’s development plan").Want(200).At(shared).Says("Chair the team meeting").Hides("It goes slowly"), "development-shared")
	p.asSecond().Visit(shared).Want(404).Hides("Chair the team meeting")
	p.asNurse().Visit("/development/sharing").Click("Stop sharing with " + p.lead.Name).Want(200).Says("They can no longer read your plan")
	p.asLead().Visit(shared).Want(404).Hides("Chair the team meeting")
}

// askColleague asks one question and reads its answer.
func (p *planner) askColleague() {
	v := p.asNurse().Visit("/development").Click("Ask a colleague for feedback").Want(200).Select("Whom do you want to ask?", p.colleague.Name+", OH nurse").Fill("Second question, if you have one", long(201))
	p.refused(v, "Ask", "Shorten this to 200 characters or fewer")
	p.shot(v, "development-ask-refused")
	v.Fill("Second question, if you have one", "").Fill("First question", "What should I go on doing?").Click("Ask").Want(200).Says("Your questions have been sent")
	v.Click(p.colleague.Name + ", asked on").Want(200).Says("not answered yet")
	v = p.asSecond().Visit("/development").Want(200).Click(p.nurse.Name + " asked you for feedback").Want(200)
	p.refused(v, "Send my answers", "Enter an answer")
	p.shot(v, "development-answer-refused")
	v.Fill("What should I go on doing?", "Listening").Click("Send my answers").Want(200).Says("Your answers have been sent")
	p.shot(p.asNurse().Visit("/development").Click(p.colleague.Name+", asked on").Want(200).Says("Listening"), "development-feedback")
}

// pulse asks the team, which answers once each, and shows the lead how the team is. Nothing is told while the question is open.
func (p *planner) pulse() {
	const opens, closes, question = "First day", "Last day", "How are you at work these days?"
	v := p.asLead().Visit("/pulse").Want(200).Says("No question is open", "There is no result yet").Click("Ask the team a question").Want(200)
	p.refused(v, "Ask the team", "Enter a question", "Enter the first day", "Enter the last day")
	p.shot(v, "pulse-ask-refused")
	v.Fill("Question", question)
	p.date(v, opens, judgedIn, 1)
	p.date(v, closes, judgedIn, 9)
	p.refused(v, "Ask the team", "Enter today or a day after it", "Enter a last day that makes the period 14 to 42 days long")
	p.date(v, opens, judgedIn, 8)
	v.Date(closes, "31", "2", "2027")
	p.refused(v, "Ask the team", "Enter a real date, for example 27 3 2026")
	p.date(v, closes, judgedIn, 26)
	p.shot(v.Click("Ask the team").Want(200).Says(question, "until then nobody sees anything"), "pulse-lead")
	v.Click("Ask the team a question").Want(200).Fill("Question", "Again?")
	p.date(v, opens, judgedIn, 20)
	p.date(v, closes, judgedIn+1, 10)
	if got := v.Click("Ask the team").Want(422).Lines(".nhsuk-error-summary__list a"); len(got) != 1 || !strings.Contains(got[0], "Another question is open from") {
		p.t.Errorf("reasons are %q", got)
	}
	if p.care {
		v := p.asNurse().Visit("/pulse").Want(200)
		p.refused(v, "Send my answer", "Select an answer")
		p.shot(v.Unfold(), "pulse-refused")
		p.shot(v.Choose("4").Click("Send my answer").Want(200).Says("You have answered"), "pulse-answered")
	}
	p.load()
}

// load is how the team is: each part says when nothing is collected.
func (p *planner) load() {
	v := p.asLead().Visit("/workforce").Want(200).Click("How the team is").Want(200).At("/workforce/load").Says("Not collected: no question to the team is over yet").Click("Enter overtime").Want(200)
	p.refused(v, "Save", "Select a month", "Enter the hours as a number from 0 to 20,000")
	p.shot(v, "load-overtime-refused")
	v.Select("Month", p.month(judgedIn-1)).Fill("Hours", "-1")
	p.refused(v, "Save", "Enter the hours as a number from 0 to 20,000")
	p.shot(v.Fill("Hours", "41.5").Click("Save").Want(200).Says("Saved", "41.5", "Not collected"), "load")
	p.asExecutive().Visit("/workforce/load").Want(404)
}
