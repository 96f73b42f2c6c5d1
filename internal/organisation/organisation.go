// Package organisation is who there is and where: the as-at-date tree of region, ICS, trust, practice and
// provider, the OH services that organisations host, their targets, and the contracts that say which service
// serves whom. Every login may read it; only the hall changes it.
//
// Nothing is overwritten: a new name, parent, target or contract begins on a day, so a figure of last year is
// computed with last year's tree and targets.
package organisation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/organisation/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Kind of organisation.
type Kind string

// The kinds.
const (
	Nation   Kind = "nation"
	Region   Kind = "region"
	ICS      Kind = "ics"
	Trust    Kind = "trust"
	Practice Kind = "practice"
	Provider Kind = "provider"
	Employer Kind = "employer"
)

// Kinds lists them from the widest to the smallest.
var Kinds = []Kind{Nation, Region, ICS, Trust, Practice, Provider, Employer}

// New is an organisation to add. ODS code and parent may be empty.
type New struct {
	ID     uuid.UUID
	Kind   Kind
	Name   string
	ODS    string
	Parent uuid.UUID
	From   time.Time
}

// Add adds an organisation in the caller's transaction, behind the hall wall.
func Add(ctx context.Context, tx *postgres.Tx, n New) error {
	q := db.New(tx)
	if err := q.InsertOrganisation(ctx, db.InsertOrganisationParams{ID: n.ID, Kind: string(n.Kind), OdsCode: postgres.Null(n.ODS)}); err != nil {
		return fmt.Errorf("insert organisation: %w", err)
	}
	if err := q.InsertSpan(ctx, db.InsertSpanParams{OrganisationID: n.ID, ValidFrom: n.From, Name: n.Name, ParentID: postgres.Null(n.Parent)}); err != nil {
		return fmt.Errorf("insert organisation name: %w", err)
	}
	return nil
}

// NewService is an OH service to add.
type NewService struct {
	ID, Host   uuid.UUID
	Name       string
	Phone      string
	UrgentText string // what to do out of hours, shown beside every box a member of staff writes in
	ReviewDays int    // working days the person has to answer a report
	From       time.Time
	Clients    []uuid.UUID // organisations it serves; the host is one of them
	Targets    []Target
}

// Target is how long a step may take.
type Target struct {
	Measure     string // "triage.P2", "first_seen.P1", "report.P2"
	WorkingDays int
	Source      string
}

// AddService adds a service with its targets and contracts.
func AddService(ctx context.Context, tx *postgres.Tx, n NewService) error {
	q := db.New(tx)
	err := q.InsertService(ctx, db.InsertServiceParams{ID: n.ID, OrganisationID: n.Host, Name: n.Name, Phone: n.Phone, UrgentText: n.UrgentText, ReviewDays: int32(n.ReviewDays)})
	if err != nil {
		return fmt.Errorf("insert service: %w", err)
	}
	for _, t := range n.Targets {
		err := q.InsertTarget(ctx, db.InsertTargetParams{ServiceID: n.ID, Measure: t.Measure, ValidFrom: n.From, WorkingDays: int32(t.WorkingDays), Source: t.Source})
		if err != nil {
			return fmt.Errorf("insert target %s: %w", t.Measure, err)
		}
	}
	for _, c := range n.Clients {
		if err := q.InsertContract(ctx, db.InsertContractParams{ServiceID: n.ID, OrganisationID: c, ValidFrom: n.From}); err != nil {
			return fmt.Errorf("insert contract: %w", err)
		}
	}
	return nil
}

// Serving is the OH service that serves somebody.
type Serving struct {
	ID         uuid.UUID
	Name       string
	Phone      string
	UrgentText string
	ReviewDays int
}

// ServiceFor finds the service that serves an organisation on a day, behind any wall.
func ServiceFor(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, day time.Time) (Serving, error) {
	row, err := db.New(tx).ServiceForOrganisation(ctx, db.ServiceForOrganisationParams{OrganisationID: organisation, OnDay: day})
	if errors.Is(err, pgx.ErrNoRows) {
		return Serving{}, fault.Missing("OH service")
	}
	if err != nil {
		return Serving{}, fmt.Errorf("find the OH service: %w", err)
	}
	return Serving{ID: row.ServiceID, Name: row.Name, Phone: row.Phone, UrgentText: row.UrgentText, ReviewDays: int(row.ReviewDays)}, nil
}

// TargetFor gives the target of a measure on a day; ok is false when the service has none.
func TargetFor(ctx context.Context, tx *postgres.Tx, service uuid.UUID, measure string, day time.Time) (workingDays int, ok bool, err error) {
	row, err := db.New(tx).TargetFor(ctx, db.TargetForParams{ServiceID: service, Measure: measure, OnDay: day})
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("find target %s: %w", measure, err)
	}
	return int(row.WorkingDays), true, nil
}
