package improvement

import (
	"slices"

	"github.com/rowan-ohwb/rowan/internal/fault"
)

// Classes of work, in the order of every page: the three of the national strategy.
var Classes = []string{"preventative", "diagnostic", "treatment"}

// The longest title still fits a line of a table; the longest text is about half a page of paper.
const (
	LongestTitle = 150
	LongestText  = 1000
)

// Listed faults what is not on a list.
func Listed(f *fault.Fields, name, key, v string, list []string) {
	if !slices.Contains(list, v) {
		f.Add(name, key)
	}
}
