package sheet

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGuard(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Smith": "Smith", "O'Brien": "O'Brien", "'tHooft": "'tHooft", "a=b": "a=b",
		"=1+1": "'=1+1", "+447700900123": "'+447700900123", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)",
		"\tx": "'\tx", "\rx": "'\rx", "＝1": "'＝1", "'=1": "''=1", "'": "'",
	} {
		if got := Guard(cell); got != want {
			t.Errorf("Guard(%q) = %q, want %q", cell, got, want)
		}
	}
}

// TestGuardGoesRound: a guarded cell never begins a formula, and comes back as it was.
func TestGuardGoesRound(t *testing.T) {
	cells := rapid.OneOf(rapid.String(), rapid.StringMatching(`'{0,3}[=+\-@\t\r＝ a]{0,3}.{0,5}`))
	rapid.Check(t, func(t *rapid.T) {
		cell := cells.Draw(t, "cell")
		guarded := Guard(cell)
		for _, trigger := range triggers {
			if strings.HasPrefix(guarded, trigger) {
				t.Fatalf("%q begins a formula", guarded)
			}
		}
		if back := Unguard(guarded); back != cell {
			t.Fatalf("%q came back as %q", cell, back)
		}
	})
}
