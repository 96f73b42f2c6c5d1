package staff_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/person/staffcsv"
	"github.com/rowan-ohwb/rowan/internal/sample/staff"
)

// The feed is one that the importer takes without a reject, and every manager is in it.
func TestFeedIsTaken(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	size := staff.Size{Seed: 1, First: 30000000, People: 2000, Sites: []string{"North", "South"}, Trades: staff.Hospital,
		Special: append(staff.Service(18, 5, 4, 5, 7), staff.Corporate(6)...), Now: now}
	people := staff.Invent(size)
	if !reflect.DeepEqual(people, staff.Invent(size)) {
		t.Error("the same seed gave other people")
	}
	var file bytes.Buffer
	if err := staff.Feed(&file, "trust.example", people); err != nil {
		t.Fatal(err)
	}
	feed, err := staffcsv.Parse(&file, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range feed.Rejects {
		t.Errorf("line %d, %s: %s", r.Line, r.Column, r.Why(locale.English()))
	}
	known, service := map[string]bool{}, 0
	for _, p := range people {
		known[p.Number] = true
		if p.Department == "Staff health" {
			service++
		}
		if p.Manager != "" && !known[p.Manager] {
			t.Errorf("%s reports to somebody who is not there yet", p.Number)
		}
	}
	if len(feed.People) != len(people) || len(people) < 1900 || len(people) > 2200 || service != 40 {
		t.Errorf("%d people in the feed, %d invented, %d of them in the OH service", len(feed.People), len(people), service)
	}
}
