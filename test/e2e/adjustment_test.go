package e2e

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// walkAdjustment goes from a passport that only its owner reads to what their manager agreed and whether it helped, and from hours that
// are proposed to hours in a calendar.
func walkAdjustment(t *testing.T) { each(t, (*journey).passport) }

func (j *journey) passport() {
	const how, why = "A break every two hours", "My back hurts after long sitting"
	v := j.as(j.w.Nurse, access.Person).Visit("/my/passport").Want(200).Says("There is nothing in it yet").Shot("passport-none").Click("Add what helps you").Want(200)
	j.refused(v, "Add", "Select what helps you").Shot("passport-add-refused")
	v.ChooseIn("What helps you?", "More or different breaks").Fill("How should it be done? (optional)", how).Fill("Why does it help you? (optional)", why).Click("Add").At("/my/passport").Says(how, why)
	v.Click("Change: More or different breaks").Want(200).Fill("Why does it help you? (optional)", long(2001))
	j.refused(v, "Save", "Shorten this to 2,000 characters or fewer")
	v.Fill("Why does it help you? (optional)", why).Click("Save").At("/my/passport").Click("Share with your manager").Want(200)
	j.refused(v, "Share and ask", "Select the items to share").Shot("passport-share-refused")
	v.Choose("More or different breaks").Click("Share and ask").At("/my/passport").Says("Asked on", "Stop sharing").Shot("passport")

	// The manager reads how, never why, and answers by code.
	m := j.as(j.w.Ward, access.Manager).Visit("/my/shared-passports").Want(200).Shot("shared-passports").Click("Amara Okafor").Want(200).Says(how).Hides(why).Shot("shared-passport")
	m.Visit("/adjustments").Want(200).Says("Waits for your answer").Shot("adjustments").Click("Amara Okafor").Want(200).Hides(how, why).Click("Answer: More or different breaks").Want(200)
	j.refused(m, "Save your answer", "Select what you answer").Shot("adjustment-answer-refused")
	m.ChooseIn("What do you answer?", "Agreed")
	j.date(m, "From when? (if you agree)", -29)
	j.date(m, "When do you look at it again? (if you agree)", 90)
	m.Click("Save your answer").Want(200).Says("Agreed on", "Look at it again").Shot("adjustment-member")
	member := m.Path

	// Four weeks on, the person is asked, and shares the answer.
	j.work()
	v = j.as(j.w.Nurse, access.Person).Visit("/my/passport").Want(200).Says("Agreed on").Click("Did it help: More or different breaks").Want(200)
	j.refused(v, "Save your answer", "Select whether it helped", "Select whether your manager may read it").Shot("passport-helped-refused")
	v.ChooseIn("Did it help?", "Yes, it helps").ChooseIn("May your manager read your answer?", "Yes").Click("Save your answer").At("/my/passport").Says("After 4 weeks")
	v.Click("Print your passport").Want(200).Says(how).Hides(why).Shot("passport-print")
	j.as(j.w.Ward, access.Manager).Visit(member).Want(200).Says("Yes, it helps")

	// Hours step by step: the manager proposes, the person agrees and has them in their calendar.
	m = j.as(j.w.Ward, access.Manager).Visit(member).Click("Hours step by step").Want(200).Shot("return-none").Click("Propose hours").Want(200)
	j.refused(m, "Propose these hours", "Enter the first day").Shot("return-propose-refused")
	j.date(m, "First day", 7)
	m.Click("Propose these hours").Want(200).Says("The person has to answer", "18.75").Shot("return-proposed")
	hours := m.Path
	v = j.as(j.w.Nurse, access.Person).Visit("/my/return").Want(200).Click("Agree to these hours").Want(200).Says("Agreed").Click("Make a link").Want(200).Says("The link is made").Shot("return")
	link := ""
	for _, line := range v.Lines("main p a") {
		if _, token, ok := strings.Cut(line, "/hours/"); ok {
			link = line
			if file := v.Download(line); !bytes.HasPrefix(file, []byte("BEGIN:VCALENDAR")) || !bytes.Contains(file, []byte("SUMMARY:Working hours: ")) || token == "" {
				j.t.Errorf("the calendar is %s", file)
			}
		}
	}
	if link == "" {
		j.t.Error("there is no link of a calendar")
	}
	v.Click("Change the hours").Want(200)
	j.refused(v, "Propose these hours", "Select why the hours change").Shot("return-change-refused")
	v.Select("Why do the hours change?", "Slower steps").Fill("Week 2", "18.75").Click("Propose these hours").At("/my/return").Says("The manager has to answer")
	m = j.as(j.w.Ward, access.Manager).Visit(hours).Want(200).Says("Slower steps").Shot("return-change").Click("Do not agree").Want(200).Says("What was agreed before holds").Click("Change the hours").Want(200)
	j.refused(m, "Propose these hours", "Select why the hours change")
	v = j.as(j.w.Nurse, access.Person).Visit("/my/return/propose").Want(409).Visit("/my/return").Want(200).Click("End this: the contract holds from now on").Want(200).Says("There are no hours step by step").Click("Propose hours").Want(200)
	j.refused(v, "Propose these hours", "Enter the first day")
	v.Visit("/my/return").Click("Close the link").Want(200).Says("The link works no more")

	// Taken back, the manager reads nothing of it; the lead reads numbers that say nothing about one person.
	v.Visit("/my/passport").Want(200).Click("Stop sharing").Want(200).Says("You share nothing of this")
	j.as(j.w.Ward, access.Manager).Visit("/my/shared-passports").Want(200).Says("Nobody shares a passport with you")
	j.as(j.w.OHLead, access.Lead).Visit("/adjustments/uptake").Want(200).Hides("Amara Okafor").Shot("adjustments-uptake")
	j.as(j.w.Nurse, access.Person).Visit("/my/who-looked").Want(200).Says("Tom Reid")
}

// work has the worker ask whom it is time to ask.
func (j *journey) work() {
	j.t.Helper()
	err := j.h.db.InTenant(j.t.Context(), access.SystemActor(access.Worker, j.w.Trust, uuid.Nil), func(tx *postgres.Tx) error {
		return adjustment.Follow(j.t.Context(), tx, j.w.Trust, j.day.Add(12*time.Hour))
	})
	if err != nil {
		j.t.Fatal(err)
	}
}
