package e2e

import (
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// answer is the person's part before anybody has decided: they read every word, and say something to each reader.
func (j *journey) answer() {
	v := j.link().Want(200).Says("From Tom Reid").Shot("my")
	v.Click("From Tom Reid").Want(200).Says("What Tom Reid wrote", "Can she work on another ward for a time?").Shot("my-referral")
	v.Click("Write a comment").Want(200).Says("Occupational health reads your comment", "If you need help now").Shot("my-comment").Click("Continue").Want(422)
	v.Choose("Occupational health only").Fill("Your comment", "I am worried about nights.").Click("Continue").Want(200).Says("Nothing. Tom Reid is not told that you wrote.").Shot("my-comment-check")
	v.Click("Change it").Want(200).Click("Continue").Want(200).Click("Send comment").Want(200).Says("Sent to occupational health only")
	v.Click("Write a comment").Choose("Occupational health and my manager").Fill("Your comment", "I want to come back in steps.").Click("Continue")
	v.Says("This is exactly what Tom Reid will see").Click("Send comment").Says("I want to come back in steps.")
	v.Visit("/my/record").Want(200).Visit("/my/who-looked").Want(200).Says("Referred you").Shot("my-who-looked")
}

// check is the administrator's part: is there all that the clinicians need?
func (j *journey) check() {
	v := j.as(j.w.OHAdmin, access.OHAdmin).At("/queue").Says("Not yet checked for completeness").Click("Amara Okafor").Want(200)
	v.Click("Check that it is complete").Want(200).Click("Mark as complete").Want(422).Shot("complete")
	for _, c := range []string{"The person was told", "The reason is clear", "There is at least one question", "The job and its demands", "We know how to reach"} {
		v.Choose(c)
	}
	v.Click("Mark as complete").Want(200).Says("Marked as complete")
}

// triage is the nurse's decision.
func (j *journey) triage() {
	v := j.as(j.w.OHNurse, access.Nurse).At("/today").Visit("/queue").Want(200).Shot("queue").Click("Amara Okafor").Want(200).Says("I am worried about nights.").Shot("queue-show")
	v.Click("Triage").Want(200).Shot("triage").Click("Save decision").Want(422)
	v.ChooseIn("How urgent is it?", "P2, standard").ChooseIn("What happens next?", "Accept: OH nurse").Fill("Why", "Five weeks off, wants to return.")
	v.Click("Save decision").Want(200).Says("Decision saved")
}

// book is the person's choice of a time.
func (j *journey) book() {
	v := j.link().Click("See, book, change or cancel appointments").Want(200).Click("Choose a time").Want(200).Shot("my-book")
	v.Click("Book this time").Want(422)
	v.Choose(v.Lines(".nhsuk-radios__label")[0]).Click("Book this time").At("/my/appointments").Says("The appointment is booked").Shot("my-appointments")
}

// see is the clinician's part on the day: today's list, the record, the note, fitness for work, referring on.
func (j *journey) see() {
	v := j.as(j.w.OHNurse, access.Nurse).At("/today").Says("Amara Okafor").Shot("today")
	v.Click("Did they come?").Want(200).Shot("appointment").Click("Record that they came").Want(422).ChooseIn("Does the person agree to this assessment?", "Yes").Click("Record that they came").Want(200).Says("Recorded that they came")
	v.Click("Write a note").Want(200).Click("Sign and lock").Want(422).Shot("note-refused")
	v.Fill("What they came with, in their words", "Back pain since September, better by the week.").Fill("How they function, at work and at home", "Walks an hour. Lifts shopping.")
	v.Choose("Physical strain").ChooseIn("Is there a risk to them or to others?", "No risk found").Fill("Notes", "Straight leg raise normal. No red flags.")
	v.ChooseIn("What kind of contact was it?", "Diagnostic").Fill("How many minutes did it take?", "45").Shot("note")
	v.Click("Save draft").Want(200).Click("Sign and lock").Want(200).Says("The note is signed and locked")
	v.Click("Record fitness for work").Want(200).Click("Record").Want(422).Shot("outcome-refused")
	v.Choose("Fit with temporary adjustments")
	j.date(v, "From which day?", 7)
	j.adjustment(v)
	j.date(v, "Review date", 35)
	v.Click("Record").Want(200).Says("Fitness for work is recorded")
	v.Click("Add to this note").Want(200).Click("Sign and add").Want(422).Fill("What you add", "She drives to work.").Click("Sign and add").Want(200)
	v.Click("Withhold or show to the person").Want(200).Click("Save").Want(422).Choose("Yes: show it to them").Click("Save").Want(200)
	v.Click("Refer on").Want(200).Click("Refer on").Want(422).Choose("OH physiotherapist").Fill("What do you want to ask them?", "Please teach lifting again.").Click("Refer on").Want(200).Says("You have referred the case on").Shot("record")

	v = j.as(j.w.OHPhysio, access.Physio).At("/today").Shot("today-physio").Click("Amara Okafor").Want(200).Says("Please teach lifting again.").Shot("step")
	v.Click("Accept").Want(200).Click("Write a note").Want(200).Fill("What they came with, in their words", "Sent for advice on lifting.")
	v.ChooseIn("Is there a risk to them or to others?", "No risk found").Fill("Notes", "Taught.").ChooseIn("What kind of contact was it?", "Treatment").Fill("How many minutes did it take?", "30")
	v.Click("Sign and lock").Want(200).Visit("/today").Click("Amara Okafor").Want(200).Click("Mark as done").Want(200)
}

// adjustment fills the first adjustment of an opinion.
func (j *journey) adjustment(v *browser.Visitor) {
	v.Select("What kind?", "Phased return").Fill("What exactly?", "Half shifts for four weeks")
	j.date(v, "From", 7)
	j.date(v, "Until", 35)
}
