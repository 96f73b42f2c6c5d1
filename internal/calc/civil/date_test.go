package civil

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The standard library is the oracle for the calendar.
func TestAgainstTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-700000, 2900000).Draw(t, "day")
		want := time.Unix(int64(n)*86400, 0).UTC()
		d := Of(want)
		if d.DayNumber() != n || d.Weekday() != want.Weekday() || d.String() != want.Format("2006-01-02") {
			t.Fatalf("day %d: %v (%d, %s), want %v", n, d, d.DayNumber(), d.Weekday(), want)
		}
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Fatalf("%v: %v %v", d, back, err)
		}
		if e := d.AddDays(17); e.DaysSince(d) != 17 || !e.After(d) || !d.Before(e) {
			t.Fatalf("%v + 17 = %v", d, e)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "2026-2-03", "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026/02/03", "20260-02-3", "2026-02-0x"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("%q read as %v", s, d)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2028-01-31", 1, "2028-02-29"}, {"2026-11-30", 3, "2027-02-28"},
		{"2026-03-15", -3, "2025-12-15"}, {"2026-12-01", 1, "2027-01-01"}, {"2026-05-31", 0, "2026-05-31"},
	} {
		if got := MustParse(c.from).AddMonths(c.n); got != MustParse(c.want) {
			t.Errorf("%s + %d months = %v, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestText(t *testing.T) {
	d := MustParse("2026-03-07")
	if d.Long() != "7 March 2026" || d.MonthYear() != "March 2026" {
		t.Errorf("%s, %s", d.Long(), d.MonthYear())
	}
	var back Date
	text, _ := d.MarshalText()
	if err := back.UnmarshalText(text); err != nil || back != d {
		t.Errorf("%s: %v %v", text, back, err)
	}
}

func TestNull(t *testing.T) {
	for _, d := range []Date{{}, {Year: 2026, Month: time.March, Day: 29}} {
		at := d.Null()
		if (at == nil) != d.IsZero() || FromNull(at) != d {
			t.Errorf("%s becomes %v and then %s", d, at, FromNull(at))
		}
	}
}
