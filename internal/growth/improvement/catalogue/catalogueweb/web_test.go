package catalogueweb_test

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/catalogue/catalogueweb"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	action := catalogue.Action{ID: uuid.New(), Title: "Flu clinic at night", Class: "preventative", Catalogue: "I05", Open: true}
	s := catalogue.New(catalogue.Deps{DB: db, Planned: func(context.Context, access.Actor) (catalogue.Planned, error) {
		return catalogue.Planned{Actions: []catalogue.Action{action}, Needs: []catalogue.Need{{Classes: []string{"preventative"}}, {}}}, nil
	}})
	site := webtest.New(t, improvementtest.Now, catalogueweb.Routes(s), improvement.Rules)
	lead, guardian := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth))

	guardian.Get("/plan/catalogue").Want(200).Says("30 interventions", "Schwartz Rounds", "have not been checked")
	guardian.Get("/plan/catalogue?class=treatment").Want(200).Says("Counselling and employee assistance").Hides("Champions network")
	guardian.Get("/plan/catalogue?class=other").Want(200).Says("30 interventions")
	guardian.Get("/plan/catalogue/I05").Want(200).Says("Vaccination programmes", "Green Book", "Flu clinic at night").Hides("/plan/actions/add")
	page := lead.Get("/plan/catalogue/I05").Want(200)
	if !slices.Contains(page.Links(), "/plan/actions/add?catalogue=I05&class=preventative&title=Vaccination+programmes") {
		t.Errorf("links %v", page.Links())
	}
	lead.Get("/plan/catalogue/I99").Want(404)

	guardian.Get("/plan/balance").Want(200).Says("Not collected", "1 of 2 open needs has no action yet", "Spend and staff time for 2026/27 have not been entered", "not as zero").Hides("/enter", "rowan-chart")
	site.As(w.HR.As(access.HR, access.Growth)).Get("/plan/balance").Want(404)
	guardian.Get("/plan/balance/enter").Want(404)

	form := lead.Get("/plan/balance/enter").Want(200).Form()
	if form.Get("year") != "2026" {
		t.Errorf("the form begins with %v", form)
	}
	spend, hours := ": enter the spend as whole pounds, for example 120000", ": enter the staff time as whole hours, for example 1500"
	lead.Post("/plan/balance/enter", url.Values{}).Refuses("Select a financial year from the list")
	bad := url.Values{"year": {"2026"}}
	for _, c := range improvement.Classes {
		webtest.Fill(bad, "spend_"+c, "much", "hours_"+c, "1.5")
	}
	lead.Post("/plan/balance/enter", bad).Refuses("Preventative"+spend, "Preventative"+hours, "Diagnostic"+spend, "Diagnostic"+hours, "Treatment"+spend, "Treatment"+hours)
	webtest.Fill(form, "spend_preventative", "£30,000", "spend_diagnostic", "50000", "spend_treatment", "20000", "hours_treatment", "0")
	lead.Post("/plan/balance/enter", form).To("/plan/balance?year=2026")
	improvementtest.Contacts(t, db, w, map[string]int{"preventative": 20, "diagnostic": 70, "treatment": 10})
	page = guardian.Get("/plan/balance").Want(200).Says("£30,000 (30%)", "0 hours", "70 (70%)", "The largest share of contacts in the last 12 months, 70%, is diagnostic work", "Spend by class, 2026/27", "The largest part is “Diagnostic”: 50,000 of 100,000 pounds (50%)", "entered by "+w.OHLead.Name)
	for _, link := range []string{"/figures/balance/spend.preventative", "/figures/balance/contacts.treatment"} {
		if !slices.Contains(page.Links(), link) {
			t.Errorf("no link %s in %v", link, page.Links())
		}
	}
	if form = lead.Get("/plan/balance/enter?year=2026").Want(200).Form(); form.Get("spend_preventative") != "30000" || form.Get("hours_diagnostic") != "" || form.Get("hours_treatment") != "0" {
		t.Errorf("the form shows %v", form)
	}
}
