package assurance

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/content"
	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/pack"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// Deps is what the slice needs.
type Deps struct {
	DB      *postgres.DB
	Figures *figure.Library
	// Sections adds parts to a pack that other slices know (the plan, forecasts); nil adds none.
	Sections func(ctx context.Context, a access.Actor, now time.Time) ([]pack.Section, error)
	// Yearly says when the evidence for accreditation is to be frozen next, which is part of the year; nil knows of none.
	Yearly func(ctx context.Context, a access.Actor, now time.Time) (Yearly, error)
}

// Yearly is where the snapshot of the year stands. Due is zero while there is none to count from.
type Yearly struct {
	Begun bool // there is evidence to freeze
	Due   civil.Date
	Late  bool
}

// Yearly asks where the snapshot of the year stands.
func (s *Service) Yearly(ctx context.Context, a access.Actor, now time.Time) (Yearly, error) {
	if s.d.Yearly == nil {
		return Yearly{}, nil
	}
	return s.d.Yearly(ctx, a, now)
}

// Service keeps what assures the board.
type Service struct {
	d       Deps
	guide   Guide
	figures *figure.Service
}

// New makes the service. The guide is compiled in and a test reads it, so one that does not load is a broken build.
func New(d Deps) *Service {
	g, err := LoadGuide(content.FS)
	if err != nil {
		panic(err)
	}
	return &Service{d: d, guide: g, figures: figure.New(d.DB, d.Figures)}
}

// Guide gives the principles and scales.
func (s *Service) Guide() Guide { return s.guide }

// Library gives the figures that may be relied on.
func (s *Service) Library() *figure.Library { return s.d.Figures }

// Read gives everything, and asks the sources of the figures in use as evidence again.
func (s *Service) Read(ctx context.Context, a access.Actor, now time.Time) (Record, error) {
	var r Record
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		r, err = read(ctx, tx, now)
		return err
	})
	if err != nil {
		return Record{}, err
	}
	return r, s.recheck(ctx, a, now, r.Evidence)
}

// recheck finds what became of the figures in use.
func (s *Service) recheck(ctx context.Context, a access.Actor, now time.Time, all []Evidence) error {
	for i, e := range all {
		if e.Figure == nil || e.Ended() {
			continue
		}
		checked, err := s.figures.Check(ctx, a, now, e.Figure.Citation)
		if err != nil {
			return fmt.Errorf("check figure %s: %w", e.Figure.Ref, err)
		}
		all[i].Figure = &checked
	}
	return nil
}

// Check asks the sources of some citations again.
func (s *Service) Check(ctx context.Context, a access.Actor, now time.Time, cited []figure.Citation) ([]figure.Checked, error) {
	return s.figures.CheckAll(ctx, a, now, cited...)
}

// Unanswered lists the questions that wait for an answer, the newest first.
func (s *Service) Unanswered(ctx context.Context, a access.Actor) (out []Question, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListQuestions(ctx, tx.Actor.Organisation)
		if err != nil {
			return fmt.Errorf("list questions: %w", err)
		}
		entries, err := db.New(tx).ListEntries(ctx, tx.Actor.Organisation)
		if err != nil {
			return fmt.Errorf("list entries: %w", err)
		}
		followed := map[uuid.UUID][]db.AssuranceEntry{}
		for _, x := range entries {
			followed[x.QuestionID] = append(followed[x.QuestionID], x)
		}
		for _, x := range rows {
			if q := question(x, followed[x.ID], nil); q.Life == Open {
				out = append(out, q)
			}
		}
		return nil
	})
	return out, err
}

// Cited gives a figure as somebody relied on it, and asks its source again.
func (s *Service) Cited(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) (figure.Checked, error) {
	return s.figures.Cited(ctx, a, now, id)
}

// FindQuestion gives one question.
func (s *Service) FindQuestion(ctx context.Context, a access.Actor, id uuid.UUID) (q Question, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q, err = findQuestion(ctx, tx, id)
		return err
	})
	return q, err
}

func findQuestion(ctx context.Context, tx *postgres.Tx, id uuid.UUID) (Question, error) {
	row, err := db.New(tx).FindQuestion(ctx, db.FindQuestionParams{OrganisationID: tx.Actor.Organisation, ID: id})
	if err != nil {
		return Question{}, missing(err, "question")
	}
	entries, err := db.New(tx).ListEntriesOf(ctx, db.ListEntriesOfParams{OrganisationID: tx.Actor.Organisation, QuestionID: id})
	if err != nil {
		return Question{}, fmt.Errorf("list entries: %w", err)
	}
	objects := []uuid.UUID{id}
	for _, e := range entries {
		objects = append(objects, e.ID)
	}
	cited, err := citedBy(ctx, tx, objects)
	if err != nil {
		return Question{}, err
	}
	return question(row, entries, cited), nil
}

// FindStatement gives one impact statement.
func (s *Service) FindStatement(ctx context.Context, a access.Actor, id uuid.UUID) (st Statement, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindStatement(ctx, db.FindStatementParams{OrganisationID: a.Organisation, ID: id})
		if err != nil {
			return missing(err, "statement")
		}
		cited, err := citedBy(ctx, tx, []uuid.UUID{id})
		if err != nil {
			return err
		}
		st = statement(row, cited)
		return nil
	})
	return st, err
}

// FindStep gives one planned step.
func (s *Service) FindStep(ctx context.Context, a access.Actor, id uuid.UUID) (st Step, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		rows, err := db.New(tx).ListSteps(ctx, a.Organisation)
		if err != nil {
			return fmt.Errorf("list steps: %w", err)
		}
		for _, row := range rows {
			if row.ID == id {
				st = step(row)
				return nil
			}
		}
		return fault.Missing("step")
	})
	return st, err
}

// FindPack gives a pack with its body.
func (s *Service) FindPack(ctx context.Context, a access.Actor, id uuid.UUID) (p Pack, err error) {
	err = s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		row, err := db.New(tx).FindPack(ctx, db.FindPackParams{OrganisationID: a.Organisation, ID: id})
		if err != nil {
			return missing(err, "pack")
		}
		p = Pack{row.ID, int(row.N), int(row.PrinciplesVersion), row.Body, row.Sha256, row.Author, row.At}
		return nil
	})
	return p, err
}

func missing(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.Missing(what)
	}
	return fmt.Errorf("find %s: %w", what, err)
}
