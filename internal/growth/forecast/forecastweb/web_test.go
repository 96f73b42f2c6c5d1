package forecastweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast"
	"github.com/rowan-ohwb/rowan/internal/growth/forecast/forecastweb"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// plan is a plan of one action.
type plan struct {
	id                        uuid.UUID
	planned, started, stopped civil.Date
	rewritten                 float64 // what the months before 2025 have more, since it was corrected
}

func (p *plan) Action(_ context.Context, _ access.Actor, id uuid.UUID) (forecast.Progress, error) {
	if id != p.id {
		return forecast.Progress{}, fault.Missing("action")
	}
	return forecast.Progress{Title: "Nurse-led triage", Planned: p.planned, Started: p.started, Stopped: p.stopped}, nil
}

// service joins the slice with the indicators, as the composition root does.
func service(db *postgres.DB, actions forecast.Actions) *forecast.Service {
	i := indicator.New(indicator.Deps{DB: db})
	return forecast.New(forecast.Deps{DB: db, Figures: figure.NewLibrary(i.Book()), Actions: actions,
		Histories: map[string]forecast.History{"indicator": func(ctx context.Context, a access.Actor, now time.Time, name, version string, from civil.Date) (forecast.Series, error) {
			h, err := i.History(ctx, a, now, name, version, from)
			if p, is := actions.(*plan); is && err == nil {
				for i, m := range h.Months {
					if m.Year < 2025 {
						h.Values[i].Value += p.rewritten
					}
				}
			}
			return forecast.Series{Months: h.Months, Values: h.Values, Amount: h.Amount}, err
		}},
		Findings: func(ctx context.Context, a access.Actor, month civil.Date) (out []forecast.Finding, earlier bool, err error) {
			found, earlier, err := i.Findings(ctx, a, month)
			for _, f := range found {
				out = append(out, forecast.Finding{Ref: f.Ref, Title: f.Title, Sentence: f.Sentence, Missed: f.Missed, Concern: f.Concern, Improved: f.Improved})
			}
			return out, earlier, err
		}})
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	action := &plan{id: uuid.New(), planned: civil.MustParse("2025-12-01")}
	s := service(db, action)
	routes := forecastweb.Routes(s)
	before := webtest.New(t, time.Date(2025, 11, 20, 9, 0, 0, 0, time.UTC), routes, forecast.Rules).As(w.OHLead.As(access.Lead, access.Growth))
	site := webtest.New(t, growthtest.Now, routes, forecast.Rules)
	lead, guardian := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth))
	plain := func(p *webtest.Page) *webtest.Page {
		if strings.Contains(p.Text(), "forecast.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}

	plain(guardian.Get("/effect").Want(200)).Says("Nothing has been registered yet")
	plain(guardian.Get("/effect/calibration").Want(200)).Says("No forecast that was registered before its action started has been settled yet")

	// Every mistake is said at once, and nothing that was typed is lost.
	form := plain(before.Get("/effect/register").Want(200).Says("Staff survey results come once a year", "Not in this list, because they are counted by quarter or year:")).Form()
	if got := before.Post("/effect/register", url.Values{"id": form["id"]}).Want(422).Errors(); len(got) != 7 {
		t.Errorf("errors %q", got)
	}
	form.Set("figure", "indicator/K02")
	form.Set("title", "Second clinic")
	form.Set("starts-day", "1")
	form.Set("starts-month", "12")
	form.Set("starts-year", "2025")
	form.Set("due", "2026-10-01")
	form.Set("explanations", "Fewer referrals in summer\n\nA new nurse\n")
	form.Set("direction", "decrease")
	for name, c := range map[string]struct {
		set  map[string]string
		says string
	}{
		"no amount":              {map[string]string{}, "Enter by how much, or from where to where"},
		"both amounts":           {map[string]string{"points": "4", "from": "20", "to": "12"}, "not both"},
		"half an amount":         {map[string]string{"from": "20"}, "Enter both from and to"},
		"alike":                  {map[string]string{"from": "20", "to": "20"}, "From and to must differ"},
		"the wrong way":          {map[string]string{"from": "12", "to": "20"}, "From and to must differ"},
		"nought":                 {map[string]string{"points": "0"}, "must be more than 0"},
		"no number":              {map[string]string{"points": "four"}, "Enter a number, like 4 or 2.5"},
		"too soon":               {map[string]string{"points": "4", "due": "2026-04-01"}, "Select May 2026 or later"},
		"too far":                {map[string]string{"points": "4", "due": "2031-12-01", "starts-year": "2025", "starts-month": "10"}, "within 5 years"},
		"no real day":            {map[string]string{"points": "4", "starts-day": "31", "starts-month": "2"}, "real date"},
		"a made up confidence":   {map[string]string{"points": "4", "confidence": "certain"}, "Select one of the answers"},
		"too many explanations":  {map[string]string{"points": "4", "explanations": strings.Repeat("x\n", 11)}, "Enter no more than 10"},
		"too long a line":        {map[string]string{"points": "4", "explanations": strings.Repeat("x", 301)}, "300 characters or less"},
		"a title that is a book": {map[string]string{"points": "4", "title": strings.Repeat("x", 201)}, "200"},
		"an unknown figure kind": {map[string]string{"points": "4", "figure": "gap/1"}, "Select a figure"},
	} {
		bad := url.Values{}
		for k, v := range form {
			bad[k] = v
		}
		for k, v := range c.set {
			bad.Set(k, v)
		}
		plain(before.Post("/effect/register", bad).Want(422)).Says(c.says)
		_ = name
	}
	yearly := url.Values{}
	for k, v := range form {
		yearly[k] = v
	}
	yearly.Set("figure", "indicator/K30")
	yearly.Set("points", "1")
	before.Post("/effect/register", yearly).Want(404)
	form.Set("from", "15")
	form.Set("to", "9")
	form.Set("confidence", "high")
	path := before.Post("/effect/register", form).To("/effect/forecasts/")
	before.Post("/effect/register", form).To(path)
	plain(before.Get(path).Want(200)).Says("Too early", "It can be judged from 1 November 2026 on", "was to fall from 15 working days to 9 working days by the end of October 2026", "A new nurse")
	page := plain(lead.Get(path).Want(200)).Says("Consistent with the forecast", "That does not show that the action caused it", "Fewer referrals in summer", "Very sure (80%)", "where the mean was foretold to lie", "Show the data as a table", "Withdraw the forecast")
	if all, unsourced := page.Figures(); len(all) == 0 || len(unsourced) > 0 {
		t.Errorf("of the figures %q these lead nowhere: %q", all, unsourced)
	}
	plain(guardian.Get(path).Want(200)).Says("Consistent with the forecast").Hides("Withdraw the forecast")

	// For an action, title and start are the plan's; after the start it is late and does not count.
	form = plain(before.Get("/effect/register?action=" + action.id.String() + "&figure=indicator/K10").Want(200)).Form()
	if form.Get("figure") != "indicator/K10" || form.Has("title") {
		t.Errorf("the form begins with %v", form)
	}
	action.started = civil.MustParse("2025-12-01")
	late := plain(lead.Get("/effect/register?action="+action.id.String()).Want(200).Says("Registered late", "This action started on 1 December 2025")).Form()
	for k, v := range map[string]string{"figure": "indicator/referrals", "direction": "increase", "points": "5", "due": "2026-12-01", "explanations": "A campaign"} {
		late.Set(k, v)
	}
	lateAt := lead.Post("/effect/register?action="+action.id.String(), late).To("/effect/forecasts/")
	page = plain(lead.Get(lateAt).Want(200)).Says("Nurse-led triage", "Registered late", "left out of the calibration", "See the action in the plan")
	if !slices.Contains(page.Links(), "/plan/actions/"+action.id.String()) {
		t.Errorf("links %q", page.Links())
	}
	plain(guardian.Get("/effect/calibration").Want(200)).Says("No forecast that was registered before its action started", "Apart from these, of 1 settled forecast without an action of the plan, 1 came true", "Registered late")
	plain(guardian.Get("/effect").Want(200)).Says("Second clinic", "Nurse-led triage", "Consistent with the forecast", "Too early").Hides("Register a forecast")

	// A withdrawal keeps its reason and the forecast.
	plain(lead.Get(path + "/withdraw").Want(200))
	plain(lead.Post(path+"/withdraw", url.Values{}).Want(422)).Says("Enter why you withdraw it")
	lead.Post(path+"/withdraw", url.Values{"reason": {"It was another clinic"}}).To(path)
	plain(lead.Get(path).Want(200)).Says("Withdrawn", "It was another clinic", "it still counts in the calibration").Hides("Withdraw the forecast")
	guardian.Get("/effect/calibration").Says("1 came true")

	// What an action does shows on the page of its forecast. A verdict, once kept, stays.
	action.started = civil.Date{}
	form = before.Get("/effect/register?action=" + action.id.String()).Form()
	for k, v := range map[string]string{"figure": "indicator/K02", "direction": "decrease", "points": "4", "due": "2026-10-01", "explanations": "A campaign", "confidence": "high"} {
		form.Set(k, v)
	}
	heldAt := before.Post("/effect/register?action="+action.id.String(), form).To("/effect/forecasts/")
	plain(before.Get(heldAt).Want(200)).Says("The action has not started", "The action was to start")
	plain(lead.Get(heldAt).Want(200)).Says("Action never started", "did not start by the end of October 2026")
	action.started, action.stopped = civil.MustParse("2025-12-01"), civil.MustParse("2026-06-03")
	plain(lead.Get(heldAt).Want(200)).Says("Action stopped on 3 June 2026", "So it is not judged")
	plain(guardian.Get("/effect/calibration").Want(200)).Says("1 more was for an action that was stopped")
	action.stopped = civil.Date{}
	plain(lead.Get(heldAt).Want(200)).Says("More than foretold", "clearly more than what was registered", "Judged", "Fingerprint", "11 months after the start are compared with whole years")
	action.stopped = civil.MustParse("2026-06-03")
	plain(lead.Get(heldAt).Want(200)).Says("More than foretold").Hides("is kept")
	action.rewritten = 40
	plain(lead.Get(heldAt).Want(200)).Says("More than foretold", "This was said on 10 November 2026 and is kept", "read otherwise today, and would now say")
	form.Set("id", uuid.NewString())
	action.started, action.stopped, action.rewritten = civil.Date{}, civil.Date{}, 0
	rewrittenAt := before.Post("/effect/register?action="+action.id.String(), form).To("/effect/forecasts/")
	action.started, action.rewritten = civil.MustParse("2025-12-01"), 2
	plain(lead.Get(rewrittenAt).Want(200)).Says("months before registration read otherwise than when it was registered")
	plain(guardian.Get("/effect/calibration").Want(200)).Says("Of 2 forecasts that were registered before their action started and are settled, 2 came true", "Brier score 0.04", "Without an action of the plan")

	for _, missing := range []string{"/effect/forecasts/" + uuid.NewString(), "/effect/forecasts/x", "/effect/register?action=" + uuid.NewString(), "/effect/register?action=x"} {
		lead.Get(missing).Want(404)
	}
	guardian.Get("/effect/register").Want(404)
	guardian.Get(path + "/withdraw").Want(404)
	site.As(w.HR.As(access.HR, access.Growth)).Get("/effect").Want(404)
	plain(site.As(w.ForeignOHAdmin.As(access.Lead, access.Growth)).Get("/effect/register").Want(200)).Says("There is no measure with monthly figures yet")
}

func TestReview(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	site := webtest.New(t, growthtest.Now, forecastweb.Routes(service(db, nil)), forecast.Rules)
	lead, executive := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Executive.As(access.Executive, access.Growth))
	page := lead.Get("/effect/review").Want(200).Says("Monthly review: October 2026", "Wait to be seen, median fell", "Got better")
	if strings.Contains(page.Text(), "forecast.") {
		t.Errorf("a key without words: %s", page.Text())
	}
	executive.Get("/effect/review").Want(200).Says("Got better").Hides("Decide about")
	lead.Get("/effect/review?month=2024-07-01").Want(200).Says("Target missed", "August 2024", "June 2024")
	lead.Get("/effect/review?month=2024-05-01").Want(200).Says("June 2024").Hides("April 2024") // the history begins in May

	// What got better becomes the draft of a story, with the figure it rests on.
	const story = "/effect/review/decide?month=2026-10-01&figure=indicator/K02"
	form := lead.Get(story).Want(200).Says("Draft of a story").Form()
	if form.Get("decision") != "story" {
		t.Errorf("the form begins with %v", form)
	}
	lead.Post(story, form).Want(422).Says("Enter the title of the story", "Enter what was done")
	form.Set("title", "Seen sooner")
	form.Set("story", "A nurse triages every morning")
	lead.Post(story, form).To("/effect/review?month=2026-10-01")
	lead.Post(story, form).To("/effect/review?month=2026-10-01")
	page = executive.Get("/effect/review?month=2026-10-01").Says("Draft of a story", "Seen sooner", "A nurse triages every morning", "by Anne Shaw on 10 November 2026")
	if n := strings.Count(page.Text(), "Seen sooner"); n != 1 {
		t.Errorf("the story is there %d times", n)
	}

	// A source that says something else now marks what was decided by it.
	if strings.Contains(page.Text(), "Out of date") {
		t.Error("a figure is out of date before its source changed")
	}
	if err := db.InTenant(t.Context(), access.SystemActor(access.Worker, uuid.Nil, w.Service), func(tx *postgres.Tx) error {
		_, err := tx.Exec(t.Context(), `update rollup_wait set working_days = (select array_agg(d + 1 order by d) from unnest(working_days) d) where service_id = $1 and measure = 'accepted_seen'`, w.Service)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	executive.Get("/effect/review?month=2026-10-01").Says("Seen sooner", "Out of date")

	// What missed its target: an action, or accepted with a reason. Both decisions stay.
	const missed = "/effect/review/decide?month=2024-07-01&figure=indicator/first_seen_within"
	form = lead.Get(missed).Want(200).Hides("Draft of a story").Form()
	lead.Post(missed, form).Want(422).Says("Select what you decide")
	form.Set("decision", "accept")
	lead.Post(missed, form).Want(422).Says("Enter the reason why you accept it")
	form.Set("reason", "The clinic moved")
	lead.Post(missed, form).To("/effect/review?month=2024-07-01")
	form = lead.Get(missed).Want(200).Form()
	form.Set("decision", "action")
	lead.Post(missed, form).To("/effect/review?month=2024-07-01")
	page = lead.Get("/effect/review?month=2024-07-01").Says("Accepted", "The clinic moved", "An action is needed")
	if !slices.Contains(page.Links(), "/plan/actions/add?figure=indicator/first_seen_within") {
		t.Errorf("links %q", page.Links())
	}
	for _, bad := range []string{"?month=2026-11-01", "?month=2026-10-02", "?month=x", "/decide?month=2026-10-01&figure=indicator/referrals", "/decide?month=2026-10-01&figure=x"} {
		lead.Get("/effect/review" + bad).Want(404)
	}
	executive.Get(story).Want(404)
	site.As(w.ForeignOHAdmin.As(access.Lead, access.Growth)).Get("/effect/review").Want(200).Says("In October 2026 no measure missed its target").Hides("Seen sooner")

	page = executive.Get("/effect/chain").Want(200).Says("From occupational health to patients", "Moderate evidence", "From memory: check before you rely on it", "Wait to be seen, median:", "We have no live figure for this")
	if strings.Contains(page.Text(), "forecast.") {
		t.Errorf("a key without words: %s", page.Text())
	}
}
