package locale

import (
	"regexp"
	"testing"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
)

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 10: "10th", 11: "11th", 12: "12th", 13: "13th", 20: "20th", 21: "21st", 22: "22nd", 23: "23rd", 101: "101st", 111: "111th", 112: "112th", 1012: "1,012th"} {
		if got := Ordinal(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestQuarter(t *testing.T) {
	for first, want := range map[string]string{"2026-04-01": "April to June 2026", "2026-10-01": "October to December 2026", "2032-01-01": "January to March 2032"} {
		if got := Quarter(civil.MustParse(first)); got != want {
			t.Errorf("%s: %s, want %s", first, got, want)
		}
	}
}

// TestOrdinalsAreMadeInOnePlace finds words that put an ending of their own behind a number: "2th".
func TestOrdinalsAreMadeInOnePlace(t *testing.T) {
	own := regexp.MustCompile(`\}(st|nd|rd|th)\b`)
	w := English()
	for _, key := range w.Keys() {
		if f := w.texts[key]; own.MatchString(f.one) || own.MatchString(f.other) {
			t.Errorf("%s makes an ordinal: %s", key, f.other)
		}
	}
}

// TestTermsAreExplained: words that only a statistician or a programmer knows do not stand alone.
func TestTermsAreExplained(t *testing.T) {
	w := English()
	for _, key := range w.Keys() {
		for _, x := range []struct {
			term *regexp.Regexp
			says string
		}{
			{regexp.MustCompile(`Middle wait`), "half of people wait less"},
			{regexp.MustCompile(`Fingerprint`), "it changes if|that changes if|shows the same"},
			{regexp.MustCompile(`Seen in time`), "within"},
		} {
			if text := w.texts[key].other; x.term.MatchString(text) && !regexp.MustCompile(x.says).MatchString(text) {
				t.Errorf("%s does not explain itself: %s", key, text)
			}
		}
	}
}

func TestAnd(t *testing.T) {
	for want, parts := range map[string][]string{"": nil, "nurses": {"nurses"}, "nurses and physicians": {"nurses", "physicians"}, "nurses, physicians and counsellors": {"nurses", "physicians", "counsellors"}} {
		if got := And(t.Context(), parts); got != want {
			t.Errorf("%q is joined as %q", parts, got)
		}
	}
}
