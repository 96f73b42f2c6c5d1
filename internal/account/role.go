package account

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Choices lists what the actor may act as today.
func (s *Service) Choices(ctx context.Context, a access.Actor) ([]Choice, error) {
	if a.ByLink {
		return nil, nil
	}
	_, list, err := s.load(ctx, a.Account, s.d.Now())
	return list, err
}

// Choose switches the role, under a new session token: what was open in the other role is closed.
func (s *Service) Choose(ctx context.Context, a access.Actor, role access.Role, place uuid.UUID) error {
	list, err := s.Choices(ctx, a)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Role != role || c.PlaceID != place {
			continue
		}
		if err := s.d.Sessions.RenewToken(ctx); err != nil {
			return fmt.Errorf("renew session: %w", err)
		}
		s.put(ctx, c)
		return s.note(ctx, a, "account.role_chosen", map[string]string{"role": string(role)})
	}
	return fault.Missing("role")
}

func (s *Service) note(ctx context.Context, a access.Actor, action string, detail map[string]string) error {
	return s.inHall(ctx, a, func(tx *postgres.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{At: s.d.Now(), Action: action, Kind: "account", Object: a.Account, Detail: detail})
	})
}

// StepUp takes a fresh second factor for a risky action. On the demonstration there is none to give.
func (s *Service) StepUp(ctx context.Context, a access.Actor, code string) error {
	now := s.d.Now()
	if !s.d.Demo {
		found, _, err := s.load(ctx, a.Account, now)
		if err != nil {
			return err
		}
		ok, err := s.secondFactor(ctx, found.ID, found.TotpSealed, found.TotpUsedStep, code, now)
		if err != nil {
			return err
		}
		if !ok {
			return ErrWrong
		}
	}
	if err := s.d.Sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew session: %w", err)
	}
	s.d.Sessions.Put(ctx, keyStepped, now.Unix())
	return s.note(ctx, a, "account.stepped_up", nil)
}

// DemoPerson is somebody one can sign in as on the demonstration.
type DemoPerson struct {
	ID    uuid.UUID
	Name  string
	Place string
	Team  string
	// Reports is how many people they manage.
	Reports int
	Roles   []access.Role
}

// DemoSignIn begins a session as a sample person, in the role asked for if they hold it; it answers nothing on a
// real installation.
func (s *Service) DemoSignIn(ctx context.Context, from access.Actor, account uuid.UUID, role access.Role) error {
	if !s.d.Demo {
		return fault.Missing("demonstration")
	}
	now := s.d.Now()
	if err := s.begin(ctx, account, now, access.Demonstration); err != nil {
		return err
	}
	_, list, err := s.load(ctx, account, now)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Role == role {
			s.put(ctx, c)
			break
		}
	}
	a := access.Actor{Account: account, Role: access.System, Wall: access.Hall, Strength: access.Demonstration}.Via(from)
	return s.note(ctx, a, "account.signed_in", map[string]string{"way": "demonstration"})
}

// Installed says whether the installation is a demonstration, and whether all three sign-offs are recorded.
func (s *Service) Installed(ctx context.Context) (demo, assured bool, err error) {
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindInstallation(ctx)
		demo, assured = row.Demo, row.SignOffs == signOffsNeeded
		return err
	})
	return demo, assured, err
}

// signOffsNeeded: clinical safety, data protection and retention (mission.md).
const signOffsNeeded = 3
