package redaction_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
)

var today = civil.MustParse("2026-11-22")

// The NHS numbers are of the range for tests (999) or made up with a right check digit; the telephone numbers are of
// Ofcom's ranges for drama.
func TestScan(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil,
		"Policy approved by the committee on 3 March 2025, version 2.1, 45 pages": nil,
		"Records management code of 2021, 95% of 120 records, room 12/34":         nil,
		"999 000 0018 was seen":                         {"nhs_number: 999 000 0018"},
		"No. 9434765919.":                               {"nhs_number: 9434765919"},
		"943-476-5919":                                  {"nhs_number: 943-476-5919"},
		"Invoice 943 476 5918":                          nil, // the check digit is wrong
		"ask jane.o'neil+oh@example.nhs.uk for it":      {"email: jane.o'neil+oh@example.nhs.uk"},
		"https://example.org/a@b is no address":         nil,
		"DOB: 01/02/71":                                 {"date_of_birth: DOB: 01/02/71"},
		"born on 1st February 1971":                     {"date_of_birth: born on 1st February 1971"},
		"Date of birth 1971-02-01":                      {"date_of_birth: Date of birth 1971-02-01"},
		"seen 7.3.1984 in clinic":                       {"date_of_birth: 7.3.1984"},
		"valid from 12/11/2025":                         nil,
		"since 1 March 1919":                            nil,
		"in 2010 or 22 November 2010":                   {"date_of_birth: 22 November 2010"},
		"on 1 January 2011":                             nil,
		"employee number 20481":                         {"employee: employee number 20481"},
		"Payroll no: AB12345":                           {"employee: Payroll no: AB12345"},
		"assignment 20481234-2 moved":                   {"employee: assignment 20481234-2"},
		"see 20481234-2":                                {"employee: 20481234-2"},
		"staff 2024 survey":                             {"employee: staff 2024"}, // confirm: it is a survey
		"Letter to Mrs Patricia Winter about the audit": {"name: Mrs Patricia Winter"},
		"Dr. A. O'Neil signed":                          {"name: Dr. A. O'Neil"},
		"The Dr is in; Miss the bus; Ms":                nil,
		"Tell Prof Øre":                                 {"name: Prof Øre"},
		"Ring 01632 960123 or +44 7700 900123":          {"phone: 01632 960123", "phone: +44 7700 900123"},
		"(01632) 960 123":                               {"phone: (01632) 960 123"},
		"Dr Ash, a.ash@example.org, 07700900123":        {"name: Dr Ash", "email: a.ash@example.org", "phone: 07700900123"},
	} {
		var got []string
		for _, f := range redaction.Scan(text, today) {
			got = append(got, string(f.Kind)+": "+f.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

func TestScanAllFindsOnce(t *testing.T) {
	got := redaction.ScanAll(today, "Dr Ash", "dr. nobody", "Dr  Ash and Mr Oak")
	if len(got) != 2 || got[0].Digest() == got[1].Digest() || len(got[0].Digest()) != 64 {
		t.Errorf("found %+v", got)
	}
}

// TestMarked: the pieces of any text are the text.
func TestMarked(t *testing.T) {
	words := rapid.SampledFrom([]string{"Dr Ash", " ", "a.ash@example.org", "999 000 0018", ", ", "born 1/2/71", "\n", "plan", "é", "01632 960123"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(words).Draw(t, "words"), "")
		joined, found := "", 0
		for _, p := range redaction.Marked(text, today) {
			joined += p.Text
			if p.Found {
				found++
			}
		}
		if joined != text || found != len(redaction.Scan(text, today)) {
			t.Fatalf("%q became %q with %d marks", text, joined, found)
		}
	})
}

// TestExcerpts shows what was found in a long text with what stands beside it, and nothing else.
func TestExcerpts(t *testing.T) {
	long := strings.Repeat("word ", 1000)
	var text strings.Builder
	for _, p := range redaction.Excerpts(long+"ä Mrs Winter ü "+long+"a.b@example.org", today, 1) {
		text.WriteString(p.Text)
	}
	if got := text.String(); len([]rune(got)) > 150 || !strings.Contains(got, "word ä Mrs Winter ü word") || strings.Contains(got, "example") {
		t.Errorf("excerpts are %q", got)
	}
	if got := redaction.Excerpts(long, today, 9); got != nil {
		t.Errorf("a text without findings gives %v", got)
	}
}

// TestLongList scans a file that is a list of people in a moment, not in a time that grows with its square.
func TestLongList(t *testing.T) {
	var b strings.Builder
	for n := range 60_000 {
		fmt.Fprintf(&b, "%08d\n", n)
	}
	begin := time.Now()
	if n := len(redaction.ScanAll(today, b.String())); n != 60_000 {
		t.Errorf("%d findings", n)
	}
	if took := time.Since(begin); took > 20*time.Second { // a second or two on a busy machine; by the square it was minutes
		t.Errorf("it took %s", took)
	}
}
