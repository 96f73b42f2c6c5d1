package fault

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
)

// patience is how long anything may take that has no reason to take long: a loaded machine is no failure.
const patience = 3 * time.Minute

// binary builds the program once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "rowan-fault-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "rowan")
	if out, err := exec.Command("go", "build", "-o", path, "../../cmd/rowan").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build rowan: %w: %s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// rowan is an installation: a folder, an address, and at times a process.
type rowan struct {
	t       *testing.T
	path    string // of the program
	data    string
	address string
	env     []string
	cmd     *exec.Cmd
	log     *tail
	began   time.Time // of the process
}

// install gives a folder that PostgreSQL's own user can reach when the tests run as root.
func install(t *testing.T, env ...string) *rowan {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	found, err := pgchild.Find("")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "rowan-fault-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	r := &rowan{t: t, path: path, data: filepath.Join(dir, "data"), address: l.Addr().String(), log: &tail{}}
	r.env = append(os.Environ(), "ROWAN_PG_BIN="+found.Dir, "ROWAN_DATA="+r.data, "ROWAN_LISTEN="+r.address)
	r.env = append(r.env, env...)
	t.Cleanup(r.stop)
	return r
}

// do runs a command to its end and gives what it printed.
func (r *rowan) do(args ...string) string {
	r.t.Helper()
	cmd := exec.Command(r.path, args...)
	cmd.Env = r.env
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("rowan %s: %v: %s", strings.Join(args, " "), err, errs.String())
	}
	return out.String()
}

// start starts the server without waiting for it.
func (r *rowan) start() {
	r.t.Helper()
	r.cmd = exec.Command(r.path, "serve")
	r.cmd.Env, r.cmd.Stderr, r.cmd.Stdout = r.env, r.log, io.Discard
	r.cmd.WaitDelay = time.Second // PostgreSQL, dying, may hold the pipe a little longer
	r.began = time.Now()
	if err := r.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
}

// stop ends the server as Ctrl-C does.
func (r *rowan) stop() {
	if r.cmd == nil {
		return
	}
	_ = r.cmd.Process.Signal(syscall.SIGINT)
	_ = r.cmd.Wait()
	r.cmd = nil
}

// kill ends the server as a power cut does.
func (r *rowan) kill() {
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait()
	r.cmd = nil
}

// postmaster gives the process and the port of the child PostgreSQL, or 0.
func (r *rowan) postmaster() (pid int, port string) {
	b, err := os.ReadFile(filepath.Join(r.data, "postgres", "postmaster.pid"))
	lines := strings.Split(string(b), "\n")
	if err != nil || len(lines) < 4 {
		return 0, ""
	}
	pid, _ = strconv.Atoi(strings.TrimSpace(lines[0]))
	return pid, strings.TrimSpace(lines[3])
}

// ready waits for /readyz, and says whether it was seen to say 503.
func (r *rowan) ready() (unready bool) {
	r.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		switch r.status("/readyz") {
		case http.StatusOK:
			return unready
		case http.StatusServiceUnavailable:
			unready = true
		}
	}
	r.t.Fatalf("not ready; the log says: %s", r.log)
	return
}

func (r *rowan) status(path string) int {
	client := &http.Client{Timeout: 10 * time.Second}
	res, err := client.Get("http://" + r.address + path)
	if err != nil {
		return 0
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// tail keeps the end of a log for the message of a failure.
type tail struct {
	sync.Mutex
	b []byte
}

func (l *tail) Write(p []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	l.b = append(l.b, p...)
	if over := len(l.b) - 8<<10; over > 0 {
		l.b = l.b[over:]
	}
	return len(p), nil
}

func (l *tail) String() string {
	l.Lock()
	defer l.Unlock()
	return string(l.b)
}
