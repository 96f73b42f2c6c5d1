package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"strings"
)

// layer is the height of a package in the house. Imports run downwards, or level within what level allows.
type layer int

const (
	outside layer = iota // embedded data at the root: assets, content, database
	ground               // access, audit, activity, fault, locale, config, calc, platform, ui
	hall                 // organisation, account, person
	wing                 // care, growth
	page                 // <slice>web, fhirapi
	furnish              // what fills an empty house by the slices' own commands: set-up, the sample
	roof                 // app
	command              // cli
	start                // cmd
	test                 // test/... and packages named …test: they may look at everything, only tests look at them
)

var layers = []struct {
	prefix string
	layer  layer
}{
	{"cmd", start}, {"internal/cli", command}, {"internal/app", roof}, {"internal/sample", furnish}, {"internal/setup", furnish}, {"internal/fhirapi", page},
	{"test", test}, {"internal/platform/pgtest", test},
	{"internal/care", wing}, {"internal/growth", wing},
	{"internal/organisation", hall}, {"internal/account", hall}, {"internal/person", hall},
	{"internal", ground},
}

func layerOf(dir string) layer {
	if strings.HasSuffix(path.Base(dir), "test") {
		return test
	}
	// casetest, caretest: what the tests of a wing share, named as the standard library names such packages
	if under(dir, "internal") && strings.HasSuffix(path.Base(dir), "test") {
		return test
	}
	for _, l := range layers {
		if !under(dir, l.prefix) {
			continue
		}
		if (l.layer == wing || l.layer == hall || l.prefix == "internal") && isWeb(dir) {
			return page
		}
		return l.layer
	}
	return outside
}

// under says whether a package is a folder or below it.
func under(dir, folder string) bool { return dir == folder || strings.HasPrefix(dir, folder+"/") }

// isWeb knows a slice's pages by name: the folder casefile/casefileweb, or the folder noteweb of casefile/note.
// platform/web and webtest serve every slice and are no pages.
func isWeb(dir string) bool {
	return strings.HasSuffix(path.Base(dir), "web") && !under(dir, "internal/platform")
}

// Arrows lists the imports that run the wrong way.
func Arrows(t *Tree) []string {
	var faults []string
	for _, f := range t.Files {
		ours, _ := f.Imports()
		for _, to := range ours {
			if why := forbidden(f, to); why != "" {
				faults = append(faults, fmt.Sprintf("%s imports %s: %s", f.Path, to, why))
			}
		}
	}
	return sorted(faults)
}

func forbidden(f *File, to string) string {
	from := f.Dir()
	a, b := layerOf(from), layerOf(to)
	switch {
	case from == to:
		return "" // an external test of the package itself
	case b == test:
		if a == test || f.Test() {
			return ""
		}
		return "only tests import what tests are made of"
	case a == test:
		return ""
	case under(from, "internal/care") && under(to, "internal/growth"):
		return "care never knows of growth"
	case under(from, "internal/growth") && (under(to, "internal/care") || under(to, "internal/person") || under(to, "internal/account")):
		return "growth reads the activity ledger and organisation, nothing of a person or a case"
	case stranger(from, to) && !f.Test():
		return "slices of growth do not know each other: joints says what one shows of another"
	case f.Test() && isWeb(to) && under(to, from):
		return "" // a slice's journey goes through its own pages
	case isWeb(to) && a != roof:
		return "pages are put together by app alone"
	case strings.HasSuffix(to, "/internal/db") && isWeb(from):
		return "pages ask the slice, never its queries"
	case a == start && b != command:
		return "main starts the command line and nothing else"
	case a == outside:
		return "embedded data imports nothing of ours"
	case f.Test() && b <= page:
		return "" // a test may set the scene with a neighbour's commands
	case b > a:
		return "imports run downwards"
	}
	return ""
}

// shared are the slices of growth that every other may know: a figure that is relied on and a file that evidence stands
// on are kept in one place each, so that both are cited, checked and handed out in one way. The names of the options are
// one list for all, and so are the themes of the framework that a community writes and others rate by (docs/adr/0014). A survey
// is one thing for who asks and for who answers.
var shared = map[string]bool{"figure": true, "document": true, "option": true, "framework": true, "survey": true}

// stranger says whether one slice of growth imports another. The joints are there to.
func stranger(from, to string) bool {
	a, b := slice(from), slice(to)
	return a != "" && b != "" && a != b && a != "joints" && !shared[b]
}

// slice is the folder of a package within growth; "" elsewhere.
func slice(dir string) string {
	rest, ok := strings.CutPrefix(dir, "internal/growth/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// pure are the places that know no web, no database and no clock: whoever calls them passes the time.
func pure(f *File) bool {
	if f.Test() {
		return false
	}
	for _, folder := range []string{"internal/calc", "internal/access", "internal/fault", "internal/fhir/r4"} {
		if under(f.Dir(), folder) {
			return true
		}
	}
	return path.Base(f.Path) == "rules.go"
}

var impure = []string{"net/http", "database/sql", "github.com/jackc/pgx", "github.com/rowan-ohwb/rowan/internal/platform/postgres", "os"}

// clock are the functions of package time that ask what time it is.
var clock = map[string]bool{"Now": true, "Since": true, "Until": true, "Sleep": true, "After": true, "Tick": true}

// Pure lists what reaches out of the places that must not.
func Pure(t *Tree) []string {
	var faults []string
	for _, f := range t.Files {
		if f.AST == nil || !pure(f) {
			continue
		}
		ours, others := f.Imports()
		for _, name := range append(prefixed(ours), others...) {
			for _, bad := range impure {
				if under(name, bad) {
					faults = append(faults, fmt.Sprintf("%s imports %s: rules are pure", f.Path, name))
				}
			}
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && clock[s.Sel.Name] {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
					faults = append(faults, fmt.Sprintf("%s reads the clock: the time is a parameter", t.at(n.Pos())))
				}
			}
			return true
		})
	}
	return sorted(faults)
}

func prefixed(ours []string) []string {
	out := make([]string, len(ours))
	for i, o := range ours {
		out[i] = module + o
	}
	return out
}
