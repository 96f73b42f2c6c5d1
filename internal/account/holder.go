package account

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Holder is somebody who holds a role at a service.
type Holder struct {
	Account uuid.UUID
	Name    string
	Role    access.Role
}

// Clinicians lists the registered staff of a service, by name: a clinic is planned for one of them.
func (s *Service) Clinicians(ctx context.Context, service uuid.UUID) (out []Holder, err error) {
	var roles []string
	for _, r := range access.Clinicians {
		roles = append(roles, string(r))
	}
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListHolders(ctx, db.ListHoldersParams{ServiceID: service, Roles: roles, OnDay: s.d.Now()})
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
