package sharing_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// account is some pages that an attacker may open, and where they are held to what is attacked (testdata/routes.yaml).
type account struct {
	Why       string   `yaml:"why"`
	Attacked  string   `yaml:"attacked"`
	Elsewhere string   `yaml:"elsewhere"`
	Routes    []string `yaml:"routes"`
}

// accounted holds the list of pages to the attacks that were made: none is said to be attacked that is not, and none is without a reason.
// test/walls/house TestAttackedRoutes holds it to the routes of the house.
func (h *house) accounted() {
	h.t.Helper()
	text, err := os.ReadFile("testdata/routes.yaml")
	h.must(err)
	var all []account
	h.must(yaml.Unmarshal(text, &all))
	var named []string
	for _, x := range all {
		if strings.TrimSpace(x.Why) == "" || len(x.Routes) == 0 || x.Attacked != "" && x.Elsewhere != "" {
			h.t.Errorf("%+v says too little", x)
		}
		if x.Attacked != "" {
			named = append(named, x.Attacked)
			if !h.done[x.Attacked] {
				h.t.Errorf("%v are said to be attacked by %s, which did not run", x.Routes, x.Attacked)
			}
		}
		if pkg, test, ok := strings.Cut(x.Elsewhere, "."); ok {
			files, err := filepath.Glob("../" + pkg + "/*_test.go")
			h.must(err)
			if !slices.ContainsFunc(files, func(file string) bool {
				source, err := os.ReadFile(file)
				h.must(err)
				return strings.Contains(string(source), "\nfunc "+test+"(")
			}) {
				h.t.Errorf("there is no %s", x.Elsewhere)
			}
		}
	}
	for _, name := range []string{"table", "derived", "planned", "nation", "charts"} {
		if !slices.Contains(named, name) {
			h.t.Errorf("no page is held to %s", name)
		}
	}
}
