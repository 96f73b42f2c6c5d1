package development

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/care/development/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Share is that one reads the goals of the other.
type Share struct {
	Owner, With         uuid.UUID
	OwnerName, WithName string
	At                  time.Time
}

// Path is where the goals are read by whom they are shared with.
func (s Share) Path() string { return "/development/shared/" + s.Owner.String() }

// Share lets a colleague of the same service read the goals of the actor's plan.
func (s *Service) Share(ctx context.Context, a access.Actor, at time.Time, with uuid.UUID) (fault.Fields, error) {
	var f fault.Fields
	c, found, err := s.colleague(ctx, a, with)
	if err != nil {
		return nil, err
	}
	if !found {
		f.Add("with", "development.with.empty")
		return f, nil
	}
	return nil, s.do(ctx, a, at, "development.shared", "account", with, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).InsertShare(ctx, db.InsertShareParams{ServiceID: a.Service, OwnerAccount: a.Account, WithAccount: with, OwnerName: a.Name, WithName: c.Name, At: at})
		if err != nil {
			return 0, fmt.Errorf("insert share: %w", err)
		}
		return n, nil
	})
}

// Unshare takes that back at once.
func (s *Service) Unshare(ctx context.Context, a access.Actor, at time.Time, with uuid.UUID) error {
	return s.do(ctx, a, at, "development.unshared", "account", with, func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).DeleteShare(ctx, db.DeleteShareParams{ServiceID: a.Service, OwnerAccount: a.Account, WithAccount: with})
		if err != nil {
			return 0, fmt.Errorf("delete share: %w", err)
		}
		if n == 0 {
			return 0, fault.Missing("share")
		}
		return n, nil
	})
}

func shares(ctx context.Context, tx *postgres.Tx) (with, from []Share, err error) {
	rows, err := db.New(tx).ListShares(ctx, tx.Actor.Service)
	if err != nil {
		return nil, nil, fmt.Errorf("list shares: %w", err)
	}
	for _, r := range rows {
		x := Share{Owner: r.OwnerAccount, With: r.WithAccount, OwnerName: r.OwnerName, WithName: r.WithName, At: r.At}
		if x.Owner == tx.Actor.Account {
			with = append(with, x)
		} else {
			from = append(from, x)
		}
	}
	return with, from, nil
}

// LoadShared finds a plan that a colleague shares with the actor. What is not shared is missing, as if it did not exist.
func (s *Service) LoadShared(ctx context.Context, a access.Actor, r *http.Request) (o access.Object, err error) {
	owner, err := web.PathID(r, "account")
	if err != nil {
		return o, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		_, from, err := shares(ctx, tx)
		if err != nil {
			return err
		}
		for _, x := range from {
			if x.Owner == owner {
				o = access.Object{Kind: "development_plan", ID: owner, Relations: []access.Relation{access.Viewer}, Ground: "shared", Value: x}
				return nil
			}
		}
		return fault.Missing("development plan")
	})
	return o, err
}

// Shared reads the goals of a loaded plan; the reading is written to the audit log first.
func (s *Service) Shared(ctx context.Context, a access.Actor, at time.Time, x Share) (out []Goal, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := audit.Append(ctx, tx, audit.Entry{At: at, Action: "development.plan_read", Kind: "account", Object: x.Owner, Ground: "shared"}); err != nil {
			return err
		}
		out, err = s.goals(ctx, tx, x.Owner)
		return err
	})
	return out, err
}
