package demand

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
)

// TestHeld: an open case belongs to the role that saw it last, until it ends or nothing has happened for longer than anybody
// remembers; on an earlier day it was whose it was then.
func TestHeld(t *testing.T) {
	d := civil.MustParse
	f := Follower{History: NewHistory(), Calendar: workday.England(), Until: d("2026-11-01")}
	for _, c := range []func(){
		func() { f.Contact(d("2026-03-02"), "nurse", "", 0) },                                                     // open
		func() { f.Contact(d("2026-03-02"), "nurse", "", 0); f.Contact(d("2026-05-04"), "physician", "", 0) },     // taken over
		func() { f.Contact(d("2026-03-02"), "nurse", "", 0); f.Ended(d("2026-06-01")) },                           // closed
		func() { f.Contact(d("2026-03-02"), "", "", 0) },                                                          // nobody says by whom
		func() { f.Referred(d("2026-03-02"), "management") },                                                      // on the list
		func() { f.Contact(d("2024-03-04"), "nurse", "", 0) },                                                     // forgotten
		func() { f.Contact(d("2024-03-04"), "nurse", "", 0); f.Missed(d("2026-10-05")) },                          // not yet
		func() { f.Contact(d("2026-03-02"), "nurse", "", 0); f.Ended(d("2026-06-01")); f.Ended(d("2026-06-02")) }, // closed twice
		func() { f.Contact(d("2026-06-01"), "nurse", "", 0); f.Contact(d("2026-06-08"), "nurse", "", 0) },         // seen twice
	} {
		f.Begin()
		c()
	}
	f.Begin()
	for on, want := range map[string]map[string]int{"2024-06-01": {"nurse": 1}, "2026-04-01": {"nurse": 5}, "2026-05-31": {"nurse": 4, "physician": 1}, "2026-11-01": {"nurse": 3, "physician": 1}} {
		for _, role := range []string{"nurse", "physician"} {
			n := 0
			for day, x := range f.History.Held[role] {
				if day <= d(on).DayNumber() {
					n += x
				}
			}
			if n != want[role] {
				t.Errorf("%s: %d of the %s, want %d", on, n, role, want[role])
			}
		}
	}
}
