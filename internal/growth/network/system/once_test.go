package system

import (
	"fmt"
	"testing"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
)

// TestOnce: an organisation that goes on under a new pseudonym counts once on every day, and one that is late still counts as long as
// nobody new has told anything.
func TestOnce(t *testing.T) {
	p, err := release.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{pack: p}
	march, june, september := civil.MustParse("2026-03-01"), civil.MustParse("2026-06-01"), civil.MustParse("2026-09-01")
	posts := func(code string, month civil.Date) Value {
		n := 10
		return Value{Who: Who{"key", code}, Figure: release.Figure{Metric: "posts", Item: "now.nurse.band-6", Month: month, Definition: "posts, version 1", State: release.Known, Score: &n}}
	}
	var values []Value
	for i := range 8 {
		values = append(values, posts(fmt.Sprintf("ORG%d", i), march))
	}
	any := func(release.Metric) bool { return true }
	counts := func(month civil.Date, want ...string) {
		t.Helper()
		rows := s.sides(values, month, any)
		told := map[string]bool{}
		for _, r := range rows {
			told[r.Code] = len(r.Figures) > 0
		}
		if len(rows) != len(want) || Most(rows) != len(want) {
			t.Errorf("%s: %d organisations, at least %d, want %d", month, len(rows), Most(rows), len(want))
		}
		for _, code := range want {
			if !told[code] {
				t.Errorf("%s: %s is not there", month, code)
			}
		}
	}
	all := []string{"ORG0", "ORG1", "ORG2", "ORG3", "ORG4", "ORG5", "ORG6", "ORG7"}
	counts(march, all...)
	for _, code := range all[:3] {
		values = append(values, posts(code, june))
	}
	counts(june, all...) // five are late
	for _, code := range all[3:7] {
		values = append(values, posts(code, june))
	}
	values = append(values, posts("NEW", june)) // the eighth, named no longer
	counts(june, "ORG0", "ORG1", "ORG2", "ORG3", "ORG4", "ORG5", "ORG6", "NEW")
	values = append(values, posts("NEW", september))
	counts(september, "ORG0", "ORG1", "ORG2", "ORG3", "ORG4", "ORG5", "ORG6", "NEW")

	// A share is of its month: the old pseudonym has no part in it, and two rows of one organisation are not two organisations.
	part, whole := 1, 20
	values = append(values, Value{Who: Who{"key", "LAST"}, Figure: release.Figure{Metric: "K10", Month: september, Definition: "K10, version 1", State: release.Known, Part: &part, Whole: &whole}})
	if rows := s.sides(values, september, any); len(rows) != 9 || Most(rows) != 8 {
		t.Errorf("%d rows of at least %d organisations", len(rows), Most(rows))
	}
}
