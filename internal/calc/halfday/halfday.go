// Package halfday names the half-days of a working week, for whoever says when they can help and when help is needed.
package halfday

import (
	"slices"
	"strings"
	"time"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
)

// ahead is how many months ahead help is offered and looked for: sign-offs and rotas change.
const ahead = 12

// The parts of a day.
const (
	Morning   = "am"
	Afternoon = "pm"
)

// Parts of a day in their order.
var Parts = []string{Morning, Afternoon}

var days = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// All are the half-days of a week in their order: "mon-am" to "sun-pm".
var All = func() (out []string) {
	for _, d := range days {
		for _, p := range Parts {
			out = append(out, d+"-"+p)
		}
	}
	return out
}()

// Of is the half-day of a part of a date.
func Of(d civil.Date, part string) string {
	return days[(int(d.Weekday())+int(time.Saturday))%len(days)] + "-" + part
}

// Clean leaves the half-days of a list, each once and in the order of the week.
func Clean(list []string) (out []string) {
	for _, s := range All {
		if slices.Contains(list, s) {
			out = append(out, s)
		}
	}
	return out
}

// Common are those of both lists.
func Common(a, b []string) []string {
	return slices.DeleteFunc(Clean(a), func(s string) bool { return !slices.Contains(b, s) })
}

// Check finds what is wrong with the half-days and the first and last day that somebody typed. The fields are "slots", "from"
// and "until".
func Check(f *fault.Fields, slots []string, from, until, today civil.Date) {
	if len(Clean(slots)) == 0 {
		f.Add("slots", "halfday.slots.empty")
	}
	switch {
	case from.IsZero():
		f.Add("from", "halfday.from.empty")
	case from.Before(today):
		f.Add("from", "halfday.from.past")
	}
	switch {
	case until.IsZero():
		f.Add("until", "halfday.until.empty")
	case until.Before(from):
		f.Add("until", "halfday.until.early")
	case until.After(today.AddMonths(ahead)):
		f.Add("until", "halfday.until.far", "n", ahead)
	}
}

// Within says whether any date of a span is one of the half-days: a span of a week or more has them all.
func Within(from, until civil.Date, slots []string) bool {
	for d := from; !d.After(until) && d.DaysSince(from) < len(days); d = d.AddDays(1) {
		for _, p := range Parts {
			if slices.Contains(slots, Of(d, p)) {
				return true
			}
		}
	}
	return false
}

// Split is the day and the part of a half-day.
func Split(slot string) (day, part string) {
	day, part, _ = strings.Cut(slot, "-")
	return day, part
}
