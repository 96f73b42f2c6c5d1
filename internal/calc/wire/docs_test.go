package wire

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// docExample is a block of input, the word "gives" and a block of output.
var docExample = regexp.MustCompile("(?s)```json\n(.*?)```\\s+gives\\s+```json\n(.*?)```")

// TestDocs runs the worked examples of docs/calculators.md. The layout of the
// output is the page's own; its values are compared exactly.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../../docs/calculators.md")
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, section := range strings.Split(string(page), "\n## ")[1:] {
		name, text, _ := strings.Cut(section, "\n")
		if name == "simulate" {
			continue // a command of its own: des/model runs what that section shows
		}
		if documented = append(documented, name); Find(name) != nil {
			t.Errorf("there is a section %s but no such calculator", name)
			continue
		}
		examples := docExample.FindAllStringSubmatch(text, -1)
		if len(examples) == 0 {
			t.Errorf("%s: the section has no worked example", name)
		}
		if blocks := strings.Count(text, "```json\n"); blocks != 2*len(examples) {
			t.Errorf("%s: %d blocks of JSON, of which %d are an input or what it gives", name, blocks, 2*len(examples))
		}
		for _, e := range examples {
			got, err := Run(name, []byte(e[1]))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if !reflect.DeepEqual(parse(t, got), parse(t, []byte(e[2]))) {
				t.Errorf("%s: the example gives\n%s", name, got)
			}
		}
	}
	for _, name := range List() {
		if !slices.Contains(documented, name) {
			t.Errorf("docs/calculators.md has no section %s", name)
		}
	}
}

func parse(t *testing.T, data []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return v
}
