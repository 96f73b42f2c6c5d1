package site_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/community/site"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var (
	ctx   = context.Background()
	now   = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	today = civil.MustParse("2026-11-23")
)

// house is a service with what its site needs of other slices.
type house struct {
	*site.Service
	w          *world.World
	db         *postgres.DB
	lead       access.Actor
	writer     access.Actor
	advertised []site.Opening
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{db: world.Open(t)}
	h.w = world.New(t, h.db)
	h.lead, h.writer = h.w.OHLead.As(access.Lead, access.Growth), h.w.HR.As(access.Communications, access.Growth)
	h.Service = site.New(site.Deps{DB: h.db, Figures: figure.NewLibrary(), Advertised: func(context.Context, access.Actor, time.Time) ([]site.Opening, error) {
		return h.advertised, nil
	}})
	return h
}

// slug is an address that no other world of the shared database has.
func slug() string { return "s-" + strings.ReplaceAll(uuid.NewString(), "-", "")[:20] }

func page(title string) site.PageIn {
	return site.PageIn{Path: site.PathOf(title), Kind: site.Other, Title: title, Words: "Come to us.", ReviewOn: today.AddMonths(6)}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) version(t *testing.T, path string) site.Version {
	t.Helper()
	all, err := h.History(ctx, h.lead, path)
	must(t, err)
	if len(all) == 0 {
		t.Fatalf("nothing at %s", path)
	}
	return all[0]
}

func (h *house) public(t *testing.T, slug string) site.Public {
	t.Helper()
	p, err := h.Public(ctx, access.Actor{Role: access.Anonymous, Wall: access.Hall}, now, slug)
	must(t, err)
	return p
}

// TestLife: what is drafted or offered is nobody's to read but the editors'; what is published is what was read.
func TestLife(t *testing.T) {
	h, at := open(t), slug()
	taken, err := h.Open(ctx, h.lead.At(access.Hall), now, at)
	if must(t, err); taken {
		t.Fatal("the address is taken")
	}
	in := page("Needlestick injuries")
	must(t, h.Save(ctx, h.writer, now, time.Time{}, in))
	v := h.version(t, in.Path)
	if len(h.public(t, at).Pages) != 0 {
		t.Error("a draft is public")
	}
	if err := h.Publish(ctx, h.lead, now, v.Saved, v); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a draft that nobody offered is published: %v", err)
	}
	must(t, h.Offer(ctx, h.writer, now, v))
	in.Words = "Something else."
	must(t, h.Save(ctx, h.writer, now.Add(time.Minute), v.Saved, in)) // after the lead has opened it
	must(t, h.Offer(ctx, h.writer, now, v))
	if err := h.Publish(ctx, h.lead, now, v.Saved, v); fault.KindOf(err) != fault.Conflict {
		t.Errorf("what nobody read is published: %v", err)
	}
	if err := h.Save(ctx, h.writer, now, v.Saved, in); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a draft is overwritten: %v", err)
	}
	must(t, h.Return(ctx, h.lead, now, v, "Say whom to call."))
	if v = h.version(t, in.Path); v.State != site.Drafted || v.Returned != "Say whom to call." {
		t.Errorf("given back: %+v", v)
	}
	must(t, h.Offer(ctx, h.writer, now, v))
	must(t, h.Publish(ctx, h.lead, now, v.Saved, v))
	if p := h.public(t, at).Pages; len(p) != 1 || p[0].Words != "Something else." || p[0].By != "" {
		t.Errorf("published: %+v", p)
	}
	// The next version takes its place, and the first is kept.
	in.Words = "Wash it, cover it, call us."
	must(t, h.Save(ctx, h.writer, now, time.Time{}, in))
	next := h.version(t, in.Path)
	must(t, h.Offer(ctx, h.writer, now, next))
	must(t, h.Publish(ctx, h.lead, now, next.Saved, next))
	all, err := h.History(ctx, h.lead, in.Path)
	if must(t, err); len(all) != 2 || all[0].State != site.Published || all[1].State != site.Replaced || all[1].Words != "Something else." {
		t.Errorf("versions: %+v", all)
	}
	if p := h.public(t, at).Pages; len(p) != 1 || p[0].Version != 2 {
		t.Errorf("published: %+v", p)
	}
	must(t, h.Reviewed(ctx, h.lead, now, next, today.AddMonths(11)))
	must(t, h.Withdraw(ctx, h.lead, now, next))
	if len(h.public(t, at).Pages) != 0 {
		t.Error("a page that was taken away is public")
	}
}

// TestKept: what was published cannot be rewritten, not even by SQL under the login of growth.
func TestKept(t *testing.T) {
	h := open(t)
	_, err := h.Open(ctx, h.lead.At(access.Hall), now, slug())
	must(t, err)
	in := page("Skin")
	must(t, h.Save(ctx, h.writer, now, time.Time{}, in))
	v := h.version(t, in.Path)
	must(t, h.Offer(ctx, h.writer, now, v))
	must(t, h.Publish(ctx, h.lead, now, v.Saved, v))
	err = h.db.InTenant(ctx, h.lead, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `update site_version set words = 'rewritten' where path = 'skin'`)
		return err
	})
	if err == nil {
		t.Error("what was published is rewritten")
	}
}

// TestWalls: another service's editors, the employer and the person reach nothing of it; the hall reads no draft and no name.
func TestWalls(t *testing.T) {
	h, at := open(t), slug()
	_, err := h.Open(ctx, h.lead.At(access.Hall), now, at)
	must(t, err)
	in := page("Secret draft")
	must(t, h.Save(ctx, h.writer, now, time.Time{}, in))
	stranger := h.w.ForeignOHAdmin.As(access.Lead, access.Growth)
	if all, err := h.History(ctx, stranger, in.Path); err != nil || len(all) != 0 {
		t.Errorf("another service reads %v, %v", all, err)
	}
	count := func(a access.Actor, sql string) (n int, err error) {
		err = h.db.InTenant(ctx, a, func(tx *postgres.Tx) error { return tx.QueryRow(ctx, sql).Scan(&n) })
		return n, err
	}
	if n, err := count(access.Actor{Wall: access.Hall}, `select count(path) from site_version where path = 'secret-draft'`); err != nil || n != 0 {
		t.Errorf("the hall finds %d drafts, %v", n, err)
	}
	for _, sql := range []string{`select count(saved_by) from site_version`, `select count(by_name) from site_vacancy`, `select count(*) from campaign`} {
		if _, err := count(access.Actor{Wall: access.Hall}, sql); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("hall: %s answers %v", sql, err)
		}
	}
	for _, wall := range []access.Wall{access.Employer, access.Clinical, access.Portal, access.Audit, access.Worker} {
		if _, err := count(h.w.Nurse.As(access.Person, wall), `select count(path) from site_version`); postgres.Code(err) != postgres.PermissionDenied {
			t.Errorf("%s: %v", wall, err)
		}
	}
	// Who works for a client of the service, not for its host, keeps no page of it.
	client := h.w.LocalManager.As(access.Communications, access.Growth)
	if _, err := h.Find(ctx, client, now); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a client's editor: %v", err)
	}
	if err := h.Save(ctx, client, now, time.Time{}, in); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a client's editor writes: %v", err)
	}
	if taken, err := h.Open(ctx, stranger.At(access.Hall), now, at); err != nil || !taken {
		t.Errorf("two services with one address: %v %v", taken, err)
	}
}

// TestVacancies: what the plan does not advertise cannot be shown; what is past its day, or hidden, is gone.
func TestVacancies(t *testing.T) {
	h, at := open(t), slug()
	_, err := h.Open(ctx, h.lead.At(access.Hall), now, at)
	must(t, err)
	post := site.Opening{ID: uuid.New(), Title: "OH nurse", Band: "6", WTE: 1, Development: true, Advertised: today}
	in := site.VacancyIn{ID: post.ID, Words: "See people.", Link: "https://jobs.example.org/1", Closes: locale.Day(time.Now()).AddDays(10)}
	clock := time.Now()
	if err := h.Show(ctx, h.lead, clock, in); fault.KindOf(err) != fault.NotFound {
		t.Errorf("not advertised: %v", err)
	}
	h.advertised = []site.Opening{post}
	must(t, h.Show(ctx, h.lead, clock, in))
	see := func(at time.Time, addr string) int {
		p, err := h.Public(ctx, access.Actor{Wall: access.Hall}, at, addr)
		must(t, err)
		return len(p.Vacancies)
	}
	if see(clock, at) != 1 || see(clock.AddDate(0, 0, 11), at) != 0 {
		t.Error("shown until its last day")
	}
	must(t, h.Hide(ctx, h.lead, clock, post.ID))
	if see(clock, at) != 0 {
		t.Error("shown although it was taken away")
	}
}

func TestCheckPage(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*site.PageIn)
		want   string
	}{
		"right":             {func(*site.PageIn) {}, ""},
		"no title":          {func(p *site.PageIn) { p.Title = "" }, "site.title.empty"},
		"a long title":      {func(p *site.PageIn) { p.Title = strings.Repeat("a", 81) }, "form.too_long"},
		"no path":           {func(p *site.PageIn) { p.Title, p.Path = "???", site.PathOf("???") }, "site.title.taken"},
		"the block's path":  {func(p *site.PageIn) { p.Path = site.PathOf("Block") }, "site.title.taken"},
		"help's path":       {func(p *site.PageIn) { p.Path = site.PathOf("Help now") }, "site.title.taken"},
		"a fixed one's":     {func(p *site.PageIn) { p.Path = site.PathOf("Refer") }, "site.title.taken"},
		"no words":          {func(p *site.PageIn) { p.Words = "" }, "site.words.empty"},
		"many words":        {func(p *site.PageIn) { p.Words = strings.Repeat("a", 20_001) }, "form.too_long"},
		"no day":            {func(p *site.PageIn) { p.ReviewOn = civil.Date{} }, "site.review_on.empty"},
		"today":             {func(p *site.PageIn) { p.ReviewOn = today }, "site.review_on.range"},
		"more than a year":  {func(p *site.PageIn) { p.ReviewOn = today.AddMonths(12).AddDays(1) }, "site.review_on.range"},
		"a year":            {func(p *site.PageIn) { p.ReviewOn = today.AddMonths(12) }, ""},
		"a fixed one is so": {func(p *site.PageIn) { p.Kind, p.Path = site.Home, "home" }, ""},
	} {
		in := page("Skin")
		x.change(&in)
		f := site.CheckPage(in, today)
		if x.want == "" && len(f) > 0 || x.want != "" && (len(f) != 1 || f[0].Key != x.want) {
			t.Errorf("%s: %v, want %q", name, f, x.want)
		}
	}
}

// TestCheckOrigins: what passes goes into a header as it is.
func TestCheckOrigins(t *testing.T) {
	for origin, ok := range map[string]bool{
		"https://intranet.example.nhs.uk": true, "https://intranet.example.nhs.uk:8443": true,
		"http://intranet.example.nhs.uk": false, "https://intranet": false, "https://*.example.org": false, "https://a.example/path": false, "https://a.example;script-src": false,
		"https://u@a.example": false, "javascript:alert(1)": false, "*": false, "'self'": false, "https://A.example": false, "https://a.example?x": false, "https://a.example:": false, "data:": false,
	} {
		if got := len(site.CheckOrigins([]string{origin})) == 0; got != ok {
			t.Errorf("%q: %v", origin, got)
		}
	}
	if got := site.Origins(" https://a.example/ \n\nhttps://a.example https://b.example"); strings.Join(got, " ") != "https://a.example https://b.example" {
		t.Errorf("%q", got)
	}
	if len(site.CheckOrigins(make([]string, 11))) == 0 {
		t.Error("eleven origins")
	}
}

func TestSearch(t *testing.T) {
	p := site.Public{Pages: []site.Version{
		{Path: "a", Title: "Back pain", Words: strings.Repeat("before ", 60) + "Physiotherapy helps. " + strings.Repeat("after ", 60)},
		{Path: "b", Title: "Physiotherapy", Words: "How to book."}, {Path: "c", Title: "Skin", Words: "Hands.", Easy: "Dry hands? Call."},
	}}
	plain := func(s string) string { return s }
	for query, want := range map[string]string{"PHYSIOTHERAPY": "b a", "physiotherapy pain": "a", "dry": "c", "": "", "   ": "", "nothing of it": "", strings.Repeat("x", 5000): ""} {
		var got []string
		for _, h := range p.Index(plain).Search(query) {
			got = append(got, h.Path)
			if len([]rune(h.Snippet)) > 170 {
				t.Errorf("%q: a snippet of %d", query, len(h.Snippet))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	if s := p.Index(plain).Search("physiotherapy pain")[0].Snippet; !strings.Contains(s, "Physiotherapy helps") || !strings.HasPrefix(s, "… ") || !strings.HasSuffix(s, " …") {
		t.Errorf("%q", s)
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("straße İ", "ß i")
	f.Fuzz(func(t *testing.T, text, query string) {
		site.Public{Pages: []site.Version{{Title: text, Words: text}}}.Index(func(s string) string { return s }).Search(query)
	})
}
