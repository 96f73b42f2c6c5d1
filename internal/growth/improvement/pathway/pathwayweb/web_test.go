package pathwayweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementtest"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/pathway/pathwayweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := pathway.New(pathway.Deps{DB: db})
	site := webtest.New(t, improvementtest.Now, pathwayweb.Routes(s), improvement.Rules, figure.Rules)
	lead, guardian, stranger := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth)), site.As(w.Foreign.As(access.Lead, access.Growth))

	guardian.Get("/plan/pathways").Want(200).Says("No pathway yet").Hides("/plan/pathways/add")
	form := lead.Get("/plan/pathways/add").Want(200).Form()
	lead.Post("/plan/pathways/add", form).Refuses("Enter a name", "Enter whom the pathway is for")
	webtest.Fill(form, "name", "Management referral", "whom", "Staff referred by their manager")
	one := lead.Post("/plan/pathways/add", form).To("/plan/pathways/")
	lead.Post("/plan/pathways/add", form).To(one) // sent twice
	lead.Get(one).Want(200).Says("There are no steps yet", "Version 1").Hides("Version 2")
	stranger.Get(one).Want(404)

	step := lead.Get(one + "/steps/1").Want(200).Form()
	lead.Post(one+"/steps/1", url.Values{"seen": step["seen"]}).Refuses("Enter what happens in this step", "Enter the role that does it", "Select a class", "Enter a whole number from 0 to 520", "Select what the time is counted in")
	webtest.Fill(step, "title", "Read the referral", "role", "OH nurse", "class", "diagnostic", "target", "2", "unit", "minutes", "measured", "wait.triage")
	lead.Post(one+"/steps/1", step).Refuses("Time is measured in days. Choose working days, or say that nothing measures this step")
	lead.Post(one+"/steps/1", webtest.Fill(step, "unit", "days", "measured", "wait.none")).Refuses("Select a measured time from the list")
	lead.Post(one+"/steps/1", webtest.Fill(step, "measured", "wait.triage")).To(one)
	lead.Post(one+"/steps/1", step).Want(409).Says("Somebody has changed this")
	lead.Get(one + "/steps/4").Want(404)
	second := webtest.Fill(lead.Get(one+"/steps/2").Form(), "title", "Telephone the person", "role", "OH nurse", "class", "preventative", "target", "30", "unit", "minutes")
	lead.Post(one+"/steps/2", second).To(one)
	third := webtest.Fill(lead.Get(one+"/steps/3").Form(), "title", "See the person", "role", "OH nurse", "class", "diagnostic", "target", "3", "measured", "state.booked")
	lead.Post(one+"/steps/3", third).To(one)

	// Without care data nothing is measured, and that is said.
	guardian.Get(one).Want(200).Says("Of 3 steps none could be measured", "Nobody passed this step in those months", "Not measured", "30 minutes").Hides("/steps/", "/edit")
	growthtest.History(t, db, w)
	guardian.Get(one).Want(200).Says("Of 3 steps 2 could be measured", "in working days, half within 1 and 9 in 10 within 1", "100% met the target.", "Within target", "in calendar days, the mean", "Longer")
	for _, to := range []string{"/figures/path/wait.triage?period=2026-10-01", "/figures/path/state.booked?period=2026-10-01"} {
		if links := guardian.Get(one).Links(); !slices.Contains(links, to) {
			t.Errorf("no link from a measured time to %s: %q", to, links)
		}
	}

	// What the page says is what its figure says, and nobody is told of what nobody measured.
	ctx, a := t.Context(), w.Guardian.As(access.Guardian, access.Growth)
	library := figure.NewLibrary(s.Book())
	listed, err := library.List(ctx, a, improvementtest.Now)
	if err != nil || len(listed) != 2 {
		t.Fatalf("%d figures of the measured path, %v", len(listed), err)
	}
	for _, f := range listed {
		guardian.Get(one).Says(f.Title, f.Value)
		if f.SourceAt.IsZero() || f.Definition == "" || f.Version == "" || f.Source == "" || strings.Contains(f.Title+f.Definition+f.Version+f.Source+f.Value, "improvement.") {
			t.Errorf("%+v", f)
		}
	}
	for name, period := range map[string]string{"wait.nothing": "2026-10-01", "wait.triage": "2026-11-01", "": "2026-10-01"} {
		if _, err := library.Find(ctx, a, improvementtest.Now, figure.Ref{Kind: pathway.FigureKind, Name: name}, civil.MustParse(period)); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s of %s: %v", name, period, err)
		}
	}

	// Order, removal, and the versions before.
	seen := func() url.Values { return url.Values{"seen": {lead.Get(one + "/edit").Form().Get("seen")}} }
	lead.Post(one+"/steps/2/up", seen()).To(one)
	lead.Get(one).Says("1. Telephone the person", "2. Read the referral")
	lead.Post(one+"/steps/1/up", seen()).Want(404)
	lead.Post(one+"/steps/1/remove", seen()).To(one)
	lead.Post(one+"/steps/1/remove", url.Values{"seen": {"1"}}).Want(409)
	lead.Get(one).Hides("Telephone the person")
	guardian.Get(one+"?version=4").Want(200).Says("This is version 4. There is a newer one", "2. Telephone the person")
	guardian.Get(one + "?version=40").Want(404)
	if f := lead.Get(one + "/steps/1").Want(200).Form(); f.Get("title") != "Read the referral" || f.Get("measured") != "wait.triage" {
		t.Errorf("the form shows %v", f)
	}

	edit := lead.Get(one + "/edit").Want(200).Form()
	lead.Post(one+"/edit", url.Values{"seen": edit["seen"]}).Refuses("Enter a name", "Enter whom the pathway is for", "Select whether it is in use")
	lead.Post(one+"/edit", webtest.Fill(edit, "name", "Referral by a manager", "in_use", "no")).To(one)
	lead.Post(one+"/edit", edit).Want(409)
	guardian.Get(one).Says("Referral by a manager", "not in use any more")
	guardian.Get("/plan/pathways").Says("Referral by a manager", "No")
	stranger.Get("/plan/pathways").Hides("Referral by a manager")
}
