package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

func TestWriteOnce(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "key")
	var wins atomic.Int32
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			err := WriteOnce(path, []byte{byte('a' + i)}, 0o400)
			if err == nil {
				wins.Add(1)
			} else if !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if wins.Load() != 1 {
		t.Errorf("%d of 8 writers won, want 1", wins.Load())
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("folder holds %v, %v; want the file alone", entries, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() != 1 || info.Mode().Perm() != 0o400 {
		t.Errorf("file is %v, %v", info, err)
	}
}
