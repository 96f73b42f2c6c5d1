package improvement

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Audited runs a command in one transaction with its audit row; one that changes nothing leaves none.
func Audited(ctx context.Context, db *postgres.DB, a access.Actor, at time.Time, action, kind string, id uuid.UUID, fn func(*postgres.Tx) (changed bool, err error)) error {
	return db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		changed, err := fn(tx)
		if err != nil || !changed {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: kind, Object: id})
	})
}

// Refuse makes an error of what a command's caller should have seen on the form.
func Refuse(f fault.Fields) error {
	if len(f) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, f[0].Key)
}

// Changed is the answer to a page that shows something older than what is stored.
func Changed() error { return fault.New(fault.Conflict, "improvement.conflict") }
