package account_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account"
	"github.com/rowan-ohwb/rowan/internal/platform/pgtest/world"
)

// TestWhereARoleIsHeld: an ICS lead is one at an ICS, a national lead at a nation, and nobody else holds a role at either.
func TestWhereARoleIsHeld(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	db := world.Open(t)
	w := world.New(t, db)
	s := account.New(account.Deps{DB: db, Now: func() time.Time { return now }})
	places := map[string]uuid.UUID{"nation": w.Nation, "ics": w.ICS, "trust": w.Trust, "none": uuid.Nil}
	for role, only := range map[access.Role]string{access.NationalLead: "nation", access.SystemLead: "ics", access.Guardian: "trust", access.Executive: "trust"} {
		for name, at := range places {
			if name == "none" && only == "trust" {
				continue // held at a service, or nowhere: another rule's question
			}
			err := s.Create(ctx, access.SystemActor(access.Hall, w.Trust, uuid.Nil), now, []account.NewAccount{{ID: uuid.New(), Login: uuid.NewString() + "@example.org", Name: "Ruth Moss", Grants: []account.NewGrant{{Role: role, Organisation: at}}}})
			if (err == nil) != (name == only) {
				t.Errorf("%s at %s: %v", role, name, err)
			}
		}
	}
}
