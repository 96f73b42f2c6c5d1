package absence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/absencefile"
	"github.com/rowan-ohwb/rowan/internal/growth/absence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// ImportFile takes in a file of this machine: `rowan import absence FILE.csv`.
func (s *Service) ImportFile(ctx context.Context, a access.Actor, at time.Time, path string) (Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return Report{}, fmt.Errorf("open absence file: %w", err)
	}
	defer f.Close()
	return s.Import(ctx, a, at, filepath.Base(path), f)
}

// Import takes in a file of any known layout, all or nothing. A *sheet.Refused says why a file as a whole was
// not taken; single rows are in the report's Rejects.
func (s *Service) Import(ctx context.Context, a access.Actor, at time.Time, fileName string, r io.Reader) (Report, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Report{}, err
	}
	var report Report
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		ods, err := q.OdsCode(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("find organisation code: %w", err)
		}
		g := newGathered(ods)
		file := sheet.NewHashed(r)
		summary, rejects, err := absencefile.Parse(file, s.packs, g)
		if err != nil {
			return refusal(err)
		}
		sum, err := file.Sum()
		if err != nil {
			return err
		}
		switch before, err := q.FindImport(ctx, db.FindImportParams{OrganisationID: a.Organisation, FileHash: sum}); {
		case err == nil:
			report, err = load(ctx, tx, a, before)
			report.Same = true
			return err
		case !errors.Is(err, pgx.ErrNoRows):
			return fmt.Errorf("find earlier import: %w", err)
		}
		if g.rows() == 0 {
			return &sheet.Refused{Key: "absence.import.nothing", Args: []any{"code", g.own}}
		}
		report = Report{ID: id, FileName: sheet.FileName(fileName), Layout: summary.Layout, Rows: summary.Rows, Rejected: summary.Rejected, At: at}
		for _, x := range rejects {
			report.Rejects = append(report.Rejects, Reject{x.Line, x.Column, x.Reason})
		}
		if err := g.settle(ctx, q, a.Organisation, summary.CompleteFrom, &report); err != nil {
			return err
		}
		if err := insert(ctx, q, a, report, sum); err != nil {
			return err
		}
		if err := g.store(ctx, q, a.Organisation, id); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "absence.imported", Kind: "absence_import", Object: id,
			Detail: map[string]string{"layout": summary.Layout, "rows": fmt.Sprint(report.Rows), "rejected": fmt.Sprint(report.Rejected)}})
	})
	if postgres.Code(err) == postgres.UniqueViolation { // the same file at the same moment: the other one took it
		return Report{}, fault.Wrap(fault.Conflict, "fault.conflict", err)
	}
	return report, err
}

// refusal puts a heading that is not known into words: they name our headings, never the file's.
func refusal(err error) error {
	var unknown *absencefile.UnknownLayoutError
	switch {
	case errors.As(err, &unknown) && unknown.Nearest != "":
		return &sheet.Refused{Key: "absence.import.columns", Args: []any{"layout", unknown.Nearest, "columns", strings.Join(unknown.Missing, ", ")}}
	case errors.As(err, &unknown):
		return &sheet.Refused{Key: "absence.import.unknown"}
	}
	return err
}

func insert(ctx context.Context, q *db.Queries, a access.Actor, r Report, sum string) error {
	rejects, err := json.Marshal(append([]Reject{}, r.Rejects...))
	if err != nil {
		return err
	}
	p := db.InsertImportParams{OrganisationID: a.Organisation, ID: r.ID, Layout: r.Layout, FileName: r.FileName, FileHash: sum, Source: source(r.Layout),
		RowsRead: int32(r.Rows), RowsRejected: int32(r.Rejected), RowsKept: int32(r.Kept), Rejects: rejects, KeptMonths: []time.Time{}, ImportedAt: r.At.UTC()}
	for _, m := range r.Unchanged {
		p.KeptMonths = append(p.KeptMonths, m.UTC())
	}
	if !r.First.IsZero() {
		first, last := r.First.UTC(), r.Last.UTC()
		p.FirstMonth, p.LastMonth = &first, &last
	}
	p.ImportedBy = postgres.Null(a.Account)
	if err := q.InsertImport(ctx, p); err != nil {
		return fmt.Errorf("insert import: %w", err)
	}
	return nil
}

func source(layout string) string {
	if strings.HasPrefix(layout, "NHS England") {
		return "NHS England, NHS Sickness Absence Rates, Open Government Licence v3.0"
	}
	return "The organisation's own report"
}
