package joiningweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/organisation/client"
	"github.com/rowan-ohwb/rowan/internal/person/joining"
	"github.com/rowan-ohwb/rowan/internal/person/joining/joiningweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var now = time.Now().Truncate(time.Second) // row policies know the day of the database

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	accounts := account.New(account.Deps{DB: db, Now: func() time.Time { return now }})
	clients, s := client.NewService(db, accounts), joining.New(joining.Deps{DB: db, Login: accounts.Login, Tie: accounts.TieOwn})
	n := client.New{ID: uuid.New(), Kind: organisation.Practice, Name: "Fell View Surgery", Given: "Jo", Family: "Bates", Email: uuid.NewString() + "@practice.example",
		Terms: client.Terms{Model: "hosted", Integration: "separate", Services: []string{"timely"}, From: locale.Day(now)}}
	if bad, err := clients.Add(t.Context(), w.OHLead.As(access.Lead, access.Hall), now, n); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	site := webtest.New(t, now, joiningweb.Routes(s, "https://rowan.example"), joining.Rules)
	boss := access.Actor{Account: uuid.NewSHA1(n.ID, []byte("first")), Name: "Jo Bates", Organisation: n.ID, Service: w.Service, Role: access.HR, Wall: access.Employer}
	plain := func(p *webtest.Page) *webtest.Page {
		t.Helper()
		if strings.Contains(p.Text(), "joining.") {
			t.Errorf("a key without words: %s", p.Text())
		}
		return p
	}
	born := func(pairs ...string) url.Values {
		f := url.Values{"born-day": {"3"}, "born-month": {"4"}, "born-year": {"1990"}}
		for i := 0; i < len(pairs); i += 2 {
			f.Set(pairs[i], pairs[i+1])
		}
		return f
	}

	plain(site.As(boss).Get("/onboard").Want(200)).Says("Fell View Surgery", "Start with yourself")
	if got := plain(site.As(boss).Post("/onboard/me", url.Values{"given": {"Jo"}, "family": {"Bates"}, "job": {"manager"}}).Want(422)).Errors(); !slices.Equal(got, []string{"Enter a date of birth"}) {
		t.Errorf("without a date: %q", got)
	}
	site.As(boss).Post("/onboard/me", born("given", "Jo", "family", "Bates", "job", "manager")).To("/onboard")
	me, err := s.Me(t.Context(), boss)
	if err != nil {
		t.Fatal(err)
	}
	boss.Person = me.ID
	page := plain(site.As(boss).Get("/onboard").Want(200).Says("On the list: 1 person", "https://rowan.example/onboard/join/"))
	link := ""
	for _, l := range page.Links() {
		if strings.HasPrefix(l, "/onboard/join/") {
			link = l
		}
	}

	anybody := site.Anonymous()
	plain(anybody.Get(link).Want(200)).Says("Join the staff list of Fell View Surgery").Hides("Jo Bates")
	if got := plain(anybody.Post(link, url.Values{"id": {uuid.NewString()}}).Want(422)).Errors(); len(got) != 5 {
		t.Errorf("an empty form: %q", got)
	}
	for _, family := range []string{"Cole", "Dunn"} {
		anybody.Post(link, born("id", uuid.NewString(), "given", "Ali", "family", family, "email", family+"@practice.example", "job", "reception")).To("/onboard/joined")
	}
	plain(anybody.Get("/onboard/joined").Want(200)).Says("Your manager confirms it now")
	anybody.Get("/onboard/join/" + uuid.NewString()).Want(404)

	all, err := s.List(t.Context(), boss, now)
	if err != nil || len(all.Waiting) != 2 {
		t.Fatalf("%+v, %v", all.Waiting, err)
	}
	plain(site.As(boss).Get("/onboard").Want(200)).Says("Waiting for you", "Confirm Ali Cole", "Used 2 times")
	site.As(boss).Post("/onboard/waiting/"+all.Waiting[0].ID.String()+"/confirm", url.Values{}).To("/onboard")
	site.As(boss).Post("/onboard/waiting/"+all.Waiting[1].ID.String()+"/remove", url.Values{}).To("/onboard")
	plain(site.As(boss).Get("/onboard").Want(200)).Says("On the list: 2 people", "Receptionist").Hides("Waiting for you")
	site.As(boss).Post("/onboard/links/"+all.Links[0].ID.String()+"/close", url.Values{}).To("/onboard")
	anybody.Get(link).Want(404)
	site.As(boss).Post("/onboard/links", url.Values{"id": {uuid.NewString()}}).To("/onboard")

	plain(site.As(w.HR.As(access.HR, access.Employer)).Get("/onboard").Want(200)).Says("Your staff list comes from your HR system").Hides("Ali Cole")
	site.As(w.Ward.As(access.Manager, access.Employer)).Get("/onboard").Want(404)
}
