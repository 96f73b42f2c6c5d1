package pgchild

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestRefusesFolders(t *testing.T) {
	bin := os.Getenv("ROWAN_PG_BIN")
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, dir string) string // returns the folder to use
		says    []string
	}{
		{"that cannot be made", func(t *testing.T, dir string) string {
			write(t, filepath.Join(dir, "file"), "")
			return filepath.Join(dir, "file", "rowan")
		}, []string{"cannot write", "not a directory"}},
		{"that cannot be written", func(t *testing.T, dir string) string {
			return "/proc/1/rowan" // even root may not
		}, []string{"cannot write", "/proc/1/rowan"}},
		{"with data of another version", func(t *testing.T, dir string) string {
			write(t, filepath.Join(dir, "postgres", "PG_VERSION"), "13\n")
			return dir
		}, []string{"made by PostgreSQL 13", "ROWAN_PG_BIN"}},
		{"with something else", func(t *testing.T, dir string) string {
			write(t, filepath.Join(dir, "postgres", "letter.txt"), "Dear")
			return dir
		}, []string{"not PostgreSQL data"}},
		{"whose data has gone missing", func(t *testing.T, dir string) string {
			write(t, filepath.Join(dir, locationFile), filepath.Join(dir, "nowhere")+"\n")
			return dir
		}, []string{"missing", "nowhere"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := c.prepare(t, folderFor(t))
			for range 2 { // the second shows that the first gave its lock back
				_, err := Start(t.Context(), Config{Dir: dir, Bin: bin, Volatile: true})
				wantRefusal(t, err, c.says...)
			}
		})
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestLongPath(t *testing.T) {
	dir := filepath.Join(folderFor(t), strings.Repeat("long", 30))
	c := start(t, dir)
	if strings.HasPrefix(c.folder.socket, dir) {
		t.Errorf("the socket is in %s", c.folder.socket)
	}
	t.Cleanup(func() { os.RemoveAll(c.folder.socket) })
	if got := mustAsk(t, c, "select 'in'"); got != "in" {
		t.Error(got)
	}
}

// TestInterruptedCreation checks that half a data folder is made anew.
func TestInterruptedCreation(t *testing.T) {
	dir := folderFor(t)
	write(t, filepath.Join(dir, "postgres.new", "PG_VERSION"), "13\n")
	c := start(t, dir)
	if _, err := os.Stat(filepath.Join(dir, "postgres.new")); err == nil {
		t.Error("postgres.new is left")
	}
	mustAsk(t, c, "select 'in'")
}

func TestQuote(t *testing.T) {
	for name, want := range map[string]string{"ann": `"ann"`, "all": `"all"`, "/.*": `"/.*"`, `a"b`: `"a""b"`} {
		if got := quote(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestPostmaster(t *testing.T) {
	path := filepath.Join(t.TempDir(), "postmaster.pid")
	for content, want := range map[string]int{"123\n/data\n": 123, "": 0, "x\n": 0, "1\n": 0, "-5\n": 0} {
		write(t, path, content)
		got, err := postmaster(path)
		if (err == nil) != (want != 0) || (err == nil && got != want) {
			t.Errorf("%s: %d, %v; want %d", strconv.Quote(content), got, err, want)
		}
	}
	write(t, path, "123\n/data\n0\n5432\n/run\n\n  1 2\nready   \n")
	if !isReady(path, 123) || isReady(path, 124) {
		t.Error("readiness is not that of process 123")
	}
}
