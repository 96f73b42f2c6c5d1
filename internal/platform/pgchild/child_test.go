package pgchild

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// folderFor makes a folder that the server's own user can reach even when root runs the tests (t.TempDir it cannot).
func folderFor(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "rowan-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// start starts a server on dir and stops it at the end of the test.
func start(t *testing.T, dir string) *Child {
	t.Helper()
	c, err := Start(t.Context(), Config{Dir: dir, Bin: os.Getenv("ROWAN_PG_BIN"), Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, c) })
	return c
}

func stop(t *testing.T, c *Child) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := c.Stop(ctx); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// ask runs one query that answers with one text.
func ask(ctx context.Context, dsn, query string) (string, error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	var answer string
	err = conn.QueryRow(ctx, query).Scan(&answer)
	return answer, err
}

func mustAsk(t *testing.T, c *Child, query string) string {
	t.Helper()
	answer, err := ask(t.Context(), c.DSN(Super, "postgres"), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

// wantRefusal checks that err is one sentence for a person, with every one of parts in it.
func wantRefusal(t *testing.T, err error, parts ...string) {
	t.Helper()
	if !errors.As(err, new(*UserError)) {
		t.Fatalf("error %v, want a UserError", err)
	}
	text := err.Error()
	if strings.ContainsAny(text, "\n") || !strings.HasSuffix(text, ".") {
		t.Errorf("%q is not one sentence", text)
	}
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
}

func TestStart(t *testing.T) {
	dir := folderFor(t)
	c := start(t, dir)

	t.Run("answers and is healthy", func(t *testing.T) {
		if got := mustAsk(t, c, "select current_user::text"); got != Super || !c.Healthy() {
			t.Errorf("signed in as %s, healthy %v", got, c.Healthy())
		}
	})
	t.Run("opens no network port", func(t *testing.T) {
		if got := mustAsk(t, c, "show listen_addresses"); got != "" {
			t.Errorf("listens on %q", got)
		}
	})
	t.Run("maps every login and no other to this user", func(t *testing.T) {
		for _, login := range Logins() {
			_, err := ask(t.Context(), c.DSN(login, "postgres"), "select current_user::text")
			if login != Super && (err == nil || !strings.Contains(err.Error(), "does not exist")) {
				t.Errorf("%s without a role: %v, want past peer authentication to a missing role", login, err)
			}
		}
		if _, err := ask(t.Context(), c.DSN("postgres", "postgres"), "select 'in'"); err == nil || !strings.Contains(err.Error(), "28000") {
			t.Errorf("a login that is not Rowan's: %v, want 28000", err)
		}
	})
	t.Run("refuses a second instance", func(t *testing.T) {
		_, err := Start(t.Context(), Config{Dir: dir})
		wantRefusal(t, err, "Another Rowan", dir)
	})
	t.Run("keeps the data over a restart", func(t *testing.T) {
		id := mustAsk(t, c, "select system_identifier::text from pg_control_system()")
		stop(t, c)
		<-c.Done()
		if c.Healthy() {
			t.Error("healthy after Stop")
		}
		again := start(t, dir)
		if got := mustAsk(t, again, "select system_identifier::text from pg_control_system()"); got != id {
			t.Errorf("another cluster: %s, want %s", got, id)
		}
	})
}

func TestRestartsAfterKill(t *testing.T) {
	c := start(t, folderFor(t))
	for range 2 {
		pid, err := postmaster(filepath.Join(c.folder.data, "postmaster.pid"))
		if err != nil {
			t.Fatal(err)
		}
		if err := signal(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		waitFor(t, "PostgreSQL to be missed", func() bool { return !c.Healthy() })
		waitFor(t, "PostgreSQL to be back", c.Healthy)
		if got := mustAsk(t, c, "select 'back'"); got != "back" {
			t.Error(got)
		}
	}
}

// waitFor waits for what happens in another process, which cannot signal us.
func waitFor(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited 30 s for %s", what)
		}
	}
}

func TestStopInAHurry(t *testing.T) {
	c := start(t, folderFor(t))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Stop(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("stop: %v, want the context's error", err)
	}
	select {
	case <-c.Done():
	default:
		t.Error("Stop returned before PostgreSQL ended")
	}
}

// TestLogKeepsDataOut makes the errors that quote what a person typed, and looks for it in the log.
func TestLogKeepsDataOut(t *testing.T) {
	var log syncBuffer
	c, err := Start(t.Context(), Config{
		Dir: folderFor(t), Bin: os.Getenv("ROWAN_PG_BIN"), Volatile: true,
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer stop(t, c)
	conn, err := pgx.Connect(t.Context(), c.DSN(Super, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, query := range []string{
		"select 'CANARY'::uuid",
		"select CANARY",
		"create temp table x as select 'CANARY' as a; create unique index on x (a); insert into x values ('CANARY')",
		"do $$ begin raise warning 'CANARY'; end $$",
		"do $$ begin raise exception 'x' using detail = 'CANARY'; end $$",
	} {
		conn.Exec(t.Context(), query) // all but the warning fail, which is the point
	}
	if _, err := conn.Exec(t.Context(), "select $1::text::uuid", "CANARY"); err == nil {
		t.Error("a word passed for a uuid")
	}
	// A dead backend is logged with the statement it ran, in the DETAIL.
	if _, err := conn.Exec(t.Context(), "select pg_advisory_lock(1), 'CANARY', pg_terminate_backend(pg_backend_pid())"); err == nil {
		t.Error("a terminated session answered")
	}
	stop(t, c)
	if text := log.String(); strings.Contains(text, "CANARY") || !strings.Contains(text, "terminating connection") {
		t.Errorf("the log shows what was typed, or nothing at all:\n%s", text)
	}
}

// syncBuffer is a buffer that the listener writes to while the test reads.
type syncBuffer struct {
	mu sync.Mutex
	strings.Builder
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Builder.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Builder.String()
}
