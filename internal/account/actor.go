package account

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"crypto/sha256"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Keys of what a session holds.
const (
	keyAccount = "account"
	keyRole    = "role"
	keyPlace   = "place"
	keySeen    = "seen"    // unix seconds of the last request
	keyStepped = "stepped" // unix seconds of the last second factor
	keyProved  = "proved"  // access.Strength of the sign-in
	keyLinkOrg = "link.organisation"
	keyLinkWho = "link.person"
	keyEntered = "link.entered" // unix seconds of the opening
)

var errSignIn = fault.New(fault.SignIn, "")

// Actor says who acts in the session of this request, or answers a SignIn fault. It asks the database every
// time, so a closed account or an ended role stops at the next request.
func (s *Service) Actor(ctx context.Context) (access.Actor, error) {
	now := s.d.Now()
	if who := s.d.Sessions.GetString(ctx, keyLinkWho); who != "" {
		return s.linkActor(ctx, who, now)
	}
	account, err := uuid.Parse(s.d.Sessions.GetString(ctx, keyAccount))
	if err != nil {
		return access.Actor{}, errSignIn
	}
	role := access.Role(s.d.Sessions.GetString(ctx, keyRole))
	place := s.d.Sessions.GetString(ctx, keyPlace)
	seen := time.Unix(s.d.Sessions.GetInt64(ctx, keySeen), 0)
	if clinical(role) && now.Sub(seen) > clinicalIdle {
		return access.Actor{}, errors.Join(errSignIn, s.d.Sessions.Destroy(ctx))
	}
	found, choices, err := s.load(ctx, account, now)
	if err != nil {
		return access.Actor{}, err
	}
	for _, c := range choices {
		if c.Role == role && c.PlaceID.String() == place {
			s.d.Sessions.Put(ctx, keySeen, now.Unix())
			return s.actor(ctx, found, c), nil
		}
	}
	return access.Actor{}, errSignIn
}

func (s *Service) actor(ctx context.Context, a db.FindAccountRow, c Choice) access.Actor {
	out := access.Actor{Account: a.ID, Name: a.DisplayName, Organisation: c.host, Service: c.service, Role: c.Role,
		Wall: access.Hall, Demo: s.d.Demo, SteppedUpAt: time.Unix(s.d.Sessions.GetInt64(ctx, keyStepped), 0), SessionHash: s.sessionHash(ctx),
		SessionLeft: s.left(ctx, c.Role),
		Strength:    access.Strength(s.d.Sessions.GetString(ctx, keyProved))}
	if a.Registration != nil && c.Role.IsClinician() {
		out.Registration = access.Registration(*a.Registration)
	}
	if a.PersonID != nil && a.OrganisationID != nil && *a.OrganisationID == c.host {
		out.Person = *a.PersonID
	}
	return out
}

// sessionHash ties audit rows of one session together without naming it.
func (s *Service) sessionHash(ctx context.Context) string {
	h := sha256.Sum256([]byte("audit " + s.d.Sessions.Token(ctx)))
	return hex.EncodeToString(h[:8])
}

// load reads an active account and what it may act as today.
func (s *Service) load(ctx context.Context, id uuid.UUID, now time.Time) (a db.FindAccountRow, out []Choice, err error) {
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if a, err = q.FindAccount(ctx, id); errors.Is(err, pgx.ErrNoRows) {
			return errSignIn
		} else if err != nil {
			return fmt.Errorf("find account: %w", err)
		}
		if a.State != "active" {
			return errSignIn
		}
		out, err = choices(ctx, q, a, now)
		return err
	})
	return a, out, err
}

func choices(ctx context.Context, q *db.Queries, a db.FindAccountRow, now time.Time) ([]Choice, error) {
	var out []Choice
	grants, err := q.ListGrants(ctx, db.ListGrantsParams{AccountID: a.ID, OnDay: now})
	if err != nil {
		return nil, fmt.Errorf("list roles: %w", err)
	}
	for _, g := range grants {
		c := Choice{Role: access.Role(g.Role), Place: g.Place, Decides: g.DecidesDisclosures, host: g.HostID}
		if g.ServiceID != nil {
			c.PlaceID, c.service = *g.ServiceID, *g.ServiceID
		} else {
			c.PlaceID = *g.OrganisationID
			c.service, err = serving(ctx, q, *g.OrganisationID, now)
			if err != nil {
				return nil, err
			}
		}
		out = append(out, c)
	}
	if a.PersonID == nil || a.OrganisationID == nil {
		return out, nil
	}
	e, err := q.FindEmployment(ctx, db.FindEmploymentParams{OrganisationID: *a.OrganisationID, PersonID: *a.PersonID, OnDay: now})
	if err != nil {
		return nil, fmt.Errorf("find employment: %w", err)
	}
	if e.LeftOn != nil && !now.Before(*e.LeftOn) {
		return out, nil
	}
	for _, r := range []access.Role{access.Person, access.Manager} {
		if slices.ContainsFunc(out, func(c Choice) bool { return c.Role == r && c.PlaceID == e.OrganisationID }) {
			continue // granted by hand as well: the demonstration marks its cast so
		}
		out = append(out, Choice{Role: r, PlaceID: e.OrganisationID, Place: e.Place, host: e.OrganisationID, service: e.ServiceID})
	}
	return out, nil
}

// serving finds the OH service of an organisation; none is uuid.Nil.
func serving(ctx context.Context, q *db.Queries, organisation uuid.UUID, now time.Time) (uuid.UUID, error) {
	id, err := q.ServiceOf(ctx, db.ServiceOfParams{OrganisationID: organisation, OnDay: now})
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, nil
	}
	if err != nil {
		return uuid.Nil, fmt.Errorf("find the service of an organisation: %w", err)
	}
	return id, nil
}

func (s *Service) linkActor(ctx context.Context, who string, now time.Time) (access.Actor, error) {
	person, err := uuid.Parse(who)
	if err != nil {
		return access.Actor{}, errSignIn
	}
	organisation, err := uuid.Parse(s.d.Sessions.GetString(ctx, keyLinkOrg))
	if err != nil {
		return access.Actor{}, errSignIn
	}
	a := access.Actor{Organisation: organisation, Person: person, Role: access.Person, Wall: access.Portal, ByLink: true, Demo: s.d.Demo, SessionHash: s.sessionHash(ctx),
		SessionLeft: s.left(ctx, access.Person),
		Strength:    access.LinkCheck}
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.FindPersonForLink(ctx, db.FindPersonForLinkParams{OrganisationID: organisation, PersonID: person, OnDay: now})
		if err != nil {
			return fmt.Errorf("find person: %w", err)
		}
		a.Name = p.GivenName + " " + p.FamilyName
		a.Service, err = serving(ctx, q, organisation, now)
		return err
	})
	return a, err
}
