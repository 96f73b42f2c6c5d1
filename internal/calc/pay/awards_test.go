package pay

import (
	"math"
	"slices"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

// TestAwards: one figure is of every year; a year of its own counts once, whichever table the plan starts from.
func TestAwards(t *testing.T) {
	old, err := Find("2025/26")
	if err != nil {
		t.Fatal(err)
	}
	today, err := Find("2026/27")
	if err != nil {
		t.Fatal(err)
	}
	one := Awards{Every: 3}
	if got := one.After(today); !slices.Equal(got, []float64{0.03}) {
		t.Errorf("one figure gives %v", got)
	}
	a := Awards{Every: 2, Of: map[int]float64{2027: 4, 2029: 0}}
	if got := a.After(today); !slices.Equal(got, []float64{0.04, 0.02, 0, 0.02}) {
		t.Errorf("after 2026/27: %v", got)
	}
	if got := a.After(old); !slices.Equal(got, []float64{0.02, 0.04, 0.02, 0, 0.02}) {
		t.Errorf("after 2025/26: %v", got)
	}
	if years := AwardYears(civil.MustParse("2027-01-01"), 20); !slices.Equal(years, []int{2027, 2028, 2029, 2030, 2031}) {
		t.Errorf("a plan from January has awards of %v", years)
	}
	if years := AwardYears(civil.MustParse("2027-04-01"), 20); !slices.Equal(years, []int{2027, 2028, 2029, 2030, 2031}) || !a.Same(Awards{Every: 9, Of: map[int]float64{2027: 4, 2028: 2, 2029: 0, 2030: 2, 2031: 2}}, years) || a.Same(one, years) {
		t.Errorf("a plan from April has awards of %v", years)
	}
	costs, err := Quarters("2026/27", Stay{Person: Person{Band: "2"}}, 0, 20, a.After(today), Employer)
	if err != nil {
		t.Fatal(err)
	}
	for y, up := range []float64{1, 1.04, 1.04 * 1.02, 1.04 * 1.02, 1.04 * 1.02 * 1.02} {
		near(t, "salary of "+costs[4*y].Year, 4*costs[4*y].Salary, 25_272*up)
	}
	for _, of := range []map[int]float64{nil, {2027: 3.5, 2030: 0}} {
		stored, err := WriteAwards(of)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ReadAwards(stored); err != nil || len(got) != len(of) || got[2027] != of[2027] {
			t.Errorf("%s is read as %v: %v", stored, got, err)
		}
	}
	if _, err := ReadAwards([]byte(`[1]`)); err == nil {
		t.Error("a list is no awards by year")
	}
	if got := (Awards{Of: map[int]float64{2031: 16, 2028: math.NaN(), 2029: 15, 2030: -5}}).Outside(-5, 15); !slices.Equal(got, []int{2028, 2031}) {
		t.Errorf("outside are %v", got)
	}
	if YearName(2099) != "2099/00" {
		t.Error(YearName(2099))
	}
}
