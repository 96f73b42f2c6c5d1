package seriesweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
	"github.com/rowan-ohwb/rowan/internal/growth/series/seriesweb"
	"github.com/rowan-ohwb/rowan/internal/growth/series/survey"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func upload(t *testing.T, name, content string, check bool) *http.Request {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil && check {
		err = m.WriteField("check", "yes")
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/data/import", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	routes := seriesweb.Routes(series.New(series.Deps{DB: db}), survey.New(survey.Deps{DB: db}))
	site := webtest.New(t, growthtest.Now, routes, slices.Concat(series.Rules, figure.Rules))
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))

	lead.Get("/data").Want(200).Says("No series has been taken in yet", "Start with one measure")
	lead.Get("/data/survey").Want(200).Says("No survey results have been taken in yet")
	lead.Get("/data/import").Want(200).Says("Take in a file of measures or survey results", "Leaver rate, 12 months")
	if e := lead.Post("/data/import", nil).Want(422).Errors(); !slices.Equal(e, []string{"Select a file"}) {
		t.Errorf("errors %q", e)
	}
	for file, says := range map[string]string{"": "The file is empty", "a,b\n1,2\n": "These columns are missing: measure", "measure,date,numerator,denominator\n": "The file has no rows",
		"question,year\n": "These columns are missing: group", "Question,Organisation type,Response\n": "no columns named after years"} {
		lead.Send(upload(t, "x.csv", file, false)).Want(422).Says(says)
	}

	const file = "measure,date,group,numerator,denominator,state\nturnover,2026-01,,20,400,\nturnover,2026-02,,,,suppressed\nturnover,2026-03,,,,not collected\nturnover,2026-04,,,,not declared\n" +
		"turnover,2026-05,,0,400,\nturnover,2026-07,,3,400,\nturnover,2026-07,Nurses,12,100,\nturnover,2026-08,=cmd,x,,\n"
	lead.Send(upload(t, "m.csv", file, true)).Want(200).Says("Nothing was changed", "this is not a number").Hides("=cmd")
	lead.Get("/data").Says("No series has been taken in yet")
	to := lead.Send(upload(t, "m.csv", file, false)).To("/data/imports/")
	lead.Get(to).Want(200).Says("m.csv", "this is not a number").Hides("=cmd")
	if csv := lead.Get(to + "/rejects.csv").Want(200); csv.Body != "Line,Column,Why it was not taken\n9,numerator,this is not a number\n" {
		t.Errorf("rejects %q", csv.Body)
	}
	if again := lead.Send(upload(t, "m.csv", file, false)).To("/data/imports/"); again != to {
		t.Errorf("the same file again leads to %s", again)
	}
	lead.Get("/data").Want(200).Says("Staff turnover in the period", "Electronic staff record", "3 of 7 periods", "June 2026", "Too few to show (July 2026)")
	lead.Get("/data/turnover").Want(200).Says("5.0%", "0.0%", "Suppressed at the source", "Not collected", "Not declared", "No data", "Too few to show", "fewer than 8", "Show the data as a table", "Version 1")
	lead.Get("/data/turnover?group=nurses").Want(200).Says("Staff turnover in the period: Nurses", "10.0%")

	national, err := os.ReadFile("../../../sample/published/nhs-staff-survey-wellbeing-2020-to-2024.csv")
	if err != nil {
		t.Fatal(err)
	}
	lead.Send(upload(t, "national.csv", string(national), false)).To("/data/imports/")
	lead.Get("/data/survey").Want(200).Says("Q11A: My organisation takes positive action", "National Average: 57.1%")
	lead.Get("/data/survey/q11a").Want(200).Says("National Average", "No results of our organisation")
	own := "question,year,group,responses,answer,share\nq11a,2024,,812,Agree,40%\nq11a,2024,,812,Strongly agree,11%\nq11a,2024,Porters,9,Agree,40%\nq11a,2024,Porters,9,Strongly agree,11%\nq11a,2024,,812,Never,200\n"
	lead.Send(upload(t, "own.csv", own, false)).To("/data/imports/")
	lead.Get("/data/survey/q11a").Want(200).Says("Our organisation", "51%", "About 810", "Porters", "Suppressed at the source", "Not collected", "57.1%",
		"Share of responses that are: Agree, Strongly agree", "q11a, scale agreement, version 1", "Years with our own results: 1 of", "Last filled")
	if links := lead.Get("/data/survey/q11a").Links(); !slices.Contains(links, "/figures/survey/q11a") {
		t.Errorf("no link to where the figure comes from: %q", links)
	}
	lead.Get("/data/survey/q11a?year=2020").Want(200).Says("Answers, 2020", "Not collected")

	for _, path := range []string{"/data", "/data/turnover", "/data/import", "/data/survey", "/data/survey/q11a", to} {
		if text := lead.Get(path).Text(); strings.Contains(text, "series.") || strings.Contains(text, "survey.") || strings.Contains(text, "intake.") {
			t.Errorf("%s: a key without words: %s", path, text)
		}
	}
	for _, path := range []string{"/data/nothing", "/data/turnover?group=x", "/data/survey/q99", "/data/survey/q11a?year=1999", "/data/imports/0199a0b2-0000-7000-8000-000000000000"} {
		lead.Get(path).Want(404)
	}

	for _, a := range []access.Actor{w.Guardian.As(access.Guardian, access.Growth), w.Executive.As(access.Executive, access.Growth)} {
		reader := site.As(a)
		reader.Get("/data").Want(200).Says("Staff turnover").Hides("Take in a file")
		reader.Get("/data/survey/q11a").Want(200)
		reader.Get("/data/import").Want(404)
		reader.Send(upload(t, "m.csv", file, false)).Want(404)
	}
	site.As(w.Ward.As(access.Manager, access.Growth)).Get("/data").Want(404)
	site.As(w.Foreign.As(access.Lead, access.Growth)).Get("/data").Want(200).Says("No series has been taken in yet")
	site.As(w.Foreign.As(access.Lead, access.Growth)).Get(to).Want(404)
}
