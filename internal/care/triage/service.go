package triage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/workday"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/reach"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/care/triage/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// SelfReferral is the source of a case that the person opened; the employer never hears of it.
const SelfReferral = "self"

// Deps is what the slice needs.
type Deps struct {
	DB       *postgres.DB
	Ledger   activity.Ledger
	Calendar *workday.Calendar
	Box      sealed.Box
}

// Service does what the package says.
type Service struct{ d Deps }

// New makes a service.
func New(d Deps) *Service { return &Service{d} }

// Case is one case as triage knows it.
type Case struct {
	ID, Organisation, Person uuid.UUID
	Name                     string
	Source, Reason, Priority string
	Pathway                  string
	State                    flow.State
	StateAt, ReceivedAt      time.Time
	CompleteAt               *time.Time
	Referral, SelfReferral   *uuid.UUID
	Reach                    reach.Ways // of a case that is opened, not of one in a list
}

// Unchecked says that the case waits for triage and nobody has found its referral complete yet.
func (c Case) Unchecked() bool { return c.State == flow.Received && c.CompleteAt == nil }

// Find loads a case for a loader: with Care, or with Own, which opens nothing here, when it is about the reader.
// A case is read in the states of the queue alone (see Rules).
func (s *Service) Find(ctx context.Context, actor access.Actor, id uuid.UUID) (access.Object, error) {
	var c Case
	err := s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) (err error) {
		c, err = find(ctx, tx, id)
		return err
	})
	if err != nil {
		return access.Object{}, err
	}
	o := access.Object{Kind: "casefile", ID: c.ID, Subject: c.Person, State: string(c.State), Value: c}
	o.Relations, o.Ground = []access.Relation{access.Care}, "case"
	if c.Person == actor.Person {
		o.Relations, o.Ground = []access.Relation{access.Own}, "own"
	}
	return o, nil
}

func find(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Case, error) {
	r, err := db.New(tx).FindCase(ctx, db.FindCaseParams{ServiceID: tx.Actor.Service, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Case{}, fault.Missing("case")
	}
	if err != nil {
		return Case{}, fmt.Errorf("find case: %w", err)
	}
	return Case{ID: r.ID, Organisation: r.OrganisationID, Person: r.PersonID, Name: name(r.GivenName, r.FamilyName), Source: r.Source, Reason: r.Reason,
		Priority: postgres.Value(r.Priority), Pathway: postgres.Value(r.Pathway), State: flow.State(r.State), StateAt: r.StateAt, ReceivedAt: r.ReceivedAt,
		CompleteAt: r.CompleteAt, Referral: r.ReferralID, SelfReferral: r.SelfReferralID,
		Reach: reach.Of(r.SafeContactKind, r.SafeContact, r.SafeContactVerifiedAt, r.Mobile, r.PersonalEmail, r.WorkEmail)}, nil
}

// lock loads a case and keeps it from moving until the transaction ends. Nobody acts on their own case.
func lock(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Case, error) {
	if err := db.New(tx).LockCase(ctx, db.LockCaseParams{ServiceID: tx.Actor.Service, ID: id}); err != nil {
		return Case{}, fmt.Errorf("lock case: %w", err)
	}
	c, err := find(ctx, tx, id)
	if err == nil && c.Person == tx.Actor.Person {
		return Case{}, fault.Missing("case")
	}
	return c, err
}

// record writes what was done, for the audit trail and the ledger.
func (s *Service) record(ctx context.Context, tx *postgres.Tx, c Case, kind activity.Kind, at time.Time, codes activity.Codes) error {
	detail := map[string]string{}
	for name, v := range map[string]string{"priority": codes.Priority, "outcome": codes.Outcome} {
		if v != "" {
			detail[name] = v
		}
	}
	if err := s.note(ctx, tx, c, string(kind), at, detail); err != nil {
		return err
	}
	codes.Source, codes.Reason = c.Source, c.Reason
	post, err := db.New(tx).FindPost(ctx, db.FindPostParams{OrganisationID: c.Organisation, PersonID: c.Person, OnDay: locale.Day(at).UTC()})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("find post: %w", err)
	}
	codes.StaffGroup, codes.Band, codes.Site, codes.Team = post.StaffGroup, post.Band, post.Site, post.Team
	return s.d.Ledger.Append(ctx, tx, activity.Row{Kind: kind, At: at, Organisation: c.Organisation, Service: tx.Actor.Service,
		Person: c.Person, Case: c.ID, Actor: tx.Actor.Account, Codes: codes})
}

func (s *Service) note(ctx context.Context, tx *postgres.Tx, c Case, action string, at time.Time, detail map[string]string) error {
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: action, Kind: "casefile", Object: c.ID, Subject: c.Person, Ground: "case", Detail: detail})
}

func name(given, family string) string {
	if given == "" {
		return family
	}
	return given + " " + family
}
