package indicatorweb_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/spc"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator/indicatorweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// turnover is a measure that came by file: 20 months, the last to October 2026 (growthtest.Now is in November).
func turnover(context.Context, access.Actor, time.Time) ([]indicator.Measure, error) {
	m := indicator.Measure{Ref: figure.Ref{Kind: "series", Name: "turnover"}, Title: "Staff turnover", Direction: spc.Decrease, Unit: "%",
		Amount: func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) + "%" }}
	for i := range 20 {
		m.Months, m.Values = append(m.Months, civil.MustParse("2025-03-01").AddMonths(i)), append(m.Values, spc.Some(11+float64(i%3)))
	}
	return []indicator.Measure{m}, nil
}

// TestTargets: the lead sets a target and names a post without a release; the chart steps, the icon takes what holds now, and
// what held before stays.
func TestTargets(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	s := indicator.New(indicator.Deps{DB: db, Measures: turnover})
	site := webtest.New(t, growthtest.Now, indicatorweb.Routes(s), indicator.Rules)
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))
	const page, set = "/performance/first_seen_median", "/performance/target?figure=indicator%2FK02"

	first := lead.Get(page).Want(200).Says("Lead of the occupational health service", "Activity ledger of the occupational health service", "Data as of").Hides("Targets over time")
	if !slices.Contains(first.Links(), set) {
		t.Errorf("links %q", first.Links())
	}
	form := lead.Get(set).Want(200).Form()
	if got := lead.Post("/performance/target", form).Want(422).Errors(); len(got) != 2 { // no month, no reason
		t.Errorf("errors %q", got)
	}
	form.Set("month", "2026-02-01")
	form.Set("reason", "Agreed by the board")
	for _, bad := range []string{"-1", "ten", "NaN"} {
		form.Set("value", bad)
		lead.Post("/performance/target", form).Want(422).Says("Enter a number that the measure can reach")
	}
	form.Set("value", "15")
	lead.Post("/performance/target", form).To(page)
	lead.Post("/performance/target", form).To(page) // a double click
	form = lead.Get(set).Form()
	form.Set("month", "2026-07-01")
	form.Set("reason", "Three more clinics")
	form.Set("value", "11")
	lead.Post("/performance/target", form).To(page)
	shown := lead.Get(page).Want(200).Says("11 working days from July 2026, set by Anne Shaw: Three more clinics", "Targets over time", "Agreed by the board", "target: 11 working days", "Whether the target of 11 working days is met")
	if n := strings.Count(shown.Text(), "Agreed by the board"); n != 1 {
		t.Errorf("the first target is there %d times", n)
	}
	if hidden := lead.Get("/performance/first_seen_p90").Text(); strings.Contains(hidden, "Targets over time") {
		t.Error("a target of another measure")
	}

	owner := "/performance/owner?figure=indicator%2FK02"
	form = lead.Get(owner).Want(200).Form()
	lead.Post("/performance/owner", form).Want(422).Says("Enter a post")
	form.Set("post", "Clinic manager, staff health")
	lead.Post("/performance/owner", form).To(page)
	lead.Get(page).Says("Clinic manager, staff health, named by Anne Shaw on 10 November 2026")

	// A measure that came by file has its row, its icon and its target, and misses it in the review.
	lead.Get("/performance").Want(200).Says("Staff turnover", "12.0% in October 2026")
	form = lead.Get("/performance/target?figure=series%2Fturnover").Want(200).Form()
	form.Set("month", "2026-01-01")
	form.Set("reason", "As other trusts")
	form.Set("value", "101")
	lead.Post("/performance/target", form).Want(422)
	form.Set("value", "5")
	lead.Post("/performance/target", form).To("/performance")
	lead.Get("/performance").Says("The target of 5.0% is out of reach as things work now")
	found, _, err := s.Findings(context.Background(), w.OHLead.As(access.Lead, access.Growth), civil.MustParse("2026-10-01"))
	missed := slices.IndexFunc(found, func(f indicator.Finding) bool { return f.Ref.String() == "series/turnover" && f.Missed })
	if err != nil || missed < 0 {
		t.Errorf("found %+v, %v", found, err)
	}
	before, _, err := s.Findings(context.Background(), w.OHLead.As(access.Lead, access.Growth), civil.MustParse("2025-12-01"))
	if err != nil || slices.ContainsFunc(before, func(f indicator.Finding) bool { return f.Ref.Kind == "series" && f.Missed }) {
		t.Errorf("a month before the target: %+v, %v", before, err)
	}

	for _, bad := range []string{"indicator%2Freferrals", "indicator%2FK30", "series%2Fother", "x", ""} {
		lead.Get("/performance/target?figure=" + bad).Want(404)
	}
	nurse := site.As(w.OHNurse.As(access.Nurse, access.Growth))
	nurse.Get(page).Says("Targets over time").Hides("Set a target")
	nurse.Get(set).Want(404)
	nurse.Post("/performance/owner", form).Want(404)
	site.As(w.Guardian.As(access.Guardian, access.Growth)).Get(page).Says("Targets over time", "Clinic manager, staff health")
}

// TestClosuresPage: the days on which the service is shut are data, written by the lead.
func TestClosuresPage(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := indicator.New(indicator.Deps{DB: db})
	site := webtest.New(t, growthtest.Now, indicatorweb.Routes(s), indicator.Rules)
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))
	form := lead.Get("/performance/closures").Want(200).Form()
	if got := lead.Post("/performance/closures", form).Want(422).Errors(); len(got) != 2 {
		t.Errorf("errors %q", got)
	}
	form.Set("day-day", "4")
	form.Set("day-month", "6")
	form.Set("day-year", "2026")
	form.Set("reason", "Training day")
	lead.Post("/performance/closures", form).To("/performance/closures")
	lead.Get("/performance/closures").Says("4 June 2026", "Training day", "Closed")
	form.Set("state", "open")
	lead.Post("/performance/closures", form).To("/performance/closures")
	lead.Get("/performance/closures").Says("Open after all")
	site.As(w.OHNurse.As(access.Nurse, access.Growth)).Get("/performance/closures").Want(404)
	if all, err := s.Closures(context.Background(), w.ForeignOHAdmin.As(access.Lead, access.Growth)); err != nil || len(all) != 0 {
		t.Errorf("another service sees %+v, %v", all, err)
	}
}
