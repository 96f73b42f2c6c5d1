package evidence

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// RemindArgs is the job that writes the reminders of an organisation.
type RemindArgs struct {
	Organisation uuid.UUID `json:"organisation"`
}

// Kind names the job.
func (RemindArgs) Kind() string { return "evidence.remind" }

// Tenant is where the job works.
func (a RemindArgs) Tenant() (organisation, service uuid.UUID) { return a.Organisation, uuid.Nil }

// A band is a matter of days; twice a day survives one morning without a server.
const sweepEvery = 12 * time.Hour

// Register has the reminders written.
func (s *Service) Register(r *job.Runner) {
	r.Sweep("evidence", sweepEvery, func(ctx context.Context, tx *postgres.Tx) (due []job.Args, err error) {
		hosts, err := db.New(tx).ListHosts(ctx)
		for _, id := range hosts {
			due = append(due, RemindArgs{id})
		}
		return due, err
	})
	job.Register(r, access.Growth, func(ctx context.Context, tx *postgres.Tx, _ RemindArgs) error {
		_, err := s.Remind(ctx, tx, s.d.Now())
		return err
	})
}

// Remind writes a reminder for each item that has entered a band, once for each, tells the lead, and says how many.
func (s *Service) Remind(ctx context.Context, tx *postgres.Tx, now time.Time) (n int, err error) {
	r, err := read(ctx, tx, now)
	if err != nil {
		return 0, err
	}
	soonest := 0
	for _, i := range r.Items {
		band := Band(i.ValidUntil, r.Today)
		if band == 0 || i.Status == Replaced {
			continue
		}
		rows, err := db.New(tx).InsertReminder(ctx, db.InsertReminderParams{OrganisationID: tx.Actor.Organisation, ItemID: i.ID, ValidUntil: i.ValidUntil.UTC(), Band: int32(band), At: now.UTC()})
		if err != nil {
			return n, fmt.Errorf("insert reminder: %w", err)
		}
		if rows == 0 {
			continue
		}
		n++
		if soonest == 0 || band < soonest {
			soonest = band
		}
		if err := audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.reminded", Kind: "evidence_item", Object: i.ID, Detail: map[string]string{"days": fmt.Sprint(band)}}); err != nil {
			return n, err
		}
	}
	if n == 0 || s.d.Tell == nil {
		return n, nil
	}
	return n, s.d.Tell(ctx, tx, now, n, soonest)
}
