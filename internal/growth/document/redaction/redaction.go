// Package redaction finds in a text what looks like a person: evidence is shown to assessors, boards and other
// services, and must hold nothing of a patient or a colleague. It is pure: text in, findings out.
//
//   - an NHS number: ten digits, in groups or not, whose check digit is right (modulus 11);
//   - a date of birth: a date after "born", "DOB" or "date of birth", and any date of a year in which somebody of
//     working age or retired may have been born (1920 until 16 years ago);
//   - an e-mail address, and a UK telephone number (0 or +44, ten or eleven digits);
//   - an employee or assignment number: after those words, or eight digits alone, as ESR writes them;
//   - a title (Mr, Ms, Dr, Prof) followed by a capitalised name.
//
// It finds too much rather than too little, so somebody may confirm that a finding is not about a person, and say why.
// It cannot find a bare name, and the page says so.
package redaction

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/identifier"
)

// Kind says what a finding looks like.
type Kind string

// The kinds, the surest first: where two overlap the first wins.
const (
	Email       Kind = "email"
	NHSNumber   Kind = "nhs_number"
	Phone       Kind = "phone"
	DateOfBirth Kind = "date_of_birth"
	Employee    Kind = "employee"
	Name        Kind = "name"
	// Unread is not found here: it stands for a file with parts that cannot be searched, until somebody says that they
	// have read it. Its text is the fingerprint of the file.
	Unread Kind = "unread"
)

// Finding is a place in a text.
type Finding struct {
	Kind       Kind
	Text       string
	start, end int
}

// Digest identifies what was found without keeping it: case and spaces make no difference.
func (f Finding) Digest() string {
	sum := sha256.Sum256([]byte(string(f.Kind) + "\x1f" + strings.ToLower(strings.Join(strings.Fields(f.Text), " "))))
	return hex.EncodeToString(sum[:])
}

const (
	oldest   = 1920 // whoever was born before is not in a record of working life
	youngest = 16   // the age at which work with us can begin
)

const (
	numeric = `\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})\b`
	worded  = `\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?:\d{4}|\d{2})\b`
	iso     = `\d{4}-\d{2}-\d{2}\b`
)

var (
	email    = regexp.MustCompile(`(?i)[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+`)
	tenDigit = regexp.MustCompile(`\b\d{3}[ -]?\d{3}[ -]?\d{4}\b`)
	phone    = regexp.MustCompile(`(?:\+44\s?(?:\(0\)\s?)?|\(?\b0)(?:[\s()-]*\d){9,10}\b`)
	born     = regexp.MustCompile(`(?i)\b(?:born(?:\s+on)?|d\.?o\.?b\.?|date\s+of\s+birth)\W{0,3}(?:` + iso + `|` + numeric + `|` + worded + `)`)
	anyDate  = regexp.MustCompile(`(?i)\b(?:` + iso + `|` + numeric + `|` + worded + `)`)
	labelled = regexp.MustCompile(`(?i)\b(?:employee|staff|payroll|assignment|esr|personnel)\s*(?:number|no\.?|id|ref(?:erence)?)?\s*[:#]?\s*(?:[a-z]{1,3}[- ]?)?\d{4,9}(?:-\d{1,2})?\b`)
	eight    = regexp.MustCompile(`\b\d{8}(?:-\d{1,2})?\b`)
	titled   = regexp.MustCompile(`\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|MR|MRS|MS|DR)\b\.?\s+(?:\p{Lu}\.?\s+)?\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?`)
	year     = regexp.MustCompile(`\d{4}`)
)

// Scan lists what looks like a person, in the order of the text.
func Scan(text string, today civil.Date) []Finding {
	var found []Finding
	taken := make([]bool, len(text))
	add := func(kind Kind, re *regexp.Regexp, sure func(string) bool) {
		for _, at := range re.FindAllStringIndex(text, -1) {
			x := Finding{kind, text[at[0]:at[1]], at[0], at[1]}
			if !slices.Contains(taken[at[0]:at[1]], true) && (sure == nil || sure(x.Text)) {
				found = append(found, x)
				for i := at[0]; i < at[1]; i++ {
					taken[i] = true
				}
			}
		}
	}
	add(Email, email, nil)
	add(NHSNumber, tenDigit, checked)
	add(Phone, phone, nil)
	add(DateOfBirth, born, nil)
	add(DateOfBirth, anyDate, func(s string) bool { return lifetime(s, today) })
	add(Employee, labelled, nil)
	add(Employee, eight, nil)
	add(Name, titled, nil)
	slices.SortFunc(found, func(a, b Finding) int { return cmp.Compare(a.start, b.start) })
	return found
}

// ScanAll scans several texts; what stands in two is found once.
func ScanAll(today civil.Date, texts ...string) (out []Finding) {
	seen := map[string]bool{}
	for _, t := range texts {
		for _, f := range Scan(t, today) {
			if d := f.Digest(); !seen[d] {
				seen[d] = true
				out = append(out, f)
			}
		}
	}
	return out
}

// checked holds ten digits to the check digit of an NHS number, whatever its range: what a test number looks like in a
// text, somebody may have taken for a real one.
func checked(text string) bool {
	return identifier.CheckDigit(strings.NewReplacer(" ", "", "-", "").Replace(text))
}

// lifetime says whether a date has a year with four digits in which somebody of a record may have been born.
func lifetime(text string, today civil.Date) bool {
	n, err := strconv.Atoi(year.FindString(text))
	return err == nil && n >= oldest && n <= today.Year-youngest
}

// Piece is a part of a text, found or not.
type Piece struct {
	Text  string
	Found bool
}

// Marked cuts a text at its findings; the pieces joined are the text.
func Marked(text string, today civil.Date) (out []Piece) {
	at := 0
	for _, f := range Scan(text, today) {
		out = append(out, Piece{text[at:f.start], false}, Piece{f.Text, true})
		at = f.end
	}
	return append(out, Piece{text[at:], false})
}

// around is how many characters a reader needs beside what was found to judge it.
const around = 60

// Excerpts cuts a long text down to what was found in it, most places at the most, and a little beside each. A text
// without any is left out.
func Excerpts(text string, today civil.Date, most int) (out []Piece) {
	found := Scan(text, today)
	for _, f := range found[:min(len(found), most)] {
		out = append(out, Piece{"… " + last(text[:f.start]), false}, Piece{f.Text, true}, Piece{first(text[f.end:]) + " … ", false})
	}
	return out
}

func first(text string) string {
	n := 0
	for at := range text {
		if n++; n > around {
			return text[:at]
		}
	}
	return text
}

func last(text string) string {
	at := len(text)
	for range around {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return text[at:]
}
