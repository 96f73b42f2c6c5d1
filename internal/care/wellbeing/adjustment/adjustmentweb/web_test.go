package adjustmentweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/caretest"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/adjustment/adjustmentweb"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx = context.Background()
	now = time.Now().Truncate(time.Second) // row policies know the day of the database
)

func deps(db *postgres.DB) adjustment.Deps {
	return adjustment.Deps{DB: db, Box: caretest.Box(), Now: func() time.Time { return now }}
}

// day answers a date question with a day so many days from today.
func day(f url.Values, name string, days int) url.Values {
	d := locale.Day(now).AddDays(days).UTC()
	f.Set(name+"-day", d.Format("2"))
	f.Set(name+"-month", d.Format("1"))
	f.Set(name+"-year", d.Format("2006"))
	return f
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := adjustment.New(deps(db))
	site := webtest.New(t, now, adjustmentweb.Routes(s), adjustment.Rules)
	nurse, ward, boss, peer := site.As(w.Nurse.As(access.Person, access.Portal)), site.As(w.Ward.As(access.Manager, access.Employer)), site.As(w.Ward.As(access.Manager, access.Portal)), site.As(w.Peer.As(access.Manager, access.Employer))
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "adjustment.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}
	wrong := func(b *webtest.Browser, path string, f url.Values, want ...string) {
		t.Helper()
		if got := plain(b.Post(path, f).Want(422)).Errors(); !slices.Equal(got, want) {
			t.Errorf("%s: errors %q, want %q", path, got, want)
		}
	}
	at, shared := "/adjustments/team/"+w.Nurse.Person.String(), "/my/shared-passports/"+w.Nurse.Person.String()
	const how, why = "Every two hours, outside", "CANARY because of my back"

	// The passport is theirs alone.
	plain(nurse.Get("/my/passport").Want(200)).Says("There is nothing in it yet", "Only you can read it")
	nurse.Get("/my/passport/share").To("/my/passport")
	wrong(nurse, "/my/passport/items/add", url.Values{}, "Select what helps you")
	wrong(nurse, "/my/passport/items/add", url.Values{"code": {"breaks"}, "how": {strings.Repeat("x", 2001)}}, "Shorten this to 2,000 characters or fewer")
	nurse.Post("/my/passport/items/add", url.Values{"code": {"breaks"}, "how": {how}, "why": {why}}).Want(303)
	nurse.Post("/my/passport/items/add", url.Values{"code": {"quiet"}}).Want(303)
	plain(nurse.Get("/my/passport").Want(200)).Says(how, why, "You share nothing of this")
	plain(nurse.Get("/my/passport/items/add").Want(200)).Hides("More or different breaks")
	f := plain(nurse.Get("/my/passport/items/breaks").Want(200)).Says("Only you can read it, until you share it").Form()
	if f.Get("how") != how || f.Get("why") != why {
		t.Errorf("the form begins with %v", f)
	}
	wrong(nurse, "/my/passport/items/breaks", url.Values{"why": {strings.Repeat("x", 2001)}}, "Shorten this to 2,000 characters or fewer")
	nurse.Get("/my/passport/items/parking").Want(404)
	plain(ward.Get("/adjustments").Want(200)).Says("Amara Okafor").Hides("Waits")
	plain(ward.Get(at).Want(200)).Says("They have not asked you for anything here")
	plain(boss.Get("/my/shared-passports").Want(200)).Says("Nobody shares a passport with you")
	boss.Get(shared).Want(404)
	plain(peer.Get("/adjustments").Want(200)).Says("Nobody is on record")
	peer.Get(at).Want(404)

	// Sharing asks; the manager reads how and never why.
	wrong(nurse, "/my/passport/share", url.Values{}, "Select the items to share")
	wrong(nurse, "/my/passport/share", url.Values{"codes": {"parking"}}, "Select the items to share")
	nurse.Post("/my/passport/share", url.Values{"codes": {"breaks"}}).Want(303)
	plain(nurse.Get("/my/passport").Want(200)).Says("Stop sharing", "Asked on")
	plain(nurse.Get("/my/passport/items/breaks").Want(200)).Says("Your manager can read how it should be done")
	plain(boss.Get(shared).Want(200)).Says(how, "Answer what they ask for").Hides("CANARY", "A quiet")
	plain(ward.Get("/adjustments").Want(200)).Says("Waits for your answer")
	p := plain(ward.Get(at).Want(200)).Says("More or different breaks").Hides(how, "CANARY")
	var decide string
	for _, l := range p.Links() {
		if strings.Contains(l, "/asks/") {
			decide = l
		}
	}
	peer.Get(decide).Want(404)
	f = plain(ward.Get(decide).Want(200)).Form()
	wrong(ward, decide, f, "Select what you answer")
	f.Set("answer", "part")
	wrong(ward, decide, f, "Select why in part, or not", "Enter from when", "Enter when you look at it again")
	f.Set("reason", "trial")
	wrong(ward, decide, day(day(f, "from", 1), "review", 0), "The day to look at it again must be after today and after it begins")
	ward.Post(decide, day(f, "review", 30)).Want(303)
	ward.Post(decide, f).Want(409)
	plain(ward.Get(at).Want(200)).Says("Agreed in part on", "To try it out first")
	f = ward.Get(decide).Form()
	if f.Get("answer") != "part" || f.Get("reason") != "trial" {
		t.Errorf("the form begins with %v", f)
	}
	f.Set("answer", "agreed")
	ward.Post(decide, day(day(f, "from", -29), "review", 90)).Want(303)
	plain(nurse.Get("/my/passport").Want(200)).Says("Agreed on", "Agreed in part on", "I no longer need this")
	plain(nurse.Get("/my/passport/print").Want(200)).Says(how, "Agreed on", "Amara Okafor").Hides("CANARY")

	// Did it help?
	if err := db.InTenant(ctx, access.SystemActor(access.Worker, w.Trust, uuid.Nil), func(tx *postgres.Tx) error { return adjustment.Follow(ctx, tx, w.Trust, now) }); err != nil {
		t.Fatal(err)
	}
	var question string
	for _, l := range plain(nurse.Get("/my/passport").Want(200)).Links() {
		if strings.Contains(l, "/helped/") {
			question = l
		}
	}
	plain(nurse.Get(question).Want(200)).Says("You are asked after 4 weeks")
	wrong(nurse, question, url.Values{}, "Select whether it helped", "Select whether your manager may read it")
	nurse.Post(question, url.Values{"answer": {"partly"}, "share": {"no"}}).Want(303)
	ward.Get(at).Want(200).Hides("It helps in part")
	if f := nurse.Get(question).Form(); f.Get("answer") != "partly" || f.Get("share") != "no" {
		t.Errorf("the form begins with %v", f)
	}
	nurse.Post(question, url.Values{"answer": {"partly"}, "share": {"yes"}}).Want(303)
	plain(ward.Get(at).Want(200)).Says("It helps in part")
	site.As(w.Peer.As(access.Person, access.Portal)).Get(question).Want(404)
	for _, bad := range []string{"/my/passport/helped/adjustment/x/4", strings.Replace(question, "/4", "/x", 1), strings.Replace(question, "/4", "/12", 1)} {
		nurse.Get(bad).Want(404)
	}

	// Stopped, ended, taken out.
	nurse.Post("/my/passport/unshare", nil).Want(303)
	boss.Get(shared).Want(404)
	nurse.Post("/my/passport/asks/"+uuid.NewString()+"/end", nil).Want(404)
	nurse.Post("/my/passport/asks/"+decide[strings.LastIndex(decide, "/")+1:]+"/end", nil).Want(303)
	plain(ward.Get(at).Want(200)).Says("Ended on")
	ward.Get(decide).Want(404)
	nurse.Post("/my/passport/items/breaks/remove", nil).Want(303)
	plain(nurse.Get("/my/passport").Want(200)).Says("No longer in your passport", "Agreed in part on").Hides(how, "CANARY")

	// The lead sees numbers, and only the lead.
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))
	plain(lead.Get("/adjustments/uptake").Want(200)).Says("Nothing has been counted yet")
	if err := db.InTenant(ctx, access.SystemActor(access.Worker, w.Trust, uuid.Nil), func(tx *postgres.Tx) error { return adjustment.Count(ctx, tx, w.Trust, now) }); err != nil {
		t.Fatal(err)
	}
	plain(lead.Get("/adjustments/uptake").Want(200)).Says("The organisation", "Medicine, Ward 7", "Too few to show").Hides("Amara")
	ward.Get("/adjustments/uptake").Want(404)
	for _, role := range []access.Actor{w.HR.As(access.HR, access.Employer), w.OHNurse.As(access.Nurse, access.Clinical)} {
		site.As(role).Get("/adjustments").Want(404)
		site.As(role).Get(at).Want(404)
	}
	site.As(w.HR.As(access.HR, access.Growth)).Get("/adjustments/uptake").Want(404)
}

// A self-referral changes nothing on any page that a manager or HR can open.
func TestASelfReferralIsInvisible(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	site := webtest.New(t, now, adjustmentweb.Routes(adjustment.New(deps(db))), adjustment.Rules)
	ward, boss, lead := site.As(w.Ward.As(access.Manager, access.Employer)), site.As(w.Ward.As(access.Manager, access.Portal)), site.As(w.OHLead.As(access.Lead, access.Growth))
	look := func() (out []string) {
		for _, path := range []string{"/adjustments", "/adjustments/team/" + w.Nurse.Person.String()} {
			out = append(out, ward.Get(path).Want(200).Text())
		}
		return append(out, boss.Get("/my/shared-passports").Want(200).Text(), lead.Get("/adjustments/uptake").Want(200).Text())
	}
	before := look()
	caretest.Self(t, db, w.Nurse, "CANARY", now)
	if after := look(); !slices.Equal(before, after) {
		t.Errorf("before %q, after %q", before, after)
	}
}
