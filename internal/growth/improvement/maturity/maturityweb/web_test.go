package maturityweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/improvementtest"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity/maturityweb"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

// upload sends a file with other fields; an empty text sends none.
func upload(t *testing.T, b *webtest.Browser, text string, fields map[string]string) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, v := range fields {
		if err := w.WriteField(name, v); err != nil {
			t.Fatal(err)
		}
	}
	if text != "" {
		part, err := w.CreateFormFile("file", "local.csv")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/plan/maturity/import", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.Send(r)
}

const heading = "code,theme,level1,level2,level3,level4,level5\n"

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	site := webtest.New(t, improvementtest.Now, maturityweb.Routes(maturity.New(maturity.Deps{DB: db})), improvement.Rules)
	lead, guardian, stranger := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth)), site.As(w.Foreign.As(access.Lead, access.Growth))

	guardian.Get("/plan/maturity").Want(200).Says("Rowan's own framework", "0 of 6", "Not a national framework").Hides("/import")
	guardian.Get("/plan/maturity/ours").Want(200).Says("0 of 6 themes have been rated", "Prevention", "Not rated")
	theme := "/plan/maturity/ours/themes/M03"
	guardian.Get(theme).Want(200).Says("Nobody has rated this theme yet", "Work begins when somebody is already off sick").Hides("/rate")
	guardian.Get(theme + "/rate").Want(404)

	form := lead.Get(theme + "/rate").Want(200).Form()
	lead.Post(theme+"/rate", url.Values{"id": form["id"]}).Refuses("Select a level", "Enter the evidence", "Enter the day on which you judged this")
	webtest.Fill(form, "level", "2", "evidence", "Surveillance is up to date")
	lead.Post(theme+"/rate", form).Refuses("Enter the next step")
	webtest.Fill(form, "next_step", "Train managers")
	lead.Post(theme+"/rate", webtest.Fill(form, "on-day", "11")).Refuses("The day must be today or in the past")
	lead.Post(theme+"/rate", webtest.Fill(form, "on-day", "31")).Refuses("Enter a real date, for example 27 3 2026")
	lead.Post(theme+"/rate", webtest.Fill(form, "on-day", "1", "evidence", strings.Repeat("x", 1001))).Refuses("Shorten this to 1,000 characters or fewer")
	webtest.Fill(form, "evidence", "Surveillance is up to date")
	lead.Post(theme+"/rate", form).To(theme)
	lead.Post(theme+"/rate", form).To(theme) // sent twice
	again := webtest.Fill(lead.Get(theme+"/rate").Form(), "level", "4", "evidence", "Champions in each team", "next_step", "Find teams at risk")
	lead.Post(theme+"/rate", again).To(theme)
	guardian.Get("/plan/maturity/ours").Says("1 of 6 themes have been rated", "Level 4, 10 November 2026", "Level 2, 1 November 2026", "2 levels up", "Find teams at risk")
	guardian.Get(theme).Says("Surveillance is up to date", "Champions in each team", w.OHLead.Name)
	stranger.Get(theme).Hides("Surveillance is up to date")

	// A framework of their own.
	lead.Get("/plan/maturity/import").Want(200).Says("one row for each theme")
	good := heading + "=A1,Twice guarded,a,b,c,d,e\nA1,People,a,b,c,d,e\nA1,People again,a,b,c,d,e\nA2,Money,a,b,c,,e\n"
	name := map[string]string{"name": "Regional matrix"}
	for _, c := range []struct {
		text   string
		fields map[string]string
		want   []string
	}{
		{"", nil, []string{"Enter what the framework is called", "Select a file"}},
		{good, nil, []string{"Enter what the framework is called"}},
		{"code,theme\nA,x\n", name, []string{"These columns are missing: level1, level2, level3, level4, level5"}},
		{heading, name, []string{"The file holds no themes"}},
		{heading + "A,People,a,b,c,d,\n", name, []string{"The file has 1 row and it cannot be taken. See line 2."}},
		{heading + strings.Repeat("A,x,a,b,c,d,e\n", 201), name, []string{"The file holds more than 200 themes, or is too large"}},
	} {
		if got := upload(t, lead, c.text, c.fields).Want(422).Errors(); !slices.Equal(got, c.want) {
			t.Errorf("%.40q: %q, want %q", c.text, got, c.want)
		}
	}
	upload(t, lead, good, map[string]string{"name": "Regional matrix", "check": "yes"}).Want(200).Says("1 of 4 themes would be taken, 3 would not", "People", "the code is there twice")
	guardian.Get("/plan/maturity").Hides("Regional matrix")
	taken := upload(t, lead, good, name).To("/plan/maturity/")
	if again := upload(t, lead, good, map[string]string{"name": "Another name"}).To("/plan/maturity/"); again != taken {
		t.Errorf("the same file again gives %s and %s", taken, again)
	}
	guardian.Get(taken).Want(200).Says("Regional matrix", "local.csv", "People", "the code is there twice", "there is nothing in this column")
	if csv := guardian.Get(taken + "/rejects.csv").Want(200).Body; strings.Count(csv, "\n") != 4 || strings.Contains(csv, "Money") {
		t.Errorf("rejects %q", csv)
	}
	local := webtest.Fill(lead.Get(taken+"/themes/A1/rate").Want(200).Form(), "level", "5", "evidence", "Everything")
	lead.Post(taken+"/themes/A1/rate", local).To(taken + "/themes/A1")
	stranger.Get(taken).Want(404)
	stranger.Post(taken+"/themes/A1/rate", local).Want(404)
	lead.Get(taken + "/themes/M03").Want(404)
}
