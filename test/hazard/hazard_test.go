package hazard_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/test/hazard"
)

// TestVerifyRunsIt: a log that nobody checks before a merge drifts from the code.
func TestVerifyRunsIt(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	_, recipe, found := strings.Cut(string(makefile), "\nverify:")
	recipe, _, _ = strings.Cut(recipe, "\n\n")
	if !found || !strings.Contains(recipe, "go test -count=1 ./test/hazard\n") {
		t.Errorf("make verify does not check the hazard log:%s", recipe)
	}
}

// TestLog holds the log of the house.
func TestLog(t *testing.T) {
	log, err := os.ReadFile("../../docs/clinical-safety/hazards.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range hazard.Check(log, os.DirFS("../..")) {
		t.Error(fault)
	}
}

// TestCheck shows the checker logs that prove nothing.
func TestCheck(t *testing.T) {
	root := fstest.MapFS{
		"internal/a/a_test.go": {Data: []byte("package a\nfunc TestGood(t *testing.T) {}\nfunc TestLazy(t *testing.T) { if x { t.Skip() } }\n")},
	}
	entry := func(change ...string) string {
		lines := map[string]string{"id": "H1", "hazard": "h", "cause": "c", "effect": "e", "control": "k", "severity": "major", "initial": "medium", "residual": "very_low", "tests": "[internal/a.TestGood]"}
		for i := 0; i < len(change); i += 2 {
			lines[change[i]] = change[i+1]
		}
		var b strings.Builder
		for k, v := range lines {
			b.WriteString(k + ": " + v + ", ")
		}
		return "{" + strings.TrimSuffix(b.String(), ", ") + "}"
	}
	tests := []struct{ name, entry, want string }{
		{"a test that is gone", entry("tests", "[internal/a.TestGone]"), "H1: internal/a.TestGone does not exist"},
		{"a test elsewhere", entry("tests", "[internal/b.TestGood]"), "does not exist"},
		{"a test that may be skipped", entry("tests", "[internal/a.TestLazy]"), "may be skipped"},
		{"no package", entry("tests", "[TestGood]"), "is not package.TestName"},
		{"no test", entry("tests", "[]"), "no test"},
		{"no control", entry("control", `""`), "no control"},
		{"a word off the scale", entry("severity", "bad"), "not on its scale"},
		{"a control that does nothing", entry("residual", "medium"), "no less likely"},
		{"too much left", entry("initial", "very_high", "residual", "high"), "rating 4 is not accepted"},
		{"three without a reason", entry("severity", "catastrophic"), "rating 3 is not accepted"},
		{"too few", entry(), "1 hazards, fewer than 15"},
		{"an unknown field", entry("mood", "x"), "mood"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			faults := hazard.Check([]byte("hazards: ["+tt.entry+"]"), root)
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("found %q, want %q", faults, tt.want)
			}
		})
	}
}
