package publicweb_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	gopath "path"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/assets"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site/publicweb"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/webtest"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
)

// house is a site that is open, and its visitors.
type house struct {
	*webtest.Site
	s    *site.Service
	lead access.Actor
	at   string // path
	all  []publicweb.Told
	in   []publicweb.Employer
	by   []publicweb.Named
}

// shared are those of every service.
func (h *house) shared(context.Context, access.Actor, time.Time) ([]publicweb.Named, error) {
	return h.by, nil
}

// door are the employers that are named.
func (h *house) door(context.Context, access.Actor, site.Address, time.Time) ([]publicweb.Employer, error) {
	return h.in, nil
}

// told are the case studies of the test.
func (h *house) told(context.Context, access.Actor, site.Address, time.Time) ([]publicweb.Told, templ.Component, error) {
	return h.all, templ.Raw("<p>They listened</p>"), nil
}

func open(t *testing.T) *house {
	t.Helper()
	db := world.Open(t)
	w := world.New(t, db)
	h := &house{s: site.New(site.Deps{DB: db, Figures: figure.NewLibrary()}), lead: w.OHLead.As(access.Lead, access.Growth)}
	h.Site = webtest.New(t, now, publicweb.Routes(h.s, h.told, h.door, h.shared), site.Rules)
	slug := "p-" + strings.ReplaceAll(uuid.NewString(), "-", "")[:20]
	h.at = "/site/" + slug
	if taken, err := h.s.Open(ctx, h.lead.At(access.Hall), now, slug); err != nil || taken {
		t.Fatal(taken, err)
	}
	return h
}

// publish puts a page on the site as the editors do.
func (h *house) publish(t *testing.T, in site.PageIn) {
	t.Helper()
	in.ReviewOn = civil.MustParse("2027-05-01")
	err := h.s.Save(ctx, h.lead, now, time.Time{}, in)
	if err == nil {
		all, _ := h.s.History(ctx, h.lead, in.Path)
		if err = h.s.Offer(ctx, h.lead, now, all[0]); err == nil {
			err = h.s.Publish(ctx, h.lead, now, all[0].Saved, all[0])
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// paths are every page of a site.
var paths = []string{"", "/refer", "/steps", "/contacts", "/careers", "/news", "/stories", "/help-now", "/search", "/search?q=sleep", "/block", "/sleep", "/sleep?read=easy", "?read=easy", "/refer?read=easy", "/steps?read=easy", "/contacts?read=easy", "/careers?read=easy", "/news?read=easy", "/help-now?read=easy"}

var sleep = site.PageIn{Path: "sleep", Kind: site.News, Title: "Sleep week", Words: "# Rest\n\nTalk to us about *shifts*.", Easy: "Sleep is good."}

// TestOpen: every page is for whoever asks, with help on it; none sets a cookie, none runs a script, none says who wrote it.
func TestOpen(t *testing.T) {
	h := open(t)
	h.publish(t, sleep)
	for _, path := range paths {
		p := h.Anonymous().Get(h.at + path).Want(200)
		if got := p.Header["Set-Cookie"]; len(got) > 0 {
			t.Errorf("%s sets %q", path, got)
		}
		if p.Hides("<script", "Anne Shaw"); path != "/block" {
			p.Says("116 123", "999")
		}
		if !strings.Contains(p.Body, "help-now") {
			t.Errorf("%s leads nowhere in a crisis", path)
		}
		// Who is signed in sees the same.
		if q := h.As(access.Actor{Account: uuid.New(), Role: access.Nurse, Name: "Helen Marsh"}).Get(h.at + path); q.Body != p.Body || len(q.Header["Set-Cookie"]) > 0 {
			t.Errorf("%s differs for somebody who is signed in", path)
		}
	}
	h.Anonymous().Get(h.at).Says("Sleep week")
	h.Anonymous().Get(h.at+"/sleep").Says("Rest", "shifts").Hides("Sleep is good")
	h.Anonymous().Get(h.at + "/sleep?read=easy").Says("Sleep is good").Hides("Rest")
	h.Anonymous().Get(h.at+"/search?q=SHIFTS").Says("1 page found", "Sleep week")
	open(t) // where there are two, /site lists them
	h.Anonymous().Get("/site").Want(200).Says("Occupational health services", "Wyre Valley Staff Health")
	for _, path := range []string{"/site/nowhere-at-all", h.at + "/nothing", h.at + "/home", h.at + "/..%2f", "/site/%00"} {
		p := h.Anonymous().Get(path).Want(404)
		if got := p.Header["Cache-Control"]; len(got) != 1 || got[0] != "no-store" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// TestCaches: a page that has not changed is not sent again; one that was published is there at once, and one that was
// withdrawn is gone at once.
func TestCaches(t *testing.T) {
	h := open(t)
	get := func(path, tag string) *webtest.Page {
		r := httptest.NewRequest(http.MethodGet, h.at+path, nil)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		return h.Anonymous().Send(r)
	}
	first := get("", "").Want(200)
	tag := first.Header["Etag"][0]
	if c := first.Header["Cache-Control"]; len(c) != 1 || c[0] != "public, max-age=60" {
		t.Errorf("%q", c)
	}
	if p := get("", tag).Want(304); p.Body != "" {
		t.Error("an unchanged page has a body")
	}
	h.publish(t, sleep)
	if p := get("", tag).Want(200).Says("Sleep week"); p.Header["Etag"][0] == tag {
		t.Error("two pages with one tag")
	}
	all, err := h.s.History(ctx, h.lead, "sleep")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.s.Withdraw(ctx, h.lead, now, all[0]); err != nil {
		t.Fatal(err)
	}
	get("/sleep", "").Want(404)
	if c := get("/search?q=stress", "").Header["Cache-Control"]; len(c) != 1 || c[0] != "no-store" {
		t.Errorf("a question is kept: %q", c)
	}
}

// TestBlock: only the block may be framed, and only by the origins that the service named.
func TestBlock(t *testing.T) {
	h := open(t)
	policy := func(path string) string {
		return h.Anonymous().Get(h.at + path).Want(200).Header["Content-Security-Policy"][0]
	}
	if p := policy("/block"); !strings.Contains(p, "frame-ancestors 'none'") {
		t.Errorf("before anybody was named: %s", p)
	}
	if err := h.s.Set(ctx, h.lead, now, site.SettingIn{Origins: []string{"https://intranet.example.org", "https://b.example"}}); err != nil {
		t.Fatal(err)
	}
	if p := policy("/block"); !strings.Contains(p, "frame-ancestors https://intranet.example.org https://b.example;") || strings.Contains(p, "'none';;") || !strings.Contains(p, "default-src 'none'") {
		t.Errorf("named: %s", p)
	}
	for _, path := range []string{"", "/refer", "/help-now", "/search"} {
		if p := policy(path); !strings.Contains(p, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", path, p)
		}
	}
}

// TestScripts: whatever an editor types, on any kind of page and in either text, nothing of it runs.
func TestScripts(t *testing.T) {
	h := open(t)
	attack := "<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)> ![x](javascript:alert(1))\n\n<svg/onload=alert(1)>\n\n[ok](https://example.org)"
	for _, kind := range append([]site.Kind{site.News, site.Other}, site.Fixed...) {
		in := site.PageIn{Path: string(kind), Kind: kind, Title: `"><script>alert(1)</script>`, Words: attack, Easy: attack}
		if kind == site.News || kind == site.Other {
			in.Path = "attack-" + in.Path
		}
		h.publish(t, in)
	}
	for _, path := range []string{"", "/refer", "/steps", "/contacts", "/careers", "/attack-news", "/attack-page", "/attack-news?read=easy", "/refer?read=easy", "/news", "/block", "/search?q=ok", "/search?q=%22%3E%3Cscript%3E"} {
		h.Anonymous().Get(h.at+path).Want(200).Hides("<script", "javascript:", "<img", "<svg/", "onerror=alert")
	}
}

// mostBytes is what a first visit may cost.
const mostBytes = 100_000

var (
	linked = regexp.MustCompile(`(?:href|src)="(` + assets.Prefix + `[^"]+)"`)
	drawn  = regexp.MustCompile(`(?:url\("?|\bfrom ?'|import\(?')([^"')]+)["')]`)
)

// TestFirstView: page, style sheet, icon and every image that the style sheet may ask for, as they are sent, are under 100 kB together, on
// every page of the site. There is no font, and on the pages of a service no script; the list of all of them has ours, with what it imports.
func TestFirstView(t *testing.T) {
	if !assets.Built() {
		t.Fatal("style sheet and scripts are not built: run make assets")
	}
	h := open(t)
	h.publish(t, sleep)
	h.publish(t, site.PageIn{Path: "long", Kind: site.Other, Title: "A long page", Words: strings.Repeat("It was a bright cold day in April, and the clocks were striking. ", 300)})
	for range 20 {
		h.all = append(h.all, publicweb.Told{ID: uuid.New(), Title: "Seen sooner, with three more clinics a week", On: civil.MustParse("2026-11-20"), Body: templ.Raw(strings.Repeat("<p>Three more clinics</p>", 200))})
	}
	open(t) // where there are two, /site lists them
	seen := map[string]bool{}
	// get gives what is sent, and what it says when it is unpacked.
	get := func(handler http.Handler, path string) (sent int, text string) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		if handler == nil {
			p := h.Anonymous().Send(r).Want(200)
			w.Body.WriteString(p.Body)
		} else if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
		sent, body := w.Body.Len(), w.Body.Bytes()
		if z, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
			if body, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		} // what no cache may keep, and the list of all sites, are sent as they are
		return sent, string(body)
	}
	all := []string{"/site", h.at + "/long", h.at + "/stories/" + h.all[0].ID.String()}
	for _, path := range paths {
		all = append(all, h.at+path)
	}
	for _, path := range all {
		page, text := get(nil, path)
		sum, files := page, map[string]bool{}
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			files[m[1]] = true
		}
		for file := range files {
			n, inside := get(assets.Handler(), file)
			sum += n
			for _, m := range drawn.FindAllStringSubmatch(inside, -1) {
				if image := gopath.Join(gopath.Dir(file), m[1]); !strings.HasPrefix(m[1], "data:") && !files[image] && !seen[path+image] {
					seen[path+image] = true
					n, _ := get(assets.Handler(), image)
					sum += n
				}
			}
		}
		t.Logf("%-12s page %6d, with all that it links %6d bytes", strings.TrimPrefix(path, h.at), page, sum)
		if sum >= mostBytes || sum < 20_000 || strings.Contains(text, "<script") != (path == "/site") || strings.Contains(text, "<img") {
			t.Errorf("%s: %d bytes on the first view", path, sum)
		}
	}
	if len(seen) < 3 {
		t.Errorf("%d images and imports: the search finds nothing", len(seen))
	}
}

// TestStories: a case study is on the site while it is published, and gone with the next request.
func TestStories(t *testing.T) {
	h := open(t)
	v := h.Anonymous()
	v.Get(h.at+"/stories").Want(200).Says("We have published nothing here yet", "116 123")
	one := publicweb.Told{ID: uuid.New(), Title: "Seen sooner", On: civil.MustParse("2026-11-20"), Body: templ.Raw("<p>Three more clinics</p>")}
	h.all = []publicweb.Told{one}
	v.Get(h.at+"/stories").Want(200).Says("They listened", "Seen sooner", "20 November 2026")
	page := v.Get(h.at+"/stories/"+one.ID.String()).Want(200).Says("Three more clinics", "116 123")
	if got := page.Header["Cache-Control"]; len(got) != 1 || got[0] != "no-store" {
		t.Errorf("a story that may be withdrawn is kept by caches: %q", got)
	}
	h.all = nil
	v.Get(h.at + "/stories/" + one.ID.String()).Want(404)
	v.Get(h.at + "/stories/nonsense").Want(404)
}

// The front door names who agreed to be named, leads to the way in that is theirs, and forgets at once who took their name back.
func TestDoor(t *testing.T) {
	h := open(t)
	v := h.Anonymous()
	v.Get(h.at + "/refer").Want(200).Says("Who do you work for?")
	v.Get(h.at + "/your-employer").Want(200).Says("Your employer is not here?").Hides("Choose your employer")
	taking := publicweb.Employer{ID: uuid.New(), Name: "Mill Lane Surgery", Taking: true, Small: true, Places: []publicweb.Place{{Name: "Health centre", Days: "Tuesdays"}}}
	over := publicweb.Employer{ID: uuid.New(), Name: "Hill View Care"}
	h.in = []publicweb.Employer{taking, over}
	v.Get(h.at+"/your-employer").Want(200).Says("Choose your employer", "Mill Lane Surgery", "Hill View Care")
	page := v.Get(h.at+"/your-employer/"+taking.ID.String()).Want(200).Says("looks after the staff of Mill Lane Surgery", "For somebody you manage", "link to the staff list", "Health centre: Tuesdays")
	for _, path := range []string{"/my/refer", "/refer"} {
		if page.Link(path) == "" {
			t.Errorf("no way to %s", path)
		}
	}
	v.Get(h.at+"/your-employer/"+over.ID.String()).Want(200).Says("no new referrals from Hill View Care", "still ask for help today").Hides("For somebody you manage", "Where clinics run")
	v.Get(h.at + "/your-employer/" + uuid.NewString()).Want(404)
	v.Get(h.at + "/your-employer/nobody").Want(404)
	h.in = nil
	v.Get(h.at + "/your-employer").Want(200).Hides("Mill Lane Surgery")
	v.Get(h.at + "/your-employer/" + taking.ID.String()).Want(404)
}

// Services share a front door: whoever hosts one and whoever is named by one is on it, with the way to the service that is theirs, and a
// part of the name is enough to find it.
func TestSharedDoor(t *testing.T) {
	h, other := open(t), open(t)
	own, theirs := uuid.New(), uuid.New()
	h.by = []publicweb.Named{{own, h.lead.Service, "Mill Lane Surgery"}, {theirs, other.lead.Service, "Hill View Care"}, {uuid.New(), uuid.New(), "Without a Site"}, {other.lead.Organisation, other.lead.Service, "Host and Client"}}
	v := h.Anonymous()
	p := v.Get("/site").Want(200).Says("Who do you work for?", "Mill Lane Surgery", "Hill View Care", "want to be named", "116 123").Hides("Without a Site")
	for _, path := range []string{h.at + "/your-employer/" + own.String(), other.at + "/your-employer/" + theirs.String(), h.at + "/refer", other.at} {
		p.Link(path)
	}
	if p.Says("Host and Client"); strings.Contains(p.Body, other.at+"/refer") {
		t.Error("a host that is named is there twice")
	}
	v.Get("/site?q=mill+SURG").Want(200).Says("1 employer found", "Mill Lane Surgery").Hides("Hill View Care")
	v.Get("/site?q="+strings.Repeat("x", 200)).Want(200).Says("0 employers found", "The services")
	v.Get(h.at + "/your-employer").Want(200).Link("/site")
}
