package archtest_test

import (
	"os"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/archtest"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

// dynamic are the keys that code puts together out of sight of the rule. Keep it short: each line is a place where a
// missing word shows only when the page is opened.
var dynamic = archtest.Dynamic{
	"role.*":                 "one for each of access.Roles",
	"nav.*":                  "one for each path of app's navigation",
	"audit.action.*":         "one for each audit action; auditweb's tests look for each",
	"audit.snooping.*.table": "the caption of each table of patterns",
	"message.*.subject":      "one for each template; message's tests look for each",
	"message.*.body":         "one for each template",
	"message.link.*":         "one for each purpose of a link",
}

// TestHouse holds the repository to the rules.
func TestHouse(t *testing.T) {
	tree, err := archtest.Load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Files) < 100 {
		t.Fatalf("only %d files found: the test looks at the wrong folder", len(tree.Files))
	}
	for name, rule := range map[string]func(*archtest.Tree) []string{
		"imports run one way":             archtest.Arrows,
		"rules are pure":                  archtest.Pure,
		"files and packages are small":    archtest.Sizes,
		"nothing is put off":              archtest.Reminders,
		"exported names have comments":    archtest.Documented,
		"templates hold no literal words": archtest.LiteralWords,
		"keys and words agree": func(tree *archtest.Tree) []string {
			return archtest.Keys(tree, locale.English().Keys(), dynamic)
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, fault := range rule(tree) {
				t.Error(fault)
			}
		})
	}
}
