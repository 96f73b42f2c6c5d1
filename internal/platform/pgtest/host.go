package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild/flock"
)

// idleTime is how long a server waits for its next user: longer than two cores take to compile the next package.
const idleTime = 45 * time.Second

const lookAgain = 50 * time.Millisecond

// host is the place of a shared server. Its folder holds lease (locked by users), supervisor (locked by the
// supervisor), server (the address, while there is one), log, and a folder for each server.
type host struct {
	dir  string
	idle time.Duration
}

// leases are held until the process ends, by folder.
var leases = struct {
	sync.Mutex
	byDir map[string]*flock.Lock
}{byDir: map[string]*flock.Lock{}}

func defaultDir() string {
	return filepath.Join(os.TempDir(), "rowan-pgtest-"+strconv.Itoa(os.Getuid()))
}

func (h host) file(name string) string { return filepath.Join(h.dir, name) }

// connect returns the address of a server that answers, starting one if need be. The server stays for as long as this
// process lives.
func (h host) connect(ctx context.Context) (url.URL, error) {
	if err := h.makeFolder(); err != nil {
		return url.URL{}, err
	}
	if err := h.lease(ctx); err != nil {
		return url.URL{}, fmt.Errorf("lease the server: %w", err)
	}
	var supervisor chan error // the exit of the one that we started
	for {
		server, err := h.probe(ctx)
		if err == nil {
			return server, nil
		}
		select {
		case failed := <-supervisor:
			if failed != nil {
				return url.URL{}, fmt.Errorf("start PostgreSQL: %w: %s", failed, h.lastWords())
			}
			supervisor = nil // another one was there first
		case <-ctx.Done():
			return url.URL{}, fmt.Errorf("wait for PostgreSQL (%w): %s", err, h.lastWords())
		case <-time.After(lookAgain):
		}
		if supervisor == nil && h.unsupervised() {
			if supervisor, err = h.spawn(); err != nil {
				return url.URL{}, fmt.Errorf("start the supervisor: %w", err)
			}
		}
	}
}

// makeFolder makes the folder, which the server's own user passes through when root runs the tests, and refuses one
// that another user has made first.
func (h host) makeFolder() error {
	if err := os.MkdirAll(h.dir, 0o755); err != nil {
		return err
	}
	if !private(h.dir) {
		return fmt.Errorf("the folder %s belongs to another user: set TMPDIR to a folder of your own", h.dir)
	}
	return nil
}

func (h host) lease(ctx context.Context) error {
	leases.Lock()
	defer leases.Unlock()
	if leases.byDir[h.dir] != nil {
		return nil
	}
	lease, err := flock.Wait(ctx, h.file("lease"), flock.Shared)
	if err == nil {
		leases.byDir[h.dir] = lease
	}
	return err
}

// probe connects to the server that the file names.
func (h host) probe(ctx context.Context) (url.URL, error) {
	content, err := os.ReadFile(h.file("server"))
	if err != nil {
		return url.URL{}, errors.New("no server yet")
	}
	server, err := url.Parse(strings.TrimSpace(string(content)))
	if err != nil {
		return url.URL{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, server.String())
	if err != nil {
		return url.URL{}, err
	}
	return *server, conn.Close(ctx)
}

// unsupervised says that no supervisor runs.
func (h host) unsupervised() bool {
	lock, err := flock.Try(h.file("supervisor"), flock.Exclusive)
	if err != nil {
		return false
	}
	return lock.Release() == nil
}

// spawn starts this program again as the supervisor. It shares no file with us: go test waits for whoever holds the
// test's output open.
func (h host) spawn() (chan error, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	log, err := os.OpenFile(h.file("log"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), superviseVariable+"="+h.dir, idleVariable+"="+h.idle.String())
	cmd.Stderr = log
	cmd.SysProcAttr = detached()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	return exited, nil
}

// lastWords is the end of the supervisor's log.
func (h host) lastWords() string {
	content, _ := os.ReadFile(h.file("log")) // no log says nothing
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	return lines[len(lines)-1]
}
