package access

import (
	"regexp"
	"slices"
	"strings"
)

// Registration is a clinician's entry in a professional register, the body before the number: "NMC 00Z2345E". It
// stands under what they sign, so that its reader can look them up. Empty where none is recorded.
type Registration string

// Bodies keep the registers that OH clinicians are in: nurses, doctors, physiotherapists and psychologists by law;
// counsellors in registers that the Professional Standards Authority accredits.
var Bodies = []string{"NMC", "GMC", "HCPC", "BACP", "NCPS", "UKCP"}

// number is the shape that the numbers of all registers share; whether one is real, only the register knows.
// Numbers in use have 5 to 8 letters and digits (NMC 8, GMC 7, HCPC 7 or 8, the others 5 to 8); one more on either side.
var number = regexp.MustCompile(`^[A-Z0-9]{4,9}$`)

// NewRegistration joins body and number, if there can be such an entry. Letters are folded and spaces left out.
func NewRegistration(body, n string) (Registration, bool) {
	n = strings.ToUpper(strings.Join(strings.Fields(n), ""))
	if !slices.Contains(Bodies, body) || !number.MatchString(n) {
		return "", false
	}
	return Registration(body + " " + n), true
}

// ParseRegistration reads what is written in one word: "NMC 00Z2345E".
func ParseRegistration(text string) (Registration, bool) {
	body, n, _ := strings.Cut(strings.TrimSpace(text), " ")
	return NewRegistration(strings.ToUpper(body), n)
}

// Parts gives body and number, empty for none.
func (r Registration) Parts() (body, number string) {
	body, number, _ = strings.Cut(string(r), " ")
	return body, number
}
