package assurance

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/pack"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/growth/figure/figureview"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
	"github.com/rowan-ohwb/rowan/internal/ui/standalone"
)

// Freeze makes a pack of what there is now and keeps it. The same id again changes nothing.
func (s *Service) Freeze(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	r, err := s.Read(ctx, a, now)
	if err != nil {
		return err
	}
	for _, p := range r.Packs {
		if p.ID == id {
			return nil
		}
	}
	c := s.content(ctx, r)
	c.N, c.At, c.By = 1, now, a.Name
	if len(r.Packs) > 0 {
		c.N, c.Last = r.Packs[0].N+1, r.Packs[0].At
	}
	if s.d.Sections != nil {
		if c.Sections, err = s.d.Sections(ctx, a, now); err != nil {
			return fmt.Errorf("sections of the pack: %w", err)
		}
	}
	relied := make([][]figure.Figure, len(c.Sections))
	for i, section := range c.Sections {
		for _, ref := range section.Relies {
			f, err := s.d.Figures.Find(ctx, a, now, ref, civil.Date{})
			if err != nil {
				return fmt.Errorf("figure of the pack: %w", err)
			}
			relied[i] = append(relied[i], f)
		}
	}
	checked, err := s.Check(ctx, a, now, c.Citations())
	if err != nil {
		return err
	}
	c.Standings = map[uuid.UUID]figure.Standing{}
	for _, f := range checked {
		c.Standings[f.ID] = f.Standing
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		q := db.New(tx)
		name, err := q.OrganisationName(ctx, db.OrganisationNameParams{OrganisationID: a.Organisation, OnDay: r.Today.UTC()})
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("find organisation: %w", err)
		}
		c.Organisation = name
		for i, figures := range relied {
			var cited []figure.Citation
			for _, f := range figures {
				one, err := figure.Cite(ctx, tx, f, now)
				if err != nil {
					return err
				}
				cited = append(cited, one)
			}
			c.Sections[i].Figures = append(cited, c.Sections[i].Figures...)
		}
		body, err := pack.Render(ctx, c)
		if err != nil {
			return fmt.Errorf("render pack: %w", err)
		}
		n, err := q.InsertPack(ctx, db.InsertPackParams{OrganisationID: a.Organisation, ID: id, N: int32(c.N), PrinciplesVersion: int32(s.guide.Version), Body: body, Sha256: standalone.Hash(body),
			Author: a.Name, At: now.UTC()})
		if postgres.Code(err) == postgres.UniqueViolation {
			return fault.Wrap(fault.Conflict, "assurance.freeze.other", err)
		}
		if err != nil || n == 0 {
			return wrap("insert pack", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.frozen", Kind: "assurance_pack", Object: id})
	})
}

// Verified says whether a pack still is what was frozen.
func (p Pack) Verified() bool { return standalone.Hash(p.Body) == p.SHA256 }

// Label is what the guardian's role is called on a day.
func (g Guide) Label(day civil.Date) string {
	name := g.Labels[0].Name
	for _, l := range g.Labels {
		if l.From != "" && l.From <= day.String() {
			name = l.Name
		}
	}
	return name
}

// content takes from the record what a pack says.
func (s *Service) content(ctx context.Context, r Record) pack.Content {
	var last time.Time
	if len(r.Packs) > 0 {
		last = r.Packs[0].At
	}
	c := pack.Content{Label: s.guide.Label(r.Today), Version: s.guide.Version, Mark: s.guide.Mark, Source: s.guide.Source}
	var changes []pack.Change
	for _, x := range r.Since(s.guide, last) {
		what := x.What
		if x.Figure != nil {
			what += ": " + figureview.Moved(ctx, *x.Figure)
		}
		changes = append(changes, pack.Change{Kind: x.Kind, What: what})
	}
	c.Changes = pack.Cut(changes, pack.MostChanges)
	c.Overdue = pack.Cut(late(r.Overdue()), pack.MostOverdue)
	for _, p := range s.guide.Principles {
		c.Principles = append(c.Principles, s.principle(r, p))
	}
	var questions []pack.Question
	for _, q := range r.Questions {
		if q.Life != Accepted || q.Entries[len(q.Entries)-1].At.After(last) {
			questions = append(questions, asked(q, r.Today))
		}
	}
	c.Questions = pack.Cut(questions, pack.MostQuestions)
	var statements []pack.Statement
	for _, x := range r.Statements {
		if !x.Withdrawn() && (x.At.After(last) || !x.Meeting.Before(r.Today)) {
			statements = append(statements, pack.Statement{Decision: x.Decision, Meeting: x.Meeting, Groups: x.Groups, Effect: x.Effect, EffectWords: x.EffectWords,
				Mitigation: x.Mitigation, Figures: x.Figures})
		}
	}
	c.Statements = pack.Cut(statements, pack.MostStatements)
	return c
}

func late(o Overdue) (out []pack.Overdue) {
	for _, q := range o.Questions {
		out = append(out, pack.Overdue{Kind: "question", What: q.Words, Due: q.Due})
	}
	for _, e := range o.Documents {
		out = append(out, pack.Overdue{Kind: "document", What: e.Title, Due: e.ValidUntil})
	}
	for _, x := range o.Steps {
		out = append(out, pack.Overdue{Kind: "step", What: x.Title, Due: x.Due})
	}
	return out
}

func (s *Service) principle(r Record, p Principle) pack.Principle {
	out := pack.Principle{Name: p.Name, Meaning: p.Meaning}
	if x, ok := r.Rating(p.Code); ok {
		out.Rating = &pack.Rating{Name: s.guide.Grade(x.Rating).Name, Words: x.Words, By: x.By, At: x.At}
		for _, l := range x.Lines {
			name, _, _ := strings.Cut(s.guide.Line(l), ":") // what a line means is on the pages of Rowan
			out.Rating.Lines = append(out.Rating.Lines, name)
		}
	}
	var figures []figure.Citation
	var proofs []pack.Proof
	for _, e := range r.Of(p.Code) {
		if e.Figure != nil {
			figures = append(figures, e.Figure.Citation)
			continue
		}
		proofs = append(proofs, pack.Proof{Kind: string(e.Kind), Title: e.Title, Dated: e.Dated, ValidUntil: e.ValidUntil, Expired: e.Expired(r.Today), File: e.File})
	}
	out.Figures, out.Proofs = pack.Cut(figures, pack.MostFigures), pack.Cut(proofs, pack.MostProofs)
	return out
}

// asked is a question with its last answer.
func asked(q Question, today civil.Date) pack.Question {
	out := pack.Question{Words: q.Words, By: q.By, Owner: q.Owner, At: q.At, Due: q.Due, Life: string(q.Life), Late: q.Overdue(today), Figures: q.Figures}
	for _, e := range q.Entries {
		if e.Kind == EntryAnswered {
			out.Answer, out.AnsweredBy, out.AnsweredAt, out.AnswerFigures = e.Words, e.By, e.At, e.Figures
		}
	}
	return out
}
