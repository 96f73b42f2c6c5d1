package e2e

import (
	"strings"

	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// What is planned, in the words of the lead.
const (
	objective = "Everybody is seen within ten working days"
	action    = "Nurse-led triage on two days a week"
	vision    = "Staff who are well, and stay"
)

// strategy turns the needs into an objective, its measures and its actions, and these into the draft of a version.
func (p *planner) strategy() {
	v := p.asLead().Visit("/plan").Want(200).Says("From what staff need to what the board decides")
	p.shot(v, "plan").Visit("/plan/actions").Click("Plan an action").Want(200).Says("Set one first")
	v.Visit(p.needs[0]).Click("Set an objective").Want(200).Click("Set objective").Want(422)
	v.Fill("What do you want to reach?", objective).Choose("Services across systems").Select("Element of the framework", "Professional wellbeing support").Choose("This year")
	v.Fill("Which objective of your organisation does it serve?", "Fewer days lost to ill health")
	for _, q := range asked[2:] {
		v.Choose(q.need)
	}
	v.Click("Set objective").At("/plan/objectives/").Want(200).Says("Objective set", asked[0].need, asked[3].need)
	p.objective = v.Path
	for i, figure := range []string{"Wait to be seen, median", "Staff turnover in the period: 2"} {
		v.Visit(p.objective).Click("Choose a figure to measure it by").Want(200)
		if i == 0 {
			v.Click("Choose figure").Want(422)
		}
		v.Select("Figure", figure).Click("Choose figure").Want(200).Says("Figure chosen")
	}
	p.shot(v, "plan-objective").Click("Change this objective").Want(200).Fill("What do you want to reach?", "").Click("Save").Want(422)
	p.discard(v)

	v.Visit(p.objective).Click("Plan an action").Want(200).Click("Plan action").Want(422)
	p.plan(v.Fill("What will be done?", action).Choose("Diagnostic"), startsIn, 1)
	p.action = v.Path
	p.shot(v, "plan-action").Click("Change this action").Want(200).Fill("Owner", "").Click("Save").Want(422)
	v.Visit(p.objective).Click("Plan an action").Want(200)
	p.plan(v.Fill("What will be done?", "A quiet room on every site").Choose("Diagnostic"), startsIn, 20)
	v.Click("Start, finish or stop this action").Want(200).Click("Save").Want(422).Choose("It stops, or never starts").Fill("Reason", "Estates cannot do it this year").Click("Save").Want(200).Says("Stopped")
	v.Visit("/plan/actions").Want(200)
	p.shot(v, "plan-actions").Visit("/plan/page").Want(200).Says(objective, action)
	p.version(v)
}

// discard sets an objective and takes it back.
func (p *planner) discard(v *browser.Visitor) {
	v.Visit("/plan/objectives").Click("Set an objective").Want(200).Fill("What do you want to reach?", "A gym on every site").Choose("Strategic identity").Select("Element of the framework", "Environment").Choose("In 5 years")
	v.Fill("Which objective of your organisation does it serve?", "A good place to work").Click("Set objective").Want(200).Click("Withdraw this objective").Want(200).Click("Withdraw objective").Want(422)
	v.Fill("Why do you withdraw it?", "Nobody asked for it").Click("Withdraw objective").Want(200).Says("Objective withdrawn")
}

// plan fills in an action whose title, class and objective are there.
func (p *planner) plan(v *browser.Visitor, month, day int) {
	p.t.Helper()
	v.Fill("Owner", "Lead OH nurse").Select("Figure it should change (optional)", "Wait to be seen, median")
	p.date(v, "Planned start", month, day)
	p.date(v, "Planned end", judgedIn+1, 28)
	v.ChooseIn("How likely is it to go wrong, from 1 to 5?", "2").ChooseIn("How bad would that be, from 1 to 5?", "3").Fill("What you do about the risk", "Train a second nurse first")
	v.Fill("Cost", "Two nurse days a week").Fill("What it means for equality", "Calls at any hour, so that night staff are not left out")
	v.Click("Plan action").At("/plan/actions/").Want(200).Says("Action planned", "Nothing registered yet")
}

// version opens the strategy, with everything a signature needs.
func (p *planner) version(v *browser.Visitor) {
	v.Visit("/plan").Click("Start a version").Want(200).Click("Save").Want(422)
	v.Fill("Where does it lead? One line", "Staff who are well").Click("Save").Want(200).Says("Version started", "Needed before it can be approved")
	v.Click("The line of the strategy").Want(200).Fill("Where does it lead? One line", "").Click("Save").Want(422).Fill("Where does it lead? One line", vision).Click("Save").Want(200)
	p.shot(v, "plan-version").Visit("/plan").Click("Work it out with staff side").Want(200).Click("Add to the co-production log").Want(200).Click("Add to log").Want(422)
	p.date(v, "When?", 0, 12)
	v.Fill("Who was asked?", "Staff side committee").Fill("What were they asked?", "Which hours suit?").Fill("What did it change?", "Calls at night were added").Click("Add to log").Want(200).Says("Calls at night were added")
	v.Visit("/plan").Click("Judge what it means for equality").Want(200).Says("Not judged yet").Click("Judge what it means for equality").Want(200).Click("Save").Want(422)
	p.shot(v, "plan-equality-refused")
	for _, label := range v.Lines("main fieldset .nhsuk-checkboxes__label") {
		v.Choose(label)
	}
	v.ChooseIn("Effect", "Better").Fill("How do you know?", "Staff networks and staff side said so").Click("Save").Want(200)
	p.shot(v, "plan-equality").Hides("Not judged yet")
	v.Visit("/plan/versions/1/changes").Want(200).Says("There is no version before this one").Visit("/plan/versions/1/page").Want(200).Says(vision, objective)
	p.shot(v, "plan-page")
	v.Visit("/plan").Click("Submit the version").Want(200).Click("Submit version").Want(200).Says("Needs: 3", "Objectives: 1").Click("Submit version").Want(200).Says("Version submitted")
}

// board is the executives' part: a paper, a question about it, the decision, the signature.
func (p *planner) board() {
	v := p.asLead().Visit("/plan").Click("Put a paper before the board").Want(200).Click("Put a paper before the board").Want(200).Click("Add paper").Want(422)
	v.Fill("Title", "Strategy for the year").Select("Which version?", "Strategy, version 1").Fill("What do you recommend?", "Approve it").Fill("What does it mean for the wellbeing of staff?", "Shorter waits")
	p.date(v, "Date of the meeting", 0, 16)
	v.Click("Add paper").At("/plan/board/").Want(200).Says("Paper added")
	paper := v.Path
	p.shot(v, "plan-paper")

	x := p.asExecutive().At("/performance").Visit("/plan").Want(200).Click("Papers for the board").Want(200).Click("Strategy for the year").Want(200)
	x.Click("Ask a question").Want(200).Click("Ask").Want(422).Fill("What do you want to know?", "What do waits cost us?").Fill("Who should answer?", "Head of occupational health")
	p.date(x, "By when?", 0, 16)
	x.Click("Ask").Want(200).Says("Question asked")
	v.Visit(paper).Click("Answer: What do waits cost us?").Want(200).Click("Answer").Want(422).Fill("Your answer", "Three weeks for each case").Select("Figure 1 that it relies on", "Wait to be seen, median").Click("Answer").Want(200).Says("Question answered")
	x.Visit(paper).Says("Three weeks for each case").Click("Record a decision").Want(200).Click("Record decision").Want(422)
	x.Choose("Approve").Fill("Words for the minutes", "Approved as recommended")
	p.date(x, "When?", 0, 16)
	x.Click("Record decision").Want(200).Says("Decision recorded", "Approved as recommended")
	x.Click("Strategy, version 1").Want(200).Click("Sign or return it").Want(200).Click("Sign").Want(422)
	p.shot(x, "plan-sign-refused")
	x.Choose("Approve it").Fill("Type your name as shown: "+p.executive.Name, p.executive.Name).Fill("Your post", "Chief people officer").Click("Sign").Want(200).Says("Signed")

	v.Visit("/plan").Click("Put it in force").Want(200).Click("Put in force").Want(200).Click("Put in force").Want(200).Says("Version in force", "plan, co-production log and equality impact are as they were signed")
	p.shot(v, "plan-in-force").Visit("/plan").Want(200).Hides("To do")
	v.Visit("/plan/versions/1/page").Want(200)
	v.Hides("Not approved yet")
	if n := browser.Pages(v.Print()); n != 1 {
		p.t.Errorf("the plan on a page prints on %d pages", n)
	}
}

// replan is the next version: what happened since is a difference, and a figure whose source was corrected says so.
func (p *planner) replan() {
	v := p.asLead().Visit("/plan").Want(200).Says("Figures that have changed since you relied on them", "Out of date")
	p.shot(v, "plan-stale").Visit(p.objective).Says("Out of date").Click("Rely on the figure of today: Staff turnover in the period").Want(200).Says("The plan now relies on the figure of today")
	v.Press("(//main//form[contains(@action, '/drop')]//button)[1]").Want(200).Says("no longer measured by this figure")
	v.Visit(p.needs[1]).Click("Decide on this need").Choose("Set it aside").Fill("Reason", "Estates cannot do it").Click("Save").Want(200)
	v.Visit("/plan/versions").Want(200).Click("Start a version").Fill("Where does it lead? One line", vision).Click("Save").Want(200)
	v.Click("What changed since the version before").Want(200).Says("Compared with version 1", "Started", "Removed", asked[2].need)
	p.shot(v, "plan-changes")
	if !strings.HasSuffix(v.Path, "/changes") {
		p.t.Errorf("changes are at %s", v.Path)
	}
}
