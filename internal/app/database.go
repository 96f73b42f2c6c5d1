package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/config"
	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// childDatabase is the database of a child PostgreSQL.
const childDatabase = "rowan"

// Database is an open database, and the child process behind it if there is one.
type Database struct {
	*postgres.DB
	child *pgchild.Child
}

// OpenDatabase connects to the external PostgreSQL of the configuration, or starts a child and brings it up to
// date. An external one is brought up to date by `rowan migrate`, because serve never holds owner rights.
func OpenDatabase(ctx context.Context, cfg config.Config, log *slog.Logger) (*Database, error) {
	if cfg.DatabaseURL != "" {
		source, err := external(cfg)
		if err != nil {
			return nil, err
		}
		db, err := postgres.Open(ctx, source, cfg.LoginPrefix)
		if err != nil {
			return nil, err
		}
		if err := db.Ping(ctx); err != nil {
			db.Close()
			return nil, fmt.Errorf("the database does not answer as expected: see that it runs, and run `rowan migrate` first (%w)", err)
		}
		tells, err := postgres.TellsRows(ctx, source(cfg.LoginPrefix+string(access.Hall)))
		if err != nil {
			db.Close()
			return nil, err
		}
		if tells {
			log.Warn("PostgreSQL's statistics tell every login how many rows each table has: run `rowan migrate` once as a superuser")
		}
		return &Database{DB: db}, nil
	}
	child, err := pgchild.Start(ctx, pgchild.Config{Dir: cfg.Data, Bin: cfg.PostgresBin, Log: log})
	if err != nil {
		return nil, err
	}
	d := &Database{child: child}
	if err := d.prepare(ctx); err != nil {
		return nil, errors.Join(err, d.Close(ctx))
	}
	return d, nil
}

func (d *Database) prepare(ctx context.Context) error {
	if err := createDatabase(ctx, d.child.DSN(pgchild.Super, "postgres")); err != nil {
		return err
	}
	if err := postgres.Migrate(ctx, postgres.MigrateOptions{Admin: d.child.DSN(pgchild.Super, childDatabase)}); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, func(login string) string { return d.child.DSN(login, childDatabase) }, postgres.LoginPrefix)
	if err != nil {
		return err
	}
	d.DB = db
	return db.Ping(ctx)
}

func createDatabase(ctx context.Context, admin string) error {
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return fmt.Errorf("connect to the child PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	var exists bool
	if err := conn.QueryRow(ctx, `select exists (select 1 from pg_database where datname = $1)`, childDatabase).Scan(&exists); err != nil {
		return fmt.Errorf("look for the database: %w", err)
	}
	if exists {
		return nil
	}
	if _, err := conn.Exec(ctx, `create database `+childDatabase); err != nil {
		return fmt.Errorf("make the database: %w", err)
	}
	return nil
}

// analyze has the child count its rows now: in a bulk load, plans are made long before PostgreSQL counts by itself.
func (d *Database) analyze(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, d.child.DSN(pgchild.Super, childDatabase))
	if err != nil {
		return fmt.Errorf("connect to the child PostgreSQL: %w", err)
	}
	_, err = conn.Exec(ctx, `analyze`)
	return errors.Join(err, conn.Close(ctx))
}

// remake drops the child's database and makes an empty one: a demonstration that was interrupted begins anew.
func (d *Database) remake(ctx context.Context) error {
	d.DB.Close()
	d.DB = nil
	conn, err := pgx.Connect(ctx, d.child.DSN(pgchild.Super, "postgres"))
	if err != nil {
		return fmt.Errorf("connect to the child PostgreSQL: %w", err)
	}
	_, err = conn.Exec(ctx, `drop database `+childDatabase+` with (force)`)
	if err = errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("drop the unfinished demonstration: %w", err)
	}
	return d.prepare(ctx)
}

// Healthy says whether the child, if there is one, runs.
func (d *Database) Healthy() bool { return d.child == nil || d.child.Healthy() }

// Close closes the pools and stops the child.
func (d *Database) Close(ctx context.Context) error {
	if d.DB != nil {
		d.DB.Close()
	}
	if d.child == nil {
		return nil
	}
	return d.child.Stop(ctx)
}

// external gives each login the address of the configuration with its own name and password.
func external(cfg config.Config) (postgres.Source, error) {
	u, err := url.Parse(cfg.DatabaseURL)
	if err != nil || u.Host == "" && u.Query().Get("host") == "" {
		return nil, errors.New("ROWAN_DATABASE_URL is not an address such as postgres://db.example:5432/rowan")
	}
	passwords, err := readSecrets(cfg.SecretsFile)
	if err != nil {
		return nil, err
	}
	return func(login string) string {
		own := *u
		own.User = url.User(login)
		if p := passwords[login]; p != "" {
			own.User = url.UserPassword(login, p)
		}
		return own.String()
	}, nil
}

// readSecrets reads login=password lines; no file is no passwords.
func readSecrets(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the logins' passwords: %w", err)
	}
	defer f.Close()
	out := map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		if login, password, ok := strings.Cut(strings.TrimSpace(s.Text()), "="); ok {
			out[login] = password
		}
	}
	return out, nil
}
