package password

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

const (
	period = 30 * time.Second // RFC 6238 section 5.2
	digits = 6                // what every authenticator app shows
	modulo = 1_000_000
	// window accepts the step before and after: people type slowly and phones
	// run a little wrong (RFC 6238 section 5.2 advises at most one step).
	window = 1
)

var secretEncoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewTOTPSecret makes a secret of 160 bits (RFC 4226 section 4), in the base32
// that authenticator apps take. It is stored sealed.
func NewTOTPSecret() string {
	raw := make([]byte, sha1.Size)
	rand.Read(raw) // never fails
	return secretEncoding.EncodeToString(raw)
}

// CheckTOTP looks for the code in the steps around now that come after the last
// accepted one (0 before the first) and gives its step, to be recorded as the
// next "last". A code is thereby accepted once.
func CheckTOTP(secret, code string, last int64, now time.Time) (step int64, ok bool, err error) {
	raw, err := secretEncoding.DecodeString(secret)
	if err != nil || len(raw) < 16 {
		return 0, false, errors.New("stored TOTP secret is malformed")
	}
	code = strings.ReplaceAll(code, " ", "") // apps show it in two groups
	current := now.Unix() / int64(period/time.Second)
	for s := current - window; s <= current+window; s++ {
		match := subtle.ConstantTimeCompare([]byte(hotp(raw, uint64(s))), []byte(code)) == 1
		if match && s > last && !ok {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

// hotp is RFC 4226 section 5.3. SHA-1 is what apps implement; HMAC does not
// suffer from its collisions.
func hotp(secret []byte, counter uint64) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, counter))
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	value := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", digits, value%modulo)
}

// TOTPAddress is the otpauth:// address that an app reads from a QR code.
func TOTPAddress(issuer, account, secret string) string {
	query := url.Values{"secret": {secret}, "issuer": {issuer}}
	u := url.URL{
		Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + account,
		RawQuery: strings.ReplaceAll(query.Encode(), "+", "%20"), // some apps show a plus as it is
	}
	return u.String()
}
