package e2e

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// second is an action that nothing comes of.
const second = "Exit talks on every ward"

// register says before the actions start what they should change; a forecast without an action is taken back.
func (p *planner) register() {
	v := p.asLead().Visit("/effect").Want(200).Says("Nothing has been registered yet")
	v.Visit(p.action).Click("Register what this should change").Want(200).Says(action).Click("Register and lock").Want(422)
	p.shot(v, "effect-register-refused")
	v.Select("Which figure should move?", "Wait to be seen, median").Choose("Down").Fill("By how much?", "4").Select("By the end of which month?", p.month(dueIn))
	v.Fill("What else might explain a change?", "Fewer referrals in summer\nA second nurse starts").Choose("Fairly sure")
	v.Click("Register and lock").At("/effect/forecasts/").Want(200).Says("Registered. It is locked from now on", "Too early", "Fewer referrals in summer").Hides("Registered late")
	p.forecast = v.Path
	p.shot(v, "effect-forecast").Click("See the action in the plan").Want(200).Says("to fall by 4").Visit("/effect").Click("Register a forecast").Want(200)
	v.Fill("What will you do?", "Text reminders").Select("Which figure should move?", "Did not attend").Choose("Down").Fill("By how much?", "1").Select("By the end of which month?", p.month(dueIn+2)).Fill("What else might explain a change?", "A warm spring")
	p.date(v, "When does it start?", startsIn, 12)
	v.Click("Register and lock").Want(200).Click("Withdraw the forecast").Want(200).Click("Withdraw the forecast").Want(422).Fill("Why do you withdraw it?", "No money").Click("Withdraw the forecast").Want(200).Says("The reason is kept")
	v.Visit(p.objective).Click("Plan an action").Want(200)
	p.plan(v.Fill("What will be done?", second).Choose("Diagnostic"), startsIn, 1)
	v.Click("Register what this should change").Want(200).Select("Which figure should move?", "Staff turnover in the period: 2").Choose("Down").Fill("By how much?", "1").Select("By the end of which month?", p.month(dueIn))
	v.Fill("What else might explain a change?", "Fewer posts elsewhere").Choose("Very sure").Click("Register and lock").At("/effect/forecasts/").Want(200).Says("The action has not started").Hides("Registered late")
}

// start is the day on which the actions begin. What is said of one from then on is late.
func (p *planner) start() {
	v := p.asLead()
	for _, name := range []string{second, action} {
		v.Visit("/plan/actions").Click(name).Want(200).Click("Start, finish or stop this action").Want(200).Choose("It starts today").Click("Save").Want(200).Says("Started on")
	}
	v.Click("Register what this should change").Want(200).Says("Registered late", "This action started on").Select("Which figure should move?", "Did not attend").Choose("Down").Fill("By how much?", "1").Select("By the end of which month?", p.month(dueIn))
	v.Fill("What else might explain a change?", "A warm spring").Click("Register and lock").At("/effect/forecasts/").Want(200).Says("Registered late", "left out of the calibration")
	v.Visit("/performance/all/mark").Want(200).Click("Write on the chart").Want(422)
}

// judge is half a year later: the service's months are there, a number of another system was corrected, and the page says
// what may be said.
func (p *planner) judge() {
	if p.care {
		p.work(0, judgedIn)
	} else {
		p.feed(0, judgedIn)
	}
	p.asLead().Visit("/data/import").Upload("File", p.write("correction.csv", p.later())).Swap("Take in the file", "New or different")
	v := p.asGuardian().Visit("/effect").Want(200).Says("No effect claimed", "Registered late").Visit(p.forecast).Want(200).Says("More than foretold", "That does not show that the action caused it", "Fewer referrals in summer", "Fingerprint")
	p.shot(v, "effect-judged").Visit("/effect").Click(second).Want(200).Says("So no effect is claimed", "1 of the", "months before registration reads otherwise", "6 months after the start are compared with whole years")
	p.shot(v, "effect-no-claim").Visit("/effect/calibration").Want(200).Says("Of 2 forecasts that were registered before their action started and are settled, 1 came true.", "Registered late, left out 1", "Withdrawn before the start, left out 1")
	p.shot(v, "effect-calibration").Visit("/effect/chain").Want(200).Says("From occupational health to patients")
	p.shot(v, "effect-chain").Visit("/performance").Click("Wait to be seen, median").Want(200)
	p.shot(v, "performance-waits")
}

// later is the turnover of the months since, as it was before, and a number of the last month before that was wrong.
func (p *planner) later() string {
	var b strings.Builder
	b.WriteString("measure,date,group,numerator,denominator,state\n")
	rng := rand.New(rand.NewPCG(5, 6))
	for m := range judgedIn {
		fmt.Fprintf(&b, "turnover,%s,,%d,2000,\n", p.first.AddDate(0, m, 0).Format("2006-01"), 40+rng.IntN(10))
	}
	fmt.Fprintf(&b, "turnover,%s,,95,2000,\n", p.first.AddDate(0, -1, 0).Format("2006-01"))
	return b.String()
}

// review is the lead's month: what stands out gets a decision.
func (p *planner) review() {
	v := p.asLead().Visit("/effect/review").Want(200).Says("Wait to be seen, median")
	p.shot(v, "effect-review").Click("Decide about Wait to be seen, median").Want(200).Click("Save the decision").Want(422)
	p.shot(v, "effect-decide-refused").Fill("Title", "Seen in half the time").Fill("What was done", "Nurses triage on two days a week. Text reminders did not happen.").Click("Save the decision").Want(200).Says("Decision saved", "Draft of a story", "Seen in half the time")
	v.Click("Monthly review: " + p.month(judgedIn-2)).Want(200)
}
