//go:build linux

package pgchild

import (
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestAsRoot covers what only root meets: folders that the server's own user cannot reach. Ordinary users have nothing
// to check here; TestAsOrdinaryUser does for root what they do.
func TestAsRoot(t *testing.T) {
	if !isRoot() {
		t.Log("not root: PostgreSQL runs as ourselves")
		return
	}
	t.Run("moves the data to where the server's user reaches it", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "checkout", ".rowan") // below a folder that only root may enter
		base := filepath.Join(systemDir, hashPath(dir))
		t.Cleanup(func() { os.RemoveAll(base) })
		c := start(t, dir)
		named, err := os.ReadFile(filepath.Join(dir, locationFile))
		if err != nil || strings.TrimSpace(string(named)) != base {
			t.Errorf("location says %q (%v), want %s", named, err, base)
		}
		id := mustAsk(t, c, "select system_identifier::text from pg_control_system()")
		_, err = Start(t.Context(), Config{Dir: dir})
		wantRefusal(t, err, "Another Rowan")
		stop(t, c)
		if err := os.Remove(filepath.Join(dir, locationFile)); err != nil { // as if the first start had been interrupted
			t.Fatal(err)
		}
		if again := mustAsk(t, start(t, dir), "select system_identifier::text from pg_control_system()"); again != id {
			t.Errorf("cluster %s, want %s", again, id)
		}
	})
	t.Run("copies programs that the server's user cannot reach", func(t *testing.T) {
		found, err := Find(os.Getenv("ROWAN_PG_BIN"))
		if err != nil {
			t.Fatal(err)
		}
		hidden := filepath.Join(t.TempDir(), "native")
		if err := os.CopyFS(hidden, os.DirFS(filepath.Dir(found.Dir))); err != nil {
			t.Fatal(err)
		}
		c, err := Start(t.Context(), Config{Dir: folderFor(t), Bin: filepath.Join(hidden, "bin"), Volatile: true})
		if err != nil {
			t.Fatal(err)
		}
		defer stop(t, c)
		t.Cleanup(func() { os.RemoveAll(filepath.Dir(filepath.Dir(c.folder.bin.Dir))) })
		if !strings.HasPrefix(c.folder.bin.Dir, systemDir) {
			t.Errorf("runs from %s", c.folder.bin.Dir)
		}
		mustAsk(t, c, "select 'in'")
	})
	t.Run("refuses data that it can no longer reach", func(t *testing.T) {
		dir := folderFor(t)
		stop(t, start(t, dir))
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		_, err := Start(t.Context(), Config{Dir: dir, Bin: os.Getenv("ROWAN_PG_BIN")})
		wantRefusal(t, err, "can no longer reach", dir)
	})
	t.Run("tells an ordinary user whose data it is", func(t *testing.T) {
		dir := folderFor(t)
		stop(t, start(t, dir))
		if err := os.Remove(filepath.Join(dir, "lock")); err != nil { // the user may write here, but the data is not theirs
			t.Fatal(err)
		}
		if err := os.Chmod(dir, 0o777); err != nil {
			t.Fatal(err)
		}
		out, err := asUser(t, "daemon", "", rowanVariable+"="+dir)
		if err == nil || !strings.Contains(out, "belongs to another user") {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Run("keeps the server's own user out", func(t *testing.T) {
		c := start(t, folderFor(t))
		out, err := asUser(t, c.folder.user.name, "-test.run=^TestSignIn$", signInVariable+"="+c.DSN(Super, "postgres"))
		if err != nil || !strings.Contains(out, "SQLSTATE 28000") {
			t.Errorf("the user %s, signing in: %v\n%s", c.folder.user.name, err, out)
		}
	})
}

const signInVariable = "ROWAN_PGCHILD_TEST_DSN"

// TestSignIn is run by TestAsRoot, as another user.
func TestSignIn(t *testing.T) {
	if dsn := os.Getenv(signInVariable); dsn != "" {
		_, err := ask(t.Context(), dsn, "select 'in'")
		t.Log(err)
	}
}

// TestAsOrdinaryUser runs this package's main tests again as a user without rights.
func TestAsOrdinaryUser(t *testing.T) {
	if !isRoot() {
		t.Log("not root: the other tests are those of an ordinary user")
		return
	}
	out, err := asUser(t, "nobody", "-test.run=^(TestStart|TestRestartsAfterKill|TestRefusesFolders|TestLongPath|TestDiesWithRowan)$", "")
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// asUser runs this test program as another user, from a place that user can reach.
func asUser(t *testing.T, name, run, variable string) (string, error) {
	t.Helper()
	entry, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(entry.Uid)
	gid, _ := strconv.Atoi(entry.Gid)
	dir := folderFor(t)
	program := filepath.Join(dir, "test")
	from, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := os.OpenFile(program, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(to, from)
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, run, "-test.v")
	cmd.Env = append(os.Environ(), "HOME="+dir)
	if variable != "" {
		cmd.Env = append(cmd.Env, variable)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	out, err := cmd.CombinedOutput()
	return string(out), err
}
