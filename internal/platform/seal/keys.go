package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"github.com/google/uuid"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keys are the open keys of an installation.
type Keys struct {
	field     tink.AEAD
	link      tink.AEAD
	pseudonym []byte
	others    map[string]Secret
}

// Maker makes a secret that another package needs and this folder keeps.
type Maker struct {
	Name string // of its file
	Make func() (string, error)
}

// Open reads the keys in a folder, making what was never made.
func Open(dir string, others ...Maker) (*Keys, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make key folder: %w", err)
	}
	f, k := folder(dir), &Keys{others: map[string]Secret{}}
	var err error
	if k.field, err = f.aead("field.keyset"); err != nil {
		return nil, err
	}
	if k.link, err = f.aead("link.keyset"); err != nil {
		return nil, err
	}
	if k.pseudonym, err = f.hexKey("pseudonym.key"); err != nil {
		return nil, err
	}
	for _, m := range others {
		content, err := f.key(m.Name, m.Make)
		if err != nil {
			return nil, err
		}
		k.others[m.Name] = Secret(strings.TrimSpace(content))
	}
	return k, nil
}

// Other gives a secret that a Maker named.
func (k *Keys) Other(name string) Secret { return k.others[name] }

// aead reads a Tink keyset: several keys, one of them for new ciphertexts, so
// that a key can be rotated. AES-256-GCM with random nonces is safe for 2^32
// messages under a key, centuries of what one service writes.
func (f folder) aead(name string) (tink.AEAD, error) {
	content, err := f.key(name, func() (string, error) {
		handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
		if err != nil {
			return "", err
		}
		var out bytes.Buffer
		err = insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&out)) // the folder's mode protects it
		return out.String(), err
	})
	if err != nil {
		return nil, err
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(strings.NewReader(content)))
	if err != nil {
		return nil, fmt.Errorf("read key %s: not a keyset", name) // the cause could quote the key
	}
	return aead.New(handle)
}

// hexKey reads 32 bytes, the length of the hash they key.
func (f folder) hexKey(name string) ([]byte, error) {
	content, err := f.key(name, func() (string, error) {
		key := make([]byte, sha256.Size)
		rand.Read(key) // never fails
		return hex.EncodeToString(key) + "\n", nil
	})
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(content))
	if err != nil || len(key) != sha256.Size {
		return nil, fmt.Errorf("read key %s: not 64 hexadecimal digits", name)
	}
	return key, nil
}

// Pseudonym names a thing of a kind ("person", "case") within a service. It
// never changes: this key is not rotated, or the ledger would lose its thread.
func (k *Keys) Pseudonym(service uuid.UUID, kind string, id uuid.UUID) []byte {
	mac := hmac.New(sha256.New, k.pseudonym)
	mac.Write(parts("pseudonym", string(service[:]), kind, string(id[:])))
	return mac.Sum(nil)
}

// Code is the six digits that prove somebody reads what is sent to an address: made from the id of the request and
// its purpose, so that no table holds it. Whoever has the key folder is trusted; whoever guesses is bounded by the caller.
func (k *Keys) Code(purpose string, id uuid.UUID) string {
	mac := hmac.New(sha256.New, k.pseudonym)
	mac.Write(parts("code", purpose, string(id[:])))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac.Sum(nil))%1_000_000)
}

// Fingerprint tells this key folder from any other and nothing about its keys.
// It follows the pseudonym key, which alone is never rotated.
func (k *Keys) Fingerprint() string {
	mac := hmac.New(sha256.New, k.pseudonym)
	mac.Write(parts("fingerprint"))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// parts joins texts so that no two lists give the same bytes.
func parts(list ...string) []byte {
	var b []byte
	for _, p := range list {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	return b
}
