package diagnostic

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rowan-ohwb/rowan/internal/access"
	"github.com/rowan-ohwb/rowan/internal/audit"
	"github.com/rowan-ohwb/rowan/internal/calc/civil"
	"github.com/rowan-ohwb/rowan/internal/fault"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/internal/db"
	"github.com/rowan-ohwb/rowan/internal/growth/diagnostic/round"
	"github.com/rowan-ohwb/rowan/internal/growth/document"
	"github.com/rowan-ohwb/rowan/internal/growth/figure"
	"github.com/rowan-ohwb/rowan/internal/locale"
	"github.com/rowan-ohwb/rowan/internal/platform/postgres"
)

// MostVotes bounds a count: a workshop is a room.
const MostVotes = 999

// Tallies gives what a workshop counted on an open round: the screen that the facilitator fills in shows it again.
func (s *Service) Tallies(ctx context.Context, a access.Actor, id uuid.UUID) ([]round.Tally, error) {
	var out []round.Tally
	err := s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		r, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.Closed {
			return fault.New(fault.Conflict, "need.round.closed")
		}
		out, err = tallies(ctx, tx, id)
		return err
	})
	return out, err
}

func tallies(ctx context.Context, tx *postgres.Tx, id uuid.UUID) ([]round.Tally, error) {
	rows, err := db.New(tx).ListTallies(ctx, db.ListTalliesParams{OrganisationID: tx.Actor.Organisation, RoundID: id})
	if err != nil {
		return nil, fmt.Errorf("list tallies: %w", err)
	}
	var out []round.Tally
	for _, t := range rows {
		out = append(out, round.Tally{Perspective: round.Perspective(t.Perspective), Code: t.Code, Score: int(t.Score), N: int(t.N)})
	}
	return out, nil
}

// Count keeps the votes of a workshop. What is counted again replaces what was counted before.
func (s *Service) Count(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, votes []round.Tally) error {
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		if _, err := find(ctx, tx, id); err != nil {
			return err
		}
		for _, v := range votes {
			if v.N < 0 || v.N > MostVotes || v.Score < round.NotApplicable || v.Score > round.MaxScore || !slices.Contains(round.Perspectives, v.Perspective) {
				return fault.New(fault.Invalid, "need.workshop.n.wrong")
			}
			err := db.New(tx).SaveTally(ctx, db.SaveTallyParams{OrganisationID: a.Organisation, RoundID: id, Code: v.Code, Perspective: string(v.Perspective), Score: int32(v.Score), N: int32(v.N)})
			if err != nil {
				return closedOr(fmt.Errorf("save tally: %w", err))
			}
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "diagnostic.counted", Kind: "diagnostic_round", Object: id})
	})
}

// Beside is a figure that the framework names beside a sub-section: as it is now, or what is missing.
type Beside struct {
	Figure  figure.Figure
	Missing string // what nobody has taken in yet; "" when the figure is there
}

// Live gives the figures that belong beside a sub-section.
func (s *Service) Live(ctx context.Context, a access.Actor, now time.Time, subsection string) ([]Beside, error) {
	var out []Beside
	for _, name := range s.framework.subsection(subsection).Figures {
		ref, _ := figure.ParseRef(name) // the pack was checked
		f, err := s.d.Figures.Find(ctx, a, now, ref, civil.Date{})
		switch {
		case fault.KindOf(err) == fault.NotFound:
			out = append(out, Beside{Missing: s.framework.Sources[name]})
		case err != nil:
			return nil, err
		default:
			out = append(out, Beside{Figure: f})
		}
	}
	return out, nil
}

// Shown gives the figures beside the questions of a link, as somebody outside the service may see them.
func (s *Service) Shown(ctx context.Context, token string, now time.Time, subsection string) ([]Beside, error) {
	l, st := s.open(token, now)
	if st != Open {
		return nil, nil
	}
	return s.Live(ctx, actor(l), now, subsection)
}

// Figures lists what can be attached as evidence.
func (s *Service) Figures(ctx context.Context, a access.Actor, now time.Time) ([]figure.Figure, error) {
	return s.d.Figures.List(ctx, a, now)
}

// Attach cites a figure as evidence for a question.
func (s *Service) Attach(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, code string, ref figure.Ref) error {
	f, err := s.d.Figures.Find(ctx, a, now, ref, civil.Date{})
	if err != nil {
		return err
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := questions(ctx, tx, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(q Question) bool { return q.Code == code }) {
			return fault.Missing("question")
		}
		c, err := figure.Cite(ctx, tx, f, now)
		if err != nil {
			return err
		}
		if err := db.New(tx).InsertEvidence(ctx, db.InsertEvidenceParams{OrganisationID: a.Organisation, RoundID: id, Code: code, CitationID: c.ID}); err != nil {
			return closedOr(fmt.Errorf("insert evidence: %w", err))
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "diagnostic.evidence_attached", Kind: "diagnostic_round", Object: id,
			Detail: map[string]string{"figure": ref.String()}})
	})
}

// AttachFile keeps a file as evidence for a question. The same id again keeps one.
func (s *Service) AttachFile(ctx context.Context, a access.Actor, now time.Time, id uuid.UUID, code string, file uuid.UUID, u document.Upload) error {
	if f := u.Doubt(locale.Day(now)); len(f) > 0 {
		return fault.New(fault.Invalid, f[0].Key)
	}
	return s.d.DB.InTenant(ctx, a, func(tx *postgres.Tx) error {
		all, err := questions(ctx, tx, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(q Question) bool { return q.Code == code }) {
			return fault.Missing("question")
		}
		f, err := document.Keep(ctx, tx, now, file, u)
		if err != nil {
			return err
		}
		if err := db.New(tx).InsertFile(ctx, db.InsertFileParams{OrganisationID: a.Organisation, RoundID: id, Code: code, DocumentID: f.ID}); err != nil {
			return closedOr(fmt.Errorf("insert file: %w", err))
		}
		return audit.Append(ctx, tx, audit.Entry{At: now, Action: "diagnostic.evidence_attached", Kind: "diagnostic_round", Object: id, Detail: map[string]string{"document": f.ID.String()}})
	})
}
