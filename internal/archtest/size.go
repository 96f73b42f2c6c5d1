package archtest

import (
	"fmt"
	"path"
	"strings"
)

// The limits of the house. A reader holds a file of 500 lines in one sitting and a package of 12 files in one mind;
// what is longer asks to be split. Tests are tables and may be longer.
const (
	maxFile         = 500
	maxTest         = 800
	maxPackageFiles = 12
	maxPackageLines = 2500
)

// large are the packages that may pass the limits of a package, and why.
var large = map[string]string{
	"internal/ui/nhsuk": "one file for each component of nhsuk-frontend, as there",
}

// Sizes lists files and packages over their limits. Generated code does not count, nor do tests for a package; a
// template counts as one file with the handler of the same name.
func Sizes(t *Tree) []string {
	var faults []string
	lines, names := map[string]int{}, map[string]map[string]bool{}
	for _, f := range t.Files {
		if f.Generated {
			continue
		}
		limit := maxFile
		if f.Test() {
			limit = maxTest
		}
		if f.Lines > limit {
			faults = append(faults, fmt.Sprintf("%s has %d lines, more than %d", f.Path, f.Lines, limit))
		}
		if f.Test() {
			continue
		}
		if names[f.Dir()] == nil {
			names[f.Dir()] = map[string]bool{}
		}
		names[f.Dir()][strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path))] = true
		lines[f.Dir()] += f.Lines
	}
	for dir := range names {
		if large[dir] != "" {
			continue
		}
		if n := len(names[dir]); n > maxPackageFiles {
			faults = append(faults, fmt.Sprintf("%s has %d files, more than %d", dir, n, maxPackageFiles))
		}
		if n := lines[dir]; n > maxPackageLines {
			faults = append(faults, fmt.Sprintf("%s has %d lines, more than %d", dir, n, maxPackageLines))
		}
	}
	return sorted(faults)
}
