package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// InvitationPurpose is the purpose of the links with which an account gets its password and authenticator.
const InvitationPurpose = "invitation"

// invitationValid is how long an invitation opens: long enough for a holiday, too short to lie in a mailbox.
const invitationValid = 14 * 24 * time.Hour

// InvitationPath makes the path of an invitation.
func (s *Service) InvitationPath(account uuid.UUID, at time.Time) (string, error) {
	token, err := s.d.Keys.MintLink(seal.Link{ID: uuid.New(), Purpose: InvitationPurpose, Object: account, Expires: at.Add(invitationValid)})
	if err != nil {
		return "", err
	}
	return "/invitation/" + token, nil
}

// Invited says whom an invitation is for, while it opens.
func (s *Service) Invited(ctx context.Context, token string) (login, name string, err error) {
	l, err := s.d.Keys.OpenLink(token, InvitationPurpose, s.d.Now())
	if err != nil {
		return "", "", ErrLink
	}
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		a, err := db.New(tx).FindAccount(ctx, l.Object)
		if err != nil {
			return fmt.Errorf("find invited account: %w", err)
		}
		if a.State != "invited" {
			return ErrLink
		}
		login, name = a.Login, a.DisplayName
		return nil
	})
	return login, name, err
}

// Accept sets the password of an invited account and gives its authenticator secret and recovery codes, to be
// shown once. The account becomes active, so the invitation opens no second time.
func (s *Service) Accept(ctx context.Context, token, secret string) (Credentials, error) {
	login, _, err := s.Invited(ctx, token)
	if err != nil {
		return Credentials{}, err
	}
	l, err := s.d.Keys.OpenLink(token, InvitationPurpose, s.d.Now())
	if err != nil {
		return Credentials{}, ErrLink
	}
	return s.MakeReady(ctx, l.Object, login, secret)
}

// Await has this session wait for the first code of the authenticator that Accept gave out.
func (s *Service) Await(ctx context.Context, given Credentials) error {
	if err := s.d.Sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew session: %w", err)
	}
	s.d.Sessions.Put(ctx, keyReady, given.Account.String())
	s.d.Sessions.Put(ctx, keyReadyAt, s.d.Now().Unix())
	return nil
}

// keyReady is the account whose password was set in this session and whose authenticator is not proved yet.
const keyReady = "ready"

// keyReadyAt is when that was: a time of its own, that no other page of the session moves.
const keyReadyAt = "ready_at"

// readyFor is how long the first code is waited for: to add a key to an app and to write down ten codes.
const readyFor = 30 * time.Minute

// Finish takes the first code of the authenticator from whoever set the password in this session a moment ago, and signs them
// in: what they would have to type otherwise, they typed on the page before. Wrong codes count as wrong sign-ins do.
func (s *Service) Finish(ctx context.Context, from access.Actor, code string) error {
	now := s.d.Now()
	id, err := uuid.Parse(s.d.Sessions.GetString(ctx, keyReady))
	if err != nil || now.Sub(time.Unix(s.d.Sessions.GetInt64(ctx, keyReadyAt), 0)) > readyFor {
		return ErrLink
	}
	var a db.FindAccountRow
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		a, err = db.New(tx).FindAccount(ctx, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("find account: %w", err)
	}
	if a.State != "active" || a.LockedUntil != nil && now.Before(*a.LockedUntil) {
		return ErrLink
	}
	right, err := s.secondFactor(ctx, a.ID, a.TotpSealed, a.TotpUsedStep, code, now)
	if err != nil {
		return err
	}
	if err := s.noteTry(ctx, from, now, tried{a.ID, a.DisplayName, a.FailedCount, access.Password, right}); err != nil {
		return err
	}
	if !right {
		return ErrWrong
	}
	return s.begin(ctx, a.ID, now, access.SecondFactor)
}

// MarkInstalled marks the installation as in use, once, in the caller's transaction.
func (s *Service) MarkInstalled(ctx context.Context, tx *postgres.Tx, demo bool) error {
	n, err := db.New(tx).InsertInstallation(ctx, demo)
	if err != nil {
		return fmt.Errorf("mark installation: %w", err)
	}
	if n == 0 {
		return ErrInstalled
	}
	return nil
}

// ErrInstalled is the answer to setting up an installation a second time.
var ErrInstalled = errors.New("this installation is set up already")

// SignOff is what must be recorded before an installation counts as assured for live use.
type SignOff struct {
	Kind, By, Role, Reference string
	On                        time.Time
}

// SignOffKinds are the three that are needed.
var SignOffKinds = []string{"clinical_safety", "data_protection", "retention"}

// RecordSignOff records one.
func (s *Service) RecordSignOff(ctx context.Context, o SignOff) error {
	for _, k := range SignOffKinds {
		if k == o.Kind {
			return s.inHall(ctx, hall, func(tx *postgres.Tx) error {
				return db.New(tx).PutSignOff(ctx, db.PutSignOffParams{Kind: o.Kind, SignedBy: o.By, Role: o.Role, Reference: o.Reference, SignedOn: o.On})
			})
		}
	}
	return fault.New(fault.Invalid, "account.sign_off.kind")
}
