package form_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/ui/form"
)

func TestDate(t *testing.T) {
	for _, c := range []struct{ day, month, year, want, fault, box string }{
		{"", "", "", "0001-01-01", "", ""},
		{"3", "10", "2026", "2026-10-03", "", ""},
		{"03", "oct", "2026", "2026-10-03", "", ""},
		{"3", "October", "2026", "2026-10-03", "", ""},
		{"3", "Sept.", "2026", "2026-09-03", "", ""},
		{"3", "ma", "2026", "", "First day off: enter the month as a number, or its name", "#first-month"},
		{"3", "13", "2026", "", "First day off: enter the month as a number, or its name", "#first-month"},
		{"3", "", "2026", "", "First day off: enter the month as a number, or its name", "#first-month"},
		{"3", "10", "26", "", "First day off: enter the year with all 4 digits, for example 2026", "#first-year"},
		{"3", "10", "", "", "First day off: enter the year with all 4 digits, for example 2026", "#first-year"},
		{"x", "10", "2026", "", "First day off: enter the day as a number from 1 to 31", "#first-day"},
		{"32", "10", "2026", "", "First day off: enter the day as a number from 1 to 31", "#first-day"},
		{"07", "march", "2026", "2026-03-07", "", ""},
		{"1", "1", "0000", "", "First day off: enter a real date", "#first-day"},
		{"29", "2", "2026", "", "First day off: enter a real date", "#first-day"},
		{"31", "feb", "2026", "", "First day off: enter a real date", "#first-day"},
		{"3", "10", "1026", "", "First day off: enter a real date", "#first-day"},
	} {
		f := form.Of(url.Values{"first-day": {c.day}, "first-month": {c.month}, "first-year": {c.year}})
		got := f.Date("first", "refer.absence.first")
		if c.want != "" {
			if got.Format("2006-01-02") != c.want || f.Bad() {
				t.Errorf("%s %s %s is %s (%v), want %s", c.day, c.month, c.year, got, f.Faults, c.want)
			}
			continue
		}
		items := form.ErrorItems(context.Background(), f)
		if !got.IsZero() || len(items) != 1 || items[0].Text != c.fault || items[0].Href != c.box {
			t.Errorf("%s %s %s says %+v, want %q at %s", c.day, c.month, c.year, items, c.fault, c.box)
		}
	}
}

// A page with one date need not name it, and every fault has words for both.
func TestDateWithoutLabel(t *testing.T) {
	for _, part := range []url.Values{{"on-day": {"x"}}, {"on-day": {"1"}, "on-month": {"x"}}, {"on-day": {"1"}, "on-month": {"2"}, "on-year": {"x"}}, {"on-day": {"30"}, "on-month": {"2"}, "on-year": {"2026"}}} {
		f := form.Of(part)
		f.Date("on")
		if key := f.Faults[0].Key; !locale.English().Has(key) || !locale.English().Has(key+".of") {
			t.Errorf("no words for %s", key)
		}
	}
}
