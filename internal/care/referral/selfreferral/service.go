package selfreferral

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
	"github.com/rowan-ohwb/rowan/internal/care/flow"
	"github.com/rowan-ohwb/rowan/internal/care/referral/internal/db"
	"github.com/rowan-ohwb/rowan/internal/care/sealed"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB     *postgres.DB
	Ledger activity.Ledger
	Box    sealed.Box
}

// Service does what the package says.
type Service struct{ d Deps }

// New makes a service.
func New(d Deps) *Service { return &Service{d} }

// Asked is one self-referral as its author sees it.
type Asked struct {
	ID                    uuid.UUID
	Reason, Text, Contact string
	State                 flow.State
	At                    time.Time
}

// Planned is a booked time of the person's.
type Planned struct {
	ID         uuid.UUID
	Starts     time.Time
	Minutes    int
	Mode, Site string
}

// Mine is what a person has with OH besides referrals by others.
type Mine struct {
	Asked   []Asked
	Planned []Planned
}

// Home lists it, behind the portal wall.
func (s *Service) Home(ctx context.Context, actor access.Actor, at time.Time) (m Mine, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		cases, err := q.ListOwnCases(ctx, db.ListOwnCasesParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("list own cases: %w", err)
		}
		for _, c := range cases {
			if c.SelfReferralID != nil {
				m.Asked = append(m.Asked, Asked{ID: *c.SelfReferralID, Reason: c.Reason, State: flow.State(c.State), At: c.ReceivedAt})
			}
		}
		times, err := q.ListOwnAppointments(ctx, db.ListOwnAppointmentsParams{OrganisationID: actor.Organisation, PersonID: actor.Person, FromAt: at})
		if err != nil {
			return fmt.Errorf("list own appointments: %w", err)
		}
		for _, t := range times {
			m.Planned = append(m.Planned, Planned{t.ID, t.StartsAt, int(t.Minutes), t.Mode, t.Site})
		}
		return nil
	})
	return m, err
}

// Find reads one self-referral of the actor's.
func (s *Service) Find(ctx context.Context, actor access.Actor, id uuid.UUID) (a Asked, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		r, err := q.FindSelfReferral(ctx, id)
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("self-referral")
		}
		if err != nil {
			return fmt.Errorf("find self-referral: %w", err)
		}
		text, err := s.d.Box.Open(sealed.SelfReferral, r.ServiceID, r.ID, r.Text)
		if err != nil {
			return err
		}
		a = Asked{ID: r.ID, Reason: r.Reason, Text: text, Contact: r.Contact, At: r.At}
		cases, err := q.ListOwnCases(ctx, db.ListOwnCasesParams{OrganisationID: actor.Organisation, PersonID: actor.Person})
		if err != nil {
			return fmt.Errorf("list own cases: %w", err)
		}
		for _, c := range cases {
			if c.ID == id {
				a.State = flow.State(c.State)
			}
		}
		return nil
	})
	return a, err
}

// Opened notes, before it is shown, that the actor read their own self-referral.
func (s *Service) Opened(ctx context.Context, actor access.Actor, at time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "referral.opened", Kind: "self_referral", Object: id, Subject: actor.Person, Ground: "own"})
	})
}

// SafeKind says what the actor's safe contact is: mobile, email, post, or "" while they have none.
func (s *Service) SafeKind(ctx context.Context, actor access.Actor) (kind string, err error) {
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		kind, err = db.New(tx).FindSafeKind(ctx, db.FindSafeKindParams{OrganisationID: actor.Organisation, ID: actor.Person})
		if err != nil {
			return fmt.Errorf("find safe contact: %w", err)
		}
		return nil
	})
	return kind, err
}

// Contact is how to reach the OH service, for somebody who cannot wait.
type Contact struct{ Name, Phone, Urgent string }

// Contact finds it; empty when no service serves the person's organisation today.
func (s *Service) Contact(ctx context.Context, actor access.Actor) (c Contact, err error) {
	if actor.Service == uuid.Nil {
		return c, nil
	}
	err = s.d.DB.InTenant(ctx, actor, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindService(ctx, actor.Service)
		if err != nil {
			return fmt.Errorf("find service: %w", err)
		}
		c = Contact{row.Name, row.Phone, row.UrgentText}
		return nil
	})
	return c, err
}
