package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// system is a line of docs/systems.md.
var system = regexp.MustCompile(`(?m)^\| (S\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$`)

// systems are those that the house is for.
const systems = 34

// TestSystems holds the list of systems: each is on it in order, its address is a page of the house, and its walk is one
// that is walked.
func TestSystems(t *testing.T) {
	list, err := os.ReadFile(filepath.Join(root, "docs", "systems.md"))
	if err != nil {
		t.Fatal(err)
	}
	walked := parts()
	pages := open(t, true).app.Routes
	lines := system.FindAllStringSubmatch(string(list), -1)
	if len(lines) != systems {
		t.Fatalf("%d systems are on the list, want %d", len(lines), systems)
	}
	for i, x := range lines {
		name, address, walk := x[1], strings.TrimSpace(x[3]), strings.TrimSpace(x[4])
		if want := fmt.Sprintf("S%d", i+1); name != want {
			t.Errorf("%s stands where %s belongs", name, want)
		}
		if !slices.ContainsFunc(pages, func(r web.Route) bool { return r.Method == http.MethodGet && r.Path == address }) {
			t.Errorf("%s: there is no page %s", name, address)
		}
		if !slices.Contains(walked, walk) {
			t.Errorf("%s: there is no walk %s", name, walk)
		}
	}
}

// parts names every walk, and every part of those that have parts, as go test does.
func parts() (out []string) {
	for _, w := range walks {
		out = append(out, "TestWalk/"+w.name)
	}
	for _, x := range timetable {
		out = append(out, "TestWalk/main/"+x.name)
	}
	for _, x := range programme {
		out = append(out, "TestWalk/plan/"+x.name)
	}
	for _, x := range story {
		out = append(out, "TestWalk/loop/"+x.name)
	}
	return out
}
