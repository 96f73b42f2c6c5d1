package foi

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/foi/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Service makes extracts and keeps them.
type Service struct {
	db     *postgres.DB
	system *system.Service
}

// New makes the service.
func New(d *postgres.DB, s *system.Service) *Service { return &Service{d, s} }

// Kept is an extract that was made.
type Kept struct {
	ID        uuid.UUID
	Reference string
	Table     Table
	At        time.Time
	By        string
}

// Pack is what can be asked for.
func (s *Service) Pack() release.Pack { return s.system.Pack() }

// Months lists the months that can be asked for, the newest first; none where nothing was released.
func (s *Service) Months(ctx context.Context, a access.Actor) (out []civil.Date, err error) {
	last, err := s.system.Newest(ctx, a)
	if err != nil || last.IsZero() {
		return nil, err
	}
	for i := range s.Pack().Back {
		out = append(out, last.AddMonths(-i))
	}
	return out, nil
}

// Make makes an extract and keeps it. The same id again does nothing.
func (s *Service) Make(ctx context.Context, a access.Actor, now time.Time, c Choice) error {
	months, err := s.Months(ctx, a)
	if err != nil {
		return err
	}
	if f := c.Check(s.Pack(), months); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	values, err := s.system.Received(ctx, a, c.From, c.To)
	if err != nil {
		return err
	}
	return s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		below, err := organisation.SystemsBelow(ctx, tx, a.Organisation, now)
		if err != nil {
			return err
		}
		names := map[string]string{}
		for _, m := range below {
			names[release.SystemCode(m.ID, m.ODS)] = m.Name
		}
		body, err := json.Marshal(Extract(values, c, s.Pack(), names))
		if err != nil {
			return fmt.Errorf("write an extract: %w", err)
		}
		n, err := db.New(tx).InsertExtract(ctx, db.InsertExtractParams{OrganisationID: a.Organisation, ID: c.ID, Reference: strings.TrimSpace(c.Reference), Metric: c.Metric, FromMonth: c.From.UTC(), ToMonth: c.To.UTC(), Grouping: c.By, At: now, ByName: a.Name, Body: body})
		if err != nil {
			return fmt.Errorf("keep an extract: %w", err)
		}
		if n == 0 {
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "foi.made", Kind: "extract", Object: c.ID, Detail: map[string]string{"metric": c.Metric, "by": c.By}})
	})
}

// List gives every extract, the newest first.
func (s *Service) List(ctx context.Context, a access.Actor) (out []Kept, err error) {
	err = s.db.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListExtracts(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list extracts: %w", err)
		}
		for _, r := range rows {
			k := Kept{ID: r.ID, Reference: r.Reference, At: r.MadeAt, By: r.MadeBy}
			if err := json.Unmarshal(r.Body, &k.Table); err != nil {
				return fmt.Errorf("read an extract: %w", err)
			}
			out = append(out, k)
		}
		return nil
	})
	return out, err
}

// Find gives one extract as it was given out.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (Kept, error) {
	all, err := s.List(ctx, a)
	if err != nil {
		return Kept{}, err
	}
	i := slices.IndexFunc(all, func(k Kept) bool { return k.ID == id })
	if i < 0 {
		return Kept{}, fault.Missing("extract")
	}
	return all[i], nil
}
