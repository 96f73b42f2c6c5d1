package selfcheckweb_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck/selfcheckweb"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func TestPages(t *testing.T) {
	db := world.Open(t)
	w := world.New(t, db)
	book := selfcheck.NewBook(db)
	s := selfcheck.New(selfcheck.Deps{DB: db, Figures: figure.NewLibrary(book)})
	site := webtest.New(t, growthtest.Now, selfcheckweb.Routes(s, diagnostic.New(diagnostic.Deps{DB: db})), selfcheck.Rules)
	lead, guardian, stranger := site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth)), site.As(w.Foreign.As(access.Lead, access.Growth))

	lead.Get("/need").Want(200).Says("Start with the self-check", "0 of 14 answered", "Secure sponsorship", "To do").Link("/capacity/posts")
	lead.Get("/need/selfcheck/organisation").Want(200).Says("No position yet", "Have a Wellbeing Guardian")
	const call = "/need/selfcheck/organisation/O03"
	lead.Get(call).Want(200).Says("Have a Wellbeing Guardian")
	for name, x := range map[string]struct {
		form url.Values
		want []string
	}{
		"nothing":          {url.Values{}, []string{"Select where you are"}},
		"a forged figure":  {url.Values{"position": {"started"}, "figure": {"x/y"}}, []string{"Choose a figure from the list"}},
		"a bad address":    {url.Values{"position": {"started"}, "link": {"javascript:alert(1)"}}, []string{"Enter a web address that begins with https:// or http://"}},
		"an owner alone":   {url.Values{"position": {"started"}, "owner": {"Head of OH"}}, []string{"Enter the next step"}},
		"a next step bare": {url.Values{"position": {"started"}, "next_step": {"Find one"}}, []string{"Enter the post that owns the next step", "Enter the date of the next step"}},
		"no such day":      {url.Values{"due-day": {"31"}, "due-month": {"2"}, "due-year": {"2027"}}, []string{"Enter a real date, for example 27 3 2026", "Select where you are"}},
		"too long":         {url.Values{"position": {"started"}, "evidence": {strings.Repeat("x", 1001)}}, nil},
	} {
		got := lead.Post(call, x.form).Want(422).Errors()
		if x.want == nil && len(got) == 1 {
			continue
		}
		if strings.Join(got, "|") != strings.Join(x.want, "|") {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
	good := url.Values{"position": {"in_place"}, "evidence": {"Board minute 4"}, "link": {"https://example.org/minutes"}, "figure": {"selfcheck/organisation"},
		"next_step": {"Agree the questions"}, "owner": {"Head of occupational health"}, "due-day": {"1"}, "due-month": {"3"}, "due-year": {"2027"}}
	lead.Post(call, good).To("/need/selfcheck/organisation")
	guardian.Get("/need/selfcheck/organisation").Want(200).Says("In place", "Board minute 4", "1 March 2027", "Calls to action in place").Hides(call)
	lead.Get(call).Want(200).Says("Figure cited", "Out of date") // the answer that cites it is one more
	guardian.Get("/need/selfcheck/organisation").Says("Out of date")
	lead.Get("/need").Want(200).Says("1 of 5 answered").Hides("Start with the self-check")
	guardian.Get(call).Want(404)
	guardian.Post(call, good).Want(404)
	stranger.Get("/need").Want(200).Says("0 of 5 answered")
	stranger.Get("/need/selfcheck/organisation").Want(200).Hides("Board minute 4")

	const step = "/need/route/sponsor"
	guardian.Get(step).Want(200).Says("Template", "Executive sponsor (post)").Hides("## ", "<form method=\"post\" novalidate")
	lead.Get(step).Want(200).Says("How far is it?")
	lead.Post(step, nil).Want(422).Says("Select how far the step is")
	lead.Post(step, url.Values{"state": {"done"}}).Want(422).Says("Enter the day on which it was done")
	lead.Post(step, url.Values{"state": {"done"}, "done-day": {"40"}, "done-month": {"1"}, "done-year": {"2026"}}).Want(422)
	lead.Post(step, url.Values{"state": {"done"}, "done-day": {"9"}, "done-month": {"11"}, "done-year": {"2026"}}).To("/need")
	lead.Get("/need").Want(200).Says("Done on 9 November 2026")
	if body := lead.Get(step + "/template.md").Want(200).Body; !strings.HasPrefix(body, "# Secure sponsorship") {
		t.Errorf("template %q", body)
	}
	for _, path := range []string{"/need/selfcheck/nobody", "/need/selfcheck/organisation/X", "/need/route/none", "/need/route/none/template.md"} {
		lead.Get(path).Want(404)
	}
	for _, path := range []string{"/need", "/need/selfcheck/organisation", call, step} {
		if text := lead.Get(path).Text(); strings.Contains(text, "need.") {
			t.Errorf("%s: a key without words: %s", path, text)
		}
	}
	ctx, actor := context.Background(), w.OHLead.As(access.Lead, access.Growth)
	f, err := book.Figure(ctx, actor, growthtest.Now, figure.Ref{Kind: "selfcheck", Name: "organisation"}, civil.Date{})
	if err != nil || f.Value != "1 of 5" {
		t.Errorf("figure %+v (%v)", f, err)
	}
	if f, err = book.Figure(ctx, actor, growthtest.Now, figure.Ref{Kind: "selfcheck", Name: "ics"}, civil.Date{}); err != nil || f.State != figure.NotCollected {
		t.Errorf("nobody said anything, the figure says %+v (%v)", f, err)
	}
}

// TestBiggestGaps: the home leads to the gaps of the newest closed round, the largest first. An open round gives nothing, and
// a part that too few scored is no gap.
func TestBiggestGaps(t *testing.T) {
	db := world.Open(t)
	w, ctx, now := world.New(t, db), context.Background(), growthtest.Now
	rounds := diagnostic.New(diagnostic.Deps{DB: db})
	site := webtest.New(t, now, selfcheckweb.Routes(selfcheck.New(selfcheck.Deps{DB: db}), rounds), selfcheck.Rules)
	lead, guardian := w.OHLead.As(access.Lead, access.Growth), site.As(w.Guardian.As(access.Guardian, access.Growth))
	id, bad, err := rounds.Start(ctx, lead, now, diagnostic.Plan{Name: "Autumn round", Scope: "organisation", Setting: "trust", Elements: []string{"E1", "E2"},
		Targets: map[string]int{"E1": 75, "E2": 75}, OpenUntil: now.AddDate(0, 0, 7)})
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	p, err := rounds.Find(ctx, lead, id)
	if err != nil {
		t.Fatal(err)
	}
	var subsections []string
	for _, q := range p.Questions {
		if !slices.Contains(subsections, q.Subsection) {
			subsections = append(subsections, q.Subsection)
		}
	}
	var votes []round.Tally
	for _, q := range p.Questions {
		n, score := 8, 2
		switch q.Subsection {
		case subsections[0]:
			n, score = 3, 0 // too few
		case subsections[1]:
			score = 4 // at target
		case subsections[2]:
			score = 1 // the largest
		}
		votes = append(votes, round.Tally{Code: q.Code, Perspective: round.Manager, Score: score, N: n})
	}
	if err := rounds.Count(ctx, lead, now, id, votes); err != nil {
		t.Fatal(err)
	}
	guardian.Get("/need").Want(200).Hides("biggest gap")
	if err := rounds.Close(ctx, lead, now, id); err != nil {
		t.Fatal(err)
	}
	page := guardian.Get("/need").Want(200).Says("biggest gaps", "50 points (score 25%, target 75%)", "25 points (score 50%, target 75%)", "Autumn round, closed on")
	var got []string
	for _, l := range page.Links() {
		if code, ok := strings.CutPrefix(l, "/need/rounds/"+id.String()+"/results/"); ok {
			got = append(got, code)
		}
	}
	if want := append([]string{subsections[2]}, subsections[3:min(5, len(subsections))]...); !slices.Equal(got, want) {
		t.Errorf("gaps %q, want %q", got, want)
	}
}
