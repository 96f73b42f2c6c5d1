package sharing_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/attack"
	"github.com/rowan-ohwb/rowan/internal/calc/funnel"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

// The organisations of the attack, by what they do; the rest does nothing of the kind.
const (
	comesBack = 1 // withdraws half way and agrees again a month later
	withdraws = 2 // withdraws half way and stays away
	isLate    = 3 // releases two months together
	refuses   = 4 // never agrees to the special metric
	unnamed   = 5 // is named no longer from half way on, and so gets a new pseudonym
	oneLess   = 6 // withdraws one metric half way
)

// line is what a figure says, as a table for a spreadsheet says it.
type line struct {
	release.Key
	code, definition, state string
	part, whole             string
	percent, rate           string
}

// TestAttack: an attacker who has everything that an ICS can see, export or download for months, and what its members see and
// download besides, pins down no count under its threshold; the same attacker finds some where nothing is suppressed. Who withdraws is
// in no later release and in every past one. Eight organisations and every metric; routes.yaml accounts for every page that these roles may open. ROWAN_PROVE=1 takes 24 months.
func TestAttack(t *testing.T) {
	months := 6
	if os.Getenv("ROWAN_PROVE") != "" {
		months = 24
	}
	h := open(t)
	h.things = true
	h.prior = max(0, 13-months)
	rng, teams := rand.New(rand.NewPCG(7, 11)), rand.New(rand.NewPCG(13, 17))
	all := []access.Actor{h.lead()}
	for _, name := range []string{"Fells", "Moors", "Rivers", "Estuary", "Beacon", "Heath", "Tarn"} {
		all = append(all, h.another(name))
	}
	start := civil.MustParse("2026-11-01").AddMonths(-months)
	at := func(m civil.Date) time.Time { return m.AddMonths(1).UTC().AddDate(0, 0, 9) } // when a month is released
	var shares []release.Metric
	items := h.s.Items()
	for _, m := range h.s.Pack().Metrics {
		if m.Kind == release.Share {
			shares = append(shares, m)
		}
	}
	for i, a := range all {
		h.agree(a, at(start).Add(-time.Hour), slices.DeleteFunc(slices.Clone(items), func(x string) bool {
			m, _ := h.s.Pack().Find(x)
			return i == refuses && m.Special
		})...)
	}
	fill := func(m civil.Date) {
		for i, a := range all {
			for _, metric := range shares {
				whole := rng.IntN(40) + 30*(i%2)*rng.IntN(2) // small ones, and some that are not
				h.truth[cell{a.Organisation, metric.ID, m}] = counts{rng.IntN(whole + 1), whole}
			}
		}
	}
	truth := map[cell]counts{}
	owed := map[int][]civil.Date{}
	half := months / 2
	var before map[string]line
	gone := ""
	for i := range months {
		m := start.AddMonths(i)
		fill(m)
		for k, v := range h.truth {
			if k.month == m {
				truth[k] = v
			}
		}
		for k, v := range truth {
			if _, known := h.then[k]; !known {
				h.then[k] = v
			}
		}
		for j, a := range all {
			h.invent(rng, a, start, m, truth, 40+60*j)
			h.team(teams, a, m)
		}
		for j, a := range all {
			switch {
			case i == half && (j == comesBack || j == withdraws):
				if j == withdraws {
					gone = h.code(a)
				}
				h.must(h.s.EndAll(ctx, a, at(m)))
			case i == half && j == unnamed:
				h.must(h.s.End(ctx, a, at(m), h.agreement(a, at(m), sharing.Name).ID))
			case i == half && j == oneLess:
				h.must(h.s.End(ctx, a, at(m), h.agreement(a, at(m), "K18").ID))
			case i == half+1 && j == comesBack:
				h.agree(a, at(m), items...)
			}
			if j == withdraws && i >= half || j == comesBack && i == half || j == isLate && i == half {
				owed[j] = append(owed[j], m)
				continue
			}
			if j == isLate && i == half+1 || j == comesBack && i == half+1 { // it tells what it owes, as it is by then
				for _, o := range owed[j] {
					for _, metric := range shares {
						k := cell{a.Organisation, metric.ID, o}
						truth[k] = h.truth[k]
					}
				}
			}
			h.code(a)
			h.released(a, at(m))
		}
		now := h.table()
		for k, v := range before {
			if now[k] != v {
				t.Fatalf("after %v: what was released is gone or says something else: %+v, now %+v", m, v, now[k])
			}
		}
		if i >= half {
			for k, v := range now {
				if _, past := before[k]; v.code == gone && !past {
					t.Errorf("who withdrew is in the release of %v: %+v", m, v)
				}
			}
		}
		before = now
		if i > 0 {
			fill(m.AddMonths(-1)) // the data behind a month that has left changes
		}
	}
	h.pages(all, start, months, before)
	for _, metric := range shares {
		seen := map[cell][2]*int{}
		for _, v := range before {
			if v.Metric == metric.ID {
				k := cell{h.whose(v.code), v.Metric, v.Month}
				if _, twice := seen[k]; twice {
					t.Errorf("%+v is there under two pseudonyms", k)
				}
				seen[k] = [2]*int{number(v.part), number(v.whole)}
			}
		}
		if len(seen) < (len(all)-2)*(months-1) {
			t.Fatalf("%s: the attacker has %d figures", metric.ID, len(seen))
		}
		if bad := pinned(t, metric, seen, truth); len(bad) > 0 {
			t.Errorf("%s: pinned down %v", metric.ID, bad)
		}
		if metric.Special {
			for k, v := range seen {
				if v[0] != nil && *v[0] == 0 || v[1] != nil && *v[1] == 0 {
					t.Errorf("%+v: a nought of a special metric is shown", k)
				}
			}
		}
	}
	more := h.attackOthers(all, before, truth, start, months)
	h.planned(before, start, months)
	h.nation(all[0], before)
	for _, name := range []string{"table", "derived", "planned", "nation"} {
		h.done[name] = true
	}
	h.accounted()
	// The mutation: counts that leave as they are are found.
	found := 0
	for _, metric := range shares {
		exact := map[cell][2]*int{}
		for k, v := range truth {
			if k.metric == metric.ID && k.organisation == all[0].Organisation {
				exact[k] = [2]*int{&v.part, &v.whole}
			}
		}
		found += len(pinned(t, metric, exact, truth))
	}
	if found == 0 || more.groups == 0 || more.rates == 0 || more.people == 0 || more.charts.raw == 0 || more.charts.means == 0 {
		t.Error("the attacker finds nothing where nothing is suppressed: the proof proves nothing")
	}
	t.Logf("%d months, %d organisations, %d metrics, %d figures released: nothing pinned down; without suppression %d counts of one organisation, %d of groups, %d of rates, %d of people in post, expected or retiring, and %d by charts (%d where the means are told)", months, len(all), len(h.s.Pack().Metrics), len(before), found, more.groups, more.rates, more.people, more.charts.raw, more.charts.means)
}

// code is the pseudonym in force.
func (h *house) code(a access.Actor) string {
	h.t.Helper()
	b, err := h.s.Board(ctx, a, now)
	h.must(err)
	if h.codes[b.Code] == uuid.Nil {
		h.codes[b.Code] = a.Organisation
	}
	return b.Code
}

// whose finds an organisation by a pseudonym. An attacker may well know.
func (h *house) whose(code string) uuid.UUID {
	h.t.Helper()
	if h.codes[code] == uuid.Nil {
		h.t.Fatalf("nobody has the pseudonym %s", code)
	}
	return h.codes[code]
}

func key(code string, k release.Key) string {
	return code + " " + k.Metric + " " + k.Item + " " + k.Month.String()
}

func number(s string) *int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return nil
	}
	return &n
}

// table is the spreadsheet of everything that the ICS has received.
func (h *house) table() map[string]line {
	h.t.Helper()
	rows, err := h.system.Export(ctx, h.ward())
	h.must(err)
	return h.lines(rows)
}

// lines reads rows back from the file that a download is.
func (h *house) lines(rows []release.Row) map[string]line {
	h.t.Helper()
	var b bytes.Buffer
	h.must(release.WriteCSV(&b, h.s.Pack(), rows))
	all, err := csv.NewReader(&b).ReadAll()
	h.must(err)
	out := map[string]line{}
	for _, l := range all[1:] {
		v := line{Key: release.Key{Metric: l[3], Item: l[4], Month: civil.MustParse(l[5])}, code: l[0], definition: l[6], state: l[7], part: l[8], whole: l[9], percent: l[10], rate: l[11]}
		if _, twice := out[key(v.code, v.Key)]; twice {
			h.t.Fatalf("%+v is there twice", v)
		}
		out[key(v.code, v.Key)] = v
	}
	return out
}

// pages holds every page and file of the ICS and its members to the table: each number on them is one of its numbers, or made from
// these alone. So the table is all that an attacker has, whatever is looked at and combined.
func (h *house) pages(all []access.Actor, start civil.Date, months int, table map[string]line) {
	h.t.Helper()
	overview, err := h.system.Overview(ctx, h.ward(), now)
	h.must(err)
	for _, l := range overview.Lines {
		codes := map[string]bool{}
		for _, v := range table {
			if v.Metric == l.Metric.ID && (v.Month == l.Month || l.Metric.Kind != release.Share) {
				codes[v.code] = true
			}
		}
		if l.Covered != len(codes) {
			h.t.Errorf("%s covers %d, the table %d", l.Metric.ID, l.Covered, len(codes))
		}
	}
	h.ratios(h.ward(), h.ics.ID, table)
	for _, a := range all {
		if b, err := h.s.Board(ctx, a, now); err != nil || b.InForce("access") {
			h.must(err)
			h.ratios(a, h.ics.ID, table)
		}
	}
	looked := 0
	for i := range months {
		m := start.AddMonths(i)
		beside, err := h.system.Beside(ctx, h.ward(), m, func(release.Metric) bool { return true })
		h.must(err)
		for _, r := range beside.Rows {
			var rows []release.Row
			for _, f := range r.Figures {
				rows = append(rows, release.Row{Code: r.Code, Figure: f})
			}
			for k, v := range h.lines(rows) {
				if table[k] != v {
					h.t.Errorf("side by side %+v, in the table %+v", v, table[k])
				}
			}
		}
		for _, metric := range h.s.Pack().Metrics {
			for _, span := range h.s.Pack().Spans {
				if metric.Kind != release.Share {
					continue
				}
				v, err := h.system.Compare(ctx, h.ward(), h.ics.ID, metric.ID, m, span, system.Who{})
				h.must(err)
				h.derived(v, table)
				looked++
				if i < months-2 && os.Getenv("ROWAN_PROVE") == "" {
					continue // a sample: the members look at the newest months
				}
				for _, a := range all {
					b, err := h.s.Board(ctx, a, now)
					h.must(err)
					if !b.InForce(metric.ID) { // the page is not there
						continue
					}
					own, err := h.system.Compare(ctx, a, h.ics.ID, metric.ID, m, span, system.Who{Fingerprint: h.s.Fingerprint(), Code: b.Code})
					h.must(err)
					for x := range own.Units {
						own.Units[x].Own = false
					}
					for x := range own.Left {
						own.Left[x].Own = false
					}
					if !reflect.DeepEqual(own.Comparison, v.Comparison) {
						h.t.Errorf("%s of %v over %d months: a member sees %+v, the ICS %+v", metric.ID, m, span, own.Comparison, v.Comparison)
					}
					looked++
				}
			}
		}
	}
	files := 0
	for _, a := range all {
		b, err := h.s.Board(ctx, a, now)
		h.must(err)
		for _, made := range b.Releases {
			_, r, file, err := h.s.Find(ctx, a, made.ID)
			h.must(err)
			signed, err := release.Read(file)
			h.must(err)
			for _, x := range []release.Release{r, signed} {
				for k, v := range h.lines(x.Rows()) {
					if table[k] != v {
						h.t.Errorf("a file says %+v, the table %+v", v, table[k])
					}
				}
			}
			files++
		}
	}
	received, _, err := h.system.Arrived(ctx, h.ward())
	h.must(err)
	n := 0
	for _, r := range received {
		n += r.Figures
	}
	if n != len(table) || len(received) != files {
		h.t.Errorf("%d figures in %d releases, the table has %d of %d", n, len(received), len(table), files)
	}
	h.t.Logf("%d comparisons and %d signed files say nothing that the table does not", looked, files)
}

// derived holds a comparison to the table: its sums are of the table's numbers, and its funnel is made of these sums.
func (h *house) derived(v system.View, table map[string]line) {
	h.t.Helper()
	in := funnel.Input{Type: funnel.Proportion}
	biggest := 0
	for _, u := range v.Units {
		part, whole := 0, 0
		for _, m := range v.Comparison.Months {
			l := table[key(u.Code, release.Key{Metric: v.Metric.ID, Month: m})]
			p, w := number(l.part), number(l.whole)
			if p == nil || w == nil {
				h.t.Fatalf("%s in %v is compared and not in the table: %+v", u.Code, m, l)
			}
			part, whole = part+*p, whole+*w
		}
		if part != u.Part || whole != u.Whole || u.Percent != 100*float64(part)/float64(whole) {
			h.t.Errorf("%s: %d of %d, in the table %d of %d", v.Metric.ID, u.Part, u.Whole, part, whole)
		}
		in.Unit = append(in.Unit, u.Fingerprint+u.Code)
		in.Numerator, in.Denominator = append(in.Numerator, float64(part)), append(in.Denominator, float64(whole))
		biggest = max(biggest, whole)
	}
	if v.Enough != system.Yes {
		if !reflect.DeepEqual(v.Funnel, funnel.Output{}) {
			h.t.Errorf("%s: a funnel of too few", v.Metric.ID)
		}
		return
	}
	for i := range 40 {
		in.At = append(in.At, float64(biggest)*1.1*float64(i+1)/40)
	}
	out, err := funnel.Compute(in)
	h.must(err)
	if !reflect.DeepEqual(out, v.Funnel) {
		h.t.Errorf("%s: the funnel is not made of what the table has", v.Metric.ID)
	}
}

// pinned attacks all that is known of a metric at once: cells are organisations and months, each divided into the part and the rest. It
// lists what is pinned down although its true count is hidden by rule.
func pinned(t *testing.T, metric release.Metric, seen map[cell][2]*int, truth map[cell]counts) (out []string) {
	t.Helper()
	in := attack.Input{Dims: map[string][]string{"organisation": nil, "month": nil, "side": {"part", "rest"}}}
	add := func(dim, value string) {
		if !slices.Contains(in.Dims[dim], value) {
			in.Dims[dim] = append(in.Dims[dim], value)
		}
	}
	five := 5
	for _, k := range slices.SortedFunc(maps.Keys(seen), func(a, b cell) int {
		return strings.Compare(a.organisation.String()+a.month.String(), b.organisation.String()+b.month.String())
	}) {
		who, name := []string{k.organisation.String()}, []string{k.month.String()}
		add("organisation", who[0])
		add("month", name[0])
		for i, where := range []map[string][]string{{"organisation": who, "month": name, "side": {"part"}}, {"organisation": who, "month": name}} {
			n := seen[k][i]
			f := attack.Figure{Table: metric.ID, Where: where, Value: n}
			if n != nil && *n%5 == 0 {
				f.Rounded = &five
			}
			in.Figures = append(in.Figures, f)
		}
	}
	threshold := metric.Topic().Rule().Threshold
	in.Threshold = &threshold
	result, err := attack.Find(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range result.Warnings {
		if strings.Contains(w, "limit of work") {
			t.Errorf("the attacker gave up: %s", w)
		}
	}
	for _, c := range result.Cells {
		if len(c.Where["month"]) != 1 || len(c.Where["organisation"]) != 1 {
			continue
		}
		k := truth[cell{uuid.MustParse(c.Where["organisation"][0]), metric.ID, civil.MustParse(c.Where["month"][0])}]
		n := k.whole
		switch strings.Join(c.Where["side"], ",") {
		case "part":
			n = k.part
		case "rest":
			n = k.whole - k.part
		}
		if n > 0 && n < threshold {
			out = append(out, fmt.Sprintf("%v is %d", c.Where, n))
		}
	}
	return out
}
