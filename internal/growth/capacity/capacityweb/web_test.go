package capacityweb_test

import (
	"context"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacitytest"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacityweb"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/capacityweb/numberweb"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/waits"
	"github.com/rowan-ohwb/rowan/internal/growth/option"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var ctx = context.Background()

// routes are those of the slice, and of its numbers.
func routes(s *capacity.Service) []web.Route {
	return append(capacityweb.Routes(s, nowhere, unasked), numberweb.Routes(s, capacityweb.Recorded)...)
}

// TestPages walks the slice as its users do: nothing there yet, fits, a number replaced, a scenario run and compared, the
// back-test, and what each role may do.
func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	var team []capacity.OnePost // nobody has written it down yet
	var staff []capacity.Staff
	s := capacity.New(capacity.Deps{DB: db, Posts: func(context.Context, *postgres.Tx) ([]capacity.OnePost, error) { return team, nil },
		Staffing: func(context.Context, *postgres.Tx, option.Option) ([]capacity.Staff, error) { return staff, nil }})
	site := webtest.New(t, capacitytest.Now, routes(s), capacity.Rules)
	lead, guardian, executive := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth)), site.As(w.Executive.As(access.Executive, access.Growth))
	runner := job.NewRunner(db, slog.New(slog.DiscardHandler))
	s.Register(runner, func() time.Time { return capacitytest.Now })
	if err := runner.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runner.Stop(ctx) })
	idle := func() {
		t.Helper()
		if err := runner.Idle(ctx); err != nil {
			t.Fatal(err)
		}
	}
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "capacity.") || strings.Contains(p.Text(), "chart.fan") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}

	plain(lead.Get("/capacity").Want(200)).Says("too little activity", "There are no scenarios yet")
	plain(lead.Get("/capacity/demand").Want(200)).Says("too little activity")
	plain(lead.Get("/capacity/back-test").Want(200)).Says("needs a year and eight weeks")
	plain(lead.Get("/capacity/posts").Want(200)).Says("Write down your team first").Hides("Run the simulation")
	team = []capacity.OnePost{{Role: "nurse", Band: "6", Hours: 20, Cost: 53_210}, {Role: "manager", Band: "8c"}}
	plain(lead.Get("/capacity/posts").Want(200)).Says("too little activity").Hides("Run the simulation")
	lead.Post("/capacity/posts", url.Values{"run": {"0198d3a0-0000-7000-8000-000000000001"}, "role": {"nurse"}}).Want(409)
	lead.Post("/capacity/posts", url.Values{"run": {"0198d3a0-0000-7000-8000-000000000001"}, "role": {"manager"}}).Want(404)
	lead.Post("/capacity/posts", url.Values{"role": {"nurse"}}).Want(404)
	for _, c := range []*webtest.Browser{guardian, executive} {
		plain(c.Get("/capacity").Want(200))
		plain(c.Get("/capacity/demand").Want(200)).Says("too little activity")
		plain(c.Get("/capacity/back-test").Want(200))
		c.Get("/capacity/add").Want(404)
		c.Get("/capacity/demand/dna").Want(404)
	}

	then, now := capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, db, w, then, now)
	plain(lead.Get("/capacity").Want(200)).Says("There is no plan for people yet")
	plain(lead.Get("/capacity/demand").Want(200)).Says("Referrals: management referrals", "People who do not come", "assumed, not from your activity", "is the busiest day", "In 9 of 10 weeks")

	plain(executive.Get("/capacity/demand").Want(200)).Says("Referrals: management referrals")

	// A number is replaced with a reason, and every mistake is said.
	lead.Get("/capacity/demand/nothing").Want(404)
	form := plain(lead.Get("/capacity/demand/dna").Want(200)).Form()
	if got := lead.Post("/capacity/demand/dna", form).Want(422).Errors(); len(got) != 1 {
		t.Errorf("errors %q", got)
	}
	form.Set("value", "90")
	form.Set("reason", "Reminders by text from December")
	plain(lead.Post("/capacity/demand/dna", form).Want(422)).Says("between 0 and 50")
	form.Set("value", "four")
	plain(lead.Post("/capacity/demand/dna", form).Want(422)).Says("Enter a number")
	form.Set("value", "4")
	lead.Post("/capacity/demand/dna", form).Want(303)
	// Days and months are several numbers that have to add up. The fields begin with what was fitted.
	for name, says := range map[string][2]string{"weekday.management": {"Monday, percent", "The seven days must add up to 100. Yours add up to "}, "month.management": {"January, percent", "On average the twelve months must be 100. Yours are "}} {
		several := plain(lead.Get("/capacity/demand/"+name).Want(200)).Says(says[0], "Fitted: ", "likely").Form()
		several.Set("reason", "A new contract refers on Mondays")
		was := several.Get("value_0")
		several.Set("value_0", "50")
		several.Set("value_1", "")
		if p := plain(lead.Post("/capacity/demand/"+name, several).Want(422)); !slices.Equal(p.Errors(), []string{"Enter a number in every field, or clear them all"}) || p.Form().Get("value_0") != "50" {
			t.Errorf("%s: %q", name, p.Errors())
		}
		several.Set("value_1", "19")
		plain(lead.Post("/capacity/demand/"+name, several).Want(422)).Says(says[1])
		several.Set("value_1", "-3")
		plain(lead.Post("/capacity/demand/"+name, several).Want(422)).Says("between 0 and ")
		several = lead.Get("/capacity/demand/" + name).Form()
		several.Set("reason", "As fitted, to the tenth")
		if several.Get("value_0") != was {
			t.Errorf("%s begins with %q, then %q", name, was, several.Get("value_0"))
		}
		lead.Post("/capacity/demand/"+name, several).Want(303)
		plain(lead.Get("/capacity/demand").Want(200)).Says("As fitted, to the tenth")
		for k := range several {
			if k != "reason" {
				several.Set(k, "")
			}
		}
		lead.Post("/capacity/demand/"+name, several).Want(303)
		plain(lead.Get("/capacity/demand").Want(200)).Hides("As fitted, to the tenth")
		plain(lead.Get("/capacity/demand/"+name).Want(200)).Says("As fitted, to the tenth", "back to the fit")
	}
	plain(lead.Get("/capacity/demand").Want(200)).Says("Days of the week: management referrals", "Months of the year: self-referrals", "How far referrals go up and down from week to week", "How much of that the next week keeps", "from 156 weeks")
	plain(lead.Get("/capacity/demand").Want(200)).Says("Reminders by text from December")
	plain(lead.Get("/capacity/demand/dna").Want(200)).Says("What it was replaced by")

	// Scenarios: every mistake at once, then two of them.
	add := plain(lead.Get("/capacity/add").Want(200)).Form()
	if got := lead.Post("/capacity/add", url.Values{"id": add["id"]}).Want(422).Errors(); len(got) != 2 {
		t.Errorf("errors %q", got)
	}
	for name, c := range map[string]struct {
		set  map[string]string
		says string
	}{
		"growth":       {map[string]string{"population": "80"}, "between -50 and 50"},
		"no number":    {map[string]string{"population": "much"}, "Enter a number"},
		"campaign":     {map[string]string{"campaign": "5"}, "first and the last day of the campaign"},
		"order":        {map[string]string{"campaign": "5", "campaign_from-day": "1", "campaign_from-month": "3", "campaign_from-year": "2027", "campaign_to-day": "1", "campaign_to-month": "2", "campaign_to-year": "2027"}, "must not be before the first"},
		"contract":     {map[string]string{"contract": "5"}, "first day of the contract"},
		"minus":        {map[string]string{"contract": "-5"}, "between 0 and 10,000"},
		"no real day":  {map[string]string{"contract": "5", "contract_from-day": "31", "contract_from-month": "2", "contract_from-year": "2027"}, "real date"},
		"productivity": {map[string]string{"productivity": "900"}, "between -50 and 100"},
		"whose clinic": {map[string]string{"clinic_sessions": "4"}, "Select whose clinics these are"},
		"no clinic":    {map[string]string{"clinic_role": "nurse"}, "Sessions a week must be above 0"},
		"too many":     {map[string]string{"clinic_role": "nurse", "clinic_sessions": "4", "clinic_slots": "51"}, "Appointments in a session must be above 0 and at most 50"},
		"always off":   {map[string]string{"clinic_role": "nurse", "clinic_sessions": "4", "clinic_slots": "5", "clinic_off": "52"}, "from 0 to less than 52"},
		"no role":      {map[string]string{"clinic_role": "porter", "clinic_sessions": "4", "clinic_slots": "5"}, "Select whose clinics these are"},
	} {
		bad := url.Values{"id": add["id"], "title": {"x"}, "option": {"nothing"}}
		for k, v := range c.set {
			bad.Set(k, v)
		}
		if p := lead.Post("/capacity/add", bad).Want(422); !strings.Contains(p.Text(), c.says) {
			t.Errorf("%s: %q", name, p.Errors())
		}
	}
	var ids []string
	for _, x := range []url.Values{{"title": {"Nothing changes"}, "option": {"nothing"}}, {"title": {"Staff grow"}, "option": {"nothing"}, "population": {"6"}, "clinic_role": {"physician"}, "clinic_sessions": {"2"}, "clinic_slots": {"5"}, "clinic_off": {"8"}}} {
		x["id"] = lead.Get("/capacity/add").Form()["id"]
		lead.Post("/capacity/add", x).Want(303)
		ids = append(ids, x.Get("id"))
	}
	var first url.Values
	for _, id := range ids {
		page := plain(lead.Get("/capacity/scenarios/" + id).Want(200)).Says("Not run")
		run := url.Values{"run": page.Form()["run"]}
		if first == nil {
			first = run
		}
		lead.Post("/capacity/scenarios/"+id+"/run", run).Want(303)
	}
	plain(lead.Get("/capacity/scenarios/" + ids[0]).Want(200))
	idle()
	lead.Post("/capacity/scenarios/"+ids[0]+"/run", first).Want(303) // the same again runs nothing
	plain(lead.Get("/capacity/scenarios/"+ids[0]).Want(200)).Says("Done", "If we do nothing, half of the people seen in", "Use the simulation: it counts what the formula leaves out", "8 of 10 simulated runs", "What the formula says", "Mean wait in working days, of everybody seen in the year", "by the simulation", "The charts above show the middle run", "the team gives more appointments when the list is long", "Without all of this, people on the list are", "They differ by no more than the chance of the simulation", "500 times", "one run in ten came out lower").Hides("the lists should differ")
	plain(lead.Get("/capacity/scenarios/"+ids[1]+"?against="+ids[0]).Want(200)).Says("Compared with Nothing changes,", "in 100 people fewer are seen within", "The middle wait is", "longer", "physician: 2 a week, each with room for 5; weeks of the year without any: 8. Seen in a mean week: 8")
	plain(lead.Get("/capacity").Want(200)).Says("Nothing changes", "Staff grow", "Done")
	plain(executive.Get("/capacity/scenarios/"+ids[1]).Want(200)).Says("If we do nothing", "Done", "The model was never tested", "Test the model on the last year")
	plain(executive.Get("/capacity").Want(200)).Says("The model was never tested", "A simulation that you run now is of the five years from 1 January 2027 to 31 December 2031, and knows your activity up to 15 November 2026", "January 2027 to December 2031").Hides("failed its test")
	plain(executive.Get("/capacity/scenarios/" + ids[0]).Want(200)).Says("Simulated are the five years from 1 January 2027 to 31 December 2031. The model starts on 16 November 2026")
	executive.Post("/capacity/scenarios/"+ids[1]+"/run", first).Want(404)

	// What was measured stands beside where the model starts and where it goes; and why. Of too few people nothing is said.
	plain(lead.Get("/capacity/scenarios/"+ids[0]).Want(200)).Says("Too few to show").Hides("down to", "For every 100")
	capacitytest.Waited(t, db, w)
	for _, path := range []string{"/capacity", "/capacity/scenarios/" + ids[0]} {
		plain(executive.Get(path).Want(200)).Says("Does it start where you are? Nothing changes", "Last year, measured: Rowan's own records, November 2025 to October 2026", "The model's first weeks: 16 November 2026 to 31 December 2026", "First year", "The last quarter: October to December 2031", "did on 15 November 2026: the model starts with these",
			"12 working days", "20 working days", "25%", "begins with the referral and ends with the first appointment attended", "its median begins when a referral is accepted", "9 working days for the same year", "In the last three months half of the people seen had waited 12 working days or less",
			"If we do nothing, the middle wait in working days", "appointments for every 100 referrals, where there were").Hides("Too few to show", "Hours with patients")
	}

	// How many are needed, and what they cost. Of the nurses' hours hardly any are recorded, and one of their posts is empty.
	plain(lead.Get("/capacity/demand").Want(200)).Hides("Hours with patients, and what is recorded of them")
	for q := range 20 {
		staff = append(staff, capacity.Staff{Start: civil.MustParse("2027-04-01").AddMonths(3 * q), Hours: map[string]float64{"nurse": 120, "physician": 12}})
	}
	team[0].Funded, team[0].Vacant, team[0].Expected = 7, 1, 6
	plain(lead.Get("/capacity/demand").Want(200)).Says("Hours with patients, and what is recorded of them", "nurse hours a week are recorded as appointments (", "Check recording or job plans first", "Own choice, not a national standard").Hides("physician hours a week")
	// What a run made now would simulate are the five years of the plan for people, which begins within a year.
	plain(lead.Get("/capacity").Want(200)).Says("of the five years from 1 April 2027 to 31 March 2032", "To do nothing is no freeze: empty posts are filled", "Only 2").Hides("Your plan for people is")
	page := plain(lead.Get("/capacity/posts").Want(200)).Says("Run the simulation", "Nobody has worked this out yet").Hides("full time")
	lead.Post("/capacity/posts", url.Values{"run": page.Form()["run"], "role": {"nurse"}}).Want(303)
	idle()
	plain(executive.Get("/capacity/posts").Want(200)).Says("Done", "With the team as it is,", "More nurses", "£53,000", "£319,000", "gives 20.0 hours a week with patients",
		"That already fills empty posts, but only after the time that your plan for people takes for each. If your vacant posts (1.0 WTE) were filled at once and no post of nurses ever stood empty, it would be", "in January to March 2032", "The option Preferred adds no nurses yet.", "No new funding", "Likely ranges", "Of appointments one more nurse would give, as yours do now, about 3.", "in a week of five working days, at £", "of about 120 nurse hours a week are recorded").Hides("Run the simulation", "Out of date", "Plan 1 more", "Preferred plans")
	want := "/workforce/changes/add?band=6&from=2027-04-01&kind=new&number=5&role=nurse&wte=1"
	if links := lead.Get("/capacity/posts?percent=100").Links(); !slices.Contains(links, want) {
		t.Errorf("no way to plan a nurse in %q", links)
	}
	executive.Post("/capacity/posts", url.Values{"run": page.Form()["run"], "role": {"nurse"}}).Want(404)
	// The target is the pack's until somebody types another; what bounds it is in the answer.
	plain(executive.Get("/capacity/posts").Want(200)).Says("within 10 working days", "Show what it takes")
	plain(executive.Get("/capacity/posts?days=60&percent=40").Want(200)).Says("within 60 working days", "For 40 in 100 nobody more is needed.").Hides("within 10 working days", "No number")
	plain(executive.Get("/capacity/posts?days=1&percent=95").Want(200)).Says("No number of people brings 95 in 100 within 1 working day: at most it is", "because nobody but the urgent is seen sooner than", "too little to plan a post for").Hides("Plan ", "Fill the vacant")
	for query, says := range map[string]string{"days=61": "Working days must be a whole number from 0 to 60", "days=": "Working days must be", "percent=0": "People in 100 must be a whole number from 1 to 100", "percent=most&days=2.5": "People in 100 must be"} {
		if p := plain(executive.Get("/capacity/posts?" + query).Want(422)).Says(says); len(p.Errors()) != strings.Count(query, "=") {
			t.Errorf("%s: %q", query, p.Errors())
		}
	}
	// A doctor has a salary, no band.
	team = append(team, capacity.OnePost{Role: "physician", Band: "medical", Hours: 18, Cost: 160_400, Salary: 120_000})
	lead.Post("/capacity/posts", url.Values{"run": lead.Get("/capacity/posts").Form()["run"], "role": {"physician"}}).Want(303)
	idle()
	plain(lead.Get("/capacity/posts").Want(200)).Says("physician", "a salary of £120,000, the mean of those of your doctors", "£160,000").Hides("band medical")
	// Each profession keeps its answer, and the question begins with the one that is shown.
	plain(executive.Get("/capacity/posts?role=nurse").Want(200)).Says("More nurses").Hides("physician, full time")
	for query, role := range map[string]string{"": "physician", "?role=nurse": "nurse", "?role=several": "several"} {
		if got := lead.Get("/capacity/posts" + query).Form()["role"]; len(got) == 0 || slices.ContainsFunc(got, func(x string) bool { return x != role }) {
			t.Errorf("%q begins with %q, want %s", query, got, role)
		}
	}
	// Where others bound it, the way to them is beside the cause; and several together are asked for as one.
	bound := lead.Get("/capacity/posts?role=physician&days=11&percent=99").Says("because the rest wait for other professions")
	if !slices.Contains(bound.Links(), "/capacity/posts?days=11&percent=99&role=several") || !slices.Contains(bound.Links(), "/capacity/add") {
		t.Errorf("%s has the links %q", bound.Text(), bound.Links())
	}
	if links := lead.Get("/capacity/posts?role=nurse&days=1&percent=95").Links(); !slices.Contains(links, "/capacity/demand/lead") {
		t.Errorf("no way to the lead time in %q", links)
	}
	lead.Post("/capacity/posts", url.Values{"run": lead.Get("/capacity/posts").Form()["run"], "role": {"several"}}).Want(303)
	idle()
	both := plain(lead.Get("/capacity/posts?role=several&percent=100&days=60").Want(200)).Says("Every combination of 0 to 6 more of each was looked at: nurses, physicians", "Nobody more", "On top of what Preferred has", "With what the option Preferred has, and nobody more,", "Nobody more, but your 1.0 vacant WTE filled at once, and no post of all these professions ever empty").Hides("Out of date")
	if links := both.Links(); slices.Contains(links, "/workforce/changes/add") {
		t.Errorf("links %q", links)
	}
	plain(executive.Get("/capacity/posts?role=several&percent=100&days=1").Want(200)).Says("No number of people brings 100 in 100")
	team[2].Hours = 21
	plain(lead.Get("/capacity/posts?role=physician").Want(200)).Says("Out of date", "gives 18.0 hours")

	// What goes in has changed: said, and nothing is run by itself.
	form.Set("value", "")
	lead.Post("/capacity/demand/dna", form).Want(303)
	plain(lead.Get("/capacity/scenarios/"+ids[0]).Want(200)).Says("so it is out of date", "Run the simulation")

	plain(lead.Get("/capacity/scenarios/" + ids[1] + "/withdraw").Want(200))
	lead.Post("/capacity/scenarios/"+ids[1]+"/withdraw", nil).Want(303)
	lead.Get("/capacity/scenarios/" + ids[1]).Want(404)
	lead.Post("/capacity/scenarios/"+ids[1]+"/withdraw", nil).Want(404)

	back := plain(lead.Get("/capacity/back-test").Want(200)).Says("has not been tested yet").Form()
	lead.Post("/capacity/back-test", back).Want(303)
	idle()
	plain(lead.Get("/capacity/back-test").Want(200)).Says("The model did well enough", "people to wait", "in a mean week", "52 weeks", "what happened")
	plain(executive.Get("/capacity/back-test").Want(200)).Says("The model did well enough")

	// What others rely on.
	actor := w.OHLead.As(access.Lead, access.Growth)
	var outcomes capacity.Compared
	if err := db.InTenant(ctx, actor, func(tx *postgres.Tx) (err error) {
		outcomes, err = s.Outcomes(ctx, tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if all := outcomes.Outcomes; len(all) != capacity.Quarters || all[0].Option != option.Nothing || all[0].Title != "Nothing changes" || !all[0].Stale || len(outcomes.Missing) != 3 || outcomes.Tested.Trust() != capacity.Passed {
		t.Errorf("%d outcomes, missing %v, %s; the first %+v", len(all), outcomes.Missing, outcomes.Tested.Trust(), all[0])
	}
	figures, err := waits.NewBook(db, s).List(ctx, actor, capacitytest.Now)
	if err != nil || len(figures) != len(capacity.Measures) || figures[0].Ref.String() != "wait/nothing.list" || figures[0].Value == "" {
		t.Errorf("%d figures: %+v, %v", len(figures), figures, err)
	}

	// Where the formula leaves nothing out, the page says that the two should agree, and that they do.
	then, now = capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, db, w, then, capacitytest.Steady(now, 0.95))
	lead.Post("/capacity/scenarios/"+ids[0]+"/run", url.Values{"run": lead.Get("/capacity/scenarios/" + ids[0]).Form()["run"]}).Want(303)
	idle()
	plain(lead.Get("/capacity/scenarios/"+ids[0]).Want(200)).Says("Nothing is left out of the formula here, so the lists should differ by at most", "They do not differ by more").Hides("knows nothing of this")

	// Demand that drifted: the page says so.
	then, now = capacitytest.Fits(t, 1, 1.5)
	capacitytest.Store(t, db, w, then, now)
	lead.Post("/capacity/back-test", plain(lead.Get("/capacity/back-test").Want(200)).Says("Out of date").Form()).Want(303)
	idle()
	plain(lead.Get("/capacity/back-test").Want(200)).Says("The model failed", "Demand was not what it had been", "What changed in that year", "Both changed: what was asked of the service, and how it worked.", "Referrals: ", "on the list.",
		"a scenario that you run today begins with this year's numbers", "A second check: the list alone", "This check does not undo the verdict", "No: it changed")
	// Wherever its numbers stand, it is said that the model failed; and that its test is out of date, which is not the same.
	places := []string{"/capacity", "/capacity/posts", "/capacity/scenarios/" + ids[0]}
	for _, path := range places {
		plain(executive.Get(path).Want(200)).Says("The model failed its test", "Demand was not what it had been", "What changed in that year: referrals; appointments given for a list of the same length.", "Told what really came and was given, it had the list in its band in", "Do not rest a decision on these numbers alone", "See the test").Hides("never tested", "newer activity")
	}
	then, now = capacitytest.Fits(t, 1, 1)
	capacitytest.Store(t, db, w, then, now)
	plain(executive.Get("/capacity").Want(200)).Says("The model failed its test", "That test was on 20 November 2026, and there is newer activity").Hides("never tested")
	lead.Post("/capacity/back-test", lead.Get("/capacity/back-test").Form()).Want(303)
	idle()
	for _, path := range places {
		plain(executive.Get(path).Want(200)).Hides("failed its test", "never tested", "The model passed its test")
	}
	then, now = capacitytest.Fits(t, 2, 1)
	capacitytest.Store(t, db, w, then, now)
	for _, path := range places {
		plain(executive.Get(path).Want(200)).Says("The model passed its test on 20 November 2026. There is newer activity since.").Hides("failed its test", "never tested")
	}
}

// unasked says nothing of why an option is preferred: that is tested where the team and its cost are (joints/beside).
func unasked(context.Context, access.Actor) ([]string, error) { return nil, nil }

// nowhere is where scenarios of these tests are from.
func nowhere(context.Context, access.Actor, uuid.UUID) (templ.Component, error) { return nil, nil }
