package release

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/calc/strict"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// SigningKey makes the key that signs releases, kept in the key folder and never in the database. It is not that of the audit log:
// whoever is given a key to check releases by is given nothing that the log is checked by.
var SigningKey = seal.Maker{Name: "release-signer.key", Make: func() (string, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := rand.Read(seed); err != nil {
		return "", fmt.Errorf("make release signing key: %w", err)
	}
	return base64.StdEncoding.EncodeToString(seed) + "\n", nil
}}

// payloadType says what is signed, so that nothing else that the key signs can be taken for a release.
const payloadType = "application/vnd.rowan.release+json"

// envelope is the file.
type envelope struct {
	PayloadType string      `json:"payloadType"`
	Payload     string      `json:"payload"`
	Signatures  []signature `json:"signatures"`
}

type signature struct {
	KeyID string `json:"keyid"` // the fingerprint of the key
	Key   string `json:"key"`   // the public key
	Sig   string `json:"sig"`
}

// mostFile is more than 5,000 figures take.
const mostFile = 4 << 20

// Fingerprint names a public key: 64 hexadecimal digits.
func Fingerprint(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:])
}

// CleanFingerprint reads one as people write it, with spaces and colons.
func CleanFingerprint(text string) (string, bool) {
	text = strings.ToLower(strings.NewReplacer(" ", "", ":", "", "-", "").Replace(text))
	raw, err := hex.DecodeString(text)
	return text, err == nil && len(raw) == sha256.Size
}

// Signer signs the releases of an installation.
type Signer struct{ key ed25519.PrivateKey }

// NewSigner reads a key of SigningKey.
func NewSigner(secret seal.Secret) (*Signer, error) {
	seed, err := base64.StdEncoding.DecodeString(secret.Reveal())
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, errors.New("release signing key is malformed")
	}
	return &Signer{ed25519.NewKeyFromSeed(seed)}, nil
}

func (s *Signer) public() ed25519.PublicKey { return ed25519.PublicKey(s.key[ed25519.SeedSize:]) }

// Fingerprint is what others register.
func (s *Signer) Fingerprint() string { return Fingerprint(s.public()) }

// Sign writes the file of a release.
func (s *Signer) Sign(r Release) ([]byte, error) {
	r.Sort()
	payload, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write release: %w", err)
	}
	b64 := base64.StdEncoding.EncodeToString
	file, err := json.MarshalIndent(envelope{payloadType, b64(payload), []signature{{s.Fingerprint(), b64(s.public()), b64(ed25519.Sign(s.key, signed(payload)))}}}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write release: %w", err)
	}
	return append(file, '\n'), nil
}

// signed is what a signature is over (DSSE's pre-authentication encoding).
func signed(payload []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "DSSEv1 %d %s %d ", len(payloadType), payloadType, len(payload))
	b.Write(payload)
	return b.Bytes()
}

// Open reads a file of whoever has a key that is known, and gives the fingerprint of that key. What is wrong is a *sheet.Refused.
func Open(file []byte, known func(fingerprint string) bool, p Pack, today civil.Date) (r Release, fingerprint string, err error) {
	refuse := func(key string) (Release, string, error) { return Release{}, "", &sheet.Refused{Key: key} }
	var e envelope
	if len(file) > mostFile {
		return refuse("network.file.big")
	}
	if strict.Object(file, &e) != nil || e.PayloadType != payloadType || len(e.Signatures) != 1 {
		return refuse("network.file.none")
	}
	sig := e.Signatures[0]
	decode := base64.StdEncoding.Strict().DecodeString
	payload, err1 := decode(e.Payload)
	key, err2 := decode(sig.Key)
	mark, err3 := decode(sig.Sig)
	if errors.Join(err1, err2, err3) != nil || len(key) != ed25519.PublicKeySize {
		return refuse("network.file.none")
	}
	// The fingerprint is made from the key itself: what the file says of it counts for nothing.
	fingerprint = Fingerprint(key)
	switch {
	case sig.KeyID != fingerprint:
		return refuse("network.file.changed")
	case !known(fingerprint):
		return refuse("network.file.stranger")
	case !ed25519.Verify(key, signed(payload), mark):
		return refuse("network.file.changed")
	case strict.Object(payload, &r) != nil:
		return refuse("network.file.format")
	}
	if key := r.Check(p, today); key != "" {
		return refuse(key)
	}
	return r, fingerprint, nil
}

// Read reads a file of our own that nobody else had in hands, without asking who signed it.
func Read(file []byte) (r Release, err error) {
	var e envelope
	if err := strict.Object(file, &e); err != nil {
		return r, fmt.Errorf("read release: %w", err)
	}
	payload, err := base64.StdEncoding.DecodeString(e.Payload)
	if err != nil {
		return r, fmt.Errorf("read release: %w", err)
	}
	if err := strict.Object(payload, &r); err != nil {
		return r, fmt.Errorf("read release: %w", err)
	}
	return r, nil
}
