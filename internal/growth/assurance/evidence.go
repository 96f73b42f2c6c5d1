package assurance

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/assurance/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// NewEvidence is evidence to add: a figure by its reference, or a document or decision by its title.
type NewEvidence struct {
	ID         uuid.UUID
	Principle  string
	Kind       EvidenceKind
	Figure     figure.Ref
	Title      string
	Link       string
	File       *document.Upload // of a document, if it is here
	Dated      civil.Date
	ValidUntil civil.Date
}

// AddEvidence adds evidence to a principle. The same id again changes nothing.
func (s *Service) AddEvidence(ctx context.Context, a access.Actor, now time.Time, e NewEvidence) error {
	if _, ok := s.guide.Principle(e.Principle); !ok {
		return fault.Missing("principle")
	}
	if f := s.guide.CheckEvidence(e, locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	var refs []figure.Ref
	if e.Kind == KindFigure {
		refs = []figure.Ref{e.Figure}
	}
	figures, err := s.find(ctx, a, now, civil.Date{}, refs)
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return addEvidence(ctx, tx, now, e, figures) })
}

func addEvidence(ctx context.Context, tx *postgres.Tx, now time.Time, e NewEvidence, figures []figure.Figure) error {
	p := db.InsertEvidenceParams{OrganisationID: tx.Actor.Organisation, ID: e.ID, Principle: e.Principle, Kind: string(e.Kind), Title: strings.TrimSpace(e.Title), Link: e.Link,
		Dated: e.Dated.Null(), ValidUntil: e.ValidUntil.Null(), Author: tx.Actor.Name, At: now.UTC()}
	if e.Kind == KindFigure {
		p.Title, p.Link = figures[0].Title, ""
	}
	if e.File != nil && e.Kind == KindDocument {
		f, err := document.Keep(ctx, tx, now, e.ID, *e.File)
		if err != nil {
			return err
		}
		p.DocumentID = &f.ID
	}
	n, err := db.New(tx).InsertEvidence(ctx, p)
	if err != nil || n == 0 {
		return wrap("insert evidence", err)
	}
	if err := cite(ctx, tx, now, e.ID, figures); err != nil {
		return err
	}
	return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.evidence_added", Kind: "assurance_evidence", Object: e.ID,
		Detail: map[string]string{"principle": e.Principle, "kind": string(e.Kind)}})
}

// EndEvidence takes evidence out of use.
func (s *Service) EndEvidence(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error { return endEvidence(ctx, tx, now, id) })
}

func endEvidence(ctx context.Context, tx *postgres.Tx, now time.Time, id uuid.UUID) error {
	at := now.UTC()
	n, err := db.New(tx).EndEvidence(ctx, db.EndEvidenceParams{OrganisationID: tx.Actor.Organisation, ID: id, EndedAt: &at, EndedBy: &tx.Actor.Name})
	if err != nil {
		return fmt.Errorf("end evidence: %w", err)
	}
	if n == 0 {
		return fault.Missing("evidence")
	}
	return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.evidence_ended", Kind: "assurance_evidence", Object: id})
}

// RenewEvidence ends the row of a figure and cites the figure as it is now.
func (s *Service) RenewEvidence(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID) error {
	var row db.AssuranceEvidence
	var ref figure.Ref
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) (err error) {
		if row, err = db.New(tx).FindEvidence(ctx, db.FindEvidenceParams{OrganisationID: a.Organisation, ID: id}); err != nil {
			return missing(err, "evidence")
		}
		cited, err := citedBy(ctx, tx, []uuid.UUID{id})
		if err != nil {
			return err
		}
		if len(cited[id]) == 0 {
			return fault.Missing("figure")
		}
		ref = cited[id][0].Ref
		return nil
	})
	if err != nil {
		return err
	}
	figures, err := s.find(ctx, a, now, civil.Date{}, []figure.Ref{ref})
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Conflict, "assurance.evidence.gone")
	}
	if err != nil {
		return err
	}
	next, err := uuid.NewV7()
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if err := endEvidence(ctx, tx, now, id); err != nil {
			return err
		}
		return addEvidence(ctx, tx, now, NewEvidence{ID: next, Principle: row.Principle, Kind: KindFigure}, figures)
	})
}

// find looks up figures before the transaction begins: a book reads in one of its own.
func (s *Service) find(ctx context.Context, a access.Actor, now time.Time, period civil.Date, refs []figure.Ref) ([]figure.Figure, error) {
	var out []figure.Figure
	for _, ref := range refs {
		f, err := s.d.Figures.Find(ctx, a, now, ref, period)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// cite keeps the figures that a thing relies on, in its order.
func cite(ctx context.Context, tx *postgres.Tx, now time.Time, object uuid.UUID, figures []figure.Figure) error {
	return rely(ctx, tx, now, object, nil, figures)
}

// rely keeps what a thing relies on: first figures as somebody cited them before, then figures of today.
func rely(ctx context.Context, tx *postgres.Tx, now time.Time, object uuid.UUID, cited []uuid.UUID, figures []figure.Figure) error {
	known, err := figure.Load(ctx, tx, cited...)
	if err != nil {
		return err
	}
	for _, id := range cited {
		if _, ok := known[id]; !ok {
			return fault.Missing("citation")
		}
	}
	all := slices.Clone(cited)
	for _, f := range figures {
		c, err := figure.Cite(ctx, tx, f, now)
		if err != nil {
			return err
		}
		all = append(all, c.ID)
	}
	for i, id := range all {
		err := db.New(tx).InsertCited(ctx, db.InsertCitedParams{OrganisationID: tx.Actor.Organisation, ObjectID: object, Place: int32(i), CitationID: id})
		if err != nil {
			return fmt.Errorf("insert cited figure: %w", err)
		}
	}
	return nil
}

// wrap names what failed; a row that was there already is no failure.
func wrap(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// NewRating is a judgement to keep.
type NewRating struct {
	ID        uuid.UUID
	Principle string
	Rating    string
	Lines     []string
	Words     string
}

// Rate keeps the guardian's judgement of a principle. The same id again changes nothing.
func (s *Service) Rate(ctx context.Context, a access.Actor, now time.Time, r NewRating) error {
	if _, ok := s.guide.Principle(r.Principle); !ok {
		return fault.Missing("principle")
	}
	if f := s.guide.CheckRating(r); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	if r.Lines == nil {
		r.Lines = []string{}
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		n, err := db.New(tx).InsertRating(ctx, db.InsertRatingParams{OrganisationID: a.Organisation, ID: r.ID, Principle: r.Principle, PrinciplesVersion: int32(s.guide.Version),
			Rating: r.Rating, Lines: r.Lines, Words: strings.TrimSpace(r.Words), Author: a.Name, At: now.UTC()})
		if err != nil || n == 0 {
			return wrap("insert rating", err)
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "assurance.rated", Kind: "assurance_rating", Object: r.ID,
			Detail: map[string]string{"principle": r.Principle, "rating": r.Rating}})
	})
}
