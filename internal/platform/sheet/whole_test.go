package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// TestWhole: a document of the most that is allowed is taken, and one byte more is not.
func TestWhole(t *testing.T) {
	content, sum, err := sheet.Whole(strings.NewReader("abc"), 3)
	if string(content) != "abc" || sum != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" || err != nil {
		t.Errorf("%q %s %v", content, sum, err)
	}
	for text, key := range map[string]string{"": "document.refused.empty", "abcd": "document.refused.long"} {
		var refused *sheet.Refused
		if _, _, err := sheet.Whole(strings.NewReader(text), 3); !errors.As(err, &refused) || refused.Key != key {
			t.Errorf("%q: %v, want %s", text, err, key)
		}
	}
}
