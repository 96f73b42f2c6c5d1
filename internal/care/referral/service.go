package referral

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/referral/sheet"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB     *postgres.DB
	Ledger activity.Ledger
	Box    sealed.Box
	// Free gives back what a case holds (a booked time) when its referral is withdrawn; the appointment slice
	// has it. It runs under the clinical login, before the case is closed. Nil when nothing can be held.
	Free func(ctx context.Context, tx *postgres.Tx, service, casefile uuid.UUID, at time.Time) error
}

// Service does what the package says.
type Service struct{ d Deps }

// New makes a service.
func New(d Deps) *Service { return &Service{d} }

// The kinds of a referral, and the sources of a case.
const (
	Management = "management"
	HR         = "hr"
)

// Referral is the latest version with what the referrer may know of its progress.
type Referral struct {
	Organisation, Service, ID uuid.UUID
	Kind                      string
	Person, Referrer          uuid.UUID
	Viewers                   []uuid.UUID
	Text                      sheet.Text
	Version                   int
	State                     flow.Seen
	StateReason, StateNote    string
	StateAt, SubmittedAt      time.Time
}

// Object is the referral as the table of permissions takes it; ground is why this actor reaches it.
func (r Referral) Object(a access.Actor, ground string) access.Object {
	return access.Object{Kind: "referral", ID: r.ID, Subject: r.Person, State: string(r.State), Relations: r.Relations(a), Ground: ground, Value: r}
}

// Relations says what an actor is to it.
func (r Referral) Relations(a access.Actor) (out []access.Relation) {
	if a.Person == uuid.Nil || a.Organisation != r.Organisation {
		return nil
	}
	if a.Person == r.Person {
		return []access.Relation{access.Own}
	}
	if a.Person == r.Referrer {
		out = append(out, access.Author)
	}
	for _, v := range r.Viewers {
		if v == a.Person {
			return append(out, access.Viewer)
		}
	}
	return out
}

// Open says whether the referrer can still amend or withdraw it.
func (r Referral) Open() bool { return isOpen(string(r.State)) }

func isOpen(state string) bool {
	for _, s := range open {
		if s == state {
			return true
		}
	}
	return false
}

// Load finds a referral for a loader, behind the actor's wall. It shows nothing yet, so it leaves no trace.
func (s *Service) Load(ctx context.Context, actor access.Actor, id uuid.UUID) (r Referral, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		r, err = load(ctx, tx, id)
		return err
	})
	return r, err
}

func load(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Referral, error) {
	row, err := db.New(tx).FindReferral(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return Referral{}, fault.Missing("referral")
	}
	if err != nil {
		return Referral{}, fmt.Errorf("find referral: %w", err)
	}
	r := Referral{Organisation: row.OrganisationID, Service: row.ServiceID, ID: row.ID, Kind: row.Kind, Person: row.PersonID, Referrer: row.ReferrerPersonID,
		Viewers: row.Viewers, Version: int(row.Version), State: flow.Seen(row.State), StateReason: postgres.Value(row.StateReason), StateNote: postgres.Value(row.StateNote),
		StateAt: row.StateAt, SubmittedAt: row.SubmittedAt}
	if err := json.Unmarshal(row.Text, &r.Text); err != nil {
		return Referral{}, fmt.Errorf("read referral text: %w", err)
	}
	return r, nil
}
