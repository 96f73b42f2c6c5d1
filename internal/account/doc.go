// Package account is the hall's door: who may sign in, as what, and how they prove it.
//
// An account is a work e-mail with a password (argon2id) and an authenticator code; ten recovery codes stand in
// for a lost phone. Five wrong tries make it wait. Its roles are held at an organisation or a service from a day
// to a day; everybody with a workforce record is also "person" (their own pages) and "manager" (which shows
// nothing until somebody reports to them). One role is chosen at a time and every page says which.
//
// Somebody off sick has no trust log-in: a one-time link to their verified safe contact plus a second check (date
// of birth, five tries) opens their own pages and nothing else. The link itself is a sealed token (platform/seal);
// the database only remembers that it was used. Who holds a link that opens no more can ask for another: it goes to the
// same person's verified safe contact and nowhere else, three times a day at most, and the answer never says whether.
//
// On the demonstration people pick a sample person instead of giving a password. OpenID Connect is to come: it
// will end in the same begin(), with the same session.
package account

import (
	"context"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// Deps is what the service is made of.
type Deps struct {
	DB       *postgres.DB
	Sessions *scs.SessionManager
	Keys     *seal.Keys
	Now      func() time.Time
	Demo     bool
	// NewLink has the outbox send a new one-time link in place of an old one, in the caller's transaction: messages are a
	// slice of care.
	NewLink func(ctx context.Context, tx *postgres.Tx, old seal.Link, at time.Time) error
}

// Service signs people in and says who acts.
type Service struct{ d Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// hall is the house at its own door: nobody is signed in yet.
var hall = access.Actor{Role: access.System, Wall: access.Hall, Name: "Rowan"}

func (s *Service) inHall(ctx context.Context, a access.Actor, fn func(*postgres.Tx) error) error {
	return s.d.DB.InTenant(ctx, a.At(access.Hall), fn)
}

// Choice is one role that an account may act in, at one place.
type Choice struct {
	Role    access.Role
	PlaceID uuid.UUID // organisation, or service for roles held at a service
	Place   string    // its name
	Decides bool      // a senior clinician: may decide on disclosures without consent
	host    uuid.UUID // organisation: the place itself, or the service's host
	service uuid.UUID
}
