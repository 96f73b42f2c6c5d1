package assurance

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// read gives everything in the caller's transaction; figures are as they were cited.
func read(ctx context.Context, tx *postgres.Tx, now time.Time) (Record, error) {
	q, id := db.New(tx), tx.Actor.Organisation
	r := Record{Today: locale.Day(now)}
	evidence, err := q.ListEvidence(ctx, id)
	if err != nil {
		return r, fmt.Errorf("list evidence: %w", err)
	}
	ratings, err := q.ListRatings(ctx, id)
	if err != nil {
		return r, fmt.Errorf("list ratings: %w", err)
	}
	questions, err := q.ListQuestions(ctx, id)
	if err != nil {
		return r, fmt.Errorf("list questions: %w", err)
	}
	entries, err := q.ListEntries(ctx, id)
	if err != nil {
		return r, fmt.Errorf("list entries: %w", err)
	}
	statements, err := q.ListStatements(ctx, id)
	if err != nil {
		return r, fmt.Errorf("list statements: %w", err)
	}
	steps, err := q.ListSteps(ctx, id)
	if err != nil {
		return r, fmt.Errorf("list steps: %w", err)
	}
	packs, err := q.ListPacks(ctx, id)
	if err != nil {
		return r, fmt.Errorf("list packs: %w", err)
	}
	var objects, kept []uuid.UUID
	for _, x := range evidence {
		objects = append(objects, x.ID)
		if x.DocumentID != nil {
			kept = append(kept, *x.DocumentID)
		}
	}
	files, err := document.Load(ctx, tx, kept...)
	if err != nil {
		return r, err
	}
	for _, x := range questions {
		objects = append(objects, x.ID)
	}
	followed := map[uuid.UUID][]db.AssuranceEntry{}
	for _, x := range entries {
		objects = append(objects, x.ID)
		followed[x.QuestionID] = append(followed[x.QuestionID], x)
	}
	for _, x := range statements {
		objects = append(objects, x.ID)
	}
	cited, err := citedBy(ctx, tx, objects)
	if err != nil {
		return r, err
	}
	for _, x := range evidence {
		r.Evidence = append(r.Evidence, proof(x, cited, files))
	}
	for _, x := range ratings {
		r.Ratings = append(r.Ratings, Rating{x.ID, x.Principle, int(x.PrinciplesVersion), x.Rating, x.Lines, x.Words, x.Author, x.At})
	}
	for _, x := range questions {
		r.Questions = append(r.Questions, question(x, followed[x.ID], cited))
	}
	for _, x := range statements {
		r.Statements = append(r.Statements, statement(x, cited))
	}
	for _, x := range steps {
		r.Steps = append(r.Steps, step(x))
	}
	for _, x := range packs {
		r.Packs = append(r.Packs, Pack{ID: x.ID, N: int(x.N), Version: int(x.PrinciplesVersion), SHA256: x.Sha256, By: x.Author, At: x.At})
	}
	return r, nil
}

// citations are the figures that things rely on.
type citations map[uuid.UUID][]figure.Citation

func citedBy(ctx context.Context, tx *postgres.Tx, objects []uuid.UUID) (citations, error) {
	rows, err := db.New(tx).ListCited(ctx, db.ListCitedParams{OrganisationID: tx.Actor.Organisation, Objects: objects})
	if err != nil {
		return nil, fmt.Errorf("list cited figures: %w", err)
	}
	out := citations{}
	if len(rows) == 0 {
		return out, nil
	}
	var ids []uuid.UUID
	for _, r := range rows {
		ids = append(ids, r.CitationID)
	}
	all, err := figure.Load(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		out[r.ObjectID] = append(out[r.ObjectID], all[r.CitationID])
	}
	return out, nil
}

func proof(x db.AssuranceEvidence, cited citations, files map[uuid.UUID]document.File) Evidence {
	e := Evidence{ID: x.ID, Principle: x.Principle, Kind: EvidenceKind(x.Kind), Title: x.Title, Link: x.Link, Dated: civil.FromNull(x.Dated), ValidUntil: civil.FromNull(x.ValidUntil), By: x.Author, At: x.At}
	if x.EndedAt != nil {
		e.EndedAt, e.EndedBy = *x.EndedAt, *x.EndedBy
	}
	if x.DocumentID != nil {
		f := files[*x.DocumentID]
		e.File = &f
	}
	if c := cited[x.ID]; len(c) > 0 {
		e.Figure = &figure.Checked{Citation: c[0], Standing: figure.Current}
	}
	return e
}

func question(x db.AssuranceQuestion, entries []db.AssuranceEntry, cited citations) Question {
	q := Question{ID: x.ID, Words: x.Words, Owner: x.Owner, Figures: cited[x.ID], By: x.Author, At: x.At}
	if x.Principle != nil {
		q.Principle = *x.Principle
	}
	for _, e := range entries {
		q.Entries = append(q.Entries, Entry{ID: e.ID, Kind: EntryKind(e.Kind), Words: e.Words, Due: civil.FromNull(e.DueOn), Figures: cited[e.ID], By: e.Author, At: e.At})
	}
	q.Life, q.Due = life(q.Entries), due(civil.Of(x.DueOn), q.Entries)
	return q
}

func statement(x db.AssuranceStatement, cited citations) Statement {
	s := Statement{ID: x.ID, Decision: x.Decision, Meeting: civil.Of(x.MeetingOn), Groups: x.Groups, Effect: x.Effect, EffectWords: x.EffectWords, Mitigation: x.Mitigation,
		Figures: cited[x.ID], By: x.Author, At: x.At}
	if x.WithdrawnAt != nil {
		s.WithdrawnAt, s.WithdrawnBy = *x.WithdrawnAt, *x.WithdrawnBy
	}
	return s
}

func step(x db.AssuranceStep) Step {
	s := Step{ID: x.ID, Year: int(x.Year), Quarter: int(x.Quarter), Code: x.Step, Title: x.Title, Due: civil.Of(x.DueOn), DoneOn: civil.FromNull(x.DoneOn), DoneWords: x.DoneWords}
	if x.DoneBy != nil {
		s.DoneBy = *x.DoneBy
	}
	return s
}
