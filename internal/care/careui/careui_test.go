package careui_test

import (
	"context"
	"strings"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/care/careui"
)

func TestCrisisNamesTheLinesThatAlwaysAnswer(t *testing.T) {
	var b strings.Builder
	if err := careui.Crisis().Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"999", "111", "116 123", "85258", `href="/my/help"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("crisis help does not name %s", want)
		}
	}
	if strings.Contains(b.String(), "careui.") {
		t.Error("a key without words")
	}
}
