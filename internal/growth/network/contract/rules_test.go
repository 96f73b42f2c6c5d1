package contract

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/contract/price"
)

var start = civil.Date{Year: 2025, Month: 4, Day: 1}

// In every month at most one price of an item holds: the newest that has begun, unless that one has ended. Stretches do not overlap, and
// lie within what was asked about.
func TestStretches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []Line
		for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
			l := Line{Item: rapid.SampledFrom(Items[:2]).Draw(t, "item"), Pence: price.Pence(i), Life: Life{From: start.AddMonths(rapid.IntRange(0, 12).Draw(t, "from")), Saved: time.Unix(int64(i), 0)}}
			if rapid.Bool().Draw(t, "ended") {
				l.Until = l.From.AddMonths(rapid.IntRange(0, 6).Draw(t, "months"))
			}
			all = append(all, l)
		}
		from := start.AddMonths(rapid.IntRange(0, 10).Draw(t, "first"))
		to := from.AddMonths(rapid.IntRange(1, 12).Draw(t, "span"))
		got := LinesIn(all, from, to)
		for _, item := range Items[:2] {
			for m := from; m.Before(to); m = m.AddMonths(1) {
				var want *Line
				for i := range all { // in order of saving
					if l := &all[i]; l.Item == item && !l.From.After(m) && (want == nil || !l.From.Before(want.From)) {
						want = l
					}
				}
				if want != nil && !want.Until.IsZero() && !want.Until.After(m) {
					want = nil
				}
				var held []Stretch[Line]
				for _, s := range got {
					if s.Term.Item == item && !s.From.After(m) && s.To.After(m) {
						held = append(held, s)
					}
				}
				if want == nil && len(held) > 0 || want != nil && (len(held) != 1 || held[0].Term.Pence != want.Pence) {
					t.Fatalf("%s in %s: %v, want %v", item, m, held, want)
				}
			}
		}
		for _, s := range got {
			if s.From.Before(from) || s.To.After(to) || s.Months() < 1 {
				t.Fatalf("%v lies outside %s to %s", s, from, to)
			}
		}
	})
}

// What a pack says of two exact shares is the same wherever it shows the same: a verdict and an amount tell no more than the counts.
func TestToldTellsNoMore(t *testing.T) {
	type shown struct{ part, whole, small string }
	for _, target := range []int{80, 90, 95, 99, 100} {
		for _, atMost := range []bool{false, true} {
			seen := map[shown]string{}
			fits := map[shown]int{}
			for whole := 0; whole <= 130; whole++ {
				for part := 0; part <= whole; part++ {
					s := share(part, whole, target, atMost)
					p, _ := json.Marshal(s.Part)
					w, _ := json.Marshal(s.Whole)
					all, _ := json.Marshal(s)
					k := shown{string(p), string(w), string(s.Small)}
					if before, ok := seen[k]; ok && before != string(all) {
						t.Fatalf("%d of %d says %s, and another that looks the same %s", part, whole, all, before)
					}
					seen[k], fits[k] = string(all), fits[k]+1
				}
			}
			for k, n := range fits {
				if n < 3 && k.whole != `{"n":0}` && k.whole != `{"n":130}` {
					t.Errorf("%+v fits %d exact shares only", k, n)
				}
			}
		}
	}
	amounts := map[Told]price.Pence{}
	for n := range 200 {
		l := line(Stretch[Line]{Line{Item: Attended, Basis: PerItem, Pence: 4567, Expected: 60, Band: 10, Life: Life{From: start}}, start, start.AddMonths(6)}, n)
		if before, ok := amounts[l.Count]; ok && before != l.Amount {
			t.Fatalf("%d items come to %s, and others that look the same to %s", n, l.Amount, before)
		}
		amounts[l.Count] = l.Amount
		if (n >= 1 && n <= 7) != l.Unknown || l.Unknown && l.Amount != 0 {
			t.Errorf("%d items: %+v", n, l)
		}
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		part, whole, target int
		atMost              bool
		small               Small
		reach               price.Reach
	}{
		{0, 0, 90, false, SmallNone, ""},
		{3, 6, 90, false, SmallWhole, ""},
		{9, 10, 90, false, SmallRest, ""}, // a share of ten is chance
		{40, 60, 90, false, SmallNone, price.Missed},
		{118, 120, 90, false, SmallRest, price.Met},
		{30, 34, 90, false, SmallRest, price.Close},
		{4, 60, 90, false, SmallPart, price.Missed},
		{3, 120, 10, true, SmallPart, price.Met},
		{40, 120, 10, true, SmallNone, price.Missed},
		{100, 100, 100, false, SmallNone, price.Met},
		{89, 100, 90, false, SmallNone, price.Close}, // about 90 of about 100
	} {
		s := share(c.part, c.whole, c.target, c.atMost)
		if s.Small != c.small || s.Reach != c.reach {
			t.Errorf("%d of %d at %d%%: small %q, %q; want %q, %q", c.part, c.whole, c.target, s.Small, s.Reach, c.small, c.reach)
		}
	}
}

// However a year of a block is cut into packs and stretches, it comes to the block.
func TestLinesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Line{Item: Other, Basis: PerBlock, Pence: price.Pence(rapid.Int64Range(0, int64(price.Most)).Draw(t, "pence")), Life: Life{From: start}}
		sum := price.Pence(0)
		for m := start; m.Before(start.AddMonths(24)); {
			to := m.AddMonths(rapid.SampledFrom([]int{1, 3, 6}).Draw(t, "months"))
			if to.After(start.AddMonths(24)) {
				to = start.AddMonths(24)
			}
			for _, s := range LinesIn([]Line{l}, m, to) {
				sum += line(s, 0).Amount
			}
			m = to
		}
		if sum != 2*l.Pence {
			t.Fatalf("two years of %s come to %s", l.Pence, sum)
		}
	})
}

func TestScore(t *testing.T) {
	for _, c := range []struct {
		sum, n, seen int
		want         Score
	}{{0, 0, 50, Score{}}, {28, 7, 50, Score{Hidden: true}}, {36, 8, 50, Score{Mean: "4.5"}}, {36, 8, 7, Score{Hidden: true}}} {
		if got := score(c.sum, c.n, c.seen); got != c.want {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}

func TestPeriod(t *testing.T) {
	today := civil.Date{Year: 2026, Month: 11, Day: 10}
	day := func(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }
	for name, c := range map[string]struct {
		begun, closed, from, to civil.Date
		over                    bool
	}{
		"the first":             {day(2020, 1, 15), civil.Date{}, day(2026, 5, 1), day(2026, 11, 1), true},
		"a new contract":        {day(2026, 9, 15), civil.Date{}, day(2026, 9, 1), day(2027, 3, 1), false},
		"the next":              {day(2020, 1, 15), day(2026, 4, 1), day(2026, 4, 1), day(2026, 10, 1), true},
		"one that was left out": {day(2020, 1, 15), day(2025, 4, 1), day(2025, 4, 1), day(2025, 10, 1), true},
		"not over":              {day(2020, 1, 15), day(2026, 8, 1), day(2026, 8, 1), day(2027, 2, 1), false},
	} {
		from, to, over := Period(c.begun, c.closed, 6, today)
		if from != c.from || to != c.to || over != c.over {
			t.Errorf("%s: %s to %s, %v", name, from, to, over)
		}
	}
	if got := NoticeBy(day(2027, 3, 31), 3); got != day(2026, 12, 31) || !NoticeBy(civil.Date{}, 3).IsZero() {
		t.Errorf("notice by %s", got)
	}
}

func TestCheck(t *testing.T) {
	today, ten := civil.Date{Year: 2026, Month: 11, Day: 10}, 10
	firsts := Firsts(civil.Date{Year: 2020, Month: 1, Day: 15}, civil.Date{Year: 2026, Month: 4, Day: 1}, today)
	if firsts[0] != (civil.Date{Year: 2026, Month: 4, Day: 1}) {
		t.Errorf("months of a pack are open: %s", firsts[0])
	}
	measures := []Measure{{Indicator: "k", Version: 2, Limited: true}, {Indicator: "d", Version: 1}}
	whole := Level{Indicator: "k", Version: 2, Days: &ten, Clock: "raw", Target: 90, Life: Life{From: firsts[0]}}
	for name, c := range map[string]struct {
		change func(*Level)
		want   string
	}{
		"all said":      {func(*Level) {}, ""},
		"an old one":    {func(l *Level) { l.Version = 1 }, "indicator"},
		"nought":        {func(l *Level) { l.Target = 0 }, "target"},
		"all and more":  {func(l *Level) { l.Target = 101 }, "target"},
		"no days":       {func(l *Level) { l.Days = nil }, "days"},
		"days of none":  {func(l *Level) { l.Indicator, l.Version = "d", 1 }, "days"},
		"no clock":      {func(l *Level) { l.Clock = "" }, "clock"},
		"a closed time": {func(l *Level) { l.From = firsts[0].AddMonths(-1) }, "from"},
		"mid month":     {func(l *Level) { l.From = firsts[0].AddDays(1) }, "from"},
	} {
		l := whole
		c.change(&l)
		expect(t, name, CheckLevel(l, measures, firsts), c.want)
	}
	priced := Line{Item: Attended, Basis: PerItem, Pence: 4500, Expected: 100, Band: 10, Life: Life{From: firsts[0]}}
	for name, c := range map[string]struct {
		change func(*Line)
		want   string
	}{
		"all said":          {func(*Line) {}, ""},
		"for nothing":       {func(l *Line) { l.Pence = 0 }, ""},
		"no item":           {func(l *Line) { l.Item = "" }, "item"},
		"other, one":        {func(l *Line) { l.Item, l.Expected = Other, 0 }, "basis"},
		"other, a number":   {func(l *Line) { l.Item, l.Basis = Other, PerBlock }, "expected"},
		"other, a year":     {func(l *Line) { l.Item, l.Basis, l.Expected = Other, PerBlock, 0 }, ""},
		"too much":          {func(l *Line) { l.Pence = price.Most + 1 }, "price"},
		"fewer than nobody": {func(l *Line) { l.Expected = -1 }, "expected"},
		"a band of more":    {func(l *Line) { l.Band = 101 }, "band"},
		"no month":          {func(l *Line) { l.From = civil.Date{} }, "from"},
	} {
		l := priced
		c.change(&l)
		expect(t, name, CheckLine(l, firsts), c.want)
	}
	for name, c := range map[string]struct {
		d    Dates
		want string
	}{
		"all said": {Dates{Notice: 3, Every: 6, Review: today.AddMonths(5)}, ""}, "no notice": {Dates{Notice: -1, Every: 6, Review: today.AddMonths(5)}, "notice"},
		"every month": {Dates{Every: 1, Review: today.AddMonths(5)}, "every"}, "no day": {Dates{Every: 6}, "review"}, "today": {Dates{Every: 6, Review: today}, "review"},
	} {
		expect(t, name, CheckDates(c.d, today), c.want)
	}
	made := today.AddDays(-5)
	expect(t, "met", CheckReview(today, today.AddMonths(6), made, today), "")
	expect(t, "met before the pack", CheckReview(made.AddDays(-1), today.AddMonths(6), made, today), "held")
	expect(t, "met tomorrow", CheckReview(today.AddDays(1), today.AddMonths(6), made, today), "held")
	expect(t, "never again", CheckReview(today, civil.Date{}, made, today), "next")
	expect(t, "an action", CheckAction(Action{What: "Say who refers", Side: "client", Due: today}, today), "")
	expect(t, "nothing", CheckAction(Action{Side: "client", Due: today}, today), "what")
	expect(t, "nobody", CheckAction(Action{What: "x", Due: today}, today), "side")
	expect(t, "yesterday", CheckAction(Action{What: "x", Side: "client", Due: today.AddDays(-1)}, today), "due")
}

func expect(t *testing.T, name string, f fault.Fields, want string) {
	t.Helper()
	got := ""
	if len(f) > 0 {
		got = f[0].Name
	}
	if got != want {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}
