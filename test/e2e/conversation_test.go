package e2e

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// walkConversation goes from an offer to what was agreed, and from a plan of one's own to a part that the manager reads.
func walkConversation(t *testing.T) { each(t, (*journey).conversation) }

func (j *journey) conversation() {
	const secret = "Nights alone are hard for me"
	m := j.as(j.w.Ward, access.Manager).Visit("/conversations").Want(200).Says("Due since").Shot("conversations")
	m.Click("How to have one, on a page").Want(200).Says("What never belongs in a record").Shot("conversation-guide")
	m.Visit("/conversations").Click("Amara Okafor").Want(200).Says("Nothing is recorded yet").Click("Record one that has taken place").Want(200)
	j.refused(m, "Save", "Select what happened", "Enter the day").Shot("conversation-record-refused")
	j.as(j.w.Nurse, access.Person).Visit("/my/conversations").Want(200).Click("Ask my manager for a conversation").Want(200).Says("Asked for on").Shot("my-conversations-asked")
	j.as(j.w.Ward, access.Manager).Visit("/conversations").Want(200).Says("Asked you for one on").Click("Amara Okafor").Want(200).Shot("conversation-asked").Click("I have offered a conversation").Want(200).Says("The offer is recorded")

	v := j.as(j.w.Nurse, access.Person).Visit("/my/conversations").Want(200).Says("I would rather talk with somebody else").Shot("my-conversations-offer").Click("No thank you, not now").Want(200).Click("Take my answer back: the offer is open again").Want(200).Says("You have taken it back")
	m = j.as(j.w.Ward, access.Manager).Visit("/conversations").Click("Amara Okafor").Want(200).Click("Record what came of it").Want(200)
	m.ChooseIn("What happened?", "It took place").Select("With whom? (needed if it took place)", "Their manager").Choose("Make sure of rest breaks").Choose("Help with money")
	j.date(m, "When?", 3)
	j.refused(m, "Save", "The day must be today or in the past")
	j.date(m, "When?", 0)
	m.Click("Save").Want(200).Says("Took place on", "Make sure of rest breaks", "Help with money").Shot("conversation-member")
	m.Click("Done: Make sure of rest breaks").Want(200).Says("done on")

	v.Visit("/my/conversations").Want(200).Says("Make sure of rest breaks").Press("//button[contains(., 'is not right')]").Want(200).Says("Your manager now sees").Shot("my-conversations")
	m = j.as(j.w.Ward, access.Manager).Visit("/conversations").Want(200).Says("They say this is not right").Click("Amara Okafor").Want(200).Press("//a[contains(., 'Put right')]").Want(200)
	j.date(m, "When?", 3)
	j.refused(m, "Save", "The day must be today or in the past")
	j.date(m, "When?", -1)
	m.Click("Save").Want(200).Says("you have changed it since").Shot("conversation-changed")
	v = j.as(j.w.Nurse, access.Person).Visit("/my/conversations").Want(200).Says("your manager has changed it since").Shot("my-conversations-changed").Press("//button[contains(., 'is right now')]").Want(200).Hides("your manager has changed it since")

	// The plan: private, then a part of it shared, then taken back.
	other := j.as(j.w.Nurse, access.Person).Visit("/my/wellbeing-plan/parts/hard").Want(200) // another window
	v.Visit("/my/wellbeing-plan").Want(200).Says("You share nothing of this").Click("Change: What makes work harder").Want(200).Fill("Your words", long(3001))
	j.refused(v, "Save", "Shorten this to 3,000 characters or fewer").Shot("plan-part-refused")
	v.Fill("Your words", secret).Click("Save").At("/my/wellbeing-plan").Says(secret)
	other.Fill("Your words", "Something else")
	j.refused(other, "Save", "You have changed this in another window meanwhile. Read what is saved now, and save again only if yours is to replace it").Says(secret).Shot("plan-part-changed")
	v.Click("Share with your manager").Want(200)
	j.refused(v, "Share", "Select the parts to share").Shot("plan-share-refused")
	v.Choose("What makes work harder").Click("Share").At("/my/wellbeing-plan").Says("Stop sharing").Shot("wellbeing-plan")
	m = j.as(j.w.Ward, access.Manager).Visit("/my/shared-plans").Want(200).Shot("shared-plans").Click("Amara Okafor").Want(200).Says(secret).Shot("shared-plan")
	path := m.Path
	m.Visit("/conversations").Want(200).Hides(secret)
	v = j.as(j.w.Nurse, access.Person).Visit("/my/wellbeing-plan").Want(200).Click("Stop sharing").Want(200).Says("You share nothing of this")
	j.as(j.w.Ward, access.Manager).Visit(path).Want(404)
	v.Visit("/my/who-looked").Want(200).Says("Tom Reid")

	j.as(j.w.HR, access.HR).Visit("/conversations/uptake").Want(200).Hides("Amara Okafor").Shot("conversation-uptake")
}
