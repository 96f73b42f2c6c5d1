package evidence

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/frozen"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

// Snapshot freezes all standards with their evidence as they are today. Words that look like a person keep it from
// being frozen. The same id again changes nothing.
func (s *Service) Snapshot(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		r, err := read(ctx, tx, now)
		if err == nil {
			err = r.search(ctx, tx)
		}
		if err != nil {
			return err
		}
		n := 1
		for _, x := range r.Snapshots {
			if x.ID == id {
				return nil
			}
			n = max(n, x.N+1)
		}
		switch {
		case len(r.Standards) == 0:
			return fault.New(fault.Conflict, "evidence.snapshot.nothing")
		case len(r.Suspects()) > 0:
			return fault.New(fault.Conflict, "evidence.snapshot.personal")
		}
		c := picture(r)
		c.At, c.By = now, a.Name
		if c.Organisation, err = q.OrganisationName(ctx, db.OrganisationNameParams{OrganisationID: a.Organisation, OnDay: r.Today.UTC()}); err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find organisation: %w", err)
		}
		body, err := frozen.Render(ctx, c)
		if err != nil {
			return fmt.Errorf("render snapshot: %w", err)
		}
		rows, err := q.InsertSnapshot(ctx, db.InsertSnapshotParams{OrganisationID: a.Organisation, ID: id, N: int32(n), AsOf: r.Today.UTC(), Body: body, Sha256: standalone.Hash(body), Author: a.Name, At: now.UTC()})
		switch {
		case postgres.Code(err) == postgres.UniqueViolation:
			return fault.Wrap(fault.Conflict, "evidence.snapshot.other", err)
		case err != nil:
			return fmt.Errorf("insert snapshot: %w", err)
		case rows == 0:
			return nil
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "evidence.frozen", Kind: "evidence_snapshot", Object: id})
	})
}

// picture takes from the room what a snapshot says.
func picture(r Room) frozen.Content {
	t := r.Tally()
	c := frozen.Content{AsOf: r.Today, Percent: t.Percent(), Met: t.Met, Partly: t.Partly, Missing: t.Missing}
	for _, d := range r.Domains() {
		x := frozen.Domain{Framework: d.Framework, Edition: d.Edition, Name: d.Name}
		for _, s := range d.Standards {
			y := frozen.Standard{Code: s.Code, Title: s.Title, Level: s.Level, Version: s.Version, State: string(r.State(s))}
			for _, i := range r.Of(s.ID) {
				y.Items = append(y.Items, frozen.Item{Kind: string(i.Kind), Title: i.Title, Body: i.Body, Standing: string(i.Standing(r.Today)), Owner: i.Owner, Reviewer: i.Reviewer,
					Collected: i.Collected, ValidUntil: i.ValidUntil, StandingBy: i.StatusBy, StandingAt: i.StatusAt, Figure: i.Cited, File: i.File})
			}
			x.Standards = append(x.Standards, y)
		}
		c.Domains = append(c.Domains, x)
	}
	return c
}

// FindSnapshot gives a snapshot with its body.
func (s *Service) FindSnapshot(ctx context.Context, a access.Actor, id uuid.UUID) (out Snapshot, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		x, err := db.New(tx).FindSnapshot(ctx, db.FindSnapshotParams{OrganisationID: a.Organisation, ID: id})
		if err != nil {
			return missing(err, "snapshot")
		}
		out = Snapshot{x.ID, int(x.N), civil.Of(x.AsOf), x.Body, x.Sha256, x.Author, x.At}
		return nil
	})
	return out, err
}

// Verified says whether a snapshot still is what was frozen.
func (x Snapshot) Verified() bool { return standalone.Hash(x.Body) == x.SHA256 }
