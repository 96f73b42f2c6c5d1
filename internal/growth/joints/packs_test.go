package joints

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/growth/absence"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/indicator"
	"github.com/rowan-ohwb/rowan/internal/growth/series"
)

// question is how the staff survey numbers its questions: a survey is taken in by file, so any of them may come.
var question = regexp.MustCompile(`^q[0-9]{1,2}[a-i]?$`)

// known says of each kind that a pack may name which names there are.
func known() map[string]func(string) bool {
	indicators, measures := indicator.New(indicator.Deps{}), series.New(series.Deps{}).Suggested().Measures
	return map[string]func(string) bool{
		indicator.FigureKind: func(name string) bool { return len(indicators.Versions(name)) > 0 },
		absence.FigureKind:   func(name string) bool { return slices.Contains(absence.FigureNames, name) },
		"survey":             question.MatchString,
		series.FigureKind: func(name string) bool {
			for _, m := range measures {
				if m.Code == name {
					return true
				}
			}
			return false
		},
	}
}

// TestPacksNameFigures reads every word of every pack that looks like a figure, as a value or as a key.
func TestPacksNameFigures(t *testing.T) {
	looks := regexp.MustCompile(`^(indicator|absence|survey|series|gap|selfcheck|balance|forecast)/\S+$`)
	files, err := fs.Glob(content.FS, "packs/*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d packs, %v", len(files), err)
	}
	kinds, seen := known(), 0
	var walk func(file string, n *yaml.Node)
	walk = func(file string, n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && looks.MatchString(n.Value) {
			seen++
			ref, _ := figure.ParseRef(n.Value)
			if is := kinds[ref.Kind]; is == nil || !is(ref.Name) {
				t.Errorf("%s:%d: no book has %s", file, n.Line, n.Value)
			}
		}
		for _, c := range n.Content {
			walk(file, c)
		}
	}
	for _, file := range files {
		text, err := fs.ReadFile(content.FS, file)
		var doc yaml.Node
		if err == nil {
			err = yaml.Unmarshal(text, &doc)
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		walk(file, &doc)
	}
	if seen < 40 {
		t.Errorf("only %d figures are named", seen)
	}
}
