package world

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/rowan-ohwb/rowan/database"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

var opened sync.Map // *pgtest.DB -> *postgres.DB

// Open gives the test process its migrated database, behind all seven walls.
func Open(t testing.TB) *postgres.DB {
	t.Helper()
	return pools(t, pgtest.New(t, migrate, migrationsHash()))
}

// Super gives the connection string of the database's superuser, for tests that look behind the walls.
func Super(t testing.TB) string {
	t.Helper()
	return pgtest.New(t, migrate, migrationsHash()).DSN("super")
}

// Version names the migrations: a test with a database of its own puts it into its key.
func Version() string { return migrationsHash() }

func pools(t testing.TB, d *pgtest.DB) *postgres.DB {
	t.Helper()
	if db, ok := opened.Load(d); ok {
		return db.(*postgres.DB)
	}
	db, err := postgres.Open(context.Background(), func(login string) string {
		return d.DSN(strings.TrimPrefix(login, postgres.LoginPrefix))
	}, postgres.LoginPrefix)
	if err != nil {
		t.Fatal(err)
	}
	opened.Store(d, db)
	return db
}

func migrate(ctx context.Context, dsn string) error {
	return postgres.Migrate(ctx, postgres.MigrateOptions{Admin: dsn})
}

var migrationsHash = sync.OnceValue(func() string {
	h := sha256.New()
	h.Write([]byte(postgres.Preparation))
	files, _ := fs.Glob(database.Migrations, "migrations/*.sql")
	for _, f := range files {
		b, err := fs.ReadFile(database.Migrations, f)
		if err != nil {
			panic(err) // embedded
		}
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
})
