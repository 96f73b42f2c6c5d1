package app

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// frame answers what the shell of every page asks. Names of places and the sign-offs change a few times a
// year, so they are kept for a minute instead of being read for each page.
type frame struct {
	accounts *account.Service
	db       *postgres.DB
	demo     bool
	now      func() time.Time

	mu      sync.Mutex
	until   time.Time
	assured bool
	names   map[uuid.UUID]string
}

const frameKept = time.Minute

// refresh forgets what is older than a minute; the caller holds the lock.
func (f *frame) refresh(ctx context.Context) {
	if now := f.now(); now.After(f.until) {
		f.until, f.names = now.Add(frameKept), map[uuid.UUID]string{}
		// An installation whose sign-offs cannot be read is not assured.
		_, f.assured, _ = f.accounts.Installed(ctx)
	}
}

func (f *frame) notAssured(ctx context.Context) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refresh(ctx)
	return !f.demo && !f.assured
}

func (f *frame) place(ctx context.Context, a access.Actor) string {
	id := a.Organisation
	if a.Role.AtService() {
		id = a.Service
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refresh(ctx)
	if name, ok := f.names[id]; ok {
		return name
	}
	var name string
	err := f.db.InTenant(ctx, a.At(access.Hall), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select coalesce((select name from service where id = $1),
 (select name from organisation_span where organisation_id = $1 and valid_to is null), '')`, id).Scan(&name)
	})
	if err != nil {
		return ""
	}
	f.names[id] = name
	return name
}

// denied writes down an attempt that the access table refused. It cannot fail the request, which is refused
// already; a database that does not answer is in the log of the next query.
func (a *App) denied(ctx context.Context, actor access.Actor, p access.Permission, o access.Object, reason string) {
	if actor.Role == access.Anonymous {
		return
	}
	err := a.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{At: a.d.Now(), Action: string(p), Kind: kindOr(o.Kind), Object: o.ID, Subject: o.Subject,
			Denied: true, Detail: map[string]string{"reason": reason}})
	})
	if err != nil {
		a.d.Log.ErrorContext(ctx, "denied attempt not recorded", "permission", p, "err", err)
	}
}

func kindOr(kind string) string {
	if kind == "" {
		return "page"
	}
	return kind
}
