package absence

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
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/absencefile"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB *postgres.DB
}

// Service takes files in and reads figures.
type Service struct {
	d     Deps
	packs absencefile.Packs
}

// New makes the service. The packs are compiled in and tested, so one that does not load is a broken build.
func New(d Deps) *Service {
	packs, err := absencefile.LoadPacks(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d: d, packs: packs}
}

// Outside says whether figures leave the OH service when this actor sees them.
func Outside(a access.Actor) bool { return !a.Role.AtService() }

// Report says what became of a file.
type Report struct {
	ID          uuid.UUID
	FileName    string
	Layout      string
	Rows        int
	Rejected    int
	Kept        int // rows of figures that were stored
	First, Last civil.Date
	Rejects     []Reject
	Unchanged   []civil.Date // months left as they were: an earlier file held more of them
	At          time.Time
	Same        bool // the file was taken before: nothing changed
}

// Reject is a row that was not counted.
type Reject struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Reason string `json:"reason"` // a key of words; older imports kept the words themselves, which T gives as they are
}

// FindImport gives the report of a file that was taken.
func (s *Service) FindImport(ctx context.Context, a access.Actor, id uuid.UUID) (Report, error) {
	var r Report
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		r, err = load(ctx, tx, a, id)
		return err
	})
	return r, err
}

func load(ctx context.Context, tx *postgres.Tx, a access.Actor, id uuid.UUID) (Report, error) {
	row, err := db.New(tx).LoadImport(ctx, db.LoadImportParams{OrganisationID: a.Organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Report{}, fault.Missing("import")
	}
	if err != nil {
		return Report{}, fmt.Errorf("load import: %w", err)
	}
	r := Report{ID: row.ID, FileName: row.FileName, Layout: row.Layout, Rows: int(row.RowsRead), Rejected: int(row.RowsRejected), Kept: int(row.RowsKept), At: row.ImportedAt,
		First: civilOf(row.FirstMonth), Last: civilOf(row.LastMonth)}
	for _, m := range row.KeptMonths {
		r.Unchanged = append(r.Unchanged, civil.Of(m))
	}
	if err := json.Unmarshal(row.Rejects, &r.Rejects); err != nil {
		return Report{}, fmt.Errorf("read rejects: %w", err)
	}
	return r, nil
}

// Imports lists the last 50 files, newest first, without their rejects.
func (s *Service) Imports(ctx context.Context, a access.Actor) ([]Report, error) {
	var out []Report
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListImports(ctx, a.Organisation)
		for _, row := range rows {
			out = append(out, Report{ID: row.ID, FileName: row.FileName, Layout: row.Layout, Rows: int(row.RowsRead), Rejected: int(row.RowsRejected), Kept: int(row.RowsKept),
				First: civilOf(row.FirstMonth), Last: civilOf(row.LastMonth), At: row.ImportedAt})
		}
		return err
	})
	return out, err
}

func civilOf(t *time.Time) civil.Date {
	if t == nil {
		return civil.Date{}
	}
	return civil.Of(*t)
}
