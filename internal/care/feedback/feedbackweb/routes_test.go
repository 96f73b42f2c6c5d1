package feedbackweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/feedback"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/feedbackweb"
	"github.com/rowan-ohwb/rowan/internal/care/feedback/invite"
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

	lead := site.As(w.OHLead.As(access.Lead, access.Clinical))
	page := lead.Get("/service/feedback").Want(200).Says("1 person answered", "Kind and quick", "Fewer than 10 answers", "Not read yet")
	one := page.Link(`/service/feedback/.+`)
	lead.Get(one).Want(200).Says("Kind and quick", "They did not agree to be quoted")
	if bad := lead.Post(one, url.Values{"version": {"0"}}).Want(422); len(bad.Errors()) != 2 {
		t.Errorf("errors %q", bad.Errors())
	}
	lead.Post(one, url.Values{"version": {"0"}, "tone": {"well"}, "themes": {"respect", "waiting"}}).Want(303)
	lead.Post(one, url.Values{"version": {"0"}, "tone": {"well"}, "themes": {"respect"}}).Want(409)
	lead.Get(one).Want(200).Says("How people were treated, How long it took (Something went well)", "Anne Shaw")
	lead.Get("/service/feedback").Want(200).Says("How people were treated, How long it took (Something went well)")
	lead.Post(one+"/quote", url.Values{"id": {uuid.NewString()}, "words": {"Kind and quick"}}).Want(409)
	lead.Get("/service/feedback/" + uuid.NewString()).Want(404)
	site.As(w.OHAdmin.As(access.OHAdmin, access.Clinical)).Get(one).Want(404)
	lead.Post(one, url.Values{"version": {"1"}, "aside": {"yes"}}).Want(303)
	lead.Get("/service/feedback").Want(200).Says("Set aside").Hides("Kind and quick")

	full.Set("quotable", "yes")
	full.Set("comment", "They listened")
	manager, err := keys.MintLink(seal.Link{ID: uuid.New(), Purpose: invite.ManagerLink, Organisation: w.Trust, Service: w.Service, Expires: now.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	anyone.Get("/feedback/"+manager).Want(200).Says("as a manager", "Could you act on the advice?").Hides("999")
	anyone.Post("/feedback/"+manager, url.Values{"communication": {"5"}}).Want(422).Says("Could you act on the advice?")
	anyone.Post("/feedback/"+manager, full).Want(200)
	page = lead.Get("/service/feedback").Want(200).Says("Managers who referred", "They listened")
	first := one
	one = page.Links()[slices.IndexFunc(page.Links(), func(href string) bool { return strings.HasPrefix(href, "/service/feedback/") && href != first })]
	lead.Post(one, url.Values{"version": {"0"}, "tone": {"well"}, "themes": {"respect"}}).Want(303)
	f := lead.Get(one + "/quote").Want(200).Form()
	f.Set("words", "They did not listen")
	if bad := lead.Post(one+"/quote", f).Want(422); bad.Form().Get("words") != "They did not listen" {
		t.Errorf("kept %q", bad.Form().Get("words"))
	}
	f.Set("words", "They listened")
	lead.Post(one+"/quote", f).Want(303)
	lead.Get(one).Want(200).Says("Anne Shaw released this quote")
	lead.Post(one+"/withdraw", nil).Want(303)
	lead.Post(one+"/withdraw", nil).Want(404)
	site.As(w.ForeignOHNurse.As(access.Nurse, access.Clinical)).Get("/service/feedback").Want(200).Hides("Kind and quick")
	for _, a := range []access.Actor{w.Ward.As(access.Manager, access.Employer), w.HR.As(access.HR, access.Employer), w.Nurse.As(access.Person, access.Portal), w.OHAdmin.As(access.OHAdmin, access.Clinical)} {
		site.As(a).Get("/service/feedback").Want(404).Hides("Kind and quick")
	}
}
