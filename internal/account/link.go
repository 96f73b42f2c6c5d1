package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// LinkPurpose is the purpose of the links that open somebody's own pages.
const LinkPurpose = "my"

// The ways in which a link does not open.
var (
	ErrLink  = errors.New("link does not open")          // not ours, expired, or used
	ErrUsed  = fmt.Errorf("%w: it was used", ErrLink)    // by whoever passed the second check
	ErrCheck = errors.New("second check does not match") // try again
)

// linkAttempts is how often the second check of a link may fail before the link is dead.
const linkAttempts = 5

// linkSession is how long somebody who came by a link may stay, idle or not, until they ask for more (Stay): long
// enough to read a report twice.
const linkSession = 45 * time.Minute

// PeekLink says whether a token still opens, without using it: the page with the second check asks first.
func (s *Service) PeekLink(ctx context.Context, token string) (seal.Link, error) {
	l, err := s.d.Keys.OpenLink(token, LinkPurpose, s.d.Now())
	if err != nil {
		return seal.Link{}, ErrLink
	}
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		row, err := db.New(tx).OpenLink(ctx, db.OpenLinkParams{LinkID: l.ID, Purpose: l.Purpose})
		if err != nil {
			return fmt.Errorf("open link: %w", err)
		}
		if row.UsedAt != nil {
			return ErrUsed
		}
		if row.Attempts >= linkAttempts {
			return ErrLink
		}
		return nil
	})
	return l, err
}

// EnterByLink checks the date of birth and begins a session that shows one person's own pages; it gives the link, which
// may name the page to begin at. The link is used up by the session, not by the opening, so a mail scanner that follows
// it spends nothing. from is whoever asks, of whom nothing is known but the request.
func (s *Service) EnterByLink(ctx context.Context, from access.Actor, token string, born time.Time) (seal.Link, error) {
	l, err := s.PeekLink(ctx, token)
	if err != nil {
		return seal.Link{}, err
	}
	now := s.d.Now()
	matched := false
	actor := access.Actor{Organisation: l.Organisation, Service: l.Service, Person: l.Person, Role: access.Person, ByLink: true}.Via(from)
	err = s.inHall(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		p, err := q.FindPersonForLink(ctx, db.FindPersonForLinkParams{OrganisationID: l.Organisation, PersonID: l.Person, OnDay: now})
		if err != nil {
			return fmt.Errorf("find person of link: %w", err)
		}
		matched = !born.IsZero() && born.Format(time.DateOnly) == p.DateOfBirth.Format(time.DateOnly)
		if matched {
			tx.Actor.Strength = access.LinkCheck
		}
		e := audit.Entry{At: now, Action: "account.link_entered", Kind: "link", Object: l.ID, Subject: l.Person, Ground: "own", Denied: !matched}
		if err := audit.Append(ctx, tx, e); err != nil {
			return err
		}
		if !matched {
			return q.MissLink(ctx, l.ID)
		}
		n, err := q.UseLink(ctx, db.UseLinkParams{LinkID: l.ID, UsedAt: &now})
		if err == nil && n == 0 {
			err = ErrUsed
		}
		return err
	})
	if err != nil {
		return seal.Link{}, err
	}
	if !matched {
		return seal.Link{}, ErrCheck
	}
	if err := s.d.Sessions.RenewToken(ctx); err != nil {
		return seal.Link{}, fmt.Errorf("renew session: %w", err)
	}
	s.d.Sessions.Remove(ctx, keyAccount)
	s.d.Sessions.Put(ctx, keyLinkOrg, l.Organisation.String())
	s.d.Sessions.Put(ctx, keyLinkWho, l.Person.String())
	s.d.Sessions.Put(ctx, keySeen, now.Unix())
	s.d.Sessions.Put(ctx, keyEntered, time.Now().Unix())
	// the store of sessions compares with the machine's clock, whatever clock the house runs by
	s.d.Sessions.SetDeadline(ctx, time.Now().Add(linkSession))
	return l, nil
}

// RenewLink has a new link sent in place of one that does not open any more: to the person it was for, at their verified
// safe contact, at most three times a day. It answers nothing, so that whoever holds a link learns nothing from it. A
// token that is not ours, and a link that still opens, send nothing.
func (s *Service) RenewLink(ctx context.Context, from access.Actor, token string) error {
	now := s.d.Now()
	l, err := s.d.Keys.OpenLink(token, LinkPurpose, now)
	switch {
	case errors.Is(err, seal.ErrExpired):
	case err != nil:
		return nil
	default:
		if _, err := s.PeekLink(ctx, token); !errors.Is(err, ErrLink) {
			return err
		}
	}
	actor := access.Actor{Organisation: l.Organisation, Service: l.Service, Role: access.System, Name: hall.Name}.Via(from)
	return s.inHall(ctx, actor, func(tx *postgres.Tx) error {
		ok, err := countLink(ctx, tx, l.Organisation, l.Person, now)
		if err != nil {
			return err
		}
		e := audit.Entry{At: now, Action: "account.link_renewed", Kind: "link", Object: l.ID, Subject: l.Person, Ground: "own", Denied: !ok}
		if err := audit.Append(ctx, tx, e); err != nil || !ok {
			return err
		}
		return s.d.NewLink(ctx, tx, l, now)
	})
}

// CountLink counts a link that OH sends to somebody again, among those that they ask for themselves. It is false where no
// more may go today.
func (s *Service) CountLink(ctx context.Context, organisation, person uuid.UUID) (ok bool, err error) {
	err = s.inHall(ctx, access.Actor{Organisation: organisation, Role: access.System, Name: hall.Name}, func(tx *postgres.Tx) error {
		ok, err = countLink(ctx, tx, organisation, person, s.d.Now())
		return err
	})
	return ok, err
}

// countLink counts a link that is sent again: three a day go to one person, whoever asks. It is false where no more may
// go, or there is no verified safe contact to send it to.
func countLink(ctx context.Context, tx *postgres.Tx, organisation, person uuid.UUID, at time.Time) (bool, error) {
	n, err := db.New(tx).RenewLink(ctx, db.RenewLinkParams{OrganisationID: organisation, PersonID: person, Day: locale.Day(at).UTC()})
	if err != nil {
		return false, fmt.Errorf("count new links: %w", err)
	}
	return n > 0, nil
}
