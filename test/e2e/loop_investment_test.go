package e2e

import (
	"strings"

	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// invest plans what an action costs and brings, appraises it, writes the case, takes it to the board and follows it.
func (p *planner) invest() {
	v := p.asLead().Visit("/investment").Want(200).Says("There is no investment plan yet")
	for _, path := range []string{"/investment/benefits", "/investment/appraisal", "/investment/case", "/investment/actual"} {
		v.Visit(path).Want(200).Says("There is no investment plan yet")
	}
	v.Click("Set the plan up").Want(200).Fill("Rise of pay a year, percent", "30").Fill("General inflation a year, percent", "much").Fill("By how many quarters may benefits come late?", "9")
	p.refused(v, "Save", "Select the first quarter", "Enter a percentage from 0 to 25", "Enter a percentage from 0 to 25", "Enter a whole number of quarters from 0 to 8")
	p.shot(v, "investment-plan-refused")
	start := v.Lines("#start option")[9] // the quarter that runs: two years back are eight
	v.Select("First quarter", start).Fill("Rise of pay a year, percent", "2.5").Fill("General inflation a year, percent", "2").Fill("By how many quarters may benefits come late?", "1").Click("Save").Want(200).Says("Saved", "There are no lines yet")
	p.costs(v, start)
	p.gains(v, start)

	// The figures of each option in both views.
	v.Visit("/investment/appraisal").Want(200).Says("Preferred", "The chance that it costs more than it is worth is", "What moves the result most", "At which value does the answer turn?")
	p.shot(v, "investment-appraisal").Click("Financial view: the trust's budget and the cash that comes back").Want(200).Says("Options by what they do to the budget").Click("Do nothing").Want(200).Says("Doing nothing costs and brings nothing")
	p.guardianLooks("/investment/appraisal", "Net present social value")
	p.arguing(v)

	// Each quarter: what came of it.
	v.Visit("/investment/actual").Want(200).Says("nobody has entered what was spent").Click("Enter actual").Want(200)
	p.refused(v, "Save", "Enter at least one number")
	p.refused(v.Fill("Spent in the quarter, in pounds", "much"), "Save", "Enter a number of 0 or more")
	p.shot(v, "investment-actual-refused")
	v.Fill("Spent in the quarter, in pounds", "£4,000").Fill("Whole-time equivalents of the plan's posts in post at its end", "0.5")
	p.refused(v, "Save", "Enter why this goes before Rowan's own records, or leave the number empty")
	v.Fill("Why do you enter another number of posts?", "A nurse from the bank runs the clinic").Click("Save").Want(200).Says("Saved", "we spent", "WTE were in post", "A nurse from the bank runs the clinic. Rowan's own records say 0 WTE",
		"The plan is what business case 1 said of the option “Preferred” when it was submitted on")
	p.shot(v, "investment-actual")
	p.guardianLooks("/investment/actual", "Actual less plan")
	p.startNurse(v)
}

// startNurse has somebody start in the planned post: what was promised stays, the plan costs what it cost with the agreed day,
// and who is in post is read from the post.
func (p *planner) startNurse(v *browser.Visitor) {
	p.t.Helper()
	const on = "On which day?"
	v.Visit("/workforce/pipeline").Want(200).Click("Open a vacancy").Want(200).Select("What is it for?", "Evening nurse").Choose("National jobs site")
	p.date(v, "When was it advertised?", judgedIn-1, 1)
	v.Click("Save").Want(200).ClickIn("National jobs site", "Evening nurse").Want(200).Choose("It was offered and accepted")
	p.date(v, on, judgedIn-1, 12)
	p.date(v, "Agreed first day", judgedIn, 9)
	v.Click("Save").Want(200)
	plan := func() string {
		p.t.Helper()
		costs := v.Visit("/investment").Want(200).Lines("main strong")[0]
		return costs + "\n" + strings.Join(v.Visit("/investment/actual").Want(200).Lines("main tbody td:nth-child(2)"), "\n")
	}
	before := plan()
	v.Visit("/workforce/pipeline").Want(200).ClickIn("National jobs site", "Evening nurse").Want(200).Choose("The person started")
	p.date(v, on, judgedIn, 9)
	v.Click("Save").Want(200).Says("The post is filled")
	if after := plan(); after != before {
		p.t.Errorf("the plan was\n%s\nand is, now that the nurse has started,\n%s", before, after)
	}
	v.Click("Enter actual").Want(200).Fill("Whole-time equivalents of the plan's posts in post at its end", "").Click("Save").Want(200).Says("From Rowan's own records: The posts that the plan for people brought")
	p.shot(v, "investment-actual-own")
	v.Visit("/workforce/plan?option=nothing").Want(200).Says("1 person who has started through the plan is left out here")
}

// guardianLooks reads a page as whoever may not write.
func (p *planner) guardianLooks(path, words string) {
	p.t.Helper()
	p.asGuardian().Visit(path).Want(200).Says(words).Hides("Enter actual", "Set the plan up")
}

// costs writes a line for people and one with an amount, after every refusal.
func (p *planner) costs(v *browser.Visitor, start string) {
	p.t.Helper()
	v.Click("Add a line").Want(200).Select("From when?", "Choose")
	p.refused(v, "Save", "Enter what it is", "Select the kind", "Enter an amount in pounds, for example 12000, or select a band", "Select a quarter of the plan", "Select at least one option", "Select the type of project")
	p.shot(v, "investment-line-refused")
	v.Fill("What is it?", "Nurse for the evening clinic").Choose("People").Select("Band", "Band 6").Choose("Once").Choose("Capital").Fill("How much of full time does each work?", "2").Fill("Amount in pounds", "5").Select("From when?", start).
		Choose("Preferred").Select("Type of project", "Posts, pay and training").Fill("Optimism bias, percent (optional)", "11").Fill("Rise of this price a year, percent (optional)", "26")
	p.refused(v, "Save", "Select the role", "Enter how many people, as a whole number from 1 to 1,000", "Enter a share of full time above 0 and up to 1, for example 0.6", "Leave the amount empty where a band prices it",
		"Pay comes every year. Enter an end if the post ends", "Pay is revenue. What of it is a transfer is reckoned for you", "Enter a percentage from 0 to 25", "Enter a percentage from 0 to 10, the range of this type")
	v.Select("Role", "OH nurse").Fill("How many people?", "1").Fill("How much of full time does each work?", "0.8").Fill("Amount in pounds", "").Choose("Every year").Choose("Revenue").Fill("Rise of this price a year, percent (optional)", "").
		Fill("Optimism bias, percent (optional)", "5").Select("Until when? (optional)", start)
	p.refused(v, "Save", "The end must be after the start", "Say which risks have been dealt with, or use 10%")
	v.Select("Until when? (optional)", "It goes on").Fill("Why is the bias below the upper end? (optional)", "The post is filled from the bank").Click("Save").Want(200).Says("Saved", "Nurse for the evening clinic", "1 person of 0.8 full time")
	v.Click("Add a line").Want(200).Fill("What is it?", "Booking software").Choose("Licence").Fill("Amount in pounds", "£12,000").Choose("Preferred").Choose("Do minimum").Select("Type of project", "Price that is signed and cannot move").
		Click("Save").Want(200).Says("£12,000 a year", "so all of it has to be found")
	p.shot(v, "investment").Click("Full economic cost: pension 23.78%, with the part that is met centrally").Want(200).Says("Cash by quarter: Preferred")
	v.ClickIn("Licence", "Booking software").Want(200).Fill("Amount in pounds", "much").Click("Save").Want(422).Says("Enter an amount in pounds, for example 12000")
	v.Fill("Amount in pounds", "14400").Click("Save").Want(200).Says("£14,400 a year")
	v.Click("Change the plan").Want(200).Click("Save").Want(200)
	g := p.asGuardian().Visit("/investment").Want(200).Says("Nurse for the evening clinic").Hides("Add a line", "Change the plan")
	p.shot(g, "investment-guardian")
}

// gains writes a benefit, is refused a second that claims the same, and shares them.
func (p *planner) gains(v *browser.Visitor, start string) {
	p.t.Helper()
	v.Visit("/investment/benefits").Want(200).Says("There are no benefits yet").Click("Add a benefit").Want(200).Select("From when?", "Choose").Fill("How much of it is due to this plan, percent?", "0").Fill("Which share of the measure does this benefit claim, percent?", "101")
	units, percent := "Enter a number of units, for example 250", "Enter a percentage above 0 and up to 100"
	p.refused(v, "Save", "Enter what gets better", "Select the kind of benefit", "Enter the post that answers for it", "Select a figure or enter what measures it", "Enter for whom", "Enter the unit", units, units, units,
		"Enter pounds for one unit, for example 180", percent, percent, "Enter whole percentages from 0 to 100 apart by commas, the last above 0", "Select a quarter of the plan", "Select at least one option")
	p.shot(v, "investment-benefit-refused")
	fill := func(title, class, owner, share string) {
		p.t.Helper()
		v.Fill("What gets better?", title).Choose(class).Fill("Which post answers for it?", owner).Fill("What measures it?", "Days lost").Fill("For whom?", "All staff").Fill("In which unit?", "days").
			Fill("Units a year: lowest", "600").Fill("Units a year: most likely", "1,200").Fill("Units a year: highest", "2000").Fill("What is one unit worth, in pounds?", "£165").Fill("How much of it is due to this plan, percent?", "50").
			Fill("Which share of the measure does this benefit claim, percent?", share).Fill("How much of it is reached in each quarter, percent?", "0, 50, 100").Select("From when?", start).Choose("Preferred")
	}
	fill("Less agency cover", "Cash-releasing", "Director of finance", "60")
	v.Fill("Units a year: most likely", "1").Fill("Units a year: highest", "0")
	p.refused(v, "Save", "Most likely cannot be less than lowest", "Highest must be above 0 and not less than most likely")
	v.Fill("Units a year: most likely", "1,200").Fill("Units a year: highest", "2000").Click("Save").Want(200).Says("Saved", "Less agency cover", "No two benefits move the same measure")
	v.Click("Add a benefit").Want(200)
	fill("Days worked in place of days lost", "Other public value", "Director of nursing", "100")
	p.refused(v, "Save", "Less agency cover already claims 60% of “Days lost” for the same people. Enter 40% at most, or reduce the other share first: one saved day has one owner")
	p.shot(v, "investment-double").Fill("Which share of the measure does this benefit claim, percent?", "40").Click("Save").Want(200).Says("Saved", "Less agency cover (Director of finance): 60%")
	p.shot(v, "investment-benefits").Click("Add a benefit").Want(200)
	fill("Help comes sooner", "For staff", "Head of occupational health", "100")
	figures := v.Lines("#figure option")
	v.Select("Which figure shows it?", strings.TrimSpace(figures[1])).Fill("What measures it?", "").Fill("Level of the figure before the plan (optional)", "20")
	p.refused(v, "Save", "Enter the level at which the benefit is in full, or leave both levels empty")
	v.Fill("Level of the figure when the benefit is in full (optional)", "20")
	p.refused(v, "Save", "The two levels must differ")
	v.Fill("Level of the figure when the benefit is in full (optional)", "10").Click("Save").Want(200).Says("Help comes sooner", "20 before, 10 in full")
	v.Click("Help comes sooner").Want(200).Fill("What gets better?", "").Click("Save").Want(422).Says("Enter what gets better")
	v.Visit("/investment/benefits").Want(200).Click("Help comes sooner").Want(200).Click("Take this benefit out").Want(200).Says("Taken out").Hides("Help comes sooner")
	p.guardianLooks("/investment/benefits", "Measures that are shared")
}

// arguing writes the five parts and submits the case.
func (p *planner) arguing(v *browser.Visitor) {
	p.t.Helper()
	v.Visit("/investment/case").Want(200).Says("Before it can go to the board, write:")
	for _, part := range []string{"strategic", "economic", "commercial", "financial", "management"} {
		v.Visit("/investment/case").Want(200).Click("Write the " + part + " case").Want(200)
		if part == "economic" {
			p.refused(v, "Save this version", "Enter the text of this part")
			p.refused(v.Fill("Text", long(4001)), "Save this version", "Shorten this to 4,000 characters or fewer")
			p.shot(v, "investment-case-refused").Choose("Preferred: net present social value")
		}
		v.Fill("Text", "What the "+part+" case has to say, with £123,457 from elsewhere.").Click("Save this version").Want(200).Says("Saved", "1 number in this text is not taken from Rowan: £123,457.", "To have a number followed")
	}
	v.Says("Preferred: net present social value").Click("Versions: Economic case").Want(200).Says("Version 1")
	if text := string(v.Visit("/investment/case").Want(200).Download("Take the draft as a file to print")); !strings.Contains(text, "5. Management case") || !strings.Contains(text, "Number typed by the authors, not taken from Rowan (Management case): £123,457.") {
		p.t.Errorf("the draft is %.200s", text)
	}
	if data := string(v.Download("Workbook for the finance team (XLSX)")); !strings.HasPrefix(data, "PK") {
		p.t.Errorf("the workbook begins with %.10q", data)
	}
	p.shot(v, "investment-case").Click("Submit to the board").Want(200)
	p.refused(v, "Freeze and submit", "Enter the date of the meeting", "Enter what you recommend", "Enter what it means for the wellbeing of staff")
	p.date(v, "Date of the meeting", judgedIn, 1)
	v.Fill("What do you recommend?", long(1001)).Fill("What does it mean for the wellbeing of staff?", "Help comes sooner")
	p.refused(v, "Freeze and submit", "The meeting must be today or later", "Shorten this to 1,000 characters or fewer")
	v.Fill("What do you recommend?", "Agree to the preferred option")
	p.date(v, "Date of the meeting", judgedIn+1, 1)
	v.Click("Freeze and submit").Want(200).Says("The case has been frozen for the board", "Nothing yet. The paper is for the meeting", "It still is what was submitted", "Each figure in it still holds")
	p.shot(v, "investment-frozen")
	if text := string(v.Download("Take the file to print")); !strings.Contains(text, "SHA-256 of the text above") {
		p.t.Errorf("the file is %.200s", text)
	}
	frozen := v.Path
	v.Visit("/investment").Want(200).ClickIn("Licence", "Booking software").Want(200).Fill("Amount in pounds", "20000").Click("Save").Want(200).Says("What “Booking software” changes", "without it, and with it", "A post brings no benefit by itself")
	p.shot(v, "investment-effect")
	v.Visit(frozen).Want(200).Says("moved since the board had it").Visit("/investment/case").Want(200).Says("moved since")
	p.shot(v, "investment-case-stale")
	v.Says("behind this text").Click("I have read it again: the text still holds").Want(200).Says("The text now rests on the figures as they are")
	p.asExecutive().Visit(frozen).Want(200).Says("Business case 1")
}
