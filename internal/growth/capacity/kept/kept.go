// Package kept writes and reads what somebody put in the place of a number.
package kept

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/capacity/number"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Overrides are all that there were, newest first.
func Overrides(ctx context.Context, tx *postgres.Tx) (out []number.Override, err error) {
	rows, err := db.New(tx).ListOverrides(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list overrides: %w", err)
	}
	for _, r := range rows {
		out = append(out, number.Override{Name: r.Name, Values: r.Numbers, Reason: r.Reason, At: r.At, By: r.By})
	}
	return out, nil
}

// Replace keeps values for a number, or that it goes back to the fit, and says so in the audit trail.
func Replace(ctx context.Context, tx *postgres.Tx, now time.Time, name string, values []float64, reason string) error {
	id, err := uuid.NewV7()
	if err != nil {
		return fmt.Errorf("make an id: %w", err)
	}
	if err := db.New(tx).InsertOverride(ctx, db.InsertOverrideParams{OrganisationID: tx.Actor.Organisation, ID: id, Name: name, Numbers: values, Reason: reason, At: now.UTC(), By: tx.Actor.Name}); err != nil {
		return fmt.Errorf("insert override: %w", err)
	}
	return audit.Append(ctx, tx, audit.Entry{At: now, Action: "capacity.replaced", Kind: "parameter", Object: id, Detail: map[string]string{"name": name}})
}
