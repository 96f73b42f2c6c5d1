package house_test

import (
	"context"
	"log/slog"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/sample"
	"github.com/rowan-ohwb/rowan/test/walls"
)

// openSample serves the house over a small sample of its own: most of its counts are small ones.
func openSample(t *testing.T) (*house, []account.DemoPerson) {
	t.Helper()
	h := &house{t: t, log: &book{}, now: time.Date(2026, 11, 19, 10, 30, 0, 0, time.UTC)}
	var err error
	if h.keys, err = seal.Open(t.TempDir(), audit.SigningKey); err != nil {
		t.Fatal(err)
	}
	d := pgtest.New(t, func(ctx context.Context, dsn string) error {
		return postgres.Migrate(ctx, postgres.MigrateOptions{Admin: dsn})
	}, "hidden cells "+world.Version())
	if h.db, err = postgres.Open(ctx, func(login string) string { return d.DSN(strings.TrimPrefix(login, postgres.LoginPrefix)) }, postgres.LoginPrefix); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.db.Close)
	if err := sample.Build(ctx, sample.Deps{DB: h.db, Ledger: activity.Ledger{Keys: h.keys}, Box: sealed.New(h.keys), Links: h.keys}, sample.Options{Seed: 1, Now: h.now, Small: true}); err != nil {
		t.Fatal(err)
	}
	h.app, err = app.New(app.Deps{Config: config.Config{Demo: true, Data: t.TempDir(), BaseURL: "http://rowan.example"}, DB: h.db, Keys: h.keys,
		Now: h.at, Ready: func() bool { return true }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	people, err := h.app.Accounts.DemoPeople(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return h, people
}

// growthPages are the parts of the site where every figure is read.
var growthPages = []string{"/performance", "/absence", "/data", "/need", "/plan", "/effect", "/assurance", "/figures"}

func inGrowth(path string) bool {
	for _, p := range growthPages {
		if path == p || strings.HasPrefix(path, p+"/") || strings.HasPrefix(path, p+"?") {
			return true
		}
	}
	return false
}

// old is a month before the 24 that are read: the monthly review goes back for ever.
var old = regexp.MustCompile(`(19[0-9]{2}|20[01][0-9]|202[0-3]|2024-0[0-9]|2024-10)-?`)

var address = regexp.MustCompile(`(?:href|src)="([^"#]+)`)

// crawl reads every page and export that can be reached by links.
func crawl(v *visitor) map[string]string {
	seen, todo := map[string]string{}, append([]string{}, growthPages...)
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if _, done := seen[path]; done {
			continue
		}
		a := v.get(path)
		if a.status != 200 {
			seen[path] = ""
			continue
		}
		seen[path] = a.body
		for _, m := range address.FindAllStringSubmatch(a.body, -1) {
			if to := html.UnescapeString(m[1]); inGrowth(to) && !old.MatchString(to) {
				todo = append(todo, to)
			}
		}
	}
	return seen
}

// exactByDesign are where the OH lead sees the service's own numbers as they are (packages indicator and absence), and
// what was in a file that the lead took in. Nobody else gets these pages exact.
var exactByDesign = []string{"/performance", "/absence", "/data/activity"}

// TestHiddenCells reads every table of the growth wing over 24 months, as those who may, and looks for small counts: shown
// as they are, or to be had from what is shown.
func TestHiddenCells(t *testing.T) {
	h, people := openSample(t)
	visits, counts, hidden, sums := 0, 0, 0, 0
	for _, p := range people {
		for _, role := range []access.Role{access.Lead, access.Guardian, access.Executive} {
			if len(p.Roles) == 0 || p.Roles[0] != role {
				continue
			}
			visits++
			r := reading{cells: map[string]walls.Range{}}
			for path, body := range crawl(h.signIn(world.Who{Account: p.ID}, role)) {
				if role == access.Lead && slices.ContainsFunc(exactByDesign, func(x string) bool {
					return path == x || strings.HasPrefix(path, x+"/") || strings.HasPrefix(path, x+"?")
				}) {
					continue
				}
				for _, x := range tables(body) {
					r.read(t, path, x)
				}
			}
			for _, s := range r.sums() {
				sums++
				walls.Solve(r.cells, []walls.Sum{s})
			}
			for _, name := range r.hidden {
				if c := r.cells[name]; c.Exact() {
					t.Errorf("%s, %s: %s must be %d", p.Place, role, name, c.Low)
				}
			}
			counts, hidden = counts+len(r.cells), hidden+len(r.hidden)
		}
	}
	t.Logf("%d readers, %d counts, %d of them hidden, %d sums", visits, counts, hidden, sums)
	if visits < 8 || counts < 500 || hidden < 50 || sums < 20 {
		t.Error("too little was read to show anything")
	}
}

// reading is what somebody knows after reading.
type reading struct {
	cells  map[string]walls.Range
	hidden []string
}

// counted are the units of charts whose values are counts of events about people.
var counted = regexp.MustCompile(`\((referrals|episodes|injuries|incidents|people|cases|contacts)\)$`)

// read takes the counts of a table. A chart's mean is taken too: were it made of hidden values, they could be had from it.
func (r *reading) read(t *testing.T, path string, x table) {
	switch {
	case counted.MatchString(x.caption) && len(x.head) > 1 && x.head[1] == "Value":
		mean, sum, n := "", 0.0, 0
		for _, row := range x.rows {
			r.cell(t, path, x, row[0], row[1])
			if v, err := strconv.ParseFloat(row[1], 64); err == nil && len(row) > 2 && row[2] != "" {
				mean, sum, n = row[2], sum+v, n+1
			}
		}
		if m, err := strconv.ParseFloat(mean, 64); err == nil && math.Abs(m-sum/float64(n)) > 0.51 {
			t.Errorf("%s: the mean of %s is %s, that of the values shown %.2f: hidden values are in it", path, x.caption, mean, sum/float64(n))
		}
	case len(x.head) == 4 && x.head[2] == "Numerator":
		for _, row := range x.rows {
			r.cell(t, path, x, row[0], row[2])
		}
	}
}

// cell takes one count. Without regard to where it came from, it is rounded to the nearest 5, nought, or hidden.
func (r *reading) cell(t *testing.T, path string, x table, period, text string) {
	name := path + " | " + x.caption + " | " + period
	if strings.HasPrefix(text, "fewer than") {
		r.cells[name] = walls.Range{Low: 1, High: 7}
		if strings.HasSuffix(text, "10") {
			r.cells[name] = walls.Range{Low: 0, High: 9}
		}
		r.hidden = append(r.hidden, name)
		return
	}
	n, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
	switch {
	case err != nil: // a gap, or in words
	case n == 0:
		r.cells[name] = walls.Range{}
	case n%5 != 0 || n < 8:
		t.Errorf("%s: %q shows %d in %s, which is not rounded", path, x.caption, n, period)
	default:
		r.cells[name] = walls.Range{Low: n - 2, High: n + 2}
	}
}

// sums finds the series that have groups: each period of everybody is the sum of its groups.
func (r *reading) sums() (out []walls.Sum) {
	by := map[string]*walls.Sum{}
	for name := range r.cells {
		path, rest, _ := strings.Cut(name, " | ")
		code, group, grouped := strings.Cut(path, "?group=")
		key := code + " | " + rest[strings.LastIndex(rest, "| ")+2:]
		if !strings.HasPrefix(path, "/data/") || !strings.Contains(rest, "Every period") || strings.Contains(group, "&") {
			continue
		}
		if by[key] == nil {
			by[key] = &walls.Sum{}
		}
		if grouped {
			by[key].Parts = append(by[key].Parts, name)
		} else {
			by[key].Whole = name
		}
	}
	for _, s := range by {
		if s.Whole != "" && len(s.Parts) > 1 {
			slices.Sort(s.Parts)
			out = append(out, *s)
		}
	}
	return out
}

type table struct {
	caption string
	head    []string
	rows    [][]string
}

// tables reads the tables of a page.
func tables(body string) (out []table) {
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return nil
	}
	var text func(n *html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		var b strings.Builder
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			b.WriteString(text(c))
		}
		return b.String()
	}
	clean := func(n *html.Node) string { return strings.Join(strings.Fields(text(n)), " ") }
	var visit func(n *html.Node, in *table)
	visit = func(n *html.Node, in *table) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "table":
				out = append(out, table{})
				in = &out[len(out)-1]
			case "caption":
				in.caption = clean(n)
			case "tr":
				var row []string
				head := true
				for c := n.FirstChild; c != nil; c = c.NextSibling {
					if c.Type == html.ElementNode {
						row = append(row, clean(c))
						head = head && c.Data == "th"
					}
				}
				if head && in.head == nil {
					in.head = row
					break
				}
				for i := range min(len(row), len(in.head)) { // on a small screen a cell repeats its heading
					row[i] = strings.TrimSpace(strings.TrimPrefix(row[i], in.head[i]))
				}
				in.rows = append(in.rows, row)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, in)
		}
	}
	visit(doc, &table{})
	return out
}
