package reach_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/care/reach"
)

func TestOf(t *testing.T) {
	kind, safe, at := "mobile", "07700900456", time.Now()
	if w := reach.Of(&kind, &safe, &at, nil, nil, nil); w.Safe != safe || w.Masked() != "…456" {
		t.Errorf("verified: %+v, %q", w, w.Masked())
	}
	if w := reach.Of(&kind, &safe, nil, nil, nil, nil); w != (reach.Ways{}) {
		t.Errorf("not verified: %+v", w)
	}
	for ways, want := range map[reach.Ways]string{{Safe: "amara@home.example", SafeKind: "email"}: "…@home.example", {Safe: "1 Mill Lane", SafeKind: "post"}: ""} {
		if got := ways.Masked(); got != want {
			t.Errorf("%+v: %q", ways, got)
		}
	}
}

func TestWays(t *testing.T) {
	for _, tt := range []struct {
		name  string
		ways  reach.Ways
		kinds []string
		phone string
	}{
		{"nothing", reach.Ways{}, nil, ""},
		{"safe number first", reach.Ways{Safe: "1", SafeKind: "mobile", Mobile: "2", WorkEmail: "w"}, []string{"safe_mobile", "mobile", "work_email"}, "1"},
		{"a safe address that is the known one stands once", reach.Ways{Safe: "2", SafeKind: "mobile", Mobile: "2"}, []string{"safe_mobile"}, "2"},
		{"a safe e-mail is no number", reach.Ways{Safe: "e", SafeKind: "email", Personal: "p"}, []string{"safe_email", "personal_email"}, ""},
		{"a safe e-mail leaves the known number", reach.Ways{Safe: "e", SafeKind: "email", Mobile: "2"}, []string{"safe_email", "mobile"}, "2"},
	} {
		var kinds []string
		for _, w := range tt.ways.List() {
			kinds = append(kinds, w.Kind)
		}
		if !slices.Equal(kinds, tt.kinds) || tt.ways.Phone() != tt.phone {
			t.Errorf("%s: %v, phone %q", tt.name, kinds, tt.ways.Phone())
		}
	}
}
