package house_test

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/app"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
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
	if h.keys, err = seal.Open(t.TempDir(), audit.SigningKey, release.SigningKey); err != nil {
		t.Fatal(err)
	}
	d := pgtest.New(t, func(ctx context.Context, dsn string) error {
		return postgres.Migrate(ctx, postgres.MigrateOptions{Admin: dsn})
	}, "hidden cells "+world.Version())
	if h.db, err = postgres.Open(ctx, func(login string) string { return d.DSN(strings.TrimPrefix(login, postgres.LoginPrefix)) }, postgres.LoginPrefix); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.db.Close)
	if err := sample.Build(ctx, sample.Deps{DB: h.db, Ledger: activity.Ledger{Keys: h.keys}, Box: sealed.New(h.keys), Links: h.keys, Sign: h.keys.Other(release.SigningKey.Name)}, sample.Options{Seed: 1, Now: h.now, Small: true}); err != nil {
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
var growthPages = []string{"/performance", "/absence", "/data", "/need", "/plan", "/effect", "/assurance", "/evidence", "/figures"}

func under(path string, roots []string) bool {
	return slices.ContainsFunc(roots, func(p string) bool {
		return path == p || strings.HasPrefix(path, p+"/") || strings.HasPrefix(path, p+"?")
	})
}

// old is a month before the 24 that are read: the monthly review goes back for ever.
var old = regexp.MustCompile(`(19[0-9]{2}|20[01][0-9]|202[0-3]|2024-0[0-9]|2024-10)-?`)

// exactByDesign are where the OH lead sees the service's own numbers as they are (packages indicator and absence), and
// what was in a file that the lead took in. Nobody else gets these pages exact.
var exactByDesign = []string{"/performance", "/absence", "/data/activity"}

// crawl reads what can be reached by links from the home page: every page of the growth wing, and every file. A link that does
// not lead to an answer is a fault. What the lead reads exactly is opened, and neither read nor followed.
func crawl(v *visitor, r *reading) {
	seen, todo := map[string]bool{}, []string{"/"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		a := v.get(path)
		if to := a.header.Get("Location"); a.status == http.StatusSeeOther && to != "" {
			todo = append(todo, to)
			continue
		}
		if a.status != http.StatusOK {
			r.say("%s: a link leads to %d", path, a.status)
			continue
		}
		if v.role == access.Lead && under(path, exactByDesign) {
			continue
		}
		r.page(path, a.header.Get("Content-Type"), a.body)
		for _, to := range addresses(a.body, "href", "src") {
			if under(to, growthPages) && !old.MatchString(to) {
				todo = append(todo, to)
			}
		}
	}
	for _, path := range growthPages {
		if v.role == access.Guardian && !seen[path] {
			r.say("%s is not to be had by links", path)
		}
	}
	for _, path := range files(v, seen) { // that a page links only where there is something in them
		if a := v.get(path); !seen[path] && a.status == http.StatusOK {
			r.page(path, a.header.Get("Content-Type"), a.body)
		}
	}
}

// files are the addresses of files that belong to pages.
func files(v *visitor, pages map[string]bool) (out []string) {
	for _, route := range v.h.app.Routes {
		base, name, _ := strings.Cut(route.Path, "}/")
		if route.Method != http.MethodGet || !strings.Contains(name, ".") || strings.ContainsAny(name, "/{") || !under(route.Path, growthPages) {
			continue
		}
		of := regexp.MustCompile("^" + parameter.ReplaceAllString(base+"}", "[^/?]+") + "$")
		for path := range pages {
			if of.MatchString(path) && !(v.role == access.Lead && under(path, exactByDesign)) {
				out = append(out, path+"/"+name)
			}
		}
	}
	return out
}

// TestSample reads the growth wing of a small sample: what its tables say of few people, and where its links lead.
func TestSample(t *testing.T) {
	h, people := openSample(t)
	t.Run("hidden cells", func(t *testing.T) { hiddenCells(t, h, people) })
	t.Run("no link is refused", func(t *testing.T) { noLinkIsRefused(t, h, people) })
}

// hiddenCells reads every table of the growth wing over 24 months, as those who may: each number must be of a kind that
// somebody named (claims), each count rounded, and no hidden one to be had from what is shown.
func hiddenCells(t *testing.T, h *house, people []account.DemoPerson) {
	visits, counts, hidden, sums, pages := 0, 0, 0, 0, 0
	for _, p := range people {
		for _, role := range []access.Role{access.Lead, access.Guardian, access.Executive, access.HR} {
			if len(p.Roles) == 0 || p.Roles[0] != role {
				continue
			}
			visits++
			r := newReading()
			crawl(h.signIn(world.Who{Account: p.ID}, role), r)
			all := r.sums()
			r.solve(all)
			for _, problem := range r.problems() {
				t.Errorf("%s, %s: %s", p.Place, role, problem)
			}
			counts, hidden, sums, pages = counts+len(r.cells), hidden+len(r.hidden), sums+len(all), pages+r.pages
		}
	}
	t.Logf("%d readers, %d pages, %d counts, %d of them hidden, %d sums", visits, pages, counts, hidden, sums)
	if visits < 8 || counts < 500 || hidden < 50 || sums < 20 {
		t.Error("too little was read to show anything")
	}
}

// reading is what somebody knows after reading.
type reading struct {
	pages  int
	cells  map[string]walls.Range
	hidden []string
	found  map[string]int
}

func newReading() *reading {
	return &reading{cells: map[string]walls.Range{}, found: map[string]int{}}
}

func (r *reading) say(format string, args ...any) { r.found[fmt.Sprintf(format, args...)]++ }

func (r *reading) problems() (out []string) {
	for problem := range r.found {
		out = append(out, problem)
	}
	slices.Sort(out)
	return out
}

// page reads all tables of an answer.
func (r *reading) page(path, kind, body string) {
	r.pages++
	list, err := readTables(kind, body)
	if err != nil {
		r.say("%s: %v", path, err)
	}
	for _, x := range list {
		r.chart(path, x)
		for _, row := range x.rows {
			for i, text := range row {
				r.number(path, x, row, i, text)
			}
		}
	}
}

// dates are numbers about no person.
var dates = regexp.MustCompile(`\b(\d{1,2}:\d\d ?(am|pm)|\d{1,2}(am|pm)|(\d{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?|(19|20)\d\d(-\d\d){0,2}(/\d\d)?)\b`)

// number holds a cell with a number in it to the first claim that names its place.
func (r *reading) number(path string, x table, row []string, i int, text string) {
	if !strings.ContainsAny(dates.ReplaceAllString(text, ""), "0123456789") {
		return
	}
	at := cell{path, x, row, i, text}
	for _, c := range claims {
		if c.path.MatchString(path) && c.caption.MatchString(x.caption) && c.column.MatchString(x.column(i)) {
			if fault := c.holds(r, at); fault != "" {
				r.say("%s, %q, %s: %q %s", path, x.caption, x.column(i), text, fault)
			}
			return
		}
	}
	r.say("%s, %q: nobody says what the numbers in %q are, such as %q", path, x.caption, x.column(i), text)
}

// ofCounts is the caption of a chart of whole numbers.
var ofCounts = regexp.MustCompile(`\(` + counted + `\)$`)

// chart holds the mean of a chart of counts to the values shown: were it made of hidden values, they could be had from it.
func (r *reading) chart(path string, x table) {
	if len(x.head) < 3 || x.head[1] != "Value" || x.head[2] != "Mean" {
		return
	}
	type part struct {
		sum    float64
		n, off float64
	}
	parts := map[string]*part{} // a chart may have been recalculated: each part has its own mean and limits
	for _, row := range x.rows {
		v, err := strconv.ParseFloat(strings.ReplaceAll(row[1], ",", ""), 64)
		if err != nil || len(row) < 5 || row[2] == "" {
			continue
		}
		key := row[2] + " " + row[3] + " " + row[4]
		if parts[key] == nil {
			parts[key] = &part{off: 0.101} // both are shown to a tenth
			switch {
			case ofCounts.MatchString(x.caption):
				parts[key].off = 0.51 // the mean alone is rounded
			case !strings.Contains(row[2], "."):
				parts[key].off = 1.01
			}
		}
		parts[key].sum, parts[key].n = parts[key].sum+v, parts[key].n+1
	}
	for key, p := range parts {
		mean, _, _ := strings.Cut(key, " ")
		if m, err := strconv.ParseFloat(strings.ReplaceAll(mean, ",", ""), 64); err == nil && math.Abs(m-p.sum/p.n) > p.off {
			r.say("%s: the mean of %s is %s, that of the values shown %.2f: hidden values are in it", path, x.caption, mean, p.sum/p.n)
		}
	}
}

// count takes one count. Without regard to where it came from, it is rounded to the nearest 5, nought, or hidden. What is shown
// of the same count in two places is put together.
func (r *reading) count(name, text string) string {
	known := func(low, high int) string {
		was, ok := r.cells[name]
		if ok {
			low, high = max(low, was.Low), min(high, was.High)
		}
		if r.cells[name] = (walls.Range{Low: low, High: high}); low > high {
			return "is not what is shown elsewhere"
		}
		return ""
	}
	text = strings.ToLower(text)
	if strings.HasPrefix(text, "fewer than") {
		r.hidden = append(r.hidden, name)
		if strings.HasSuffix(text, "10") {
			return known(0, 9)
		}
		return known(1, 7)
	}
	n, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
	switch {
	case err != nil:
		return "is no count"
	case n == 0:
		return known(0, 0)
	case n%5 != 0 || n < 8:
		return "is not rounded"
	}
	return known(n-2, n+2)
}

// sums finds the series that have groups: each period of everybody is the sum of its groups.
func (r *reading) sums() (out []walls.Sum) {
	by := map[string]*walls.Sum{}
	for name := range r.cells {
		path, period, _ := strings.Cut(name, " | ")
		code, group, grouped := strings.Cut(path, "?group=")
		if !strings.HasPrefix(path, "/data/") || strings.Contains(group, "&") {
			continue
		}
		key := code + " | " + period
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
	return append(out, r.years()...)
}

// years finds what is shown for twelve months and for each of them.
func (r *reading) years() (out []walls.Sum) {
	for name := range r.cells {
		path, period, _ := strings.Cut(name, " | ")
		last, ok := strings.CutPrefix(period, "12 months to ")
		end, err := time.Parse("January 2006", last)
		if !ok || err != nil {
			continue
		}
		s := walls.Sum{Whole: name}
		for i := range 12 {
			month := path + " | " + end.AddDate(0, -i, 0).Format("January 2006")
			if _, ok := r.cells[month]; ok {
				s.Parts = append(s.Parts, month)
			}
		}
		if len(s.Parts) == 12 {
			out = append(out, s)
		}
	}
	return out
}

// solve draws from all sums together what can be drawn, and says which hidden counts are then known.
func (r *reading) solve(sums []walls.Sum) {
	walls.Solve(r.cells, sums)
	for _, name := range r.hidden {
		if c := r.cells[name]; c.Exact() {
			r.say("%s must be %d", name, c.Low)
		}
	}
}

// TestPlantedLeaks: a reading finds a leak in each place where one could be.
func TestPlantedLeaks(t *testing.T) {
	page := func(caption, head, row string) string {
		return "<html><body><table><caption>" + caption + "</caption><tr><th>" + strings.ReplaceAll(head, "|", "<th>") + "</tr><tr><td>" + strings.ReplaceAll(row, "|", "<td>") + "</tr></table></body></html>"
	}
	const htmlPage, sheet = "text/html; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	for name, c := range map[string]struct{ path, kind, body, want string }{
		"nothing":                   {"/data/sharps", htmlPage, page("Every period", "Period|Value|Numerator|Denominator", "March 2026|50.0%|10|20"), ""},
		"a table that nobody named": {"/performance", htmlPage, page("By ward", "Ward|Seen", "Ward 7|3"), "nobody says"},
		"a column of a known table": {"/data/sharps", htmlPage, page("Every period", "Period|Seen", "March 2026|3"), "nobody says"},
		"an exact count":            {"/data/sharps", htmlPage, page("Every period", "Period|Value|Numerator|Denominator", "March 2026|No number|3|No number"), "is not rounded"},
		"an exact large count":      {"/data/sharps", htmlPage, page("Every period", "Period|Value|Numerator|Denominator", "March 2026|No number|103|No number"), "is not rounded"},
		"an exact percentage":       {"/data/sharps", htmlPage, page("Every period", "Period|Value|Numerator|Denominator", "March 2026|52.4%|10|20"), "is not made of the rounded counts"},
		"a percentage of few":       {"/performance/dna_rate", htmlPage, page("Did not attend (%)", "Month|Value", "March 2026|18"), "is not made of rounded counts"},
		"a percentage of a count":   {"/performance/dna_rate", htmlPage, page("Did not attend (%)", "Month|Value|Out of", "March 2026|33|20"), "is not made of rounded counts"},
		"a mean of hidden values":   {"/performance/referrals", htmlPage, page("Referrals (referrals)", "Month|Value|Mean|Lower limit|Upper limit", "March 2026|20|12|1|30"), "hidden values are in it"},
		"a count in a sentence":     {"/performance", htmlPage, page("Referrals", "Measure|In a sentence", "Referrals|3 referrals in March 2026"), "is not rounded"},
		"a simulated list":          {"/figures", htmlPage, page("Figures", "Figure|Latest", "People on the list, of everybody referred, in the last quarter simulated: Preferred|2 people (0 people to 18 people)"), ""},
		"its page":                  {"/figures/wait/preferred.list", htmlPage, "<dl><dt>Value<dd>2 people (0 people to 18 people)</dl>", ""},
		"a range of counts":         {"/figures", htmlPage, page("Figures", "Figure|Latest", "People on the list|2 people (0 people to 18 people)"), "is not rounded"},
		"a list of terms":           {"/figures/indicator/referrals", htmlPage, "<dl><dt>Value<dd>3 referrals</dl>", "is not rounded"},
		"a score of all":            {"/need/rounds/1/results", htmlPage, page("Elements by perspective", "Element|Board", "E1|100%"), "all gave the same"},
		"a turnout":                 {"/need/rounds/1/results", htmlPage, page("Elements by perspective", "Element|Everybody", "E1|60% (about 13 answered)"), "exactly how many"},
		"a CSV":                     {"/data/sharps.csv", "text/csv; charset=utf-8", "Period,People\nMarch 2026,3\n", "nobody says"},
		"a Markdown table":          {"/plans.md", "text/markdown", "# Title\n\n| Period | People |\n| --- | --- |\n| March 2026 | 3 |\n", "nobody says"},
		"lines of JSON":             {"/data/sharps.jsonl", "application/x-ndjson", `{"period":"March 2026","groups":[{"people":3}]}` + "\n", "nobody says"},
		"a workbook":                {"/data/sharps.xlsx", sheet, workbook(t, `<row><c t="inlineStr"><is><t>People</t></is></c></row><row><c><v>3</v></c></row>`), "nobody says"},
		"a file of another kind":    {"/data/sharps.bin", "application/octet-stream", "3", "nobody knows how to read"},
	} {
		r := newReading()
		r.page(c.path, c.kind, c.body)
		if got := strings.Join(r.problems(), "\n"); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: found %q, want %q", name, got, c.want)
		}
	}
}

// TestPlantedSums: a reading puts together what several pages say.
func TestPlantedSums(t *testing.T) {
	r := newReading()
	read := func(path, period, n string) {
		r.page(path, "text/html", "<table><caption>Every period</caption><tr><th>Period<th>Numerator</tr><tr><td>"+period+"<td>"+n+"</tr></table>")
	}
	read("/data/sharps", "March 2026", "30") // 28 to 32
	for _, group := range []string{"a", "b", "c", "d"} {
		read("/data/sharps?group="+group, "March 2026", "fewer than 8") // four sevens at most: all of them
	}
	read("/data/falls", "12 months to March 2026", "10")
	for i := range 12 {
		read("/data/falls", time.Date(2026, time.Month(3-i), 1, 0, 0, 0, 0, time.UTC).Format("January 2006"), map[bool]string{true: "fewer than 8", false: "0"}[i < 1])
	}
	r.solve(r.sums())
	if got := r.problems(); len(got) != 4 || !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, "group=a | March 2026 must be 7") }) {
		t.Errorf("found %q", got)
	}
	read("/data/sharps", "March 2026", "35")
	if got := r.problems(); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "is not what is shown elsewhere") }) {
		t.Errorf("two numbers for one count are not seen: %q", got)
	}
}
