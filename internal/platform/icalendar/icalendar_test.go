package icalendar_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/platform/icalendar"
)

func write(t interface{ Fatal(...any) }, c icalendar.Calendar) string {
	var b strings.Builder
	if err := icalendar.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	got := write(t, icalendar.Calendar{Name: "Working hours", Events: []icalendar.Event{{UID: "1-2026-12-31@rowan", Day: civil.MustParse("2026-12-31"), Summary: "Working hours: 4 hours; 30 minutes, \\ day\nshift",
		Version: 2, Changed: time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC)}}})
	want := strings.Join([]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rowan//Rowan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:Working hours", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
		"BEGIN:VEVENT", "UID:1-2026-12-31@rowan", "DTSTAMP:20261123T090500Z", "SEQUENCE:2", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101",
		`SUMMARY:Working hours: 4 hours\; 30 minutes\, \\ day\nshift`, "CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", ""}, "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever the words: no line is longer than 75 bytes or breaks a character, none is begun by what was written into another, and what
// is folded and escaped unfolds to the words (control characters and bytes that are no text aside).
func TestWordsStayWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\n,;\\:éß\U0001F600 END")))).Draw(t, "words")
		text := write(t, icalendar.Calendar{Events: []icalendar.Event{{UID: "u", Day: civil.MustParse("2026-12-31"), Summary: words}}})
		if strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
			t.Fatalf("a line ends otherwise: %q", text)
		}
		for _, l := range strings.Split(text, "\r\n") {
			if len(l) > 75 || !utf8.ValidString(l) {
				t.Fatalf("line %q", l)
			}
		}
		lines := strings.Split(strings.ReplaceAll(text, "\r\n ", ""), "\r\n")
		if len(lines) != 19 {
			t.Fatalf("%d lines: %q", len(lines), lines)
		}
		got := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\,`, ",", `\;`, ";").Replace(strings.TrimPrefix(lines[13], "SUMMARY:"))
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' || r == 0x7f {
				return -1
			}
			return r
		}, strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(words))
		if got != want {
			t.Fatalf("%q came back as %q", words, got)
		}
	})
}
