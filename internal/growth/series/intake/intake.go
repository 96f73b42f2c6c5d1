// Package intake remembers the files that the growth wing was given: what became of each, and which rows were not
// taken and why. A file is taken whole in one transaction, or not at all. What changes nothing is not taken a second
// time: its first report is shown instead.
package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/series/intake/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Kind says what a file holds.
type Kind string

// The kinds.
const (
	Measure Kind = "measure"
	Survey  Kind = "survey"
)

// Report says what became of a file.
type Report struct {
	ID       uuid.UUID
	Kind     Kind
	FileName string
	Rows     int // read, the heading left out
	Changed  int // what it held that was new or different
	Rejects  sheet.Rejects
	At       time.Time
	By       string
	Same     bool // it was taken before and changed nothing now
	DryRun   bool // nothing was stored
}

// New begins the report of a file.
func New(kind Kind, a access.Actor, at time.Time, name string) (Report, error) {
	id, err := uuid.NewV7()
	return Report{ID: id, Kind: kind, FileName: sheet.FileName(name), At: at, By: a.Name}, err
}

// Add notes an error of sheet.Table.Next or of a row; one that is no reject is returned.
func (r *Report) Add(err error) error {
	var bad *sheet.Reject
	if errors.As(err, &bad) {
		r.Rejects.Add(*bad)
		return nil
	}
	return err
}

// Begin lets one file of an organisation in at a time, so that what changed is counted against what stands.
func Begin(ctx context.Context, tx *postgres.Tx) error {
	if err := db.New(tx).LockIntake(ctx, tx.Actor.Organisation.String()); err != nil {
		return fmt.Errorf("wait for another import: %w", err)
	}
	return nil
}

// Record keeps the report. What the file changes is stored after it, as it names the report.
func Record(ctx context.Context, tx *postgres.Tx, r Report, hash string) error {
	rejects, err := r.Rejects.JSON()
	if err != nil {
		return err
	}
	err = db.New(tx).InsertImport(ctx, db.InsertImportParams{OrganisationID: tx.Actor.Organisation, ID: r.ID, Kind: string(r.Kind), FileName: r.FileName, FileHash: hash,
		RowsRead: int32(r.Rows), RowsChanged: int32(r.Changed), RowsRejected: int32(r.Rejects.N), Rejects: rejects, ImportedAt: r.At.UTC(), ImportedBy: r.By})
	if err != nil {
		return fmt.Errorf("insert import: %w", err)
	}
	return nil
}

// Before finds the newest report of the same file.
func Before(ctx context.Context, tx *postgres.Tx, kind Kind, hash string) (r Report, ok bool, err error) {
	id, err := db.New(tx).FindImport(ctx, db.FindImportParams{OrganisationID: tx.Actor.Organisation, Kind: string(kind), FileHash: hash})
	if errors.Is(err, pgx.ErrNoRows) {
		return Report{}, false, nil
	}
	if err != nil {
		return Report{}, false, fmt.Errorf("find earlier import: %w", err)
	}
	r, err = Load(ctx, tx, id)
	return r, err == nil, err
}

// Load gives one report.
func Load(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Report, error) {
	row, err := db.New(tx).LoadImport(ctx, db.LoadImportParams{OrganisationID: tx.Actor.Organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Report{}, fault.Missing("import")
	}
	if err != nil {
		return Report{}, fmt.Errorf("load import: %w", err)
	}
	r := Report{ID: id, Kind: Kind(row.Kind), FileName: row.FileName, Rows: int(row.RowsRead), Changed: int(row.RowsChanged), At: row.ImportedAt, By: row.ImportedBy}
	r.Rejects.N = int(row.RowsRejected)
	if err := json.Unmarshal(row.Rejects, &r.Rejects.List); err != nil {
		return Report{}, fmt.Errorf("read rejects: %w", err)
	}
	return r, nil
}

// List gives the last 50 reports, newest first, without their rejects.
func List(ctx context.Context, tx *postgres.Tx) ([]Report, error) {
	rows, err := db.New(tx).ListImports(ctx, tx.Actor.Organisation)
	if err != nil {
		return nil, fmt.Errorf("list imports: %w", err)
	}
	var out []Report
	for _, row := range rows {
		out = append(out, Report{ID: row.ID, Kind: Kind(row.Kind), FileName: row.FileName, Rows: int(row.RowsRead), Changed: int(row.RowsChanged),
			Rejects: sheet.Rejects{N: int(row.RowsRejected)}, At: row.ImportedAt, By: row.ImportedBy})
	}
	return out, nil
}
