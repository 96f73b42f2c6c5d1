package tree

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	// origin is the first line of every checkpoint, so that a signature made
	// here can never be read as one over something else.
	origin = "rowan audit log"
	// KeyName names the signing key inside a note. Installations differ by
	// key, not by name.
	KeyName = "rowan-audit"
	// filePrefix and twelve digits: they sort by size up to a million million events.
	filePrefix = "checkpoint-"
	fileFormat = filePrefix + "%012d"
	// VerifierKeyFile is where the public key lies beside the checkpoints.
	VerifierKeyFile = "verifier.key"
)

// Checkpoint is what gets signed: the log held Size events whose tree has this
// Root, and it continued the log that had PreviousSize and PreviousRoot.
type Checkpoint struct {
	Size         int64
	Root         tlog.Hash
	PreviousSize int64
	PreviousRoot tlog.Hash
	At           time.Time
}

// Empty is the checkpoint before the first one.
func Empty() Checkpoint {
	var f frontier
	return Checkpoint{Root: f.root()}
}

// FileName is the name under which a checkpoint is kept.
func (c Checkpoint) FileName() string { return fmt.Sprintf(fileFormat, c.Size) }

func (c Checkpoint) text() string {
	return fmt.Sprintf("%s\n%d\n%s\nprevious %d %s\nsigned %s\n", origin, c.Size, c.Root,
		c.PreviousSize, c.PreviousRoot, c.At.UTC().Format(time.RFC3339))
}

// sign gives the bytes of the checkpoint's file.
func (c Checkpoint) sign(s note.Signer) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: c.text()}, s)
	if err != nil {
		return nil, fmt.Errorf("sign audit checkpoint: %w", err)
	}
	return signed, nil
}

// OpenCheckpoint checks the signature on a checkpoint file and reads it. Only
// the bytes that the sealer writes are accepted, not another spelling of them.
func OpenCheckpoint(signed []byte, verifierKey string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("read audit verifier key: %w", err)
	}
	return openCheckpoint(signed, verifier)
}

func openCheckpoint(signed []byte, verifier note.Verifier) (Checkpoint, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified):
		return Checkpoint{}, errors.New("signed by another key")
	case errors.As(err, &invalid):
		return Checkpoint{}, errors.New("its signature does not match its text")
	case err != nil:
		return Checkpoint{}, errors.New("not a signed note")
	}
	// note.Open forgives spare bits at the end of base64 and further signatures.
	sig, err := base64.StdEncoding.Strict().DecodeString(opened.Sigs[0].Base64)
	if err != nil || string(signed) != fmt.Sprintf("%s\n— %s %s\n", opened.Text,
		verifier.Name(), base64.StdEncoding.EncodeToString(sig)) {
		return Checkpoint{}, errors.New("not spelled as the sealer writes it")
	}
	return parseCheckpoint(opened.Text)
}

func parseCheckpoint(text string) (Checkpoint, error) {
	malformed := errors.New("signed text is not an audit checkpoint")
	lines := strings.Split(text, "\n")
	if len(lines) != 6 || lines[0] != origin {
		return Checkpoint{}, malformed
	}
	previous, ok := strings.CutPrefix(lines[3], "previous ")
	previousSize, previousRoot, found := strings.Cut(previous, " ")
	signed, okSigned := strings.CutPrefix(lines[4], "signed ")
	if !ok || !found || !okSigned {
		return Checkpoint{}, malformed
	}
	var c Checkpoint
	var errs [5]error
	c.Size, errs[0] = strconv.ParseInt(lines[1], 10, 64)
	c.Root, errs[1] = tlog.ParseHash(lines[2])
	c.PreviousSize, errs[2] = strconv.ParseInt(previousSize, 10, 64)
	c.PreviousRoot, errs[3] = tlog.ParseHash(previousRoot)
	c.At, errs[4] = time.Parse(time.RFC3339, signed)
	if errors.Join(errs[:]...) != nil || c.PreviousSize < 0 || c.Size <= c.PreviousSize || c.text() != text {
		return Checkpoint{}, malformed
	}
	return c, nil
}

// GenerateKey makes a signing key. It is a secret and belongs in a file that
// the database server cannot read.
func GenerateKey() (signerKey string, err error) {
	signerKey, _, err = note.GenerateKey(rand.Reader, KeyName)
	if err != nil {
		return "", fmt.Errorf("make audit signing key: %w", err)
	}
	return signerKey, nil
}

// VerifierKey is the public half of a signing key, as kept in VerifierKeyFile.
func VerifierKey(signerKey string) (string, error) {
	// PRIVATE+KEY+<name>+<hash>+<base64 of algorithm byte and seed>
	malformed := errors.New("audit signing key is malformed")
	parts := strings.SplitN(signerKey, "+", 5) // base64 may hold a + of its own
	if _, err := note.NewSigner(signerKey); err != nil || len(parts) != 5 {
		return "", malformed
	}
	raw, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return "", malformed
	}
	public := ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey)
	return note.NewEd25519VerifierKey(parts[2], public)
}
