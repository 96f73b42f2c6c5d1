package diagnosticweb_test

import (
	"bytes"
	"context"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/diagnosticweb"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/selfcheck"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/growthtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

func open(t *testing.T) (*webtest.Site, *diagnostic.Service, *postgres.DB, *world.World) {
	t.Helper()
	db := world.Open(t)
	keys, err := seal.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	library := figure.NewLibrary(diagnostic.NewBook(db), selfcheck.NewBook(db))
	planned := func(_ context.Context, _ access.Actor, subsection string) ([]diagnostic.Planned, error) {
		if subsection != "E1.1" {
			return nil, nil
		}
		return []diagnostic.Planned{{Part: diagnostic.Part{Text: "Food at night", Status: "Agreed", Path: "/plan/needs/1"},
			Objectives: []diagnostic.Aim{{Part: diagnostic.Part{Text: "A canteen", Path: "/plan/objectives/2"}, Actions: []diagnostic.Part{{Text: "Open at two", Status: "Planned", Path: "/plan/actions/3"}}}}}}, nil
	}
	s := diagnostic.New(diagnostic.Deps{DB: db, Links: keys, Figures: library, Planned: planned})
	return webtest.New(t, growthtest.Now, diagnosticweb.Routes(s, "https://rowan.test"), diagnostic.Rules), s, db, world.New(t, db)
}

func upload(t *testing.T, name, content string) *http.Request {
	t.Helper()
	return uploadTo(t, "/need/questions", "", name, content)
}

func uploadTo(t *testing.T, path, id, name, content string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	part, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err == nil && id != "" {
		err = m.WriteField("id", id)
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

func TestQuestionSets(t *testing.T) {
	site, _, _, w := open(t)
	lead := site.As(w.OHLead.As(access.Lead, access.Growth))
	lead.Get("/need/questions").Want(200).Says("not the national diagnostic")
	lead.Get("/need/questions/starter").Want(200).Says("34 questions")
	if e := lead.Post("/need/questions", nil).Want(422).Errors(); !slices.Equal(e, []string{"Select a file"}) {
		t.Errorf("errors %q", e)
	}
	lead.Send(upload(t, "x.csv", "a,b\n")).Want(422).Says("The heading lacks")
	head := "code,version,subsection,statement\n"
	lead.Send(upload(t, "x.csv", head+"A,1,E9.9,Text\n")).Want(422).Says("No row could be taken")
	file := head + "A,1,E1.1,First\nB,1,E9.9,Secret text\n"
	to := lead.Send(upload(t, "local.csv", file)).To("/need/questions/")
	lead.Get(to).Want(200).Says("1 row was not taken", "First").Hides("Secret text")
	if body := lead.Get(to + "/rejects.csv").Want(200).Body; body != "Line,Column,Reason\n3,subsection,the sub-section is not in the framework\n" {
		t.Errorf("rejects %q", body)
	}
	if again := lead.Send(upload(t, "local.csv", file)).To("/need/questions/"); again != to {
		t.Errorf("the same file again leads to %s", again)
	}
	lead.Send(upload(t, "other.csv", head+"A,1,E1.1,Another text\n")).Want(422).Says("has another text already")
	lead.Send(upload(t, "next.csv", head+"A,2,E1.1,Another text\n")).To("/need/questions/")
	lead.Send(upload(t, "old.csv", head+"A,1,E1.1,First\n")).To("/need/questions/")
	site.As(w.Guardian.As(access.Guardian, access.Growth)).Get(to).Want(404)
}

var start = url.Values{"name": {"Autumn round"}, "scope": {"organisation"}, "setting": {"trust"}, "elements": {"E1", "E2"}, "target-E1": {"75"}, "target-E2": {"75"},
	"until-day": {"1"}, "until-month": {"12"}, "until-year": {"2026"}}

// holder is the code of a browser, as its page spells it.
var holder = regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}`)

var link = regexp.MustCompile(`https://rowan\.test(/need/answer/[A-Za-z0-9_-]+)`)

func links(t *testing.T, lead *webtest.Browser, round, perspective, n string) (out []string) {
	t.Helper()
	page := lead.Post(round+"/invite", url.Values{"perspective": {perspective}, "n": {n}}).Want(200)
	for _, m := range link.FindAllStringSubmatch(page.Body, -1) {
		out = append(out, m[1])
	}
	return out
}

// TestRound is the life of a round, by every page of it.
func TestRound(t *testing.T) {
	site, s, db, w := open(t)
	lead, anyone := site.As(w.OHLead.As(access.Lead, access.Growth)), site.Anonymous()
	guardian := site.As(w.Guardian.As(access.Guardian, access.Growth))
	stranger := site.As(w.Foreign.As(access.Lead, access.Growth))
	lead.Get("/need/rounds").Want(200).Says("There is no round yet")
	lead.Get("/need/rounds/start").Want(200)
	if e := lead.Post("/need/rounds/start", url.Values{}).Want(422).Errors(); len(e) != 5 {
		t.Errorf("errors %q", e)
	}
	bad := url.Values{"name": {"x"}, "scope": {"site"}, "setting": {"trust"}, "elements": {"E1"}, "target-E1": {"900"}, "until-day": {"40"}, "until-month": {"1"}, "until-year": {"2027"}}
	if e := lead.Post("/need/rounds/start", bad).Want(422).Errors(); len(e) != 3 {
		t.Errorf("errors %q", e)
	}
	round := lead.Post("/need/rounds/start", start).To("/need/rounds/")
	lead.Get(round).Want(200).Says("Open until 1 December 2026", "Occupational health")
	lead.Get(round + "/results").Want(404) // nobody reads an open round
	guardian.Get(round).Want(404)
	stranger.Get(round).Want(404)
	stranger.Post(round+"/close", nil).Want(404)

	lead.Get(round + "/invite").Want(200)
	if e := lead.Post(round+"/invite", url.Values{"n": {"101"}}).Want(422).Errors(); len(e) != 2 {
		t.Errorf("errors %q", e)
	}
	board, staff, few := links(t, lead, round, "board", "6"), links(t, lead, round, "staff_side", "6"), slices.Concat(links(t, lead, round, "oh", "3"), links(t, lead, round, "staff_network", "3"))
	if len(board) != 6 || len(few) != 6 {
		t.Fatalf("%d links", len(board))
	}
	anyone.Get(board[0]).Want(200).Says("Board", "Rowan does not know who you are", "0 of 6 answered").Hides(w.OHLead.Name)
	anyone.Get(board[0] + "/E1").Want(200).Says("nobody has taken this in yet")
	anyone.Get(board[0] + "/E7").Want(404)
	anyone.Get("/need/answer/nothing").Want(404).Says("We do not know this link")
	wrong := url.Values{"score-0": {"7"}, "link-0": {"javascript:x"}, "comment-1": {strings.Repeat("x", 1001)}, "confidence-1": {"sure"}}
	if e := anyone.Post(board[0]+"/E1", wrong).Want(422).Errors(); len(e) != 4 {
		t.Errorf("errors %q", e)
	}
	answer := func(path, score, comment string) {
		for _, element := range []string{"E1", "E2"} {
			v := url.Values{"comment-0": {comment}}
			for i := range 6 {
				v.Set("score-"+string(rune('0'+i)), score)
			}
			anyone.Post(path+"/"+element, v).To(path)
		}
	}
	for i, path := range board {
		answer(path, "4", "")
		if i > 0 {
			anyone.Post(path, nil).Want(200).Says("Thank you")
		}
	}
	if v := anyone.Get(board[0] + "/E1").Want(200).Form(); v.Get("score-0") != "4" {
		t.Errorf("not resumed: %v", v)
	}
	// whoever else has the link, the lead who made it too, neither reads nor changes what was saved
	other := site.Anonymous()
	other.Get(board[0]).Want(200).Says("Another browser has begun with this link").Hides("of 6 answered")
	other.Get(board[0] + "/E1").Want(200).Says("Another browser has begun with this link").Hides("Comment")
	other.Post(board[0]+"/E1", url.Values{"score-0": {"0"}}).Want(200).Says("Another browser has begun with this link")
	other.Post(board[0], nil).Want(200).Says("Another browser has begun with this link")
	other.Post(board[0], url.Values{"do": {"go_on"}, "code": {"AAAA-AAAA-AAAA"}}).Want(422).Says("Enter the code that the other browser shows")
	code := holder.FindString(anyone.Get(board[0]).Want(200).Says("To go on in another browser").Body)
	other.Post(board[0], url.Values{"do": {"go_on"}, "code": {" " + strings.ToLower(code)}}).To(board[0])
	if v := other.Get(board[0] + "/E1").Want(200).Form(); v.Get("score-0") != "4" {
		t.Errorf("not gone on: %v", v)
	}
	site.Anonymous().Post(staff[0], url.Values{"do": {"go_on"}}).To(staff[0]) // nobody has begun with it
	anyone.Post(board[0]+"/E1", url.Values{"do": {"next"}, "score-0": {"4"}}).To(board[0] + "/E2")
	anyone.Post(board[0]+"/E1", url.Values{"score-0": {"4"}, "score-1": {"4"}, "score-2": {"-1"}}).To(board[0])
	anyone.Post(board[0], nil).Want(200)
	anyone.Get(board[0]).Want(410).Says("already submitted")
	anyone.Post(board[0]+"/E1", url.Values{"score-0": {"0"}}).Want(410)
	for _, path := range staff {
		answer(path, "1", "Nights have no food")
		anyone.Post(path, nil).Want(200)
	}
	for _, path := range few[:5] { // three and two: hidden one by one, and five together
		answer(path, "2", "")
		anyone.Post(path, nil).Want(200)
	}
	lead.Get(round).Want(200).Says("Fewer than 5", "About 5").Hides("About 6")
	if rows := lead.Get(round).Text(); strings.Contains(rows, "Occupational health 3") || strings.Contains(rows, "Staff networks 3") {
		t.Errorf("links of three are counted: %s", rows)
	}

	lead.Get(round + "/workshop/E1").Want(200)
	lead.Get(round + "/workshop/E7").Want(404)
	lead.Post(round+"/workshop/E1", url.Values{"n-0-manager-3": {"many"}}).Want(422).Says("whole number")
	lead.Post(round+"/workshop/E1", url.Values{"n-0-manager-3": {"8"}}).To(round)
	if v := lead.Get(round + "/workshop/E1").Want(200).Form(); v.Get("n-0-manager-3") != "8" {
		t.Errorf("votes not kept: %v", v)
	}
	lead.Get(round + "/evidence/OURS-E1.1-1").Want(200)
	lead.Get(round + "/evidence/none").Want(404)
	lead.Post(round+"/evidence/OURS-E1.1-1", nil).Want(422).Says("Choose a figure")
	lead.Post(round+"/evidence/OURS-E1.1-1", url.Values{"figure": {"selfcheck/organisation"}}).To(round)
	lead.Get(round).Want(200).Says("1 figure")
	lead.Get(round + "/evidence/OURS-E1.1-1").Says("Calls to action in place").Hides("Out of date")
	answered := selfcheck.Check{Call: "O03", Position: "in_place"}
	if bad, err := selfcheck.New(selfcheck.Deps{DB: db}).Save(t.Context(), w.OHLead.As(access.Lead, access.Growth), growthtest.Now, answered); err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	lead.Get(round + "/evidence/OURS-E1.1-1").Says("Out of date")
	beside, file := round+"/evidence/OURS-E1.1-1/file", uuid.NewString()
	lead.Send(uploadTo(t, beside, file, "rota.txt", "")).Want(422).Says("The file is empty")
	lead.Post(beside, url.Values{"id": {file}}).Want(422).Says("Select a file")
	lead.Send(uploadTo(t, beside, file, "rota.txt", "Mrs Winter: nights")).Want(422).Says("words that look like a person: Mrs Winter")
	lead.Send(uploadTo(t, beside, file, "rota.pdf", "%PDF-1.7\n")).Want(422).Says("Rowan cannot search the whole file")
	lead.Send(uploadTo(t, beside, file, "rota.txt", "Nights: no canteen")).To(round)
	lead.Send(uploadTo(t, beside, file, "rota.txt", "Nights: no canteen")).To(round) // a double click
	lead.Get(round).Want(200).Says("2 figures and files")
	lead.Get(round+"/evidence/OURS-E1.1-1").Want(200).Says("rota.txt, 1 KB", "Fingerprint (SHA-256)")

	open := few[5]
	lead.Get(round + "/close").Want(200)
	lead.Post(round+"/close", nil).To(round + "/results")
	lead.Post(round+"/close", nil).Want(409)
	anyone.Get(open).Want(410).Says("This round is over")
	anyone.Post(open+"/E1", url.Values{"score-0": {"0"}}).Want(410)
	anyone.Post(open, nil).Want(410)
	lead.Post(round+"/invite", url.Values{"perspective": {"oh"}, "n": {"1"}}).Want(409)

	results := guardian.Get(round+"/results").Want(200).Says("95% or more", "25%", "(about 15 answered)", "Too few to show", "70 points apart", "fingerprint still matches", "No comparison")
	results.Hides("Nights have no food")
	lead.Send(uploadTo(t, beside, uuid.NewString(), "late.txt", "x")).Want(409)
	guardian.Get(round+"/results/E1.1").Want(200).Says("rota.txt, 1 KB", "Nights have no food", "Calls to action in place", "Out of date").Hides("/plan/needs/add")
	id := strings.TrimPrefix(round, "/need/rounds/")
	if page := lead.Get(round + "/results/E1.1").Want(200); !slices.Contains(page.Links(), "/plan/needs/add?figure=gap%2F"+id+".E1.1") {
		t.Errorf("no link to a need: %q", page.Links())
	}
	guardian.Get(round+"/results/E1.1").Says("Already in the plan", "Need: Food at night (Agreed)", "Objective: A canteen", "Action: Open at two (Planned)")
	guardian.Get(round+"/results/E1.2").Says("Already in the plan", "Nothing yet")
	lead.Get(round + "/results/E9.9").Want(404)
	stranger.Get(round + "/results").Want(404)
	site.As(w.HR.As(access.HR, access.Growth)).Get(round + "/results").Want(404)

	lead.Get(round + "/rank").Want(200)
	if e := lead.Post(round+"/rank", url.Values{"importance-E1.1": {"9"}, "reach-E1.2": {"50"}}).Want(422).Errors(); len(e) != 3 {
		t.Errorf("errors %q", e)
	}
	lead.Post(round+"/rank", url.Values{"importance-E1.1": {"5"}, "reach-E1.1": {"80"}}).To(round + "/results")
	guardian.Get(round+"/results").Want(200).Says("Suggested order", "80%")
	weighed, ok, err := s.Weighed(t.Context(), w.OHLead.As(access.Lead, access.Growth), diagnostic.Ref(uuid.MustParse(id), "E1.1"))
	if err != nil || !ok || weighed.Importance != 5 || weighed.Reach != 80 {
		t.Errorf("weighed %+v %v (%v)", weighed, ok, err)
	}
	for _, path := range []string{"/need/rounds", "/need/rounds/start", round + "/results", round + "/results/E1.1", round + "/rank"} {
		if text := lead.Get(path).Text(); strings.Contains(text, "need.") {
			t.Errorf("%s: a key without words: %s", path, text)
		}
	}

	ctx, actor := context.Background(), w.OHLead.As(access.Lead, access.Growth)
	all, err := diagnostic.NewBook(db).List(ctx, actor, growthtest.Now)
	if err != nil || len(all) != 5 || all[0].State != figure.Known {
		t.Errorf("figures %+v (%v)", all, err)
	}
	for _, sql := range []string{`update diagnostic_round set hash = 'x'`, `update round_answer set score = 0`, `update round_tally set n = 0`, `update round_voice set submitted = false`} {
		err := db.InTenant(ctx, actor, func(tx *postgres.Tx) error {
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if postgres.Code(err) != postgres.Locked {
			t.Errorf("%s: %v", sql, err)
		}
	}

	site = webtest.New(t, growthtest.Now.Add(time.Hour), diagnosticweb.Routes(s, "https://rowan.test"), diagnostic.Rules)
	lead, anyone = site.As(actor), site.Anonymous()
	again := lead.Post("/need/rounds/start", start).To("/need/rounds/")
	for _, path := range links(t, lead, again, "board", "5") {
		answer(path, "2", "")
		anyone.Post(path, nil).Want(200)
		// a link of one round opens no other: its sheet is that of its own round
		if sheet, _, err := s.Look(ctx, strings.TrimPrefix(path, "/need/answer/"), "", growthtest.Now); err != nil || sheet.Round.ID.String() == id {
			t.Errorf("the link opens %v (%v)", sheet.Round.ID, err)
		}
	}
	lead.Post(again+"/close", nil).To(again + "/results")
	lead.Get(again+"/results").Want(200).Says("Compared with Autumn round", "Elements by perspective, since the last round", "Down 45 points")

	// a site that was chosen from an earlier round is written as it was
	site1 := maps.Clone(start)
	site1.Set("scope", "site")
	site1.Set("scope_text", "Quay House")
	lead.Get("/need/rounds/start").Want(200).Hides("Site or staff group of an earlier round")
	lead.Post("/need/rounds/start", site1).To("/need/rounds/")
	lead.Get("/need/rounds/start").Want(200).Says("Site or staff group of an earlier round")
	chosen := maps.Clone(start)
	chosen.Set("same", "site:Quay House")
	chosen.Set("name", "Second round of the site")
	lead.Get(lead.Post("/need/rounds/start", chosen).To("/need/rounds/")).Want(200).Says("Quay House")
}
