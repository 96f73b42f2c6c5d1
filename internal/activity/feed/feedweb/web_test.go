package feedweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed"
	"github.com/rowan-ohwb/rowan/internal/activity/feed/feedweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func upload(t *testing.T, path, content string, fields ...string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", "opas.csv")
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	for i := 0; err == nil && i < len(fields); i += 2 {
		err = m.WriteField(fields[i], fields[i+1])
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := feed.New(feed.Deps{DB: db, Ledger: activity.Ledger{Keys: keys}})
	site := webtest.New(t, time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC), feedweb.Routes(s), feed.Rules)
	lead := site.As(w.OHLead.As(access.Lead, access.Clinical))
	const adding = "/data/activity/mappings/add"

	lead.Get("/data/activity").Want(200).Says("First make a mapping")
	lead.Get(adding).Want(200).Says("Read the columns")
	if e := lead.Post(adding, nil).Want(422).Errors(); !slices.Equal(e, []string{"Select a file"}) {
		t.Errorf("errors %q", e)
	}
	lead.Send(upload(t, adding, "")).Want(422).Says("The file is empty")
	const file = "Event,Date,Employee number,Case\nIn,02/03/2026,S1,C1\nSeen,09/03/2026,S1,C1\nTea,09/03/2026,S1,C1\n"
	page := lead.Send(upload(t, adding, file)).Want(200).Says("What happened", "kind: Tea =")
	f := page.Form()
	if f.Get("column-kind") != "Event" || f.Get("column-time") != "Date" || f.Get("column-person") != "Employee number" {
		t.Errorf("proposed %v", f)
	}
	for name, c := range map[string]struct {
		change func(url.Values)
		says   string
	}{
		"no name":     {func(f url.Values) { f.Set("name", "") }, "Enter a name"},
		"no kind":     {func(f url.Values) { f.Set("column-kind", "") }, "Choose the column for: kind"},
		"no line":     {func(f url.Values) { f.Set("values", "what") }, "Line 1 cannot be read"},
		"no code":     {func(f url.Values) { f.Set("values", "kind: In = tea.made") }, "This is not one of our codes"},
		"a long name": {func(f url.Values) { f.Set("name", strings.Repeat("x", 81)) }, "80"},
	} {
		t.Run(name, func(t *testing.T) {
			g := url.Values{}
			for k, v := range f {
				g[k] = slices.Clone(v)
			}
			g.Set("name", "OPAS")
			c.change(g)
			lead.Post("/data/activity/mappings/save", g).Want(422).Says(c.says)
		})
	}
	f.Set("name", "OPAS")
	f.Set("values", "source = management\nkind: In = referral.submitted reason=LTS\nkind: Seen = appointment.attended\nkind: Tea = ")
	lead.Post("/data/activity/mappings/save", f).To("/data/activity")
	home := lead.Get("/data/activity").Want(200).Says("OPAS", "Take in the file")
	for _, link := range home.Links() {
		if strings.HasPrefix(link, "/data/activity/mappings/") && link != adding {
			lead.Get(link).Want(200).Says("kind: Seen = appointment.attended")
		}
	}

	if e := lead.Post("/data/activity", nil).Want(422).Errors(); !slices.Equal(e, []string{"Select a file", "Select a mapping"}) {
		t.Errorf("errors %q", e)
	}
	lead.Send(upload(t, "/data/activity", "a,b\n", "mapping", "OPAS")).Want(422).Says("These columns are missing")
	lead.Send(upload(t, "/data/activity", "Event,Date,Employee number,Case\n", "mapping", "OPAS")).Want(422).Says("The file has no rows")
	lead.Send(upload(t, "/data/activity", file, "mapping", "OPAS", "check", "yes")).Want(200).Says("Nothing was changed", "Events by month", "March 2026", "Events by kind", "referral.submitted", "Waits that this file gives by itself", "Referral to first attended appointment 1", "Referral to triage 0").Hides("waits cannot be measured")
	to := lead.Send(upload(t, "/data/activity", file, "mapping", "OPAS")).To("/data/activity/imports/")
	done := lead.Get(to).Want(200).Says("opas.csv", "OPAS", "the mapping does not say what this event is").Hides("Tea")
	if strings.Contains(done.Text(), "feed.") {
		t.Errorf("a key without words: %s", done.Text())
	}
	if csv := lead.Get(to + "/rejects.csv").Want(200); csv.Body != "Line,Column,Why it was not taken\n4,kind,the mapping does not say what this event is\n" {
		t.Errorf("rejects %q", csv.Body)
	}
	if again := lead.Send(upload(t, "/data/activity", file, "mapping", "OPAS")).To("/data/activity/imports/"); again != to {
		t.Errorf("the same file again leads to %s", again)
	}

	// A file that does not say which case an event belongs to is counted, and the pages say what it cannot give.
	const untied = "waits cannot be measured: nothing ties"
	lead.Get(adding).Want(200)
	f.Set("name", "Untied")
	f.Del("column-case")
	lead.Post("/data/activity/mappings/save", f).To("/data/activity")
	lead.Get("/data/activity").Says("Untied (no column for the case: waits cannot be measured)").Hides("OPAS (no")
	for _, link := range home.Links() {
		if strings.HasPrefix(link, "/data/activity/mappings/") && link != adding {
			lead.Get(link).Hides(untied)
		}
	}
	lead.Send(upload(t, adding, "Event,Date,Employee number\nIn,02/03/2026,S1\n")).Want(200).Says(untied)
	lead.Send(upload(t, "/data/activity", file, "mapping", "Untied", "check", "yes")).Want(200).Says("Nothing was changed", untied).Hides("Waits that this file gives")
	lead.Get(lead.Send(upload(t, "/data/activity", file, "mapping", "Untied")).To("/data/activity/imports/")).Want(200).Says("referral.submitted", untied)

	for _, a := range []access.Actor{w.OHNurse.As(access.Nurse, access.Clinical), w.Guardian.As(access.Guardian, access.Growth), w.HR.As(access.HR, access.Employer)} {
		site.As(a).Get("/data/activity").Want(404)
		site.As(a).Send(upload(t, "/data/activity", file, "mapping", "OPAS")).Want(404)
	}
	site.As(w.Foreign.As(access.Lead, access.Clinical)).Get(to).Want(404)
}
