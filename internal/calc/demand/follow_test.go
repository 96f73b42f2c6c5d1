package demand

import (
	"math"
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

// TestLeavers: whoever leaves the list after missing an appointment was not asked again, and is not counted among those never seen as
// well; a second missed appointment is one that they were asked back to; and what becomes of the last ones is left open.
func TestLeavers(t *testing.T) {
	d := civil.MustParse
	f := Follower{History: NewHistory(), Calendar: workday.England(), Until: d("2026-11-15")}
	weeks := func() { // what a fit needs: eight weeks of referrals, all seen
		for i := range 26 * 7 {
			day := d("2026-05-18").AddDays(i)
			f.Begin()
			f.Referred(day, "management")
			f.Held(day, "")
		}
	}
	weeks()
	begin, miss, end := d("2026-08-03"), d("2026-08-10"), d("2026-08-17")
	for _, c := range []func(){
		func() { f.Missed(miss); f.Held(end, "") },                 // asked again, and came
		func() { f.Missed(miss); f.Missed(end); f.Ended(end) },     // asked again, and did not come again: nobody asked a third time
		func() { f.Missed(miss); f.Ended(end) },                    // not asked again
		func() { f.Missed(d("2026-11-10")) },                       // nobody knows yet
		func() { f.Ended(end) },                                    // withdrew
		func() { f.Held(miss, ""); f.Missed(end); f.Ended(end) },   // a review that was missed
		func() { f.Held(miss, ""); f.Ended(end); f.Ended(end) },    // closed twice
		func() { f.Missed(miss); f.Held(end, ""); f.Ended(end) },   // came the second time: closing it loses nobody
		func() { f.Missed(miss); f.Contact(end, "nurse", "", 30) }, // written up only
	} {
		f.Begin()
		f.Referred(begin, "management")
		c()
	}
	f.Begin()
	got, err := f.History.Fit(d("2026-11-15"), workday.England())
	if err != nil {
		t.Fatal(err)
	}
	if r := got.Rebook; r.N != 7 || math.Abs(r.Value-4./7) > 1e-12 {
		t.Errorf("asked again: %+v, want 4 of 7", r)
	}
	if u := got.Unseen; u.N != 182+8 || math.Abs(u.Value-1./190) > 1e-12 || got.UnseenFor != (Mean{Value: 14, N: 1}) {
		t.Errorf("never seen: %+v, %+v, want 1 of 190 after 14 days", u, got.UnseenFor)
	}
	if got.List != 1 {
		t.Errorf("%d on the list, want the one who missed it last week", got.List)
	}
}
