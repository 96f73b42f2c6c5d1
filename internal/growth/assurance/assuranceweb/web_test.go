package assuranceweb_test

import (
	"bytes"
	"context"
	"errors"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/assuranceweb"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

var now = time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)

// shelf is a book of one figure whose value a test changes.
type shelf struct{ value, version string }

func (s *shelf) Kinds() []string { return []string{"test"} }

func (s *shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	if s.value == "" {
		return nil, nil
	}
	f, err := s.Figure(ctx, a, now, figure.Ref{Kind: "test", Name: "waits"}, civil.Date{})
	return []figure.Figure{f}, err
}

func (s *shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, period civil.Date) (figure.Figure, error) {
	if ref.Name != "waits" || s.value == "" || !period.IsZero() && period != civil.MustParse("2026-10-01") {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Wait to be seen", State: figure.Known, Value: s.value, Period: civil.MustParse("2026-10-01"), PeriodText: "October 2026",
		Definition: "Median of working days", Version: s.version, Changed: "From acceptance on", Source: "Activity ledger", SourceAt: now}, nil
}

// desk is the site as each of its users.
type desk struct {
	t                                    *testing.T
	w                                    *world.World
	book                                 *shelf
	yearly                               *assurance.Yearly
	s                                    *assurance.Service
	site                                 *webtest.Site
	lead, guardian, executive, colleague *webtest.Browser
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w, book := world.New(t, db), &shelf{"12 working days", "first_seen, version 1"}
	yearly := &assurance.Yearly{}
	s := assurance.New(assurance.Deps{DB: db, Figures: figure.NewLibrary(book), Yearly: func(context.Context, access.Actor, time.Time) (assurance.Yearly, error) { return *yearly, nil }})
	site := webtest.New(t, now, assuranceweb.Routes(s), assurance.Rules)
	return &desk{t, w, book, yearly, s, site, site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth)),
		site.As(w.Executive.As(access.Executive, access.Growth)), site.As(w.OHNurse.As(access.Nurse, access.Growth))}
}

// get asks for a page and holds it to have words for every key.
func (d *desk) get(b *webtest.Browser, path string) *webtest.Page {
	d.t.Helper()
	page := b.Get(path).Want(200)
	if strings.Contains(page.Text(), "assurance.") {
		d.t.Errorf("%s: a key without words: %s", path, page.Text())
	}
	return page
}

// send fills the form of a page and sends it to the page's own address.
func (d *desk) send(b *webtest.Browser, path string, fill map[string]string) *webtest.Page {
	d.t.Helper()
	f := d.get(b, path).Form()
	for k, v := range fill {
		f.Set(k, v)
	}
	path, _, _ = strings.Cut(path, "?")
	return b.Post(path, f)
}

// TestEmpty opens every list of an organisation that has nothing yet: each says what to do first.
func TestEmpty(t *testing.T) {
	d := open(t)
	d.book.value = ""
	d.get(d.lead, "/assurance").Says("Start with a principle below", "Nothing is overdue", "Not rated yet", "No figures yet", "Work does no harm", "Equal weight")
	d.get(d.guardian, "/assurance").Says("There is nothing here yet", "Ask a question", "Health and Wellbeing Guardian")
	d.get(d.guardian, "/assurance/questions").Says("Nobody has asked a question yet", "What did we learn after distressing events?")
	d.get(d.executive, "/assurance/statements").Says("There are no statements yet").Hides("Write an impact statement")
	d.get(d.lead, "/assurance/plan").Says("No year is planned yet", "Plan 2026/27", "Plan 2027/28")
	d.get(d.guardian, "/assurance/plan").Hides("Plan 2026/27")
	d.get(d.lead, "/assurance/packs").Says("No pack was made yet", "Make the pack")
	d.get(d.guardian, "/assurance/packs").Hides("Make the pack")
	d.get(d.guardian, "/assurance/principles/harm").Says("There is no evidence yet", "Rate this principle", "Ask about this principle").Hides("Add a figure")
	d.get(d.lead, "/assurance/principles/harm/add/figure").Says("There are no figures yet")
	for _, path := range []string{"/assurance/principles/nothing", "/assurance/principles/harm/add/nothing", "/assurance/questions/x", "/assurance/questions/" + uuid.NewString(),
		"/assurance/statements/" + uuid.NewString(), "/assurance/packs/" + uuid.NewString(), "/assurance/plan/" + uuid.NewString() + "/done"} {
		d.lead.Get(path).Want(404)
	}
}

// TestEvidence adds each kind, and renews and ends.
func TestEvidence(t *testing.T) {
	d := open(t)
	add := "/assurance/principles/access/add/"
	d.send(d.lead, add+"figure", nil).Refuses("Choose a figure")
	d.send(d.lead, add+"figure", map[string]string{"figure": "test/waits"}).To("/assurance/principles/access")
	d.send(d.lead, add+"document", nil).Refuses("Enter a name", "Enter the date")
	d.send(d.lead, add+"document", map[string]string{"title": "Policy", "link": "http://example.org", "dated-day": "31", "dated-month": "2", "dated-year": "2026"}).Refuses(
		"Enter an address that begins with https:// or /", "Enter a real date, for example 27 3 2026")
	date := map[string]string{"title": "Access policy", "link": "https://example.org/policy", "dated-day": "1", "dated-month": "11", "dated-year": "2025", "valid_until-day": "1", "valid_until-month": "11", "valid_until-year": "2026"}
	d.send(d.lead, add+"document", date).To("/assurance/principles/access")
	d.send(d.lead, add+"decision?title=A+second+nurse&link=/plan/board", map[string]string{"dated-day": "2", "dated-month": "11", "dated-year": "2026"}).To("/assurance/principles/access")
	page := d.get(d.lead, "/assurance/principles/access").Says("Wait to be seen: 12 working days", "Access policy", "Not valid since 1 November 2026", "A second nurse", "Stop using this").Hides("Use the newest figure")
	if links := page.Links(); !slices.Contains(links, "/plan/board") || !slices.Contains(links, "https://example.org/policy") {
		t.Errorf("links are %v", links)
	}
	d.get(d.guardian, "/assurance").Says("Access policy, valid until 1 November 2026", "Wait to be seen: 12 working days")
	d.get(d.guardian, "/assurance/principles/access").Hides("Stop using this")

	d.book.value = "9 working days"
	d.get(d.guardian, "/assurance").Says("The source of a figure has moved on: Wait to be seen : from 12 working days to 9 working days, both of October 2026", "Out of date", "rounded numbers")
	page = d.get(d.lead, "/assurance/principles/access").Says("Out of date", "Use the newest figure")
	id := page.Form()["id"][:1] // the figure stands first
	d.lead.Post("/assurance/principles/access/renew", url.Values{"id": id}).To("/assurance/principles/access")
	d.get(d.lead, "/assurance/principles/access").Says("Wait to be seen: 9 working days", "Evidence no longer used").Hides("Use the newest figure")
	d.lead.Post("/assurance/principles/access/renew", url.Values{"id": id}).Want(404)
	d.lead.Post("/assurance/principles/access/end", url.Values{"id": {d.get(d.lead, "/assurance/principles/access").Form().Get("id")}}).To("/assurance/principles/access")
	d.get(d.lead, "/assurance/principles/access").Hides("Wait to be seen: 9 working days</a>")
	d.lead.Post("/assurance/principles/access/end", url.Values{}).Want(404)
}

// TestRating keeps the history of a judgement.
func TestRating(t *testing.T) {
	d := open(t)
	const path = "/assurance/principles/start/rate"
	d.send(d.guardian, path, nil).Refuses("Select a rating", "Select where the evidence comes from, or the lowest rating", "Enter why you rate it so")
	d.send(d.guardian, path, map[string]string{"rating": "none", "words": "Nothing is measured"}).To("/assurance/principles/start")
	d.send(d.guardian, path, map[string]string{"rating": "moderate", "lines": "oversight", "words": "Measured since May"}).To("/assurance/principles/start")
	d.get(d.executive, "/assurance/principles/start").Says("Moderate", "Measured since May", "Second line", "Ratings before", "Nothing is measured", "No line of evidence", "Ines Ford, 10 November 2026")
	d.get(d.executive, "/assurance").Says("Check-in for new staff: Moderate")
	d.lead.Get(path).Want(404)
	d.executive.Get(path).Want(404)
}

// TestTwoClicks goes from the link beside a figure to a question: the form is sent as it is. Other ready questions need no
// typing either; what is typed follows the ready words.
func TestTwoClicks(t *testing.T) {
	d := open(t)
	const ask = "/assurance/questions/ask?figure=test%2Fwaits"
	d.get(d.guardian, ask).Says("About the figure: Wait to be seen: 12 working days", "Where does this number come from?", "Why has it changed?", "What are you doing about it?", "Something else", "Send question")
	for want, change := range map[string]map[string]string{
		"Why has it changed?": {"which": "2"},
		"What are you doing about it? It is three months now.": {"which": "3", "words": " It is three months now. "},
		"Who counts it?": {"which": "another", "words": "Who counts it?"},
	} {
		d.get(d.lead, d.send(d.guardian, ask+"&period=2026-10-01", change).To("/assurance/questions/")).Says(want, "Wait to be seen: 12 working days")
	}
	d.send(d.guardian, ask, map[string]string{"which": "another"}).Refuses("Enter your question")
	d.send(d.guardian, ask, map[string]string{"which": "4", "words": "Why?"}).Refuses("Select what you want to know")
	for _, period := range []string{"2020-01-01", "soon"} {
		d.guardian.Get(ask + "&period=" + period).Want(404)
	}

	d.send(d.lead, "/assurance/principles/access/add/figure", map[string]string{"figure": "test/waits"}).To("/assurance/principles/access")
	links := d.get(d.guardian, "/assurance").Links()
	i := slices.IndexFunc(links, func(l string) bool { return strings.HasPrefix(l, "/assurance/questions/ask?cited=") })
	if i < 0 {
		t.Fatalf("no question beside the figure: %v", links)
	}
	d.get(d.lead, "/assurance").Hides("/assurance/questions/ask")
	relied := d.send(d.guardian, links[i], nil).To("/assurance/questions/")
	d.get(d.lead, relied).Says("Where does this number come from?", "Wait to be seen: 12 working days")

	path := d.send(d.guardian, ask, nil).To("/assurance/questions/")
	d.get(d.lead, path).Says("Where does this number come from?", "Wait to be seen: 12 working days", "Head of occupational health", "8 December 2026", "Answer")
	d.guardian.Get("/assurance/questions/ask?figure=test%2Fgone").Want(404)
	d.guardian.Get("/assurance/questions/ask?figure=nonsense").Want(404)
	d.lead.Get("/assurance/questions/ask").Want(404)
}

// TestRelied asks about a figure as it was relied on: the question and its answer keep that value when the source says
// another, and warn once it is counted differently.
func TestRelied(t *testing.T) {
	d := open(t)
	d.send(d.lead, "/assurance/principles/access/add/figure", map[string]string{"figure": "test/waits"}).To("/assurance/principles/access")
	r, err := d.s.Read(t.Context(), d.w.OHLead.As(access.Lead, access.Growth), now)
	if err != nil || len(r.Evidence) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	id := r.Evidence[0].Figure.ID.String()
	d.book.value, d.book.version = "7 working days", "first_seen, version 2"
	const warns = "Counted differently since first_seen, version 2: do not compare"
	d.get(d.guardian, "/assurance").Says("Counted differently now, do not compare: Wait to be seen : 12 working days (October 2026), now 7 working days (October 2026)", "From acceptance on")
	ask := "/assurance/questions/ask?cited=" + id
	d.get(d.guardian, ask).Says("About the figure: Wait to be seen: 12 working days", "As Anne Shaw relied on it on 10 November 2026", warns).Hides("7 working days")
	d.send(d.guardian, ask, map[string]string{"which": "another"}).Refuses("Enter your question")
	path := d.send(d.guardian, ask, nil).To("/assurance/questions/")
	d.get(d.lead, path).Says("Wait to be seen: 12 working days", warns, "From acceptance on").Hides("7 working days")
	d.get(d.lead, path+"/answer").Says("The question is about:", "At most 300 characters", warns, "As the question has it: Wait to be seen: 12 working days (October 2026)", "rounded numbers")
	d.send(d.lead, path+"/answer", map[string]string{"words": strings.Repeat("a", assurance.LongestWords+1)}).Refuses("Shorten this to 300 characters or fewer")
	d.send(d.lead, path+"/answer", map[string]string{"words": strings.Repeat("a", assurance.LongestWords), "figure1": "cited:" + id, "figure2": "test/waits"}).To(path)
	q, err := d.s.FindQuestion(t.Context(), d.w.OHLead.As(access.Lead, access.Growth), uuid.MustParse(strings.TrimPrefix(path, "/assurance/questions/")))
	if err != nil || len(q.Figures) != 1 || q.Figures[0].Value != "12 working days" || len(q.Entries) != 1 {
		t.Fatalf("%+v, %v", q, err)
	}
	if x := q.Entries[0].Figures; len(x) != 2 || x[0].Value != "12 working days" || x[0].ID != q.Figures[0].ID || x[1].Value != "7 working days" {
		t.Errorf("the answer relies on %+v", x)
	}
	for _, other := range []string{"x", uuid.NewString()} {
		d.guardian.Get("/assurance/questions/ask?cited=" + other).Want(404)
	}
	d.site.As(d.w.Foreign.As(access.Guardian, access.Growth)).Get(ask).Want(404)
}

// TestQuestions walks a question through its pages.
func TestQuestions(t *testing.T) {
	d := open(t)
	d.send(d.executive, "/assurance/questions/ask", map[string]string{"owner": "", "due-month": "10"}).Refuses("Enter your question", "Enter the post that should answer", "Enter a day that is today or later")
	path := d.send(d.executive, "/assurance/questions/ask?principle=harm&suggested=7", nil).To("/assurance/questions/")
	d.get(d.guardian, path).Says("What did we learn after distressing events?", "Work does no harm", "Open").Hides("Accept or ask again")
	d.get(d.guardian, "/assurance/principles/harm").Says("What did we learn after distressing events?")
	d.get(d.guardian, "/assurance/questions").Says("Waiting for an answer")
	d.guardian.Get(path + "/close").Want(409).Says("Somebody has already moved this question on")
	d.send(d.lead, path+"/answer", nil).Refuses("Enter your answer")
	d.send(d.lead, path+"/answer", map[string]string{"words": "We log each event now.\nNobody waits.", "figure1": "test/waits"}).To(path)
	d.lead.Get(path + "/answer").Want(409)
	d.get(d.guardian, path).Says("We log each event now.", "Wait to be seen: 12 working days", "Accept or ask again", "Answered")
	d.get(d.guardian, "/assurance/questions").Says("Answered, waiting for the guardian")
	d.send(d.guardian, path+"/close", nil).Refuses("Select whether you accept the answer")
	d.send(d.guardian, path+"/close", map[string]string{"kind": "again", "due-day": "40"}).Refuses("Enter what is missing", "Enter the day as a number from 1 to 31")
	d.guardian.Post(path+"/close", url.Values{"kind": {"answered"}, "words": {"x"}, "id": {uuid.NewString()}}).Want(404)
	d.send(d.guardian, path+"/close", map[string]string{"kind": "again", "words": "And at night?"}).To(path)
	d.get(d.guardian, path).Says("Asked again", "And at night?", "Open", "to be answered by 8 December 2026")
	d.send(d.lead, path+"/answer", map[string]string{"words": "At night too."}).To(path)
	d.send(d.guardian, path+"/close", map[string]string{"kind": "accepted"}).To(path)
	d.get(d.lead, path).Says("Answer accepted", "Accepted")
	d.get(d.guardian, "/assurance/questions").Says("Accepted")
	d.executive.Get(path + "/close").Want(404)
}

// TestStatements writes one, and takes it back.
func TestStatements(t *testing.T) {
	d := open(t)
	d.send(d.lead, "/assurance/statements/write", nil).Refuses("Enter the decision", "Enter the date of the meeting", "Enter which groups of staff are affected", "Select the effect", "Enter what makes you think so")
	fill := map[string]string{"decision": "Close the canteen at night", "meeting-day": "20", "meeting-month": "11", "meeting-year": "2026", "groups": "Night staff", "effect": "worse", "effect_words": "No warm food"}
	d.send(d.lead, "/assurance/statements/write", fill).Refuses("Enter what will be done about harm")
	fill["mitigation"], fill["figure2"] = "Vending machines", "test/waits"
	path := d.send(d.lead, "/assurance/statements/write", fill).To("/assurance/statements/")
	d.get(d.executive, path).Says("Close the canteen at night", "20 November 2026", "Night staff", "Worse. No warm food", "Vending machines", "12 working days").Hides("Withdraw this statement")
	d.get(d.lead, "/assurance/statements").Says("Close the canteen at night", "Worse")
	d.lead.Post(path+"/withdraw", nil).To(path)
	d.get(d.lead, path).Says("Withdrawn by Anne Shaw on 10 November 2026").Hides("Withdraw this statement")
	d.get(d.lead, "/assurance/statements").Says("Withdrawn")
	d.lead.Post(path+"/withdraw", nil).Want(404)
	d.executive.Get("/assurance/statements/write").Want(404)
}

// TestPlan plans the year and does a step of it.
func TestPlan(t *testing.T) {
	d := open(t)
	d.lead.Post("/assurance/plan", url.Values{"year": {"2026"}}).To("/assurance/plan")
	page := d.get(d.lead, "/assurance/plan").Says("October to December 2026 (now)", "Bring the evidence for each principle up to date", "15 November 2026", "To do", "Mark as done", "Plan 2027/28").Hides("Plan 2026/27<", "Overdue")
	later := webtest.New(t, now.AddDate(0, 0, 6), assuranceweb.Routes(d.s), assurance.Rules).As(d.w.Guardian.As(access.Guardian, access.Growth))
	d.get(later, "/assurance").Says("Bring the evidence for each principle up to date, due 15 November 2026")
	d.get(later, "/assurance/plan").Says("Overdue")
	step := page.Link("/assurance/plan/.+/done")
	d.send(d.lead, step, map[string]string{"done-year": "2027"}).Refuses("Enter a day that is not in the future")
	d.send(d.lead, step, map[string]string{"words": "Agreed by the committee"}).To("/assurance/plan")
	d.get(d.guardian, "/assurance/plan").Says("Agreed by the committee", "Anne Shaw, 10 November 2026").Hides("Mark as done")
	d.lead.Get(step).Want(409).Says("Somebody has already marked this step as done")
	for _, year := range []string{"", "x", "2031"} {
		d.lead.Post("/assurance/plan", url.Values{"year": {year}}).Want(404)
	}
	d.guardian.Post("/assurance/plan", url.Values{"year": {"2027"}}).Want(404)
}

// TestPack makes one, reads and downloads it, and is shown that one was tampered with.
func TestPack(t *testing.T) {
	d := open(t)
	d.send(d.lead, "/assurance/principles/access/add/figure", map[string]string{"figure": "test/waits"}).To("/assurance")
	f := d.get(d.lead, "/assurance/packs").Form()
	path := d.lead.Post("/assurance/packs", f).To("/assurance/packs/")
	if again := d.lead.Post("/assurance/packs", f).To("/assurance/packs/"); again != path {
		t.Errorf("a double click makes %s beside %s", again, path)
	}
	page := d.get(d.guardian, path).Says("Assurance pack 1, 10 November 2026", "Unchanged since it was made", "Wait to be seen: 12 working days", "Median of working days", "Download the pack", "Wyre Valley Hospitals")
	if links := page.Links(); !slices.ContainsFunc(links, func(l string) bool { return strings.HasPrefix(l, "/assurance/questions/ask?cited=") }) {
		t.Errorf("no figure of the pack can be asked about as it stands there: %v", links)
	}
	d.get(d.guardian, "/assurance").Says("Latest pack: number 1", "What changed since the last pack", "Nothing has changed")
	d.get(d.guardian, "/assurance/packs").Says("Assurance pack 1")
	file := d.guardian.Get(path + "/download").Want(200)
	if got := file.Header["Content-Disposition"]; len(got) != 1 || got[0] != `attachment; filename="assurance-pack-1-2026-11-10.html"` {
		t.Errorf("the file is called %q", got)
	}
	body := file.Body[strings.Index(file.Body, "</h1>")+len("</h1>") : strings.Index(file.Body, "</main>")]
	if hash := standalone.Hash(body); !strings.Contains(page.Text(), hash) || !strings.Contains(file.Text(), hash) {
		t.Errorf("the file's text has the hash %s, which the pages do not show", hash)
	}
	for _, outside := range []string{"http://", "https://", "src=", "<link", "<script"} {
		file.Hides(outside)
	}
	d.guardian.Post("/assurance/packs", f).Want(404)
	d.site.As(d.w.Foreign.As(access.Guardian, access.Growth)).Get(path).Want(404)

	conn, err := pgx.Connect(t.Context(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, sql := range []string{`set session_replication_role = replica`, `update assurance_pack set body = 'All is well' where id = '` + strings.TrimPrefix(path, "/assurance/packs/") + `'`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	d.get(d.guardian, path).Says("This pack is not what was frozen").Hides("All is well", "Download the pack")
	d.guardian.Get(path + "/download").Want(500)
}

// TestDoors shows nothing to those who have no part in assurance.
func TestDoors(t *testing.T) {
	d := open(t)
	for _, b := range []*webtest.Browser{d.colleague, d.site.As(d.w.HR.As(access.HR, access.Growth)), d.site.As(d.w.Ward.As(access.Manager, access.Growth)), d.site.As(d.w.Nurse.As(access.Person, access.Growth))} {
		for _, path := range []string{"/assurance", "/assurance/questions", "/assurance/statements", "/assurance/plan", "/assurance/packs", "/assurance/principles/harm"} {
			b.Get(path).Want(404)
		}
	}
}

// TestDocument adds a document with its file, and one that is not taken is refused in words.
func TestDocument(t *testing.T) {
	d := open(t)
	const add = "/assurance/principles/access/add/document"
	send := func(content, cleared string) *webtest.Page {
		t.Helper()
		f := d.get(d.lead, add).Form()
		f.Set("cleared", cleared)
		f.Set("title", "Stress policy")
		f.Set("dated-day", "1")
		f.Set("dated-month", "3")
		f.Set("dated-year", "2026")
		var body bytes.Buffer
		m := multipart.NewWriter(&body)
		w, err := m.CreateFormFile("file", "stress.txt")
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		for name := range f {
			err = errors.Join(err, m.WriteField(name, f.Get(name)))
		}
		if err = errors.Join(err, m.Close()); err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", add, &body)
		r.Header.Set("Content-Type", m.FormDataContentType())
		return d.lead.Send(r)
	}
	send("", "").Refuses("The file is empty")
	send("How we assess stress", "").Want(303)
	send("Ask Mrs Winter, 020 7946 0958", "").Refuses("The file has words that look like a person: Mrs Winter; 020 7946 0958. Take them out, or enter why they are not about one, and choose the file again")
	send("%PDF-1.7\n", "").Refuses("Rowan cannot search the whole file. Read it, enter why it is about nobody, and choose it again")
	send("%PDF-1.7\n", "I read it: it names posts only").Want(303)
	d.get(d.guardian, "/assurance/principles/access").Says("Anne Shaw confirmed that it is about nobody: I read it: it names posts only").Hides("Mrs Winter")
	page := d.get(d.guardian, "/assurance/principles/access").Says("Stress policy", "stress.txt, 1 KB")
	if !slices.ContainsFunc(page.Links(), func(l string) bool { return strings.HasPrefix(l, "/documents/") }) {
		t.Errorf("no link opens the file: %v", page.Links())
	}
}

// TestYearly shows in the year when the evidence is frozen next, and on the first page that it is late.
func TestYearly(t *testing.T) {
	d := open(t)
	d.get(d.guardian, "/assurance/plan").Hides("snapshot")
	*d.yearly = assurance.Yearly{Begun: true}
	d.get(d.guardian, "/assurance/plan").Says("was never frozen")
	*d.yearly = assurance.Yearly{Begun: true, Due: civil.MustParse("2027-01-26")}
	d.get(d.guardian, "/assurance/plan").Says("The next yearly snapshot of the evidence is due by 26 January 2027")
	d.get(d.guardian, "/assurance").Hides("snapshot")
	*d.yearly = assurance.Yearly{Begun: true, Due: civil.MustParse("2026-10-18"), Late: true}
	for _, path := range []string{"/assurance", "/assurance/plan"} {
		d.get(d.guardian, path).Says("A year has passed since the last snapshot of the evidence: the next was due by 18 October 2026").Hides("Nothing is overdue")
	}
}
