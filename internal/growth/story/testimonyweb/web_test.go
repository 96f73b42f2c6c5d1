package testimonyweb_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimony"
	"github.com/rowan-ohwb/rowan/internal/growth/story/testimonyweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var linked = regexp.MustCompile(`https://rowan\.example(/testimonial/[A-Za-z0-9_-]+)`)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), testimonyweb.Routes(testimony.New(db, keys), "https://rowan.example"), testimony.Rules)
	reader := w.Guardian.As(access.Guardian, access.Growth)
	reader.Service = w.Service
	lead, admin, guardian, anybody := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.OHAdmin.As(access.OHAdmin, access.Growth)), site.As(reader), site.Anonymous()
	guardian.Get("/stories/testimonials").Want(200).Says("There are no testimonials yet").Hides("Ask somebody")
	guardian.Get("/stories/testimonials/add").Want(404)
	lead.Get("/stories/testimonials/quotes").Want(200).Says("There is no quote that is not used yet")
	q := lead.Get("/stories/testimonials/add").Want(200).Form()
	lead.Post("/stories/testimonials/quotes", q).Want(422).Says("Select a quote")

	f := lead.Get("/stories/testimonials/add").Want(200).Form()
	f.Set("words", "Dr Smith listened")
	bad := lead.Post("/stories/testimonials/add", f).Want(422).Says("Select who they are", "Select how they are named", "Select where it may be shown")
	if got := bad.Form().Get("words"); got != "Dr Smith listened" {
		t.Errorf("kept %q", got)
	}
	f.Set("audience", "manager")
	f.Set("named", "role")
	f.Set("giver", "Ward manager")
	f["places"] = []string{"inside", "public"}
	to := lead.Post("/stories/testimonials/add", f)
	one := to.Location
	lead.Get(one).Want(200).Says("Held", "One place in these words", "somebody else has to look").Hides("https://rowan.example")
	guardian.Get(one).Want(404)
	lead.Post(one+"/clear", map[string][]string{"reason": {"x"}}).Want(409)
	f = admin.Get(one + "/clear").Want(200).Says("“Dr Smith”").Form()
	admin.Post(one+"/clear", f).Want(422).Says("Enter why they may stand")
	f.Set("reason", "A book")
	admin.Post(one+"/clear", f).To(one)
	admin.Get(one + "/clear").Want(409)
	m := linked.FindStringSubmatch(lead.Get(one).Want(200).Says("A book").Body)
	if m == nil {
		t.Fatal("there is no link")
	}
	f = anybody.Get(m[1]).Want(200).Says("May we show what you said?", "Dr Smith listened", "Ward manager").Form()
	if f["places"] != nil {
		t.Errorf("ticked for them: %v", f["places"])
	}
	anybody.Post(m[1], f).Want(422).Says("Select where we may show it, or say no")
	f["places"] = []string{"inside"}
	anybody.Post(m[1], f).To(m[1])
	anybody.Get(m[1]).Want(200).Says("You agreed", "Take it back").Hides("On the public site")
	guardian.Get("/stories/testimonials").Want(200).Says("Dr Smith listened", "Agreed").Hides("See what they agreed to")
	anybody.Post(m[1]+"/withdraw", nil).To(m[1])
	anybody.Get(m[1]).Want(200).Says("It is shown nowhere")
	guardian.Get("/stories/testimonials").Want(200).Hides("Dr Smith listened")
	lead.Get(one).Want(200).Says("By themselves, 24 November 2026")
	lead.Post(one+"/withdraw", nil).Want(409)
	anybody.Get("/testimonial/nonsense").Want(404)
	lead.Get("/stories/testimonials/" + uuid.NewString()).Want(404)
	for _, a := range []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.OHNurse.As(access.Nurse, access.Clinical)} {
		site.As(a).Get("/stories/testimonials").Want(404)
	}
}
