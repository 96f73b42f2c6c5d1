package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/rowan-ohwb/rowan/internal/platform/atomicfile"
)

// readChain reads the checkpoints of a folder in order of size and follows the
// chain from the empty log to the newest. Files with other names are left
// alone. A checkpoint that cannot be trusted is a finding and takes no part.
func (r *Report) readChain(folder fs.FS, verifier note.Verifier) ([]Checkpoint, error) {
	entries, err := fs.ReadDir(folder, ".") // sorted by name, so by size
	if err != nil {
		return nil, fmt.Errorf("list audit checkpoints: %w", err)
	}
	var chain []Checkpoint
	last := Empty()
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), filePrefix) {
			continue
		}
		signed, err := fs.ReadFile(folder, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("read audit checkpoint: %w", err)
		}
		c, err := openCheckpoint(signed, verifier)
		if err == nil && c.FileName() != entry.Name() {
			err = fmt.Errorf("holds the checkpoint of size %d", c.Size)
		}
		if err != nil {
			r.find(BadCheckpoint, last.Size, "%s: %v", entry.Name(), err)
			continue
		}
		if c.PreviousSize != last.Size || c.PreviousRoot != last.Root {
			r.find(MissingCheckpoint, c.Size, "it continues a checkpoint of size %d that is not before it", c.PreviousSize)
		}
		chain, last = append(chain, c), c
	}
	if r.Checkpoints = len(chain); len(chain) == 0 {
		r.find(NothingSigned, 0, "no checkpoint with a good signature")
		return nil, nil
	}
	r.Newest = last
	return chain, nil
}

// WriteCheckpoint keeps a signed checkpoint in a folder. Writing the same one
// again is fine, so that a sealer may repeat itself after a crash; another one
// of the same size is refused, because that would be a second history.
func WriteCheckpoint(folder string, c Checkpoint, signed []byte) error {
	return writeOnce(filepath.Join(folder, c.FileName()), signed)
}

// WriteVerifierKey keeps the public key beside the checkpoints.
func WriteVerifierKey(folder, verifierKey string) error {
	return writeOnce(filepath.Join(folder, VerifierKeyFile), []byte(verifierKey+"\n"))
}

// ReadVerifierKey reads the public key from beside the checkpoints. Someone
// who doubts the folder passes a key of their own to Verify.
func ReadVerifierKey(folder fs.FS) (string, error) {
	key, err := fs.ReadFile(folder, VerifierKeyFile)
	if err != nil {
		return "", fmt.Errorf("read audit verifier key: %w", err)
	}
	return strings.TrimSpace(string(key)), nil
}

// writeOnce keeps a read-only file, or sees that this very one is kept already.
func writeOnce(path string, content []byte) error {
	err := atomicfile.WriteOnce(path, content, 0o444)
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	kept, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(kept, content) {
		err = fmt.Errorf("keep %s: another one is already there", filepath.Base(path))
	}
	return err
}
