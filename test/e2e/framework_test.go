package e2e

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkFramework goes from a draft of the framework through a co-design round in which members of two trusts comment, to the published
// version that one of them takes up, and to both sides of a contract that see the service by it.
func walkFramework(t *testing.T) { each(t, (*journey).framework) }

func (j *journey) framework() {
	j.h.show(j.t, j.w.SystemLead(), access.SystemLead)
	host := j.as(j.w.SystemLead(), access.SystemLead).Visit("/community").Want(200).Click("Open a community of practice").Want(200).Fill("What is it called?", "Wyre OH community").
		Fill("What is it for, and how do members treat each other?", "We learn from each other.").Click("Save").At("/community")
	nurse := j.as(j.w.OHNurse, access.Nurse).Visit("/community/profile").Want(200)
	j.joins(nurse, "Yes", "Data insights", "Relationships")
	foreign := j.as(j.w.ForeignOHNurse, access.Nurse).Visit("/community/profile").Want(200)
	j.joins(foreign, "Yes", "Relationships", "Data insights")
	lead := j.as(j.w.OHLead, access.Lead).Visit("/plan/maturity/ours").Want(200).Says("Version 1.", "It is local").Hides("is in force since").Visit("/plan/maturity/ours/newer").At("/plan/maturity/ours")
	lead.Click("Leadership").Want(200).Says("What counts as evidence").Click("Rate this theme").Want(200).Says("Leadership, in version 1").Choose("Level 2, emerging:").Fill("Evidence", "One agenda").Fill("Next step to the level above", "A plan").Click("Save").At("/plan/maturity/ours/themes/M01")

	draft := j.drafts(host, nurse)
	round := j.consults(host, nurse, foreign, draft)
	j.answers(host, nurse, foreign, draft, round)
	j.takesUp(lead, nurse)
	j.bothSides()
}

// drafts is the host's part: a copy of version 1, changed theme by theme and level by level.
func (j *journey) drafts(host, nurse *browser.Visitor) string {
	host.Visit("/community").Want(200).Click("Service development framework").Want(200).Says("Nobody has been asked about a draft yet", "Comes with Rowan").Shot("framework-none").Click("Version 1: Rowan's own framework").Want(200).Says("Not a national framework").Shot("framework-ours").
		Visit("/community/framework").Click("Begin a new version").Want(200)
	j.refused(host, "Save", "Enter what the version is called", "Enter where it comes from").Shot("framework-start-refused")
	host.Fill("What is the version called?", "Wyre framework").Fill("Where does it come from?", "Written by our members").Click("Save").At("/community/framework/versions/").Says("Nothing differs", "It can be published when the members were asked about it").Shot("framework-draft")
	draft := host.Path
	host.Visit("/community/framework/start").Want(409)
	host.Visit(draft).Click("Change its name and source").Want(200).Fill("What is the version called?", "")
	j.refused(host, "Save", "Enter what the version is called")
	host.Fill("What is the version called?", "Wyre Valley framework").Click("Save").At(draft).Says("Wyre Valley framework").Click("Leadership").Want(200).Click("Change level 2").Want(200).Fill("What does one see at a service of one's own?", "")
	j.refused(host, "Save", "Enter what one sees at a service of one's own").Shot("framework-level-refused")
	host.Fill("What does one see at a service of one's own?", "A director answers for it by name").Click("Save").At(draft+"/themes/M01").Says("A director answers for it by name").Shot("framework-theme").
		Click("Change its title and what it is about").Want(200).Fill("What is the theme called?", "")
	j.refused(host, "Save", "Enter what the theme is called")
	host.Fill("What is the theme called?", "Leadership and money").Click("Save").At(draft + "/themes/M01")
	host.Visit(draft).Click("Add a theme").Want(200)
	j.refused(host, "Save", "Enter what the theme is called", "Select what the theme is about").Shot("framework-add-refused")
	host.Fill("What is the theme called?", "Buying well").Choose("Services that are bought").Click("Save").At(draft + "/themes/M07")
	host.Visit(draft).Says("9 texts are missing", "Buying well, level 1: A service that is bought").Hides("Ask the members about it").Shot("framework-gaps").Visit(draft + "/round").Want(409).Visit(draft + "/publish").Want(409)
	host.Visit(draft + "/themes/M07").Click("Take this theme out").At(draft).Hides("Buying well").Says("Leadership and money")
	nurse.Visit(draft).Want(404).Visit("/community/framework").Want(200).Hides("Wyre Valley framework", "Begin a new version")
	return draft
}

// consults is the round: two members comment, one looks like a person, one agrees.
func (j *journey) consults(host, nurse, foreign *browser.Visitor, draft string) string {
	host.Visit(draft).Click("Ask the members about it").Want(200)
	host.Date("First day", "", "", "")
	j.refused(host, "Open the round", "Enter what you want to know", "Enter a first day from today on", "Enter a last day within half a year, not before the first").Shot("framework-round-refused")
	host.Fill("What do you want to know, and what happens with the answers?", "Is level 2 right? We answer each comment.").Fill("Questions, one on each line (optional)", "What is missing?")
	j.date(host, "First day", 0)
	j.date(host, "Last day", 20)
	host.Click("Open the round").At("/community/framework/rounds/").Says("0 of 2 organisations with a member took part").Shot("framework-round-host")
	round := host.Path
	host.Visit(draft).Says("nobody changes the text").Hides("Add a theme").Visit(draft + "/edit").Want(409)
	host.Visit(round).Click("Change the last day").Want(200).Date("Last day", "", "", "")
	j.refused(host, "Save", "Enter a last day within half a year, not before the first")
	j.date(host, "Last day", 25)
	host.Click("Save").At(round)

	nurse.Visit("/community").Want(200).Says("Version 2: say what you think until").Shot("framework-community").Click("Service development framework").Want(200).Press("//main//*[contains(@class,'nhsuk-inset-text')]//a").At(round).Shot("framework-round").
		Click("Leadership and money").Want(200).Says("A director answers for it by name").Shot("framework-round-theme").Click("Comment on level 2: A service of one's own").Want(200)
	j.refused(nurse, "Send", "Enter what you want to say").Shot("framework-comment-refused")
	nurse.Fill("What do you think of it?", "Say which director").Fill("Which other words would you use? (optional)", "As Mrs Winter does it")
	j.refused(nurse, "Send", "This looks like a person: “Mrs Winter”. Take it out, or tick the box to have a moderator read it first").Shot("framework-comment-warned")
	nurse.Fill("Which other words would you use? (optional)", "The chief nurse answers for it by name").Click("Send").At("/community/framework/comments/").Says("Proposed words:", "The host has not answered yet").Hides("I agree").Shot("framework-comment")
	comment := nurse.Path
	foreign.Visit(round).Want(200).Click("Answer question 1").Want(200).Fill("What do you think of it?", "Money is missing, said Mrs Winter")
	foreign.Click("Send").Want(422).Choose("It is about no patient and no member of staff. Send it to a moderator").Click("Send").At("/community/framework/comments/").Says("A moderator reads it first")
	held := foreign.Path
	nurse.Visit(held).Want(404)
	host.Visit("/community/moderation").Want(200).Says("Comment on the framework").Click("Question 1").Want(200).Click("Return it to its writer").Want(200).Fill("What has to change?", "Take out the name").Click("Return").At("/community/moderation")
	foreign.Visit("/community/written").Want(200).Click("Change it and send it again").Want(200).Fill("Text", "")
	j.refused(foreign, "Send", "Enter what you want to say")
	foreign.Fill("Text", "Money is missing").Click("Send").At(held).Says("Money is missing")
	foreign.Visit(comment).Want(200).Click("I agree").At(comment).Says("1 other member agrees").Click("I do not agree any more").At(comment).Says("0 other members agree").Click("I agree").At(comment).Shot("framework-agreed")
	nurse.Visit(comment + "/answer").Want(404)
	nurse.Visit(round).Says("2 of 2 organisations with a member took part", "2 people commented or agreed", "0% answered")
	return round
}

// answers is what came of it: each comment has its answer before the version is published.
func (j *journey) answers(host, nurse, foreign *browser.Visitor, draft, round string) {
	host.Visit("/community").Want(200).Says("2 comments wait for your answer").Visit(round).Click("2 comments with what came of them").At(round + "/said").Says("2 wait for an answer").Shot("framework-said-waiting").
		Click("See the comment of Helen Marsh on Leadership and money, level 2: A service of one's own").Want(200).Click("Answer this comment").Want(200)
	j.refused(host, "Answer", "Select whether it is taken up", "Enter what you do, and why").Shot("framework-answer-refused")
	host.Choose("In part").Fill("What do you do, and why?", "We name the role, and leave to you which.").Click("Answer").At(round + "/said")
	host.Visit(round).Click("End the round today").At(round).Says("The round is over", "Ended on")
	host.Visit(draft).Says("It can be published when every comment has an answer").Visit(round+"/said").Click("See the comment of Iris Webb on Question 1").Want(200).Click("Answer this comment").Want(200).
		Choose("Not taken up").Fill("What do you do, and why?", "Not taken up, because the business case has it.").Click("Answer").At(round + "/said")
	nurse.Visit(round).Hides("Answer question 1").Visit(round + "/comment/q1").Want(409).Visit(round + "/comment/q9").Want(404)
	host.Visit(draft).Click("Leadership and money").Want(200).Click("Change level 2").Want(200).Fill("What does one see at a service of one's own?", "A director answers for it by name and role").Click("Save").At(draft + "/themes/M01")
	host.Visit("/community").Says("Version 2 can be published").Visit(draft).Click("Publish version 2").Want(200).Date("From which day is it in force?", "1", "1", "2020")
	j.refused(host, "Publish", "Enter a day from today on, within a year", "Enter what changed", "Enter why “Leadership and money” was changed").Shot("framework-publish-refused")
	j.date(host, "From which day is it in force?", 0)
	host.Fill("What changed, in a few sentences?", "Level 2 names a director.").Fill("Why was “Leadership and money” changed?", "Members did not know whom to ask.").Click("Publish").At(draft).Says("In force", "Members did not know whom to ask", "You said, we did", "100% answered").Hides("Add a theme").Shot("framework-published")
	host.Visit(draft + "/edit").Want(409)
	nurse.Visit(draft).Want(200).Says("Level 2 names a director", "A director answers for it by name and role").Visit("/community/framework").Want(200).Says("Superseded", "In force").Shot("framework-home").Click("Compare two versions").Want(200).
		Says("From version 1 to version 2").Shot("framework-compare").Select("To", "Version 1: Rowan's own framework").Click("Compare").Want(200).Says("Nothing differs")
	foreign.Visit(round + "/said").Want(200).Says("Not taken up, because the business case has it").Hides("wait for an answer").Shot("framework-said")
}

// takesUp copies the version into the self-assessment of a service.
func (j *journey) takesUp(lead, nurse *browser.Visitor) {
	lead.Visit("/plan/maturity").Want(200).Says("Version 2, by Wyre Valley ICS, is in force since", "You rate by version 1").Shot("framework-newer-asked").Click("See what differs and take it up").Want(200).Says("Members did not know whom to ask", "A director answers for it by name and role").Shot("framework-newer").
		Click("Take up version 2").At("/plan/maturity/ours").Says("Version 2. Written by our members", "Rated under version 1. The words are others now").Hides("is in force since").Shot("framework-taken")
	lead.Click("Leadership and money").Want(200).Says("Rate it anew").Shot("framework-moved").Click("Rate this theme").Want(200).Says("in version 2").Choose("Level 2, emerging:").Fill("Evidence", "The chief nurse").Fill("Next step to the level above", "A plan").Click("Save").At("/plan/maturity/ours/themes/M01").Hides("Rate it anew")
	lead.Visit("/plan/maturity/ours").Click("Versions of this framework").Want(200).Says("In use", "Comes with Rowan").Shot("framework-versions").Click("Version 2: Wyre Valley framework").Want(200).Says("Members did not know whom to ask").Shot("framework-version")
	lead.Visit("/plan/maturity/ours/versions").Click("Version 1: Rowan's own framework").Want(200).Visit("/plan/maturity/ours/versions/x").Want(404)
	nurse.Visit("/plan/maturity").Want(404)
}

// bothSides is a contract: its client and its service say how they see what is bought.
func (j *journey) bothSides() {
	name := "Wyre Valley Hospitals"
	hr := j.as(j.w.HR, access.HR).Visit("/our-contract").Want(200).Click("How both sides see the service").Want(200).Shot("procured-providers").Click("The service of "+name).Want(200).Says("Not said", "You rate by version 2", "It is local").Shot("procured-none")
	theirs := hr.Path
	hr.Click("Use of data").Want(200).Says("Nobody has said how they see it yet").Click("Say how you see it: Use of data").Want(200)
	hr.Date("On which day was this judged?", "", "", "")
	j.refused(hr, "Save", "Select a level", "Enter what shows it", "Enter the day").Shot("procured-rate-refused")
	hr.Choose("Level 1, not started:").Fill("What shows it?", "Mrs Winter sends an invoice").Fill("What comes next?", "Ask for measures")
	j.date(hr, "On which day was this judged?", 0)
	j.refused(hr, "Save", "Take out “Mrs Winter”: the other side reads this, and it looks like a person")
	hr.Fill("What shows it?", "We get an invoice").Click("Save").At(theirs + "/M02").Says("We get an invoice").Shot("procured-theme")
	lead := j.as(j.w.OHLead, access.Lead).Visit("/agreements/" + j.w.Trust.String()).Want(200).Click("How both sides see the service").Want(200).Says("Level 1, not started")
	own := lead.Path
	lead.Click("Use of data").Want(200).Says("We get an invoice").Click("Say how you see it: Use of data").Want(200).Choose("Level 3, developing:").Fill("What shows it?", "")
	j.refused(lead, "Save", "Enter what shows it", "Enter what comes next")
	lead.Fill("What shows it?", "Packs with definitions").Fill("What comes next?", "Talk about them").Click("Save").At(own + "/M02").Visit(own).Want(200).Says("You see it differently").Shot("procured-both")
	hr.Visit(theirs).Want(200).Says("Level 3, developing", "You see it differently")
	lead.Visit(own + "/M99").Want(404)
	j.as(j.w.Ward, access.Manager).Visit(theirs).Want(404)
}
