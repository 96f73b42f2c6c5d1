package model_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/des/model"
	"github.com/rowan-ohwb/rowan/internal/calc/des/report"
)

var block = regexp.MustCompile("(?s)```(yaml|json)\n(.*?)```")

// TestDocs runs every model of docs/calculators.md, with its scenarios, and compares the answer where one is given.
func TestDocs(t *testing.T) {
	data, err := os.ReadFile("../../../../docs/calculators.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut("\n"+string(data), "\n## simulate\n")
	if !found {
		t.Fatal("docs/calculators.md has no section simulate")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var last *report.Answer
	models, answers := 0, 0
	for _, b := range block.FindAllStringSubmatch(section, -1) {
		if b[1] == "json" {
			out, err := json.Marshal(last)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(out); got != strings.TrimSpace(b[2]) {
				t.Errorf("the example gives\n%s", got)
			}
			answers++
			continue
		}
		m := parse(t, []byte(b[2]), "")
		for _, name := range m.Scenarios {
			parse(t, []byte(b[2]), name)
		}
		last = &report.Answer{Result: simulate(t, m, 1, 1).Result(), Seed: 1, Unit: m.Unit}
		last.Warnings = append(last.Warnings, m.Warnings()...)
		models++
	}
	if models < 3 || answers < 1 {
		t.Errorf("%d models and %d answers found", models, answers)
	}
	if _, err := model.Parse([]byte("unit: minute"), "", nil); err == nil {
		t.Error("a model without a horizon is no model")
	}
}
