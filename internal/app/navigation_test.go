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

// TestTeamCapacityAndMoneyTogether: they answer one question, so neither the row nor More comes between them, and they stand early
// enough that a lead's row holds all three at 1280 pixels.
func TestTeamCapacityAndMoneyTogether(t *testing.T) {
	at := slices.Index(navigation, "/workforce")
	if at < 0 || !slices.Equal(navigation[at:at+3], []string{"/workforce", "/capacity", "/investment"}) {
		t.Fatalf("they are apart: %q", navigation)
	}
	for _, own := range []string{"/practice", "/development", "/pulse"} {
		if slices.Index(navigation, own) < at {
			t.Errorf("%s stands before them", own)
		}
	}
}
