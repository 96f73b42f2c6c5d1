package evidence

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/evidence/standardfile"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Report says what became of a file.
type Report struct {
	ID       uuid.UUID
	FileName string
	Rows     int
	Changed  int // standards that were new or different
	Rejects  sheet.Rejects
	At       time.Time
	By       string
	Same     bool // it was taken before and changed nothing now
	DryRun   bool // nothing was stored
}

const outline = "evidence-outline.yaml"

// StartOutline takes in Rowan's own outline, as any other list.
func (s *Service) StartOutline(ctx context.Context, a access.Actor, at time.Time) (Report, error) {
	text, err := content.FS.ReadFile("packs/" + outline)
	if err != nil {
		return Report{}, fmt.Errorf("read outline: %w", err)
	}
	return s.Import(ctx, a, at, outline, bytes.NewReader(text), false)
}

// Import takes in a list of standards, all or nothing. A *sheet.Refused error says why the file as a whole was not
// taken; single rows are in the report. A dry run does the same and keeps nothing.
func (s *Service) Import(ctx context.Context, a access.Actor, at time.Time, name string, r io.Reader, dry bool) (Report, error) {
	hashed := sheet.NewHashed(r)
	file, err := standardfile.Parse(name, hashed)
	if err != nil {
		return Report{}, err
	}
	sum, err := hashed.Sum()
	if err != nil {
		return Report{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Report{}, err
	}
	out := Report{ID: id, FileName: sheet.FileName(name), Rows: file.Rows, Rejects: file.Rejects, At: at, By: a.Name}
	err = s.d.DB.InTenantDry(ctx, a, dry, func(tx *postgres.Tx) error { return store(ctx, tx, &out, file, sum) })
	out.DryRun = dry && err == nil
	return out, err
}

// store writes what is new or different. A file that changes nothing and was taken before leaves no trace.
func store(ctx context.Context, tx *postgres.Tx, out *Report, file standardfile.File, hash string) error {
	q, org := db.New(tx), tx.Actor.Organisation
	if err := q.LockEvidence(ctx, org.String()); err != nil {
		return fmt.Errorf("wait for another import: %w", err)
	}
	editions, err := newest(ctx, tx)
	if err != nil {
		return err
	}
	have, err := q.ListStandards(ctx, org)
	if err != nil {
		return fmt.Errorf("list standards: %w", err)
	}
	known := map[standardfile.Key]db.ListStandardsRow{}
	for _, x := range have {
		known[standardfile.Key{Framework: x.Framework, Code: x.Code}] = x
	}
	var fresh []standardfile.Standard
	for _, x := range file.Good {
		before := editions[x.Framework]
		if i := slices.Index(before, x.Edition); i >= 0 && i < len(before)-1 {
			out.Rejects.Add(sheet.Reject{Line: x.Line, Column: "edition", Key: "evidence.reject.older"})
			continue
		}
		k, ok := known[x.Key]
		if !ok || k.Edition != x.Edition || k.Domain != x.Domain || k.Title != x.Title || k.Level != x.Level {
			fresh = append(fresh, x)
		}
	}
	slices.SortStableFunc(out.Rejects.List, func(a, b sheet.Reject) int { return a.Line - b.Line })
	if out.Changed = len(fresh); out.Changed == 0 {
		switch id, err := q.FindImportByHash(ctx, db.FindImportByHashParams{OrganisationID: org, FileHash: hash}); {
		case err == nil:
			*out, err = report(ctx, tx, id)
			out.Same = true
			return err
		case !errors.Is(err, pgx.ErrNoRows):
			return fmt.Errorf("find earlier import: %w", err)
		}
	}
	rejects, err := out.Rejects.JSON()
	if err != nil {
		return err
	}
	if err := q.InsertImport(ctx, db.InsertImportParams{OrganisationID: org, ID: out.ID, FileName: out.FileName, FileHash: hash, RowsRead: int32(out.Rows), RowsChanged: int32(out.Changed),
		RowsRejected: int32(out.Rejects.N), Rejects: rejects, ImportedAt: out.At.UTC(), ImportedBy: out.By}); err != nil {
		return fmt.Errorf("insert import: %w", err)
	}
	for _, x := range fresh {
		if err := add(ctx, tx, out, x, known[x.Key], editions); err != nil {
			return err
		}
	}
	return audit.Append(ctx, tx, audit.Entry{At: out.At, Action: "evidence.imported", Kind: "evidence_import", Object: out.ID,
		Detail: map[string]string{"rows": fmt.Sprint(out.Rows), "changed": fmt.Sprint(out.Changed), "rejected": fmt.Sprint(out.Rejects.N)}})
}

// add writes a version of a standard, and before it what it belongs to where that is new.
func add(ctx context.Context, tx *postgres.Tx, out *Report, x standardfile.Standard, before db.ListStandardsRow, editions map[string][]string) error {
	q, org := db.New(tx), tx.Actor.Organisation
	if !slices.Contains(editions[x.Framework], x.Edition) {
		editions[x.Framework] = append(editions[x.Framework], x.Edition)
		if err := q.InsertEdition(ctx, db.InsertEditionParams{OrganisationID: org, Framework: x.Framework, N: int32(len(editions[x.Framework])), Edition: x.Edition, At: out.At.UTC()}); err != nil {
			return fmt.Errorf("insert edition: %w", err)
		}
	}
	if before.ID == uuid.Nil {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		before.ID = id
		if err := q.InsertStandard(ctx, db.InsertStandardParams{OrganisationID: org, ID: id, Framework: x.Framework, Code: x.Code}); err != nil {
			return fmt.Errorf("insert standard: %w", err)
		}
	}
	if err := q.InsertStandardVersion(ctx, db.InsertStandardVersionParams{OrganisationID: org, StandardID: before.ID, N: before.N + 1, Edition: x.Edition, Place: int32(x.Line),
		Domain: x.Domain, Title: x.Title, Level: x.Level, ImportID: out.ID}); err != nil {
		return fmt.Errorf("insert version of a standard: %w", err)
	}
	return nil
}

func report(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Report, error) {
	x, err := db.New(tx).FindImport(ctx, db.FindImportParams{OrganisationID: tx.Actor.Organisation, ID: id})
	if err != nil {
		return Report{}, missing(err, "import")
	}
	out := Report{ID: id, FileName: x.FileName, Rows: int(x.RowsRead), Changed: int(x.RowsChanged), At: x.ImportedAt, By: x.ImportedBy}
	out.Rejects.N = int(x.RowsRejected)
	if err := json.Unmarshal(x.Rejects, &out.Rejects.List); err != nil {
		return Report{}, fmt.Errorf("read rejects: %w", err)
	}
	return out, nil
}

// FindImport gives one report.
func (s *Service) FindImport(ctx context.Context, a access.Actor, id uuid.UUID) (out Report, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		out, err = report(ctx, tx, id)
		return err
	})
	return out, err
}

// Imports lists the last files, the newest first, without their rejects.
func (s *Service) Imports(ctx context.Context, a access.Actor) (out []Report, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListImports(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list imports: %w", err)
		}
		for _, x := range rows {
			out = append(out, Report{ID: x.ID, FileName: x.FileName, Changed: int(x.RowsChanged), Rejects: sheet.Rejects{N: int(x.RowsRejected)}, At: x.ImportedAt})
		}
		return nil
	})
	return out, err
}
