package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/activity"
	"github.com/rowan-ohwb/rowan/internal/activity/feed/internal/db"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Deps is what the slice needs.
type Deps struct {
	DB     *postgres.DB
	Ledger activity.Ledger
}

// Service takes files in and keeps mappings.
type Service struct {
	d     Deps
	lists lists
}

// New makes the service. The packs are compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	l, err := loadLists(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d, l}
}

// Saved is a mapping that was kept.
type Saved struct {
	ID uuid.UUID
	Mapping
	At time.Time
	By string
}

// Check says what is wrong with a mapping.
func (s *Service) Check(m Mapping) []Fault { return m.check(s.lists) }

// Mappings lists what is saved, by name.
func (s *Service) Mappings(ctx context.Context, a access.Actor) (out []Saved, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListMappings(ctx, a.Service)
		for _, r := range rows {
			m := Saved{ID: r.ID, At: r.SavedAt, By: r.SavedBy}
			if err := json.Unmarshal(r.Mapping, &m.Mapping); err != nil {
				return fmt.Errorf("read mapping: %w", err)
			}
			m.Name = r.Name
			out = append(out, m)
		}
		return err
	})
	return out, err
}

// FindMapping gives one by its id.
func (s *Service) FindMapping(ctx context.Context, a access.Actor, id uuid.UUID) (Saved, error) {
	return s.find(ctx, a, func(m Saved) bool { return m.ID == id })
}

// MappingNamed gives one by its name.
func (s *Service) MappingNamed(ctx context.Context, a access.Actor, name string) (Saved, error) {
	return s.find(ctx, a, func(m Saved) bool { return m.Name == name })
}

func (s *Service) find(ctx context.Context, a access.Actor, is func(Saved) bool) (Saved, error) {
	all, err := s.Mappings(ctx, a)
	for _, m := range all {
		if is(m) {
			return m, nil
		}
	}
	if err == nil {
		err = fault.Missing("mapping")
	}
	return Saved{}, err
}

// Save keeps a mapping under its name; the name again replaces it. The caller has checked it.
func (s *Service) Save(ctx context.Context, a access.Actor, at time.Time, m Mapping) error {
	if faults := s.Check(m); len(faults) > 0 || m.Name == "" || len(m.Name) > longestWord {
		return fault.New(fault.Invalid, "feed.mapping.bad")
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		id, err := db.New(tx).SaveMapping(ctx, db.SaveMappingParams{ServiceID: a.Service, ID: id, Name: m.Name, Mapping: text, SavedAt: at.UTC(), SavedBy: a.Name})
		if err != nil {
			return fmt.Errorf("save mapping: %w", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "activity.mapping_saved", Kind: "activity_mapping", Object: id})
	})
}

// Report says what became of a file.
type Report struct {
	ID       uuid.UUID
	FileName string
	Mapping  string
	Rows     int
	Added    int // events that the ledger did not hold
	Known    int // events that it held already
	Rejects  sheet.Rejects
	Counts   []Count
	Waits    map[activity.Measure]int // how many of each the file's own events make
	Tied     bool                     // the file says which case an event belongs to; if not, no wait can be measured
	At       time.Time
	By       string
	Same     bool // the file was taken before: nothing changed
	DryRun   bool // nothing was kept
}

// Count is how many events of a kind the file has in a month, and how many of these are new.
type Count struct {
	Month string        `json:"month"` // "2026-03"
	Kind  activity.Kind `json:"kind"`
	Rows  int           `json:"rows"`
	New   int           `json:"new"`
}

// FindImport gives the report of a file that was taken.
func (s *Service) FindImport(ctx context.Context, a access.Actor, id uuid.UUID) (r Report, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		r, err = load(ctx, tx, a, id)
		return err
	})
	return r, err
}

func load(ctx context.Context, tx *postgres.Tx, a access.Actor, id uuid.UUID) (Report, error) {
	row, err := db.New(tx).LoadImport(ctx, db.LoadImportParams{ServiceID: a.Service, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Report{}, fault.Missing("import")
	}
	if err != nil {
		return Report{}, fmt.Errorf("load activity import: %w", err)
	}
	r := Report{ID: id, FileName: row.FileName, Mapping: row.MappingName, Rows: int(row.RowsRead), Added: int(row.RowsAdded), At: row.ImportedAt, By: row.ImportedBy}
	r.Rejects.N = int(row.RowsRejected)
	r.Known = r.Rows - r.Rejects.N - r.Added
	r.Tied = row.Tied
	if err := errors.Join(json.Unmarshal(row.Rejects, &r.Rejects.List), json.Unmarshal(row.Counts, &r.Counts), json.Unmarshal(row.Waits, &r.Waits)); err != nil {
		return Report{}, fmt.Errorf("read activity import: %w", err)
	}
	return r, nil
}

// Imports lists the last files, newest first, without rejects and counts.
func (s *Service) Imports(ctx context.Context, a access.Actor) (out []Report, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListImports(ctx, a.Service)
		for _, r := range rows {
			out = append(out, Report{ID: r.ID, FileName: r.FileName, Mapping: r.MappingName, Rows: int(r.RowsRead), Added: int(r.RowsAdded), At: r.ImportedAt})
		}
		return err
	})
	return out, err
}
