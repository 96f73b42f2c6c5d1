package absenceweb_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/absenceweb"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func upload(t *testing.T, name string, content []byte) *http.Request {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/absence/import", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// TestTermsOutside: thirteen episodes, one of them long. The service sees its days; HR reads that they are too few.
func TestTermsOutside(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	site := webtest.New(t, growthtest.Now, absenceweb.Routes(absence.New(absence.Deps{DB: db})), absence.Rules)
	file := "Employee,Last Name,Assignment Number,Primary Assignment,FTE,Absence Reason,Absence Type,Staff Group,Absence Start Date,Absence End Date,Calendar Days Lost,FTE Days Lost\n"
	month := growthtest.Now.AddDate(0, -2, 1-growthtest.Now.Day())
	row := func(n, days int) string {
		return fmt.Sprintf("%d,X,%d,Yes,1,S13 Cold Cough Flu - Influenza,Sickness,Nursing and Midwifery Registered,%s 00:00,%s 00:00,%d,%d\n",
			n, n, month.Format("02/01/2006"), month.AddDate(0, 0, days-1).Format("02/01/2006"), days, days)
	}
	for n := range 12 {
		file += row(n, 2)
	}
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))
	lead.Send(upload(t, "esr.csv", []byte(file+row(12, 28)))).To("/absence/imports/")
	const few = "The days of long and short term absence come from too few episodes to show"
	lead.Get("/absence?scope=own").Want(200).Says("Days lost in long-term absence").Hides(few)
	site.As(w.HR.As(access.HR, access.Growth)).Get("/absence?scope=own").Want(200).Says(few, "Episodes that began").Hides("Days lost in long-term absence")
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	growthtest.History(t, db, w)
	site := webtest.New(t, growthtest.Now, absenceweb.Routes(absence.New(absence.Deps{DB: db})), absence.Rules)
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))

	lead.Get("/absence").Want(200).Says("No absence file has been taken in yet")
	lead.Get("/absence/waits").Want(200).Says("Wait to be seen, median", "do not show that one causes the other")

	lead.Get("/absence/import").Want(200).Says("Take in an absence file")
	if e := lead.Post("/absence/import", nil).Want(422).Errors(); !slices.Equal(e, []string{"Select a file"}) {
		t.Errorf("errors %q", e)
	}
	lead.Send(upload(t, "x.csv", []byte("a,b\n1,2\n"))).Want(422).Says("not the heading of an absence file that we know")

	file, err := os.ReadFile("../absencefile/testdata/nhs-england-absence-reasons-2024-03-to-2025-02.csv")
	if err != nil {
		t.Fatal(err)
	}
	file = append(file, []byte("28/02/2025,All staff groups,S97 =cmd,1\n")...)
	to := lead.Send(upload(t, "reasons.csv", file)).To("/absence/imports/")
	done := lead.Get(to).Want(200).Says("NHS England reasons", "301", "the reason is not in the list of ESR reasons", "March 2024 to February 2025").Hides("=cmd")
	if !slices.Contains(done.Links(), to+"/rejects.csv") {
		t.Error("no list of rejects to download")
	}
	csv := lead.Get(to + "/rejects.csv").Want(200)
	if want := "Line,Column,Reason\n302,REASON,the reason is not in the list of ESR reasons\n"; csv.Body != want {
		t.Errorf("rejects %q", csv.Body)
	}
	if again := lead.Send(upload(t, "reasons.csv", file)).To("/absence/imports/"); again != to {
		t.Errorf("the same file again leads to %s", again)
	}

	page := lead.Get("/absence").Want(200).Says("England", "Anxiety/stress/depression/other psychiatric illnesses", "It is not a diagnosis", "Open Government Licence")
	for _, link := range page.Links() {
		if strings.HasPrefix(link, "/absence/reasons/") {
			lead.Get(link).Want(200).Says("Show the data as a table")
		}
	}
	for _, path := range []string{"/absence", "/absence/waits", "/absence/import", to} {
		if text := lead.Get(path).Text(); strings.Contains(text, "absence.") {
			t.Errorf("%s: a key without words: %s", path, text)
		}
	}
	lead.Get("/absence/reasons/S97").Want(404)
	lead.Get("/absence/groups/Nobody").Want(404)
	lead.Get("/absence/imports/0199a0b2-0000-7000-8000-000000000000").Want(404)

	hr := site.As(w.HR.As(access.HR, access.Growth))
	hr.Get("/absence").Want(200).Hides("/absence/import")
	hr.Get("/absence/import").Want(404)
	hr.Send(upload(t, "reasons.csv", file)).Want(404)
	hr.Get(to).Want(404)
	site.As(w.Ward.As(access.Manager, access.Growth)).Get("/absence").Want(404)
	site.As(w.Foreign.As(access.Lead, access.Growth)).Get("/absence").Want(200).Says("No absence file")
}

// TestClients: the lead of a service sees the absence of each organisation it serves, and of no other.
func TestClients(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	s := absence.New(absence.Deps{DB: db})
	site := webtest.New(t, growthtest.Now, absenceweb.Routes(s), absence.Rules)
	lead := w.OHLead.As(access.Lead, access.Growth)
	for organisation, service := range map[uuid.UUID]uuid.UUID{w.Trust: w.Service, w.Community: w.Service, w.Other: w.OtherService} {
		report := "Employee,Assignment Number,Primary Assignment,FTE,Absence Reason,Absence Type,Staff Group,Absence Start Date,Absence End Date,Calendar Days Lost,FTE Days Lost\n" +
			"1,1,Yes,1.00,S13 Cold Cough Flu - Influenza,Sickness,Estates and Ancillary,01/09/2026,07/09/2026,7,7.00\n" +
			"2,2,Yes,1.00,S13 Cold Cough Flu - Influenza,Sickness,Estates and Ancillary,01/10/2026,07/10/2026,7,7.00\n"
		if _, err := s.Import(context.Background(), access.SystemActor(access.Growth, organisation, service), growthtest.Now, "esr.csv", strings.NewReader(report)); err != nil {
			t.Fatal(err)
		}
	}
	of := func(id uuid.UUID) string { return "/absence?of=" + id.String() }
	page := site.As(lead).Get(of(w.Community)).Want(200).Says("Wyre Community Health", "Wyre Valley Hospitals", "Mill Lane Surgery").Hides("Harrow Fell", "No absence file")
	for _, link := range page.Links() {
		if strings.HasPrefix(link, "/absence/reasons/") && !strings.Contains(link, w.Community.String()) {
			t.Errorf("%s leads to another organisation", link)
		}
	}
	site.As(lead).Get(of(w.Practice)).Want(200).Says("No absence file has been taken in yet")
	site.As(lead).Get("/absence/waits?of=" + w.Community.String()).Want(200).Says("Wyre Community Health")
	site.As(lead).Get(of(w.Other)).Want(404)
	site.As(lead).Get("/absence?of=1").Want(404)
	hr := site.As(w.HR.As(access.HR, access.Growth))
	hr.Get("/absence").Want(200).Hides("Wyre Community Health", "No absence file")
	hr.Get(of(w.Community)).Want(404)

	// The wall is the database's: whatever an actor claims to be of, rows of no contract are not there.
	for name, x := range map[string]struct {
		organisation, service uuid.UUID
		want                  int
	}{
		"the service":                  {w.Trust, w.Service, 2},
		"another's organisation named": {w.Other, w.Service, 2},
		"an organisation alone":        {w.Community, uuid.Nil, 1},
		"another service":              {w.Trust, w.OtherService, 1},
	} {
		a := lead
		a.Organisation, a.Service = x.organisation, x.service
		var n int
		err := db.InTenant(context.Background(), a, func(tx *postgres.Tx) error {
			return tx.QueryRow(context.Background(), `select count(distinct organisation_id) from absence_rate where organisation_id = any ($1)`,
				[]uuid.UUID{w.Trust, w.Community, w.Other}).Scan(&n)
		})
		if err != nil || n != x.want {
			t.Errorf("%s: %d organisations, want %d (%v)", name, n, x.want, err)
		}
	}
}
