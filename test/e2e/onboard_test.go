package e2e

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// What bringing in a practice may cost, over everybody who takes part, from the lead's first page to the referral sent.
const (
	mostClicks = 25
	mostTyped  = 20
)

// walkOnboard goes from a practice that nobody knows to its first referral, and counts what it costs.
func walkOnboard(t *testing.T) { each(t, (*journey).onboard) }

// effort counts what people do: a press of a link, a button or a choice, the opening of a link that they were sent, and a box that
// they type into. A date has three boxes.
type effort struct {
	j             *journey
	v             *browser.Visitor
	clicks, typed int
}

func (e *effort) click(words string) *effort {
	e.j.t.Helper()
	e.v.Click(words).Want(200)
	e.clicks++
	return e
}

func (e *effort) choose(legend, option string) *effort {
	e.j.t.Helper()
	e.v.ChooseIn(legend, option)
	e.clicks++
	return e
}

func (e *effort) fill(label, text string) *effort {
	e.j.t.Helper()
	e.v.Fill(label, text)
	e.typed++
	return e
}

func (e *effort) date(legend, day, month, year string) *effort {
	e.j.t.Helper()
	e.v.Date(legend, day, month, year)
	e.typed += 3
	return e
}

// open follows a link that somebody was sent, or goes to a page of the menu: under the phone's menu that is two presses.
func (e *effort) open(v *browser.Visitor, path string, presses int) *effort {
	e.j.t.Helper()
	e.v = v.Visit(path).Want(200)
	e.clicks += presses
	return e
}

func (j *journey) onboard() {
	lead := j.as(j.w.OHLead, access.Lead).At("/performance")
	e := &effort{j: j}
	name, mail := "Fell View Surgery "+uuid.NewString()[:4], uuid.NewString()[:8]
	// Contracts stands in the menu, which a phone unfolds first.
	e.open(lead, "/contracts", 2)
	lead.Says("Mill Lane Surgery").Shot("onboard-contracts")
	e.click("Add a client").fill("Name of the organisation", name).fill("ODS code, if it has one", "B"+digits(mail)).
		fill("First name of who looks after their staff", "Jo").fill("Family name of who looks after their staff", "Bates").fill("Their work e-mail address", "jo."+mail+"@practice.example")
	e.v.Shot("onboard-add")
	e.click("Add and invite")
	lead.Says("Jo Bates has not accepted yet", "Takes referrals").Shot("onboard-invited")
	invitation := linkIn(j, lead, "#invitation", "/invitation/")

	// The manager.
	boss := j.h.visitor(j.t, j.view)
	e.open(boss, invitation, 1).fill("Choose a password", "three random words").click("Set password")
	codes := boss.Lines("code")
	boss.Shot("onboard-code")
	e.fill("Code from your authenticator app", codes[0]).click("Sign in")
	boss.At("/onboard").Says(name, "Start with yourself").Shot("onboard-first")
	j.refused(boss, "Start the staff list", "Enter a date of birth") // not counted: nobody has to go wrong
	e.date("Date of birth", "1", "2", "1975").click("Start the staff list")
	boss.Says("On the list: 1 person").Shot("onboard-list")
	share := linkIn(j, boss, "main p a", "/onboard/join/")

	// A member of staff, who has never signed in.
	staff := j.h.visitor(j.t, j.view)
	e.open(staff, share, 1)
	staff.Says(name, "Nothing here is about your health").Hides("Jo Bates").Shot("onboard-join")
	e.fill("First name", "Ali").fill("Family name", "Cole").date("Date of birth", "3", "4", "1990").fill("Work e-mail address", "ali."+mail+"@practice.example")
	staff.Select("Job", "Receptionist")
	e.clicks++ // the job
	e.click("Send")
	staff.Says("Your manager confirms it now").Shot("onboard-joined")

	// Confirmed, and referred.
	e.open(boss, "/onboard", 1).click("Confirm Ali Cole")
	boss.Says("On the list: 2 people").Shot("onboard-confirmed")
	e.click("Refer Ali Cole").choose("What is the main reason for referring Ali Cole?", "Frequent short absences, or a pattern of them").click("Save and continue")
	e.fill("What has happened, and what you have already talked about", "Often off on Mondays for a day, and says that it is their back.").click("Save and continue")
	e.choose("Off sick now", "No")
	boss.Shot("onboard-skip")
	e.click("Save and skip what you can leave out").choose("What do you want to ask about Ali Cole?", boss.Lines(".nhsuk-checkboxes__label")[0]).click("Save and skip what you can leave out")
	e.choose("Does Ali Cole know about this referral, and have they seen or heard what it says?", "Yes").date("When did you show it to them?", j.day.Format("2"), j.day.Format("1"), j.day.Format("2006")).
		choose("How?", "In person").click("Save and continue").click("Send referral")
	boss.Shot("onboard-sent")

	j.t.Logf("%s: a practice is brought in and has made its first referral: %d clicks, %d typed fields", j.view.Name, e.clicks, e.typed)
	if e.clicks > mostClicks || e.typed > mostTyped {
		j.t.Errorf("%d clicks and %d typed fields, want at most %d and %d", e.clicks, e.typed, mostClicks, mostTyped)
	}
	j.ended(lead, boss, name, share)
}

// ended refuses what is wrong with each form, and ends the contract: no new referral, and nothing is lost.
func (j *journey) ended(lead, boss *browser.Visitor, name, share string) {
	lead.Visit("/contracts/add").Want(200)
	j.refused(lead, "Add and invite", "Enter the name of the organisation", "Enter their first name", "Enter their family name", "Enter an e-mail address, for example name@practice.example").Shot("onboard-add-refused")
	lead.Visit("/contracts").Click(name).Want(200).Hides("has not accepted yet").Click("Change what it covers").Want(200)
	for _, s := range []string{"Prevention", "Timely intervention", "Rehabilitation", "Health assessments for work", "Promotion of health and wellbeing", "Teaching and training"} {
		lead.Choose(s) // takes it away: all are ticked
	}
	j.refused(lead, "Save", "Select what the contract covers")
	lead.Choose("Prevention").Click("Save").Want(200).Says("Saved").Click("Set the last day for new referrals").Want(200)
	lead.Date("Last day for new referrals", "1", "1", "2020")
	j.refused(lead, "Set the day", "Enter today or a day to come").Shot("onboard-end-refused")
	lead.Visit("/contracts").Click(name).Click("Exit plan").Want(200).Says("No exit plan has begun", "Start the exit plan").Shot("onboard-exit")

	v := j.h.visitor(j.t, j.view).Visit(share).Want(200)
	j.refused(v, "Send", "Enter a first name", "Enter a family name", "Enter a date of birth", "Enter an e-mail address, for example name@practice.example", "Select a job").Shot("onboard-join-refused")

	// The last day, and the day after it: nothing new, and what was sent is there.
	lead.Visit("/contracts").Click(name).Click("Set the last day for new referrals").Want(200)
	lead.Date("Last day for new referrals", j.day.Format("2"), j.day.Format("1"), j.day.Format("2006")).Click("Set the day").Want(200)
	j.h.at(j.day.AddDate(0, 0, 1))
	boss.Visit("/onboard").Want(200).Click("Refer Ali Cole").Want(409).Says("No new referrals", "takes no new referrals from your organisation", "Nothing is lost").Shot("onboard-over")
	boss.Visit("/referrals").Want(200).Says("Ali Cole").Shot("onboard-referrals")
	j.h.at(j.day)
}

// digits makes five of hexadecimal ones: an ODS code that no other run has.
func digits(hex string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' {
			return r - 'a' + '0'
		}
		return r
	}, hex[:5])
}

// linkIn finds an address that a page shows to be handed on.
func linkIn(j *journey, v *browser.Visitor, where, prefix string) string {
	j.t.Helper()
	for _, line := range v.Lines(where) {
		if _, rest, ok := strings.Cut(line, prefix); ok {
			return prefix + rest
		}
	}
	j.t.Fatalf("%s shows no %s", v.Path, prefix)
	return ""
}
