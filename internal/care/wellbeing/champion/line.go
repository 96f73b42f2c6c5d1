package champion

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/care/referral/delegation"
	"github.com/rowan-ohwb/rowan/internal/care/wellbeing/champion/internal/db"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/web"
)

// Line lists who of the actor's team asked, or is a champion; what was refused, withdrawn or is over is left out.
func (s *Service) Line(ctx context.Context, a access.Actor, now time.Time) (out []Champion, err error) {
	today := locale.Day(now)
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		team, err := delegation.Reports(ctx, tx, now)
		if err != nil {
			return err
		}
		all, err := network(ctx, tx, a.Organisation, today, nil)
		for _, c := range all {
			if (c.Waits(today) || c.Active(today)) && slices.ContainsFunc(team, func(x delegation.Colleague) bool { return x.ID == c.Person }) {
				out = append(out, c)
			}
		}
		return err
	})
	return out, err
}

// LoadLine finds somebody of the actor's team; everybody else is missing.
func (s *Service) LoadLine(ctx context.Context, a access.Actor, r *http.Request) (access.Object, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return access.Object{}, err
	}
	all, err := s.Line(ctx, a, s.now())
	if err != nil {
		return access.Object{}, err
	}
	i := slices.IndexFunc(all, func(c Champion) bool { return c.ID == id })
	if i < 0 {
		return access.Object{}, fault.Missing("champion")
	}
	return access.Object{Kind: "champion", ID: id, Subject: all[i].Person, State: all[i].State, Relations: []access.Relation{access.Line}, Value: all[i]}, nil
}

// Agree agrees to a champion with protected time, or changes it: they are told each time. Row policies refuse who is not their manager.
func (s *Service) Agree(ctx context.Context, a access.Actor, at time.Time, c Champion, hours int) error {
	if err := refuse(CheckHours(hours)); err != nil {
		return err
	}
	if c.State == Agreed && c.Hours == hours {
		return nil // a second press
	}
	h := int32(hours) //nolint:gosec // bounded by CheckHours
	return s.do(ctx, a, entry(at, "champion.agreed", c), func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).Agree(ctx, db.AgreeParams{OrganisationID: a.Organisation, ID: c.ID, Hours: &h, Manager: &a.Person, At: &at, OnDay: locale.Day(at).Null()})
		if err != nil {
			return 0, fmt.Errorf("agree: %w", err)
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "champion.changed")
		}
		return n, tell(ctx, tx, "champion_agreed", again(c, at.UTC().Format(time.RFC3339Nano)), c.Person, at)
	})
}

// Refuse does not agree. The person is told to talk with their manager: no reason is written down.
func (s *Service) Refuse(ctx context.Context, a access.Actor, at time.Time, c Champion) error {
	return s.do(ctx, a, entry(at, "champion.refused", c), func(tx *postgres.Tx) (int64, error) {
		n, err := db.New(tx).Refuse(ctx, db.RefuseParams{OrganisationID: a.Organisation, ID: c.ID, Manager: &a.Person, At: &at})
		if err != nil {
			return 0, fmt.Errorf("refuse: %w", err)
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "champion.changed")
		}
		return n, tell(ctx, tx, "champion_refused", c, c.Person, at)
	})
}

// Covered is the coverage of one's own organisation, for HR.
func (s *Service) Covered(ctx context.Context, a access.Actor, now time.Time) (m Map, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		m, err = s.cover(ctx, tx, a.Organisation, now)
		return err
	})
	return m, err
}

func (s *Service) cover(ctx context.Context, tx *postgres.Tx, organisation uuid.UUID, now time.Time) (Map, error) {
	rows, err := db.New(tx).ListSquads(ctx, db.ListSquadsParams{OrganisationID: organisation, OnDay: locale.Day(now).Null()})
	if err != nil {
		return Map{}, fmt.Errorf("list teams: %w", err)
	}
	teams := make([]Squad, len(rows))
	for i, r := range rows {
		teams[i] = Squad{r.Department, r.Team, int(r.People), int(r.Champions)}
	}
	return s.pack.Cover(teams), nil
}
