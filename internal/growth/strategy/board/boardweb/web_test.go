package boardweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/board/boardweb"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx = context.Background()
	now = strategytest.Now
)

// fill sets fields of a form: name, value, name, value.
// TestJourney goes from an empty plan to a decision, as the three roles do.
func TestJourney(t *testing.T) {
	h := strategytest.New(t)
	site := webtest.New(t, now, boardweb.Routes(h.Board), strategy.Rules, board.Rules)
	lead, guardian, executive := site.As(h.Lead), site.As(h.Guardian), site.As(h.Executive)

	// An empty organisation sees what to do first.
	guardian.Get("/plan").Want(200).Says("Find needs", "To do", "Cannot start yet").Hides("Overdue")
	guardian.Get("/plan/page").Want(200).Says("There is no version yet", "No objective yet", "The plan as it stands")
	guardian.Get("/plan/versions").Want(200).Says("There are no versions yet").Hides("/plan/versions/start")
	guardian.Get("/plan/board").Want(200).Says("There are no papers yet")
	lead.Get("/plan/board/add").Want(200).Says("there is none yet")

	// A version begins with its line.
	form := lead.Get("/plan/versions/start").Want(200).Form()
	lead.Post("/plan/versions/start", form).Refuses("Enter where the strategy leads")
	lead.Post("/plan/versions/start", webtest.Fill(form, "vision", strings.Repeat("x", 201))).Refuses("Shorten this to 200 characters or fewer")
	lead.Post("/plan/versions/start", webtest.Fill(form, "vision", "Staff who are well")).To("/plan/versions/1")
	lead.Post("/plan/versions/start", form).Want(409).Says("There is a draft already")
	lead.Get("/plan/versions/1/submit").Want(200).Says("There is nothing to submit yet")
	lead.Post("/plan/versions/1/submit", nil).Want(409).Says("There is nothing to submit yet")
	one := h.Fill(t)
	form = lead.Get("/plan/versions/1/vision").Want(200).Form()
	lead.Post("/plan/versions/1/vision", url.Values{}).Refuses("Enter where the strategy leads")
	lead.Post("/plan/versions/1/vision", webtest.Fill(form, "vision", "Staff who are well and stay")).To("/plan/versions/1")
	lead.Get("/plan/versions/1").Says("Staff who are well and stay", "Draft", "Nobody has been asked", "0 of 18 judged")
	lead.Get("/plan/versions/1/page").Says("Seen within ten working days", "Nurse-led triage", "Lead OH nurse", "December 2026 to March 2027", "Wait to be seen: 12 days", "Draft of version 1")
	lead.Get("/plan/versions/1/submit").Says("Needs: 1. Objectives: 1. Actions: 1.")
	lead.Post("/plan/versions/1/submit", nil).To("/plan/versions/1")
	lead.Post("/plan/versions/1/submit", nil).Want(409)
	lead.Get("/plan/versions/1/changes").Want(200).Says("There is no version before this one")

	// It is not approved without staff side and equality, and the summary leads to what is missing.
	form = executive.Get("/plan/versions/1/sign").Want(200).Says("Nobody has been asked", "Type your name as shown: "+h.Executive.Name).Form()
	executive.Post("/plan/versions/1/sign", form).Refuses("Select whether you approve it or return it", "Type your name as shown: "+h.Executive.Name, "Enter your post")
	executive.Post("/plan/versions/1/sign", webtest.Fill(form, "choice", "return", "name", h.Executive.Name, "post", "Chief people officer")).Refuses("Enter why you return it")
	webtest.Fill(form, "choice", "approve", "name", h.Executive.Name, "post", "Chief people officer")
	refused := executive.Post("/plan/versions/1/sign", form).Want(422)
	if got := refused.Errors(); len(got) != 19 || !strings.Contains(got[0], "Nobody has been asked") {
		t.Errorf("errors %q", got)
	}
	if !strings.Contains(refused.Body, `href="/plan/versions/1/equality#age"`) || !strings.Contains(refused.Body, `href="/plan/versions/1/coproduction"`) {
		t.Error("the summary does not lead to what is missing")
	}
	guardian.Get("/plan/versions/1/coproduction").Want(200).Says("Nobody has been asked yet").Hides("coproduction/add")
	talk := lead.Get("/plan/versions/1/coproduction/add").Want(200).Form()
	lead.Post("/plan/versions/1/coproduction/add", talk).Refuses("Enter the day", "Enter which group was asked", "Enter what they were asked", "Enter what it changed")
	webtest.Fill(talk, "who", "Staff side", "asked", "Which times suit?", "changed", "Evening clinics", "on-day", "31", "on-month", "2", "on-year", "2026")
	lead.Post("/plan/versions/1/coproduction/add", talk).Refuses("Enter a real date, for example 27 3 2026")
	lead.Post("/plan/versions/1/coproduction/add", webtest.Fill(talk, "on-month", "12")).Refuses("The day must not be in the future")
	webtest.Fill(talk, "on-day", "3", "on-month", "11")
	lead.Post("/plan/versions/1/coproduction/add", talk).To("/plan/versions/1/coproduction")
	lead.Post("/plan/versions/1/coproduction/add", talk).To("/plan/versions/1/coproduction")
	if text := guardian.Get("/plan/versions/1/coproduction").Says("Staff side, 3 November 2026", "Evening clinics").Text(); strings.Count(text, "Which times suit?") != 1 {
		t.Error("a double click wrote twice")
	}
	guardian.Get("/plan/versions/1/equality").Want(200).Says("Gender reassignment", "Shift pattern", "Not judged yet").Hides("equality/add")
	impact := lead.Get("/plan/versions/1/equality/add?characteristic=age").Want(200).Form()
	if impact.Get("characteristic") != "age" {
		t.Errorf("the form begins with %v", impact)
	}
	lead.Post("/plan/versions/1/equality/add", url.Values{}).Refuses("Select at least one", "Select the effect", "Enter how you know")
	webtest.Fill(impact, "effect", "worse", "evidence", "Uptake by age")
	lead.Post("/plan/versions/1/equality/add", impact).Refuses("Enter what you do about it")
	lead.Post("/plan/versions/1/equality/add", webtest.Fill(impact, "mitigation", "Calls, not only an app")).To("/plan/versions/1/equality")
	impact = lead.Get("/plan/versions/1/equality/add?characteristic=age").Form()
	if impact.Get("effect") != "worse" || impact.Get("mitigation") != "Calls, not only an app" {
		t.Errorf("the form begins with %v", impact)
	}
	impact["characteristic"] = h.Plan.Pack().AllCharacteristics()
	lead.Post("/plan/versions/1/equality/add", impact).To("/plan/versions/1/equality")
	guardian.Get("/plan/versions/1/equality").Says("Calls, not only an app").Hides("Not judged yet")
	executive.Post("/plan/versions/1/sign", form).To("/plan/versions/1")
	executive.Get("/plan/versions/1").Says("Approved", "Chief people officer", "as they were signed").Hides("versions/1/sign")
	executive.Post("/plan/versions/1/sign", form).Want(409)
	lead.Post("/plan/versions/1/coproduction/add", lead.Get("/plan/versions/1/coproduction/add").Form()).Want(422)
	lead.Get("/plan/versions/1/force").Want(200).Says("It replaces the version that is in force")
	lead.Post("/plan/versions/1/force", nil).To("/plan/versions/1")
	lead.Post("/plan/versions/1/force", nil).Want(409)
	guardian.Get("/plan/versions/1").Says("In force")

	// A paper, a question, a decision.
	form = lead.Get("/plan/board/add").Want(200).Form()
	lead.Post("/plan/board/add", form).Refuses("Enter the title", "Enter the date of the meeting", "Select a version", "Enter what you recommend", "Enter what it means for the wellbeing of staff")
	webtest.Fill(form, "title", "Our plan", "version", "1", "recommendation", "Approve it", "wellbeing", "Shorter waits", "meeting-day", "9", "meeting-month", "11", "meeting-year", "2026")
	paper := lead.Post("/plan/board/add", form).To("/plan/board/")
	lead.Get(paper).Says("Our plan", "Meeting of 9 November 2026, strategy version 1", "No decision yet").Hides("/decide", "/ask")
	ask := guardian.Get(paper + "/ask").Want(200).Form()
	guardian.Post(paper+"/ask", ask).Refuses("Enter your question", "Enter the post that should answer", "Enter by when")
	webtest.Fill(ask, "question", "Where do the waits come from?", "owner", "Head of OH", "due-day", "1", "due-month", "11", "due-year", "2026")
	guardian.Post(paper+"/ask", ask).Refuses("The day must not be in the past")
	guardian.Post(paper+"/ask", webtest.Fill(ask, "due-day", "20")).To(paper)
	guardian.Get(paper).Says("Where do the waits come from?", "Head of OH, by 20 November 2026").Hides("/answer")
	guardian.Get("/plan/board").Says("Where do the waits come from?").Hides("Overdue")
	later := webtest.New(t, now.AddDate(0, 1, 0), boardweb.Routes(h.Board), strategy.Rules, board.Rules)
	later.As(h.Guardian).Get("/plan/board").Says("Overdue")
	later.As(h.Guardian).Get("/plan").Says("Overdue", "Where do the waits come from?", "Nurse-led triage")

	question := "/plan/questions/" + ask.Get("id") + "/answer"
	answer := lead.Get(question).Want(200).Form()
	lead.Post(question, answer).Refuses("Enter your answer")
	lead.Post(question, webtest.Fill(answer, "answer", "From referrals", "figure", "test/none")).Refuses("Select a figure from the list")
	lead.Post(question, webtest.Fill(answer, "figure", strategytest.Waits, "figure2", strategytest.Rest)).To(paper)
	lead.Post(question, answer).Want(409).Says("answered already")
	cited := guardian.Get(paper).Says("From referrals", "Wait to be seen: 12 days", "Rooms to rest in: Not collected")
	links := 0
	for _, l := range cited.Links() {
		if strings.HasPrefix(l, "/figures/cited/") {
			links++
		}
	}
	if links != 2 {
		t.Errorf("%d links to where figures come from", links)
	}
	decide := executive.Get(paper + "/decide").Want(200).Form()
	if decide.Get("on-day") != "9" {
		t.Errorf("the decision begins with %v", decide)
	}
	executive.Post(paper+"/decide", decide).Refuses("Select what the board decided", "Enter the words for the minutes")
	executive.Post(paper+"/decide", webtest.Fill(decide, "choice", "conditions", "words", "If the money is there", "on-day", "11")).Refuses("The day must not be in the future")
	executive.Post(paper+"/decide", webtest.Fill(decide, "on-day", "9")).To(paper)
	executive.Get(paper).Says("Approved with conditions", "If the money is there").Hides("/decide")
	executive.Post(paper+"/decide", webtest.Fill(decide, "id", uuid.NewString())).Want(409)
	lead.Get("/plan").Says("Done").Hides("Cannot start yet", "To do", "Not in version 1")
	if home := lead.Get("/plan"); !slices.Contains(home.Links(), "/plan/versions/start") {
		t.Error("no way to the next version")
	}

	// The next version shows what changed, in words.
	if err := h.Plan.MoveAction(ctx, h.Lead, now, one.Action, strategy.Planned, strategy.Stopped, "No nurse to be found"); err != nil {
		t.Fatal(err)
	}
	if line := lead.Get("/plan/versions/start").Want(200).Form().Get("vision"); line != "Staff who are well and stay" {
		t.Errorf("the next version starts from the line %q", line)
	}
	lead.Post("/plan/versions/start", url.Values{"vision": {"Staff who are well"}}).To("/plan/versions/2")
	guardian.Get("/plan/versions/2/changes").Want(200).Says("Compared with version 1", "Where it leads", "Nurse-led triage", "Planned", "Stopped", "Nothing", "No nurse to be found")
	guardian.Get("/plan/versions/1/page").Says("Nurse-led triage", "In force", "Fingerprint")
	lead.Post("/plan/versions/2/submit", nil).To("/plan/versions/2")
	executive.Post("/plan/versions/2/sign", webtest.Fill(form, "choice", "return", "name", h.Executive.Name, "post", "Chair", "words", "Too dear")).To("/plan/versions/2")
	guardian.Get("/plan/versions/2").Says("Returned", "Too dear")

	// A figure whose source changed is marked on the home page and on the plan.
	h.Shelf.Value = "15 days"
	guardian.Get("/plan").Says("Figures that have changed since you relied on them", "Out of date")
	guardian.Get("/plan/page").Says("12 days", "Out of date").Hides("15 days")

	for _, path := range []string{"/plan", "/plan/page", "/plan/versions", "/plan/versions/1", "/plan/versions/2/changes", "/plan/board", paper} {
		for _, key := range []string{" board.", " strategy."} {
			if strings.Contains(guardian.Get(path).Text(), key) {
				t.Errorf("%s: a key without words", path)
			}
		}
	}
	for _, path := range []string{"/plan/versions/9", "/plan/versions/x", "/plan/versions/9/page", "/plan/board/" + uuid.NewString(), "/plan/board/x", "/plan/questions/" + uuid.NewString() + "/answer"} {
		lead.Get(path).Want(404)
	}
}

// TestNext: what was planned since the version in force waits for the next one, and the pages say so.
func TestNext(t *testing.T) {
	h := strategytest.New(t)
	h.Fill(t)
	h.Enforce(t)
	site := webtest.New(t, now, boardweb.Routes(h.Board), strategy.Rules, board.Rules)
	lead, executive := site.As(h.Lead), site.As(h.Executive)
	lead.Get("/plan/page").Says("Staff who are well").Hides("Not approved yet", "Nothing here has been approved")
	need, lone, objective := uuid.New(), uuid.New(), uuid.New()
	for _, err := range []error{
		h.Plan.ProposeNeed(ctx, h.Lead, now, strategytest.Need(need)),
		h.Plan.ProposeNeed(ctx, h.Lead, now, strategytest.Need(lone)),
		h.Plan.MoveNeed(ctx, h.Lead, now, lone, strategy.Proposed, strategy.Agreed, ""),
		h.Plan.SetObjective(ctx, h.Lead, now, strategytest.Objective(objective)),
		h.Plan.PlanAction(ctx, h.Lead, now, strategytest.Action(uuid.New(), objective)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	lead.Get("/plan").Says("Not in version 1", "1 need that was agreed", "1 objective", "1 action", "Start a version that takes them", "To do", "Cannot start yet")
	executive.Get("/plan").Says("1 need that was agreed").Hides("/plan/versions/start")
	lead.Get("/plan/page").Says("Staff who are well", "Not approved yet")
	lead.Post("/plan/versions/start", url.Values{"vision": {"Further"}}).To("/plan/versions/2")
	lead.Get("/plan").Says("Version 2 is on its way", "Check again")
	lead.Get("/plan/page").Hides("Further")
	lead.Get("/plan/versions/2/page").Says("Further", "Not approved yet")
	lead.Get("/plan/versions/1/page").Hides("Not approved yet")
	if page := lead.Get("/plan/versions/2").Says("Left out: 1 need", "Decide on: Staff wait too long to be seen", "0 of 18 judged"); !slices.Contains(page.Links(), "/plan/needs/"+need.String()+"/status") {
		t.Error("no way to decide on what is left out")
	}
	lead.Get("/plan/versions/2/submit").Says("1 need was agreed, and no objective answers it", "You can still do this")
	lead.Post("/plan/versions/2/submit", nil).To("/plan/versions/2")
	if page := lead.Get("/plan/versions/2").Hides("Left out"); !slices.Contains(page.Links(), "/plan/board/add?version=2") {
		t.Error("no way to the board")
	}
	if form := lead.Get("/plan/board/add?version=2").Form(); form.Get("version") != "2" {
		t.Errorf("the paper begins with %v", form)
	}
	lead.Get("/plan/versions/2/equality").Says("Check again: 18 judgements")
	if got := executive.Post("/plan/versions/2/sign", url.Values{"choice": {"approve"}, "name": {h.Executive.Name}, "post": {"Chair"}}).Want(422).Errors(); len(got) != 19 {
		t.Errorf("errors %q", got)
	}
	h.Complete(t, 2)
	lead.Get("/plan/versions/2/equality").Hides("Check again")
	executive.Post("/plan/versions/2/sign", url.Values{"choice": {"approve"}, "name": {h.Executive.Name}, "post": {"Chair"}}).To("/plan/versions/2")
	lead.Get("/plan/page").Says("Staff who are well")
	lead.Post("/plan/versions/2/force", nil).To("/plan/versions/2")
	lead.Get("/plan/page").Says("Further").Hides("Not approved yet")
	lead.Get("/plan").Hides("Not in version")
}

// TestRights: the lead writes, an executive decides and signs, both of the board ask.
func TestRights(t *testing.T) {
	h := strategytest.New(t)
	h.Fill(t)
	if _, err := h.Board.Open(ctx, h.Lead, now, "Staff who are well"); err != nil {
		t.Fatal(err)
	}
	if err := h.Board.Submit(ctx, h.Lead, now, 1); err != nil {
		t.Fatal(err)
	}
	item := board.ItemIn{ID: uuid.New(), Version: 1, Title: "Our plan", Meeting: civil.Of(now), Recommendation: "r", Wellbeing: "w"}
	if err := h.Board.AddItem(ctx, h.Lead, now, item); err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, now, boardweb.Routes(h.Board), strategy.Rules, board.Rules)
	paper := "/plan/board/" + item.ID.String()
	for path, roles := range map[string][]access.Role{
		"/plan":                  {access.Lead, access.Guardian, access.Executive},
		"/plan/versions/1/page":  {access.Lead, access.Guardian, access.Executive},
		"/plan/versions/1/sign":  {access.Executive},
		"/plan/versions/1/force": {access.Lead},
		"/plan/board/add":        {access.Lead},
		paper + "/decide":        {access.Executive},
		paper + "/ask":           {access.Guardian, access.Executive},
	} {
		for _, role := range access.Roles[1:] {
			want := 404
			for _, r := range roles {
				if r == role {
					want = 200
				}
			}
			site.As(h.W.OHLead.As(role, access.Growth)).Get(path).Want(want)
		}
	}
	stranger := site.As(h.W.Foreign.As(access.Executive, access.Growth))
	stranger.Get(paper).Want(404)
	stranger.Get("/plan/versions/1").Want(404)
	stranger.Get("/plan").Want(200).Hides("Our plan")
}
