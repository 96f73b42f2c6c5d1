package pay

import (
	"testing"

	"pgregory.net/rapid"
)

// TestQuartersAreTheYear: the quarters of a year cost what Compute says of the year, wherever pay is above the threshold.
func TestQuartersAreTheYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wte, count, start := rapid.Float64Range(0.4, 1).Draw(t, "wte"), rapid.IntRange(1, 5).Draw(t, "count"), rapid.IntRange(1, 12).Draw(t, "start")
		p := Person{Band: BandName(rapid.SampledFrom([]string{"3", "5", "6", "8a"}).Draw(t, "band")), WTE: &wte, Count: &count, YearsInBand: rapid.Float64Range(0, 6).Draw(t, "years"), StartMonth: &start}
		years, up := 5, rapid.Float64Range(0, 0.1).Draw(t, "uplift")
		view := rapid.SampledFrom([]Pension{Employer, Full}).Draw(t, "pension")
		uplift := []float64{up, up, up, up}
		whole, err := Compute(Input{Year: "2026/27", People: []Person{p}, Years: &years, Uplift: uplift, Pension: view})
		if err != nil {
			t.Fatal(err)
		}
		parts, err := Quarters("2026/27", Stay{Person: p, From: start - 1}, 0, 20, uplift[:1], view)
		if err != nil {
			t.Fatal(err)
		}
		for y := range years {
			sum := 0.0
			for _, c := range parts[4*y : 4*y+4] {
				sum += c.Total
				if c.Year != whole.Years[y].Year {
					t.Fatalf("quarter of %s, year %s", c.Year, whole.Years[y].Year)
				}
			}
			if !same(sum, whole.Years[y].Total) {
				t.Fatalf("year %d: quarters %v, year %v", y, sum, whole.Years[y].Total)
			}
		}
	})
}

func same(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }

// TestStay: a post of the third year starts at the pay of that year, and one that ends costs nothing afterwards.
func TestStay(t *testing.T) {
	all, err := Quarters("2026/27", Stay{Person: Person{Band: "6"}, From: 24, Until: 30}, 0, 12, []float64{0.1}, Employer)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range all {
		if want := 39959 * 1.1 * 1.1 / 4; (i == 8 || i == 9) != same(c.Salary, want) || (c.Total > 0) != (i == 8 || i == 9) {
			t.Errorf("quarter %d: %v, want a salary of %v in the ninth and tenth only", i, c, want)
		}
	}
	for name, s := range map[string]Stay{"no band": {}, "ends before": {Person: Person{Band: "6"}, From: 3, Until: 3}} {
		if _, err := Quarters("2026/27", s, 0, 4, nil, Full); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if _, err := Quarters("1999/00", Stay{Person: Person{Band: "6"}}, 0, 4, nil, Full); err == nil {
		t.Error("a year without a table is taken")
	}
}
