// Package session keeps sessions on the server, behind the hall wall. The browser holds a random token in a
// __Host- cookie; the database holds its SHA-256, so a copy of the table opens nothing.
package session

import (
	"context"
	"crypto/sha256"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Idle and absolute limits of a session (security.md A.9). Clinical roles get the shorter idle limit in
// account.Service, which knows the role.
const (
	Idle     = 30 * time.Minute
	Lifetime = 12 * time.Hour
)

// NewManager makes the session manager over the database.
func NewManager(db *postgres.DB) *scs.SessionManager {
	m := scs.New()
	m.Store = store{db}
	m.IdleTimeout = Idle
	m.Lifetime = Lifetime
	m.Cookie.Name = "__Host-sid"
	m.Cookie.HttpOnly = true
	m.Cookie.Secure = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	m.Cookie.Persist = false
	return m
}

type store struct{ db *postgres.DB }

var hall = access.Actor{Role: access.System, Wall: access.Hall}

func hash(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// FindCtx reads a live session.
func (s store) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.InTenant(ctx, hall, func(tx *postgres.Tx) error {
		err := tx.QueryRow(ctx, `select data from session where token_hash = $1 and expires_at > now()`, hash(token)).Scan(&data)
		if err == pgx.ErrNoRows {
			return nil
		}
		found = err == nil
		return err
	})
	return data, found, err
}

// CommitCtx writes a session. Every request does, to say when it was, so it does not wait for the disk: a crash of
// the server may forget the last half second, which at worst asks somebody to sign in again. Deleting does wait: a
// session that was ended stays ended.
func (s store) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.db.InTenant(ctx, hall, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `insert into session (token_hash, data, expires_at) 
 select $1::bytea, $2::bytea, $3::timestamptz where set_config('synchronous_commit', 'off', true) = 'off'
 on conflict (token_hash) do update set data = excluded.data, expires_at = excluded.expires_at`, hash(token), data, expiry)
		return err
	})
}

// DeleteCtx ends a session.
func (s store) DeleteCtx(ctx context.Context, token string) error {
	return s.db.InTenant(ctx, hall, func(tx *postgres.Tx) error {
		_, err := tx.Exec(ctx, `delete from session where token_hash = $1`, hash(token))
		return err
	})
}

// Find, Commit and Delete complete scs.Store; scs calls the Ctx forms.
func (s store) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit writes a session.
func (s store) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete ends a session.
func (s store) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
