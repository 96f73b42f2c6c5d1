package pay

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"pgregory.net/rapid"
)

func ptr[T any](x T) *T { return &x }

func compute(t *testing.T, in Input) Answer {
	t.Helper()
	out, err := Compute(in)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
		t.Errorf("%s is %.10g, want %.10g", what, got, want)
	}
}

// TestTables: the delivered tables are the known years, in order, and each says how sure we are.
func TestTables(t *testing.T) {
	var years []string
	for _, table := range Tables() {
		years = append(years, table.Year+" "+table.Mark)
		for _, source := range []string{table.Source, table.NI.Source, table.Pension.Source, table.Levy.Source, table.MinimumWage.Source, table.Annex21.Source} {
			if strings.Contains(source, ".md") || strings.HasSuffix(source, ".") { // a board reads it, and a sentence follows it
				t.Errorf("%s names no public source: %s", table.Year, source)
			}
		}
		if len(table.Bands) != 11 || table.label(0) != table.Year {
			t.Errorf("%s: %d bands, first year %s", table.Year, len(table.Bands), table.label(0))
		}
	}
	if got := strings.Join(years, ", "); got != "2025/26 V2, 2026/27 C" {
		t.Error(got)
	}
	// The second is the first plus 3.3%, to the pound.
	for name, b := range Tables()[1].Bands {
		for i, p := range b.Points {
			if was := Tables()[0].Bands[name].Points[i]; math.Abs(p-was*1.033) > 0.5001 {
				t.Errorf("band %s: %v after %v", name, p, was)
			}
		}
	}
	if label := (Table{EffectiveFrom: Tables()[0].EffectiveFrom}).label(75); label != "2100/01" {
		t.Error(label)
	}
	for _, bad := range []string{
		`{`, `{"year":"2025/26"}`,
		`{"year":"2025/26","effective_from":"2025-04-01","bands":{"5":{"points":[1,2],"steps":[]}}}`,
		`{"year":"2025/26","effective_from":"2025-04-01","bands":{"5":{"points":[2,1],"steps":[1]}}}`,
	} {
		if _, err := parse([]byte(bad)); err == nil {
			t.Error(bad)
		}
	}
}

// TestOnCosts: the worked table of growth.md 7.3, one full-time person at the top of each band, to the pound.
func TestOnCosts(t *testing.T) {
	for band, want := range map[BandName][6]float64{ // salary, ni, pension, levy, trust's cost, full cost
		"3":  {26598, 3240, 3825, 133, 33795, 36296},
		"4":  {30162, 3774, 4337, 151, 38424, 41260},
		"5":  {37796, 4919, 5435, 189, 48339, 51892},
		"6":  {46580, 6237, 6698, 233, 59748, 64127},
		"7":  {54710, 7457, 7867, 274, 70307, 75450},
		"8a": {62682, 8652, 9014, 313, 80661, 86553},
		"8b": {74896, 10484, 10770, 374, 96525, 103565},
		"8c": {88682, 12552, 12752, 443, 114430, 122766},
	} {
		in := Input{Year: "2025/26", People: []Person{{Band: band, YearsInBand: 9}}}
		trust := compute(t, in).Years[0]
		in.Pension = Full
		full := compute(t, in).Years[0]
		for i, got := range []float64{trust.Salary, trust.NI, trust.Pension, trust.Levy, trust.Total, full.Total} {
			if math.Abs(got-want[i]) > 1 { // the last two of the table are sums of rounded parts
				t.Errorf("band %s: figure %d is %v, want %v", band, i, got, want[i])
			}
		}
	}
}

// TestSteps: band 6 waits two years and then three, band 4 three, band 2 has one point.
func TestSteps(t *testing.T) {
	for _, c := range []struct {
		band  BandName
		years float64
		want  float64
	}{
		{"6", 0, 38682}, {"6", 1, 38682}, {"6", 2, 40823}, {"6", 4, 40823}, {"6", 5, 46580}, {"6", 40, 46580},
		{"5", 1, 31049}, {"5", 2, 33487}, {"5", 3, 33487}, {"5", 4, 37796},
		{"4", 2, 27485}, {"4", 3, 30162}, {"3", 1, 24937}, {"3", 2, 26598}, {"2", 0, 24465}, {"2", 9, 24465},
		// Half a year short: six months below, six above.
		{"6", 1.5, (38682 + 40823) / 2.0}, {"6", 4.75, (3*40823 + 9*46580) / 12.0},
		{"8A", 5, 62682}, {" 9 ", 5, 125637},
	} {
		got := compute(t, Input{Year: "2025/26", People: []Person{{Band: norm(t, c.band), YearsInBand: c.years}}}).Years[0]
		near(t, string(c.band), got.Salary, c.want)
	}
}

// norm reads a band as the wire does.
func norm(t *testing.T, b BandName) BandName {
	data, err := json.Marshal(string(b))
	if err == nil {
		err = json.Unmarshal(data, &b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestYears: five years of a new nurse, whom a plan without increments costs a sixth too low in the end.
func TestYears(t *testing.T) {
	got := compute(t, Input{Year: "2025/26", Years: ptr(5), Uplift: []float64{0.03, 0.03, 0.02, 0}, People: []Person{{Band: "5"}}})
	factor := []float64{1, 1.03, 1.0609, 1.082118, 1.082118}
	for y, point := range []float64{31049, 31049, 33487, 33487, 37796} {
		c := got.Years[y]
		near(t, "salary", c.Salary, point*factor[y])
		near(t, "ni", c.NI, 0.15*(point*factor[y]-5000)) // the threshold is frozen
		near(t, "total", c.Total, c.Salary+c.NI+c.Pension+c.Levy)
	}
	if names := got.Years[0].Year + " " + got.Years[4].Year; names != "2025/26 2029/30" || len(got.Warnings) != 0 {
		t.Error(names, got.Warnings)
	}
}

// TestStartMonth: October to March is half a year of pay and half of the threshold; the anniversary stays in October.
func TestStartMonth(t *testing.T) {
	got := compute(t, Input{Year: "2025/26", Years: ptr(3), Uplift: []float64{0, 0}, People: []Person{{Band: "6", StartMonth: ptr(7)}}})
	near(t, "salary", got.Years[0].Salary, 19341)
	near(t, "ni", got.Years[0].NI, 0.15*(19341-2500))
	near(t, "second year", got.Years[1].Salary, 38682)
	near(t, "third year", got.Years[2].Salary, (38682+40823)/2.0)
	march := compute(t, Input{Year: "2025/26", People: []Person{{Band: "6", StartMonth: ptr(12)}}})
	near(t, "March", march.Years[0].Salary, 38682/12.0)
}

// TestThresholdIsPersonal: two half-time people cost less National Insurance than one full-time, by 15% of 5,000.
func TestThresholdIsPersonal(t *testing.T) {
	one := compute(t, Input{Year: "2025/26", People: []Person{{Band: "6"}}}).Years[0]
	two := compute(t, Input{Year: "2025/26", People: []Person{{Band: "6", WTE: ptr(0.5), Count: ptr(2)}}}).Years[0]
	near(t, "salary", two.Salary, one.Salary)
	near(t, "ni", one.NI-two.NI, 750)
	// A tenth of band 2 is under the threshold: nothing is due, and nothing is given back.
	near(t, "ni", compute(t, Input{Year: "2025/26", People: []Person{{Band: "2", WTE: ptr(0.1)}}}).Years[0].NI, 0)
}

// TestYearlyThreshold: pay that rises through the threshold within the year counts as a whole. A tenth of band 7 is paid
// 4,780.90 or 5,027.40 a year by its first two points; half a year of each is under 5,000, so nothing is due.
func TestYearlyThreshold(t *testing.T) {
	table, err := Find("2025/26")
	if err != nil {
		t.Fatal(err)
	}
	points := table.Bands["7"].Points
	in := Input{Year: "2025/26", People: []Person{{Band: "7", WTE: ptr(0.1), YearsInBand: 1.5}}}
	got := compute(t, in).Years[0]
	near(t, "salary", got.Salary, (points[0]+points[1])/20)
	if points[1]/10 <= 5000 || got.Salary >= 5000 {
		t.Fatalf("the example tests nothing: %v, %v", points, got.Salary)
	}
	near(t, "ni", got.NI, 0)
	// From October: three months of each point, and half of the threshold.
	in.People[0].YearsInBand, in.People[0].StartMonth, in.People[0].WTE = 1.75, ptr(7), ptr(0.12)
	got = compute(t, in).Years[0]
	near(t, "salary of half a year", got.Salary, 0.12*(points[0]+points[1])/4)
	near(t, "ni of half a year", got.NI, 0.15*(got.Salary-2500))
}

// TestMinimumWage: the lowest point of every table is above the national living wage of its year, an hourly rate over 1,955 hours a year; a
// share of a band that is not is warned of, and of one that is no word is said.
func TestMinimumWage(t *testing.T) {
	for i, want := range []float64{23_875, 24_853} {
		table := Tables()[i]
		if got := math.Round(table.Least()); got != want || table.Lowest() <= got || table.Lowest() != table.Bands["2"].Points[0] {
			t.Errorf("%s: %v a year at least, and the lowest point is %v", table.Year, got, table.Lowest())
		}
	}
	for pct, warned := range map[float64]bool{79: true, 80: false} { // of the £31,157 of Band 4: £24,614 and £24,926
		got := compute(t, Input{Year: "2026/27", People: []Person{{Band: "4", Annex21: &pct}}})
		if said := slices.ContainsFunc(got.Warnings, func(w string) bool { return strings.Contains(w, "national living wage of 2026/27, 12.71 pounds") }); said != warned {
			t.Errorf("%v%%: %q", pct, got.Warnings)
		}
	}
}

// TestAnnex21: the examples of growth.md 7.5, percentages of the top of band 6.
func TestAnnex21(t *testing.T) {
	for pct, want := range map[float64]float64{75: 34935, 70: 32606, 65: 30277, 60: 27948} {
		got := compute(t, Input{Year: "2025/26", Years: ptr(2), Uplift: []float64{0.1}, People: []Person{{Band: "6", Annex21: &pct}}})
		near(t, "annex 21", got.Years[0].Salary, want)
		near(t, "uplifted", got.Years[1].Salary, want*1.1)
		if len(got.Warnings) != 1 {
			t.Error(got.Warnings)
		}
	}
}

// TestAnnex21Steps: the less there is to train, the more it pays (growth.md 7.5); a table that says otherwise is refused.
func TestAnnex21Steps(t *testing.T) {
	for _, table := range Tables() {
		for left, want := range map[int]float64{0: 75, 12: 75, 13: 70, 24: 70, 25: 65, 36: 65, 37: 60, 60: 60} {
			if got := table.Annex21.Percent(left); got != want {
				t.Errorf("%s: %d months to go pay %v%%, want %v%%", table.Year, left, got, want)
			}
		}
	}
	bad := Tables()[0].Annex21
	if bad.Longer = 66; bad.check() == nil {
		t.Error("somebody with four years to go is paid more than with three")
	}
	if bad = Tables()[0].Annex21; bad.check() != nil {
		t.Error(bad.check())
	}
	if bad.Mark = ""; bad.check() == nil {
		t.Error("nobody says how sure that is")
	}
}

// TestAt: the newest table that is in force on a day.
func TestAt(t *testing.T) {
	for day, want := range map[string]string{"2020-01-01": "2025/26", "2026-03-31": "2025/26", "2026-04-01": "2026/27", "2040-01-01": "2026/27"} {
		if got := At(civil.MustParse(day)).Year; got != want {
			t.Errorf("%s is paid by %s, want %s", day, got, want)
		}
	}
}

// TestProperties: entries add up to the team; a count is so many alike; more WTE, experience or uplift never costs less.
func TestProperties(t *testing.T) {
	bands := strings.Split(Tables()[0].names(), ", ")
	rapid.Check(t, func(t *rapid.T) {
		in := Input{Year: "2025/26", Years: ptr(rapid.IntRange(1, 6).Draw(t, "years")), Pension: rapid.SampledFrom([]Pension{"", Employer, Full}).Draw(t, "pension")}
		for range *in.Years - 1 {
			in.Uplift = append(in.Uplift, rapid.Float64Range(0, 0.1).Draw(t, "uplift"))
		}
		for range rapid.IntRange(1, 4).Draw(t, "people") {
			in.People = append(in.People, Person{
				Band: BandName(rapid.SampledFrom(bands).Draw(t, "band")), WTE: ptr(rapid.Float64Range(0.05, 1).Draw(t, "wte")),
				Count: ptr(rapid.IntRange(1, 5).Draw(t, "count")), YearsInBand: rapid.Float64Range(0, 8).Draw(t, "experience"),
				StartMonth: ptr(rapid.IntRange(1, 12).Draw(t, "start")),
			})
		}
		out, err := Compute(in)
		if err != nil {
			t.Fatal(err)
		}
		for y, team := range out.Years {
			sum := 0.0
			for i, p := range out.People {
				sum += p[y].Total
				if y > 1 && p[y].Total < p[y-1].Total*(1-1e-12) {
					t.Fatalf("person %d costs less in %s", i, p[y].Year)
				}
			}
			if math.Abs(sum-team.Total) > 1e-9*sum || math.Abs(team.Salary+team.NI+team.Pension+team.Levy-team.Total) > 1e-9*sum {
				t.Fatalf("%+v adds up to %v", team, sum)
			}
		}
		p := in.People[0]
		single := p
		single.Count = nil
		alone, _ := Compute(Input{Year: in.Year, Years: in.Years, Uplift: in.Uplift, Pension: in.Pension, People: []Person{single}})
		if got, want := out.People[0][0].Total, alone.Years[0].Total*float64(*p.Count); math.Abs(got-want) > 1e-9*want {
			t.Fatalf("%d cost %v, one %v", *p.Count, got, alone.Years[0].Total)
		}
	})
}

func TestRun(t *testing.T) {
	got, err := Run([]byte(`{"year":"2026/27","people":[{"band":5.0,"years_in_band":4,"count":1.0}],"uplift":[],"years":1e0,"pension":"full"}`))
	// 39,043: 0.15 x 34,043, 0.2378 x 39,043, 0.005 x 39,043.
	want := `{"years":[{"year":"2026/27","salary":39043,"supplement":0,"ni":5106.45,"pension":9284.4254,"levy":195.215,"total":53629.090399999994}],` +
		`"people":[[{"year":"2026/27","salary":39043,"supplement":0,"ni":5106.45,"pension":9284.4254,"levy":195.215,"total":53629.090399999994}]],` +
		`"warnings":["the pay points of 2026/27 are computed from the year before and the award: they are not yet checked against the official table"]}`
	if err != nil || string(got) != want {
		t.Errorf("got  %s %v\nwant %s", got, err, want)
	}
	got, err = Run([]byte(`{"year":"2025/26","people":[{"band":"6"}],"years":2}`))
	if err != nil || !strings.Contains(string(got), "no uplift is given") {
		t.Errorf("%s %v", got, err)
	}
}

// TestStretches: a year cut into quarters, each an entry of its own, costs what the whole does; and what is not employed costs
// nothing.
func TestStretches(t *testing.T) {
	uplift := []float64{0.033, 0.02}
	whole := compute(t, Input{Year: "2025/26", Years: ptr(3), Uplift: uplift, People: []Person{{Band: "6", WTE: ptr(0.8), YearsInBand: 1}}})
	in := Input{Year: "2025/26", Years: ptr(3), Uplift: uplift}
	for q := range 12 {
		in.People = append(in.People, Person{Band: "6", WTE: ptr(0.8), YearsInBand: 1 + float64(q)/4, StartMonth: ptr(1 + 3*q), Months: ptr(3)})
	}
	parts := compute(t, in)
	for y, c := range whole.Years {
		near(t, "year", parts.Years[y].Total, c.Total)
	}
	near(t, "outside the stretch", parts.People[5][0].Total, 0)
	doctor := compute(t, Input{Year: "2026/27", Years: ptr(2), Uplift: []float64{0.1}, People: []Person{{Salary: ptr(100000.0), WTE: ptr(0.5), StartMonth: ptr(13)}}})
	near(t, "before the start", doctor.Years[0].Total, 0)
	near(t, "half a doctor", doctor.Years[1].Salary, 55000)
	near(t, "its insurance", doctor.Years[1].NI, 0.15*50000)
}

func TestRunRefuses(t *testing.T) {
	for in, want := range map[string]string{
		``:              "ends too early",
		`{}`:            "year is missing",
		`{"year":2025}`: "year cannot hold",
		`{"year":"2031/32","people":[{"band":"6"}]}`: `no pay table for the year "2031/32" is known; there are 2025/26, 2026/27`,
		`{"year":"2025/26"}`:                         "people is missing",
		`{"year":"2025/26","people":[]}`:             "people is missing or empty",
		`{"year":"2025/26","people":[{"band":"6"},{"band":"6"},{"band":"6"},{"band":true}]}`:      "people[3].band: a band is text or a number, not true",
		`{"year":"2025/26","people":[{"band":"6"},{"band":"6","count":1.5}]}`:                     "people[1].count cannot hold a number 1.5",
		`{"year":"2025/26","people":[{"band":"6"},{"wage":1}]}`:                                   `people[1]: unknown key "wage"`,
		`{"year":"2025/26","people":[{}]}`:                                                        "people[0]: band is missing",
		`{"year":"2025/26","people":[{"band":null}]}`:                                             "band is missing",
		`{"year":"2025/26","people":[{"band":"6"},{"band":"1"}]}`:                                 `people[1]: band "1" is not one of 2, 3, 4, 5, 6, 7, 8a, 8b, 8c, 8d, 9`,
		`{"year":"2025/26","people":[{"band":[6]}]}`:                                              "people[0].band: a band is text or a number, not [6]",
		`{"year":"2025/26","people":[{"band":"6","wte":0}]}`:                                      "wte is 0",
		`{"year":"2025/26","people":[{"band":"6","wte":2}]}`:                                      "use count for several",
		`{"year":"2025/26","people":[{"band":"6","count":0}]}`:                                    "count is 0",
		`{"year":"2025/26","people":[{"band":"6","count":1.5}]}`:                                  "count cannot hold",
		`{"year":"2025/26","people":[{"band":"6","count":1000000}]}`:                              "count is 1000000",
		`{"year":"2025/26","people":[{"band":"6","years_in_band":-1}]}`:                           "years_in_band is -1",
		`{"year":"2025/26","people":[{"band":"6","start_month":13}]}`:                             "start_month is 13",
		`{"year":"2025/26","years":2,"people":[{"band":"6","start_month":25}]}`:                   "to 24, March of the last",
		`{"year":"2025/26","people":[{"band":"6","months":0}]}`:                                   "months is 0",
		`{"year":"2025/26","people":[{"band":"6","salary":50000}]}`:                               "give one or the other",
		`{"year":"2025/26","people":[{"salary":-1}]}`:                                             "salary is -1",
		`{"year":"2025/26","people":[{"band":"6","annex21":0.75}]}`:                               "a percentage of the top",
		`{"year":"2025/26","people":[{"band":"6","step":2}]}`:                                     `unknown key "step"`,
		`{"year":"2025/26","people":[{"band":"6"}],"years":0}`:                                    "years is 0",
		`{"year":"2025/26","people":[{"band":"6"}],"years":1000000000}`:                           "years is 1000000000",
		`{"year":"2025/26","people":[{"band":"6"}],"years":3,"uplift":[0.03]}`:                    "uplift has 1 entries but there are 2 years after the first",
		`{"year":"2025/26","people":[{"band":"6"}],"years":2,"uplift":[3.3]}`:                     "uplift[0] is 3.3: give a fraction",
		`{"year":"2025/26","people":[{"band":"6"}],"pension":"none"}`:                             `pension "none"`,
		`{"year":"2025/26","people":[` + strings.Repeat(`{"band":"6"},`, 1000) + `{"band":"6"}]}`: "at most 1000",
	} {
		if out, err := Run([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %.80s, %v; want %q", in, out, err, want)
		}
	}
}

// FuzzRun: an error, or costs that are finite and not negative.
func FuzzRun(f *testing.F) {
	f.Add([]byte(`{"year":"2025/26","people":[{"band":"6","wte":0.8,"count":2,"years_in_band":1.5,"start_month":7,"annex21":null}],"uplift":[0.03],"years":2,"pension":"full"}`))
	f.Add([]byte(`{"year":"2026/27","people":[{"band":8.0,"annex21":75}]}`))
	f.Add([]byte(`{"year":"2025/26","people":[{"band":"6","years_in_band":99.999999}],"uplift":[-0.5,0.5],"years":3}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		raw, err := Run(data)
		if err != nil {
			return
		}
		var out Answer
		if err := json.Unmarshal(raw, &out); err != nil || out.Warnings == nil {
			t.Fatalf("%v: %s", err, raw)
		}
		for _, c := range out.Years {
			if c.Salary < 0 || c.NI < 0 || c.Total < c.Salary {
				t.Fatalf("%s: %+v", data, c)
			}
		}
	})
}

func BenchmarkTeam(b *testing.B) { // forty entries over five years
	in := Input{Year: "2025/26", Years: ptr(5), Uplift: []float64{0.03, 0.03, 0.03, 0.03}}
	for i := range 40 {
		in.People = append(in.People, Person{Band: "6", YearsInBand: float64(i % 6)})
	}
	for b.Loop() {
		if _, err := Compute(in); err != nil {
			b.Fatal(err)
		}
	}
}

// TestSupplement: the table of growth.md 7.2, with the pay between which neither bound binds; pensionable, pro rata, and in NI.
func TestSupplement(t *testing.T) {
	table, err := Find("2025/26")
	if err != nil {
		t.Fatal(err)
	}
	for zone, x := range map[Zone]struct{ lowest, highest, below, above float64 }{
		Inner: {5415, 8465, 27075, 42325}, Outer: {4552, 5941, 30346, 39607}, Fringe: {1258, 2197, 25160, 43940},
	} {
		s := table.HighCost.Zones[zone]
		if s.Of(x.below-1000) != x.lowest || s.Of(x.above+1000) != x.highest || s.Of(x.below+500) <= x.lowest || s.Of(x.above-500) >= x.highest {
			t.Errorf("%s: %+v", zone, s)
		}
		if later := Tables()[1].HighCost.Zones[zone]; later.Rate != s.Rate || math.Abs(later.Minimum-s.Minimum*1.033) > 0.51 || math.Abs(later.Maximum-s.Maximum*1.033) > 0.51 {
			t.Errorf("%s in the year after: %+v", zone, later)
		}
	}
	half := 0.5
	plain := compute(t, Input{Year: "2025/26", People: []Person{{Band: "6", WTE: &half}}}).Years[0]
	inner := compute(t, Input{Year: "2025/26", People: []Person{{Band: "6", WTE: &half, Zone: Inner}}}).Years[0]
	more := 0.5 * 0.2 * 38682
	near(t, "supplement", inner.Supplement, more)
	near(t, "salary", inner.Salary, plain.Salary)
	near(t, "total", inner.Total, plain.Total+more*(1+0.15+0.1438+0.005))
	// A year later the award is on the bounds too; the trainee's supplement is of what the trainee is paid.
	top := compute(t, Input{Year: "2025/26", Years: ptr(2), Uplift: []float64{0.1}, People: []Person{{Band: "7", YearsInBand: 9, Zone: Outer}, {Band: "6", Annex21: ptr(75.0), Zone: Fringe}}})
	near(t, "at the maximum", top.People[0][1].Supplement, 5941*1.1)
	near(t, "a trainee", top.People[1][0].Supplement, 0.05*0.75*46580)
	for _, bad := range []Person{{Band: "6", Zone: "middle"}, {Salary: ptr(100000.0), Zone: Inner}} {
		if _, err := Compute(Input{Year: "2025/26", People: []Person{bad}}); err == nil {
			t.Errorf("%+v is costed", bad)
		}
	}
}
