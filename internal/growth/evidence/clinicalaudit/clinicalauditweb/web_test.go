package clinicalauditweb_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/clinicalaudit/clinicalauditweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

type desk struct {
	t              *testing.T
	w              *world.World
	site           *webtest.Site
	lead, guardian *webtest.Browser
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w := world.New(t, db)
	site := webtest.New(t, now, clinicalauditweb.Routes(clinicalaudit.NewService(db)), clinicalaudit.Rules)
	return &desk{t, w, site, site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth))}
}

func (d *desk) get(b *webtest.Browser, path string) *webtest.Page {
	d.t.Helper()
	page := b.Get(path).Want(200)
	if strings.Contains(page.Text(), "evidence.") {
		d.t.Errorf("%s: a key without words: %s", path, page.Text())
	}
	return page
}

func (d *desk) send(path string, fill map[string]string) *webtest.Page {
	d.t.Helper()
	f := d.get(d.lead, path).Form()
	for k, v := range fill {
		f.Set(k, v)
	}
	path, _, _ = strings.Cut(path, "?")
	return d.lead.Post(path, f)
}

var good = map[string]string{"topic": "Pain flags", "standard": "Yellow flags are documented", "target": "90", "on-day": "1", "on-month": "3", "on-year": "2026", "sample": "60", "denominator": "50", "numerator": "9",
	"findings": "The template lacks them", "actions": "Change the template", "owner": "Lead physiotherapist", "again-day": "1", "again-month": "9", "again-year": "2026"}

func but(change map[string]string) map[string]string {
	out := maps.Clone(good)
	maps.Copy(out, change)
	return out
}

func TestForm(t *testing.T) {
	d := open(t)
	const path = "/evidence/audits/record"
	d.send(path, nil).Refuses("Enter what is audited", "Enter the standard", "Enter the target as a percentage from 1 to 100", "Enter the day of the audit", "Enter how many records were looked at, from 1 to 100,000",
		"Enter to how many of them the standard applied", "Enter how many met the standard", "Enter what was found", "Enter what is done about it", "Enter the post that answers for it")
	d.send(path, but(map[string]string{"denominator": "61", "numerator": "62"})).Refuses("Enter no more than the records looked at", "Enter no more than those to which the standard applied")
	d.send(path, but(map[string]string{"on-year": "2027", "again-year": "2028"})).Refuses("Enter a day that is not in the future")
	d.send(path, but(map[string]string{"again-month": "2"})).Refuses("Enter a day after the audit")
	d.send(path, but(map[string]string{"on-day": "40", "again-year": "26"})).Refuses("Day of the audit: enter the day as a number from 1 to 31", "When is the re-audit due? (optional): enter the year with all 4 digits, for example 2026")
	d.send(path, but(map[string]string{"topic": strings.Repeat("x", 121)})).Refuses("Shorten this to 120 characters or fewer")
	person := but(map[string]string{"findings": "Mrs Winter was not asked"})
	page := d.send(path, person)
	page.Refuses("Take out the words that look like a person, or enter why they are not about one")
	page.Says("Name of a person: Mrs Winter", "Why are these words not about a person?")
	person["cleared"] = "The name of a method"
	d.get(d.lead, d.send(path, person).To("/evidence/audits/")).Says("Confirmed not to be about a person", "The name of a method")
	for _, path := range []string{path + "?first=x", path + "?first=" + uuid.NewString(), "/evidence/audits/" + uuid.NewString(), "/evidence/audits/x"} {
		d.lead.Get(path).Want(404)
	}
	d.lead.Post(path, url.Values{"id": {"x"}}).Want(404)
}

// TestLine records an audit and its re-audit; the guardian sees them after disclosure control.
func TestLine(t *testing.T) {
	d := open(t)
	d.get(d.lead, "/evidence/audits").Says("No audit was recorded yet", "Record an audit")
	d.get(d.guardian, "/evidence/audits").Says("Counts are rounded").Hides("Record an audit")
	first := d.send("/evidence/audits/record", good).To("/evidence/audits/")
	d.get(d.lead, first).Says("9 of 50 (18.0%)", "Below target", "1 September 2026").Hides("Audit and re-audit")
	d.get(d.guardian, first).Says("fewer than 10 of 50 (too few to show)", "Too few to show").Hides("18.0%", "Withdraw", "Record a re-audit")
	d.get(d.lead, "/evidence/audits").Says("1 re-audit is overdue", "Overdue")

	again := "/evidence/audits/record?first=" + strings.TrimPrefix(first, "/evidence/audits/")
	d.get(d.lead, again).Says("It repeats: Pain flags")
	second := d.send(again, but(map[string]string{"on-month": "10", "again-year": "2027", "numerator": "48"})).To("/evidence/audits/")
	d.get(d.lead, second).Says("From 1 March 2026 to 1 October 2026 the share that met the standard rose by 78.0 percentage points. The target of 90% is reached.", "48 of 50 (96.0%)")
	d.get(d.guardian, second).Says("The numbers are too small to show a change. The target of 90% is reached.", "50 of 50 (100%)").Hides("96.0%", "18.0%")
	d.get(d.lead, first).Says("Audit and re-audit")
	d.get(d.lead, "/evidence/audits").Says("Target reached").Hides("overdue")
	third := d.send(again, but(map[string]string{"on-month": "11", "again-year": "", "again-day": "", "again-month": "", "numerator": "9"})).To("/evidence/audits/")
	d.get(d.lead, third).Says("did not change", "None planned", "The target of 90% is not reached yet.")

	d.lead.Post(first+"/withdraw", nil).To(first)
	d.get(d.lead, first).Says("Withdrawn by Anne Shaw on 22 November 2026").Hides("Withdraw this audit", "Record a re-audit")
	d.get(d.lead, third).Says("fell by 78.0 percentage points")
	d.get(d.guardian, "/evidence/audits").Says("Withdrawn", "1 March 2026")
	d.lead.Post(first+"/withdraw", nil).Want(404)
	d.guardian.Post(second+"/withdraw", nil).Want(404)
	d.guardian.Get("/evidence/audits/record").Want(404)
	d.site.As(d.w.Foreign.As(access.Lead, access.Growth)).Get(second).Want(404)
	d.site.As(d.w.OHNurse.As(access.Nurse, access.Growth)).Get("/evidence/audits").Want(404)
}
