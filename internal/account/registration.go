package account

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// SetRegistration keeps in which register the actor says they are. Nobody checks it against the register: it
// is the reader of a report who can.
func (s *Service) SetRegistration(ctx context.Context, a access.Actor, r access.Registration) error {
	body, _ := r.Parts()
	return s.inHall(ctx, a, func(tx *postgres.Tx) error {
		if err := db.New(tx).SetRegistration(ctx, db.SetRegistrationParams{ID: a.Account, Registration: postgres.Null(string(r))}); err != nil {
			return fmt.Errorf("set registration: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: s.d.Now(), Action: "account.registration_set", Kind: "account", Object: a.Account,
			Detail: map[string]string{"body": body}})
	})
}
