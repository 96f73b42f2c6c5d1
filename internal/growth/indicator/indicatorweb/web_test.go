package indicatorweb_test

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator/indicatorweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	s := indicator.New(indicator.Deps{DB: db, Waiting: func(_ context.Context, a access.Actor) ([]indicator.Waiting, error) {
		if a.Role != access.Lead {
			return nil, nil
		}
		return []indicator.Waiting{{Text: "A question to answer", Path: "/assurance/questions/1"}}, nil
	}})
	site := webtest.New(t, growthtest.Now, indicatorweb.Routes(s), indicator.Rules, figure.Rules)
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))

	board := lead.Get("/performance").Want(200).Says("How we are doing", "22 referrals", "Where work waits", "Wait to be seen, median", "Did not attend", "Waiting for triage")
	if board.Says("Waiting for you"); !slices.Contains(board.Links(), "/assurance/questions/1") {
		t.Errorf("no link to what waits: %q", board.Links())
	}
	if strings.Contains(board.Text(), "indicator.") {
		t.Errorf("a key without words: %s", board.Text())
	}
	for _, d := range s.Definitions() {
		if !slices.Contains(board.Links(), "/performance/"+d.ID) {
			t.Errorf("no link to %s", d.ID)
		}
		if !d.Charted() {
			lead.Get("/performance/"+d.ID).Want(200).Says("There is nothing to compare yet", "The definition behind it")
			continue
		}
		for _, clock := range []string{"", "?clock=adjusted"} {
			page := lead.Get("/performance/"+d.ID+clock).Want(200).Says("The definition behind it", "Question it answers", "Show the data as a table")
			if strings.Contains(page.Text(), "indicator.") {
				t.Errorf("%s: a key without words: %s", d.ID, page.Text())
			}
		}
	}
	lead.Get("/performance/nothing").Want(404)

	lead.Get("/performance/first_seen_median").Says("Wait to be seen, median fell: 9 working days in October 2026", "That is unlikely to be chance, and it is better.")

	// A shift that has lasted: the page suggests, and changes nothing until somebody writes why.
	site.As(w.OHNurse.As(access.Nurse, access.Growth)).Get("/performance/dna_rate").Says("From March 2025 on, 8 months or more in a row lie below the mean").Hides("Recalculate from")
	lead.Get("/performance/dna_rate").Says("Recalculate from March 2025")
	mark := lead.Get("/performance/dna_rate/mark?kind=recalculate&month=2025-03-01").Want(200).Form()
	if mark.Get("kind") != "recalculate" || mark.Get("month") != "2025-03-01" || mark.Get("text") != "" {
		t.Errorf("the form begins with %v", mark)
	}
	lead.Get("/performance/dna_rate").Says("Recalculate from March 2025").Hides("Limits recalculated")
	mark.Set("text", "Reminders since March, meant to stay")
	lead.Post("/performance/dna_rate/mark", mark).To("/performance/dna_rate")
	lead.Get("/performance/dna_rate").Says("Limits recalculated: Reminders since March, meant to stay").Hides("From March 2025 on")

	// An initiative is marked for every chart, twice by a double click.
	form := lead.Get("/performance/all/mark").Want(200).Form()
	if got := lead.Post("/performance/all/mark", url.Values{"id": form["id"]}).Want(422).Errors(); len(got) != 3 {
		t.Errorf("errors %q", got)
	}
	form.Set("month", growthtest.Start.Format("2006-01-02"))
	form.Set("text", "Nurse-led triage")
	lead.Post("/performance/all/mark", form).To("/performance")
	lead.Post("/performance/all/mark", form).To("/performance")
	page := lead.Get("/performance/first_seen_median").Want(200).Says("“Nurse-led triage” began in December 2025", "improvement that chance does not explain", "Initiative began: Nurse-led triage (Anne Shaw)")
	if n := strings.Count(page.Text(), "Initiative began"); n != 1 {
		t.Errorf("the mark is there %d times", n)
	}
	lead.Get("/performance/triage_median").Want(200).Says("no effect is claimed")

	// A recalculation needs its reason.
	form = lead.Get("/performance/first_seen_median/mark").Want(200).Form()
	form.Set("kind", "recalculate")
	form.Set("month", growthtest.Start.Format("2006-01-02"))
	lead.Post("/performance/first_seen_median/mark", form).Want(422).Says("Enter the reason or the name")
	form.Set("text", "New way of triage, meant to stay")
	lead.Post("/performance/first_seen_median/mark", form).To("/performance/first_seen_median")
	lead.Get("/performance/first_seen_median").Says("Limits recalculated: New way of triage, meant to stay (Anne Shaw)")

	// Others read; only the lead writes.
	nurse := site.As(w.OHNurse.As(access.Nurse, access.Growth))
	nurse.Get("/performance").Want(200).Hides("/performance/all/mark")
	nurse.Get("/performance/first_seen_median/mark").Want(404)
	nurse.Post("/performance/first_seen_median/mark", form).Want(404)
	site.As(w.Ward.As(access.Manager, access.Growth)).Get("/performance").Want(404)
	site.As(w.Nurse.As(access.Person, access.Growth)).Get("/performance").Want(404)

	// The guardian and an executive see the whole service, rounded.
	for _, board := range []access.Actor{w.Guardian.As(access.Guardian, access.Growth), w.Executive.As(access.Executive, access.Growth)} {
		site.As(board).Get("/performance").Want(200).Says("You see the whole service", "20 referrals").Hides("Waiting for you", "22 referrals", "/performance/all/mark")
		site.As(board).Get("/performance/first_seen_median").Want(200).Says("You see the whole service", "Initiative began: Nurse-led triage").Hides("Write on this chart")
		site.As(board).Get("/performance/first_seen_median/mark").Want(404)
	}

	// Every number of the board leads to where it comes from: the value, what stands beside it, and the time in each state.
	page = site.As(w.Guardian.As(access.Guardian, access.Growth)).Get("/performance")
	all, unsourced := page.Figures()
	if len(unsourced) > 0 || len(all) < 30 {
		t.Errorf("of %d figures lead nowhere: %q", len(all), unsourced)
	}
	for _, cell := range regexp.MustCompile(`(?s)<td[^>]*>.*?</td>`).FindAllString(page.Body, -1) {
		if said := regexp.MustCompile(`(?s)<span class="rowan-figure">.*</span>|<[^>]*>|90th|Under 13 months`).ReplaceAllString(cell, ""); regexp.MustCompile(`^\W*\d`).MatchString(said) {
			t.Errorf("a cell of the board has a number without a source: %s", cell)
		}
	}
	for _, to := range []string{"/figures/indicator/K01?period=2026-10-01", "/figures/indicator/K02.adjusted?period=2026-10-01", "/figures/indicator/K02.p90?period=2026-10-01", "/figures/indicator/K02.n?period=2026-10-01", "/figures/state/booked?period=2026-10-01"} {
		if !slices.Contains(page.Links(), to) {
			t.Errorf("no link to %s: %q", to, page.Links())
		}
	}

	// HR of the trust sees the trust's 20, rounded; the practice's 2 are too few for anybody outside.
	site.As(w.HR.As(access.HR, access.Growth)).Get("/performance").Want(200).Says("20 referrals", "rounded to the nearest 5").Hides("22 referrals")
	practice := w.HR
	practice.Organisation = w.Practice
	site.As(practice.As(access.HR, access.Growth)).Get("/performance").Want(200).Says("Too few to show").Hides("2 referrals", "12.0", "working days</td>")

	// The other service sees nothing of this one.
	site.As(w.ForeignOHAdmin.As(access.OHAdmin, access.Growth)).Get("/performance").Want(200).Says("There are no figures yet").Hides("Nurse-led")
	site.As(w.ForeignOHAdmin.As(access.OHAdmin, access.Growth)).Get("/performance/first_seen_median").Want(200).Says("There is no data yet").Hides("Nurse-led")
}

// TestMissingPage: an organisation that has nothing reads of every measure of the catalogue which source it lacks; with a
// history, of those alone that it does not give.
func TestMissingPage(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := indicator.New(indicator.Deps{DB: db})
	site := webtest.New(t, growthtest.Now, indicatorweb.Routes(s), indicator.Rules)
	page := site.As(w.Guardian.As(access.Guardian, access.Growth)).Get("/performance/missing").Want(200).Says("Measures we cannot show yet")
	for i := range 30 {
		code := fmt.Sprintf("K%02d", i+1)
		if n := strings.Count(page.Text(), code); n != 1 {
			t.Errorf("%s is named %d times", code, n)
		}
	}
	if strings.Contains(page.Text(), "indicator.missing") {
		t.Errorf("a key without words: %s", page.Text())
	}
	growthtest.History(t, db, w)
	page = site.As(w.Guardian.As(access.Guardian, access.Growth)).Get("/performance/missing").Want(200).Hides("K02", "K05", "K10")
	for _, code := range []string{"K06", "K09", "K11", "K18", "K19", "K25", "K30"} {
		page.Says(code)
	}
}

// TestVersions: an old version stays on its own address and computes the same months in its own way.
func TestVersions(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	const pack = `
id: indicators
version: 2
effective_from: 2024-01-01
source: a test
indicators:
  - {id: first_seen_within, code: K02, version: 1, effective_to: 2026-08-31, kind: within, measure: first_seen, days: 3, direction: increase, unit: percent, decimals: 0}
  - {id: first_seen_within, code: K02, version: 2, effective_from: 2026-09-01, kind: within, measure: first_seen, days: 60, direction: increase, unit: percent, decimals: 0}
`
	s := indicator.New(indicator.Deps{DB: db, Content: fstest.MapFS{"packs/indicators.yaml": {Data: []byte(pack)}}})
	lead := webtest.New(t, growthtest.Now, indicatorweb.Routes(s), indicator.Rules).As(w.OHLead.As(access.Lead, access.Growth))
	now := lead.Get("/performance/K02").Want(200).Says("100% in October 2026", "Versions of the definition", "1, from 1 January 2024 to 31 August 2026")
	if !slices.Contains(now.Links(), "/performance/first_seen_within?version=1") {
		t.Errorf("links %q", now.Links())
	}
	lead.Get("/performance/first_seen_within?version=2").Want(200).Says("100% in October 2026")
	lead.Get("/performance/first_seen_within?version=1&clock=adjusted").Want(200).Says("0% in October 2026", "This is version 1 of the definition, which held from 1 January 2024 to 31 August 2026").Hides("Write on this chart")
	for _, bad := range []string{"3", "0", "-1", "x"} {
		lead.Get("/performance/first_seen_within?version=" + bad).Want(404)
	}
}
