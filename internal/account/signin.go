package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/platform/password"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/seal"
)

// ErrWrong is the one answer to every sign-in that does not work: it tells nobody whether the account exists,
// the password was right or the account is waiting.
var ErrWrong = errors.New("sign-in refused")

// Five wrong tries, then fifteen minutes: slow enough against guessing, short enough for a tired nurse.
const (
	triesBeforeWait = 5
	waitAfterTries  = 15 * time.Minute
)

// Fold makes an e-mail comparable.
func Fold(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// SignIn checks e-mail, password and authenticator or recovery code, and begins the session. from is whoever asks, of whom
// nothing is known but the request.
func (s *Service) SignIn(ctx context.Context, from access.Actor, login, secret, code string) error {
	now := s.d.Now()
	var a db.FindAccountByLoginRow
	err := s.inHall(ctx, hall, func(tx *postgres.Tx) (err error) {
		a, err = db.New(tx).FindAccountByLogin(ctx, Fold(login))
		return err
	})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("find account: %w", err)
	}
	known := err == nil && a.State == "active" && a.PasswordHash != nil
	// An unknown account costs as much time as a known one: Verify compares "" with a decoy.
	hash := ""
	if known {
		hash = *a.PasswordHash
	}
	right, _, err := password.Verify(hash, secret)
	if err != nil {
		return fmt.Errorf("verify password: %w", err)
	}
	if !known || (a.LockedUntil != nil && now.Before(*a.LockedUntil)) {
		return ErrWrong
	}
	proved := access.Strength("")
	if right {
		proved = access.Password
		right, err = s.secondFactor(ctx, a.ID, a.TotpSealed, a.TotpUsedStep, code, now)
		if err != nil {
			return err
		}
	}
	if err := s.noteTry(ctx, from, now, tried{a.ID, a.DisplayName, a.FailedCount, proved, right}); err != nil {
		return err
	}
	if !right {
		return ErrWrong
	}
	return s.begin(ctx, a.ID, now, access.SecondFactor)
}

// tried is a try to sign in: by whom, how far it got, and whether it was right.
type tried struct {
	account uuid.UUID
	name    string
	failed  int32
	proved  access.Strength
	right   bool
}

// noteTry remembers a try; after too many wrong ones the account waits.
func (s *Service) noteTry(ctx context.Context, from access.Actor, now time.Time, t tried) error {
	if t.right {
		t.proved = access.SecondFactor
	}
	actor := access.Actor{Account: t.account, Name: t.name, Role: access.System, Wall: access.Hall, Strength: t.proved}.Via(from)
	err := s.inHall(ctx, actor, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if t.right {
			if err := q.NoteSuccess(ctx, t.account); err != nil {
				return err
			}
			return audit.Append(ctx, tx, audit.Entry{At: now, Action: "account.signed_in", Kind: "account", Object: t.account})
		}
		var until *time.Time
		if t.failed+1 >= triesBeforeWait {
			end := now.Add(waitAfterTries)
			until = &end
		}
		if err := q.NoteFailure(ctx, db.NoteFailureParams{ID: t.account, LockedUntil: until}); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "account.signed_in", Kind: "account", Object: t.account, Denied: true})
	})
	if err != nil {
		return fmt.Errorf("note sign-in: %w", err)
	}
	return nil
}

// secondFactor checks an authenticator code or, failing that, a recovery code. Each counts once.
func (s *Service) secondFactor(ctx context.Context, account uuid.UUID, sealed []byte, used int64, code string, now time.Time) (bool, error) {
	if sealed == nil {
		return false, nil
	}
	secret, err := s.d.Keys.OpenField(totpCell(account), sealed)
	if err != nil {
		return false, fmt.Errorf("open authenticator secret: %w", err)
	}
	step, ok, err := password.CheckTOTP(string(secret), code, used, now)
	if err != nil {
		return false, fmt.Errorf("check authenticator code: %w", err)
	}
	err = s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if ok {
			n, err := q.UseStep(ctx, db.UseStepParams{ID: account, Step: step})
			ok = n == 1
			return err
		}
		hashes, err := q.ListRecoveryCodes(ctx, account)
		if err != nil {
			return err
		}
		i, match, err := password.MatchRecoveryCode(hashes, code)
		if err != nil || !match {
			return err
		}
		n, err := q.UseRecoveryCode(ctx, db.UseRecoveryCodeParams{AccountID: account, Hash: hashes[i], UsedAt: &now})
		ok = n == 1
		return err
	})
	if err != nil {
		return false, fmt.Errorf("use second factor: %w", err)
	}
	return ok, nil
}

// totpCell is bound to the account alone, which belongs to no tenant: somebody may work for two.
func totpCell(account uuid.UUID) seal.Cell {
	return seal.Cell{Tenant: account, Table: "account", Column: "totp_sealed", Row: account, Class: "D8"}
}

// begin opens a session with the account's first role, under a new token.
func (s *Service) begin(ctx context.Context, account uuid.UUID, now time.Time, proved access.Strength) error {
	_, choices, err := s.load(ctx, account, now)
	if err != nil {
		return err
	}
	if len(choices) == 0 {
		return ErrWrong
	}
	if err := s.d.Sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew session: %w", err)
	}
	s.d.Sessions.Remove(ctx, keyLinkWho)
	s.d.Sessions.Remove(ctx, keyReady)
	s.d.Sessions.Remove(ctx, keyReadyAt)
	s.d.Sessions.Put(ctx, keyAccount, account.String())
	s.d.Sessions.Put(ctx, keyProved, string(proved))
	s.d.Sessions.Put(ctx, keyStepped, now.Unix())
	s.d.Sessions.Put(ctx, keySeen, now.Unix())
	s.put(ctx, choices[0])
	return nil
}

func (s *Service) put(ctx context.Context, c Choice) {
	s.d.Sessions.Put(ctx, keyRole, string(c.Role))
	s.d.Sessions.Put(ctx, keyPlace, c.PlaceID.String())
}

// SignOut ends the session.
func (s *Service) SignOut(ctx context.Context) error { return s.d.Sessions.Destroy(ctx) }
