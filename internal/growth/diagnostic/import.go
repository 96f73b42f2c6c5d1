package diagnostic

import (
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
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/questionset"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/platform/sheet"
)

// Set is a question set that was taken in.
type Set struct {
	ID        uuid.UUID
	Name      string
	FileName  string
	Questions []questionset.Question
	Count     int // of questions, where they were not loaded
	Rows      int
	Rejects   []questionset.Reject
	At        time.Time
	By        string
	Same      bool // the file was taken before: nothing changed
}

// ImportFile takes in a file of this machine: `rowan import questions FILE`.
func (s *Service) ImportFile(ctx context.Context, a access.Actor, at time.Time, path string) (Set, error) {
	f, err := os.Open(path)
	if err != nil {
		return Set{}, fmt.Errorf("open questions: %w", err)
	}
	defer f.Close()
	return s.Import(ctx, a, at, filepath.Base(path), f)
}

// Import takes in a question set, all or nothing; single rows that cannot be taken are in its Rejects. A *sheet.Refused
// says why the file as a whole was not taken.
func (s *Service) Import(ctx context.Context, a access.Actor, at time.Time, fileName string, r io.Reader) (Set, error) {
	file, err := questionset.Parse(fileName, r, s.framework.Codes())
	if err != nil {
		return Set{}, refusal(err)
	}
	if file.Name == "" {
		file.Name = strings.TrimSuffix(fileName, filepath.Ext(fileName))
	}
	file.Name, fileName = sheet.FileName(file.Name), sheet.FileName(fileName)
	var out Set
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		if err := q.LockImports(ctx, "question:"+a.Organisation.String()); err != nil {
			return fmt.Errorf("lock imports: %w", err)
		}
		fresh, err := settle(ctx, tx, &file)
		if err != nil {
			return err
		}
		digest, err := file.Digest()
		if err != nil {
			return err
		}
		switch before, err := q.FindSetByDigest(ctx, db.FindSetByDigestParams{OrganisationID: a.Organisation, Digest: digest}); {
		case err == nil:
			out, err = loadSet(ctx, tx, before)
			out.Same = true
			return err
		case !errors.Is(err, pgx.ErrNoRows):
			return fmt.Errorf("find earlier import: %w", err)
		}
		if len(file.Good) == 0 {
			return &sheet.Refused{Key: "need.questions.file.none", Args: []any{"most", len(file.Rejects), "line", file.Rejects[0].Line, "reason", file.Rejects[0].Reason}}
		}
		if out.ID, err = uuid.NewV7(); err != nil {
			return err
		}
		if err := store(ctx, tx, at, out.ID, fileName, digest, file, fresh); err != nil {
			return err
		}
		if out, err = loadSet(ctx, tx, out.ID); err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Entry{At: at, Action: "diagnostic.questions_imported", Kind: "question_set", Object: out.ID,
			Detail: map[string]string{"rows": fmt.Sprint(file.Rows), "rejected": fmt.Sprint(len(file.Rejects))}})
	})
	return out, err
}

// settle holds the rows against what is there: a version keeps its text, and a new one is later than those before it. It
// gives the questions that are new.
func settle(ctx context.Context, tx *postgres.Tx, file *questionset.File) (fresh []questionset.Question, err error) {
	codes := make([]string, len(file.Good))
	for i, r := range file.Good {
		codes[i] = r.Code
	}
	rows, err := db.New(tx).ListQuestions(ctx, db.ListQuestionsParams{OrganisationID: tx.Actor.Organisation, Codes: codes})
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	known := map[string][]questionset.Question{} // by code, in the order of versions
	for _, r := range rows {
		known[r.Code] = append(known[r.Code], questionOf(db.ListSetQuestionsRow(r)))
	}
	file.Good = slices.DeleteFunc(file.Good, func(r questionset.Row) bool {
		versions := known[r.Code]
		i := slices.IndexFunc(versions, func(q questionset.Question) bool { return q.Version == r.Version })
		reason := ""
		switch {
		case i >= 0 && !versions[i].Same(r.Question):
			reason = "this version of the question has another text already; give the new text a new version"
		case i < 0 && len(versions) > 0 && versions[len(versions)-1].Version > r.Version:
			reason = "a later version of the question is there already"
		case i < 0:
			fresh = append(fresh, r.Question)
		}
		if reason != "" {
			file.Rejects = append(file.Rejects, questionset.Reject{Line: r.Line, Column: "version", Reason: reason})
		}
		return reason != ""
	})
	slices.SortStableFunc(file.Rejects, func(a, b questionset.Reject) int { return a.Line - b.Line })
	return fresh, nil
}

func store(ctx context.Context, tx *postgres.Tx, at time.Time, id uuid.UUID, fileName, digest string, file questionset.File, fresh []questionset.Question) error {
	q, org := db.New(tx), tx.Actor.Organisation
	for _, x := range fresh {
		if err := q.InsertQuestion(ctx, db.InsertQuestionParams{OrganisationID: org, Code: x.Code, Version: int32(x.Version), Subsection: x.Subsection, Statement: x.Statement,
			Guidance: x.Guidance, Evidence: x.Evidence, Applies: x.Applies, Short: x.Short}); err != nil {
			return fmt.Errorf("insert question: %w", err)
		}
	}
	rejects, err := json.Marshal(append([]questionset.Reject{}, file.Rejects...))
	if err != nil {
		return err
	}
	if err := q.InsertSet(ctx, db.InsertSetParams{OrganisationID: org, ID: id, Name: file.Name, FileName: fileName, Digest: digest, RowsRead: int32(file.Rows),
		Rejects: rejects, ImportedAt: at.UTC(), ImportedBy: tx.Actor.Name}); err != nil {
		return fmt.Errorf("insert set: %w", err)
	}
	for i, r := range file.Good {
		if err := q.InsertSetItem(ctx, db.InsertSetItemParams{OrganisationID: org, SetID: id, Place: int32(i + 1), Code: r.Code, Version: int32(r.Version)}); err != nil {
			return fmt.Errorf("insert item: %w", err)
		}
	}
	return nil
}

// refusal turns a parser's error into words.
func refusal(err error) error {
	var missing *questionset.MissingColumnsError
	switch {
	case errors.As(err, &missing):
		return &sheet.Refused{Key: "need.questions.file.columns", Args: []any{"columns", strings.Join(missing.Columns, ", ")}}
	case errors.Is(err, questionset.ErrEmpty):
		return &sheet.Refused{Key: "need.questions.file.nothing"}
	case errors.Is(err, questionset.ErrTooLong):
		return &sheet.Refused{Key: "need.questions.file.too_long"}
	case errors.Is(err, questionset.ErrEncoding), errors.Is(err, questionset.ErrUnreadable):
		return &sheet.Refused{Key: "need.questions.file.unreadable"}
	}
	return err
}

func questionOf(r db.ListSetQuestionsRow) questionset.Question {
	return questionset.Question{Code: r.Code, Version: int(r.Version), Subsection: r.Subsection, Statement: r.Statement, Guidance: r.Guidance, Evidence: r.Evidence,
		Applies: r.Applies, Short: r.Short}
}

// FindSet gives a set with its questions.
func (s *Service) FindSet(ctx context.Context, a access.Actor, id uuid.UUID) (Set, error) {
	var out Set
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		out, err = loadSet(ctx, tx, id)
		return err
	})
	return out, err
}

func loadSet(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Set, error) {
	q := db.New(tx)
	row, err := q.FindSet(ctx, db.FindSetParams{OrganisationID: tx.Actor.Organisation, ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return Set{}, fault.Missing("question set")
	}
	if err != nil {
		return Set{}, fmt.Errorf("find set: %w", err)
	}
	out := Set{ID: row.ID, Name: row.Name, FileName: row.FileName, Rows: int(row.RowsRead), At: row.ImportedAt, By: row.ImportedBy}
	if err := json.Unmarshal(row.Rejects, &out.Rejects); err != nil {
		return Set{}, fmt.Errorf("read rejects: %w", err)
	}
	items, err := q.ListSetQuestions(ctx, db.ListSetQuestionsParams{OrganisationID: tx.Actor.Organisation, SetID: id})
	if err != nil {
		return Set{}, fmt.Errorf("list questions of a set: %w", err)
	}
	for _, i := range items {
		out.Questions = append(out.Questions, questionOf(i))
	}
	out.Count = len(out.Questions)
	return out, nil
}

// Sets lists the sets that were taken in, newest first, without their questions.
func (s *Service) Sets(ctx context.Context, a access.Actor) ([]Set, error) {
	var out []Set
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListSets(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list sets: %w", err)
		}
		for _, r := range rows {
			out = append(out, Set{ID: r.ID, Name: r.Name, Count: int(r.Questions), At: r.ImportedAt, By: r.ImportedBy})
		}
		return nil
	})
	return out, err
}
