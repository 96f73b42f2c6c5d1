package maturity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/framework"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement"
	"github.com/rowan-ohwb/rowan/internal/growth/improvement/maturity/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Taken is a version of ours that was taken up, as it was published.
type Taken struct {
	framework.Version
	At time.Time
	By string
}

// used is the version that is rated by: the last that was taken up, else version 1.
func used(taken []Taken) framework.Version {
	if len(taken) == 0 {
		return framework.Ours()
	}
	return taken[0].Version
}

func listTaken(ctx context.Context, q *db.Queries, a access.Actor) (out []Taken, err error) {
	rows, err := q.ListTaken(ctx, a.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list versions taken up: %w", err)
	}
	for _, r := range rows {
		x := Taken{framework.Version{ID: r.ID, Host: r.HostID, HostName: r.HostName, Number: int(r.Number), Name: r.Name, Source: r.Source, Effective: civil.Of(r.EffectiveFrom), Summary: r.Summary}, r.TakenAt, r.TakenBy}
		if err := errors.Join(json.Unmarshal(r.Themes, &x.Themes), json.Unmarshal(r.Reasons, &x.Reasons)); err != nil {
			return nil, fmt.Errorf("read version %d: %w", r.Number, err)
		}
		out = append(out, x)
	}
	return out, nil
}

// Versions are those that were used for rating, the newest first; version 1 is not among them, as nobody has to take it up.
func (s *Service) Versions(ctx context.Context, a access.Actor) (out []Taken, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = listTaken(ctx, db.New(tx), a)
		return err
	})
	return out, err
}

// Newer is the version that is in force and was not taken up; false where what is used is the newest.
func (s *Service) Newer(ctx context.Context, a access.Actor, now time.Time) (offered, inUse framework.Version, ok bool, err error) {
	taken, err := s.Versions(ctx, a)
	if err != nil {
		return offered, inUse, false, err
	}
	inUse = used(taken)
	if s.d.Offered == nil {
		return offered, inUse, false, nil
	}
	offered, err = s.d.Offered(ctx, a, now)
	ok = offered.ID != uuid.Nil
	for _, x := range taken {
		ok = ok && x.ID != offered.ID
	}
	return offered, inUse, ok, err
}

// Take takes up the version that is in force: it is copied as it was published, and what is rated from now on is rated by it. Ratings made
// before stay, each under its own version. id is that of the version that was shown.
func (s *Service) Take(ctx context.Context, a access.Actor, at time.Time, id uuid.UUID) error {
	v, _, ok, err := s.Newer(ctx, a, at)
	if err != nil {
		return err
	}
	if v.ID != id {
		return s.stale(ctx, a, id)
	}
	if !ok {
		return improvement.Changed()
	}
	themes, err := json.Marshal(v.Themes)
	if err != nil {
		return fmt.Errorf("write themes: %w", err)
	}
	reasons, err := json.Marshal(append([]framework.Reason{}, v.Reasons...))
	if err != nil {
		return fmt.Errorf("write reasons: %w", err)
	}
	return improvement.Audited(ctx, s.d.DB, a, at, "improvement.version_taken", "maturity_taken", id, func(tx *postgres.Tx) (bool, error) {
		n, err := db.New(tx).InsertTaken(ctx, db.InsertTakenParams{OrganisationID: a.Organisation, ID: v.ID, HostID: v.Host, HostName: v.HostName, Number: int32(v.Number), Name: v.Name, Source: v.Source, //nolint:gosec // a number is small
			EffectiveFrom: v.Effective.UTC(), Themes: themes, Summary: v.Summary, Reasons: reasons, At: postgres.Stamp(at), ByName: a.Name})
		if err != nil {
			return false, fmt.Errorf("take up a version: %w", err)
		}
		return n > 0, nil
	})
}

// stale is the answer to a version that is not offered: one that was taken up before is there, any other is missing.
func (s *Service) stale(ctx context.Context, a access.Actor, id uuid.UUID) error {
	if _, _, err := s.Version(ctx, a, id.String()); err != nil {
		return err
	}
	return improvement.Changed()
}

// Version finds a version of ours that is or was used: "1" for ours, else the id of one that was taken up.
func (s *Service) Version(ctx context.Context, a access.Actor, key string) (v, before framework.Version, err error) {
	if key == "1" {
		return framework.Ours(), framework.Version{}, nil
	}
	taken, err := s.Versions(ctx, a)
	for i, x := range taken {
		if x.ID.String() == key {
			before = framework.Ours()
			if i+1 < len(taken) {
				before = taken[i+1].Version
			}
			return x.Version, before, err
		}
	}
	if err == nil {
		err = fault.Missing("version")
	}
	return v, before, err
}
