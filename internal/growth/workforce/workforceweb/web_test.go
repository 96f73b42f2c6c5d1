package workforceweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce"
	"github.com/rowan-ohwb/rowan/internal/growth/workforce/workforceweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)

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
	s := workforce.New(workforce.Deps{DB: db, Now: func() time.Time { return now }})
	site := webtest.New(t, now, workforceweb.Routes(s), workforce.Rules)
	lead, guardian := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth))
	later := webtest.New(t, now.Add(time.Minute), workforceweb.Routes(s), workforce.Rules).As(w.OHLead.As(access.Lead, access.Growth))
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "workforce.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}
	wrong := func(path string, f url.Values, want ...string) {
		t.Helper()
		if got := plain(lead.Post(path, f).Want(422)).Errors(); !slices.Equal(got, want) {
			t.Errorf("%s: errors %q, want %q", path, got, want)
		}
	}
	path := func(p *webtest.Page, prefix string) string {
		t.Helper()
		for _, l := range p.Links() {
			if id, found := strings.CutPrefix(l, prefix); found {
				if _, err := uuid.Parse(id); err == nil {
					return l
				}
			}
		}
		t.Fatalf("no link to %s in %q", prefix, p.Links())
		return ""
	}

	// Nothing yet: every page says what to do first.
	plain(lead.Get("/workforce").Want(200)).Says("There are no posts yet", "Add a post").Hides("Single points of failure")
	plain(guardian.Get("/workforce").Want(200)).Hides("/workforce/posts/add")
	plain(lead.Get("/workforce/plan").Want(200)).Says("Begin with the posts of the team", "No change is planned yet", "Assumed: nobody has said")
	plain(guardian.Get("/workforce/costs?option=preferred").Want(200)).Says("Begin with the posts")
	plain(lead.Get("/workforce/pipeline").Want(200)).Says("No vacancy has been filled yet", "No vacancy is open")
	plain(lead.Get("/workforce/pipeline/add").Want(200)).Says("Nothing is vacant")
	plain(lead.Get("/workforce/changes/add").Want(200)).Says("A new post", "A development post").Hides("The end of a post")

	// A post.
	f := plain(lead.Get("/workforce/posts/add").Want(200)).Form()
	wrong("/workforce/posts/add", f, "Enter the title of the post", "Select a role", "Select a band", "Enter how many people it is for, from 1 to 200", "Enter the WTE of each person, above 0 and at most 1", "Enter how many are in post, 0 if nobody is",
		"Enter the years in the band, from 0 to 50", "Select how it is funded")
	f = with(f, "title", "Senior OH nurse", "role", "nurse", "band", "7", "heads", "2", "wte", "0.8", "in_post", "1", "years", "3", "funding", "recurrent", "skills", "havs")
	wrong("/workforce/posts/add", f, "Enter since when it is vacant")
	wrong("/workforce/posts/add", with(f, append(date("vacant_since", "31", "2", "2026"), "wte", "2")...), "Enter the WTE of each person, above 0 and at most 1", "Enter a real date, for example 27 3 2026")
	f = with(f, date("vacant_since", "1", "8", "2026")...)
	for reason, pairs := range map[string][]string{
		"The day must be today or in the past":                     {"vacant_since-year", "2027"},
		"No more can be in post than the post is for":              {"in_post", "3"},
		"Enter the last day of the fixed term":                     {"funding", "fixed"},
		"Select “Medical” for a physician":                         {"role", "physician"},
		"“Medical” is for physicians only. Select a band":          {"band", "medical", "salary", "100000"},
		"Enter the salary as whole pounds, for example 120000":     {"role", "physician", "band", "medical"},
		"Select skills from the list":                              {"skills", "juggling"},
		"Select the post that could act up, or leave “When” empty": {"ready", "now"},
		"Select another post from the list":                        {"successor", "x", "ready", "now"},
		"Shorten this to 120 characters or fewer":                  {"title", strings.Repeat("x", 121)},
		"Enter the years in the band, from 0 to 50":                {"years", "many"},
	} {
		wrong("/workforce/posts/add", with(f, pairs...), reason)
	}
	lead.Post("/workforce/posts/add", f).To("/workforce")
	lead.Post("/workforce/posts/add", f).To("/workforce")
	f = lead.Get("/workforce/posts/add").Form()
	lead.Post("/workforce/posts/add", with(f, "title", "Consultant", "role", "physician", "band", "medical", "salary", "£125,000", "heads", "1", "wte", "0.6", "in_post", "1", "years", "0", "funding", "outside")).To("/workforce")
	page := plain(lead.Get("/workforce").Want(200)).Says("The team is funded for 2.2 WTE and has 1.4 in post. 0.8 WTE, 36%, are vacant", "Hand-arm vibration, tier 3 or 4: only one post carries this skill (Senior OH nurse)", "Occupational physician: one person holds this role (Consultant)",
		"The team by band", "1 since 1 August 2026", "Nobody named", "Paid by somebody else", "There is no official ratio", "has not been entered")
	if !slices.Contains(page.Links(), "/figures/workforce/vacancy_rate") {
		t.Errorf("links %q", page.Links())
	}
	plain(guardian.Get("/workforce").Want(200)).Says("Senior OH nurse").Hides("/workforce/posts/", "Add a post")
	var nurse string
	for _, l := range page.Links() { // the titles are in order: Consultant, Senior OH nurse
		if strings.HasPrefix(l, "/workforce/posts/") && l != "/workforce/posts/add" {
			nurse = l
		}
	}
	consultant := path(page, "/workforce/posts/")
	f = plain(lead.Get(nurse).Want(200)).Form()
	if f.Get("wte") != "0.8" || f.Get("vacant_since-month") != "8" || f.Get("skills") != "havs" {
		t.Errorf("the form shows %v", f)
	}
	wrong(nurse, with(f, "title", ""), "Enter the title of the post")
	wrong(nurse, with(f, "successor", strings.TrimPrefix(consultant, "/workforce/posts/")), "Select when they could act up")
	later.Post(nurse, with(f, "successor", strings.TrimPrefix(consultant, "/workforce/posts/"), "ready", "year")).To("/workforce")
	lead.Post(nurse, f).Want(409).Says("Somebody has changed this")
	plain(lead.Get("/workforce").Want(200)).Says("Within a year, with development")

	// What is assumed.
	f = plain(lead.Get("/workforce/plan/assumptions").Want(200)).Form()
	if f.Get("start") != "2027-04-01" || f.Get("uplift") != "3.3" {
		t.Errorf("the form begins with %v", f)
	}
	wrong("/workforce/plan/assumptions", with(f, "start", "2030-04-01", "served", "all", "uplift", "50", "leave", "", "sickness", "much"), "Select a quarter from the list", "Enter a whole number, for example 5200",
		"Pay award a year, in percent: enter a number from -5 to 15", "Days of annual leave: enter a number from 20 to 50", "Sickness, in percent of days: enter a number from 0 to 30")
	lead.Post("/workforce/plan/assumptions", with(f, "award_2028", "16", "award_2030", "little")).Refuses("Pay award of 2028/29: enter a percentage from -5 to 15, or leave it empty", "Pay award of 2030/31: enter a percentage from -5 to 15, or leave it empty")
	plain(lead.Get("/workforce/plan").Want(200)).Says("3.3% a year").Hides("in 2028/29")
	lead.Post("/workforce/plan/assumptions", with(f, "served", "5,200", "award_2028", "2.8", "award_2031", "0")).To("/workforce/plan")
	plain(lead.Get("/workforce/plan").Want(200)).Says("3.3% in 2027/28, 2.8% in 2028/29, 3.3% in 2029/30, 3.3% in 2030/31 and 0% in 2031/32")
	if again := lead.Get("/workforce/plan/assumptions").Want(200).Form(); again.Get("award_2028") != "2.8" || again.Get("award_2031") != "0" || again.Get("award_2027") != "" || again.Get("award_2032") != "" {
		t.Errorf("the form keeps %v", again)
	}
	lead.Post("/workforce/plan/assumptions", with(f, "served", "5,200")).To("/workforce/plan")
	plain(guardian.Get("/workforce").Want(200)).Says("Of 5,200 staff served, by the WTE in post", "1,000 to 1,500", "6,500", "Commonly quoted in the NHS")
	f = plain(lead.Get("/workforce/plan/roles/nurse").Want(200).Says("60 to 75%")).Form()
	wrong("/workforce/plan/roles/nurse", with(f, "clinical", "130", "leavers", "", "retire", "-1"), "Hours with patients, in percent of hours at work: enter a number from 0 to 100", "Leavers a year, in percent of those in post: enter a number from 0 to 60",
		"Retirements expected within five years: enter a number from 0 to 200")
	lead.Post("/workforce/plan/roles/nurse", with(f, "leavers", "10", "retire", "1")).To("/workforce/plan")
	lead.Get("/workforce/plan/roles/cook").Want(404)
	lead.Post("/workforce/plan/roles/cook", url.Values{}).Want(404)

	// Changes of every kind.
	add := func(kind string) (string, url.Values) {
		t.Helper()
		path := "/workforce/changes/add?kind=" + kind
		return path, plain(lead.Get(path).Want(200)).Form()
	}
	at, f := add("new")
	wrong(at, with(f, "from", ""), "Enter the title of the post", "Select a quarter of the plan", "Select a role", "Select a band", "Enter how many people it is for, from 1 to 200", "Enter the WTE of each person, above 0 and at most 1", "Select at least one option")
	lead.Post(at, with(f, "title", "OH nurse", "from", "2027-07-01", "role", "nurse", "band", "6", "heads", "1", "wte", "1", "in", "preferred")).To("/workforce/plan")
	at, f = add("development")
	if f.Get("months") != "24" || f.Get("study_days") != "45" || f.Get("complete_low") != "75" || f.Get("retain_high") != "85" || f.Get("pay") != "" {
		t.Errorf("the form of a development post begins with %v", f)
	}
	plain(lead.Get(at)).Says("The numbers below are assumptions to begin with", "mark D")
	wrong(at, with(f, "title", "", "months", "", "study_days", "", "supervision", "", "backfill", "", "fee", "", "retain_high", "", "complete_low", "90", "complete_high", "50", "retain_low", "x"), "Enter the title of the post", "Enter how many people it is for, from 1 to 200", "Enter the WTE of each person, above 0 and at most 1",
		"Length of the course, in months: enter a number from 3 to 48", "Days of study a year during the course: enter a number from 0 to 120", "Hours of supervision a week: enter a number from 0 to 15", "Hours of backfill a week: enter a number from 0 to 37",
		"Cost of the course a year, in pounds: enter a number from 0 to 50,000", "The highest must not be below the lowest", "Still here two years later: lowest percent: enter a number from 0 to 100", "Still here two years later: highest percent: enter a number from 0 to 100",
		"Select how they are paid", "Select at least one option")
	develop := with(f, "from", "2027-04-01", "heads", "2", "wte", "1", "months", "12", "study_days", "40", "supervision", "2", "backfill", "4", "fee", "£6,000", "complete_low", "80", "complete_high", "95", "retain_low", "60", "retain_high", "85", "pay", "completion", "in", "preferred")
	wrong(at, with(develop, "retain_low", "90"), "The highest must not be below the lowest")
	lead.Post(at, develop).To("/workforce/plan")
	lead.Post(at, develop).To("/workforce/plan")
	plain(lead.Get("/workforce/plan")).Hides("Check the pay of")
	_, f = add("development")
	plain(lead.Get(at).Want(200)).Says("75% with up to 12 months to go, 70% with up to 24 months to go, 65% with up to 36 months to go and 60% with more. NHS Terms and Conditions of Service Handbook, annex 21", "from memory", "on average 6 months after completion")
	lead.Post(at, with(f, "title", "Apprentice", "heads", "1", "wte", "1", "pay", "annex21", "in", "maximum")).To("/workforce/plan")
	least := []string{"Check the pay of “Apprentice”", "so somebody may earn less than now", "The national living wage is £12.71 an hour, £24,853 a year full time in 2026/27.", "as newspapers reported", "At its lowest annex 21 pays £33,682, more than that and than the lowest pay point, £25,272"}
	for _, l := range plain(lead.Get("/workforce/plan")).Says(least...).Links() {
		if strings.HasPrefix(l, "/workforce/changes/") && l != "/workforce/changes/add" {
			if p := lead.Get(l).Want(200); p.Form().Get("pay") == "annex21" {
				plain(p).Says(least...)
			} else {
				plain(p).Hides("The national living wage")
			}
		}
	}
	post := strings.TrimPrefix(nurse, "/workforce/posts/")
	at, f = add("alter")
	wrong(at, f, "Select a post", "Enter the new WTE, or select the new band", "Select at least one option")
	wrong(at, with(f, "post", post, "band", "medical", "in", "minimum"), "Select a band of the same pay system")
	wrong(at, with(f, "post", post, "wte", "3", "in", "minimum"), "Enter the WTE of each person, above 0 and at most 1")
	lead.Post(at, with(f, "post", post, "wte", "1", "band", "8a", "in", "minimum")).To("/workforce/plan")
	at, f = add("leadership")
	wrong(at, with(f, "post", post, "in", "maximum"), "Hours a week to lead: enter a number from 1 to 37")
	lead.Post(at, with(f, "post", post, "hours", "6", "in", "maximum")).To("/workforce/plan")
	at, f = add("end")
	wrong(at, f, "Select a post", "Select at least one option")
	lead.Post(at, with(f, "post", strings.TrimPrefix(consultant, "/workforce/posts/"), "from", "2029-04-01", "in", "maximum")).To("/workforce/plan")
	lead.Post("/workforce/changes/add", with(f, "kind", "dance")).To("/workforce/changes/add")
	lead.Post("/workforce/changes/add", url.Values{"kind": {"new"}}).Want(404)

	page = plain(lead.Get("/workforce/plan").Want(200)).Says("With the option “Preferred” the team goes from 1.4 WTE today to", "2 new posts: Development nurse, Band 5 to 6, Band 5, 1 WTE each", "Senior OH nurse becomes Band 8a, 1 WTE", "Senior OH nurse: 6 hours a week to lead", "Consultant ends",
		"April to June 2027", "January to March 2032", "Clinical hours a week", "Expected to start", "Expected to leave", "Expected to retire", "patients get", "The scale does not begin at 0", "0 of 2", "Assumed: 0 vacancies have been filled", "Anne")
	plain(guardian.Get("/workforce/plan?option=nothing").Want(200)).Says("If nothing is changed, the team goes from 1.4 WTE").Hides("/workforce/changes/", "/workforce/plan/roles/")
	plain(guardian.Get("/workforce/plan?option=maximum").Want(200)).Says("With the option “Do maximum”")
	plain(guardian.Get("/workforce/costs?option=preferred").Want(200)).Says("In its fifth year the team costs £", "increments add £", "pay awards add £", "posts that stand empty until they are filled take away £", "2027/28", "14.38%", "Cost by post", "Pay points of 2026/27. NHS Agenda for Change pay scales for England from 1 April 2025", "Computed from that, and not checked against the source. Later years", "NHS Business Services Authority", "Checked against the source", "from memory", "saved only if empty posts are not covered by agency or bank staff", "Development nurse, Band 5 to 6").Hides("growth.md", "mark C", "(M)")
	full := plain(guardian.Get("/workforce/costs?option=nothing&pension=full").Want(200)).Says("23.78%").Hides("Development nurse, Band 5 to 6")
	if !slices.Contains(full.Links(), "/workforce/costs?pension=full&option=minimum") {
		t.Errorf("links %q", full.Links())
	}

	// A change is written anew and withdrawn.
	var change string
	for _, l := range page.Links() {
		if strings.HasPrefix(l, "/workforce/changes/") && l != "/workforce/changes/add" {
			if p := lead.Get(l).Want(200); strings.Contains(p.Text(), "A development post:") {
				change = l
			}
		}
	}
	f = plain(lead.Get(change).Want(200)).Form()
	if f.Get("months") != "12" || f.Get("pay") != "completion" || f.Get("in") != "preferred" {
		t.Errorf("the form shows %v", f)
	}
	wrong(change, with(f, "title", ""), "Enter the title of the post")
	later.Post(change, with(f, "pay", "annex21")).To("/workforce/plan")
	lead.Post(change, f).Want(409)

	// A vacancy from advert to start.
	f = plain(lead.Get("/workforce/pipeline/add").Want(200).Says("Senior OH nurse, Band 7: 1 vacant", "Development nurse, Band 5 to 6, Band 5: 2 planned")).Form()
	wrong("/workforce/pipeline/add", f, "Select what it is for", "Select the source", "Enter the day it was advertised")
	vacancy := with(f, append(date("advertised", "1", "9", "2026"), "for", "change "+strings.TrimPrefix(change, "/workforce/changes/"), "source", "national")...)
	wrong("/workforce/pipeline/add", with(vacancy, "advertised-year", "2027"), "The day must be today or in the past")
	wrong("/workforce/pipeline/add", with(vacancy, "for", "post "+uuid.NewString()), "Select what it is for")
	team, err := s.Find(t.Context(), w.OHLead.As(access.Lead, access.Growth), now)
	if err != nil {
		t.Fatal(err)
	}
	senior := "post " + team.Fillable()[0].Post.String()
	lead.Get("/workforce/pipeline/add").Want(200).Says("Is this because somebody left?")
	wrong("/workforce/pipeline/add", with(vacancy, "for", senior), "Select whether somebody left")
	wrong("/workforce/pipeline/add", with(vacancy, "for", senior, "left", "perhaps"), "Select whether somebody left")
	lead.Post("/workforce/pipeline/add", vacancy).To("/workforce/pipeline")
	lead.Post("/workforce/pipeline/add", vacancy).To("/workforce/pipeline")
	page = plain(lead.Get("/workforce/pipeline").Want(200)).Says("Advertised", "70", "Days the post has been empty", "New post", "National jobs site", "Not agreed", "Planned posts: actual against plan", "July to September 2027", "Nobody yet")
	v := path(page, "/workforce/pipeline/")
	step := func(pairs ...string) url.Values { return with(plain(lead.Get(v).Want(200)).Form(), pairs...) }
	wrong(v, step(), "Select what happened", "Enter the day")
	wrong(v, step(append(date("on", "31", "8", "2026"), "to", "closed")...), "The day must be 1 September 2026 or after", "Enter how many people applied, 0 if nobody did")
	wrong(v, step(append(date("on", "1", "1", "2027"), "to", "stopped")...), "The day must be today or in the past", "Enter why it was stopped")
	lead.Post(v, step(append(date("on", "20", "9", "2026"), "to", "closed", "applicants", "9")...)).To("/workforce/pipeline")
	wrong(v, step(append(date("on", "2", "10", "2026"), "to", "offered")...), "Enter the agreed first day")
	wrong(v, step(append(append(date("on", "2", "10", "2026"), date("starts", "1", "10", "2026")...), "to", "offered")...), "The first day must not be before the offer")
	stale := step(append(append(date("on", "2", "10", "2026"), date("starts", "2", "11", "2026")...), "to", "offered")...)
	later.Post(v, stale).To("/workforce/pipeline")
	lead.Post(v, with(stale, append(date("on", "2", "11", "2026"), "to", "started")...)).Want(409)
	plain(lead.Get("/workforce/pipeline").Want(200)).Says("Offered", "2 November 2026")
	lead.Post(v, step(append(date("on", "2", "11", "2026"), "to", "started")...)).To("/workforce/pipeline")
	plain(guardian.Get("/workforce/pipeline").Want(200)).Says("One vacancy was filled, 62 days", "Started on 2 November 2026").Hides("Open a vacancy")
	plain(lead.Get(v).Want(200)).Says("A vacancy that is over", "62 days", "9 applicants")
	lead.Post(v, url.Values{}).To(v)
	plain(guardian.Get("/workforce").Want(200)).Says("Nurse in a development post")
	wrong(change, with(lead.Get(change).Form(), "heads", "0"), "Enter how many people it is for, from 1 to 200")

	plain(lead.Get(change).Want(200)).Hides("/withdraw")
	lead.Post(change+"/withdraw", url.Values{}).Want(409).Says("Somebody has started in this post")
	for _, l := range lead.Get("/workforce/plan").Links() {
		if strings.HasPrefix(l, "/workforce/changes/") && l != "/workforce/changes/add" && l != change {
			change = l
		}
	}
	plain(lead.Get(change + "/withdraw").Want(200)).Says("will no longer be in any option")
	lead.Post(change+"/withdraw", url.Values{}).To("/workforce/plan")
	lead.Get(change).Want(404)
	f = plain(lead.Get(nurse + "/end").Want(200)).Form()
	wrong(nurse+"/end", with(f, date("on", "", "", "")...), "Enter the last day of the post")
	wrong(nurse+"/end", with(f, "on-year", "2027"), "The day must be today or in the past. To end a post later, plan a change")
	lead.Post(nurse+"/end", f).To("/workforce")
	lead.Get(nurse).Want(404)
	lead.Post("/workforce/posts/add", url.Values{}).Want(404)
	lead.Get("/workforce/posts/x").Want(404)

	for _, p := range []string{"/workforce/posts/add", "/workforce/changes/add", "/workforce/plan/assumptions", "/workforce/pipeline/add", consultant} {
		guardian.Get(p).Want(404)
	}
	site.As(w.HR.As(access.HR, access.Growth)).Get("/workforce").Want(404)
	plain(site.As(w.Executive.As(access.Executive, access.Growth)).Get("/workforce/costs").Want(200))
	plain(site.As(w.ForeignOHAdmin.As(access.Lead, access.Growth)).Get("/workforce").Want(200)).Says("There are no posts yet").Hides("Consultant")
}
