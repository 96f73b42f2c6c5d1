package account

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Holder is somebody who holds a role.
type Holder struct {
	Account uuid.UUID
	Name    string
	Role    access.Role
}

// Clinicians lists the registered staff of a service today: a clinic is held by one of them.
func (s *Service) Clinicians(ctx context.Context, service uuid.UUID) (out []Holder, err error) {
	roles := make([]string, len(access.Clinicians))
	for i, r := range access.Clinicians {
		roles[i] = string(r)
	}
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListHolders(ctx, db.ListHoldersParams{ServiceID: &service, Roles: roles, OnDay: s.d.Now()})
		if err != nil {
			return fmt.Errorf("list clinicians: %w", err)
		}
		for _, r := range rows {
			out = append(out, Holder{r.ID, r.DisplayName, access.Role(r.Role)})
		}
		return nil
	})
	return out, err
}
