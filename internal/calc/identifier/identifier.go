// Package identifier says whether a number can be one of its kind: an NHS number,
// a number of the Electronic Staff Record (ESR), an organisation's code, or an entry
// in a professional register. It is pure and knows no register: a number that is valid
// here need not have been given to anybody.
//
//	nhs_number      ten digits, the last a check digit by modulus 11: the sum of the first nine
//	                times 10 to 2, taken from 11; 11 counts as 0, and 10 cannot be. From a range
//	                that is issued: England, Wales and the Isle of Man 4000000000-4999999999 and
//	                6000000000-7999999999, Northern Ireland 3200000000-3999999999, Scotland (CHI)
//	                0100000000-3112999999. From 9000000000 they are for tests. Ten times the same
//	                digit always passes the check and is refused by a rule of its own.
//	esr_employee    eight digits, given by one employer
//	esr_assignment  the employee number; -2, -3 and so on for further posts
//	ods             three to ten letters and digits, of an organisation or site
//	nmc             two digits of the year, a letter A-L for the month, four digits, a letter: 98I1234E
//	gmc             seven digits
//	hcpc            two letters (or HAD, ODP, PYL) and up to six digits: PH123456
//
// Identifiers are text, because zeros may lead. The normalised form is in capitals and
// without spaces; an NHS number may also be written with hyphens.
package identifier

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/strict"
)

// Kind is what a number should be.
type Kind string

// The kinds.
const (
	NHSNumber     Kind = "nhs_number"
	ESREmployee   Kind = "esr_employee"
	ESRAssignment Kind = "esr_assignment"
	ODS           Kind = "ods"
	NMC           Kind = "nmc"
	GMC           Kind = "gmc"
	HCPC          Kind = "hcpc"
)

// Verdict is what can be said of a number. Normalised is nil for one that is not valid, and
// Reason for one that is.
type Verdict struct {
	Valid      bool    `json:"valid"`
	Normalised *string `json:"normalised"`
	Reason     *string `json:"reason"`
}

// form is the shape of a kind, and how to say it.
type form struct {
	kind   Kind
	shape  *regexp.Regexp
	reason string
}

var forms = []form{
	{NHSNumber, regexp.MustCompile(`^[0-9]{10}$`), "an NHS number has ten digits"},
	{ESREmployee, regexp.MustCompile(`^[0-9]{8}$`), "an ESR employee number has eight digits"},
	{ESRAssignment, regexp.MustCompile(`^[0-9]{8}(-([2-9]|[1-9][0-9]))?$`), "an ESR assignment number has eight digits, and -2, -3 and so on for further posts"},
	{ODS, regexp.MustCompile(`^[A-Z0-9]{3,10}$`), "an ODS code has three to ten letters and digits"},
	{NMC, regexp.MustCompile(`^[0-9]{2}[A-L][0-9]{4}[A-Z]$`), "an NMC PIN has two digits, a letter from A to L, four digits and a letter"},
	{GMC, regexp.MustCompile(`^[0-9]{7}$`), "a GMC number has seven digits"},
	// Two letters for most professions; hearing aid dispensers, operating department practitioners and psychologists have three.
	{HCPC, regexp.MustCompile(`^([A-Z]{2}|HAD|ODP|PYL)[0-9]{1,6}$`), "an HCPC number has the two or three letters of a profession and up to six digits"},
}

// longest is far beyond any identifier, however it is spaced.
const longest = 100

// Check judges one number. It fails for a kind that does not exist.
func Check(kind Kind, value string) (Verdict, error) {
	f, ok := find(kind)
	if !ok {
		return Verdict{}, fmt.Errorf("kind %q is not one of %s", kind, kinds())
	}
	refuse := func(reason string) (Verdict, error) { return Verdict{Reason: &reason}, nil }
	if len(value) > longest {
		return refuse(f.reason)
	}
	n := strings.Map(capital, strings.Join(strings.Fields(value), ""))
	if f.kind == NHSNumber {
		n = strings.ReplaceAll(n, "-", "")
	}
	switch {
	case n == "":
		return refuse("it is empty")
	case !f.shape.MatchString(n):
		return refuse(f.reason)
	case f.kind == NHSNumber && !CheckDigit(n):
		return refuse("the last digit does not check the other nine")
	case f.kind == NHSNumber && strings.Count(n, n[:1]) == len(n):
		return refuse("an NHS number is never one digit ten times")
	case f.kind == NHSNumber && n >= "9":
		return refuse("numbers that begin with 9 are for tests and are never issued")
	case f.kind == NHSNumber && !issued(n):
		return refuse("no NHS number is issued from this range")
	}
	return Verdict{Valid: true, Normalised: &n}, nil
}

// Is says whether text is a valid number in its normalised form, as one system passes it to another.
func Is(kind Kind, text string) bool {
	v, err := Check(kind, text)
	return err == nil && v.Valid && *v.Normalised == text
}

// CheckDigit says whether ten digits pass the modulus 11 of NHS numbers, whatever their range.
func CheckDigit(digits string) bool {
	sum := 0
	for i := range 9 {
		sum += int(digits[i]-'0') * (10 - i)
	}
	return (11-sum%11)%11 == int(digits[9]-'0') // a check of 10 is none that a digit can meet
}

// capital is of ASCII only: the Kelvin sign is no K.
func capital(r rune) rune {
	if 'a' <= r && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

// issued says whether ten digits lie in a range; text of one length is in the order of its numbers.
func issued(n string) bool {
	for _, r := range [][2]string{{"0100000000", "3112999999"}, {"3200000000", "4999999999"}, {"6000000000", "7999999999"}} {
		if r[0] <= n && n <= r[1] {
			return true
		}
	}
	return false
}

// number may end the name of a kind or not: nhs, esr_employee_number.
const number = "_number"

func find(kind Kind) (form, bool) {
	for _, f := range forms {
		if strings.TrimSuffix(string(f.kind), number) == strings.TrimSuffix(string(kind), number) {
			return f, true
		}
	}
	return form{}, false
}

func kinds() string {
	names := make([]string, len(forms))
	for i, f := range forms {
		names[i] = string(f.kind)
	}
	return strings.Join(names, ", ")
}

// Run reads a kind and a value and writes the verdict: the body of "rowan calc identifier".
func Run(data []byte) ([]byte, error) {
	var in struct {
		Kind  Kind    `json:"kind"`
		Value *string `json:"value"`
	}
	if err := strict.Object(data, &in); err != nil {
		return nil, err
	}
	switch {
	case in.Kind == "":
		return nil, errors.New("kind is missing: give one of " + kinds())
	case in.Value == nil:
		return nil, errors.New("value is missing")
	}
	v, err := Check(in.Kind, *in.Value)
	if err != nil {
		return nil, err
	}
	return json.Marshal(v)
}
