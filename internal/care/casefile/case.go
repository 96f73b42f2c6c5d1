package casefile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/casefile/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Case is one case and whom it is about.
type Case struct {
	ID, Service, Organisation, Person uuid.UUID
	Source                            string // management | hr | self
	Referral, SelfReferral            uuid.UUID
	State                             flow.State
	StateAt, ReceivedAt               time.Time
	CompleteAt                        time.Time // when somebody found the referral complete
	Reason, Priority, Pathway         string
	Owner                             uuid.UUID
	DueOn, ClosedAt                   time.Time
	ClosingReason                     string
	FamilyName, GivenName             string
	Born                              time.Time
	EmployeeNumber                    string
}

// Name is how the person is called.
func (c Case) Name() string { return c.GivenName + " " + c.FamilyName }

// Unchecked says that the referral waits for triage and nobody has found it complete yet.
func (c Case) Unchecked() bool { return c.State == flow.Received && c.CompleteAt.IsZero() }

// Find reads a case in the caller's transaction; row policies bound it to the actor's service.
func Find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Case, error) {
	r, err := db.New(tx).FindCase(ctx, db.FindCaseParams{ServiceID: tx.Actor.Service, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Case{}, fault.Missing("case")
	}
	if err != nil {
		return Case{}, fmt.Errorf("find case: %w", err)
	}
	return Case{
		ID: r.ID, Service: tx.Actor.Service, Organisation: r.OrganisationID, Person: r.PersonID, Source: r.Source,
		Referral: val(r.ReferralID), SelfReferral: val(r.SelfReferralID), State: flow.State(r.State), StateAt: r.StateAt, ReceivedAt: r.ReceivedAt, CompleteAt: val(r.CompleteAt),
		Reason: r.Reason, Priority: val(r.Priority), Pathway: val(r.Pathway), Owner: val(r.OwnerAccount), DueOn: val(r.DueOn), ClosedAt: val(r.ClosedAt),
		ClosingReason: val(r.ClosingReason), FamilyName: r.FamilyName, GivenName: r.GivenName, Born: r.DateOfBirth, EmployeeNumber: r.EmployeeNumber,
	}, nil
}

// Activity makes the ledger row of an event of a case, with the codes of the person's post on that day.
func Activity(ctx context.Context, tx *postgres.Tx, c Case, kind activity.Kind, at time.Time) (activity.Row, error) {
	row := activity.Row{Kind: kind, At: at, Organisation: c.Organisation, Service: c.Service, Person: c.Person, Case: c.ID, Actor: tx.Actor.Account,
		Codes: activity.Codes{Reason: c.Reason, Source: c.Source, Priority: c.Priority}}
	post, err := db.New(tx).FindPost(ctx, db.FindPostParams{OrganisationID: c.Organisation, PersonID: c.Person, OnDay: DayOf(at)})
	if errors.Is(err, pgx.ErrNoRows) {
		return row, nil // somebody who has left still has a case
	}
	if err != nil {
		return row, fmt.Errorf("find post: %w", err)
	}
	row.Codes.StaffGroup, row.Codes.Band, row.Codes.Site, row.Codes.Team = post.StaffGroup, post.Band, post.Site, post.Team
	return row, nil
}

// DayOf is the civil date in London of an instant.
func DayOf(at time.Time) time.Time {
	t := at.In(locale.London)
	return locale.CivilDate(t.Year(), t.Month(), t.Day())
}

// val gives what a pointer points at, or the zero value.
func val[T any](p *T) T {
	var zero T
	if p == nil {
		return zero
	}
	return *p
}
