package audit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit/tree"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// exportPage is how many events are read at once: about 3 MB.
const exportPage = 5000

// Export writes every sealed event up to the newest checkpoint, as tree.Verify reads it, and first says so in the
// audit itself. The house (access.SystemActor, for the command line) gets all events; anybody else those of the
// organisation and service they act for, the rest withheld: their hashes are there, so the export verifies whole.
//
// Each page is a transaction of its own, so that a slow reader holds none open; sealed rows do not change.
func Export(ctx context.Context, database *postgres.DB, actor access.Actor, at time.Time, w io.Writer) error {
	var size int64
	err := database.InTenant(ctx, actor.At(access.Audit), func(tx *postgres.Tx) error {
		newest, err := db.New(tx).NewestCheckpoint(ctx)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find newest checkpoint: %w", err)
		}
		size = newest.Size
		return Append(ctx, tx, Entry{At: at, Action: "audit.exported", Kind: "audit", Detail: map[string]string{"size": fmt.Sprint(size)}})
	})
	for first := int64(0); err == nil && first < size; first += exportPage {
		var rows []db.ListSealedRow
		// As the sealer: the tenant's policy would leave gaps, and a gap must mean that an event is gone.
		err = database.InTenant(ctx, sealer, func(tx *postgres.Tx) (err error) {
			rows, err = db.New(tx).ListSealed(ctx, db.ListSealedParams{First: first, Size: min(size, first+exportPage), Most: exportPage})
			return err
		})
		for _, r := range rows {
			if err == nil {
				err = write(w, actor, r)
			}
		}
	}
	if err != nil {
		return fmt.Errorf("export audit: %w", err)
	}
	return nil
}

func write(w io.Writer, actor access.Actor, r db.ListSealedRow) error {
	var leaf tlog.Hash
	if copy(leaf[:], r.Hash) != len(leaf) || len(r.Hash) != len(leaf) {
		return fmt.Errorf("leaf %d is no hash", r.Seq)
	}
	e, err := numbered(r.Seq, r.AuditEvent)
	if err != nil {
		return err
	}
	if !concerns(actor, e.Event) {
		return tree.WriteWithheld(w, r.Seq, leaf)
	}
	return tree.WriteLine(w, r.Seq, e.Event, leaf)
}

// concerns is the row policy of the audit login, in Go.
func concerns(a access.Actor, e tree.Event) bool {
	same := func(mine, its uuid.UUID) bool { return mine != uuid.Nil && mine == its }
	return a.Role == access.System || same(a.Organisation, e.OrganisationID) || same(a.Service, e.ServiceID)
}
