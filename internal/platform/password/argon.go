package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is what one guess costs. 19 MiB, two passes, one lane is the minimum of
// the OWASP password storage cheat sheet (2025) for argon2id; more memory would
// let a flood of sign-ins exhaust a small server, and accounts have a second
// factor besides.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

var current = cost{memory: 19 * 1024, passes: 2, threads: 1}

const (
	saltLength = 16 // bytes, RFC 9106 section 3.1
	keyLength  = 32 // bytes: 256 bits
	// maxMemory bounds what a stored hash can ask for, in KiB: 256 MiB is above
	// any cost we would choose and below what would stop the server.
	maxMemory = 256 * 1024
	// MaxLength of a password in bytes. ASVS 5 wants 64 characters or more; a
	// bound keeps megabytes from being hashed.
	MaxLength = 512
)

// gate lets as many hashes run as there are processors: more would only take
// memory and finish no sooner.
var gate = make(chan struct{}, runtime.GOMAXPROCS(0))

var (
	// ErrTooLong means a password over MaxLength.
	ErrTooLong = errors.New("password is too long")
	errStored  = errors.New("stored password hash is malformed")
)

type stored struct {
	cost
	salt, key []byte
}

// decoy is what an unknown account's password is compared with.
var decoy = stored{current, make([]byte, saltLength), make([]byte, keyLength)}

// Hash gives the PHC string of a password: $argon2id$v=19$m=...,t=...,p=...$salt$key.
func Hash(password string) (string, error) {
	if len(password) > MaxLength {
		return "", ErrTooLong
	}
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	return stored{current, salt, current.key(password, salt)}.String(), nil
}

// Verify says whether the password matches the PHC string, and if it does,
// whether the hash was made with another cost and should be made again. An
// empty PHC string stands for an account that does not exist or has no
// password: the answer is no, after the same work.
func Verify(phc, password string) (ok, again bool, err error) {
	s, known := decoy, phc != ""
	if known {
		if s, err = parse(phc); err != nil {
			return false, false, err
		}
	}
	if len(password) > MaxLength { // no such password was ever stored
		known, password = false, ""
	}
	same := subtle.ConstantTimeCompare(s.cost.key(password, s.salt), s.key) == 1
	ok = same && known
	return ok, ok && s.cost != current, nil
}

func (c cost) key(password string, salt []byte) []byte {
	gate <- struct{}{}
	defer func() { <-gate }()
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.threads, keyLength)
}

var phcBase64 = base64.RawStdEncoding.Strict()

func (s stored) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		s.memory, s.passes, s.threads, phcBase64.EncodeToString(s.salt), phcBase64.EncodeToString(s.key))
}

func parse(phc string) (stored, error) {
	var s stored
	var version int
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return s, errStored
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return s, errStored
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &s.memory, &s.passes, &s.threads); err != nil {
		return s, errStored
	}
	var errSalt, errKey error
	s.salt, errSalt = phcBase64.DecodeString(parts[4])
	s.key, errKey = phcBase64.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || len(s.salt) < 8 || len(s.key) != keyLength ||
		s.memory > maxMemory || s.passes < 1 || s.passes > 16 || s.threads < 1 || s.String() != phc {
		return s, errStored
	}
	return s, nil
}
