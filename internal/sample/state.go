package sample

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/sample/cast"
)

// State is what an installation holds.
type State int

// The states of an installation, as far as the demonstration cares.
const (
	Empty State = iota
	Half        // a sample that was interrupted
	Complete
	Real // somebody's own data
)

// StateOf says what a database holds.
func StateOf(ctx context.Context, db *postgres.DB) (s State, err error) {
	err = db.InTenant(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		var demo, complete bool
		err := tx.QueryRow(ctx, `select demo, sample_at is not null from installation`).Scan(&demo, &complete)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			s = Empty
			// An organisation without an installation row is a set-up that is under way.
			var any bool
			if err := tx.QueryRow(ctx, `select exists (select 1 from organisation)`).Scan(&any); err != nil {
				return fmt.Errorf("look for organisations: %w", err)
			}
			if any {
				s = Real
			}
		case err != nil:
			return fmt.Errorf("read the installation: %w", err)
		case !demo:
			s = Real
		case complete:
			s = Complete
		default:
			s = Half
		}
		return nil
	})
	return s, err
}

// IsICS says whether a complete sample is that of an ICS of eight organisations.
func IsICS(ctx context.Context, db *postgres.DB) (is bool, err error) {
	err = db.InTenant(ctx, access.SystemActor(access.Hall, uuid.Nil, uuid.Nil), func(tx *postgres.Tx) error {
		return tx.QueryRow(ctx, `select exists (select 1 from organisation where ods_code = $1)`, cast.SecondTrust).Scan(&is)
	})
	if err != nil {
		return false, fmt.Errorf("look for the second trust: %w", err)
	}
	return is, nil
}
