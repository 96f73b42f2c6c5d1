package sharing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/network/release"
	"github.com/rowan-ohwb/rowan/internal/growth/network/sharing/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/network/system"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/organisation"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Made is a release that has left.
type Made struct {
	ID, System uuid.UUID
	AsAt       civil.Date
	At         time.Time
	By         string
	Figures    int
}

// Draft is what would leave now.
type Draft struct {
	release.Release
	board Board
}

// Seen identifies what a draft says, so that what is released is what was looked at.
func (d Draft) Seen() string {
	b, err := json.Marshal([]any{d.System, d.Code, d.Name, d.Model, d.AsAt, d.Figures})
	if err != nil {
		panic(err) // strings and numbers
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// standing is what a release is made from besides the figures.
func (s *Service) standing(ctx context.Context, tx *postgres.Tx, today civil.Date) (b Board, left map[release.Key]bool, name string, err error) {
	if b, err = s.board(ctx, tx, today); err != nil || b.System.ID == uuid.Nil {
		return b, nil, "", err
	}
	rows, err := db.New(tx).ListLeft(ctx, tx.Actor.Organisation)
	if err != nil {
		return b, nil, "", fmt.Errorf("list what has left: %w", err)
	}
	left = map[release.Key]bool{}
	for _, r := range rows {
		left[release.Key{Metric: r.Metric, Item: r.Item, Month: civil.Of(r.Month)}] = true
	}
	if b.InForce(Name) {
		o, err := organisation.On(ctx, tx, tx.Actor.Organisation, EndOf(Last(today)).UTC())
		if err != nil {
			return b, nil, "", err
		}
		name = o.Name
	}
	return b, left, name, nil
}

// Draft works out what would leave now: exactly what Release would send.
func (s *Service) Draft(ctx context.Context, a access.Actor, now time.Time) (d Draft, err error) {
	today := locale.Day(now)
	last := Last(today)
	var left map[release.Key]bool
	var name string
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		d.board, left, name, err = s.standing(ctx, tx, today)
		return err
	})
	if err != nil || d.board.System.ID == uuid.Nil {
		return d, err
	}
	d.Release = release.Release{Format: release.Format, Version: release.Version, MadeAt: now.UTC().Truncate(time.Second), AsAt: EndOf(last),
		System: release.SystemCode(d.board.System.ID, d.board.System.ODS), Code: d.board.Code, Name: name, Model: d.board.Model}
	for _, m := range s.pack.Metrics {
		for _, x := range d.board.Agreements {
			if x.Item != m.ID || x.State != Agreed {
				continue
			}
			months := owed(x, m, last, left)
			if len(months) == 0 {
				continue
			}
			figures, err := s.d.Figures(ctx, a, now, m, months)
			if err != nil {
				return d, fmt.Errorf("figures of %s: %w", m.ID, err)
			}
			d.Figures = append(d.Figures, fresh(figures, months, left)...)
		}
	}
	d.Sort()
	return d, nil
}

// Release sends what is due: signed, kept, and written into the tables of the ICS. seen is what was looked at; "" for the job, which
// looks at nothing.
func (s *Service) Release(ctx context.Context, a access.Actor, now time.Time, seen string) (uuid.UUID, error) {
	d, err := s.Draft(ctx, a, now)
	switch {
	case err != nil:
		return uuid.Nil, err
	case len(d.Figures) == 0:
		return uuid.Nil, fault.New(fault.Conflict, "sharing.release.none")
	case seen != "" && seen != d.Seen():
		return uuid.Nil, fault.New(fault.Conflict, "sharing.release.changed")
	}
	d.ID = uuid.New()
	if key := d.Check(s.pack, locale.Day(now)); key != "" {
		return uuid.Nil, fmt.Errorf("the release is none: %s", key)
	}
	file, err := s.signer.Sign(d.Release)
	if err != nil {
		return uuid.Nil, err
	}
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if err := q.LockReleases(ctx, a.Organisation); err != nil {
			return fmt.Errorf("wait for another release: %w", err)
		}
		// What was agreed on and what had left are looked at again: somebody may have ended the sharing meanwhile.
		b, _, name, err := s.standing(ctx, tx, locale.Day(now))
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(b, d.board) || name != d.Name {
			return fault.New(fault.Conflict, "sharing.release.changed")
		}
		if err := keep(ctx, q, a, d.Release, b.System.ID, file); err != nil {
			return err
		}
		if err := system.Deliver(ctx, tx, b.System.ID, s.Fingerprint(), d.Release, system.Here, now); err != nil {
			return err
		}
		if x, ok := b.Of(Nation); ok && x.State == Agreed {
			if err := s.passOn(ctx, tx, b.Nation.ID, x.From, d.Release, now); err != nil {
				return err
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "sharing.released", Kind: "sharing_release", Object: d.ID})
	})
	return d.ID, err
}

func keep(ctx context.Context, q *db.Queries, a access.Actor, r release.Release, to uuid.UUID, file []byte) error {
	if err := q.InsertRelease(ctx, db.InsertReleaseParams{OrganisationID: a.Organisation, ID: r.ID, SystemID: to, AsAt: r.AsAt.UTC(), MadeAt: r.MadeAt, ByName: a.Name, Figures: int32(len(r.Figures)), File: file}); err != nil { //nolint:gosec // it was checked
		return fmt.Errorf("keep the release: %w", err)
	}
	left := db.InsertLeftParams{OrganisationID: a.Organisation, ReleaseID: r.ID}
	for _, f := range r.Figures {
		left.Metrics, left.Items, left.Months = append(left.Metrics, f.Metric), append(left.Items, f.Item), append(left.Months, f.Month.UTC())
	}
	if err := q.InsertLeft(ctx, left); err != nil {
		return fmt.Errorf("keep what left: %w", err)
	}
	return nil
}

func releases(ctx context.Context, tx *postgres.Tx) (out []Made, err error) {
	rows, err := db.New(tx).ListReleases(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list releases: %w", err)
	}
	for _, r := range rows {
		out = append(out, Made{r.ID, r.SystemID, civil.Of(r.AsAt), r.MadeAt, r.ByName, int(r.Figures)})
	}
	return out, nil
}

// Find gives a release with its file, as it left.
func (s *Service) Find(ctx context.Context, a access.Actor, id uuid.UUID) (m Made, r release.Release, file []byte, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindRelease(ctx, db.FindReleaseParams{OrganisationID: a.Organisation, ID: id})
		if errors.Is(err, pgx.ErrNoRows) {
			return fault.Missing("release")
		}
		if err != nil {
			return fmt.Errorf("find the release: %w", err)
		}
		m, file = Made{row.ID, row.SystemID, civil.Of(row.AsAt), row.MadeAt, row.ByName, int(row.Figures)}, row.File
		// The key may have been made anew since; the file is ours, and was not changed in the database.
		r, err = release.Read(file)
		return err
	})
	return m, r, file, err
}
