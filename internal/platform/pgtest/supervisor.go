package pgtest

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild/flock"
)

// These variables turn a test program into the supervisor. Test programs are the only programs that a test can count
// on having, and they know nothing of the supervisor: hence init, which does nothing in an ordinary test.
const (
	superviseVariable = "ROWAN_PGTEST_SUPERVISE"
	idleVariable      = "ROWAN_PGTEST_IDLE"
)

func init() {
	dir := os.Getenv(superviseVariable)
	if dir == "" {
		return
	}
	idle, err := time.ParseDuration(os.Getenv(idleVariable))
	if err == nil {
		err = host{dir: dir, idle: idle}.supervise()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

const (
	turnTime  = 2 * time.Second        // callers hold the supervisor's lock for an instant to see whether it is free
	checkTime = 250 * time.Millisecond // between two looks at the lease
	stopTime  = 10 * time.Second       // for PostgreSQL to stop in order; nobody uses it by then
)

// supervise runs a server until it is idle. It returns nil at once when another supervisor does that.
func (h host) supervise() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	claim, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	lock, err := flock.Wait(claim, h.file("supervisor"), flock.Exclusive)
	if err != nil {
		return nil
	}
	defer lock.Release()
	var lease *flock.Lock
	defer func() { // after everything is cleared: until then callers wait for the lease
		if lease != nil {
			lease.Release()
		}
	}()
	h.clear()
	dir := h.file(fmt.Sprintf("pg-%d", os.Getpid()))
	child, err := pgchild.Start(ctx, pgchild.Config{
		Dir: dir, Bin: os.Getenv("ROWAN_PG_BIN"), Volatile: true,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return err
	}
	defer h.clear()
	defer func() {
		end, cancel := context.WithTimeout(context.Background(), stopTime)
		defer cancel()
		child.Stop(end)
	}()
	address := child.DSN(pgchild.Super, "postgres") + "\n"
	if err := os.WriteFile(h.file("server.new"), []byte(address), 0o600); err != nil {
		return err
	}
	if err := os.Rename(h.file("server.new"), h.file("server")); err != nil {
		return err
	}
	lease = h.waitUntilIdle(ctx)
	os.Remove(h.file("server")) // before PostgreSQL stops: callers should find no address rather than a dead one
	return nil
}

// waitUntilIdle returns when nobody has held the lease for the idle time, and holds it then; or when ctx ends.
func (h host) waitUntilIdle(ctx context.Context) *flock.Lock {
	used := time.Now()
	for {
		lease, err := flock.Try(h.file("lease"), flock.Exclusive)
		switch {
		case err != nil:
			used = time.Now()
		case time.Since(used) > h.idle:
			return lease
		default:
			lease.Release()
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(checkTime):
		}
	}
}

// clear removes what supervisors have left, here and where pgchild keeps data that its user could not reach here. What
// cannot be removed is left to the next one: it is named after its process and in nobody's way.
func (h host) clear() {
	os.Remove(h.file("server"))
	folders, _ := filepath.Glob(h.file("pg-*")) // the pattern is well formed
	for _, dir := range folders {
		if elsewhere, err := os.ReadFile(filepath.Join(dir, "location")); err == nil {
			os.RemoveAll(strings.TrimSpace(string(elsewhere)))
		}
		os.RemoveAll(dir)
	}
	_ = os.Truncate(h.file("log"), 0) // a log that keeps growing is no reason to stop
}
