package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rowan-ohwb/rowan/internal/platform/pgchild"
)

// patience bounds everything New does, the first start of a server and the migrations included. On two busy cores they
// take about 10 s; go test gives a package 10 minutes.
const patience = 3 * time.Minute

// Migrate brings an empty database up to date; dsn signs in as the superuser. It must close its connections.
type Migrate func(ctx context.Context, dsn string) error

// A DB is a migrated database.
type DB struct {
	Name     string
	server   url.URL // the superuser's, on the maintenance database
	external bool
}

// DSN is the connection string for one of the logins, by its short name: hall, employer, clinical, portal, growth,
// audit, worker, migrate or super.
func (db *DB) DSN(login string) string {
	if !slices.Contains(pgchild.Logins(), "rowan_"+login) {
		panic(fmt.Sprintf("pgtest: there is no login %q", login))
	}
	dsn := db.server
	dsn.Path = "/" + db.Name
	switch {
	case login == "super": // the server's own superuser, whatever it is called
	case db.external:
		dsn.User = url.UserPassword("rowan_"+login, externalPassword)
	default:
		dsn.User = url.User("rowan_" + login)
	}
	return dsn.String()
}

var (
	ours   = host{dir: defaultDir(), idle: idleTime}
	shared = struct {
		sync.Mutex
		byKey map[string]*DB
	}{byKey: map[string]*DB{}}
)

// New returns the database of this test process for key: the first call makes it, later ones return the same. The key
// stands for what migrate does; a hash of the migrations serves.
func New(t testing.TB, migrate Migrate, key string) *DB {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if db := shared.byKey[key]; db != nil {
		return db
	}
	db := clone(t, migrate, key)
	shared.byKey[key] = db
	return db
}

// Fresh returns a database that only this test uses, dropped at its end.
func Fresh(t testing.TB, migrate Migrate, key string) *DB {
	t.Helper()
	db := clone(t, migrate, key)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := db.drop(ctx); err != nil {
			t.Errorf("pgtest: %v", err)
		}
	})
	return db
}

func clone(t testing.TB, migrate Migrate, key string) *DB {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	server, external, err := find(ctx)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	db, err := newClone(ctx, server, external, migrate, key)
	if err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	return db
}

// find returns the superuser's address of the server.
func find(ctx context.Context) (url.URL, bool, error) {
	given := os.Getenv("ROWAN_TEST_DATABASE_URL")
	if given == "" {
		server, err := ours.connect(ctx)
		return server, false, err
	}
	server, err := url.Parse(given)
	if err != nil || !strings.HasPrefix(server.Scheme, "postgres") {
		return url.URL{}, true, fmt.Errorf("ROWAN_TEST_DATABASE_URL is not a postgres:// address") // and not shown: it holds a password
	}
	return *server, true, nil
}
