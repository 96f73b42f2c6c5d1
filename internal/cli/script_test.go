package cli_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rowan-ohwb/rowan/internal/cli"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rowan": func() { os.Exit(cli.Main(os.Args[1:])) }})
}

// TestScript runs the command line as a user does: what it prints, and with which exit code.
func TestScript(t *testing.T) {
	found, err := pgchild.Find("")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("ROWAN_PG_BIN", found.Dir)
			// Root runs PostgreSQL as somebody else, who must be able to pass.
			return errors.Join(os.Chmod(filepath.Dir(e.WorkDir), 0o755), os.Chmod(e.WorkDir, 0o755))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"refused": refused, "taken": taken, "free": free, "answers": answers, "gone": gone, "alter": alter,
		},
	})
}

// refused runs rowan and wants the exit code that comes first. A failure (1) is one sentence and nothing else;
// wrong usage (2) may show the usage as well.
func refused(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("rowan", args[1:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != want {
		ts.Fatalf("rowan %s: %v, want exit code %d", strings.Join(args[1:], " "), err, want)
	}
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stderr")), "\n")
	if !strings.HasPrefix(lines[len(lines)-1], "rowan: ") || want == 1 && len(lines) > 1 {
		ts.Fatalf("rowan %s says %q, want one sentence", strings.Join(args[1:], " "), lines)
	}
}

// taken sets a variable to an address that somebody listens on while the script runs.
func taken(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}

// free sets a variable to an address that nobody listens on.
func free(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Check(l.Close())
	ts.Setenv(args[0], l.Addr().String())
}

// startWithin is far longer than a start takes, because a loaded machine is no failure.
const startWithin = 2 * time.Minute

// answers waits until an address answers 200.
func answers(ts *testscript.TestScript, _ bool, args []string) {
	for end := time.Now().Add(startWithin); ; time.Sleep(50 * time.Millisecond) {
		r, err := http.Get(args[0])
		if err == nil {
			_, _ = io.Copy(io.Discard, r.Body)
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(end) {
			ts.Fatalf("%s does not answer: %v", args[0], err)
		}
	}
}

// gone wants no PostgreSQL left for a data folder.
func gone(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	if _, err := os.Stat(filepath.Join(dir, "postgres", "PG_VERSION")); err != nil {
		ts.Fatalf("%s holds no database: %v", dir, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "postgres", "postmaster.pid")); !errors.Is(err, os.ErrNotExist) {
		ts.Fatalf("postmaster.pid is still there: %v", err)
	}
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	ts.Check(err)
	for _, path := range lines {
		b, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(b), "postgres") && strings.Contains(string(b), dir) {
			ts.Fatalf("still running: %s", strings.ReplaceAll(string(b), "\x00", " "))
		}
	}
}

// alter writes a file with the first occurrence of a text replaced.
func alter(ts *testscript.TestScript, _ bool, args []string) {
	was := ts.ReadFile(args[0])
	now := strings.Replace(was, args[1], args[2], 1)
	if was == now {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(now), 0o600))
}
