package pgchild

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// pretend makes a bin folder whose programs say a version and do nothing else.
func pretend(t *testing.T, version string) string {
	t.Helper()
	dir := folderFor(t)
	for _, name := range []string{"postgres", "initdb"} {
		script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %s'\n", name, version)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFind(t *testing.T) {
	t.Run("takes what ROWAN_PG_BIN names", func(t *testing.T) {
		dir := pretend(t, "16.3 (Debian 16.3-1)")
		got, err := Find(dir)
		if err != nil || got != (Binaries{Dir: dir, Version: "16.3", Major: 16}) {
			t.Errorf("%+v, %v", got, err)
		}
	})
	t.Run("takes a beta", func(t *testing.T) {
		if got, err := Find(pretend(t, "19beta1")); err != nil || got.Major != 19 || got.Version != "19beta1" {
			t.Errorf("%+v, %v", got, err)
		}
	})
	t.Run("refuses one that is too old", func(t *testing.T) {
		_, err := Find(pretend(t, "14.9"))
		wantRefusal(t, err, "14.9", "too old", "15 or later")
	})
	t.Run("refuses a folder without PostgreSQL, though another has it", func(t *testing.T) {
		dir := t.TempDir()
		_, err := Find(dir)
		wantRefusal(t, err, "ROWAN_PG_BIN", dir)
	})
	t.Run("finds one without being told", func(t *testing.T) {
		if got, err := Find(""); err != nil || got.Major < oldest {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestFolderMajor(t *testing.T) {
	for path, want := range map[string]int{"/usr/lib/postgresql/15/bin": 15, "/usr/lib/postgresql/9.6/bin": 0} {
		if got := folderMajor(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

// packageWith makes an npm package's native folder with a library and a list of links.
func packageWith(t *testing.T, list string) string {
	t.Helper()
	native := filepath.Join(folderFor(t), "native")
	for file, content := range map[string]string{"lib/libpq.so.5.18": "library", "bin/postgres": "program", linkList: list} {
		path := filepath.Join(native, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return native
}

const oneLink = `[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]`

func wantLink(t *testing.T, native string) {
	t.Helper()
	path := filepath.Join(native, "lib", "libpq.so.5")
	if to, err := os.Readlink(path); err != nil || to != "libpq.so.5.18" {
		t.Errorf("%s -> %q, %v", path, to, err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "library" {
		t.Errorf("%s reads %q, %v", path, content, err)
	}
}

func TestHydrate(t *testing.T) {
	t.Run("makes the links in a package that is ours", func(t *testing.T) {
		native := packageWith(t, oneLink)
		for range 2 { // the second finds them
			got, err := hydrate(native)
			if err != nil || got != native {
				t.Fatalf("%s, %v", got, err)
			}
			wantLink(t, native)
		}
	})
	t.Run("refuses a link out of the package", func(t *testing.T) {
		native := packageWith(t, `[{"source":"native/lib/libpq.so.5.18","target":"../../x"}]`)
		if _, err := hydrate(native); err == nil {
			t.Error("made it")
		}
	})
	t.Run("needs no list", func(t *testing.T) {
		native := packageWith(t, oneLink)
		if err := os.Remove(filepath.Join(native, linkList)); err != nil {
			t.Fatal(err)
		}
		if got, err := hydrate(native); err != nil || got != native {
			t.Errorf("%s, %v", got, err)
		}
	})
}

func TestCopyNative(t *testing.T) {
	native, base := packageWith(t, oneLink), t.TempDir()
	first, err := copyNative(native, base)
	if err != nil {
		t.Fatal(err)
	}
	wantLink(t, first)
	if _, err := os.Lstat(filepath.Join(native, "lib", "libpq.so.5")); err == nil {
		t.Error("the package itself was changed")
	}
	if info, err := os.Stat(filepath.Join(first, "bin", "postgres")); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the program is %v, %v; want it open to every user", info.Mode(), err)
	}
	if again, err := copyNative(native, base); err != nil || again != first {
		t.Errorf("a second copy: %s, %v; want %s", again, err, first)
	}
	if err := os.WriteFile(filepath.Join(native, "bin", "postgres"), []byte("another"), 0o700); err != nil {
		t.Fatal(err)
	}
	if newer, err := copyNative(native, base); err != nil || newer == first {
		t.Errorf("a new package: %s, %v; want a copy of its own", newer, err)
	}
}
