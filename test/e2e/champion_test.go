package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/test/e2e/browser"
)

// each walks a part on a phone, where axe looks; with ROWAN_WALK=name in the wide view and without JavaScript too, each in a world
// of its own.
func each(t *testing.T, walk func(*journey)) {
	h := open(t, true)
	h.work(t)
	views := []browser.View{browser.Phone}
	if allCasts() {
		views = append(views, browser.Desktop, browser.DesktopPlain)
	}
	for _, view := range views {
		t.Run(view.Name, func(t *testing.T) {
			j := &journey{t: t, h: h, w: world.New(t, h.db), view: view, day: start()}
			h.show(t, j.w.Ward, access.Manager)
			h.show(t, j.w.Nurse, access.Person)
			h.at(j.day)
			walk(j)
		})
	}
}

// refused presses a button of a form, which must come back with these reasons and no others, in the order of its fields.
func (j *journey) refused(v *browser.Visitor, button string, reasons ...string) *browser.Visitor {
	j.t.Helper()
	if got := v.Click(button).Want(422).Lines(".nhsuk-error-summary__list a"); !slices.Equal(got, reasons) {
		j.t.Errorf("%s at %s: reasons are %q, want %q", j.view.Name, v.Path, got, reasons)
	}
	return v
}

// walkChampion goes from a link on a poster to a champion who steps down with thanks.
func walkChampion(t *testing.T) { each(t, (*journey).champion) }

func (j *journey) champion() {
	lead := j.as(j.w.OHLead, access.Lead).Visit("/champions").Want(200).Says("There are no champions yet", "1 team without a champion").Shot("champions-none")
	lead.Click("Make a link").Want(200).Says("The link is made").Shot("champions-link")
	link := ""
	for _, line := range lead.Lines("main p a") {
		if _, path, ok := strings.Cut(line, "/champions/join/"); ok {
			link = "/champions/join/" + path
		}
	}

	// Somebody finds the link on their phone, signs in, and is back at the question.
	j.h.visitor(j.t, j.view).Visit(link).Want(200).Says("Become a wellbeing champion", "Sign in to ask").Shot("champion-join").Click("Sign in to ask").Want(200)
	j.as(j.w.Ward, access.Manager).Visit(link).Want(200).Says("Change role to ask")
	v := j.as(j.w.Nurse, access.Person).Visit("/my/champion").Want(200).Says("Ask to be a champion").Shot("champion-mine").Visit(link).Want(200).Click("Ask to be a champion").Want(200)
	j.refused(v, "Ask my manager", "Confirm that you have read what a champion does and does not do").Shot("champion-ask-refused")
	v.Choose("I have read what a champion does and does not do").Click("Ask my manager").At("/my/champion").Says("Your manager has not answered yet")

	m := j.as(j.w.Ward, access.Manager).Visit("/champions/team").Want(200).Says("Has asked").Shot("champion-team").Click("Amara Okafor").Want(200)
	j.refused(m, "Save your answer", "Select yes or no").Shot("champion-decide-refused")
	m.ChooseIn("Do you agree?", "Yes").Select("Protected time each month", "3 hours").Click("Save your answer").At("/champions/team").Says("3 hours")

	lead.Visit("/champions").Want(200).Says("Amara Okafor", "1 person who asked by it").Click("Amara Okafor").Want(200).Click("Record training").Want(200)
	j.refused(lead, "Save training", "Enter the day").Shot("champion-training-refused")
	j.date(lead, "When was it?", -720)
	lead.Click("Save training").Want(200).Says("Refresher due soon").Click("Thank Amara Okafor").Want(200).Says("They get a message with thanks").Shot("champion-member")
	lead.Visit("/champions/kits").Want(200).Click("Send champions something").Want(200)
	j.refused(lead, "Send", "Select what it is", "Enter a title", "Enter the words").Shot("champion-kit-refused")
	lead.ChooseIn("What is it?", "A campaign kit: words to use and a link to the material").Fill("Title", "Winter").Fill("Words", "Put the poster up.").Click("Send").At("/champions/kits").Says("Campaign kit: Winter").Shot("champion-kits")

	v = j.as(j.w.Nurse, access.Person).Visit("/my/champion").Want(200).Says("3 hours", "Campaign kit: Winter", "Anne Shaw thanked you").Click("Give your numbers for " + j.day.Format("January 2006")).Want(200)
	v.Fill("Occupational health", "many")
	j.refused(v, "Save numbers", "Enter a whole number from 0 to 200").Shot("champion-counts-refused")
	v.Fill("Occupational health", "12").Click("Save numbers").At("/my/champion").Says("Your last months").Shot("champion")
	v.Visit("/my/record").Want(200).Visit("/champions").Want(404)
	v.Visit("/today").Want(404)

	j.as(j.w.HR, access.HR).Visit("/champions/coverage").Want(200).Says("1 of 1").Hides("Amara Okafor").Shot("champion-coverage")
	lead.Visit("/champions").Want(200).Click("All teams").Want(200).Says("1 team").Shot("champions-teams").Fill("Find a team or department", "ward").Click("Find").Want(200).Says("Ward 7")
	lead.Visit("/champions").Want(200).Says("What champions did", "Too few to show").Shot("champions").Click("Amara Okafor").Want(200).Click("End this for Amara Okafor").Want(200)
	j.refused(lead, "Set the day", "Enter the day")
	v = j.as(j.w.Nurse, access.Person).Visit("/my/champion").Click("Stop being a champion").Want(200)
	j.refused(v, "Set the day", "Enter the day").Shot("champion-end-refused")
	j.date(v, "From which day?", 14)
	v.Click("Set the day").At("/my/champion").Says("Champion until").Shot("champion-ending").Click("Change the last day").Want(200).Shot("champion-end-move").Click("Take the day back and stay a champion").At("/my/champion").Says("It is good that you stay").Click("Stop being a champion").Want(200)
	j.date(v, "From which day?", 20)
	v.Click("Set the day").At("/my/champion").Says("Champion until")
}
