package evidence

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/document/redaction"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB      *postgres.DB
	Figures *figure.Library
	Now     func() time.Time // of the reminders; commands are given the time of their request
	// Tell queues a message to whoever leads the service, in the transaction that wrote n reminders of which the most
	// pressing has so many days left. It names nobody: the worker finds out who that is. Absent: reminders are on the page
	// alone.
	Tell func(ctx context.Context, tx *postgres.Tx, now time.Time, n, days int) error
}

// Service keeps the evidence.
type Service struct {
	d       Deps
	figures *figure.Service
}

// New makes the service.
func New(d Deps) *Service { return &Service{d, figure.New(d.DB, d.Figures)} }

// Read gives everything there is.
func (s *Service) Read(ctx context.Context, a access.Actor, now time.Time) (r Room, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err = read(ctx, tx, now)
		return err
	})
	return r, err
}

// Search gives everything there is, with the words of files: of one item, or with no id of all that are in use.
func (s *Service) Search(ctx context.Context, a access.Actor, now time.Time, ids ...uuid.UUID) (r Room, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if r, err = read(ctx, tx, now); err != nil {
			return err
		}
		return r.search(ctx, tx, ids...)
	})
	return r, err
}

// search adds the words of files.
func (r *Room) search(ctx context.Context, tx *postgres.Tx, ids ...uuid.UUID) (err error) {
	var files []uuid.UUID
	for _, i := range r.Items {
		if i.File != nil && (slices.Contains(ids, i.ID) || len(ids) == 0 && i.Status != Replaced) {
			files = append(files, i.File.ID)
		}
	}
	r.words, err = document.Words(ctx, tx, files...)
	return err
}

func read(ctx context.Context, tx *postgres.Tx, now time.Time) (Room, error) {
	q, org := db.New(tx), tx.Actor.Organisation
	r := Room{Today: locale.Day(now), serves: map[uuid.UUID][]uuid.UUID{}, servedBy: map[uuid.UUID][]uuid.UUID{}, cleared: map[uuid.UUID]map[string]Cleared{}}
	if err := r.standards(ctx, tx); err != nil {
		return r, err
	}
	if err := r.items(ctx, tx); err != nil {
		return r, err
	}
	links, err := q.ListLinks(ctx, org)
	if err != nil {
		return r, fmt.Errorf("list links: %w", err)
	}
	for _, l := range links {
		r.serves[l.ItemID] = append(r.serves[l.ItemID], l.StandardID)
		r.servedBy[l.StandardID] = append(r.servedBy[l.StandardID], l.ItemID)
	}
	cleared, err := q.ListCleared(ctx, org)
	if err != nil {
		return r, fmt.Errorf("list what was cleared: %w", err)
	}
	for _, c := range cleared {
		if r.cleared[c.ObjectID] == nil {
			r.cleared[c.ObjectID] = map[string]Cleared{}
		}
		r.cleared[c.ObjectID][c.Digest] = Cleared{redaction.Kind(c.Kind), c.Reason, c.Author, c.At}
	}
	reminders, err := q.ListReminders(ctx, org)
	if err != nil {
		return r, fmt.Errorf("list reminders: %w", err)
	}
	for _, x := range reminders {
		r.Reminders = append(r.Reminders, Reminder{x.ItemID, x.Title, x.Owner, civil.Of(x.ValidUntil), int(x.Band), x.At})
	}
	snapshots, err := q.ListSnapshots(ctx, org)
	if err != nil {
		return r, fmt.Errorf("list snapshots: %w", err)
	}
	for _, x := range snapshots {
		r.Snapshots = append(r.Snapshots, Snapshot{ID: x.ID, N: int(x.N), AsOf: civil.Of(x.AsOf), SHA256: x.Sha256, By: x.Author, At: x.At})
	}
	return r, nil
}

// standards reads the lists. A standard whose newest version is of an earlier edition no longer counts.
func (r *Room) standards(ctx context.Context, tx *postgres.Tx) error {
	q, org := db.New(tx), tx.Actor.Organisation
	editions, err := newest(ctx, tx)
	if err != nil {
		return err
	}
	rows, err := q.ListStandards(ctx, org)
	if err != nil {
		return fmt.Errorf("list standards: %w", err)
	}
	for _, x := range rows {
		s := Standard{x.ID, x.Framework, x.Edition, x.Code, int(x.N), x.Domain, x.Title, x.Level, int(x.Place)}
		if e := editions[x.Framework]; e[len(e)-1] == x.Edition {
			r.Standards = append(r.Standards, s)
		} else {
			r.Old = append(r.Old, s)
		}
	}
	slices.SortFunc(r.Standards, byList)
	slices.SortFunc(r.Old, byList)
	return nil
}

// newest gives the editions of each framework, the newest last.
func newest(ctx context.Context, tx *postgres.Tx) (map[string][]string, error) {
	rows, err := db.New(tx).ListEditions(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list editions: %w", err)
	}
	out := map[string][]string{}
	for _, x := range rows {
		out[x.Framework] = append(out[x.Framework], x.Edition)
	}
	return out, nil
}

func (r *Room) items(ctx context.Context, tx *postgres.Tx) error {
	rows, err := db.New(tx).ListItems(ctx, tx.Actor.Organisation)
	if err != nil {
		return fmt.Errorf("list items: %w", err)
	}
	var ids, files []uuid.UUID
	for _, x := range rows {
		if x.CitationID != nil {
			ids = append(ids, *x.CitationID)
		}
		if x.DocumentID != nil {
			files = append(files, *x.DocumentID)
		}
	}
	kept, err := document.Load(ctx, tx, files...)
	if err != nil {
		return err
	}
	cited, err := figure.Load(ctx, tx, ids...)
	if err != nil {
		return err
	}
	for _, x := range rows {
		i := itemOf(x)
		if x.CitationID != nil {
			c := cited[*x.CitationID]
			i.Cited = &c
		}
		if x.DocumentID != nil {
			f := kept[*x.DocumentID]
			i.File = &f
		}
		r.Items = append(r.Items, i)
	}
	return nil
}

func itemOf(x db.EvidenceItem) Item {
	i := Item{ID: x.ID, Kind: Kind(x.Kind), Title: x.Title, Body: x.Body, Owner: x.Owner, Reviewer: x.Reviewer, Collected: civil.Of(x.CollectedOn), Status: Status(x.Status),
		StatusAt: x.StatusAt, StatusBy: x.StatusBy, By: x.Author, At: x.At}
	if x.ValidUntil != nil {
		i.ValidUntil = civil.Of(*x.ValidUntil)
	}
	if x.ReplacedBy != nil {
		i.ReplacedBy = *x.ReplacedBy
	}
	return i
}

// Check asks the source of a cited figure again.
func (s *Service) Check(ctx context.Context, a access.Actor, now time.Time, c figure.Citation) (figure.Checked, error) {
	return s.figures.Check(ctx, a, now, c)
}

// Figures lists what may be cited: any figure but our own readiness, which would prove itself.
func (s *Service) Figures(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	all, err := s.d.Figures.List(ctx, a, now)
	return slices.DeleteFunc(all, func(f figure.Figure) bool { return f.Ref.Kind == FigureKind }), err
}

// Version is one version of a standard.
type Version struct {
	N       int
	Edition string
	Title   string
	At      time.Time
}

// Versions lists the versions of a standard, the newest first.
func (s *Service) Versions(ctx context.Context, a access.Actor, id uuid.UUID) (out []Version, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListVersions(ctx, db.ListVersionsParams{OrganisationID: a.Organisation, StandardID: id})
		if err != nil {
			return fmt.Errorf("list versions: %w", err)
		}
		for _, x := range rows {
			out = append(out, Version{int(x.N), x.Edition, x.Title, x.ImportedAt})
		}
		return nil
	})
	return out, err
}

func missing(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing(what)
	}
	return fmt.Errorf("find %s: %w", what, err)
}
