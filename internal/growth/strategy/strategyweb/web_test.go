package strategyweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategytest"
	"github.com/rowan-ohwb/rowan/internal/growth/strategy/strategyweb"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = strategytest.Now

// TestJourney goes from a figure to an action that started.
func TestJourney(t *testing.T) {
	h := strategytest.New(t)
	site := webtest.New(t, now, strategyweb.Routes(h.Plan), strategy.Rules)
	lead, guardian := site.As(h.Lead), site.As(h.Guardian)
	guardian.Get("/plan/needs").Want(200).Says("There are no needs yet").Hides("/plan/needs/add")
	guardian.Get("/plan/objectives").Want(200).Says("Strategic identity", "No objective yet")
	guardian.Get("/plan/actions").Want(200).Says("There are no actions yet")
	lead.Get("/plan/actions/add").Want(200).Says("Set one first")

	// A need from a figure; a gap brings its part of the framework along.
	if gap := lead.Get("/plan/needs/add?figure=gap/a-round.E5.2").Want(200).Form(); gap.Get("figure") != "gap/a-round.E5.2" || gap.Get("subsection") != "E5.2" || gap.Get("importance") != "5" || gap.Get("reach") != "45" {
		t.Errorf("the form begins with %v", gap)
	}
	form := lead.Get("/plan/needs/add?figure=" + strategytest.Waits).Want(200).Form()
	if form.Get("figure") != strategytest.Waits || form.Get("importance") != "" || form.Get("reach") != "" {
		t.Errorf("the form begins with %v", form)
	}
	lead.Post("/plan/needs/add", webtest.Fill(url.Values{"id": form["id"]}, "figure", "")).Refuses("Enter what staff need", "Choose a figure, or enter what says so", "Select a part of the framework", "Select how important it is", "Enter a whole number from 1 to 100")
	webtest.Fill(form, "statement", "Staff wait too long", "subsection", "E7.1", "importance", "4", "reach", "101")
	lead.Post("/plan/needs/add", form).Refuses("Enter a whole number from 1 to 100")
	lead.Post("/plan/needs/add", webtest.Fill(form, "reach", "30%", "figure", "test/none")).Refuses("Select a figure from the list")
	webtest.Fill(form, "figure", strategytest.Waits)
	need := lead.Post("/plan/needs/add", form).To("/plan/needs/")
	lead.Post("/plan/needs/add", form).To(need)
	page := guardian.Get(need).Want(200).Says("Staff wait too long", "Proposed", "Wait to be seen: 12 days", "Support services and partners", "4 of 5", "About 30 of 100 staff").Hides("/edit", "/status")
	if !slices.ContainsFunc(page.Links(), func(l string) bool { return strings.HasPrefix(l, "/figures/cited/") }) {
		t.Error("no link to where the figure comes from")
	}
	guardian.Get("/plan/needs").Says("Staff wait too long", "4 of 5, 30 of 100 staff")
	edit := lead.Get(need + "/edit").Want(200).Form()
	lead.Post(need+"/edit", webtest.Fill(lead.Get(need+"/edit").Form(), "statement", "")).Refuses("Enter what staff need")
	lead.Post(need+"/edit", webtest.Fill(edit, "evidence", "Said in two workshops")).To(need)
	lead.Post(need+"/edit", edit).Want(303) // at the time of the test's clock nothing has been written since
	status := lead.Get(need + "/status").Want(200).Form()
	lead.Post(need+"/status", status).Refuses("Select what happens next")
	lead.Post(need+"/status", webtest.Fill(status, "to", "set_aside")).Refuses("Enter the reason")
	lead.Post(need+"/status", webtest.Fill(status, "to", "met")).Refuses("Select what happens next")
	lead.Post(need+"/status", webtest.Fill(status, "to", "agreed")).To(need)
	lead.Post(need+"/status", status).Want(409).Says("Somebody has changed this")

	// An objective that answers it.
	form = lead.Get("/plan/objectives/add?need=" + strings.TrimPrefix(need, "/plan/needs/")).Want(200).Form()
	if form.Get("element") != "E7" || len(form["needs"]) != 1 {
		t.Errorf("the form begins with %v", form)
	}
	lead.Post("/plan/objectives/add", url.Values{"id": form["id"]}).Refuses("Enter what you want to reach", "Select a driver", "Select an element", "Select by when", "Enter the objective of your organisation that it serves")
	objective := lead.Post("/plan/objectives/add", webtest.Fill(form, "title", "Seen sooner", "driver", "D2", "horizon", "medium", "serves", "Fewer days lost")).To("/plan/objectives/")
	guardian.Get(objective).Want(200).Says("Seen sooner", "Services across systems", "In 2 to 3 years", "Staff wait too long", "No figure chosen yet", "No action yet").Hides("/edit", "/measure", "/withdraw")
	guardian.Get("/plan/objectives").Says("Seen sooner", "0 actions")
	guardian.Get(need).Says("Seen sooner")
	lead.Post(objective+"/edit", webtest.Fill(lead.Get(objective+"/edit").Want(200).Form(), "serves", "")).Refuses("Enter the objective of your organisation that it serves")
	lead.Post(objective+"/edit", lead.Get(objective+"/edit").Form()).To(objective)
	form = lead.Get(objective + "/measure").Want(200).Form()
	lead.Post(objective+"/measure", form).Refuses("Select a figure")
	lead.Post(objective+"/measure", webtest.Fill(form, "figure", "test/none")).Refuses("Select a figure from the list")
	lead.Post(objective+"/measure", webtest.Fill(form, "figure", strategytest.Waits)).To(objective)
	lead.Post(objective+"/measure", form).To(objective)
	if n := strings.Count(lead.Get(objective).Text(), "Wait to be seen: 12 days"); n != 1 {
		t.Errorf("the measure is there %d times", n)
	}

	// An action, proposed from the need, knows its objective and its figure.
	form = lead.Get("/plan/actions/add?need="+strings.TrimPrefix(need, "/plan/needs/")).Want(200).Says("For the need: Staff wait too long", "Nurse-led advice (I07)", "(optional)").Hides("No objective answers").Form()
	if "/plan/objectives/"+form.Get("objective") != objective || form.Get("figure") != strategytest.Waits {
		t.Errorf("the form begins with %v", form)
	}
	lead.Post("/plan/actions/add", webtest.Fill(url.Values{"id": form["id"]}, "figure", "")).Refuses("Enter what will be done", "Select an objective", "Enter the post that owns it", "Select a class", "Enter the planned start", "Enter the planned end",
		"Select how likely it is to go wrong", "Select how bad it would be", "Enter what you do about the risk", "Enter what it costs, or \"none\"", "Enter what it means for equality")
	webtest.Fill(form, "title", "Nurse-led triage", "owner", "Lead OH nurse", "class", "diagnostic", "catalogue", "I31", "likelihood", "2", "impact", "3", "mitigation", "Train two", "cost", "none", "equality", "Evening clinics",
		"start-day", "31", "start-month", "11", "start-year", "2026", "end-day", "1", "end-month", "11", "end-year", "2026")
	lead.Post("/plan/actions/add", form).Refuses("Select an intervention from the list, or none", "Enter a real date, for example 27 3 2026")
	lead.Post("/plan/actions/add", webtest.Fill(form, "catalogue", "I07", "start-day", "5")).Refuses("The end must not be before the start")
	webtest.Fill(form, "end-month", "december")
	if f := lead.Get("/plan/actions/add?catalogue=I05&class=preventative&title=Vaccination").Want(200).Form(); f.Get("catalogue") != "I05" || f.Get("class") != "preventative" || f.Get("title") != "Vaccination" {
		t.Errorf("from the catalogue the form begins with %v", f)
	}
	action := lead.Post("/plan/actions/add", form).To("/plan/actions/")
	if links := lead.Get(action).Links(); !slices.Contains(links, "/plan/cycles?action="+strings.TrimPrefix(action, "/plan/actions/")) || !slices.Contains(links, "/plan/catalogue/I07") {
		t.Errorf("the action leads to %v", links)
	}
	lead.Post("/plan/actions/add", form).To(action)
	guardian.Get(action).Want(200).Says("Nurse-led triage", "6 of 25", "5 November 2026 to 1 December 2026", "Overdue", "I07", "Waits will fall by 2 days", "Evening clinics").Hides("/effect/register")
	asked := url.Values{"action": {strings.TrimPrefix(action, "/plan/actions/")}, "figure": {strategytest.Waits}}
	if register := "/effect/register?" + asked.Encode(); !slices.Contains(lead.Get(action).Links(), register) {
		t.Errorf("no link to %s", register)
	}
	guardian.Get("/plan/actions").Says("Nurse-led triage", "Diagnostic", "Overdue")
	lead.Post(action+"/edit", webtest.Fill(lead.Get(action+"/edit").Want(200).Form(), "owner", "")).Refuses("Enter the post that owns it")
	lead.Post(action+"/edit", lead.Get(action+"/edit").Form()).To(action)
	status = lead.Get(action + "/status").Want(200).Form()
	lead.Post(action+"/status", status).Refuses("Select what happens next")
	lead.Post(action+"/status", webtest.Fill(status, "to", "stopped")).Refuses("Enter the reason")
	lead.Post(action+"/status", webtest.Fill(status, "to", "started")).To(action)
	guardian.Get(action).Says("Started on", "10 November 2026").Hides("Overdue")
	lead.Post(objective+"/withdraw", lead.Get(objective+"/withdraw").Want(200).Form()).Refuses("Enter the reason")
	lead.Post(objective+"/withdraw", url.Values{"reason": {"No money"}}).Want(409).Says("planned or started")
	lead.Post(action+"/status", webtest.Fill(lead.Get(action+"/status").Form(), "to", "done")).To(action)

	// A need that no objective answers is answered by the objective of the action planned from it.
	lone := uuid.New()
	if err := h.Plan.ProposeNeed(t.Context(), h.Lead, now, strategytest.Need(lone)); err != nil {
		t.Fatal(err)
	}
	form = lead.Get("/plan/actions/add?need=" + lone.String()).Want(200).Says("No objective answers this need yet").Form()
	webtest.Fill(form, "title", "Evening calls", "objective", strings.TrimPrefix(objective, "/plan/objectives/"), "owner", "Lead OH nurse", "class", "diagnostic", "likelihood", "2", "impact", "3", "mitigation", "Train two", "cost", "none",
		"equality", "Evening clinics", "start-day", "1", "start-month", "12", "start-year", "2026", "end-day", "2", "end-month", "12", "end-year", "2026")
	evening := lead.Post("/plan/actions/add", form).To("/plan/actions/")
	guardian.Get("/plan/needs/" + lone.String()).Says("Seen sooner").Hides("None yet")
	guardian.Get(objective).Says("Staff wait too long to be seen", "Staff wait too long")
	lead.Post("/plan/actions/add", webtest.Fill(form, "id", uuid.NewString(), "need", uuid.NewString())).Want(404)
	lead.Post(evening+"/status", webtest.Fill(lead.Get(evening+"/status").Form(), "to", "stopped", "reason", "Nobody called")).To(evening)

	// A gap of a later round is another figure: the need that rests on the earlier one says so, and may rely on the new one.
	gap := strategytest.Need(uuid.New())
	gap.Figure = "gap/a-round.E5.2"
	if err := h.Plan.ProposeNeed(t.Context(), h.Lead, now, gap); err != nil {
		t.Fatal(err)
	}
	rests := "/plan/needs/" + gap.ID.String()
	lead.Get(rests).Hides("Newer figure")
	h.Shelf.Round = "b-round"
	guardian.Get(rests).Says("Newer figure").Hides("/renew")
	lead.Post(rests+"/renew", nil).To(rests)
	lead.Get(rests).Hides("Newer figure")

	// The source changes: everything that relies on it says so, and may rely on the new figure.
	h.Shelf.Value = "15 days"
	for _, path := range []string{need, objective, action, "/plan/needs"} {
		guardian.Get(path).Says("12 days", "Out of date")
	}
	lead.Post(need+"/renew", nil).To(need)
	lead.Get(need).Says("15 days").Hides("Out of date")
	var renew, drop string
	if body := lead.Get(objective).Body; true {
		at := strings.Index(body, objective+"/measures/")
		renew = body[at : at+strings.Index(body[at:], `"`)]
		drop = strings.TrimSuffix(renew, "renew") + "drop"
	}
	lead.Post(renew, nil).To(objective)
	lead.Get(objective).Says("15 days").Hides("Out of date")
	lead.Post(drop, nil).To(objective)
	lead.Get(objective).Says("No figure chosen yet")
	lead.Post(drop, nil).Want(404)
	lead.Post(objective+"/withdraw", url.Values{"reason": {"Reached"}}).To(objective)
	lead.Get(objective).Says("Withdrawn", "Reached").Hides("/edit")

	// Others read or see nothing at all.
	for _, path := range []string{"/plan/needs/add", need + "/edit", need + "/status", objective + "/edit", objective + "/withdraw", objective + "/measure", action + "/edit", action + "/status", "/plan/actions/add"} {
		guardian.Get(path).Want(404)
		guardian.Post(path, url.Values{}).Want(404)
	}
	stranger := site.As(h.W.Foreign.As(access.Lead, access.Growth))
	for _, path := range []string{need, need + "/edit", need + "/status", objective, objective + "/edit", action, action + "/edit", action + "/status"} {
		stranger.Get(path).Want(404)
		if strings.HasSuffix(path, "/edit") || strings.HasSuffix(path, "/status") {
			stranger.Post(path, url.Values{}).Want(404)
		}
		site.As(h.W.HR.As(access.HR, access.Growth)).Get(path).Want(404)
	}
	lead.Get("/plan/needs/x").Want(404)
	lead.Get("/plan/actions/" + uuid.NewString()).Want(404)
	for _, path := range []string{"/plan/needs", need, "/plan/objectives", objective, "/plan/actions", action, action + "/edit"} {
		if strings.Contains(lead.Get(path).Text(), " strategy.") {
			t.Errorf("%s: a key without words", path)
		}
	}
}
