package pgchild

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// processState is what a process number in an old postmaster.pid turns out to be.
type processState int

const (
	processGone      processState = iota
	processZombie                 // ended, but its parent has not noticed
	processElsewhere              // another program that inherited the number
	processLive                   // a PostgreSQL on this data
)

const (
	politeTime = 3 * time.Second // before a left-over server is stopped at once; it has no sessions to wait for
	zombieTime = 2 * time.Second // for a zombie's parent to notice; in a container it may be a process that never does
	graceTime  = 5 * time.Second // for a server that stops at once
	lookAgain  = 20 * time.Millisecond
)

// clearStale makes sure that no other server runs on data, which our lock does not tell: a server outlives a killed
// Rowan for a moment, and PostgreSQL itself refuses to start while any process has the number in postmaster.pid.
func clearStale(ctx context.Context, data string) error {
	path := filepath.Join(data, "postmaster.pid")
	pid, err := postmaster(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return os.Remove(path) // no number in it: the machine went down while it was written
	}
	if inspectProcess(pid, data) == processGone {
		return nil // PostgreSQL sees that too, and then looks for left-over shared memory by this file
	}
	began := time.Now()
	var sent syscall.Signal
	for {
		waited := time.Since(began)
		switch inspectProcess(pid, data) {
		case processGone, processElsewhere:
			return removeIfThere(path)
		case processZombie:
			if waited > zombieTime {
				return removeIfThere(path)
			}
		case processLive:
			want := stopFast
			if waited > politeTime {
				want = stopNow
			}
			if waited > politeTime+graceTime {
				return refuse(nil, "An earlier PostgreSQL (process %d) still uses %s and does not stop: stop it and start Rowan again.", pid, data)
			}
			if sent != want {
				sent = want
				if err := signal(pid, want); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return err
				}
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lookAgain):
		}
	}
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// postmaster reads the process number, the first line of postmaster.pid.
func postmaster(path string) (int, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err == nil && pid <= 1 {
		err = errors.New("not a process number")
	}
	return pid, err
}

// isReady reads the status, the eighth line, which PostgreSQL writes once it takes connections.
func isReady(path string, pid int) bool {
	content, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	lines := strings.Split(string(content), "\n")
	return len(lines) > 7 && lines[0] == strconv.Itoa(pid) && strings.TrimSpace(lines[7]) == "ready"
}
