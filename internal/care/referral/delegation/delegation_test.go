package delegation

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

func TestCheck(t *testing.T) {
	today := civil.MustParse("2026-11-22")
	for name, c := range map[string]struct {
		reason       string
		starts, ends civil.Date
		want         string
	}{
		"a month":            {"leave", today, today.AddDays(30), ""},
		"a quarter":          {"leave", today, today.AddDays(MaxDays), ""},
		"a quarter and more": {"leave", today, today.AddDays(MaxDays + 1), "delegation.ends.long"},
		"no reason":          {"", today, today.AddDays(30), "delegation.reason.empty"},
		"yesterday":          {"leave", today.AddDays(-1), today.AddDays(30), "delegation.starts.past"},
		"the same day":       {"leave", today, today, "delegation.ends.before"},
		"no start":           {"leave", civil.Date{}, today, "delegation.starts.empty"},
		"no end":             {"leave", today, civil.Date{}, "delegation.ends.empty"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if f := (Request{Reason: c.reason, Starts: c.starts, Ends: c.ends}).Check(today); len(f) > 0 {
				got = f[0].Key
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
