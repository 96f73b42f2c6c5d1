package clock_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/clock"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// at reads a London wall time.
func at(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	layout := "2006-01-02 15:04"
	if len(s) == 10 {
		s += " 10:00"
	}
	t, err := time.ParseInLocation(layout, s, locale.London)
	if err != nil {
		panic(err)
	}
	return t
}

func stops(pairs ...string) (out []clock.Pause) {
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, clock.Pause{From: at(pairs[i]), To: at(pairs[i+1])})
	}
	return out
}

func TestMeasure(t *testing.T) {
	for name, c := range map[string]struct {
		start, end    string
		pauses        []clock.Pause
		raw, adjusted int
		known         bool
	}{
		"same day":                    {"2026-11-23", "2026-11-23", nil, 0, 0, true},
		"Monday to Tuesday":           {"2026-11-23 23:59", "2026-11-24 00:01", nil, 1, 1, true},
		"over a weekend":              {"2026-11-20", "2026-11-23", nil, 1, 1, true},
		"Christmas 2026":              {"2026-12-18", "2027-01-04", nil, 8, 8, true},
		"half-term bank holiday":      {"2027-05-28", "2027-06-04", nil, 4, 4, true},
		"one pause":                   {"2026-11-02", "2026-11-16", stops("2026-11-04", "2026-11-09"), 10, 7, true},
		"answered the same day":       {"2026-11-02", "2026-11-16", stops("2026-11-04 09:00", "2026-11-04 17:00"), 10, 10, true},
		"two pauses that overlap":     {"2026-11-02", "2026-11-16", stops("2026-11-04", "2026-11-09", "2026-11-06", "2026-11-11"), 10, 5, true},
		"one pause inside another":    {"2026-11-02", "2026-11-16", stops("2026-11-03", "2026-11-13", "2026-11-05", "2026-11-06"), 10, 2, true},
		"pause over a weekend":        {"2026-11-02", "2026-11-16", stops("2026-11-06", "2026-11-08"), 10, 10, true},
		"open pause runs to the end":  {"2026-11-02", "2026-11-16", stops("2026-11-11", ""), 10, 7, true},
		"pause began before":          {"2026-11-02", "2026-11-16", stops("2026-10-01", "2026-11-04"), 10, 8, true},
		"beyond known holidays":       {"2028-12-29", "2029-01-05", nil, 5, 5, false},
		"night before the clocks go":  {"2026-03-27 23:30", "2026-03-30 00:30", nil, 1, 1, true},
		"UTC evening is next day BST": {"2026-07-01 00:30", "2026-07-02 23:59", nil, 1, 1, true},
	} {
		got := clock.Measure(workday.England(), at(c.start), at(c.end), c.pauses)
		if want := (clock.Wait{Raw: c.raw, Adjusted: c.adjusted, Known: c.known}); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

func TestStand(t *testing.T) {
	for name, c := range map[string]struct {
		start  string
		target int
		pauses []clock.Pause
		now    string
		due    string
		left   int
		paused bool
	}{
		"two days left":                      {"2026-11-23", 2, nil, "2026-11-23", "2026-11-25", 2, false},
		"due today":                          {"2026-11-23", 2, nil, "2026-11-25 23:59", "2026-11-25", 0, false},
		"late by three":                      {"2026-11-16", 2, nil, "2026-11-23", "2026-11-18", -3, false},
		"missed on Friday, seen on Saturday": {"2026-11-18", 2, nil, "2026-11-21", "2026-11-20", -1, false},
		"over Christmas":                     {"2026-12-18", 10, nil, "2026-12-24", "2027-01-06", 6, false},
		"a pause moves it":                   {"2026-11-02", 10, stops("2026-11-04", "2026-11-09"), "2026-11-16", "2026-11-19", 3, false},
		"a pause after the moved end counts": {"2026-11-02", 5, stops("2026-11-04", "2026-11-09", "2026-11-11", "2026-11-13"), "2026-11-16", "2026-11-16", 0, false},
		"an open pause keeps the days left":  {"2026-11-02", 5, stops("2026-11-04", ""), "2026-11-30", "2026-12-03", 3, true},
		"same day target":                    {"2026-11-23", 0, nil, "2026-11-23", "2026-11-23", 0, false},
	} {
		got := clock.Stand(workday.England(), at(c.start), c.target, c.pauses, at(c.now))
		if got.Due != civil.MustParse(c.due) || got.Left != c.left || got.Paused != c.paused || got.Late() != (c.left < 0) {
			t.Errorf("%s: %+v, want due %s, %d left", name, got, c.due, c.left)
		}
	}
}

// The wait that ends on the due day has used up exactly the target; adjusted never exceeds raw; more pauses
// never bring the due day forward.
func TestProperties(t *testing.T) {
	cal := workday.England()
	rapid.Check(t, func(t *rapid.T) {
		start := at("2025-01-06").AddDate(0, 0, rapid.IntRange(0, 600).Draw(t, "start"))
		now := start.AddDate(0, 0, rapid.IntRange(0, 200).Draw(t, "now"))
		target := rapid.IntRange(0, 30).Draw(t, "target")
		var pauses []clock.Pause
		for range rapid.IntRange(0, 5).Draw(t, "pauses") {
			from := start.Add(time.Duration(rapid.IntRange(-100, 2000).Draw(t, "from")) * time.Hour)
			pauses = append(pauses, clock.Pause{From: from, To: from.Add(time.Duration(rapid.IntRange(0, 900).Draw(t, "long")) * time.Hour)})
		}
		due, _ := clock.Due(cal, start, target, pauses, now)
		end := clock.Midnight(due)
		// a pause that goes on after now is known only up to now
		for i := range pauses {
			if pauses[i].To.After(now) {
				pauses[i].To = now
			}
		}
		if w := clock.Measure(cal, start, end.Add(23*time.Hour), pauses); target > 0 && w.Adjusted != target {
			t.Fatalf("due %v: %d adjusted working days, want %d", due, w.Adjusted, target)
		}
		if w := clock.Measure(cal, start, now, pauses); w.Adjusted > w.Raw || w.Adjusted < 0 {
			t.Fatalf("adjusted %d, raw %d", w.Adjusted, w.Raw)
		}
		if bare, _ := clock.Due(cal, start, target, nil, now); due.Before(bare) {
			t.Fatalf("due %v is before %v, the day without pauses", due, bare)
		}
	})
}
