package e2e

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// walkFeedback goes from what somebody wrote to what staff read that came of it.
func walkFeedback(t *testing.T) { each(t, (*journey).voices) }

// asked mints a feedback link, as the worker does for a message.
func (j *journey) asked(purpose string) *browser.Visitor {
	j.t.Helper()
	token, err := j.h.keys.MintLink(seal.Link{ID: uuid.New(), Purpose: purpose, Organisation: j.w.Trust, Service: j.w.Service, Object: uuid.New(), Expires: j.h.now().Add(24 * time.Hour)})
	if err != nil {
		j.t.Fatal(err)
	}
	return j.h.visitor(j.t, j.view).Visit("/feedback/" + token).Want(200)
}

func (j *journey) voices() {
	const wrote, marked = "They listened and I waited four weeks", "How long it took, How people were treated (Some of both)"
	v := j.asked(invite.PersonLink).ChooseIn("How well did we keep you informed?", "5").ChooseIn("Was what we did specific to you?", "4").ChooseIn("Did you feel that you mattered?", "5")
	v.Fill("Is there anything you want to say? (optional)", wrote).Choose("Yes, without my name").Click("Send my answers").Want(200).Says("Thank you")
	m := j.asked(invite.ManagerLink).Says("as a manager").Shot("feedback-manager")
	j.refused(m, "Send my answers", "Select how well we kept you informed", "Select whether the advice answered what you asked", "Select whether you could act on the advice")
	m.ChooseIn("How well did we keep you informed?", "3").ChooseIn("Did the advice answer what you asked?", "4").ChooseIn("Could you act on the advice?", "2").Click("Send my answers").Want(200).Says("Thank you")

	lead := j.as(j.w.OHLead, access.Lead).Visit("/service/feedback").Want(200).Says("Managers who referred", wrote, "Not read yet").Shot("feedback-service").Click(wrote).Want(200)
	j.refused(lead, "Save", "Select what it says", "Select what it is about").Shot("feedback-mark-refused")
	lead.Choose("Some of both").Choose("How long it took").Choose("How people were treated").Click("Save").At("/service/feedback").Says(marked).Click(wrote).Want(200).Click("Release a quote").Want(200).Fill("The quote", "They listened very well")
	j.refused(lead, "Release the quote", "Use only words of the comment, in their order, with … where you leave something out").Shot("feedback-quote-refused")
	lead.Fill("The quote", "They listened …").Click("Release the quote").Want(200).Says("Anne Shaw released this quote").Shot("feedback-one")

	lead.Visit("/voice").Want(200).Says("They listened …", "Too few to show").Hides("four weeks").Shot("voice").Click("Add what you did").Want(200).Fill("What people said", "Dr Smith was late")
	j.refused(lead, "Save", "Select a theme", "Take out “Dr Smith”: it looks like a person", "Enter what you did").Shot("voice-refused")
	lead.Select("Theme", "How long it took").Fill("What people said", "It took too long").Fill("What we did", "We opened a clinic on Thursdays").Click("Save").At("/voice").Says("Draft, only you see it")
	lead.Click("Change this").Want(200).Fill("What we did", "")
	j.refused(lead, "Save", "Enter what you did")
	lead.Fill("What we did", "We opened two clinics").Click("Save").At("/voice").Click("Publish for staff").Want(200).Says("Staff can now read it")
	j.as(j.w.Nurse, access.Person).Visit("/my/said").Want(200).Says("You said", "It took too long", "We did", "We opened two clinics").Hides("They listened").Shot("my-said")
}
