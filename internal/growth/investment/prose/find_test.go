package prose_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/growth/investment/prose"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func said(text string) (out []string) {
	for _, n := range prose.Find(text) {
		out = append(out, fmt.Sprintf("%s=%s%s%s", n.Text, locale.Plain(math.Round(n.Value*1e6)/1e6), n.Unit, n.Kind))
	}
	return out
}

// TestFind: numbers with a unit as people in the UK write them, and what only looks like one.
func TestFind(t *testing.T) {
	for text, want := range map[string][]string{
		"It costs £12,345.":                         {"£12,345=12345money"},
		"It costs £ 12,345.50 now":                  {"£ 12,345.50=12345.5money"},
		"£12345, £0.75":                             {"£12345=12345money", "£0.75=0.75money"},
		"£1.2m and £1.2 million":                    {"£1.2m=1200000money", "£1.2 million=1200000money"},
		"£50k, £50K, £3bn, £2 thousand":             {"£50k=50000money", "£50K=50000money", "£3bn=3000000000money", "£2 thousand=2000money"},
		"-£5,000, £-5,000, minus £5, (−£6)":         {"-£5,000=-5000money", "£-5,000=-5000money", "minus £5=-5money", "−£6=-6money"},
		"12,000 pounds; 1.2 million pounds":         {"12,000 pounds=12000money", "1.2 million pounds=1200000money"},
		"£1.2–1.4m, £10-12, £1m to £2m":             {"£1.2=1200000money", "1.4m=1400000money", "£10=10money", "12=12money", "£1m=1000000money", "£2m=2000000money"},
		"£12\u202f345":                              {"£12 345=12345money"},
		"12.5%, 12 %, 12 per cent, 12 percent":      {"12.5%=12.5percent", "12 %=12percent", "12 per cent=12percent", "12 percent=12percent"},
		"10–12%, 10 to 12%, between 10 and 12%":     {"10=10percent", "12%=12percent", "10=10percent", "12%=12percent", "10=10percent", "12%=12percent"},
		"-3% and minus 3%":                          {"-3%=-3percent", "minus 3%=-3percent"},
		"up 3 percentage points, 2% points":         {"3 percentage points=3points", "2% points=2points"},
		"87 in 100, 9 out of 10, 5 in every 1,000":  {"87 in 100=87percent", "9 out of 10=90percent", "5 in every 1,000=0.5percent"},
		"10 days, 12.5 working days, 10-day":        {"10 days=10days", "12.5 working days=12.5daysworking", "10-day=10days"},
		"9 to 12 working days, 3 calendar days":     {"9=9daysworking", "12 working days=12daysworking", "3 calendar days=3dayscalendar"},
		"2,026 days were lost":                      {"2,026 days=2026days"},
		"4.2 WTE, 4.2WTE, 3 whole-time equivalents": {"4.2 WTE=4.2wte", "4.2WTE=4.2wte", "3 whole-time equivalents=3wte"},
		"7 March 2026, 2026/27, 2024-25":            nil,
		"in 2026 days were lost":                    nil,
		"Clause 3.2.1, section 4, annex 21 at 5%":   {"5%=5percent"},
		"Band 6, Bands 5 to 6, band 6 WTE":          nil,
		"1. First\n2) Second\n3 Third":              nil,
		"K02 counts, COVID-19 days, A4 days":        nil,
		"the 95% interval, an 80% band":             nil,
		"for each £1 spent, £2.10 comes back":       {"£2.10=2.1money"},
		"open 5 days a week":                        nil,
		"We saw 5 in 10 days":                       {"10 days=10days"},
		"12,34%, 1.2.3%, 1/2 days, 09:30 days":      nil,
		"12 nurses in 3 clinics, 2.1 to 1":          nil,
		"£5 metre, 5m away":                         {"£5=5money"},
		"£":                                         nil, "": nil, "%": nil, "days WTE": nil,
		"Phase 2 and 15% more":      {"15%=15percent"},
		"the rest: 5%.":             {"5%=5percent"},
		"£412,000, 8%; and 3 days.": {"£412,000=412000money", "8%=8percent", "3 days=3days"},
	} {
		if got := said(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestSame: as rounded as it was typed, and no further.
func TestSame(t *testing.T) {
	for _, x := range []struct {
		typed, said string
		want        bool
	}{
		{"£412,345", "£412,345", true}, {"£412,000", "£412,345", true}, {"£412,000", "£412,600", false}, {"£400,000", "£412,345", false}, {"£400,000", "£400,345", true}, {"£50,000", "£50,345", false}, {"£50,000", "£50,045", true},
		{"£1.2m", "£1,234,567", true}, {"£1.2m", "£1,260,000", false}, {"£2m", "£2,034,112", true}, {"£2m", "£2,400,000", false}, {"£59,520", "£59,521", false}, {"£412k", "£412,345", true},
		{"£59,520", "-£59,520", true}, {"£1,200,000", "£1.2m", true}, {"87%", "86.6%", true}, {"86%", "86.6%", false}, {"87 in 100", "87%", true}, {"9 in 10", "86%", true}, {"-3%", "3%", false},
		{"12 days", "12 working days", true}, {"12 calendar days", "12 working days", false}, {"12.5 days", "12 working days", false}, {"12 days", "12%", false}, {"4.2 WTE", "4.2 WTE", true}, {"4 WTE", "4.2 WTE", true}, {"4.0 WTE", "4.2 WTE", false},
		{"£0", "£0", true}, {"£0", "£1", false}, {"£0.75", "£0.75", true},
	} {
		a, b := prose.Find(x.typed), prose.Find(x.said)
		if len(a) != 1 || len(b) != 1 || a[0].Same(b[0]) != x.want {
			t.Errorf("%q is %q: want %v (%+v, %+v)", x.typed, x.said, x.want, a, b)
		}
	}
}

// TestFindProperty: whatever Rowan writes is found with its value, wherever it stands, and is the same as itself.
func TestFindProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2026))
	around := []string{"%s", "It is %s.", "(%s)", "of %s, then", "Nights:\n%s\nDays", "Band 5, %s; 7 March 2026"}
	for range 5000 {
		n := r.IntN(3_000_000)
		tenth := float64(r.IntN(2000)) / 10
		for _, c := range []struct {
			text string
			want float64
		}{{"£" + locale.Number(n), float64(n)}, {locale.Plain(tenth) + "%", tenth}, {locale.Plain(tenth) + " working days", tenth}, {locale.Plain(tenth) + " WTE", tenth}, {fmt.Sprintf("%d in 100", n%101), float64(n % 101)}} {
			text := fmt.Sprintf(around[r.IntN(len(around))], c.text)
			got := prose.Find(text)
			if len(got) != 1 || math.Abs(got[0].Value-c.want) > 1e-9 || got[0].Text != c.text || !got[0].Same(got[0]) {
				t.Fatalf("%q: %+v, want %v", text, got, c.want)
			}
		}
	}
}

// FuzzFind: no text makes it fail, and what it finds stands in the text.
func FuzzFind(f *testing.F) {
	for _, text := range []string{"£1.2m–1.4m 5%", "\xff£1\xff%", "minus -−£1,000 days 9 in 0", "999999999999999999999999999999 days"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, n := range prose.Find(text) {
			if n.Text == "" || n.Unit == "" || math.IsNaN(n.Value) || n.Step <= 0 {
				t.Errorf("%q: %+v", text, n)
			}
		}
	})
}

// TestCheck: a cited figure goes before the tables, and one that holds before one that has moved.
func TestCheck(t *testing.T) {
	moved := prose.Bound{Title: "Cost", Was: "£59,520", Now: "£74,400"}
	for name, c := range map[string]struct {
		cited []prose.Bound
		shown []string
		want  prose.Standing
	}{
		"nothing says it":            {nil, nil, prose.Typed},
		"a table says it":            {nil, []string{"Clinic", "£59,520"}, prose.Holds},
		"a figure says it":           {[]prose.Bound{{Was: "£1", Now: "£59,520"}}, nil, prose.Holds},
		"a figure said it":           {[]prose.Bound{moved}, nil, prose.Stale},
		"and a table says it still":  {[]prose.Bound{moved}, []string{"£59,520"}, prose.Stale},
		"and another figure does":    {[]prose.Bound{moved, {Was: "£59,520", Now: "£59,520"}}, nil, prose.Holds},
		"a worth that was as much":   {[]prose.Bound{{Was: "-£59,520", Now: "-£74,400"}, moved}, nil, prose.Stale},
		"a figure that is gone":      {[]prose.Bound{{Was: "£59,520"}}, nil, prose.Stale},
		"a figure of something else": {[]prose.Bound{{Was: "59,520 days", Now: "59,520 days"}}, nil, prose.Typed},
	} {
		got := prose.Check("It costs £59,520.", c.cited, c.shown)
		if len(got) != 1 || got[0].Standing != c.want || c.want == prose.Stale && got[0].Of.Was != "£59,520" {
			t.Errorf("%s: %+v, want %s", name, got, c.want)
		}
	}
}
