package seal

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/google/uuid"
)

// Link is what a one-time link is for. Zero ids mean "none".
type Link struct {
	ID           uuid.UUID // recorded when used, so that it works once
	Purpose      string    // "consent", "feedback"
	Organisation uuid.UUID
	Service      uuid.UUID
	Person       uuid.UUID
	Object       uuid.UUID
	Expires      time.Time // to the second
}

// The two reasons a link does not open. A page may tell an expired link from a
// wrong one, because only a true link can be known to have expired.
var (
	ErrLink    = errors.New("link is not one of ours")
	ErrExpired = errors.New("link has expired")
)

var (
	linkBound = []byte("rowan link 1")
	// A purpose has at most 24 letters, so that a token has at most 196
	// characters: it must survive mail programs and fit a text message.
	purposePattern = regexp.MustCompile(`^[a-z][a-z._-]{0,23}$`)
	tokenEncoding  = base64.RawURLEncoding.Strict() // one spelling for one token
)

// linkFixed is the length of the plain text before the purpose: five ids and
// the time. Bytes rather than JSON keep a token under 200 characters.
const linkFixed = 5*16 + 8

// MintLink makes the token of a link.
func (k *Keys) MintLink(l Link) (string, error) {
	if l.ID == uuid.Nil || l.Expires.IsZero() || !purposePattern.MatchString(l.Purpose) {
		return "", fmt.Errorf("mint link: id, expiry or purpose %q is missing or malformed", l.Purpose)
	}
	plain := make([]byte, 0, linkFixed+len(l.Purpose))
	for _, id := range []uuid.UUID{l.ID, l.Organisation, l.Service, l.Person, l.Object} {
		plain = append(plain, id[:]...)
	}
	plain = binary.BigEndian.AppendUint64(plain, uint64(l.Expires.Unix()))
	plain = append(plain, l.Purpose...)
	sealed, err := k.link.Encrypt(plain, linkBound)
	if err != nil {
		return "", fmt.Errorf("mint link: %w", err)
	}
	return tokenEncoding.EncodeToString(sealed), nil
}

// OpenLink reads a token that was minted for this purpose. A link of another
// purpose is not one of ours here: a feedback link never opens consent. With
// ErrExpired comes the link that it was, so that its owner can ask for another.
func (k *Keys) OpenLink(token, purpose string, now time.Time) (Link, error) {
	sealed, err := tokenEncoding.DecodeString(token)
	if err != nil {
		return Link{}, ErrLink
	}
	plain, err := k.link.Decrypt(sealed, linkBound)
	if err != nil || len(plain) < linkFixed {
		return Link{}, ErrLink
	}
	var l Link
	for i, id := range []*uuid.UUID{&l.ID, &l.Organisation, &l.Service, &l.Person, &l.Object} {
		copy(id[:], plain[16*i:])
	}
	l.Expires = time.Unix(int64(binary.BigEndian.Uint64(plain[linkFixed-8:])), 0).UTC()
	l.Purpose = string(plain[linkFixed:])
	switch {
	case l.Purpose != purpose:
		return Link{}, ErrLink
	case !now.Before(l.Expires):
		return l, ErrExpired
	}
	return l, nil
}
