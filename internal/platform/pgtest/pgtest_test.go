package pgtest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// migrateItem is a small set of migrations: a table, and a login that may read it.
func migrateItem(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `
		do $$ begin create role rowan_hall login; exception when duplicate_object then null; end $$;
		create table item (name text);
		grant select on item to rowan_hall;`)
	return err
}

func run(t *testing.T, dsn, query string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	var answer string
	if err := conn.QueryRow(t.Context(), query).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

func TestNew(t *testing.T) {
	var migrated atomic.Int32
	migrate := func(ctx context.Context, dsn string) error {
		migrated.Add(1)
		return migrateItem(ctx, dsn)
	}
	key := "item " + strconv.Itoa(os.Getpid())
	db := New(t, migrate, key)

	t.Run("is one database for the process", func(t *testing.T) {
		if again := New(t, migrate, key); again.Name != db.Name {
			t.Errorf("%s, then %s", db.Name, again.Name)
		}
	})
	t.Run("signs in as each login", func(t *testing.T) {
		if got := run(t, db.DSN("hall"), "select current_user::text || count(*) from item"); got != "rowan_hall0" {
			t.Error(got)
		}
	})
	t.Run("is apart from a fresh one", func(t *testing.T) {
		run(t, db.DSN("super"), "insert into item values ('a') returning name")
		var name string
		t.Run("which", func(t *testing.T) {
			fresh := Fresh(t, migrate, key)
			name = fresh.Name
			if got := run(t, fresh.DSN("super"), "select count(*)::text from item"); got != "0" {
				t.Errorf("%s items in a fresh database", got)
			}
		})
		if got := run(t, db.DSN("super"), "select count(*)::text from pg_database where datname = '"+name+"'"); got != "0" {
			t.Error("a fresh database outlived its test")
		}
	})
	t.Run("migrates once for each key", func(t *testing.T) {
		if n := migrated.Load(); n != 1 {
			t.Errorf("migrated %d times", n)
		}
	})
}

// TestUnfinishedTemplate checks that a migration that failed does not leave its template behind for the next caller.
func TestUnfinishedTemplate(t *testing.T) {
	server, external, err := find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	key := "unfinished " + strconv.Itoa(os.Getpid())
	_, err = newClone(t.Context(), server, external, func(context.Context, string) error { return fmt.Errorf("no such table") }, key)
	if err == nil || !strings.Contains(err.Error(), "migrate the template: no such table") {
		t.Fatalf("a failed migration: %v", err)
	}
	db := Fresh(t, migrateItem, key)
	run(t, db.DSN("super"), "select count(*)::text from item")
}

// helperVariable turns this test program into another package's tests: it makes a copy, prints where, and waits.
const helperVariable = "ROWAN_PGTEST_HELPER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperVariable); dir != "" {
		os.Exit(help(host{dir: dir, idle: 500 * time.Millisecond}))
	}
	os.Exit(m.Run())
}

func help(h host) int {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	server, err := h.connect(ctx)
	var db *DB
	if err == nil {
		db, err = newClone(ctx, server, false, migrateItem, "helper")
	}
	if err != nil {
		fmt.Println("failed:", err)
		return 1
	}
	fmt.Println(db.DSN("super"))
	os.Stdin.Read(make([]byte, 1)) // until the test closes it
	return 0
}

type helper struct {
	cmd  *exec.Cmd
	dsn  string
	quit func()
}

func startHelper(t *testing.T, dir string) *helper {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperVariable+"="+dir)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	h := &helper{cmd: cmd, quit: func() { stdin.Close(); cmd.Wait() }}
	t.Cleanup(h.quit)
	var line []byte
	for one := make([]byte, 1); !bytes.HasSuffix(line, []byte("\n")); {
		if _, err := stdout.Read(one); err != nil {
			t.Fatalf("the helper ended: %s", line)
		}
		line = append(line, one...)
	}
	if h.dsn = strings.TrimSpace(string(line)); !strings.HasPrefix(h.dsn, "postgres://") {
		t.Fatal(h.dsn)
	}
	return h
}

// place makes a folder for a server of this test's own.
func place(t *testing.T) host {
	t.Helper()
	dir, err := os.MkdirTemp("", "rowan-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	h := host{dir: dir}
	t.Cleanup(func() {
		waitFor(t, "the supervisor to end", h.unsupervised)
		os.RemoveAll(dir)
	})
	return h
}

func waitFor(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !happened(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited 30 s for %s", what)
		}
	}
}

const whichServer = "select system_identifier::text from pg_control_system()"

func TestServer(t *testing.T) {
	h := place(t)
	one, two := make(chan *helper, 1), make(chan *helper, 1)
	for _, c := range []chan *helper{one, two} { // both find no server
		go func() { defer close(c); c <- startHelper(t, h.dir) }()
	}
	first, second := <-one, <-two
	if first == nil || second == nil {
		t.Fatal("a helper did not start")
	}
	id := run(t, first.dsn, whichServer)
	t.Run("is shared by processes that start together", func(t *testing.T) {
		if other := run(t, second.dsn, whichServer); other != id || first.dsn == second.dsn {
			t.Errorf("servers %s and %s, databases %s and %s", id, other, first.dsn, second.dsn)
		}
	})
	t.Run("loses the copies of a killed process", func(t *testing.T) {
		gone := databaseOf(t, second.dsn)
		second.cmd.Process.Kill()
		second.quit()
		third := startHelper(t, h.dir)
		if left := run(t, first.dsn, "select count(*)::text from pg_database where datname = '"+gone+"'"); left != "0" {
			t.Error("the copy is still there")
		}
		third.quit()
	})
	t.Run("stays while one process uses it", func(t *testing.T) {
		time.Sleep(1500 * time.Millisecond) // three times the helpers' idle time: what must not happen sends no signal
		if again := run(t, first.dsn, whichServer); again != id {
			t.Errorf("another server, %s", again)
		}
	})
	t.Run("is replaced when the supervisor is killed", func(t *testing.T) {
		supervisor, err := os.FindProcess(supervisorOf(t, first.dsn))
		if err != nil {
			t.Fatal(err)
		}
		if err := supervisor.Kill(); err != nil {
			t.Fatal(err)
		}
		fourth := startHelper(t, h.dir)
		if next := run(t, fourth.dsn, whichServer); next == id {
			t.Error("the same server, want a new one")
		}
		fourth.quit()
	})
	t.Run("stops when nobody uses it and leaves nothing", func(t *testing.T) {
		first.quit()
		waitFor(t, "the supervisor to end", h.unsupervised)
		entries, err := os.ReadDir(h.dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), "pg-") || e.Name() == "server" {
				t.Errorf("%s is left", e.Name())
			}
		}
	})
}

func databaseOf(t *testing.T, dsn string) string {
	return run(t, dsn, "select current_database()::text")
}

// supervisorOf reads the process number in the name of the server's folder, pg-123.
func supervisorOf(t *testing.T, dsn string) int {
	t.Helper()
	data := run(t, dsn, "show data_directory")
	_, rest, _ := strings.Cut(data, "/pg-")
	number, _, _ := strings.Cut(rest, "/")
	pid, err := strconv.Atoi(number)
	if err != nil {
		t.Fatalf("no process number in %s", data)
	}
	return pid
}
