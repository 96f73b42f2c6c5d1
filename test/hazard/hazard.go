// Package hazard holds the hazard log (docs/clinical-safety/hazards.yaml) to what the code proves: each hazard names
// its control and the tests of it, and a test that does not exist, or that may be skipped, proves nothing.
package hazard

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Entry is one hazard.
type Entry struct {
	ID, Hazard, Cause, Effect, Control string
	Severity, Initial, Residual        string
	Tests                              []string // package.TestName
	Accepted                           string   // why a residual rating of 3 is accepted
}

// The scales of DCB0129's guidance, and its example matrix: rating by likelihood and severity.
var (
	severities  = []string{"minor", "significant", "considerable", "major", "catastrophic"}
	likelihoods = []string{"very_low", "low", "medium", "high", "very_high"}
	matrix      = [][]int{
		{1, 1, 2, 2, 3},
		{1, 2, 2, 3, 4},
		{2, 2, 3, 3, 4},
		{2, 3, 3, 4, 5},
		{3, 4, 4, 5, 5},
	}
)

// fewest hazards of a log for the main job (issue 2).
const fewest = 15

// Rating gives the risk of a severity at a likelihood, 1 to 5; 0 when either is not on its scale.
func Rating(severity, likelihood string) int {
	s, l := slices.Index(severities, severity), slices.Index(likelihoods, likelihood)
	if s < 0 || l < 0 {
		return 0
	}
	return matrix[l][s]
}

// Check lists what is wrong with a log; root is the module's source.
func Check(log []byte, root fs.FS) []string {
	var file struct{ Hazards []Entry }
	dec := yaml.NewDecoder(bytes.NewReader(log))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return []string{err.Error()}
	}
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if len(file.Hazards) < fewest {
		fault("%d hazards, fewer than %d", len(file.Hazards), fewest)
	}
	seen := map[string]bool{}
	for _, h := range file.Hazards {
		if seen[h.ID] {
			fault("%s: twice", h.ID)
		}
		seen[h.ID] = true
		for field, text := range map[string]string{"id": h.ID, "hazard": h.Hazard, "cause": h.Cause, "effect": h.Effect, "control": h.Control} {
			if text == "" {
				fault("%s: no %s", h.ID, field)
			}
		}
		before, after := Rating(h.Severity, h.Initial), Rating(h.Severity, h.Residual)
		switch {
		case before == 0 || after == 0:
			fault("%s: severity %q, initial %q or residual %q is not on its scale", h.ID, h.Severity, h.Initial, h.Residual)
		case slices.Index(likelihoods, h.Residual) >= slices.Index(likelihoods, h.Initial):
			fault("%s: the control makes it no less likely", h.ID)
		case after > 3 || (after == 3 && h.Accepted == ""):
			fault("%s: residual rating %d is not accepted", h.ID, after)
		}
		if len(h.Tests) == 0 {
			fault("%s: no test", h.ID)
		}
		for _, name := range h.Tests {
			if why := proves(root, name); why != "" {
				fault("%s: %s %s", h.ID, name, why)
			}
		}
	}
	return faults
}

// proves says why a test proves nothing, or "".
func proves(root fs.FS, name string) string {
	dir, test, ok := strings.Cut(name, ".")
	if !ok || !strings.HasPrefix(test, "Test") {
		return "is not package.TestName"
	}
	files, err := fs.Glob(root, dir+"/*_test.go")
	if err != nil {
		return err.Error()
	}
	for _, path := range files {
		source, err := fs.ReadFile(root, path)
		if err != nil {
			return err.Error()
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
		if err != nil {
			return err.Error()
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == test {
				return skipped(f)
			}
		}
	}
	return "does not exist"
}

// skipped looks for a way out of the test.
func skipped(f *ast.FuncDecl) (why string) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, s.Sel.Name) {
			why = "may be skipped"
		}
		return why == ""
	})
	return why
}
