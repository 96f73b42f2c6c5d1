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

// Member is an organisation as it was on a day.
type Member struct {
	ID        uuid.UUID
	Kind      Kind
	Name, ODS string
}

// SystemOf gives the ICS that an organisation belonged to on a day; ok is false for one that belonged to none.
func SystemOf(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, day time.Time) (m Member, ok bool, err error) {
	row, err := db.New(tx).SystemOf(ctx, db.SystemOfParams{OrganisationID: organisation, OnDay: day})
	if errors.Is(err, pgx.ErrNoRows) {
		return m, false, nil
	}
	if err != nil {
		return m, false, fmt.Errorf("find the ICS: %w", err)
	}
	return Member{row.ID, ICS, row.Name, row.OdsCode}, true, nil
}

// NationOf gives the nation above an organisation on a day; ok is false where there is none.
func NationOf(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, day time.Time) (m Member, ok bool, err error) {
	row, err := db.New(tx).NationOf(ctx, db.NationOfParams{OrganisationID: organisation, OnDay: day})
	if errors.Is(err, pgx.ErrNoRows) {
		return m, false, nil
	}
	if err != nil {
		return m, false, fmt.Errorf("find the nation: %w", err)
	}
	return Member{row.ID, Nation, row.Name, row.OdsCode}, true, nil
}

// On gives an organisation as it was on a day.
func On(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, day time.Time) (Member, error) {
	row, err := db.New(tx).NameOn(ctx, db.NameOnParams{OrganisationID: organisation, OnDay: day})
	if errors.Is(err, pgx.ErrNoRows) {
		return Member{}, fault.Missing("organisation")
	}
	if err != nil {
		return Member{}, fmt.Errorf("find the organisation: %w", err)
	}
	return Member{row.ID, Kind(row.Kind), row.Name, row.OdsCode}, nil
}

// MembersOf lists the organisations of an ICS on a day that have figures of their own: those whose staff another's service looks after
// are in the figures of that one.
func MembersOf(ctx context.Context, tx *postgres.Tx, system uuid.UUID, day time.Time) ([]Member, error) {
	rows, err := db.New(tx).MembersOf(ctx, db.MembersOfParams{SystemID: postgres.Null(system), OnDay: day})
	if err != nil {
		return nil, fmt.Errorf("list the organisations of an ICS: %w", err)
	}
	out := make([]Member, len(rows))
	for i, r := range rows {
		out[i] = Member{r.ID, Kind(r.Kind), r.Name, r.OdsCode}
	}
	return out, nil
}

// SystemsBelow lists the ICSs below a nation on a day.
func SystemsBelow(ctx context.Context, tx *postgres.Tx, nation uuid.UUID, day time.Time) ([]Member, error) {
	rows, err := db.New(tx).SystemsBelow(ctx, db.SystemsBelowParams{NationID: postgres.Null(nation), OnDay: day})
	if err != nil {
		return nil, fmt.Errorf("list the ICSs of a nation: %w", err)
	}
	out := make([]Member, len(rows))
	for i, r := range rows {
		out[i] = Member{r.ID, ICS, r.Name, r.OdsCode}
	}
	return out, nil
}

// ModelOf says how the host of a service provided it on a day; "" where nobody has said.
func ModelOf(ctx context.Context, tx *postgres.Tx, service uuid.UUID, day time.Time) (string, error) {
	model, err := db.New(tx).ModelOf(ctx, db.ModelOfParams{ServiceID: service, OnDay: day})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find the model of a service: %w", err)
	}
	return model, nil
}
