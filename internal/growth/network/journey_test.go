package network_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing/sharingweb"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system/systemweb"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// TestJourney goes from a measure that the lead asks to share, over the executive who agrees, to the pages of the ICS, where files of
// other installations make up the funnel; and back to the organisation, which sees itself in it.
func TestJourney(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	db := world.Open(t)
	w := world.New(t, db)
	signer := func() (seal.Secret, *release.Signer) {
		keys, err := seal.Open(t.TempDir(), release.SigningKey)
		if err != nil {
			t.Fatal(err)
		}
		s, err := release.NewSigner(keys.Other(release.SigningKey.Name))
		if err != nil {
			t.Fatal(err)
		}
		return keys.Other(release.SigningKey.Name), s
	}
	key, _ := signer()
	_, other := signer()
	s, err := sharing.New(sharing.Deps{DB: db, Key: key, Figures: func(_ context.Context, _ access.Actor, _ time.Time, m release.Metric, months []civil.Date) (out []release.Figure, err error) {
		month := months[len(months)-1]
		switch m.Kind {
		case release.Share:
			part, whole := disclosure.Split(12, 131, m.Topic())
			return []release.Figure{release.OfPeople(m.ID, m.ID+", version 1", month, part, whole)}, nil
		case release.Scores:
			n := 64
			return []release.Figure{{Metric: m.ID, Item: "E1", Month: month, Definition: "framework, version 1", State: release.Known, Score: &n}}, nil
		}
		return []release.Figure{release.OfThings(m.ID, m.ID+", version 1", month, 3, 7)}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	sys, err := system.New(db, content.FS)
	if err != nil {
		t.Fatal(err)
	}
	var ics organisation.Member
	if err := db.InTenant(ctx, access.SystemActor(access.Growth, w.Trust, uuid.Nil), func(tx *postgres.Tx) (err error) {
		ics, _, err = organisation.SystemOf(ctx, tx, w.Trust, now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, now, append(sharingweb.Routes(s, sys), systemweb.Routes(sys)...), sharing.Rules, system.Rules)
	lead, executive := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Executive.As(access.Executive, access.Growth))
	ward := site.As(access.Actor{Account: uuid.New(), Name: "Mary Ives", Organisation: ics.ID, Role: access.SystemLead, Wall: access.Growth})

	ward.Get("/system").Want(200).Says("Nothing has been shared yet", "0 of 2")
	for _, path := range []string{"/system/metrics/K10", "/system/levels", "/system/plans", "/system/releases"} {
		ward.Get(path).Want(200).Says("Nothing has been shared yet")
		lead.Get(path).Want(404)
	}
	ward.Get("/sharing").Want(404)
	lead.Get("/sharing").Want(200).Says("Not shared", "The name of your organisation", s.Fingerprint()).Hides("See what would leave now", "Stop sharing everything")
	executive.Get("/sharing").Want(200).Hides("Ask to share")
	lead.Get("/sharing/items/K99/ask").Want(404)
	lead.Post("/sharing/items/K10/ask", url.Values{"from": {""}}).Want(422).Says("Select a month")
	for _, item := range []string{"K10", "K01", "elements", "gaps", "plan"} {
		lead.Post("/sharing/items/"+item+"/ask", url.Values{"from": {"2026-10-01"}}).To("/sharing")
	}
	lead.Get("/sharing").Want(200).Says("An executive has to agree", "Take back what you asked for").Hides("Agree to share", "Stop sharing: ")
	for range 5 {
		page := executive.Get("/sharing").Want(200)
		at := strings.Index(page.Body, "/agree\"")
		executive.Post(page.Body[strings.LastIndex(page.Body[:at], "\"")+1:at]+"/agree", nil).To("/sharing")
	}
	page := lead.Get("/sharing/preview").Want(200).Says("This is exactly what leaves", "7.7% (10 of 130)", "3 of 7", "64%", "K10, version 1")
	lead.Post("/sharing/release", url.Values{"seen": {"stale"}}).Want(409)
	one := lead.Post("/sharing/release", page.Form()).To("/sharing/releases/")
	lead.Get(one).Want(200).Says("7.7% (10 of 130)", "Anne Shaw")
	if file := lead.Get(one + "/file").Want(200).Body; !strings.Contains(file, "application/vnd.rowan.release+json") {
		t.Error(file)
	}
	lead.Get(one + "/table").Want(200).Says("K10,,2026-10-01")
	lead.Get("/sharing/preview").Want(200).Says("There is nothing to release")
	lead.Post("/sharing/release", page.Form()).Want(409)

	// The ICS has it; from one organisation there is no comparison.
	ward.Get("/system").Want(200).Says("1 of 2", "October 2026", "K10, version 1").Hides("Wyre Valley Staff Health")
	ward.Get("/system/metrics/K10").Want(200).Says("1 of 2 organisations", "There is no comparison yet")
	ward.Get("/system/metrics/K10?month=2026-13").Want(404)
	ward.Get("/system/metrics/K10?span=x").Want(404)
	ward.Get("/system/metrics/K99").Want(404)
	ward.Get("/system/levels").Want(200).Says("7.7% (10 of 130). K10, version 1. October 2026", "Not shared")
	ward.Get("/system/plans").Want(200).Says("Plans: 3 of 7 actions are done, in 1 of 2 organisations. Definition: plan, version 1.", "E1", "64%")
	ward.Get("/system/export").Want(200).Says("K10,,2026-10-01")

	// Files of two others.
	upload := func(file []byte) *webtest.Page {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		if file != nil {
			part, err := m.CreateFormFile("file", "release.json")
			if err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write(file)
		}
		_ = m.Close()
		r := httptest.NewRequest(http.MethodPost, "/system/take", &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
		return ward.Send(r)
	}
	of := func(code string, part, whole int) []byte {
		month := civil.MustParse("2026-10-01")
		file, err := other.Sign(release.Release{Format: release.Format, Version: release.Version, ID: uuid.New(), MadeAt: now, AsAt: civil.MustParse("2026-10-31"), System: release.SystemCode(ics.ID, ics.ODS), Code: code, Name: "Moor Edge",
			Figures: []release.Figure{{Metric: "K10", Month: month, Definition: "K10, version 1", State: release.Known, Part: &part, Whole: &whole}}})
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	ward.Get("/system/take").Want(200)
	upload(nil).Want(422).Says("Select a file")
	upload([]byte("hello")).Want(422).Says("This is not the signed file of a release")
	upload(of("BBBBBB", 20, 200)).Want(422).Says("The key of this file is not on your list")
	ward.Post("/system/keys/add", url.Values{}).Want(422).Says("Enter whose key it is", "Enter the 64 letters and numbers")
	ward.Post("/system/keys/add", url.Values{"name": {"Moor Edge"}, "fingerprint": {other.Fingerprint()}}).To("/system/releases")
	upload(bytes.Replace(of("BBBBBB", 20, 200), []byte(`"sig": "`), []byte(`"sig": "AAAA`), 1)).Want(422)
	upload(of("BBBBBB", 20, 200)).To("/system/releases")
	upload(of("CCCCCC", 40, 300)).To("/system/releases")
	ward.Get("/system/releases").Want(200).Says("Moor Edge", "By file", "From this installation")
	ward.Get("/system/metrics/K10?month=2026-10&span=1").Want(200).Says("3 organisations. All together: 11.1%", "3 of 3 organisations").Hides("(yours)")
	lead.Get("/sharing/compare/K10?month=2026-10&span=1").Want(200).Says("3 organisations. All together: 11.1%", "(yours)")
	lead.Get("/sharing/compare/K18").Want(404)
	lead.Get("/sharing/compare/K10?span=x").Want(404)
	ward.Post("/system/keys/"+other.Fingerprint()+"/close", nil).To("/system/releases")
	ward.Post("/system/keys/"+other.Fingerprint()+"/close", nil).Want(404)

	// All ended: nothing is compared any more.
	executive.Post("/sharing/end", nil).To("/sharing")
	lead.Get("/sharing/compare/K10").Want(404)
	lead.Get("/sharing").Want(200).Says("What left before stays where it is")
	ward.Get("/system/metrics/K10?month=2026-10&span=1").Want(200).Says("3 organisations")
	for _, a := range []access.Actor{w.HR.As(access.HR, access.Growth), w.OHNurse.As(access.Nurse, access.Growth)} {
		site.As(a).Get("/sharing").Want(404)
		site.As(a).Get("/system").Want(404)
	}
}
