package pgtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
)

const (
	clonePrefix    = "rowan_test_"
	templatePrefix = "rowan_template_"

	// keepTemplates is how many templates stay on a server. More than one, because packages of one run may have keys
	// of their own; not all, because an external server lives long and each change of the migrations makes one.
	keepTemplates = 4

	// externalPassword lets the logins in on an external server, where peer authentication does not. It guards
	// invented data only.
	externalPassword = "rowan-test"
)

// turn is the advisory lock under which templates and copies are made and dropped: migrations of two packages at once
// would trip over each other's logins, and a template must not go while it is copied.
var turn = lockNumber("turn")

// lockNumber gives a name a lock of its own.
func lockNumber(name string) int64 {
	sum := sha256.Sum256([]byte("rowan pgtest " + name))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// owner holds one connection for each server, and on it a lock for each copy this process uses. The locks end with the
// process; they tell other processes which copies are still in use.
var owner = struct {
	sync.Mutex
	byServer map[string]*pgx.Conn
}{byServer: map[string]*pgx.Conn{}}

// newClone makes a copy of the template for key, making that first if need be.
func newClone(ctx context.Context, server url.URL, external bool, migrate Migrate, key string) (*DB, error) {
	admin, err := pgx.Connect(ctx, server.String())
	if err != nil {
		return nil, err
	}
	defer admin.Close(context.WithoutCancel(ctx)) // which gives the lock back, too
	if _, err := admin.Exec(ctx, "select pg_advisory_lock($1)", turn); err != nil {
		return nil, fmt.Errorf("wait for a turn: %w", err)
	}
	if err := dropAbandoned(ctx, admin); err != nil {
		return nil, fmt.Errorf("drop abandoned copies: %w", err)
	}
	sum := sha256.Sum256([]byte(key))
	template := fmt.Sprintf("%s%x", templatePrefix, sum[:8])
	if err := ensureTemplate(ctx, admin, server, external, migrate, template); err != nil {
		return nil, err
	}
	db := &DB{Name: clonePrefix + strings.ToLower(rand.Text()[:16]), server: server, external: external}
	if err := claim(ctx, server, db.Name); err != nil {
		return nil, fmt.Errorf("claim the copy: %w", err)
	}
	if _, err := admin.Exec(ctx, fmt.Sprintf("create database %s template %s", db.Name, template)); err != nil {
		return nil, fmt.Errorf("copy the template: %w", err)
	}
	return db, nil
}

// claim marks a copy as in use by this process.
func claim(ctx context.Context, server url.URL, name string) error {
	owner.Lock()
	defer owner.Unlock()
	conn := owner.byServer[server.String()]
	if conn == nil || conn.Ping(ctx) != nil {
		var err error
		if conn, err = pgx.Connect(ctx, server.String()); err != nil {
			return err
		}
		owner.byServer[server.String()] = conn
	}
	_, err := conn.Exec(ctx, "select pg_advisory_lock($1)", lockNumber(name))
	return err
}

// dropAbandoned drops the copies that no process has claimed.
func dropAbandoned(ctx context.Context, admin *pgx.Conn) error {
	names, err := databases(ctx, admin, "select datname from pg_database where starts_with(datname, $1)", clonePrefix)
	if err != nil {
		return err
	}
	for _, name := range names {
		var free bool
		if err := admin.QueryRow(ctx, "select pg_try_advisory_lock($1)", lockNumber(name)).Scan(&free); err != nil {
			return err
		}
		if !free {
			continue
		}
		_, err := admin.Exec(ctx, "drop database if exists "+name+" with (force)")
		_, errUnlock := admin.Exec(ctx, "select pg_advisory_unlock($1)", lockNumber(name))
		if err := errors.Join(err, errUnlock); err != nil {
			return err
		}
	}
	return nil
}

func databases(ctx context.Context, admin *pgx.Conn, query string, args ...any) ([]string, error) {
	rows, err := admin.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// ensureTemplate migrates a template unless it is there. Only a complete one is marked as a template.
func ensureTemplate(ctx context.Context, admin *pgx.Conn, server url.URL, external bool, migrate Migrate, name string) error {
	var complete bool
	err := admin.QueryRow(ctx, "select datistemplate from pg_database where datname = $1", name).Scan(&complete)
	if complete || (err != nil && !errors.Is(err, pgx.ErrNoRows)) {
		return err
	}
	if _, err := admin.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return fmt.Errorf("drop an unfinished template: %w", err)
	}
	if err := dropOldTemplates(ctx, admin); err != nil {
		return fmt.Errorf("drop old templates: %w", err)
	}
	if _, err := admin.Exec(ctx, "create database "+name+" template template0 encoding 'UTF8' locale 'C'"); err != nil {
		return fmt.Errorf("create the template: %w", err)
	}
	dsn := server
	dsn.Path = "/" + name
	if err := migrate(ctx, dsn.String()); err != nil {
		return fmt.Errorf("migrate the template: %w", err)
	}
	if external {
		if err := setPasswords(ctx, admin); err != nil {
			return fmt.Errorf("set the logins' passwords: %w", err)
		}
	}
	// A template in use cannot be copied: nobody may connect to it again, and who lingers is sent away.
	if _, err := admin.Exec(ctx, "alter database "+name+" with is_template true allow_connections false"); err != nil {
		return fmt.Errorf("finish the template: %w", err)
	}
	_, err = admin.Exec(ctx, "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1", name)
	return err
}

func dropOldTemplates(ctx context.Context, admin *pgx.Conn) error {
	names, err := databases(ctx, admin,
		"select datname from pg_database where starts_with(datname, $1) order by oid desc offset $2", templatePrefix, keepTemplates-1)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := admin.Exec(ctx, "alter database "+name+" with is_template false"); err != nil {
			return err
		}
		if _, err := admin.Exec(ctx, "drop database "+name+" with (force)"); err != nil {
			return err
		}
	}
	return nil
}

func setPasswords(ctx context.Context, admin *pgx.Conn) error {
	names, err := databases(ctx, admin, "select rolname from pg_roles where rolname = any($1) and rolname <> $2", pgchild.Logins(), pgchild.Super)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := admin.Exec(ctx, "alter role "+name+" password '"+externalPassword+"'"); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) drop(ctx context.Context) error {
	admin, err := pgx.Connect(ctx, db.server.String())
	if err != nil {
		return err
	}
	defer admin.Close(context.WithoutCancel(ctx))
	_, err = admin.Exec(ctx, "drop database if exists "+db.Name+" with (force)")
	return err
}
