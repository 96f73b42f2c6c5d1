package account

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Invited is somebody who gets an account, and the path of their invitation.
type Invited struct {
	Name, Login, Path string
}

// InviteStaff opens accounts for the people of the staff feed who have none: for managers, or for everybody with a
// work e-mail. Accounts that set-up opened before the feed came are tied to their workforce record first, so nobody
// gets two. It can be run after every feed: who has an account is left alone.
func (s *Service) InviteStaff(ctx context.Context, actor access.Actor, at time.Time, managersOnly bool) (out []Invited, err error) {
	err = s.inHall(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if _, err := q.TieStaff(ctx, actor.Organisation); err != nil {
			return fmt.Errorf("tie accounts to staff: %w", err)
		}
		rows, err := q.InviteStaff(ctx, db.InviteStaffParams{OrganisationID: actor.Organisation, OnDay: &at, ManagersOnly: managersOnly})
		if err != nil {
			return fmt.Errorf("open accounts: %w", err)
		}
		for _, r := range rows {
			path, err := s.InvitationPath(r.ID, at)
			if err != nil {
				return err
			}
			out = append(out, Invited{Name: r.DisplayName, Login: r.Login, Path: path})
			subject := uuid.Nil
			if r.PersonID != nil {
				subject = *r.PersonID
			}
			if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "account.created", Kind: "account", Object: r.ID, Subject: subject}); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// Waiting lists who was invited to an organisation and has not set a password yet, with a fresh link for each: the link opens once,
// whichever of them is used.
func (s *Service) Waiting(ctx context.Context, actor access.Actor, at time.Time, organisation uuid.UUID) (out []Invited, err error) {
	err = s.inHall(ctx, actor, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListInvited(ctx, organisation)
		if err != nil {
			return fmt.Errorf("list invited: %w", err)
		}
		for _, r := range rows {
			path, err := s.InvitationPath(r.ID, at)
			if err != nil {
				return err
			}
			out = append(out, Invited{Name: r.DisplayName, Login: r.Login, Path: path})
		}
		return nil
	})
	return out, err
}

// Login gives the actor's own work e-mail.
func (s *Service) Login(ctx context.Context, actor access.Actor) (login string, err error) {
	err = s.inHall(ctx, actor, func(tx *postgres.Tx) error {
		a, err := db.New(tx).FindAccount(ctx, actor.Account)
		if err != nil {
			return fmt.Errorf("find own account: %w", err)
		}
		login = a.Login
		return nil
	})
	return login, err
}

// TieOwn ties the actor's account to the workforce record that they made of themselves, where they hold a role and have none yet.
func (s *Service) TieOwn(ctx context.Context, actor access.Actor, person uuid.UUID) error {
	return s.inHall(ctx, actor, func(tx *postgres.Tx) error {
		if _, err := db.New(tx).TieOwn(ctx, db.TieOwnParams{ID: actor.Account, OrganisationID: &actor.Organisation, PersonID: &person}); err != nil {
			return fmt.Errorf("tie account: %w", err)
		}
		return nil
	})
}
