package screen

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

var today = civil.MustParse("2026-11-22")

// The NHS numbers are of the range for tests; the telephone numbers are of Ofcom's ranges for drama.
func TestFind(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil,
		"How do others plan health surveillance for night workers from 2027 on?": nil,
		"We saw 95 of 120 people; band 6; ward 7; K10; E4.1; section 2A":         nil,
		"The only way is to ask. Our only clinic is on Thursdays.":               nil,
		"NHS number 999 000 0018":                               {"nhs_number"},
		"born 1/2/1971, ring 01632 960123 or a.ash@example.org": {"date_of_birth", "email", "phone"},
		"assignment 20481234-2":                                 {"employee"},
		"Mrs Winter asked":                                      {"name"},
		"She lives in ZE9 9ZZ":                                  {"postcode"},
		"near m1 1ae now":                                       {"postcode"},
		"a nurse called Jane":                                   {"called"},
		"Named Søren by all":                                    {"called"},
		"My patient Margaret Hollins has a new hip":             {"called"},
		"The Patient Safety Team; a patient Tuesday list":       nil,
		"called in sick; named in the policy":                   nil,
		"the only midwife of the island":                        {"only"},
		"our sole consultant anaesthetist":                      {"only"},
		"She is the only night shift radiographer here, called Jane, at NE66 1AB.": {"called", "only", "postcode"},
		"E6 9AB":              {"postcode"}, // an element and a bed would look so too: a moderator tells them apart
		"GP3 is not a place.": nil,
	} {
		if got := Marks(Ours().Find(today, text)); !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := Ours().Find(today, "Dr Ash", "Dr Ash and Dr Oak"); len(got) != 2 || got[0].Text != "Dr Ash" {
		t.Errorf("in two texts: %+v", got)
	}
}

// TestHidden: whatever stands around it, a number that passes the check digit, an address and a postcode are found.
func TestHidden(t *testing.T) {
	around := rapid.SampledFrom([]string{"", "we saw", "\n", "(", "is it", "…", "and then,"})
	rapid.Check(t, func(t *rapid.T) {
		what := rapid.SampledFrom([]string{"999 000 0018", "9990000018", "a.ash@example.org", "ZE9 9ZZ", "Mr Ash", "called Ann", "DOB 1/2/71", "07700 900123"}).Draw(t, "what")
		text := around.Draw(t, "before") + " " + what + " " + around.Draw(t, "after")
		if !slices.ContainsFunc(Ours().Find(today, text), func(f Finding) bool { return strings.Contains(f.Text, strings.Fields(what)[0]) }) {
			t.Fatalf("%q hides %q", text, what)
		}
	})
}

func TestLoad(t *testing.T) {
	head := "version: 1\neffective_from: 2026-11-01\nsource: x\n"
	for text, ok := range map[string]bool{
		head + "name_words: [called]\nperson_words: [patient]\nonly_words: [only]\njobs: [nurse]\n": true,
		head + "name_words: [called]\nperson_words: [patient]\nonly_words: [only]\n":                false,
		head + "name_words: ['']\nperson_words: [patient]\nonly_words: [only]\njobs: [nurse]\n":     false,
	} {
		if _, err := Load(fstest.MapFS{"packs/screen.yaml": {Data: []byte(text)}}); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
