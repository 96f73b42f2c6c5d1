package appointment

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/appointment/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// freePerPage is how many times a page offers: a week of one clinic, and few enough to read.
const freePerPage = 20

// Time is a slot that can be booked.
type Time struct {
	Slot          uuid.UUID
	StartsAt      time.Time
	Minutes       int
	Role          string
	ClinicianName string
	Site, Mode    string
	Held          bool // held for this case
	Until         time.Time
	Case          uuid.UUID // of an offer
}

// Free lists the times with a role that a case can have, from an instant on; more says that there are later ones.
// Behind the portal it answers for the person: same times, without a row of anybody else's.
func (s *Service) Free(ctx context.Context, actor access.Actor, at time.Time, c Case, role string, from time.Time) (out []Time, more bool, err error) {
	if from.Before(at) {
		from = at
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if actor.Wall == access.Portal {
			rows, err := q.ListFreeToPerson(ctx, db.ListFreeToPersonParams{ServiceID: actor.Service, Role: role, FromAt: from, At: &at, CasefileID: &c.ID, Bound: freePerPage + 1})
			if err != nil {
				return fmt.Errorf("list free times: %w", err)
			}
			for _, r := range rows {
				out = append(out, Time{Slot: r.ID, StartsAt: r.StartsAt, Minutes: int(r.Minutes), Role: r.Role, ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode, Held: r.Held})
			}
			return nil
		}
		rows, err := q.ListFree(ctx, db.ListFreeParams{ServiceID: actor.Service, Role: role, FromAt: from, At: &at, CasefileID: &c.ID, Bound: freePerPage + 1})
		if err != nil {
			return fmt.Errorf("list free times: %w", err)
		}
		for _, r := range rows {
			out = append(out, Time{Slot: r.ID, StartsAt: r.StartsAt, Minutes: int(r.Minutes), Role: r.Role, ClinicianName: r.ClinicianName, Site: r.Site, Mode: r.Mode, Held: r.Held})
		}
		return nil
	})
	if len(out) > freePerPage {
		return out[:freePerPage], true, err
	}
	return out, false, err
}
