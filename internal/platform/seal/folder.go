package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/platform/atomicfile"
)

// madeFile lists the keys that were ever made in a folder, one name a line.
const madeFile = "made"

type folder string

// key reads a key, or makes it when this folder never had it.
func (f folder) key(name string, makeKey func() (string, error)) (string, error) {
	path := filepath.Join(string(f), name)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		content, err = f.create(path, makeKey)
	}
	if err != nil {
		return "", fmt.Errorf("read key %s: %w", name, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("read key %s: %w", name, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("read key %s: other users of this machine may read it; run chmod 600", name)
	}
	return string(content), f.note(name)
}

func (f folder) create(path string, makeKey func() (string, error)) ([]byte, error) {
	made, err := f.made()
	if err != nil {
		return nil, err
	}
	if slices.Contains(made, filepath.Base(path)) {
		return nil, errors.New("it was made before and is gone; restore it from the backup of the key folder")
	}
	content, err := makeKey()
	if err != nil {
		return nil, err
	}
	err = atomicfile.WriteOnce(path, []byte(content), 0o600)
	if err != nil && !errors.Is(err, fs.ErrExist) { // another process was first: use its key
		return nil, err
	}
	return os.ReadFile(path)
}

func (f folder) made() ([]string, error) {
	list, err := os.ReadFile(filepath.Join(string(f), madeFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return strings.Fields(string(list)), nil
}

// note puts a name on the list. Two processes may both do so; a name twice is harmless.
func (f folder) note(name string) error {
	made, err := f.made()
	if err != nil || slices.Contains(made, name) {
		return err
	}
	list, err := os.OpenFile(filepath.Join(string(f), madeFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("list key %s: %w", name, err)
	}
	_, err = list.WriteString(name + "\n")
	return errors.Join(err, list.Close())
}
