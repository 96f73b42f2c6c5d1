package disclosure_test

import (
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/disclosure"
)

// TestSplit: neither side of a share is shown while the other is too small, by every pair of counts up to 60.
func TestSplit(t *testing.T) {
	for _, topic := range []disclosure.Topic{disclosure.General, disclosure.Special} {
		rule := topic.Rule()
		for whole := range 61 {
			for part := range whole + 1 {
				p, w := disclosure.Split(part, whole, topic)
				_, shown := p.Value()
				_, known := w.Value()
				want := !rule.Hides(part) && !rule.Hides(whole-part) && !rule.Hides(whole)
				if shown != want || known == rule.Hides(whole) || !p.Collected() || !w.Collected() {
					t.Errorf("%d of %d under %v: part shown %v, whole shown %v", part, whole, rule, shown, known)
				}
			}
		}
	}
	for exact, want := range map[[2]int]string{{95, 100}: "fewer than 8 of 100", {88, 100}: "90 of 100", {100, 100}: "100 of 100", {0, 0}: "0 of 0", {3, 6}: "fewer than 8 of fewer than 8"} {
		p, w := disclosure.Split(exact[0], exact[1], disclosure.General)
		if got := p.String() + " of " + w.String(); got != want {
			t.Errorf("%v is %s, want %s", exact, got, want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a part greater than its whole is taken")
		}
	}()
	disclosure.Split(2, 1, disclosure.General)
}
