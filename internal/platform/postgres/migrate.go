package postgres

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/rowan-ohwb/rowan/database"
	"github.com/rowan-ohwb/rowan/internal/access"
)

// RiverSchema is where River keeps its jobs; only the worker login may look.
const RiverSchema = "river"

// Preparation changes whenever Migrate itself does (roles, grants, job schema): with the migrations it names what a
// migrated database looks like, so that tests reuse one only while that is true.
const Preparation = "3"

// MigrateOptions says how to prepare a database.
type MigrateOptions struct {
	Admin   string // connection string of an administrator (CREATEROLE, owner of the database; a superuser closes the statistics, too)
	Prefix  string // of the logins; "" means LoginPrefix
	Secrets string // file to which passwords of new logins are written; "" when logins need none (child PostgreSQL)
}

// Migrate makes the logins, then brings the schema to the newest version. It is safe to run again.
func Migrate(ctx context.Context, o MigrateOptions) error {
	if o.Prefix == "" {
		o.Prefix = LoginPrefix
	}
	if err := prepare(ctx, o); err != nil {
		return err
	}
	cfg, err := pgxpool.ParseConfig(o.Admin)
	if err != nil {
		return fmt.Errorf("read the administrator's address: %w", err)
	}
	// Everything the migrations make belongs to the owner, who cannot sign in.
	cfg.ConnConfig.RuntimeParams["role"] = o.Prefix + "owner"
	cfg.ConnConfig.RuntimeParams["search_path"] = "public"
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("connect as administrator: %w", err)
	}
	defer pool.Close()
	files, err := migrations(o.Prefix)
	if err != nil {
		return err
	}
	conn := stdlib.OpenDBFromPool(pool)
	defer conn.Close()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	goose, err := goose.NewProvider(goose.DialectPostgres, conn, files, goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := goose.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return migrateRiver(ctx, pool, o.Prefix)
}

func migrateRiver(ctx context.Context, pool *pgxpool.Pool, prefix string) error {
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: RiverSchema})
	if err != nil {
		return fmt.Errorf("read job migrations: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	worker := pgx.Identifier{prefix + string(access.Worker)}.Sanitize()
	_, err = pool.Exec(ctx, fmt.Sprintf(`grant usage on schema %[1]s to %[2]s;
grant select, insert, update, delete on all tables in schema %[1]s to %[2]s;
grant usage on all sequences in schema %[1]s to %[2]s;
grant execute on all functions in schema %[1]s to %[2]s`, RiverSchema, worker))
	if err != nil {
		return fmt.Errorf("grant jobs to the worker: %w", err)
	}
	return nil
}

// prepare makes the owner and the logins where they are missing. Roles belong to the whole cluster, so a role
// that another database made is kept as it is.
func prepare(ctx context.Context, o MigrateOptions) error {
	conn, err := pgx.Connect(ctx, o.Admin)
	if err != nil {
		return fmt.Errorf("connect as administrator: %w", err)
	}
	defer conn.Close(ctx)
	var version int
	if err := conn.QueryRow(ctx, `select current_setting('server_version_num')::int / 10000`).Scan(&version); err != nil {
		return fmt.Errorf("ask the version: %w", err)
	}
	if version < 15 {
		return fmt.Errorf("PostgreSQL %d is too old: Rowan needs 15 or later", version)
	}
	owner := pgx.Identifier{o.Prefix + "owner"}.Sanitize()
	if err := createRole(ctx, conn, o.Prefix+"owner", "nologin"); err != nil {
		return err
	}
	var secrets []byte
	for _, w := range access.Walls {
		login := o.Prefix + string(w)
		attributes := "login"
		if o.Secrets != "" {
			password := make([]byte, 24)
			if _, err := rand.Read(password); err != nil {
				return err
			}
			text := base64.RawURLEncoding.EncodeToString(password)
			attributes += " password '" + text + "'"
			secrets = fmt.Appendf(secrets, "%s=%s\n", login, text)
		}
		if err := createRole(ctx, conn, login, attributes); err != nil {
			return err
		}
	}
	if o.Secrets != "" {
		if err := os.WriteFile(o.Secrets, secrets, 0o600); err != nil {
			return fmt.Errorf("write the logins' passwords: %w", err)
		}
	}
	// An administrator who is no superuser is a member of the owner after the first time, and may not grant it again what it would
	// itself be granting.
	// The advisory lock keeps two migrations of one cluster from granting at the same moment, which
	// PostgreSQL answers with "tuple concurrently updated".
	_, err = conn.Exec(ctx, fmt.Sprintf(`select pg_advisory_lock(7370);
do $$ begin execute format('grant create, connect on database %%I to %[1]s', current_database()); end $$;
grant %[1]s to current_user;
do $$ begin
  if not has_schema_privilege('%[1]s'::regrole::oid, 'public', 'create with grant option') then
    grant all on schema public to %[1]s with grant option;
  end if;
end $$;
revoke all on schema public from public;
create schema if not exists %[2]s authorization %[1]s;
set role %[1]s;
alter default privileges revoke execute on functions from public;
reset role;
select pg_advisory_unlock(7370)`, owner, RiverSchema))
	if err != nil {
		return fmt.Errorf("prepare the owner: %w", err)
	}
	return closeStatistics(ctx, conn)
}

func createRole(ctx context.Context, conn *pgx.Conn, name, attributes string) error {
	var exists bool
	if err := conn.QueryRow(ctx, `select exists (select 1 from pg_roles where rolname = $1)`, name).Scan(&exists); err != nil {
		return fmt.Errorf("look for role %s: %w", name, err)
	}
	verb := "create"
	if exists {
		if attributes == "login" || attributes == "nologin" {
			return nil
		}
		verb = "alter"
	}
	_, err := conn.Exec(ctx, fmt.Sprintf("%s role %s %s", verb, pgx.Identifier{name}.Sanitize(), attributes))
	// Two databases of one cluster may be prepared at once: the second finds the role just made.
	if err != nil && Code(err) != "42710" && Code(err) != UniqueViolation {
		return fmt.Errorf("make role %s: %w", name, err)
	}
	return nil
}

var loginName = regexp.MustCompile(`\browan_(owner|hall|employer|clinical|portal|growth|audit|worker)\b`)

// migrations gives the files with the logins' prefix in place of rowan_.
func migrations(prefix string) (fs.FS, error) {
	sub, err := fs.Sub(database.Migrations, "migrations")
	if err != nil || prefix == LoginPrefix {
		return sub, err
	}
	names, err := fs.Glob(sub, "*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		b, err := fs.ReadFile(sub, name)
		if err != nil {
			return nil, err
		}
		out[name] = &fstest.MapFile{Data: loginName.ReplaceAll(b, []byte(prefix+"$1"))}
	}
	return out, nil
}
