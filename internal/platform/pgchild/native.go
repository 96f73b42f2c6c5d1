package pgchild

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// linkList is the file in which the npm package names the library links that npm cannot carry. Its install script
// would make them, but Rowan installs npm packages without running scripts.
const linkList = "pg-symlinks.json"

// systemDir holds, for root, what the server's own user could not reach in a checkout.
const systemDir = "/var/lib/rowan"

// hydrate returns a folder with the content of native and its library links: native itself where the links exist or
// the folder is ours to add them to, else a copy.
func hydrate(native string) (string, error) {
	missing, err := missingLinks(native)
	if err != nil || len(missing) == 0 {
		return native, err
	}
	if ours(native) && makeLinks(native, missing) == nil {
		return native, nil
	}
	base := systemDir
	if !isRoot() {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		base = filepath.Join(cache, "rowan")
	}
	return copyNative(native, base)
}

type link struct{ Source, Target string } // paths below the package, "native/lib/libpq.so.5"

// missingLinks reads the package's list and keeps what is not there yet. A package without a list needs no links.
func missingLinks(native string) ([]link, error) {
	content, err := os.ReadFile(filepath.Join(native, linkList))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all, missing []link
	if err := json.Unmarshal(content, &all); err != nil {
		return nil, fmt.Errorf("read %s: %w", linkList, err)
	}
	for _, l := range all {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return nil, fmt.Errorf("%s names %q -> %q, outside the package", linkList, l.Target, l.Source)
		}
		if _, err := os.Lstat(filepath.Join(filepath.Dir(native), l.Target)); err != nil {
			missing = append(missing, l)
		}
	}
	return missing, nil
}

// makeLinks makes each link relative, so that a copied or moved folder keeps working.
func makeLinks(native string, links []link) error {
	for _, l := range links {
		to, err := filepath.Rel(filepath.Dir(l.Target), l.Source)
		if err != nil {
			return err
		}
		err = os.Symlink(to, filepath.Join(filepath.Dir(native), l.Target))
		if err != nil && !errors.Is(err, fs.ErrExist) { // another Rowan may be making the same links
			return err
		}
	}
	return nil
}

// copyNative copies native to a folder below base that is named after its content, unless it is there already, and
// makes the links in the copy. The copy appears under its name only when it is complete.
func copyNative(native, base string) (string, error) {
	native, err := filepath.EvalSymlinks(native)
	if err != nil {
		return "", err
	}
	name, err := fingerprint(native)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(base, name)
	target := filepath.Join(dir, "native")
	if _, err := os.Stat(target); err == nil {
		return target, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	building, err := os.MkdirTemp(dir, "copy-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(building)
	copied := filepath.Join(building, "native")
	if err := os.CopyFS(copied, os.DirFS(native)); err != nil {
		return "", err
	}
	if err := openToRead(copied); err != nil {
		return "", err
	}
	missing, err := missingLinks(copied)
	if err != nil {
		return "", err
	}
	if err := makeLinks(copied, missing); err != nil {
		return "", err
	}
	if err := os.Rename(copied, target); err != nil {
		if _, there := os.Stat(target); there != nil { // else another Rowan made the same copy just now
			return "", err
		}
	}
	return target, nil
}

// openToRead lets every user read and run a copy: the checkout's own permissions may admit root only.
func openToRead(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		mode := info.Mode().Perm() | 0o444
		if entry.IsDir() || mode&0o100 != 0 {
			mode |= 0o111
		}
		return os.Chmod(path, mode)
	})
}

// fingerprint tells two versions of a package apart by the names, sizes and times of their files; reading 60 MB to
// hash them would cost more than the copy saves.
func fingerprint(dir string) (string, error) {
	sum := sha256.New()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(sum, path, info.Size(), info.ModTime().UnixNano())
		return nil
	})
	return shortHash(sum.Sum(nil)), err
}

// shortHash keeps 8 bytes: names stay short enough for a socket path, and nobody chooses what is hashed.
func shortHash(sum []byte) string { return hex.EncodeToString(sum[:8]) }

func hashPath(path string) string {
	sum := sha256.Sum256([]byte(path))
	return shortHash(sum[:])
}
