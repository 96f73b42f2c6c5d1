package workday

import (
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"pgregory.net/rapid"
)

var day = civil.MustParse

func TestAdd(t *testing.T) {
	for _, c := range []struct {
		from  string
		n     int
		want  string
		known bool
	}{
		{"2026-12-18", 10, "2027-01-06", true},
		{"2026-12-23", 5, "2027-01-04", true},
		{"2027-03-25", 2, "2027-03-31", true},
		{"2022-06-01", 1, "2022-06-06", true}, // 2 and 3 June 2022
		{"2022-09-16", 1, "2022-09-20", true}, // 19 September 2022
		{"2023-05-05", 1, "2023-05-09", true}, // 8 May 2023
		{"2026-11-21", 0, "2026-11-21", true}, // a Saturday stays
		{"2026-11-21", 1, "2026-11-23", true}, // Saturday is day 0
		{"2027-01-04", -5, "2026-12-23", true},
		{"2028-12-29", 1, "2029-01-01", false}, // not guessed
		{"2021-12-31", 1, "2022-01-04", false},
	} {
		if got, known := England().Add(day(c.from), c.n); got != day(c.want) || known != c.known {
			t.Errorf("%s + %d = %v (%v), want %s (%v)", c.from, c.n, got, known, c.want, c.known)
		}
	}
}

func TestBetween(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
		known    bool
	}{
		{"2026-12-18", "2027-01-04", 8, true},
		{"2027-05-28", "2027-06-04", 4, true},
		{"2027-06-04", "2027-05-28", -4, true},
		{"2026-11-20", "2026-11-22", 0, true},
		{"2026-01-01", "2026-01-01", 0, true},
		{"2028-12-29", "2029-01-05", 5, false},
	} {
		if got, known := England().Between(day(c.from), day(c.to)); got != c.want || known != c.known {
			t.Errorf("%s to %s = %d (%v), want %d (%v)", c.from, c.to, got, known, c.want, c.known)
		}
	}
}

// Each year has eight bank holidays; 2022 had two more and 2023 one.
func TestPublishedData(t *testing.T) {
	count := map[int]int{}
	for d := range England().titles {
		count[d.Year]++
	}
	for year, want := range map[int]int{2022: 10, 2023: 9, 2024: 8, 2025: 8, 2026: 8, 2027: 8, 2028: 8} {
		if count[year] != want {
			t.Errorf("%d has %d bank holidays, want %d", year, count[year], want)
		}
	}
	if from, to := England().Known(); from.Year != 2022 || to.Year != 2028 {
		t.Errorf("known from %v to %v", from, to)
	}
	if got := England().Holiday(day("2026-12-28")); got != "Boxing Day" {
		t.Errorf("28 December 2026 is %q", got)
	}
}

// Between agrees with walking day by day, and Add with Between.
func TestCountingAgrees(t *testing.T) {
	c := England()
	rapid.Check(t, func(t *rapid.T) {
		from := day("2021-11-01").AddDays(rapid.IntRange(0, 2800).Draw(t, "from"))
		length := rapid.IntRange(0, 400).Draw(t, "length")
		walked := 0
		for i := 1; i <= length; i++ {
			if c.IsWorking(from.AddDays(i)) {
				walked++
			}
		}
		if got, _ := c.Between(from, from.AddDays(length)); got != walked {
			t.Fatalf("%v + %d days: %d, walked %d", from, length, got, walked)
		}
		to, _ := c.Add(from, walked)
		if got, _ := c.Between(from, to); got != walked || walked > 0 && !c.IsWorking(to) {
			t.Fatalf("%v + %d working days = %v, %d apart", from, walked, to, got)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	event := func(dates ...string) string {
		var events []string
		for _, d := range dates {
			events = append(events, `{"title":"T","date":"`+d+`","notes":"","bunting":true}`)
		}
		return `{"england-and-wales":{"division":"england-and-wales","events":[` + strings.Join(events, ",") + `]}}`
	}
	for in, want := range map[string]string{
		`{`:                               "read bank holidays",
		`{}`:                              "no events",
		event("2026-12-26"):               "no day from Monday to Friday",
		event("2026-13-01"):               "not a real date",
		event("2024-01-01", "2026-01-01"): "a year between 2024 and 2026 is missing",
	} {
		if _, err := Parse([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
	}
}
