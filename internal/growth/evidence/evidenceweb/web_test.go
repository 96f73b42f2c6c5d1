package evidenceweb_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/evidenceweb"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// shelf is a book of one figure, or of none while it has no value.
type shelf struct{ value string }

func (*shelf) Kinds() []string { return []string{"test"} }

func (s *shelf) List(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	if s.value == "" {
		return nil, nil
	}
	f, err := s.Figure(ctx, a, now, figure.Ref{Kind: "test", Name: "waits"}, civil.Date{})
	return []figure.Figure{f}, err
}

func (s *shelf) Figure(_ context.Context, _ access.Actor, _ time.Time, ref figure.Ref, _ civil.Date) (figure.Figure, error) {
	if ref.Name != "waits" {
		return figure.Figure{}, fault.Missing("figure")
	}
	return figure.Figure{Ref: ref, Title: "Wait to be seen", State: figure.Known, Value: s.value, Period: civil.MustParse("2026-10-01"), PeriodText: "October 2026", Definition: "Median.", Version: "1", Source: "Ledger"}, nil
}

type desk struct {
	t                                    *testing.T
	w                                    *world.World
	db                                   *postgres.DB
	book                                 *shelf
	s                                    *evidence.Service
	site                                 *webtest.Site
	lead, guardian, executive, colleague *webtest.Browser
}

func open(t *testing.T) *desk {
	db := world.Open(t)
	w, book := world.New(t, db), &shelf{"12 days"}
	library := figure.NewLibrary(book)
	s := evidence.New(evidence.Deps{DB: db, Figures: library, Now: func() time.Time { return now }})
	library.Add(s.Book())
	site := webtest.New(t, now, evidenceweb.Routes(s), evidence.Rules)
	return &desk{t, w, db, book, s, site, site.As(w.OHLead.As(access.Lead, access.Growth)), site.As(w.Guardian.As(access.Guardian, access.Growth)),
		site.As(w.Executive.As(access.Executive, access.Growth)), site.As(w.OHNurse.As(access.Nurse, access.Growth))}
}

// get asks for a page and holds it to have words for every key.
func (d *desk) get(b *webtest.Browser, path string) *webtest.Page {
	d.t.Helper()
	page := b.Get(path).Want(200)
	if strings.Contains(page.Text(), "evidence.") {
		d.t.Errorf("%s: a key without words: %s", path, page.Text())
	}
	return page
}

// send fills the form of a page and sends it to the page's own address.
func (d *desk) send(path string, fill map[string]string) *webtest.Page {
	d.t.Helper()
	f := d.get(d.lead, path).Form()
	for k, v := range fill {
		f.Set(k, v)
	}
	path, _, _ = strings.Cut(path, "?")
	return d.lead.Post(path, f)
}

// upload sends a file of standards.
func (d *desk) upload(name, text string, dry bool) *webtest.Page {
	d.t.Helper()
	fields := url.Values{}
	if dry {
		fields.Set("check", "yes")
	}
	return d.sendFile("/evidence/standards/import", fields, name, text)
}

// sendFile sends a form with a file, or without one where it has no name.
func (d *desk) sendFile(path string, fields url.Values, name, text string) *webtest.Page {
	d.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	if name != "" {
		w, err := m.CreateFormFile("file", name)
		if err != nil {
			d.t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			d.t.Fatal(err)
		}
	}
	for field := range fields {
		if err := m.WriteField(field, fields.Get(field)); err != nil {
			d.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		d.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return d.lead.Send(r)
}

// link finds the first address in a page that matches.
const anID = `[0-9a-f-]{36}`

// TestEmpty opens every list of an organisation that has nothing yet: each says what to do first.
func TestEmpty(t *testing.T) {
	d := open(t)
	d.book.value = ""
	d.get(d.lead, "/evidence").Says("Start here", "Start with Rowan’s outline", "not the scheme’s text", "nothing runs out within 90 days").Hides("Within 30 days")
	d.get(d.guardian, "/evidence").Says("There are no standards yet").Hides("Start with Rowan’s outline", "Import a list")
	d.get(d.executive, "/evidence/standards").Says("There are no standards yet")
	d.get(d.lead, "/evidence/items").Says("There is no evidence yet", "Add a note", "kept with its fingerprint")
	d.get(d.guardian, "/evidence/items").Hides("Add a note")
	d.get(d.lead, "/evidence/snapshots").Says("There are no standards yet. Import a list first", "Nothing was frozen yet").Hides("Freeze the evidence of today")
	d.get(d.lead, "/evidence/add/figure").Says("There are no figures yet")
	d.lead.Post("/evidence/snapshots", url.Values{"id": {uuid.NewString()}}).Want(409).Says("There are no standards yet")
	none := uuid.NewString()
	for _, path := range []string{"/evidence/add/nothing", "/evidence/standards/" + none, "/evidence/items/" + none, "/evidence/items/x", "/evidence/items/" + none + "/change", "/evidence/items/" + none + "/standards",
		"/evidence/check/" + none, "/evidence/snapshots/" + none, "/evidence/imports/" + none, "/evidence/imports/" + none + "/rejects.csv", "/evidence/add/note?standard=" + none, "/evidence/add/note?replaces=" + none, "/evidence/add/note?standard=x"} {
		d.lead.Get(path).Want(404)
	}
}

// TestOutline starts with Rowan's own list, twice.
func TestOutline(t *testing.T) {
	d := open(t)
	d.lead.Post("/evidence/outline", nil).To("/evidence/standards")
	d.get(d.guardian, "/evidence/standards").Says("Rowan outline, edition 1", "6 NHS", "R5.1 A plan of clinical audits", "Missing", "Should")
	d.get(d.guardian, "/evidence").Says("0% ready: 0 of 29 standards", "Add evidence: R1.1", "23 more standards", "One bar for each domain")
	d.lead.Post("/evidence/outline", nil).To("/evidence/standards")
	d.guardian.Post("/evidence/outline", nil).Want(404)
}

const list = "framework,edition,code,domain,title,level\nSEQOHS,2023,1,Governance,A plan,must\nSEQOHS,2023,2,Governance,Accounts,should\nLocal,1,L1,Home,A door,must\n"

// TestImport takes a list in, says what was wrong with it, and tries one first.
func TestImport(t *testing.T) {
	d := open(t)
	d.upload("", "", false).Refuses("Select a file")
	d.upload("x.csv", "", false).Refuses("The file is empty")
	d.upload("x.csv", "framework,code\n", false).Refuses("These columns are missing: edition, domain, title")
	d.upload("x.csv", "framework,edition,code,domain,title\n", false).Refuses("The file holds no standards")
	d.upload("x.yaml", "\t-", false).Refuses("The file cannot be read as YAML")
	d.upload("x.csv", "caf\xe9", false).Refuses("The file is not in UTF-8. Save it as CSV UTF-8 and try again")
	d.upload("x.csv", strings.Repeat("x", 4<<20+1), false).Refuses("The list holds more than 5,000 rows or 4 MB")
	d.upload("list.csv", list+"SEQOHS,2023,3,Governance,,must\n", true).Want(200).Says("What the import would do", "Nothing was stored", "this is empty").Hides("Download the list")
	d.get(d.lead, "/evidence/standards").Says("Start here")
	path := d.upload("list.csv", list+"SEQOHS,2023,3,Governance,,must\n", false).To("/evidence/imports/")
	d.get(d.lead, path).Says("Standards new or different", "this is empty", "Download the list")
	d.lead.Get(path + "/rejects.csv").Want(200).Says("5,title,this is empty")
	if again := d.upload("list.csv", list+"SEQOHS,2023,3,Governance,,must\n", false).To("/evidence/imports/"); again != path {
		t.Errorf("the same file is %s beside %s", again, path)
	}
	d.get(d.lead, "/evidence/standards/import").Says("Earlier lists", "list.csv")
	page := d.get(d.guardian, "/evidence/standards").Says("SEQOHS, edition 2023", "Local, edition 1")
	d.upload("new.csv", "framework,edition,code,domain,title\nSEQOHS,2024,1,Governance,A better plan\n", false).To("/evidence/imports/")
	d.get(d.lead, "/evidence/standards").Says("No longer in the newest edition", "2 Accounts")
	d.get(d.lead, page.Link("/evidence/standards/"+anID)).Says("A door") // Local comes first
	d.get(d.lead, "/evidence").Says("Local: Home")
	d.guardian.Get(path).Want(404)
	for _, s := range regexp.MustCompile("/evidence/standards/"+anID).FindAllString(page.Body, -1)[1:] {
		d.get(d.guardian, s).Says("edition 2023,").Hides("Add a note")
	}
}

var owner = map[string]string{"owner": "Head of OH", "reviewer": "Medical director"}

func with(more map[string]string) map[string]string {
	out := map[string]string{}
	for _, m := range []map[string]string{owner, more} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

// TestForms meets every error of the form for evidence.
func TestForms(t *testing.T) {
	d := open(t)
	day := func(name, d, m, y string) map[string]string {
		return map[string]string{"title": "Policy", "body": "https://example.org", name + "-day": d, name + "-month": m, name + "-year": y}
	}
	blank := day("collected", "", "", "")
	blank["title"], blank["body"] = "", ""
	d.send("/evidence/add/link", blank).Refuses("Enter what it is", "Enter where it can be read", "Enter the day on which it was collected", "Enter the post that keeps it up to date", "Enter the post that reviews it")
	d.send("/evidence/add/note", map[string]string{"title": strings.Repeat("x", 201), "owner": "a", "reviewer": "A"}).Refuses("Shorten this to 200 characters or fewer", "Enter the text", "Enter another post than the owner")
	d.send("/evidence/add/link", with(map[string]string{"title": "x", "body": "http://example.org"})).Refuses("Enter an address that begins with https:// or /")
	d.send("/evidence/add/link", with(day("collected", "23", "11", "2026"))).Refuses("Enter a day that is not in the future")
	d.send("/evidence/add/link", with(day("collected", "31", "2", "2026"))).Refuses("When was it collected?: enter a real date")
	d.send("/evidence/add/link", with(day("valid_until", "1", "1", "2026"))).Refuses("Enter a day that is not before it was collected")
	d.send("/evidence/add/link", with(day("valid_until", "1", "x", "2027"))).Refuses("Until when is it valid? (optional): enter the month as a number, or its name")
	d.send("/evidence/add/figure", owner).Refuses("Choose a figure")
	d.lead.Post("/evidence/add/note", url.Values{"id": {"x"}}).Want(404)
	path := d.send("/evidence/add/note", with(map[string]string{"title": "Minutes", "body": "We agreed"})).To("/evidence/items/")
	d.send(path+"/change", map[string]string{"title": "", "body": ""}).Refuses("Enter what it is", "Enter the text")
	d.guardian.Get("/evidence/add/note").Want(404)
	d.guardian.Get(path + "/change").Want(404)
}

// TestItem adds evidence, checks its words, accepts it, links it and replaces it.
func TestItem(t *testing.T) {
	d := open(t)
	d.upload("list.csv", list, false)
	standard := d.get(d.lead, "/evidence/standards").Link("/evidence/standards/" + anID)
	add := d.get(d.lead, standard).Says("There is no evidence for this standard yet").Link(`/evidence/add/note\?standard=` + anID)
	d.get(d.lead, add).Says("It will serve: L1 A door")
	item := d.send(add, with(map[string]string{"title": "Minutes", "body": "Mrs Winter asked a.b@example.org", "valid_until-day": "1", "valid_until-month": "1", "valid_until-year": "2027"})).To("/evidence/items/")
	d.get(d.guardian, item).Says("Draft", "Mrs Winter", "L1 A door", "Added by Anne Shaw", "1 January 2027").Hides("Some words look like a person", "Send for review")
	d.get(d.lead, "/evidence").Says("Finish the draft and send it for review: L1 A door", "valid until 1 January 2027")
	d.get(d.lead, item).Says("2 places look like data about a person", "Send for review").Hides("Accept this evidence")
	d.lead.Post(item+"/move", url.Values{"to": {"review"}}).To(item)
	check := d.lead.Post(item+"/move", url.Values{"to": {"accepted"}}).To("/evidence/check/")
	page := d.get(d.lead, check).Says("E-mail address: “a.b@example.org”", "Name of a person: “Mrs Winter”", "Take it out", "read the words yourself")
	if !strings.Contains(page.Body, "<mark>Mrs Winter</mark>") {
		t.Errorf("nothing is marked in %s", page.Body)
	}
	d.send(check, nil).Refuses("Enter why it is not about a person, or take it out")
	reason := ""
	for name := range page.Form() {
		if strings.HasPrefix(name, "reason-") {
			reason = max(reason, name)
		}
	}
	d.send(check, map[string]string{reason: strings.Repeat("x", 201)}).Refuses("Shorten this to 200 characters or fewer")
	d.send(check, map[string]string{reason: "A made-up example"}).To(item)
	d.get(d.lead, item).Says("1 place looks like data about a person", "Confirmed not to be about a person", "A made-up example")
	d.get(d.lead, "/evidence/snapshots").Says("Some words look like a person", "Minutes").Hides("Freeze the evidence of today")
	d.lead.Post("/evidence/snapshots", url.Values{"id": {uuid.NewString()}}).Want(409).Says("Some words look like a person")
	d.get(d.lead, item+"/change").Says("A change makes a draft of it", "Mrs Winter")
	d.send(item+"/change", map[string]string{"body": "We agreed"}).To(item)
	d.get(d.lead, check).Says("Nothing here looks like data about a person")
	d.send(check, nil).To(item)
	d.lead.Post(item+"/move", url.Values{"to": {"accepted"}}).Want(409).Says("Somebody has already moved this evidence on")
	for _, to := range []string{"review", "draft", "review", "accepted"} {
		d.lead.Post(item+"/move", url.Values{"to": {to}}).To(item)
	}
	d.get(d.lead, item).Says("Accepted, by Anne Shaw on 22 November 2026").Hides("Accept this evidence")
	d.get(d.lead, standard).Says("Partly met", "Minutes")
	d.get(d.lead, "/evidence").Says("Renew the evidence before it runs out: L1 A door")

	boxes := d.get(d.lead, item+"/standards").Says("SEQOHS, edition 2023: Governance")
	f := boxes.Form()
	values := regexp.MustCompile(`name="standards1"[^>]*value="(`+anID+`)"`).FindAllStringSubmatch(boxes.Body, -1)
	if len(values) != 2 || len(f["standards0"]) != 1 {
		t.Fatalf("boxes are %v, ticked %v", values, f)
	}
	f.Add("standards1", values[0][1])
	d.lead.Post(item+"/standards", f).To(item)
	d.get(d.lead, item).Says("L1 A door", "1 A plan")
	d.get(d.lead, "/evidence/items").Says("2 standards")
	d.lead.Post(item+"/standards", url.Values{"standards0": {"x"}}).Want(404)

	replace := d.get(d.lead, item).Link(`/evidence/add/note\?replaces=` + anID)
	d.get(d.lead, replace).Says("It takes the place of “Minutes”", "Replace evidence")
	next := d.send(replace, map[string]string{"title": "Newer minutes"}).To("/evidence/items/")
	d.get(d.lead, next).Says("L1 A door", "1 A plan", "Draft")
	d.get(d.lead, item).Says("This was replaced", "Replaced").Hides("Change this evidence")
	d.get(d.guardian, "/evidence/items").Says("Newer minutes", "Replaced")
	d.lead.Post(item+"/move", url.Values{"to": {"review"}}).Want(409)
	d.guardian.Post(next+"/move", url.Values{"to": {"review"}}).Want(404)
	d.site.As(d.w.Foreign.As(access.Lead, access.Growth)).Get(next).Want(404)
}

// TestFigure adds a live figure, and shows that its source moved on. Our own readiness is not offered.
func TestFigure(t *testing.T) {
	d := open(t)
	d.get(d.lead, "/evidence/add/figure").Says("Wait to be seen: 12 days (October 2026)").Hides("Readiness for accreditation")
	item := d.send("/evidence/add/figure", with(map[string]string{"figure": "test/waits"})).To("/evidence/items/")
	d.get(d.guardian, item).Says("Wait to be seen: 12 days").Hides("Out of date")
	d.book.value = "9 days"
	d.get(d.guardian, item).Says("Wait to be seen: 12 days", "Out of date")
	d.send(item+"/change", map[string]string{"owner": "Lead nurse"}).To(item)
	d.get(d.lead, item).Says("Lead nurse", "12 days")
	replace := d.get(d.lead, item).Link(`/evidence/add/figure\?replaces=` + anID)
	d.get(d.lead, d.send(replace, nil).To("/evidence/items/")).Says("9 days")
	d.lead.Post("/evidence/add/figure", url.Values{"id": {uuid.NewString()}, "figure": {"test/gone"}, "owner": {"a"}, "reviewer": {"b"}}).Want(404)
}

// TestStandardWithAName checks the words of a standard, which only a new list can change.
func TestStandardWithAName(t *testing.T) {
	d := open(t)
	d.upload("list.csv", "framework,edition,code,domain,title\nLocal,1,a,Home,Method of Dr Foster\n", false)
	standard := d.get(d.lead, "/evidence/standards").Link("/evidence/standards/" + anID)
	d.get(d.lead, standard).Says("1 place looks like data about a person")
	check := strings.Replace(standard, "standards", "check", 1)
	page := d.get(d.lead, check).Says("import a list with other words")
	for name := range page.Form() {
		d.send(check, map[string]string{name: "A firm"}).To(standard)
	}
	d.get(d.lead, standard).Hides("looks like data about a person")
}

// TestReminders shows what runs out in each band, and what was noted.
func TestReminders(t *testing.T) {
	d := open(t)
	for title, until := range map[string][3]string{"In 20 days": {"12", "12", "2026"}, "In 50 days": {"11", "1", "2027"}, "In 80 days": {"10", "2", "2027"}, "Gone": {"21", "11", "2026"}} {
		d.send("/evidence/add/link", with(map[string]string{"title": title, "body": "/plan", "collected-year": "2025", "valid_until-day": until[0], "valid_until-month": until[1], "valid_until-year": until[2]})).To("/evidence/items/")
	}
	text := d.get(d.guardian, "/evidence").Hides("Reminders").Text()
	at := -1
	for _, says := range []string{"Has run out", "Gone", "Within 30 days", "In 20 days", "Within 60 days", "In 50 days", "Within 90 days", "In 80 days"} {
		next := strings.Index(text, says)
		if next <= at {
			t.Errorf("%q is not after what came before in %s", says, text)
		}
		at = next
	}
	if err := d.db.InTenant(t.Context(), access.SystemActor(access.Growth, d.w.OHLead.As(access.Lead, access.Growth).Organisation, uuid.Nil), func(tx *postgres.Tx) error {
		_, err := d.s.Remind(t.Context(), tx, now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	d.get(d.lead, "/evidence").Says("Reminders", "30 days before", "60 days before", "90 days before")
	gone := d.get(d.lead, "/evidence").Link("/evidence/items/" + anID)
	d.get(d.lead, gone).Says("Expired").Hides("Send for review")
}

// TestSnapshot freezes, reads and downloads, and is shown that one was tampered with.
func TestSnapshot(t *testing.T) {
	d := open(t)
	d.upload("list.csv", list, false)
	f := d.get(d.lead, "/evidence/snapshots").Form()
	path := d.lead.Post("/evidence/snapshots", f).To("/evidence/snapshots/")
	if again := d.lead.Post("/evidence/snapshots", f).To("/evidence/snapshots/"); again != path {
		t.Errorf("a double click makes %s beside %s", again, path)
	}
	page := d.get(d.guardian, path).Says("Evidence snapshot 1, 22 November 2026", "Unchanged since it was frozen", "L1 A door", "Wyre Valley Hospitals", "Download to print")
	d.get(d.guardian, "/evidence/snapshots").Says("Evidence snapshot 1").Hides("Freeze the evidence of today")
	file := d.guardian.Get(path + "/download").Want(200)
	if got := file.Header["Content-Disposition"]; len(got) != 1 || got[0] != `attachment; filename="evidence-snapshot-1-2026-11-22.html"` {
		t.Errorf("the file is called %q", got)
	}
	body := file.Body[strings.Index(file.Body, "</h1>")+len("</h1>") : strings.Index(file.Body, "</main>")]
	if hash := standalone.Hash(body); !strings.Contains(page.Text(), hash) || !strings.Contains(file.Text(), hash) {
		t.Errorf("the file's text has the hash %s, which the pages do not show", hash)
	}
	d.guardian.Post("/evidence/snapshots", f).Want(404)
	d.lead.Post("/evidence/snapshots", url.Values{}).Want(404)
	conn, err := pgx.Connect(t.Context(), world.Super(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, sql := range []string{`set session_replication_role = replica`, `update evidence_snapshot set body = 'All is well' where id = '` + strings.TrimPrefix(path, "/evidence/snapshots/") + `'`} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	d.get(d.guardian, path).Says("This snapshot is not what was frozen").Hides("All is well", "Download to print")
	d.guardian.Get(path + "/download").Want(500)
}

// TestDoors shows nothing to those who have no part in it.
func TestDoors(t *testing.T) {
	d := open(t)
	for _, b := range []*webtest.Browser{d.colleague, d.site.As(d.w.HR.As(access.HR, access.Growth)), d.site.As(d.w.Ward.As(access.Manager, access.Growth)), d.site.As(d.w.Nurse.As(access.Person, access.Growth))} {
		for _, path := range []string{"/evidence", "/evidence/standards", "/evidence/items", "/evidence/snapshots", "/evidence/standards/import"} {
			b.Get(path).Want(404)
		}
	}
}

// TestFile adds a file: it is refused in words, given back as it was, and read by somebody before it counts.
func TestFile(t *testing.T) {
	d := open(t)
	d.upload("list.csv", "framework,edition,code,domain,title,level\nSEQOHS,2023,1,G,A plan,must\n", false)
	standard := d.get(d.lead, "/evidence/standards").Link("/evidence/standards/" + anID)
	add := d.get(d.lead, standard).Link(`/evidence/add/file\?standard=` + anID)
	f := d.get(d.lead, add).Form()
	d.sendFile("/evidence/add/file", f, "", "").Refuses("Select a file", "Enter what it is", "Enter the post that keeps it up to date", "Enter the post that reviews it")
	for key, value := range map[string]string{"title": "Records policy", "owner": "Head of OH", "reviewer": "Director"} {
		f.Set(key, value)
	}
	for content, why := range map[string]string{"": "The file is empty", "\xd0\xcf\x11\xe0": "Rowan takes PDF, PNG and JPEG files", "PK\x03\x04": "The file is damaged or has a password"} {
		if got := d.sendFile("/evidence/add/file", f, "policy.doc", content).Want(422).Errors(); len(got) != 1 || !strings.HasPrefix(got[0], why) {
			t.Errorf("%q is refused with %q", content, got)
		}
	}
	d.sendFile("/evidence/add/file", f, "policy.pdf", "%PDF-1.7").Want(303)
	items := d.get(d.lead, standard)
	item := items.Link("/evidence/items/" + anID)
	page := d.get(d.lead, item)
	page.Says("policy.pdf, 1 KB", "Fingerprint (SHA-256)", "Somebody has to read this file", "Rowan cannot search all of the file")
	page.Link("/documents/" + anID)
	if check := d.lead.Post(item+"/move", url.Values{"to": {"review"}}); check.Status != 303 {
		t.Errorf("it is sent for review with %d", check.Status)
	}
	check := page.Link("/evidence/check/" + anID)
	if at := d.lead.Post(item+"/move", url.Values{"to": {"accepted"}}); at.Location != check {
		t.Errorf("accepting leads to %q", at.Location)
	}
	seen := d.get(d.lead, check).Says("Rowan cannot search all of “policy.pdf”. Who has read it, and why is it about nobody?", "Take it out: replace it with another file")
	form := seen.Form()
	d.lead.Post(check, form).Refuses("Enter why it is not about a person, or take it out")
	d.get(d.lead, "/evidence/snapshots").Says("Rowan cannot search all of the file").Hides("Freeze the evidence of today")
	for name := range form {
		if strings.HasPrefix(name, "reason-") {
			form.Set(name, "Read in full: posts only")
		}
	}
	d.lead.Post(check, form).Want(303)
	d.lead.Post(item+"/move", url.Values{"to": {"accepted"}}).Want(303)
	d.get(d.guardian, item).Says("Accepted", "A file that Rowan cannot search: Read in full: posts only").Hides("Change this evidence")
	d.get(d.lead, item+"/change").Hides("Which file?")

	names := d.sendFile("/evidence/add/file", change(d.get(d.lead, "/evidence/add/file").Form(), f), "counts.csv", "post,who\nlead,Mrs Winter\n").Want(303).Location
	d.get(d.lead, names).Says("1 place looks like data about a person").Hides("Rowan cannot search")
	d.get(d.lead, strings.Replace(names, "items", "check", 1)).Says("post,who lead, Mrs Winter")
}

// change gives a new form what an earlier one said.
func change(f, earlier url.Values) url.Values {
	for _, name := range []string{"title", "owner", "reviewer"} {
		f.Set(name, earlier.Get(name))
	}
	return f
}

// TestYearly says on the first page when the snapshot of the year is due, and that it is late.
func TestYearly(t *testing.T) {
	d := open(t)
	d.upload("list.csv", "framework,edition,code,domain,title,level\nSEQOHS,2023,1,G,A plan,must\n", false)
	d.get(d.lead, "/evidence").Says("Nothing was frozen yet. Freeze the first before the year ends.")
	for _, c := range []struct {
		ago  int
		says string
	}{{400, "A year has passed since the last snapshot: the next was due by 18 October 2026."}, {300, "The next yearly snapshot is due by 26 January 2027."}} {
		if err := d.s.Snapshot(t.Context(), d.w.OHLead.As(access.Lead, access.Growth), now.AddDate(0, 0, -c.ago), uuid.Must(uuid.NewV7())); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/evidence", "/evidence/snapshots"} {
			d.get(d.guardian, path).Says(c.says)
		}
	}
}
