package developmentweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/development"
	"github.com/rowan-ohwb/rowan/internal/care/development/developmentweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// with is a form with other answers.
func with(f url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range f {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// date answers a date question.
func date(name, day, month, year string) []string {
	return []string{name + "-day", day, name + "-month", month, name + "-year", year}
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := development.New(development.Deps{DB: db, Box: caretest.Box(), Colleagues: func(context.Context, uuid.UUID) ([]development.Colleague, error) {
		return []development.Colleague{{Account: w.OHNurse.Account, Name: w.OHNurse.Name, Role: access.Nurse}, {Account: w.OHNurse2.Account, Name: w.OHNurse2.Name, Role: access.Nurse}, {Account: w.OHLead.Account, Name: w.OHLead.Name, Role: access.Lead}}, nil
	}})
	site := func(at time.Time) *webtest.Site {
		return webtest.New(t, at, developmentweb.Routes(s), development.Rules)
	}
	nurseActor := w.OHNurse.As(access.Nurse, access.Clinical)
	nurse, colleague, lead := site(now).As(nurseActor), site(now).As(w.OHNurse2.As(access.Nurse, access.Clinical)), site(now).As(w.OHLead.As(access.Lead, access.Clinical))
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "development.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}
	wrong := func(b *webtest.Browser, path string, f url.Values, want ...string) *webtest.Page {
		t.Helper()
		p := plain(b.Post(path, f).Want(422))
		if got := p.Errors(); !slices.Equal(got, want) {
			t.Errorf("%s: errors %q, want %q", path, got, want)
		}
		return p
	}
	link := func(p *webtest.Page, prefix string) string {
		t.Helper()
		for _, l := range p.Links() {
			if rest, found := strings.CutPrefix(l, prefix); found {
				if _, err := uuid.Parse(rest); err == nil {
					return l
				}
			}
		}
		t.Fatalf("no link to %s in %q", prefix, p.Links())
		return ""
	}

	// Nothing yet.
	plain(nurse.Get("/development").Want(200)).Says("Only you can read your plan", "Where would you like to be in a few years?", "No offer fits your goals", "You have not looked at your plan again yet", "You have not asked anybody yet").Hides("From your colleagues")
	plain(nurse.Get("/development/offers").Want(200)).Says("There are no offers for your role").Hides("Publish an offer")
	plain(lead.Get("/development/offers").Want(200)).Says("You have not published an offer")

	// Goals.
	const add = "/development/goals/add"
	f := plain(nurse.Get(add).Want(200)).Form()
	wrong(nurse, add, f, "Select an area", "Enter what you want to reach", "Enter why it matters to you", "Enter your first step", "Enter by when you want to reach it")
	goal := with(f, append(date("by", "1", "6", "2027"), "area", "leadership", "what", "Chair the team meeting", "why", "I want to lead\nand to be heard", "step", "Ask to take turns")...)
	kept := wrong(nurse, add, with(goal, append(date("by", "1", "6", "2025"), "what", strings.Repeat("x", 201))...), "Shorten this to 200 characters or fewer", "Enter a day that is not in the past, or say that the goal is reached or dropped")
	if kept.Form().Get("why") != goal.Get("why") || kept.Form().Get("by-year") != "2025" {
		t.Errorf("kept %v", kept.Form())
	}
	wrong(nurse, add, with(goal, date("by", "31", "2", "2027")...), "Enter a real date, for example 27 3 2026")
	wrong(nurse, add, with(goal, "by-year", "2033"), "Enter a day within the next 5 years")
	wrong(nurse, add, with(goal, "state", "x"), "Select how far it is")
	nurse.Post(add, goal).To("/development")
	nurse.Post(add, goal).To("/development") // a second click
	page := plain(nurse.Get("/development").Want(200)).Says("Chair the team meeting", "I want to lead", "Not started", "1 June 2027")
	if strings.Count(page.Text(), "Ask to take turns") != 1 {
		t.Error("the goal is there twice")
	}
	change := link(page, "/development/goals/")
	f = plain(nurse.Get(change).Want(200)).Form()
	if f.Get("what") != "Chair the team meeting" || f.Get("by-month") != "6" || f.Get("area") != "leadership" {
		t.Errorf("the form shows %v", f)
	}
	wrong(nurse, change, with(f, "why", ""), "Enter why it matters to you")
	site(now.Add(time.Minute)).As(nurseActor).Post(change, with(f, "state", "started")).To("/development")
	nurse.Post(change, f).Want(409).Says("You have changed this since you opened the page")
	plain(site(now.AddDate(1, 0, 0)).As(nurseActor).Get("/development").Want(200)).Says("Past its day")
	nurse.Post(add, url.Values{}).Want(404)
	nurse.Get("/development/goals/" + uuid.NewString()).Want(404)

	// A look at it.
	f = plain(nurse.Get("/development/review").Want(200)).Form()
	if f.Get("next-month") != "2" {
		t.Errorf("proposed %v", f)
	}
	wrong(nurse, "/development/review", with(f, date("next", "", "", "")...), "Enter what you see", "Enter when you will look at it next")
	wrong(nurse, "/development/review", with(f, "words", "Slow", "next-year", "2026"), "Enter a day after today, within a year")
	nurse.Post("/development/review", with(f, "words", "It goes slowly")).To("/development")
	plain(nurse.Get("/development").Want(200)).Says("You last looked at it on 22 November 2026", "The next time is 22 February 2027", "It goes slowly")
	plain(site(now.AddDate(0, 6, 0)).As(nurseActor).Get("/development").Want(200)).Says("You wanted to look again on 22 February 2027")

	// Offers.
	const publish = "/development/offers/add"
	f = plain(lead.Get(publish).Want(200)).Form()
	wrong(lead, publish, f, "Select what it is", "Select an area", "Enter the title", "Enter what it is about", "Enter how many places there are, from 1 to 200", "Enter until when it is open")
	offer := with(f, append(date("closes", "31", "1", "2027"), "kind", "course", "area", "leadership", "title", "Leading a small team", "about", "Four afternoons", "roles", "oh_nurse", "places", "3")...)
	wrong(lead, publish, with(offer, "places", "many", "closes-year", "2025", "roles", "cook"), "Select roles from the list", "Enter how many places there are, from 1 to 200", "Enter a day from today on, within two years")
	lead.Post(publish, offer).To("/development/offers")
	lead.Post(publish, with(lead.Get(publish).Form(), append(date("closes", "1", "2", "2027"), "kind", "shadowing", "area", "career", "title", "A day with a consultant", "about", "One day", "places", "1")...)).To("/development/offers")
	mine := link(plain(lead.Get("/development/offers").Want(200)).Says("Leading a small team (Course, open until 31 January 2027)"), "/development/offers/")
	plain(lead.Get(mine).Want(200)).Says("Nobody has said yet").Hides(w.OHNurse.Name)
	plain(nurse.Get("/development").Want(200)).Says("Leading a small team", "It fits your goals in leadership: “Chair the team meeting”").Hides("A day with a consultant")
	plain(nurse.Get("/development/offers").Want(200)).Says("It is for your role. You have no open goal in its area.", "Everybody", "Anne Shaw").Hides("Offers that you published")
	nurse.Post(mine+"/interest", url.Values{"interested": {"yes"}}).To("/development/offers")
	plain(nurse.Get("/development/offers").Want(200)).Says("Anne Shaw sees that this interests you", "Take back")
	plain(lead.Get(mine).Want(200)).Says("Helen Marsh", "OH nurse", "22 November 2026")
	plain(colleague.Get("/development/offers").Want(200)).Hides("Helen Marsh")
	nurse.Get(mine).Want(404)
	nurse.Post(mine+"/withdraw", nil).Want(404)
	nurse.Post(mine+"/interest", url.Values{"interested": {"no"}}).To("/development/offers")
	plain(lead.Get(mine).Want(200)).Hides("Helen Marsh")
	site(now.AddDate(0, 3, 0)).As(nurseActor).Post(mine+"/interest", url.Values{"interested": {"yes"}}).Want(409).Says("This offer has closed")
	lead.Post(mine+"/withdraw", nil).To("/development/offers")
	lead.Get(mine).Want(404)
	plain(nurse.Get("/development").Want(200)).Says("No offer fits your goals")

	// Sharing: until then, nobody else sees a word.
	shared := "/development/shared/" + w.OHNurse.Account.String()
	lead.Get(shared).Want(404).Hides("Chair the team meeting")
	plain(lead.Get("/development").Want(200)).Hides("Chair", "Helen")
	f = plain(nurse.Get("/development/sharing").Want(200)).Says("Only you can read your plan", "Anne Shaw, OH lead").Form()
	wrong(nurse, "/development/sharing", f, "Select a colleague")
	wrong(nurse, "/development/sharing", with(f, "with", w.Ward.Account.String()), "Select a colleague")
	nurse.Post("/development/sharing", with(f, "with", w.OHLead.Account.String())).To("/development/sharing")
	plain(nurse.Get("/development/sharing").Want(200)).Says("Anne Shaw has been able to read your goals since 22 November 2026", "Stop sharing with Anne Shaw").Hides("Anne Shaw, OH lead")
	plain(nurse.Get("/development").Want(200)).Says("You share your goals with one colleague")
	plain(lead.Get("/development").Want(200)).Says("Helen Marsh’s development plan").Hides("Chair")
	plain(lead.Get(shared).Want(200)).Says("Chair the team meeting", "Under way", "I want to lead").Hides("It goes slowly", "Change this goal")
	lead.Get(change).Want(404)
	colleague.Get(shared).Want(404)
	nurse.Post("/development/sharing/"+w.OHLead.Account.String()+"/stop", nil).To("/development/sharing")
	lead.Get(shared).Want(404).Hides("Chair")

	// Feedback.
	const ask = "/development/feedback/ask"
	f = plain(nurse.Get(ask).Want(200)).Form()
	wrong(nurse, ask, f, "Select a colleague", "Enter a question")
	wrong(nurse, ask, with(f, "of", w.OHNurse2.Account.String(), "q2", strings.Repeat("x", 201)), "Shorten this to 200 characters or fewer")
	question := with(f, "of", w.OHNurse2.Account.String(), "q1", "What should I go on doing?", "q3", "What should I stop?")
	nurse.Post(ask, question).To("/development")
	nurse.Post(ask, question).To("/development")
	request := link(plain(nurse.Get("/development").Want(200)).Says("Ruth Vale, asked on 22 November 2026", "not answered yet"), "/development/feedback/")
	plain(nurse.Get(request).Want(200)).Says("Feedback from Ruth Vale", "What should I stop?").Hides("Send my answers")
	nurse.Post(request, url.Values{"a1": {"x"}, "a2": {"y"}}).To(request)
	lead.Get(request).Want(404)
	plain(colleague.Get("/development").Want(200)).Says("Helen Marsh asked you for feedback")
	f = plain(colleague.Get(request).Want(200)).Says("Feedback for Helen Marsh", "You cannot change it later").Form()
	kept = wrong(colleague, request, with(f, "a1", "Listening"), "Enter an answer")
	if kept.Form().Get("a1") != "Listening" {
		t.Errorf("kept %v", kept.Form())
	}
	answers := with(f, "a1", "Listening", "a2", "Interrupting")
	colleague.Post(request, answers).To("/development")
	colleague.Post(request, with(answers, "a2", "Nothing")).To(request)
	plain(colleague.Get(request).Want(200)).Says("Interrupting").Hides("Send my answers")
	plain(nurse.Get(request).Want(200)).Says("Listening", "Interrupting", "answered on 22 November 2026")
	lead.Get(request).Want(404)

	// Whoever does not work in the service has none of this.
	for _, a := range []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.OHNurse.As(access.Person, access.Portal), w.Guardian.As(access.Guardian, access.Growth), w.Executive.As(access.Executive, access.Growth)} {
		for _, path := range []string{"/development", "/development/offers", shared, request} {
			site(now).As(a).Get(path).Want(404).Hides("Chair", "Listening")
		}
	}
	plain(site(now).As(w.ForeignOHNurse.As(access.Nurse, access.Clinical)).Get("/development").Want(200)).Hides("Chair")
	plain(site(now).As(w.OHAdmin.As(access.OHAdmin, access.Clinical)).Get("/development").Want(200)).Hides("Chair")
}
