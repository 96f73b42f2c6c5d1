package sharing_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity/reach"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/demand"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/linked"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/joints"
	"github.com/rowan-ohwb/rowan/internal/growth/network/equity"
	"github.com/rowan-ohwb/rowan/internal/growth/network/foi"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

// missed is the metric that the fits of a service are about as well: appointments that were kept or missed.
const missed = "K10"

// weeks of a month, on average.
const weeks = 52.0 / 12

// others makes the figures of groups and of rates as joints.Shareable does, of what the test knows.
func (h *house) others(a access.Actor, m release.Metric, months []civil.Date) (out []release.Figure) {
	for _, month := range months {
		k := cell{a.Organisation, m.ID, month}
		if t, ok := h.teams[cell{a.Organisation, peopleplan.Staffing, month}]; ok && slices.Contains(peopleplan.Metrics, m.ID) {
			out = append(out, t.Figures(m, month)...)
		}
		if f, ok := h.fits[k]; ok && m.Kind == release.Rates {
			if model, ok := pooled.Of(f, func(role string) string { return role }); ok {
				out = append(out, model.Figures(m, month)...)
			}
		}
		if counts, ok := h.groups[k]; ok && m.Kind == release.Groups {
			figures, err := joints.Protected(m, "access, version 1", month, listed(m, counts))
			h.must(err)
			out = append(out, figures...)
		}
	}
	return out
}

func listed(m release.Metric, counts [][]linked.Count) (out []reach.Group) {
	for d, g := range m.Groups {
		for i, code := range g.Codes {
			out = append(out, reach.Group{Division: g.ID, Code: code, Count: reach.Count{Staff: counts[d][i].Whole, Seen: counts[d][i].Part}})
		}
	}
	return out
}

// invent makes what is told at the end of a quarter and of a half-year: fits of the appointments so far, and groups of a staff of whom
// no more were seen than appointments were kept.
func (h *house) invent(rng *rand.Rand, a access.Actor, start, month civil.Date, truth map[cell]counts, staff int) {
	if month.Month%3 != 0 {
		return
	}
	all, part, months := 400*h.prior/12, 40*h.prior/12, h.prior
	for m := start; !m.After(month); m = m.AddMonths(1) {
		c := truth[cell{a.Organisation, missed, m}]
		all, part, months = all+c.whole, part+c.part, months+1
	}
	share := func(n, of int) demand.Share { return demand.Share{Value: float64(n) / float64(max(of, 1)), N: of} }
	p := func(name string, n, of int) demand.Part {
		return demand.Part{Name: name, Share: float64(n) / float64(of), N: n}
	}
	referrals, rare := 150+rng.IntN(200), rng.IntN(12)
	h.fits[cell{a.Organisation, pooled.Metric, month}] = demand.Fits{
		Rates: []demand.Rate{{Weekly: 2 + 5*rng.Float64(), LevelSE: 0.1}}, Given: demand.Given{Mean: float64(all) / (weeks * float64(months)), SD: 2, Weeks: int(weeks * float64(months)), Least: float64(rng.IntN(12)), Most: float64(6 + rng.IntN(12)), List: float64(rng.IntN(14))},
		List: rng.IntN(14), DNA: share(part, all), Rebook: share(rng.IntN(part+1), part), Unseen: share(rng.IntN(20), referrals),
		Priority: []demand.Part{p("P1", rare, referrals), p("P2", 60, referrals), p("P3", referrals-60-rare, referrals)},
		Roles:    []demand.Part{p("nurse", referrals-40-rare, referrals), p("physician", 40, referrals), p("counsellor", rare, referrals)}}
	if !reach.BuiltIn().EndsIn(month) {
		return
	}
	kept := 0
	for m := reach.First(month); !m.After(month); m = m.AddMonths(1) {
		if c, ok := truth[cell{a.Organisation, missed, m}]; ok {
			kept += c.whole - c.part
		} else {
			kept += 1000 // nobody knows
		}
	}
	metric, _ := h.s.Pack().Find(equity.Metric)
	counts := make([][]linked.Count, len(metric.Groups))
	for d, g := range metric.Groups {
		counts[d] = make([]linked.Count, len(g.Codes))
	}
	some := min(kept, 1+rng.IntN(1+staff/2))
	for i := range staff {
		for d := range counts {
			g := min(rng.IntN(len(counts[d])), rng.IntN(len(counts[d])))
			counts[d][g].Whole++
			if i < some {
				counts[d][g].Part++
			}
		}
	}
	h.groups[cell{a.Organisation, equity.Metric, month}] = counts
}

// pins counts what an attacker finds where nothing is suppressed.
type pins struct {
	groups, rates, people int
	charts                charted
}

// attackOthers attacks what the table says of groups and rates, of each organisation, with whatever else it says of the same people.
func (h *house) attackOthers(all []access.Actor, table map[string]line, truth map[cell]counts, start civil.Date, months int) (raw pins) {
	h.t.Helper()
	access, _ := h.s.Pack().Find(equity.Metric)
	capacity, _ := h.s.Pack().Find(pooled.Metric)
	by := map[cell]map[string]line{}
	for _, l := range table {
		k := cell{h.whose(l.code), l.Metric, l.Month}
		if by[k] == nil {
			by[k] = map[string]line{}
		}
		by[k][l.Item] = l
	}
	halves, quarters, people := 0, 0, 0
	for _, a := range all {
		told := map[civil.Date]map[string]line{}
		for k, lines := range by {
			switch {
			case k.organisation != a.Organisation:
			case k.metric == access.ID:
				halves++
				raw.groups += h.attackGroups(access, k, lines, by)
			case k.metric == capacity.ID:
				quarters++
				told[k.month] = lines
				raw.rates += h.attackRates(capacity, k, lines)
			}
		}
		h.attackMissed(a.Organisation, capacity, told, by, truth, start)
		n, bare := h.attackPeople(a, by)
		people, raw.people = people+n, raw.people+bare
		for _, m := range h.s.Pack().Metrics {
			if m.Kind != release.Share {
				continue
			}
			c := h.attackCharts(a, m, by, truth, start, months)
			raw.charts = charted{raw.charts.months + c.months, raw.charts.raw + c.raw, raw.charts.means + c.means}
		}
	}
	if halves == 0 || quarters == 0 || people == 0 || raw.charts.months == 0 {
		h.t.Errorf("the attacker has %d half-years, %d quarters, %d of people, and %d months of charts", halves, quarters, people, raw.charts.months)
	}
	for _, name := range []string{"groups", "rates", "people", "charts"} {
		h.done[name] = true
	}
	h.t.Logf("%d half-years of groups, %d quarters of rates, %d quarters of people and %d months on charts attacked", halves, quarters, people, raw.charts.months)
	return raw
}

// attackGroups: all divisions are of the same people, and no more were seen than appointments were kept, as the months tell.
func (h *house) attackGroups(m release.Metric, k cell, lines map[string]line, by map[cell]map[string]line) (raw int) {
	h.t.Helper()
	counts := h.groups[k]
	var shown, bare [][]linked.Shown
	for d, g := range m.Groups {
		var s, b []linked.Shown
		for i, code := range g.Codes {
			l, ok := lines[g.ID+"."+code]
			if !ok {
				h.t.Fatalf("%+v: no %s.%s", k, g.ID, code)
			}
			if n := number(l.part); n != nil && !disclosure.MayBeShown(*n, m.Topic()) {
				h.t.Errorf("%+v: %s.%s shows %d", k, g.ID, code, *n)
			}
			part, whole := disclosure.Round(counts[d][i].Part), disclosure.Round(counts[d][i].Whole)
			s, b = append(s, linked.Shown{Part: number(l.part), Whole: number(l.whole)}), append(b, linked.Shown{Part: &part, Whole: &whole})
		}
		shown, bare = append(shown, s), append(bare, b)
	}
	least, most := 0, 0
	for month := reach.First(k.month); !month.After(k.month); month = month.AddMonths(1) {
		l := by[cell{k.organisation, missed, month}][""]
		whole, part := number(l.whole), number(l.part)
		if whole == nil {
			most = math.MaxInt32
			continue
		}
		if most += *whole + disclosure.Rounding; part != nil {
			most -= max(0, *part-disclosure.Rounding)
			least += max(0, *whole-*part-2*disclosure.Rounding)
		}
	}
	row := linked.Row{Parts: map[[2]int]float64{}, High: math.Inf(1)}
	for i := range m.Groups[0].Codes {
		row.Parts[[2]int{0, i}] = 1
	}
	if most < math.MaxInt32 {
		row.High = float64(most)
	}
	if least > 0 {
		row.Low = 1 // whoever kept an appointment was seen
	}
	threshold := m.Topic().Rule().Threshold
	for i, published := range [][][]linked.Shown{shown, bare} {
		known, err := linked.Intervals(published, row)
		if err != nil {
			h.t.Fatalf("%+v: %v", k, err)
		}
		for d := range known {
			for g, x := range known[d] {
				c := counts[d][g]
				for what, y := range map[string]struct {
					n    int
					span linked.Span
				}{"seen": {c.Part, x.Part}, "not seen": {c.Whole - c.Part, x.Rest}, "staff": {c.Whole, x.Whole}} {
					if y.n < y.span.Low || y.n > y.span.High {
						h.t.Fatalf("%+v: %s of %s.%s is %d, outside %+v", k, what, m.Groups[d].ID, m.Groups[d].Codes[g], y.n, y.span)
					}
					if y.n <= 0 || y.n >= threshold || !y.span.Pinned(threshold) {
						continue
					}
					if raw += i; i == 0 {
						h.t.Errorf("%+v: %s of %s.%s is %d, pinned down to %+v", k, what, m.Groups[d].ID, m.Groups[d].Codes[g], y.n, y.span)
					}
				}
			}
		}
	}
	return raw
}

// attackRates: of every share and count of a model the attacker is given the exact whole.
func (h *house) attackRates(m release.Metric, k cell, lines map[string]line) (raw int) {
	h.t.Helper()
	f := h.fits[k]
	threshold := disclosure.General.Rule().Threshold
	try := func(item string, n, of int, value float64, half float64) {
		unit, _, _ := m.Item(item)
		told := math.Round(value/unit.Unit) * unit.Unit
		span := linked.Span{Low: int(math.Ceil((told-half)*float64(of) - 1e-9)), High: int(math.Floor((told+half)*float64(of) + 1e-9))}
		span.Low = max(span.Low, 0)
		if n <= 0 || n >= threshold || !span.Pinned(threshold) {
			return
		}
		raw++
		if l := lines[item]; l.state == string(release.Known) {
			h.t.Errorf("%+v: %s is %d of %d, pinned down to %+v", k, item, n, of, span)
		}
	}
	share := func(item string, s demand.Share) {
		n := int(math.Round(s.Value * float64(s.N)))
		unit, _, _ := m.Item(item)
		try(item, n, s.N, s.Value, unit.Unit/2)
		try(item, s.N-n, s.N, 1-s.Value, unit.Unit/2)
	}
	share("dna", f.DNA)
	share("rebook", f.Rebook)
	share("unseen", f.Unseen)
	for item, n := range map[string]float64{"list": float64(f.List), "usual_list": f.Given.List, "given_least": f.Given.Least, "given_most": f.Given.Most} {
		unit, _, _ := m.Item(item)
		try(item, int(math.Round(n)), 1, n, unit.Unit/2)
	}
	// Shares of priorities and professions are of those that are told, so they say nothing of the rest.
	for _, id := range []string{"priority", "share"} {
		sum, n := 0, 0
		for item, l := range lines {
			if strings.HasPrefix(item, id+".") {
				x, err := strconv.ParseFloat(l.rate, 64)
				h.must(err)
				sum, n = sum+int(math.Round(100*x)), n+1
			}
		}
		if n > 0 && (sum < 100-n || sum > 100+n) {
			h.t.Errorf("%+v: %ss make %d%%", k, id, sum)
		}
	}
	return raw
}

// attackMissed: the months of missed appointments, with what each quarter's rates say of all of them so far.
func (h *house) attackMissed(organisation uuid.UUID, m release.Metric, told map[civil.Date]map[string]line, by map[cell]map[string]line, truth map[cell]counts, start civil.Date) {
	h.t.Helper()
	var months []civil.Date
	var shown []linked.Shown
	for k := range by {
		if k.organisation == organisation && k.metric == missed {
			months = append(months, k.month)
		}
	}
	slices.SortFunc(months, civil.Date.Compare)
	for _, month := range months {
		l := by[cell{organisation, missed, month}][""]
		shown = append(shown, linked.Shown{Part: number(l.part), Whole: number(l.whole)})
	}
	shown = append(shown, linked.Shown{}) // what was before anything was shared
	var rows []linked.Row
	for quarter, lines := range told {
		sum, complete, n := map[[2]int]float64{}, true, h.prior
		if h.prior > 0 {
			sum[[2]int{0, len(months)}] = 1
		}
		for month := start; !month.After(quarter); month = month.AddMonths(1) {
			i := slices.Index(months, month)
			if n++; i < 0 || truth[cell{organisation, missed, month}] != h.then[cell{organisation, missed, month}] {
				complete = false // of a month that was told later, or never, the rates say something else
				break
			}
			sum[[2]int{0, i}] = 1
		}
		if !complete {
			continue
		}
		rate := func(item string) (float64, float64, bool) {
			x, err := strconv.ParseFloat(lines[item].rate, 64)
			unit, _, _ := m.Item(item)
			return x, unit.Unit / 2, err == nil
		}
		if x, half, ok := rate("dna"); ok {
			for _, side := range []struct{ at, low, high float64 }{{x - half, 0, math.Inf(1)}, {x + half, math.Inf(-1), 0}} {
				if side.high == 0 && x >= 0.5 {
					continue // more than half is told as half
				}
				r := linked.Row{Parts: sum, Wholes: map[[2]int]float64{}, Low: side.low, High: side.high}
				for at := range sum {
					r.Wholes[at] = -side.at
				}
				rows = append(rows, r)
			}
		}
		if x, half, ok := rate("given"); ok {
			rows = append(rows, linked.Row{Wholes: sum, Low: (x - half) * weeks * float64(n), High: (x + half) * weeks * float64(n)})
		}
	}
	known, err := linked.Apart([][]linked.Shown{shown}, rows...)
	if err != nil {
		h.t.Fatalf("%v with %d rates: %v", organisation, len(rows), err)
	}
	threshold := disclosure.General.Rule().Threshold
	for i, x := range known[0][:len(months)] {
		c := truth[cell{organisation, missed, months[i]}]
		for _, y := range []struct {
			n    int
			span linked.Span
		}{{c.part, x.Part}, {c.whole - c.part, x.Rest}, {c.whole, x.Whole}} {
			if y.n < y.span.Low || y.n > y.span.High {
				h.t.Fatalf("%v: %d is outside %+v", months[i], y.n, y.span)
			}
			if y.n > 0 && y.n < threshold && y.span.Pinned(threshold) {
				h.t.Errorf("%s in %v: %d is pinned down to %+v by %d rates", missed, months[i], y.n, y.span, len(rows))
			}
		}
	}
}

// nation holds everything that the nation has, and every table that it can make, to the table of the ICS: no number of them is another
// than its numbers added up, so they are no further equations.
func (h *house) nation(a access.Actor, table map[string]line) {
	h.t.Helper()
	b, err := h.s.Board(ctx, a, now)
	h.must(err)
	lead := access.Actor{Account: uuid.New(), Name: "Grace Obi", Organisation: b.Nation.ID, Role: access.NationalLead, Wall: access.Growth}
	rows, err := h.system.Export(ctx, lead)
	h.must(err)
	mine := h.lines(rows)
	if len(mine) == 0 {
		h.t.Fatal("the nation has nothing")
	}
	for k, v := range mine {
		if table[k] != v {
			h.t.Errorf("the nation has %+v, the ICS %+v", v, table[k])
		}
	}
	h.ratios(lead, b.Nation.ID, mine)
	extracts := foi.New(h.db, h.system)
	months, err := extracts.Months(ctx, lead)
	h.must(err)
	made := 0
	for _, m := range h.s.Pack().Metrics {
		if m.Kind != release.Share {
			continue
		}
		for _, grouping := range foi.Groupings {
			for _, span := range []int{1, 2, 3, 12} {
				h.must(extracts.Make(ctx, lead, now, foi.Choice{ID: uuid.New(), Reference: fmt.Sprintf("%s %s %d", m.ID, grouping, span), Metric: m.ID, By: grouping, From: months[span-1], To: months[0]}))
				made++
			}
		}
	}
	kept, err := extracts.List(ctx, lead)
	h.must(err)
	if len(kept) != made {
		h.t.Errorf("%d extracts made, %d kept", made, len(kept))
	}
	filled := 0
	for _, k := range kept {
		h.sums(k.Table, mine)
		filled += len(k.Table.Lines)
	}
	if filled == 0 {
		h.t.Error("every extract is empty")
	}
	h.t.Logf("the nation has %d figures of the ICS, and %d extracts with %d lines made of them alone", len(mine), made, filled)
}

// sums holds an extract to the table.
func (h *house) sums(x foi.Table, table map[string]line) {
	h.t.Helper()
	of := map[string][2]int{}
	for _, l := range table {
		of[l.code] = [2]int{}
	}
	for code := range of {
		for month := x.From; !month.After(x.To); month = month.AddMonths(1) {
			l, ok := table[key(code, release.Key{Metric: x.Metric, Month: month})]
			part, whole := number(l.part), number(l.whole)
			if !ok || part == nil || whole == nil {
				delete(of, code)
				break
			}
			of[code] = [2]int{of[code][0] + *part, of[code][1] + *whole}
		}
	}
	all := [2]int{}
	for _, n := range of {
		all = [2]int{all[0] + n[0], all[1] + n[1]}
	}
	if x.By == foi.Organisation {
		if len(x.Lines) != len(of) {
			h.t.Errorf("%+v has %d lines, the table %d", x, len(x.Lines), len(of))
		}
		for _, l := range x.Lines {
			if n, ok := of[l.Code]; !ok || n != [2]int{l.Part, l.Whole} {
				h.t.Errorf("%+v, in the table %v", l, n)
			}
		}
	} else if len(x.Lines) > 1 || x.Missing == 0 && [2]int{x.Total.Part, x.Total.Whole} != all { // all are of one ICS, and provided alike
		h.t.Errorf("%+v, in the table %v", x, all)
	}
}

// ratios holds the page of equal access, of whoever may look at it, to a table.
func (h *house) ratios(a access.Actor, of uuid.UUID, table map[string]line) {
	h.t.Helper()
	s := equity.New(h.system)
	metric, _ := h.s.Pack().Find(equity.Metric)
	first, err := s.View(ctx, a, of, civil.Date{})
	h.must(err)
	if len(first.Months) == 0 {
		h.t.Fatal("nobody has told of groups")
	}
	for _, month := range first.Months {
		v, err := s.View(ctx, a, of, month)
		h.must(err)
		var values []system.Value
		for _, l := range table {
			if l.Metric == metric.ID && l.Month == month {
				values = append(values, system.Value{Who: system.Who{Code: l.code}, Figure: release.Figure{Metric: l.Metric, Item: l.Item, Month: month, Definition: l.definition, State: release.State(l.state), Part: number(l.part), Whole: number(l.whole)}})
			}
		}
		slices.SortFunc(values, func(a, b system.Value) int { return strings.Compare(a.Code+a.Item, b.Code+b.Item) })
		if got := equity.Divide(metric, values, h.s.Pack()); !alike(got, v.Divisions) {
			h.t.Errorf("%v: the ratios are not made of what the table has: %+v and %+v", month, got, v.Divisions)
		}
	}
}

// alike compares divisions but for the last digits of ratios, which are added up in another order.
func alike(a, b []equity.Division) bool {
	plain := func(all []equity.Division) (out []equity.Division) {
		short := func(g equity.Group) equity.Group {
			for _, x := range []*float64{&g.Ratio, &g.Low, &g.High} {
				*x = math.Round(*x*1e6) / 1e6
			}
			return g
		}
		for _, d := range all {
			c := equity.Division{ID: d.ID, Share: math.Round(d.Share*1e6) / 1e6}
			for _, g := range d.Groups {
				c.Groups = append(c.Groups, short(g))
			}
			if d.None != nil {
				n := short(*d.None)
				c.None = &n
			}
			out = append(out, c)
		}
		return out
	}
	return reflect.DeepEqual(plain(a), plain(b))
}

// TestAccessWithdrawn: an organisation that shares access by group and withdraws is in no later half-year, and in every past one, of the
// ICS and of the nation; a half-year leaves once, and one that was not told does not leave while sharing is ended.
func TestAccessWithdrawn(t *testing.T) {
	h := open(t)
	lead, metric := h.lead(), equity.Metric
	march, september := civil.MustParse("2026-03-01"), civil.MustParse("2026-09-01")
	april, october := time.Date(2026, 4, 10, 10, 0, 0, 0, time.UTC), time.Date(2026, 10, 10, 10, 0, 0, 0, time.UTC)
	pack, _ := h.s.Pack().Find(metric)
	for _, month := range []civil.Date{march, september} {
		var all [][]linked.Count
		for _, g := range pack.Groups {
			line := make([]linked.Count, len(g.Codes))
			for i := range line {
				line[i] = linked.Count{Part: 840 / len(line) / 4, Whole: 840 / len(line)}
			}
			all = append(all, line)
		}
		h.groups[cell{lead.Organisation, metric, month}] = all
	}
	h.agree(lead, april, metric)
	h.released(lead, april)
	count := func(month civil.Date) (n int) {
		rows, err := h.system.Export(ctx, h.ward())
		h.must(err)
		for _, r := range rows {
			if r.Metric == metric && r.Month == month {
				n++
			}
		}
		return n
	}
	items := 0
	for _, g := range pack.Groups {
		items += len(g.Codes)
	}
	if got := count(march); got != items {
		t.Fatalf("%d figures of March, want %d", got, items)
	}
	h.groups[cell{lead.Organisation, metric, march}][0][0].Part++ // late data: the half-year has left
	if d, err := h.s.Draft(ctx, lead, april); err != nil || len(d.Figures) != 0 {
		t.Errorf("a half-year leaves anew: %d figures, %v", len(d.Figures), err)
	}
	h.must(h.s.EndAll(ctx, lead, october.AddDate(0, 0, -1)))
	if _, err := h.s.Release(ctx, lead, october, ""); fault.KindOf(err) != fault.Conflict {
		t.Errorf("who withdrew releases: %v", err)
	}
	if made, err := h.s.Monthly(ctx, lead, october); made || err != nil {
		t.Errorf("the job releases of who withdrew: %v", err)
	}
	if count(september) != 0 || count(march) != items {
		t.Errorf("after withdrawing: %d of September, %d of March", count(september), count(march))
	}
	v, err := equity.New(h.system).View(ctx, h.ward(), h.ics.ID, civil.Date{})
	h.must(err)
	if v.Month != march || v.Covered != 1 || slices.Contains(v.Months, september) {
		t.Errorf("the page shows %v of %d organisations", v.Months, v.Covered)
	}
	if v.Compared() != 0 || v.Divisions[0].Groups[0].Enough != system.FewUnits {
		t.Errorf("one organisation makes a ratio: %+v", v.Divisions[0])
	}
}
