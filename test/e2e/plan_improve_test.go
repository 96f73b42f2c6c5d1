package e2e

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// refused presses a button of a form, which must come back with these reasons and no others, in the order of its fields.
func (p *planner) refused(v *browser.Visitor, button string, reasons ...string) *browser.Visitor {
	p.t.Helper()
	if got := v.Click(button).Want(422).Lines(".nhsuk-error-summary__list a"); !slices.Equal(got, reasons) {
		p.t.Errorf("%s at %s: reasons are %q, want %q", p.view.Name, v.Path, got, reasons)
	}
	return v
}

// long is a text of so many letters.
func long(n int) string { return strings.Repeat("x", n) }

// catalogue plans an action from an intervention.
func (p *planner) catalogue() {
	v := p.asLead().Visit("/plan").Want(200).Click("Catalogue of interventions").Want(200).Says("30 interventions", "have not been checked")
	p.shot(v, "catalogue").Click("Treatment only").Want(200).Says("Counselling").Hides("Champions network").Click("All classes").Want(200)
	v.Click("Vaccination programmes").Want(200).Says("Green Book", "None yet.")
	p.shot(v, "catalogue-entry").Click("Plan an action from this").Want(200).Select("Objective", objective)
	p.plan(v, judgedIn, 20)
	v.Says("Vaccination programmes", "Preventative").Click("I05").Want(200).At("/plan/catalogue/I05").Hides("None yet.").Click("Vaccination programmes").Want(200).At("/plan/actions/")
	p.asExecutive().Visit("/plan/catalogue").Want(200).Click("Vaccination programmes").Want(200).Says("Actions planned from this").Hides("Plan an action from this")
}

// balance lays what is spent beside what is needed.
func (p *planner) balance() {
	v := p.asLead().Visit("/plan").Click("Balance of prevention, diagnosis and treatment").Want(200).Says("have not been entered", "Not collected", "is diagnostic work", "Contacts by class")
	p.shot(v, "balance-begin").Click("Enter spend and staff time").Want(200)
	classes := []string{"Preventative", "Diagnostic", "Treatment"}
	var reasons []string
	for _, c := range classes {
		v.Fill(c+": spend in pounds", "much").Fill(c+": hours of staff time", "1.5")
		reasons = append(reasons, c+": enter the spend as whole pounds, for example 120000", c+": enter the staff time as whole hours, for example 1500")
	}
	p.shot(p.refused(v, "Save", reasons...), "balance-refused")
	years := v.Lines("#year option")
	for _, year := range years[:2] {
		v.Visit("/plan/balance/enter").Want(200).Select("Financial year", year)
		for i, c := range classes {
			v.Fill(c+": spend in pounds", fmt.Sprintf("£%d0,000", 2+i)).Fill(c+": hours of staff time", fmt.Sprint(1000*(2-i)))
		}
		v.Click("Save").Want(200).Says("Saved", "£20,000 (22%)", "0 hours (0%)", "Spend by class, "+year, "entered by "+p.lead.Name)
	}
	p.shot(v, "balance").Click(years[0]).Want(200).Says("Spend by class, " + years[0])
	v.Click("£20,000 (22%)").Want(200).At("/figures/balance/").Says("Share of spend that is preventative", "Definition").Click("See it in full").Want(200).At("/plan/balance")
	p.asGuardian().Visit("/plan/balance").Want(200).Says("£20,000 (22%)").Hides("Enter spend and staff time")
}

// pathway designs a way through the service beside the times that were measured.
func (p *planner) pathway() {
	v := p.asLead().Visit("/plan").Click("Pathways").Want(200).Says("No pathway yet").Click("Add a pathway").Want(200)
	p.refused(v, "Save", "Enter a name", "Enter whom the pathway is for")
	v.Fill("Name", "Management referral").Fill("For whom", "Staff referred by their manager").Click("Save").At("/plan/pathways/").Want(200).Says("Saved", "There are no steps yet")
	at := v.Path
	p.refused(v.Click("Add a step").Want(200), "Save", "Enter what happens in this step", "Enter the role that does it", "Select a class", "Enter a whole number from 0 to 520")
	p.shot(v, "pathway-refused")
	step := func(title, class, target, unit, measured string) {
		p.t.Helper()
		v.Fill("What happens in this step?", title).Fill("Which role does it?", "OH nurse").Choose(class).Fill("How long may it take?", target).Choose(unit).Select("Which measured time does it stand for?", measured)
	}
	step("Read the referral", "Diagnostic", "1441", "Minutes", "Wait from referral to the first decision")
	p.refused(v, "Save", "Enter a whole number from 0 to 1,440", "Time is measured in days. Choose working days, or say that nothing measures this step")
	v.Fill("How long may it take?", "2").Choose("Working days").Click("Save").Want(200).Says("1. Read the referral", "Within target").Click("Add a step").Want(200)
	step("Telephone the person", "Preventative", "30", "Minutes", "Nothing measures this step")
	v.Click("Save").Want(200).Says("30 minutes", "Not measured").Click("Add a step").Want(200)
	step("See the person", "Diagnostic", "3", "Working days", "Time booked, not yet seen")
	v.Click("Save").Want(200).Says("Of 3 steps 2 could be measured; 1 took longer than the target", "in calendar days, the mean")
	p.shot(v, "pathway").Click("Move up: Telephone the person").Want(200).Says("1. Telephone the person", "2. Read the referral").Click("Remove: Telephone the person").Want(200).Hides("Telephone the person")
	v.Click("Change: Read the referral").Want(200).Fill("How long may it take?", "1").Click("Save").Want(200).Says("1 working day")
	v.Unfold().Click("Version 5: ").Want(200).Says("This is version 5. There is a newer one", "Telephone the person").Hides("/remove")

	v.Visit(at).Click("Change name and use").Want(200).Fill("Name", "").Fill("For whom", "")
	p.refused(v, "Save", "Enter a name", "Enter whom the pathway is for")
	v.Fill("Name", "Referral by a manager").Fill("For whom", "Staff referred by their manager").ChooseIn("Is it in use?", "No").Click("Save").Want(200).Says("This pathway is not in use any more")
	v.Visit(at + "/edit?version=1").Want(200).Click("Save").Want(409).Says("Somebody has changed this since you opened the page") // as in a window left open
	g := p.asGuardian().Visit("/plan/pathways").Want(200).Says("No").Hides("Add a pathway")
	p.shot(g.Click("Referral by a manager").Want(200).Says("This pathway is not in use any more").Hides("Add a step"), "pathway-guardian")
}

// maturity rates a theme twice, and takes in a framework of the region.
func (p *planner) maturity() {
	v := p.asLead().Visit("/plan").Click("Maturity").Want(200).Says("0 of 6").Click("Rowan's own framework").Want(200).Says("0 of 6 themes have been rated", "Not rated").Click("Prevention").Want(200).Says("Nobody has rated this theme yet")
	theme := v.Path
	const asked = "When did you judge this?"
	p.refused(v.Click("Rate this theme").Want(200).Date(asked, "", "", ""), "Save", "Select a level", "Enter the evidence", "Enter the day on which you judged this")
	p.shot(v, "maturity-refused").Choose("Level 2, emerging:").Fill("Evidence", long(1001)).Date(asked, "31", "2", "2026")
	p.refused(v, "Save", "Shorten this to 1,000 characters or fewer", "Enter the next step", "Enter a real date, for example 27 3 2026")
	v.Fill("Evidence", "Surveillance is up to date").Fill("Next step to the level above", "Train managers")
	p.date(v, asked, judgedIn, 9)
	p.refused(v, "Save", "The day must be today or in the past")
	p.date(v, asked, judgedIn, 1)
	v.Click("Save").Want(200).Says("Saved", "Surveillance is up to date")
	v.Click("Rate this theme").Want(200).Choose("Level 4, established:").Fill("Evidence", "Champions in each team").Fill("Next step to the level above", "Find teams at risk").Click("Save").Want(200).At(theme).Says("Champions in each team", p.lead.Name)
	p.shot(v, "maturity-theme").Visit("/plan/maturity/ours").Want(200).Says("1 of 6 themes have been rated", "2 levels up", "Find teams at risk")
	p.shot(v, "maturity")

	const heading, name = "code,theme,level1,level2,level3,level4,level5\n", "What is the framework called?"
	v.Visit("/plan/maturity").Click("Take in another framework").Want(200).Swap("Take in", "Enter what the framework is called").Want(422).Says("Select a file")
	for text, reason := range map[string]string{
		"":                               "The file is empty",
		"code,theme\nA,x\n":              "These columns are missing: level1, level2, level3, level4, level5",
		heading:                          "The file holds no themes",
		heading + "A,People,a,b,c,d,\n":  "The file has 1 row and it cannot be taken. See line 2.",
		heading + "A,x,,,,,\nA,x,,,,,\n": "None of the 2 rows can be taken. The first is in line 2.",
		heading + strings.Repeat("A,x,a,b,c,d,e\n", 201): "The file holds more than 200 themes, or is too large",
	} {
		v.Visit("/plan/maturity/import").Fill(name, "Regional matrix").Upload("File", p.write("local.csv", text)).Swap("Take in", reason).Want(422)
	}
	good := p.write("local.csv", heading+"A1,People,a,b,c,d,e\nA1,People again,a,b,c,d,e\n=1,Guard,a,b,c,d,e\nA2,Money,a,b,c,,e\nA3,"+long(151)+",a,b,c,d,e\n")
	v.Visit("/plan/maturity/import").Fill(name, "Regional matrix").Upload("File", good).Choose("Only check the file. Nothing is kept.").Swap("Take in", "1 of 5 themes would be taken, 4 would not").Want(200).Says("the code is there twice", "there is nothing in this column", "the text is too long")
	v.Click("Take in another framework").Want(200).Fill(name, "Regional matrix").Upload("File", good).Swap("Take in", "The framework has been taken in").Want(200).Says("local.csv", "the code is empty or has signs other than letters, digits, dots and dashes")
	p.shot(v, "maturity-imported")
	if got := string(v.Download("Download the list as a file")); !strings.Contains(got, "3,code,the code is there twice") || strings.Contains(got, "Money") {
		p.t.Errorf("the rows that were not taken are %q", got)
	}
	v.Click("People").Want(200).Says("A theme of: Regional matrix")
	v.Visit("/plan/maturity/import").Fill(name, "Another name").Upload("File", good).Swap("Take in", "This file was taken in before").Want(200).Hides("Another name")
	p.asExecutive().Visit("/plan/maturity").Want(200).Says("Regional matrix").Hides("Take in another framework").Click("Rowan's own framework").Want(200).Click("Prevention").Want(200).Says("Champions in each team").Hides("Rate this theme")
}

// cycle improves an action in a small step: plan, do, study, act.
func (p *planner) cycle() {
	v := p.asLead().Visit("/plan").Click("Improvement cycles").Want(200).Says("Begin with an action", action).Visit(p.action).Click("Improve in small steps").Want(200).At("/plan/cycles/").Says("Write the aim first")
	at := v.Path
	p.refused(v.Click("Write the aim").Want(200), "Save", "Enter the aim", "Enter the day by which it should be reached")
	v.Fill("How much of what should change, and for whom?", "9 of 10 night staff are offered an assessment").Date("By when?", "31", "2", "2027")
	p.refused(v, "Save", "Enter a real date, for example 27 3 2026")
	p.date(v, "By when?", judgedIn+3, 28)
	v.Click("Save").Want(200).Says("9 of 10 night staff", "No measure yet", "No cycle yet").Click("Change the aim").Want(200).Click("Save").Want(200)

	p.refused(v.Click("Add a measure").Want(200), "Save", "Select the kind of measure", "Select a figure from the list")
	v.Choose("Outcome").Select("Which figure?", "Wait to be seen, median").Click("Save").Want(200).Says("Outcome:", "Wait to be seen, median")
	v.Click("Add a measure").Want(200).Choose("Balancing").Select("Which figure?", "Staff turnover in the period: 2").Click("Save").Want(200).Says("Balancing:").Click("Stop using: Staff turnover in the period").Want(200).Hides("Staff turnover in the period")

	const begins, done = "When does it begin?", "When was it done?"
	p.refused(v.Click("Plan a cycle").Want(200).Date(begins, "", "", ""), "Save the plan", "Enter what you want to find out", "Enter what you think will happen", "Enter who does what", "Enter the day")
	plan := func() {
		p.t.Helper()
		v.Fill("What do you want to find out?", "Do night staff come at 7am?").Fill("What do you think will happen?", "Half of them come").Fill("Who does what, where and when?", "The nurse asks ten")
		p.date(v, begins, judgedIn, 2)
		v.Click("Save the plan")
	}
	plan()
	p.shot(v.Want(200).Says("1. Do night staff come at 7am?").Hides("Plan a cycle"), "cycle-planned").Visit(at + "/add").Want(200)
	plan() // as in a window left open
	v.Want(409).Says("Finish it first").Visit(at)

	p.refused(v.Click("Write what was done in cycle 1").Want(200).Date(done, "", "", ""), "Save", "Enter what was done", "Enter the day")
	v.Fill("What was done, and what did you see?", "Ten were asked")
	p.date(v, done, judgedIn, 1)
	p.refused(v, "Save", "The day must be "+p.time(judgedIn, 2, "0:00").Format("2 January 2006")+" or after")
	p.date(v, done, judgedIn, 9)
	p.refused(v, "Save", "The day must be today or in the past")
	p.date(v, done, judgedIn, 3)
	v.Click("Save").Want(200)
	p.refused(v.Click("Study cycle 1").Want(200).Says("You predicted: Half of them come"), "Save", "Enter what it says beside the prediction")
	v.Fill("What does it say beside the prediction?", "Seven came").Click("Save").Want(200)
	p.refused(v.Click("Decide on cycle 1").Want(200), "Save", "Select what you will do with the change", "Enter what exactly you will do")
	p.shot(v, "cycle-decide-refused").Choose("Adopt").Fill("What exactly will you do?", "Open at 7am on Mondays").Click("Save").Want(200).Says("Seven came", "Adopt. Open at 7am on Mondays", "Plan a cycle")
	p.shot(v, "cycle").Click("See the action").Want(200).At(p.action)
	p.asExecutive().Visit("/plan/cycles").Want(200).Says("9 of 10 night staff", "Adopt").Click(action).Want(200).Says("Seven came").Hides("Change the aim", "Stop using")
}
