// Package atomicfile makes files that appear whole or not at all and are never
// overwritten: keys and signed checkpoints.
package atomicfile

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteOnce makes the file. If the name is taken the error is fs.ErrExist and
// the file there is left as it was. It links a finished and synced temporary
// file to the name: a link fails where a rename would overwrite, so of two
// processes that race exactly one wins.
func WriteOnce(path string, content []byte, mode fs.FileMode) error {
	name := filepath.Base(path)
	temporary, err := os.CreateTemp(filepath.Dir(path), ".new-")
	if err != nil {
		return fmt.Errorf("make %s: %w", name, err)
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Chmod(mode)
	}
	if err == nil {
		err = temporary.Sync()
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Link(temporary.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("make %s: %w", name, err)
	}
	return nil
}
