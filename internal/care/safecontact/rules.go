package safecontact

import (
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rowan-ohwb/rowan/internal/fault"
)

const (
	// Valid is how long a code opens: a text message or e-mail may take some minutes.
	Valid = 30 * time.Minute
	// Tries is how often a code may be typed: five of a million guesses (the database refuses a sixth).
	Tries = 5
	// PerDay is how many codes go out for one person in a day: nobody's telephone is flooded, and at most 25 guesses
	// are made.
	PerDay = 5
	// longest is the most an address may have: RFC 5321 allows e-mail addresses 254 characters.
	longest = 254
)

// The kinds of safe contact; a code can be sent to the first two.
var (
	Kinds    = []string{"email", "mobile"}
	AllKinds = []string{"email", "mobile", "post"}
)

// The ways in which OH hears of an address from the person.
var Methods = []string{"telephone", "post", "in_person"}

// Checks are how an OH administrator made sure who it was.
var Checks = []string{"called_back", "asked_facts", "saw_photo", "signed_letter"}

// mobile is a number as it is kept: British mobiles from their 0, others from their +.
var mobile = regexp.MustCompile(`^(07[0-9]{9}|\+[1-9][0-9]{7,14})$`)

// Clean brings an address into the form in which it is kept, or says what is wrong with it. workEmail is where
// others may read along.
func Clean(kind, address, workEmail string) (string, fault.Fields) {
	var faults fault.Fields
	address = strings.TrimSpace(address)
	switch {
	case address == "":
		faults.Add("address", "safe_contact.address.empty")
	case utf8.RuneCountInString(address) > longest:
		faults.Add("address", "form.too_long", "n", longest)
	case kind == "email":
		return cleanEmail(address, workEmail)
	case kind == "mobile":
		number := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "").Replace(address)
		if rest, british := strings.CutPrefix(number, "+44"); british {
			number = "0" + strings.TrimPrefix(rest, "0")
		}
		if !mobile.MatchString(number) {
			faults.Add("address", "safe_contact.address.mobile")
		}
		return number, faults
	}
	return address, faults
}

func cleanEmail(address, workEmail string) (string, fault.Fields) {
	var faults fault.Fields
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || strings.ContainsAny(address, "\r\n\x00") {
		faults.Add("address", "safe_contact.address.email")
		return address, faults
	}
	_, domain, _ := strings.Cut(address, "@")
	_, work, hasWork := strings.Cut(workEmail, "@")
	switch {
	case !strings.Contains(domain, "."):
		faults.Add("address", "safe_contact.address.email")
	case hasWork && strings.EqualFold(domain, work):
		faults.Add("address", "safe_contact.address.work")
	}
	return address, faults
}
