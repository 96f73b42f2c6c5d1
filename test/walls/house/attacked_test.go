package house_test

import (
	"os"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/internal/access"
)

// TestAttackedRoutes: every page that the lead of an ICS, the lead of the nation or a stranger may open is accounted for by the attack on
// what organisations share (sharing.TestAttack): it is attacked, or carries no count of people. A new page has to be put in the list.
func TestAttackedRoutes(t *testing.T) {
	h := open(t)
	text, err := os.ReadFile("../../../internal/growth/network/sharing/testdata/routes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Routes []string `yaml:"routes"`
	}
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, x := range all {
		for _, r := range x.Routes {
			if listed[r] {
				t.Errorf("%s is there twice", r)
			}
			listed[r] = true
		}
	}
	open := 0
	for _, r := range h.app.Routes {
		rule, _ := h.app.Table.Rule(r.Permission)
		if r.Method != "GET" || !r.Public && len(rule.Allow[access.SystemLead]) == 0 && len(rule.Allow[access.NationalLead]) == 0 {
			continue
		}
		open++
		if !listed[r.Path] {
			t.Errorf("GET %s is open to an attacker, and nobody has said what it tells (internal/growth/network/sharing/testdata/routes.yaml)", r.Path)
		}
		delete(listed, r.Path)
	}
	for r := range listed {
		t.Errorf("GET %s is in the list, and not in the house", r)
	}
	if open < 100 {
		t.Errorf("only %d pages are open to an attacker: nothing is proved", open)
	}
}
