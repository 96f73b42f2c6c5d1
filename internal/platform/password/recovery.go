package password

import (
	"crypto/rand"
	"crypto/subtle"
	"strings"
)

const (
	recoveryCodes = 10
	// recoveryLength is in letters of five bits. 50 bits are out of reach of
	// guessing online; against a stolen database the codes are hashed as slowly
	// as passwords (ASVS v5.0.0-6.5.2).
	recoveryLength = 10
	// Crockford's letters: none that people mistake for another.
	recoveryLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

var recoveryTyped = strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1")

// NewRecoveryCodes makes ten codes to show once and their hashes to store. The
// ten share a salt, so that checking a typed code costs one hash and not ten.
func NewRecoveryCodes() (codes, hashes []string) {
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	for range recoveryCodes {
		raw := make([]byte, recoveryLength)
		rand.Read(raw)
		for i, b := range raw {
			raw[i] = recoveryLetters[b%32] // 256 is a multiple of 32, so every letter is as likely
		}
		code := string(raw)
		codes = append(codes, code[:5]+"-"+code[5:])
		hashes = append(hashes, stored{current, salt, current.key(code, salt)}.String())
	}
	return codes, hashes
}

// MatchRecoveryCode finds the hash of a typed code among those not used yet.
// The caller deletes that hash in the transaction of the sign-in. Small
// letters, missing hyphens and look-alike letters are forgiven.
func MatchRecoveryCode(hashes []string, typed string) (index int, ok bool, err error) {
	if len(typed) > MaxLength {
		typed = ""
	}
	code := recoveryTyped.Replace(strings.ToUpper(typed))
	index = -1
	var last stored
	var key []byte
	for i, h := range hashes {
		s, err := parse(h)
		if err != nil {
			return -1, false, err
		}
		if key == nil || s.cost != last.cost || string(s.salt) != string(last.salt) {
			key = s.cost.key(code, s.salt)
		}
		last = s
		if subtle.ConstantTimeCompare(key, s.key) == 1 {
			index, ok = i, true
		}
	}
	if len(hashes) == 0 {
		decoy.cost.key(code, decoy.salt) // an account without codes answers no sooner
	}
	return index, ok, nil
}
