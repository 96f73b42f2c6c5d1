package organisation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/organisation/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Served is an employer with the OH service that serves it.
type Served struct {
	ID, Service uuid.UUID
	Name, ODS   string
}

// ListServed lists the employers that are served on a day, behind any wall.
func ListServed(ctx context.Context, tx *postgres.Tx, day time.Time) ([]Served, error) {
	rows, err := db.New(tx).ListServed(ctx, day)
	if err != nil {
		return nil, fmt.Errorf("list organisations: %w", err)
	}
	out := make([]Served, len(rows))
	for i, r := range rows {
		out[i] = Served{ID: r.ID, Service: r.ServiceID, Name: r.Name, ODS: r.OdsCode}
	}
	return out, nil
}

// TakesReferrals says whether a service takes new referrals from an organisation on a day, behind any wall. A contract ends in two
// steps: first no new referral is taken, and once what was begun is finished and the records are handed over, the doors close.
func TakesReferrals(ctx context.Context, tx *postgres.Tx, organisation, service uuid.UUID, day time.Time) (bool, error) {
	takes, err := db.New(tx).TakesReferrals(ctx, db.TakesReferralsParams{OrganisationID: organisation, ServiceID: service, OnDay: day})
	if err != nil {
		return false, fmt.Errorf("find whether referrals are taken: %w", err)
	}
	return takes, nil
}
