package referral_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Back on a page that shows what was typed before it is sent is a button of the form that carries it: nothing is lost,
// and nothing stands in an address.
func TestBackFromThePreviewKeepsWhatWasTyped(t *testing.T) {
	b := newBench(t)
	me := b.site().As(b.w.Nurse.As(access.Person, access.Portal))
	for path, typed := range map[string]url.Values{
		"/my/refer": {"reason": {"STR"}, "text": {"canary-typed"}, "contact": {"text"}},
		"/my/referrals/" + b.sent().String() + "/comment": {"to": {"oh"}, "text": {"canary-typed"}},
	} {
		check := me.Post(path, typed).Want(200)
		if !strings.Contains(check.Body, `form="preview"`) || strings.Count(check.Body, `id="preview"`) != 1 {
			t.Errorf("%s: Back is no button of the form", path)
		}
		for _, l := range check.Links() {
			if strings.Contains(l, "canary") || l == path {
				t.Errorf("%s links to %s", path, l)
			}
		}
		again := check.Form()
		again.Set("step", "change") // as Back posts it
		form := me.Post(path, again).Want(200).Form()
		for name := range typed {
			if form.Get(name) != typed.Get(name) {
				t.Errorf("%s: %s is %q", path, name, form.Get(name))
			}
		}
		if form.Get("id") != check.Form().Get("id") {
			t.Errorf("%s: another id, so that a second press would send twice", path)
		}
	}
}

// Whoever asks for a text message and has given no number reads where messages go instead.
func TestSelfReferralSaysWhereMessagesGo(t *testing.T) {
	b := newBench(t)
	me := b.site().As(b.w.Nurse.As(access.Person, access.Portal))
	reach := func(kind any) {
		b.must(b.db.InTenant(context.Background(), access.SystemActor(access.Employer, b.w.Trust, b.w.Service), func(tx *postgres.Tx) error {
			_, err := tx.Exec(context.Background(), `update person set safe_contact_kind = $2, safe_contact = 'there', safe_contact_verified_at = now() where id = $1`, b.w.Nurse.Person, kind)
			return err
		}))
	}
	typed := url.Values{"reason": {"STR"}, "text": {"I sleep badly."}, "contact": {"text"}}
	reach("mobile")
	me.Post("/my/refer", typed).Want(200).Hides("You have not given us")
	reach("email")
	check := me.Post("/my/refer", typed).Want(200).Says("You have not given us a mobile number", "messages go to the email address you gave us", "You can send this first")
	reach(nil)
	me.Post("/my/refer", typed).Want(200).Says("messages go to your work email")
	send := check.Form()
	send.Set("step", "send")
	sent := me.Post("/my/refer", send).To("/my/refer/")
	me.Get(sent).Want(200).Says("messages go to your work email", "How we reach you")
	reach("mobile")
	me.Get(sent).Want(200).Hides("How we reach you")
}
