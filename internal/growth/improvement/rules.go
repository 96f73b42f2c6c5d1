package improvement

import (
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Classes of work, in the order of every page: the three of the national strategy.
var Classes = []string{"preventative", "diagnostic", "treatment"}

// The longest title still fits a line of a table; the longest text is about half a page of paper.
const (
	LongestTitle = 150
	LongestText  = 1000
)

// Text faults what is empty or too long.
func Text(f *fault.Fields, name, key, v string, most int) {
	if strings.TrimSpace(v) == "" {
		f.Add(name, key)
	}
	Long(f, name, v, most)
}

// Long faults what is too long.
func Long(f *fault.Fields, name, v string, most int) {
	if len([]rune(v)) > most {
		f.Add(name, "form.too_long", "n", most)
	}
}

// Listed faults what is not on a list.
func Listed(f *fault.Fields, name, key, v string, list []string) {
	if !slices.Contains(list, v) {
		f.Add(name, key)
	}
}
