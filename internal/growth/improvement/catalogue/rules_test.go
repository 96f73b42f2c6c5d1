package catalogue

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
)

func TestPack(t *testing.T) {
	p, err := LoadPack(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Interventions) != 30 {
		t.Errorf("%d interventions", len(p.Interventions))
	}
	n := 0
	for _, c := range improvement.Classes {
		n += len(p.Of(c))
	}
	if n <= 30 || len(p.Of("")) != 30 || len(p.Of("other")) != 30 {
		t.Errorf("%d by class: some have more than one", n)
	}
	if x, ok := p.Find("I24"); !ok || x.Name != "Schwartz Rounds and reflective forums" {
		t.Errorf("I24 is %+v", x)
	}
	if _, ok := p.Find("I31"); ok {
		t.Error("I31 is there")
	}
}

// Shares are there for all classes or for none, and make up a hundred but for rounding; a contact count under the
// threshold is never shown.
func TestRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []Entry
		known := 0
		for _, c := range improvement.Classes {
			e := Entry{Class: c}
			if rapid.Bool().Draw(t, "known") {
				n := rapid.Int64Range(1, Largest).Draw(t, "spend")
				e.Spend, known = &n, known+1
			}
			entries = append(entries, e)
		}
		contacts := map[string]int{}
		for _, c := range improvement.Classes {
			contacts[c] = rapid.IntRange(0, 40).Draw(t, "contacts")
		}
		sum, shares := 0, 0
		for _, r := range rows(entries, contacts, Planned{}) {
			if r.SpendShare != nil {
				sum, shares = sum+*r.SpendShare, shares+1
			}
			if n, ok := r.Contacts.Value(); ok && n > 0 && contacts[r.Class] < 8 {
				t.Fatalf("%d shown as %d", contacts[r.Class], n)
			}
			if _, ok := r.ContactShare.Value(); ok && contacts[r.Class] > 0 && contacts[r.Class] < 8 {
				t.Fatalf("a share of %d is shown", contacts[r.Class])
			}
		}
		if (shares == 3) != (known == 3) || shares == 3 && (sum < 98 || sum > 102) {
			t.Fatalf("%d of %d shares make %d", shares, known, sum)
		}
	})
}

func TestRowsOfPlan(t *testing.T) {
	got := rows(nil, nil, Planned{Actions: []Action{{Class: "treatment", Open: true}, {Class: "treatment"}}, Needs: []Need{{[]string{"treatment", "treatment"}}, {}, {[]string{"diagnostic"}}}})
	if got[2].Open != 1 || got[2].Needs != 1 || got[1].Needs != 1 || got[0].Needs != 0 || got[0].Contacts.Collected() {
		t.Errorf("%+v", got)
	}
}

func TestNumber(t *testing.T) {
	for typed, want := range map[string]int64{"": -1, "0": 0, "£120,000": 120000, "12 500": 12500, "1.5": -2, "-3": -2, "many": -2, "9999999999": -2} {
		var f fault.Fields
		got := Number(&f, "x", "key", typed)
		switch {
		case want == -2 && (len(f) == 0 || got != nil), want == -1 && (got != nil || len(f) > 0), want >= 0 && (got == nil || *got != want):
			t.Errorf("%q: %v %v", typed, got, f)
		}
	}
}

func TestYears(t *testing.T) {
	if FinancialYear(civil.Date{Year: 2026, Month: 3, Day: 31}) != 2025 || FinancialYear(civil.Date{Year: 2026, Month: 4, Day: 1}) != 2026 {
		t.Error("a financial year begins on 1 April")
	}
	if YearText(2008) != "2008/09" || YearText(2026) != "2026/27" || YearText(1999) != "1999/00" {
		t.Error("a financial year is written with both years")
	}
}
