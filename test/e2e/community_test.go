package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/community/member"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkCommunity goes from an ICS that opens a community of practice to members of two trusts who find each other, ask and answer, copy a
// template and keep papers in a group; what looks like a person is held, and what slipped through is recalled.
func walkCommunity(t *testing.T) { each(t, (*journey).community) }

func (j *journey) community() {
	j.h.show(j.t, j.w.SystemLead(), access.SystemLead)
	nurse := j.as(j.w.OHNurse, access.Nurse).Visit("/community").Want(200).Says("There is no community of practice above Wyre Valley Hospitals yet").Shot("community-none")
	host := j.as(j.w.SystemLead(), access.SystemLead).Visit("/community").Want(200).Click("Open a community of practice").Want(200)
	j.refused(host, "Save", "Enter a name", "Say what it is for").Shot("community-open-refused")
	host.Fill("What is it called?", "Wyre OH community").Fill("What is it for, and how do members treat each other?", "We learn from each other.").Click("Save").At("/community").Says("The community is open", "Join the community")

	nurse.Visit("/community").Want(200).Says("Hosted by Wyre Valley ICS").Shot("community-join").Click("Join the community").Want(200).Fill("Anything else about you and your work? (optional)", "I work with Dr Ash")
	j.refused(nurse, "Join", "Select your profession", "Select whether others may see where you work", "Select whether you are the only one", "Select whether you would be a mentor", "Take out “Dr Ash”: it looks like a person, and many people read this").Shot("community-join-refused")
	j.joins(nurse.Fill("Anything else about you and your work? (optional)", ""), "Yes", "Data insights", "Relationships")
	foreign := j.as(j.w.ForeignOHNurse, access.Nurse).Visit("/community/profile").Want(200)
	j.joins(foreign, "Yes", "Relationships", "Data insights")
	lead := j.as(j.w.OHLead, access.Lead).Visit("/community/profile").Want(200)
	j.joins(lead, "No", "Fulfilment at work", "Environment")

	nurse.Visit("/community/matches").Want(200).Says("Iris Webb", "It goes both ways", "You ask for Relationships. Iris Webb is strong at it.").Hides("Anne Shaw").Shot("community-matches").Click("See Iris Webb").Want(200).Says("Harrow Fell Hospitals").Shot("community-member")
	nurse.Visit("/community/members").Want(200).Says("3 members are listed").Unfold().Select("Profession", "Ergonomist").Click("Show").Want(200).Says("No member fits").Shot("community-members")
	lead.Visit("/community/bands").Want(200).Says("nothing to offer").Shot("community-bands")
	host.Visit("/community/members").Want(200).Click("Helen Marsh").Want(200).Click("Ask Helen Marsh to moderate").Want(200).Says("They moderate now").Shot("community-host")
	host.Visit("/community/open").Want(200).Fill("What is it called?", "Wyre and Fells community").Click("Save").At("/community").Says("Wyre and Fells community")

	j.pairs(foreign, nurse)
	j.asks(foreign, nurse, lead)
	j.shelves(lead, foreign, nurse)
	j.letter(lead)
	j.meets(foreign, lead, nurse)

	j.h.show(j.t, j.w.NationalLead(), access.NationalLead)
	national := j.as(j.w.NationalLead(), access.NationalLead).Visit("/community").Want(200).Click("Open a community of practice").Want(200)
	national.Fill("What is it called?", "Across the nation").Fill("What is it for, and how do members treat each other?", "We learn across systems.").Click("Save").At("/community").Says("The community is open", "Hosted by Sample Nation").Shot("community-nation")
	j.as(j.w.OHNurse2, access.Nurse).Visit("/community").Want(200).Says("Other communities that you can choose", "Hosted by Sample Nation").Shot("community-choice").Click("Across the nation").At("/community/profile").Want(200)
	j.as(j.w.OHNurse2, access.Nurse).Visit("/community/members").Want(200).Says("Join the community").Hides("Iris Webb").Visit("/community/questions").Want(200).Says("Join the community").Hides("Night workers")
	j.as(j.w.Ward, access.Manager).Visit("/community").Want(404)
	host.Visit("/community/members").Want(200).Click("Anne Shaw").Want(200).Click("Take Anne Shaw off the list").Want(200).Click("Take off the list").At("/community/members").Says("2 members are listed")
	foreign.Visit("/community").Want(200).Click("Leave the community").Want(200).Shot("community-leave").Click("Leave").At("/community").Says("You have left the community")
	j.surveyed(host, nurse)
}

// joins fills in the rest of a profile.
func (j *journey) joins(v *browser.Visitor, shown, strong, asks string) {
	j.t.Helper()
	v.Select("What is your profession?", "Occupational health nurse").ChooseIn("May others see where you work?", shown).ChooseIn("Are you the only one of your profession where you work?", "No").ChooseIn("Would you be a mentor to somebody at another organisation?", "No").
		ChooseIn("What are you strong at?", strong).ChooseIn("What do you ask for?", asks).Click("Join").At("/community").Says("You are a member now")
}

// asks is a question that is held and let out, its answer, and a recall.
func (j *journey) asks(foreign, nurse, lead *browser.Visitor) {
	foreign.Visit("/community/questions").Want(200).Says("There is no question yet").Click("Ask a question").Want(200)
	j.refused(foreign, "Send", "Enter a title", "Enter what you want to say")
	foreign.Fill("Your question, in one line", "Night workers").Fill("What have you tried, and what would help?", "What does Mrs Winter need?")
	j.refused(foreign, "Send", "This looks like a person: “Mrs Winter”. Take it out, or tick the box to have a moderator read it first").Shot("community-warned")
	foreign.Choose("It is about no patient and no member of staff. Send it to a moderator").Click("Send").At("/community/questions/").Says("A moderator reads it first").Shot("community-held-own")
	question := foreign.Path
	lead.Visit(question).Want(404)
	nurse.Visit("/community/questions").Want(200).Click("Moderation").Want(200).Says("Night workers", "Looks like: a name").Shot("community-desk").Click("Night workers").Want(200).Shot("community-held").Click("Return it to its writer").Want(200)
	j.refused(nurse, "Return", "Enter why").Shot("community-return-refused")
	nurse.Fill("What has to change?", "Take out the name").Click("Return").At("/community/moderation")
	foreign.Visit("/community/written").Want(200).Says("Returned to you", "Take out the name").Shot("community-written").Click("Change it and send it again").Want(200).Fill("What have you tried, and what would help?", "")
	j.refused(foreign, "Send", "Enter what you want to say")
	foreign.Fill("What have you tried, and what would help?", "What does a nurse called Ann need?")
	j.refused(foreign, "Send", "This looks like a person: “called Ann”. Take it out, or tick the box to have a moderator read it first")
	foreign.Choose("It is about no patient and no member of staff. Send it to a moderator").Click("Send").At("/community/questions/")
	nurse.Visit("/community/moderation").Want(200).Click("Night workers").Want(200).Click("Publish it").At("/community/moderation")
	lead.Visit(question).Want(200).Click("Answer").Want(200)
	j.refused(lead, "Send", "Enter what you want to say").Shot("community-answer-refused")
	lead.Fill("Your answer", "Rest and warm food.").Click("Send").At(question).Says("Rest and warm food.").Shot("community-thread")
	nurse.Visit(question).Want(200).Click("Recall this question").Want(200)
	j.refused(nurse, "Recall", "Enter why").Shot("community-recall-refused")
	lead.Visit(question).Want(200).Click("Tell a moderator about this question").Want(200)
	j.refused(lead, "Tell them", "Enter why").Shot("community-tell-refused")
	lead.Fill("What should they look at?", "There is one such nurse").Click("Tell them").At(question).Says("The moderators will look at it")
	nurse.Visit("/community/moderation").Want(200).Says("Anne Shaw, on", "There is one such nurse").Shot("community-told").Click("It stays: Night workers").At("/community/moderation").Says("Nobody has told you of anything")
	nurse.Visit(question).Want(200).Click("Recall this question").Want(200)
	nurse.Fill("Why? Every member reads this.", "Colleagues would know who it is").Click("Recall").At(question).Says("It is recalled")
	foreign.Visit(question).Want(200).Says("A question that is no longer here", "Colleagues would know who it is", "Rest and warm food.").Hides("called Ann").Shot("community-recalled")
	lead.Visit(question).Want(200).Click("Withdraw this answer").Want(200).Click("Withdraw").At("/community").Says("its words are deleted")
}

// shelves shares a text and a pathway; whoever leads another service copies it.
func (j *journey) shelves(lead, foreign, nurse *browser.Visitor) {
	lead.Visit("/community/resources").Want(200).Click("Share something of yours that others can copy").Want(200).Says("You have nothing yet that others can copy").Shot("community-share-none")
	steps := []pathway.Step{{Title: "A nurse reads it", Role: "Nurse", Class: "diagnostic", Target: 2, Unit: "days"}}
	if err := j.h.app.Pathways.Take(j.t.Context(), j.w.OHLead.As(access.Lead, access.Growth), j.h.now(), uuid.New(), "Backs", "Ward staff", steps); err != nil {
		j.t.Fatal(err)
	}
	lead.Visit("/community/resources/share").Want(200)
	j.refused(lead, "Share", "Select what you share", "Enter a title", "Enter what you want to say", "Select a licence", "Enter the day on which it is to be looked at again").Shot("community-share-refused")
	lead.ChooseIn("Which one?", "Pathway to copy: Backs").Fill("What is it called?", "Backs within a week").Fill("What is it, and whom does it help?", "Halved our wait.").Select("Under which licence?", "Open Government Licence 3.0: use and change it, say where it is from")
	j.date(lead, "When is it to be looked at again?", 90)
	lead.Click("Share").At("/community/resources/").Says("A nurse reads it", "2 working days").Shot("community-resource")
	one := lead.Path
	lead.Click("Look at it again").Want(200)
	j.refused(lead, "It still holds", "Enter the day on which it is to be looked at again").Shot("community-review-refused")
	j.date(lead, "When is it to be looked at again?", 120)
	lead.Click("It still holds").At(one).Click("Copy it into your service").At("/plan/pathways/").Says("It is copied. This is yours now", "A nurse reads it")
	lead.Visit("/community/resources/copies").Want(200).Says("Pathway to copy: Backs within a week", "shared by Anne Shaw").Shot("community-copies")
	foreign.Visit(one).Want(200).Hides("Copy it into your service").Visit("/community/resources/add").Want(200)
	j.refused(foreign, "Share", "Select what you share", "Enter a title", "Enter what you want to say", "Select a licence", "Enter the day on which it is to be looked at again").Shot("community-add-refused")
	foreign.ChooseIn("What do you share?", "Text").Fill("What is it called?", "Desk check").Fill("What is it, and whom does it help?", "Can both feet rest flat?").Select("Under which licence?", "Free to use and change inside the NHS")
	j.date(foreign, "When is it to be looked at again?", 90)
	foreign.Click("Share").At("/community/resources/").Says("Can both feet rest flat?")
	nurse.Visit("/community/resources").Want(200).Says("Backs within a week", "Desk check").Shot("community-resources")
}

// letter goes from a draft into use, onto the shelf, and back as a copy.
func (j *journey) letter(lead *browser.Visitor) {
	lead.Visit("/letters").Want(200).Says("There is no letter yet").Shot("letters-none").Click("Write a letter").Want(200)
	j.refused(lead, "Save", "Enter what it is called", "Select what it is for", "Enter the words").Shot("letter-refused")
	lead.Fill("What is it called?", "Please come").ChooseIn("What is it for?", "To invite somebody").Fill("Words", "Dear {name}, please come on {day}.").Click("Save").At("/letters/").Says("Draft", "Dear {name}")
	lead.Click("Change this letter").Want(200).Fill("Words", "Dear Mrs Winter")
	j.refused(lead, "Save", "Put a gap in place of “Mrs Winter”: it looks like a person or a number")
	lead.Fill("Words", "Dear {name}, please come on {day} at {time}.").Click("Save").At("/letters/").Click("Take it into use").At("/letters/").Says("In use").Shot("letter")
	lead.Visit("/letters").Want(200).Says("Please come").Shot("letters").Visit("/community/resources/share").Want(200).ChooseIn("Which one?", "Letter to copy: Please come").Fill("What is it called?", "Please come").Fill("What is it, and whom does it help?", "People come.").Select("Under which licence?", "Free to use and change inside the NHS")
	j.date(lead, "When is it to be looked at again?", 90)
	lead.Click("Share").At("/community/resources/").Says("Dear {name}, please come on {day} at {time}.").Click("Copy it into your service").At("/letters/").Says("Draft", "shared by Anne Shaw").Shot("letter-copied")
}

// meets is a group with a paper that others do not read.
func (j *journey) meets(foreign, lead, nurse *browser.Visitor) {
	foreign.Visit("/community/groups").Want(200).Says("There is no group yet").Click("Start a group").Want(200)
	j.refused(foreign, "Start it", "Enter a name", "Say what it is about").Shot("community-group-refused")
	foreign.Fill("What is it called?", "Working alone").Fill("What is it about, and whom is it for?", "For whoever is the only one.").Click("Start it").At("/community/groups/").Says("There is no paper yet")
	one := foreign.Path
	lead.Visit("/community/groups").Want(200).Shot("community-groups").Click("Working alone").Want(200).Hides("Papers").Click("Ask to be in this group").Want(200).Says("You have asked to be in it")
	foreign.Visit(one).Want(200).Says("Who asks to be in it").Shot("community-group").Click("Let Anne Shaw in").Want(200).Click("Add a paper").Want(200)
	j.refused(foreign, "Send", "Enter a title", "Enter what you want to say").Shot("community-paper-refused")
	foreign.Fill("Title", "Minutes").Fill("Text", "We ring each other.").Click("Send").At(one + "/papers/").Says("We ring each other.").Shot("community-paper")
	paper := foreign.Path
	lead.Visit(one).Want(200).Click("Minutes").Want(200).Says("We ring each other.").Hides("Recall this paper")
	nurse.Visit(one).Want(200).Hides("Minutes").Visit(paper).Want(404)
	foreign.Visit(paper).Want(200).Click("Recall this paper").Want(200)
	j.refused(foreign, "Recall", "Enter why")
	foreign.Fill("Why? Every member reads this.", "The wrong one").Click("Recall").At(paper).Says("The wrong one").Hides("We ring each other.")
	lead.Visit(one).Want(200).Click("Leave this group").Want(200).Says("You are not in it any more")
}

// surveyed is a survey of the members of a community: an answer, its change, and what came of it.
func (j *journey) surveyed(host, nurse *browser.Visitor) {
	host.Visit("/community/surveys").Want(200).Says("You are asked nothing at the moment").Visit("/nation/calls").Want(200).Says("There are no calls yet").Click("Make a call").Want(200)
	j.refused(host, "Save", "Enter a title", "Enter what it is about and what happens with the answers", "Enter at least one question", "Enter the last day to answer").Shot("survey-add-refused")
	host.Fill("Title", "Working alone").Fill("What is it about, and what happens with the answers?", "We plan a round of peers.").Fill("Questions", "Do you work alone? | Yes; No\nWhat would help?")
	j.date(host, "Last day to answer", 30)
	host.Click("Save").At("/nation/calls/").Says("every member of a community of practice")
	one := host.Path
	host.Click("Publish").Want(200).Says("It asks members of the community", "You can read it after").Shot("survey-published")
	nurse.Visit("/community").Want(200).Says("One survey waits for your answer").Shot("survey-waits").Click("Surveys for members").Want(200).Click("Working alone").Want(200).Shot("survey")
	asked := nurse.Path
	j.refused(nurse, "Send your answers", "Select an answer: Do you work alone?", "Enter an answer: What would help?", "Agree that your answers are read without your name").Shot("survey-refused")
	agree := "I answer for myself, and agree that Wyre Valley ICS reads this without my name."
	nurse.ChooseIn("Do you work alone?", "Yes").Fill("What would help?", "Somebody to ring").Choose(agree).Click("Send your answers").At(asked).Says("You answered on").
		Fill("What would help?", "Two to ring").Choose(agree).Click("Change your answers").At(asked).Says("Your answers are kept").Shot("survey-given")
	j.close(one, j.w.SystemLead().As(access.SystemLead, access.Growth))
	nurse.Visit(asked).Want(200).Says("What you answered on", "Two to ring")
	host.Visit(one).Want(200).Says("Fewer than 8 members answered").Hides("Two to ring").Shot("survey-few")
	for i := range 9 { // members whom nobody signs in as
		who := j.w.OHNurse.As(access.Nurse, access.Growth)
		who.Account = uuid.New()
		j.must(j.h.app.Members.Say(j.t.Context(), who, j.h.now(), member.ProfileIn{Profession: "nurse", ShowHome: "no", Alone: "yes", Mentors: "no"}))
		j.must(j.h.db.InTenant(j.t.Context(), who, func(tx *postgres.Tx) error {
			_, err := tx.Exec(j.t.Context(), `insert into call_answer select organisation_id, id, $2, organisation_id, $3, 1, current_date from nation_call where id = $1`, strings.TrimPrefix(one, "/nation/calls/"), who.Account, []string{"No", "Answer " + strconv.Itoa(i)})
			return err
		}))
	}
	host.Visit(one).Want(200).Says("Yes; No, together: about 10 people", "Two to ring", "Answer 8").Hides("Helen Marsh").Shot("survey-heard").Click("Say what came of it").Want(200).
		Fill("What did you hear?", "Some work alone").Fill("What do you do about it?", "A round of peers").Click("Tell everybody").At(one).Says("Told")
	nurse.Visit(asked).Want(200).Says("What you said", "Some work alone", "A round of peers", "Two to ring").Shot("survey-told")
}

// pairs is a member who works alone and asks another to be their buddy.
func (j *journey) pairs(foreign, nurse *browser.Visitor) {
	nurse.Visit("/community/buddies").Want(200).Says("If this is you, say so in your profile").Shot("buddies-none").Visit("/community/profile").Want(200).
		ChooseIn("Are you the only one of your profession where you work?", "Yes").Click("Save and confirm").At("/community")
	nurse.Visit("/community/buddies").Want(200).Click("Ask Iris Webb to be your buddy").Want(200).Says("You have asked").Shot("buddies-asked")
	foreign.Visit("/community").Want(200).Says("Somebody asks you to be their buddy").Click("Buddies").Want(200).Shot("buddies-wanted").Click("Say no to Helen Marsh").Want(200).Says("You said no").Click("Accept Helen Marsh after all").Want(200).Says("Your buddies", "End it with Helen Marsh").Shot("buddies")
	nurse.Visit("/community/buddies").Want(200).Click("End it with Iris Webb").Want(200).Says("You have no buddy yet")
}
