package person_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/person"
)

func TestNameKey(t *testing.T) {
	for _, c := range []struct{ family, given, want string }{
		{"Okafor", "Amara", "okafor amara"},
		{"O'Neill", "Siân", "oneill sian"},
		{"O’Neill", "SIAN", "oneill sian"},
		{"Smith-Jones", "Mary  Ann", "smith jones mary ann"},
		{"Żółć", "Łukasz", "zolc lukasz"},
		{"Weiß", "Jürgen", "weiss jurgen"},
		{"Sørensen", "Åse", "sorensen ase"},
		{"Nguyễn", "", "nguyen"},
		{"ＡＢＣ", "ﬁona", "abc fiona"},
		{"أحمد", "", "احمد"},
	} {
		if got := person.NameKey(c.family, c.given); got != c.want {
			t.Errorf("NameKey(%q, %q) = %q, want %q", c.family, c.given, got, c.want)
		}
	}
}

func TestRange(t *testing.T) {
	if from, to := person.Range(" '"); from != to {
		t.Errorf("nothing typed finds %q to %q", from, to)
	}
	rapid.Check(t, func(t *rapid.T) {
		key := person.NameKey(rapid.String().Draw(t, "family"), rapid.String().Draw(t, "given"))
		typed := person.Fold(rapid.String().Draw(t, "typed"))
		if rapid.Bool().Draw(t, "a prefix") {
			typed = key[:rapid.IntRange(0, len(key)).Draw(t, "cut")]
			typed = person.Fold(strings.ToValidUTF8(typed, ""))
		}
		from, to := person.Range(typed)
		if typed == "" {
			return
		}
		if found := from <= key && key < to; found != strings.HasPrefix(key, typed) {
			t.Fatalf("key %q, typed %q: found %v", key, typed, found)
		}
	})
}
