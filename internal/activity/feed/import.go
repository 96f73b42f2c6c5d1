package feed

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/job"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// ImportFile takes in a file of this machine: `rowan import activity FILE.csv`.
func (s *Service) ImportFile(ctx context.Context, a access.Actor, at time.Time, m Mapping, path string, dry bool) (Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return Report{}, fmt.Errorf("open activity file: %w", err)
	}
	defer f.Close()
	return s.Import(ctx, a, at, m, filepath.Base(path), f, dry)
}

// Import takes in a file, all or nothing, behind the clinical wall or the worker's. A *sheet.Refused error says why the
// file as a whole was not taken; single rows are in the report.
func (s *Service) Import(ctx context.Context, a access.Actor, at time.Time, m Mapping, name string, r io.Reader, dry bool) (Report, error) {
	if faults := s.Check(m); len(faults) > 0 {
		return Report{}, &sheet.Refused{Key: faults[0].Key, Args: []any{"what", faults[0].What}}
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Report{}, err
	}
	report := Report{ID: id, FileName: sheet.FileName(name), Mapping: m.Name, Tied: m.Tied(), At: at, By: a.Name}
	p := &reading{mapping: m, lists: s.lists, service: a.Service, organisation: a.Organisation, now: at}
	file := sheet.NewHashed(r)
	err = s.d.DB.InTenantDry(ctx, a, dry, func(tx *postgres.Tx) error {
		q := db.New(tx)
		served, err := q.ListServed(ctx, a.Service)
		if err != nil {
			return fmt.Errorf("list organisations: %w", err)
		}
		p.organisations = map[string]uuid.UUID{}
		for _, o := range served {
			p.organisations[strings.ToUpper(o.OdsCode)] = o.ID
		}
		if report.Rows, err = p.parse(file); err != nil {
			return err
		}
		sum, err := file.Sum()
		if err != nil {
			return err
		}
		report.Rejects, report.Waits = p.rejects, activity.Measured(p.events)
		if report.Rows == 0 {
			return &sheet.Refused{Key: "feed.import.nothing"}
		}
		if err := s.merge(ctx, tx, p, &report); err != nil || dry {
			return err
		}
		return s.record(ctx, tx, &report, sum)
	})
	report.DryRun = dry && err == nil
	return report, err
}

// merge appends what is new, month by month and kind by kind, which is how the differences are counted: the login of
// the page may not read the ledger.
func (s *Service) merge(ctx context.Context, tx *postgres.Tx, p *reading, r *Report) error {
	month := func(k activity.Known) string { return k.At.In(locale.London).Format("2006-01") }
	slices.SortStableFunc(p.events, func(a, b activity.Known) int {
		return cmp.Or(cmp.Compare(month(a), month(b)), cmp.Compare(slices.Index(activity.Kinds, a.Kind), slices.Index(activity.Kinds, b.Kind)))
	})
	for from := 0; from < len(p.events); {
		to := from
		for to < len(p.events) && month(p.events[to]) == month(p.events[from]) && p.events[to].Kind == p.events[from].Kind {
			to++
		}
		added, err := s.d.Ledger.Merge(ctx, tx, p.events[from:to])
		if err != nil {
			return err
		}
		r.Counts = append(r.Counts, Count{month(p.events[from]), p.events[from].Kind, to - from, added})
		r.Added += added
		from = to
	}
	r.Known = len(p.events) - r.Added
	return nil
}

// record keeps the report and has the roll-ups follow. A file that added nothing and was taken before leaves no trace.
func (s *Service) record(ctx context.Context, tx *postgres.Tx, r *Report, sum string) error {
	q, service := db.New(tx), tx.Actor.Service
	if r.Added == 0 {
		before, err := q.FindImport(ctx, db.FindImportParams{ServiceID: service, FileHash: sum})
		if err == nil {
			*r, err = load(ctx, tx, tx.Actor, before)
			r.Same = true
			return err
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find earlier import: %w", err)
		}
	}
	rejects, err := r.Rejects.JSON()
	if err != nil {
		return err
	}
	counts, err := json.Marshal(append([]Count{}, r.Counts...))
	if err != nil {
		return err
	}
	waits, err := json.Marshal(r.Waits)
	if err != nil {
		return err
	}
	err = q.InsertImport(ctx, db.InsertImportParams{ServiceID: service, ID: r.ID, FileName: r.FileName, FileHash: sum, MappingName: r.Mapping, RowsRead: int32(r.Rows),
		RowsAdded: int32(r.Added), RowsRejected: int32(r.Rejects.N), Rejects: rejects, Counts: counts, Waits: waits, Tied: r.Tied, ImportedAt: r.At.UTC(), ImportedBy: r.By})
	if err != nil {
		return fmt.Errorf("insert activity import: %w", err)
	}
	if r.Added > 0 {
		if err := rollUp(ctx, tx, service, r.At); err != nil {
			return err
		}
	}
	return audit.Append(ctx, tx, audit.Entry{At: r.At, Action: "activity.imported", Kind: "activity_import", Object: r.ID,
		Detail: map[string]string{"rows": fmt.Sprint(r.Rows), "added": fmt.Sprint(r.Added), "rejected": fmt.Sprint(r.Rejects.N)}})
}

// rollUp makes the roll-ups at once where the login may, and else has the worker do it.
func rollUp(ctx context.Context, tx *postgres.Tx, service uuid.UUID, at time.Time) error {
	if tx.Actor.Wall != access.Worker {
		return job.Add(ctx, tx, activity.RollupArgs{Service: service}, time.Time{})
	}
	_, err := activity.Rebuild(ctx, tx, service, at)
	return err
}
