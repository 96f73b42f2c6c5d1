package app

import (
	"slices"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/locale"
)

// TestNavigationHasWords compares the parts of the site with their names: none lacks one, no name is left over.
func TestNavigationHasWords(t *testing.T) {
	var named []string
	for _, key := range locale.English().Keys() {
		if path, ok := strings.CutPrefix(key, "nav."); ok {
			named = append(named, path)
		}
	}
	paths := slices.Sorted(slices.Values(navigation))
	if !slices.Equal(paths, named) {
		t.Errorf("navigation %q, words for %q", paths, named)
	}
}
