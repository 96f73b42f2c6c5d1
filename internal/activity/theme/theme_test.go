package theme_test

import (
	"testing"
	"testing/fstest"

	"github.com/rowan-ohwb/rowan/internal/activity/theme"
	"github.com/rowan-ohwb/rowan/internal/locale"
)

func TestPack(t *testing.T) {
	p := theme.List()
	for _, code := range p.Every() {
		if !locale.English().Has("theme.code." + code) {
			t.Errorf("theme %s has no words", code)
		}
	}
	for _, tone := range theme.Tones {
		if !locale.English().Has("theme.tone." + tone) {
			t.Errorf("tone %s has no words", tone)
		}
	}
	if !p.Knows("waiting") || p.Knows("diagnosis") {
		t.Errorf("knows %v", p.Codes())
	}
}

func TestBadPacks(t *testing.T) {
	const head = "id: feedback-themes\nversion: 1\neffective_from: 2026-11-01\nsource: x\nmark: D\nverified: ''\nmost: 3\nreview_months: 6\n"
	for name, x := range map[string]struct {
		text string
		ok   bool
	}{
		"good":     {head + "themes: [{code: a}, {code: b, retired: true}]\n", true},
		"twice":    {head + "themes: [{code: a}, {code: a}]\n", false},
		"no code":  {head + "themes: [{code: ''}]\n", false},
		"none":     {head, false},
		"retired":  {head + "themes: [{code: a, retired: true}]\n", false},
		"misspelt": {head + "theme: [{code: a}]\n", false},
	} {
		p, err := theme.Load(fstest.MapFS{"packs/feedback-themes.yaml": {Data: []byte(x.text)}})
		if (err == nil) != x.ok {
			t.Errorf("%s: %v", name, err)
		}
		if x.ok && (len(p.Codes()) != 1 || len(p.Every()) != 2) {
			t.Errorf("%s: %v of %v", name, p.Codes(), p.Every())
		}
	}
}
