package sharing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Also names whom a draft goes to besides the ICS; "" for nobody.
func (d Draft) Also() string {
	if d.board.InForce(Nation) {
		return d.board.Nation.Name
	}
	return ""
}

// passOn writes a release into the nation's tables too: what of it is of the months that were agreed on, as it left for the ICS.
func (s *Service) passOn(ctx context.Context, tx *postgres.Tx, to uuid.UUID, from civil.Date, r release.Release, at time.Time) error {
	r.Figures = slices.DeleteFunc(slices.Clone(r.Figures), func(f release.Figure) bool { return f.Month.Before(from) })
	if len(r.Figures) == 0 {
		return nil
	}
	return system.Deliver(ctx, tx, to, s.Fingerprint(), r, system.Here, at)
}

// catchUp passes on what left for the ICS before it was agreed that the nation gets it too: the same files, which say the same. What
// left under another pseudonym stays behind, as it would tell whose that was.
func (s *Service) catchUp(ctx context.Context, tx *postgres.Tx, b Board, agreement uuid.UUID, at time.Time) error {
	i := slices.IndexFunc(b.Agreements, func(x Agreement) bool { return x.ID == agreement && x.Item == Nation })
	if i < 0 || !b.Sharing() {
		return nil
	}
	files, err := db.New(tx).ListFiles(ctx, db.ListFilesParams{OrganisationID: tx.Actor.Organisation, SystemID: b.System.ID})
	if err != nil {
		return fmt.Errorf("list what has left: %w", err)
	}
	for _, f := range files {
		r, err := release.Read(f.File)
		if err != nil {
			return err
		}
		has, err := system.Has(ctx, tx, b.Nation.ID, r.ID)
		if err != nil {
			return err
		}
		if has || r.Code != b.Code {
			continue
		}
		if err := s.passOn(ctx, tx, b.Nation.ID, b.Agreements[i].From, r, at); err != nil {
			return err
		}
	}
	return nil
}
