package selfreferral

import (
	"context"
	"fmt"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Reach is how a person can be reached today: the kind of their safe contact (mobile, email, post or "" for none), to
// which all messages go, and whether the workforce record has a number to call.
type Reach struct {
	Safe   string
	Mobile bool
}

// Lacks says whether somebody asks to be contacted in a way (one of Contacts) for which nobody has an address. A call
// can be made to the number of the workforce record; everything written needs the safe contact.
func (r Reach) Lacks(contact string) bool {
	switch contact {
	case "phone":
		return r.Safe != "mobile" && !r.Mobile
	case "text":
		return r.Safe != "mobile"
	}
	return r.Safe != contact
}

// Reach finds it for the actor.
func (s *Service) Reach(ctx context.Context, actor access.Actor) (r Reach, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindReach(ctx, db.FindReachParams{OrganisationID: actor.Organisation, ID: actor.Person})
		if err != nil {
			return fmt.Errorf("find how to reach the person: %w", err)
		}
		r = Reach{Safe: row.SafeKind, Mobile: row.Mobile != ""}
		return nil
	})
	return r, err
}
