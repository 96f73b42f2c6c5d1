package audit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rowan-ohwb/rowan/internal/audit/tree"
)

// openFolder makes the folder of checkpoints with the public key beside them, and says how far it goes.
func openFolder(dir, verifier string) (size int64, err error) {
	// others of the machine may read: checkpoints hold sizes and hashes, and are worth most where many copies are
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, fmt.Errorf("make checkpoint folder: %w", err)
	}
	if err := tree.WriteVerifierKey(dir, verifier); err != nil {
		return 0, err
	}
	names, err := filepath.Glob(filepath.Join(dir, "checkpoint-*")) // sorted by name, so by size
	if err != nil || len(names) == 0 {
		return 0, err
	}
	newest := names[len(names)-1]
	signed, err := os.ReadFile(newest)
	if err != nil {
		return 0, fmt.Errorf("read newest checkpoint: %w", err)
	}
	c, err := tree.OpenCheckpoint(signed, verifier)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", filepath.Base(newest), err)
	}
	return c.Size, nil
}

// VerifyFiles checks an export against a folder of checkpoints, offline: what is wrong is in the report.
func VerifyFiles(export, checkpoints string) (tree.Report, error) {
	folder := os.DirFS(checkpoints)
	key, err := tree.ReadVerifierKey(folder)
	if err != nil {
		return tree.Report{}, err
	}
	f, err := os.Open(export)
	if err != nil {
		return tree.Report{}, fmt.Errorf("open audit export: %w", err)
	}
	defer f.Close()
	return tree.Verify(f, folder, strings.TrimSpace(key))
}
