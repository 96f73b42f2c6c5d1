package careui_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/care/careui"
	"github.com/rowan-ohwb/rowan/internal/care/reach"
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

func TestNoLinkWarnsOfWhoGetsNone(t *testing.T) {
	kase := uuid.New()
	for _, tt := range []struct {
		name  string
		ways  reach.Ways
		warns bool
	}{
		{"a safe contact", reach.Ways{Safe: "07700900111", SafeKind: "mobile"}, false},
		{"a work e-mail alone", reach.Ways{WorkEmail: "a@wyre.example", Mobile: "07700900333"}, true},
	} {
		var b strings.Builder
		if err := careui.NoLink("Karen Hughes", kase, tt.ways).Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Karen Hughes will not get a link", "07700900333", "/cases/" + kase.String() + "/safe-contact"} {
			if strings.Contains(b.String(), want) != tt.warns {
				t.Errorf("%s, %q: %s", tt.name, want, b.String())
			}
		}
	}
}
