package account

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/account/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/password"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// NewAccount is an account to open, with the roles it gets.
type NewAccount struct {
	ID           uuid.UUID
	Login, Name  string
	Registration access.Registration // of a clinician; empty for none
	Organisation uuid.UUID           // with Person: the workforce record behind it; zero for none
	Person       uuid.UUID
	Invited      bool // no password yet: an invitation link is to follow
	Grants       []NewGrant
}

// NewGrant is a role at an organisation or a service.
type NewGrant struct {
	Role         access.Role
	Organisation uuid.UUID
	Service      uuid.UUID
	Decides      bool // of a nurse or physician: may decide on disclosures without consent
}

// Create opens accounts in one transaction of the hall.
func (s *Service) Create(ctx context.Context, actor access.Actor, at time.Time, list []NewAccount) error {
	return s.inHall(ctx, actor, func(tx *postgres.Tx) error { return s.CreateIn(ctx, tx, at, list) })
}

// CreateIn opens accounts in the caller's transaction, behind the hall wall.
func (s *Service) CreateIn(ctx context.Context, tx *postgres.Tx, at time.Time, list []NewAccount) error {
	for _, n := range list {
		if err := insert(ctx, tx, at, n); err != nil {
			return err
		}
	}
	return nil
}

func insert(ctx context.Context, tx *postgres.Tx, at time.Time, n NewAccount) error {
	q := db.New(tx)
	state := "active"
	if n.Invited {
		state = "invited"
	}
	err := q.InsertAccount(ctx, db.InsertAccountParams{ID: n.ID, Login: Fold(n.Login), DisplayName: n.Name, Registration: postgres.Null(string(n.Registration)),
		OrganisationID: postgres.Null(n.Organisation), PersonID: postgres.Null(n.Person), State: state})
	if err != nil {
		return fmt.Errorf("insert account: %w", err)
	}
	for _, g := range n.Grants {
		if err := atPlace(ctx, tx, at, g); err != nil {
			return err
		}
		err := q.InsertGrant(ctx, db.InsertGrantParams{ID: uuid.New(), AccountID: n.ID, Role: string(g.Role),
			OrganisationID: postgres.Null(g.Organisation), ServiceID: postgres.Null(g.Service), ValidFrom: at, GrantedBy: postgres.Null(tx.Actor.Account), DecidesDisclosures: g.Decides})
		if err != nil {
			return fmt.Errorf("insert role: %w", err)
		}
	}
	return audit.Append(ctx, tx, audit.Entry{At: at, Action: "account.created", Kind: "account", Object: n.ID, Subject: n.Person})
}

// above are the roles that are held at an organisation above trusts, by its kind.
var above = map[organisation.Kind]access.Role{organisation.ICS: access.SystemLead, organisation.Nation: access.NationalLead}

// atPlace holds the role of an ICS or a nation to an organisation of its kind, and every other role away from one: a trust's lead of
// the same kind would read nothing, and such an organisation has nothing that another role could do.
func atPlace(ctx context.Context, tx *postgres.Tx, at time.Time, g NewGrant) error {
	higher := g.Role == access.SystemLead || g.Role == access.NationalLead
	if g.Organisation == uuid.Nil {
		if higher {
			return fmt.Errorf("the role %s is held at an ICS or a nation", g.Role)
		}
		return nil
	}
	o, err := organisation.On(ctx, tx, g.Organisation, at)
	if fault.KindOf(err) == fault.NotFound && !higher {
		return nil // it begins later
	}
	if err != nil {
		return err
	}
	if role, only := above[o.Kind]; only && role != g.Role || !only && higher {
		return fmt.Errorf("the role %s cannot be held at %s", g.Role, o.Name)
	}
	return nil
}

// Credentials are shown once, when an account is made ready.
type Credentials struct {
	Account       uuid.UUID
	Secret        string // of the authenticator
	Address       string // otpauth:// for a QR code or by hand
	RecoveryCodes []string
}

// MakeReady gives an account its password and a new authenticator and recovery codes.
func (s *Service) MakeReady(ctx context.Context, account uuid.UUID, login, secret string) (Credentials, error) {
	hash, err := password.Hash(secret)
	if err != nil {
		return Credentials{}, err
	}
	c := Credentials{Account: account, Secret: password.NewTOTPSecret()}
	sealed, err := s.d.Keys.SealField(totpCell(account), []byte(c.Secret))
	if err != nil {
		return Credentials{}, fmt.Errorf("seal authenticator secret: %w", err)
	}
	c.Address = password.TOTPAddress("Rowan", login, c.Secret)
	codes, hashes := password.NewRecoveryCodes()
	c.RecoveryCodes = codes
	err = s.inHall(ctx, access.Actor{Account: account, Role: access.System}, func(tx *postgres.Tx) error {
		q := db.New(tx)
		n, err := q.SetCredentials(ctx, db.SetCredentialsParams{ID: account, PasswordHash: &hash, TotpSealed: sealed})
		if err != nil {
			return fmt.Errorf("set credentials: %w", err)
		}
		if n == 0 {
			return ErrLink
		}
		if err := q.ClearRecoveryCodes(ctx, account); err != nil {
			return err
		}
		for _, h := range hashes {
			if err := q.InsertRecoveryCode(ctx, db.InsertRecoveryCodeParams{AccountID: account, Hash: h}); err != nil {
				return err
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: s.d.Now(), Action: "account.credentials_set", Kind: "account", Object: account})
	})
	return c, err
}

// DemoPeople lists who one can sign in as.
func (s *Service) DemoPeople(ctx context.Context) ([]DemoPerson, error) {
	var out []DemoPerson
	err := s.inHall(ctx, hall, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListDemoPeople(ctx)
		for _, r := range rows {
			p := DemoPerson{ID: r.ID, Name: r.DisplayName, Place: r.Place, Team: r.Team, Reports: int(r.Reports)}
			for _, role := range strings.Split(r.Roles, ",") {
				if role != "" {
					p.Roles = append(p.Roles, access.Role(role))
				}
			}
			if len(p.Roles) == 0 {
				p.Roles = []access.Role{access.Person}
				if p.Reports > 0 {
					p.Roles = []access.Role{access.Manager, access.Person}
				}
			}
			out = append(out, p)
		}
		return err
	})
	return out, err
}
