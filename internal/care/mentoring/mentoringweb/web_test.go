package mentoringweb_test

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
	"github.com/rowan-ohwb/rowan/internal/care/mentoring"
	"github.com/rowan-ohwb/rowan/internal/care/mentoring/mentoringweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
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

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	holds := []string{"triage"}
	s := mentoring.New(mentoring.Deps{DB: db, Box: caretest.Box(), Links: keys, Areas: []string{"leadership", "career"}, Named: func(string) string { return "Triage" },
		Team: func(context.Context, uuid.UUID) ([]mentoring.Member, error) {
			return []mentoring.Member{{Account: w.OHNurse.Account, Name: w.OHNurse.Name, Role: access.Nurse}, {Account: w.OHNurse2.Account, Name: w.OHNurse2.Name, Role: access.Nurse}, {Account: w.OHLead.Account, Name: w.OHLead.Name, Role: access.Lead}}, nil
		},
		Standing: func(context.Context, access.Actor, time.Time) (mentoring.Standing, error) {
			return mentoring.Standing{Areas: []string{"leadership"}, Holds: holds}, nil
		}})
	site := func(at time.Time) *webtest.Site {
		return webtest.New(t, at, mentoringweb.Routes(s, "https://rowan.example/"), mentoring.Rules)
	}
	nurse, colleague, lead := site(now).As(w.OHNurse.As(access.Nurse, access.Clinical)), site(now).As(w.OHNurse2.As(access.Nurse, access.Clinical)), site(now).As(w.OHLead.As(access.Lead, access.Clinical))
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "mentoring.") {
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
	// first finds the first link of a page that begins so.
	first := func(p *webtest.Page, prefix string) string {
		t.Helper()
		for _, l := range p.Links() {
			if strings.HasPrefix(l, prefix) {
				return l
			}
		}
		t.Fatalf("no link to %s in %q", prefix, p.Links())
		return ""
	}

	// A profile: without competencies there is no question about them, and none is taken that is not held.
	profile := url.Values{"taking": {"yes"}, "areas": {"area.leadership"}, "competencies": {"competence.triage"}, "interests": {"interest.exams"}, "places": {"1"}, "how": {"online"}, "days": {"2"}}
	holds = nil
	plain(nurse.Get("/mentoring/profile").Want(200)).Hides("signed off for")
	wrong(nurse, "/mentoring/profile", profile, "Select from the lists, and only competencies that you are signed off for")
	holds = []string{"triage"}
	kept := wrong(nurse, "/mentoring/profile", with(profile, "places", "six"), "Enter a whole number from 1 to 5")
	if kept.Form().Get("places") != "six" || kept.Form().Get("areas") != "area.leadership" {
		t.Errorf("kept %v", kept.Form())
	}
	nurse.Post("/mentoring/profile", profile).To("/mentoring")
	if f := plain(nurse.Get("/mentoring/profile").Want(200)).Form(); f.Get("competencies") != "competence.triage" || f.Get("taking") != "yes" {
		t.Errorf("the form shows %v", f)
	}

	// Asking.
	ask := first(plain(colleague.Get("/mentoring/find?interest=exams").Want(200)).Says("Helen Marsh", "You have open goals in: Leadership", "You look for: Examinations", "1 place free", "Tuesday"), "/mentoring/ask/")
	f := plain(colleague.Get(ask).Want(200)).Form()
	wrong(colleague, ask, f, "Select what you would like help with")
	wrong(colleague, ask, with(f, "wants", "area.career"), "Select from what Helen Marsh offers")
	colleague.Post(ask, with(f, "wants", "area.leadership"))
	colleague.Post(ask, with(f, "wants", "area.leadership")) // a second click
	path := first(plain(colleague.Get("/mentoring").Want(200)).Says("You have asked"), "/mentoring/with/")
	plain(lead.Get("/mentoring/find").Want(200)).Says("Full", "Wait for a place with Helen Marsh")
	nurse.Get("/mentoring/ask/" + w.OHNurse.Account.String()).Want(404)
	nurse.Post(path+"/answer", url.Values{"answer": {"perhaps"}}).Want(404)
	colleague.Post(path+"/answer", url.Values{"answer": {"yes"}}).Want(409).Says("This has changed since you opened the page")
	for _, part := range []string{"/end", "/goals/add", "/meetings/add", "/next", "/log/add", "/help"} {
		nurse.Get(path + part).Want(409) // before there is anything to keep
	}
	nurse.Post(path+"/answer", url.Values{"answer": {"yes"}}).To(path)

	// What the two keep.
	f = plain(colleague.Get(path + "/log/add").Want(200)).Form()
	wrong(colleague, path+"/log/add", f, "Enter what you want to remember")
	colleague.Post(path+"/log/add", with(f, "words", "I am often tired")).To(path)
	remove := first(plain(colleague.Get(path).Want(200)).Says("I am often tired", "Only you"), path+"/log/")
	nurse.Get(remove).Want(404).Hides("tired")
	nurse.Post(strings.TrimSuffix(remove, "/remove")+"/show", url.Values{"show": {"yes"}}).To(path)
	plain(nurse.Get(path).Want(200)).Hides("tired")
	f = plain(nurse.Get(path + "/goals/add").Want(200)).Form()
	wrong(nurse, path+"/goals/add", with(f, "state", "x"), "Select what it is about", "Enter what you want to reach", "Select how far it is")
	nurse.Post(path+"/goals/add", with(f, "about", "area.leadership", "words", "Run a clinic")).To(path)
	goal := first(plain(colleague.Get(path).Want(200)).Says("Run a clinic", "Under way"), path+"/goals/")
	f = plain(colleague.Get(goal).Want(200)).Form()
	site(now.Add(time.Minute)).As(w.OHNurse.As(access.Nurse, access.Clinical)).Post(goal, with(f, "state", "reached")).To(path)
	colleague.Post(goal, f).Want(409).Says("This has changed since you opened the page")
	f = plain(nurse.Get(path + "/next").Want(200)).Form()
	nurse.Post(path+"/next", with(f, "next-day", "6", "next-month", "12", "next-year", "2026")).To(path)
	plain(colleague.Get(path).Want(200)).Says("You meet next on 6 December 2026")
	colleague.Post("/mentoring/calendar", nil).To("/mentoring")
	feed := first(colleague.Get("/mentoring").Want(200).Says("https://rowan.example/mentoring-days/"), "/mentoring-days/")
	site(now).As(access.Actor{Role: access.Anonymous, Wall: access.Hall}).Get(feed).Want(200)
	site(now).As(access.Actor{Role: access.Anonymous, Wall: access.Hall}).Get("/mentoring-days/x").Want(404)

	// Nobody else finds any of it; the lead has counts.
	outside := []*webtest.Browser{lead}
	for _, a := range []access.Actor{w.OHPhysician.As(access.Physician, access.Clinical), w.OHAdmin.As(access.OHAdmin, access.Clinical), w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.OHNurse.As(access.Person, access.Portal), w.Guardian.As(access.Guardian, access.Growth), w.ForeignOHNurse.As(access.Nurse, access.Clinical)} {
		outside = append(outside, site(now).As(a))
	}
	for _, b := range outside {
		for _, p := range []string{path, goal, remove, path + "/end", path + "/next", path + "/help"} {
			b.Get(p).Want(404).Hides("Run a clinic", "tired")
		}
		b.Post(path+"/end", url.Values{"thanks": {"time"}}).Want(404)
	}
	nurse.Get("/mentoring/counts").Want(404)
	plain(lead.Get("/mentoring/counts").Want(200)).Says("1 mentor takes people").Hides("Helen", "Ruth")
	for _, b := range outside[3:7] {
		b.Get("/mentoring").Want(404)
		b.Get("/mentoring/find").Want(404).Hides("Helen")
	}

	// The end.
	wrong(nurse, path+"/end", nurse.Get(path+"/end").Want(200).Form(), "Select what you thank them for")
	nurse.Post(path+"/end", url.Values{"thanks": {"time"}}).To(path)
	plain(colleague.Get(path).Want(200)).Says("Helen Marsh ended it and thanks you: “For your time”", "I am often tired").Hides("Write in your log", "Add a goal")
	wrong(colleague, path+"/help", url.Values{"score": {"9"}}, "Select a number from 1 to 5")
	colleague.Post(path+"/help", url.Values{"score": {"5"}}).To(path)
	colleague.Get(path + "/help").Want(409).Says("You have answered already")
	nurse.Get(path + "/help").Want(409)
}
