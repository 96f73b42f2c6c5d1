package sharing_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
	"github.com/rowan-ohwb/rowan/internal/calc/disclosure/linked"
	"github.com/rowan-ohwb/rowan/internal/growth/network/peopleplan"
	"github.com/rowan-ohwb/rowan/internal/growth/network/pooled"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
)

// seat is one of a team: part of a post in which somebody is, or nobody.
type seat struct {
	place  peopleplan.Place
	wte    float64
	filled bool
}

// professions of the teams, by how many seats they may have.
var professions = []struct {
	place peopleplan.Place
	seats int
}{{peopleplan.Place{Role: "nurse", Band: "6"}, 30}, {peopleplan.Place{Role: "nurse", Band: "7"}, 3}, {peopleplan.Place{Role: "physician", Band: "medical"}, 4}, {peopleplan.Place{Role: "counsellor", Band: "6"}, 12}, {peopleplan.Place{Role: "administrator", Band: "4"}, 9}}

// team lets a quarter pass in the team of an organisation: some leave, some come. It says what there is, and what is expected.
func (h *house) team(rng *rand.Rand, a access.Actor, month civil.Date) {
	if month.Month%3 != 0 {
		return
	}
	seats := h.seats[a.Organisation]
	if seats == nil {
		for _, p := range professions {
			for range rng.IntN(p.seats + 1) {
				seats = append(seats, seat{p.place, 1 - 0.2*float64(rng.IntN(3)), rng.IntN(10) > 0})
			}
		}
		h.seats[a.Organisation] = append(seats, seat{professions[0].place, 1, true})
		seats = h.seats[a.Organisation]
	}
	heads := 0
	for i, s := range seats {
		switch {
		case s.filled && rng.IntN(15) == 0:
			seats[i].filled = false
		case !s.filled && rng.IntN(3) == 0:
			seats[i].filled = true
		}
		if seats[i].filled {
			heads++
		}
	}
	t := peopleplan.Team{Now: map[peopleplan.Place]float64{}, Planned: map[int]map[peopleplan.Place]float64{}, InPost: map[string]peopleplan.Staff{}, Expected: map[int]map[string]peopleplan.Staff{}, Retire: float64(rng.IntN(2 + heads/2))}
	for _, s := range seats {
		t.Now[s.place] += s.wte
		x := t.InPost[s.place.Role]
		if s.filled {
			x = peopleplan.Staff{WTE: x.WTE + s.wte, Heads: x.Heads + 1}
		}
		t.InPost[s.place.Role] = x
	}
	for y := range peopleplan.Years {
		year, stay := month.Year+1+y, math.Pow(0.93, float64(y+1))
		t.Planned[year], t.Expected[year] = maps.Clone(t.Now), map[string]peopleplan.Staff{}
		for r, x := range t.InPost {
			t.Expected[year][r] = peopleplan.Staff{WTE: x.WTE * stay, Heads: x.Heads * stay}
		}
	}
	h.teams[cell{a.Organisation, peopleplan.Staffing, month}] = t
}

// stock is an amount of people: whose, and when it is told and of when it is.
type stock struct {
	role string
	told civil.Date
	year int // 0 for in post when it is told
}

// span is between what an amount lies.
type span struct{ low, high float64 }

// attackPeople attacks what an organisation tells of its posts and people, all quarters together. It finds what is known of a profession of
// fewer than the threshold that its posts do not tell, that one of a few is certain to have left or come, and who may retire. raw is the same
// attack on amounts to half a post, and retirements in steps of five, of every team.
func (h *house) attackPeople(a access.Actor, by map[cell]map[string]line) (quarters, raw int) {
	h.t.Helper()
	threshold := float64(disclosure.General.Rule().Threshold)
	truth, exact, told := map[stock]float64{}, map[stock]span{}, map[stock]span{}
	for k, lines := range by {
		if k.organisation != a.Organisation || k.metric != peopleplan.Staffing {
			continue
		}
		quarters++
		t := h.teams[k]
		most := map[string]float64{} // posts, as they are told
		for item, l := range by[cell{a.Organisation, peopleplan.Posts, k.month}] {
			if parts := strings.Split(item, "."); parts[0] == "now" {
				x, err := strconv.ParseFloat(l.rate, 64)
				h.must(err)
				most[parts[1]] += x + 0.25
			}
		}
		if len(most) == 0 {
			h.t.Fatalf("%+v: no posts beside the people", k)
		}
		amounts := map[int]map[string]peopleplan.Staff{0: t.InPost}
		maps.Copy(amounts, t.Expected)
		for year, staff := range amounts {
			item, after := "in_post.", ""
			if year > 0 {
				item, after = "expected.", "."+strconv.Itoa(year)
			}
			sum, roles := 0.0, slices.Sorted(maps.Keys(staff))
			shown, bare := map[string]span{}, map[string]span{}
			see := func(role string, x float64) {
				bare[role] = span{x - 0.25, x + 0.25}
				l, ok := lines[item+role+after]
				if !ok {
					h.t.Fatalf("%+v: no %s", k, item+role+after)
				}
				if v, err := strconv.ParseFloat(l.rate, 64); err == nil {
					shown[role] = span{v - disclosure.StockRounding, v + disclosure.StockRounding}
				}
				truth[stock{role, k.month, year}] = x
			}
			for _, r := range roles {
				sum += staff[r].WTE
				see(r, staff[r].WTE)
			}
			see(peopleplan.All, sum)
			for i, seen := range []map[string]span{shown, bare} {
				before, after := h.filled(roles, most, nil), h.filled(roles, most, seen)
				for _, r := range append(slices.Clone(roles), peopleplan.All) {
					x := staff[r].WTE
					if r == peopleplan.All {
						x = sum
					}
					if x > 0 && x < threshold && (after[r].Low > before[r].Low || after[r].High < before[r].High) {
						if raw += i; i == 0 {
							h.t.Errorf("%+v: %v WTE of %s in %d are known to be %+v, and by the posts %+v", k, x, r, year, after[r], before[r])
						}
					}
					at := stock{r, k.month, year}
					s := span{math.Max(0, seen[r].low), seen[r].high}
					if _, ok := seen[r]; !ok {
						s.high = math.Inf(1)
					}
					if m, ok := most[r]; ok {
						s.high = math.Min(s.high, m)
					}
					if i == 0 {
						told[at] = s
					} else {
						exact[at] = s
					}
				}
			}
		}
		l := by[cell{a.Organisation, peopleplan.Retirements, k.month}]["retire"]
		if n := t.Retire; n > 0 && n < threshold {
			if raw++; l.state == string(release.Known) { // in steps of five it would lie between two that are four apart
				h.t.Errorf("%+v: %v may retire, and %s is told", k, n, l.rate)
			}
		}
	}
	for i, known := range []map[stock]span{told, exact} {
		for x := range truth {
			for y := range truth {
				gone := truth[x] - truth[y]
				if x.role != y.role || x.told.After(y.told) || x.year > y.year || gone == 0 || math.Abs(gone) >= threshold {
					continue
				}
				if known[x].low-known[y].high > 1e-9 || known[y].low-known[x].high > 1e-9 {
					if raw += i; i == 0 {
						h.t.Errorf("%s: of %s %.2f less are certain between %+v and %+v: %+v, then %+v", a.Name, x.role, gone, x, y, known[x], known[y])
					}
				}
			}
		}
	}
	return quarters, raw
}

// filled is what can be worked out of each profession, and of all, by posts and what is seen.
func (h *house) filled(roles []string, most map[string]float64, seen map[string]span) map[string]linked.Span {
	h.t.Helper()
	groups := make([]linked.Shown, len(roles))
	all := linked.Row{Wholes: map[[2]int]float64{}, Low: math.Inf(-1), High: math.Inf(1)}
	var rows []linked.Row
	sum := 0.0
	for i, r := range roles {
		at := [2]int{0, i}
		all.Wholes[at] = 1
		one := linked.Row{Wholes: map[[2]int]float64{at: 1}, High: most[r]}
		if s, ok := seen[r]; ok {
			one.Low, one.High = math.Max(0, s.low), math.Min(one.High, s.high)
		}
		rows, sum = append(rows, one), sum+most[r]
	}
	if s, ok := seen[peopleplan.All]; ok {
		all.Low, all.High = s.low, s.high
		rows = append(rows, all)
	}
	known, err := linked.Apart([][]linked.Shown{groups}, rows...)
	if err != nil {
		h.t.Fatalf("%v of %v: %v", seen, most, err)
	}
	out := map[string]linked.Span{}
	low, high := 0, 0
	for i, r := range roles {
		out[r] = known[0][i].Whole
		low, high = low+out[r].Low, high+out[r].High
	}
	out[peopleplan.All] = linked.Span{Low: max(low, int(math.Ceil(all.Low-1e-6))), High: min(high, int(math.Floor(math.Min(all.High, sum)+1e-6)))}
	return out
}

// figure reads a line back.
func (h *house) figure(l line) release.Figure {
	h.t.Helper()
	f := release.Figure{Metric: l.Metric, Item: l.Item, Month: l.Month, Definition: l.definition, State: release.State(l.state), Part: number(l.part), Whole: number(l.whole)}
	m, _ := h.s.Pack().Find(l.Metric)
	if x, _, ok := m.Item(l.Item); ok && l.rate != "" {
		v, err := strconv.ParseFloat(l.rate, 64)
		h.must(err)
		n := int(math.Round(v / x.Unit))
		f.Score = &n
	}
	return f
}

// planned holds the people plan, its table and its actions, and what a pooled service is simulated from, to the table: all are made of it.
func (h *house) planned(table map[string]line, start civil.Date, months int) {
	h.t.Helper()
	var values []system.Value
	for _, l := range table {
		values = append(values, system.Value{Who: system.Who{Fingerprint: h.s.Fingerprint(), Code: l.code}, Figure: h.figure(l)})
	}
	slices.SortFunc(values, func(a, b system.Value) int { return a.Month.Compare(b.Month) })
	by := map[system.Who]map[[2]string]release.Figure{}
	var rows []system.Side
	for _, v := range values { // the newest stays
		if by[v.Who] == nil {
			by[v.Who] = map[[2]string]release.Figure{}
			rows = append(rows, system.Side{Who: v.Who, Figures: by[v.Who]})
		}
		by[v.Who][[2]string{v.Metric, v.Item}] = v.Figure
	}
	plans := peopleplan.New(h.db, h.system)
	got, err := plans.Plan(ctx, h.ward(), now)
	h.must(err)
	// The one that is named no longer has told since under its new pseudonym: what was told before then stands for nobody, and each
	// organisation counts once.
	for i, r := range rows {
		rows[i].Figures = maps.Clone(r.Figures)
		maps.DeleteFunc(rows[i].Figures, func(k [2]string, _ release.Figure) bool { return !slices.Contains(peopleplan.Metrics, k[0]) })
	}
	told := map[string]map[uuid.UUID]bool{}
	for _, metric := range peopleplan.Metrics {
		told[metric] = map[uuid.UUID]bool{}
		last := slices.MaxFunc(slices.DeleteFunc(slices.Clone(values), func(v system.Value) bool { return v.Metric != metric }), func(a, b system.Value) int { return a.Month.Compare(b.Month) }).Month
		for _, r := range rows {
			for k, f := range r.Figures {
				if k[0] == metric && f.Month.Before(last) {
					delete(r.Figures, k)
				} else if k[0] == metric {
					told[metric][h.whose(r.Code)] = true
				}
			}
		}
		if got.N[metric] != len(told[metric]) {
			h.t.Errorf("%s: %d counted, %d organisations have told it", metric, got.N[metric], len(told[metric]))
		}
	}
	if want := peopleplan.Collect(h.s.Pack(), rows, got.Of); !reflect.DeepEqual(got, want) {
		h.t.Errorf("the people plan is not made of what the table has: %+v and %+v", got, want)
	}
	if got.N[peopleplan.Staffing] == 0 || got.Retire.N == 0 || len(got.Places()) == 0 {
		h.t.Errorf("the people plan is empty: %+v", got)
	}
	for _, p := range professions {
		x := peopleplan.Action{In: peopleplan.In{Role: p.place.Role, WTE: 2, Due: start.AddMonths(months)}, Began: start.AddMonths(months / 2)}
		readings, known, err := plans.Follow(ctx, h.ward(), x)
		h.must(err)
		recent := slices.DeleteFunc(slices.Clone(values), func(v system.Value) bool { return v.Month.Before(x.Began.AddMonths(-6)) })
		want, also := peopleplan.Follow(h.s.Pack(), x, recent)
		if known != also || fmt.Sprint(readings) != fmt.Sprint(want) {
			h.t.Errorf("an action for %s is followed by %+v, in the table %+v", p.place.Role, readings, want)
		}
	}
	metric, _ := h.s.Pack().Find(pooled.Metric)
	offer, err := pooled.New(pooled.Deps{DB: h.db, System: h.system}).Offer(ctx, h.ward())
	h.must(err)
	if len(offer.Members) == 0 {
		h.t.Error("nobody can be pooled")
	}
	for _, m := range offer.Members {
		var figures []release.Figure
		for k, f := range by[m.Who] {
			if k[0] == metric.ID && f.Month == m.Month {
				figures = append(figures, f)
			}
		}
		if want, ok := pooled.Received(metric, figures); !ok || fmt.Sprintf("%.6v", want) != fmt.Sprintf("%.6v", m.Model) {
			h.t.Errorf("%s is pooled by %+v, in the table %+v", m.Code, m.Model, want)
		}
	}
}
