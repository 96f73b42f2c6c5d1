package feedbackweb_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/feedbackweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestFeedbackPages(t *testing.T) {
	db := world.Open(t)
	w, now := world.New(t, db), time.Now()
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, now, feedbackweb.Routes(feedback.New(feedback.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}, Links: keys})), feedback.Rules)
	mint := func(expires time.Time) string {
		token, err := keys.MintLink(seal.Link{ID: uuid.New(), Purpose: feedback.Purpose, Organisation: w.Trust, Service: w.Service, Expires: expires})
		if err != nil {
			t.Fatal(err)
		}
		return "/feedback/" + token
	}
	path, anyone := mint(now.Add(time.Hour)), site.Anonymous()
	anyone.Get(path).Want(200).Says("How was occupational health for you?", "Your manager never sees them")
	bad := anyone.Post(path, url.Values{"communication": {"5"}, "comment": {"Kind"}}).Want(422)
	if len(bad.Errors()) != 2 || bad.Form().Get("comment") != "Kind" {
		t.Errorf("errors %q, kept %q", bad.Errors(), bad.Form().Get("comment"))
	}
	full := url.Values{"communication": {"5"}, "specific": {"4"}, "mattered": {"5"}, "comment": {"Kind and quick"}}
	anyone.Post(path, full).Want(200).Says("Thank you")
	anyone.Post(path, full).Want(410).Says("You have already answered")
	anyone.Get(path).Want(410).Says("You have already answered")
	anyone.Get(mint(now.Add(-time.Hour))).Want(410).Says("This link is too old")
	anyone.Get("/feedback/nothing").Want(404).Says("We do not know this link")

	site.As(w.OHLead.As(access.Lead, access.Clinical)).Get("/service/feedback").Want(200).Says("1 person answered", "Kind and quick", "Fewer than 10 answers")
	site.As(w.ForeignOHNurse.As(access.Nurse, access.Clinical)).Get("/service/feedback").Want(200).Hides("Kind and quick")
	for _, a := range []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.Nurse.As(access.Person, access.Portal), w.OHAdmin.As(access.OHAdmin, access.Clinical)} {
		site.As(a).Get("/service/feedback").Want(404).Hides("Kind and quick")
	}
}
